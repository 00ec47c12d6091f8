/* feed: the blocks of a disk, in order and whole, whatever the number of threads; the first failure
 * in the order of the disk. */
#include "ops/feed.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/err.h"
#include "codec/digest.h"
#include "intake/open.h"
#include "tests/unit/scratch.h"

#define OK(call) ck_assert_msg((call) == 0, #call ": %s", err.text)

enum { MIB_BLOCKS = 256, SOME_THREADS = 8 };

/* What was handed over. */
struct taken {
    int fd;             /* the file, to compare with */
    uint64_t next;      /* least block that may come */
    uint64_t blocks;    /* so far */
    uint64_t refuse;    /* the block at which to fail; 0: none */
    uint64_t progress;  /* the last that was told */
    struct sha256 *sha; /* of one block */
    struct sha256 *all; /* of numbers and identities */
};

static int take(void *user, uint64_t block, const struct block_id *id, const uint8_t *bytes,
                struct err *err)
{
    struct taken *taken = user;
    uint8_t want[BLOCK_SIZE] = {0};
    struct block_id own;

    if (taken->refuse && block >= taken->refuse)
        return err_set(err, E_NO_SPACE, "refused %llu", (unsigned long long)block);
    ck_assert_uint_ge(block, taken->next);
    ck_assert_int_ge(pread(taken->fd, want, sizeof want, (off_t)(block * BLOCK_SIZE)), 1);
    ck_assert_mem_eq(bytes, want, sizeof want);
    sha256_of(taken->sha, bytes, BLOCK_SIZE, own.sha256);
    ck_assert_mem_eq(id, &own, sizeof own);
    sha256_add(taken->all, &block, sizeof block);
    sha256_add(taken->all, id, sizeof *id);
    taken->next = block + 1;
    taken->blocks++;
    return 0;
}

static void advance(void *user, uint64_t offset)
{
    struct taken *taken = user;

    ck_assert_uint_gt(offset, taken->progress);
    ck_assert_uint_ge(offset, (taken->next - 1) * BLOCK_SIZE);
    taken->progress = offset;
}

static void put(int fd, uint64_t block, size_t count, char first)
{
    char bytes[BLOCK_SIZE];

    for (size_t i = 0; i < count; i++) {
        memset(bytes, first + (char)(i % 26), sizeof bytes);
        memcpy(bytes, &i, sizeof i);
        ck_assert_int_eq(pwrite(fd, bytes, sizeof bytes, (off_t)((block + i) * BLOCK_SIZE)),
                         BLOCK_SIZE);
    }
}

/* A file of data and holes: single blocks, a long stretch, zeros that are no hole of the file, and
 * an end off the grid. */
static int make_disk(const struct scratch *scratch, uint64_t *ret_blocks)
{
    int fd = openat(scratch->fd, "disk", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    static const char zeros[BLOCK_SIZE];

    ck_assert_int_ge(fd, 0);
    put(fd, 1, 1, 'a');
    put(fd, 3, 2, 'b');
    for (uint64_t i = 0; i < 300; i++)
        put(fd, 1000 + 16 * i, 1 + i % 3, 'c');
    put(fd, 10000, 20 * MIB_BLOCKS + 7, 'd');
    ck_assert_int_eq(pwrite(fd, zeros, sizeof zeros, (off_t)10003 * BLOCK_SIZE), BLOCK_SIZE);
    ck_assert_int_eq(pwrite(fd, "end", 3, (off_t)30000 * BLOCK_SIZE + 5), 3);
    *ret_blocks = 1 + 2 + 100 * (1 + 2 + 3) + 20 * MIB_BLOCKS + 7 - 1 + 1;
    return fd;
}

static struct source *open_named(const struct scratch *scratch, const char *name)
{
    char path[300];
    const struct source_request request = {.path = path, .format = SOURCE_RAW, .limit = 1ull << 40};
    struct source *source = NULL;
    struct err err = {0};

    snprintf(path, sizeof path, "%s/%s", scratch->path, name);
    OK(source_open(&request, &source, &err));
    return source;
}

static struct source *open_disk(const struct scratch *scratch)
{
    return open_named(scratch, "disk");
}

/* Write the file into the pipe. */
static int pour_into(const struct scratch *scratch, int from, uint64_t size)
{
    const int to = openat(scratch->fd, "pipe", O_WRONLY | O_CLOEXEC);
    static char bytes[1 << 16];

    for (uint64_t at = 0; at < size;) {
        const ssize_t got = pread(from, bytes, sizeof bytes, (off_t)at);

        if (got <= 0 || write(to, bytes, (size_t)got) != got)
            return 1;
        at += (uint64_t)got;
    }
    return 0;
}

/* Feed; returns its result. */
static int run(struct source *source, size_t threads, struct taken *taken, uint8_t digest[32],
               struct err *err)
{
    const struct feed feed = {.block = take, .progress = advance, .user = taken};
    struct pool *pool = pool_new(threads);
    uint64_t blocks = 0;
    int rc;

    taken->sha = sha256_new();
    taken->all = sha256_new();
    rc = feed_source(source, pool, &feed, &blocks, err);
    if (rc == 0)
        ck_assert_uint_eq(blocks, taken->blocks);
    sha256_result(taken->all, digest);
    sha256_free(taken->sha);
    sha256_free(taken->all);
    pool_free(pool);
    return rc;
}

START_TEST(every_block_that_is_no_hole_comes_in_order)
{
    struct scratch scratch = scratch_new();
    uint8_t digests[SOME_THREADS][32];
    struct err err = {0};
    uint64_t blocks;
    const int fd = make_disk(&scratch, &blocks);

    for (size_t threads = 1; threads <= SOME_THREADS; threads++) {
        struct source *source = open_disk(&scratch);
        struct taken taken = {.fd = fd};

        OK(run(source, threads, &taken, digests[threads - 1], &err));
        ck_assert_uint_eq(taken.blocks, blocks);
        ck_assert_uint_eq(taken.progress, source_size(source));
        ck_assert_mem_eq(digests[0], digests[threads - 1], sizeof digests[0]);
        source_close(source);
    }
    close(fd);
    scratch_done(&scratch);
}
END_TEST

/* The file ends before the 15th MiB of its long stretch: what comes before is handed over, and the
 * error is the same with one thread and with many. */
START_TEST(a_piece_that_cannot_be_read_is_told_in_its_turn)
{
    struct scratch scratch = scratch_new();
    struct err errs[2] = {{0}, {0}};
    struct taken taken[2] = {{0}, {0}};
    uint8_t digests[2][32];
    uint64_t blocks;
    const int fd = make_disk(&scratch, &blocks);
    struct source *sources[2] = {open_disk(&scratch), open_disk(&scratch)};

    ck_assert_int_eq(ftruncate(fd, (off_t)(10000 + 15 * MIB_BLOCKS) * BLOCK_SIZE - 1), 0);
    for (size_t i = 0; i < 2; i++) {
        taken[i].fd = fd;
        ck_assert_int_eq(run(sources[i], i ? SOME_THREADS : 1, &taken[i], digests[i], &errs[i]),
                         E_CHANGED);
        source_close(sources[i]);
    }
    ck_assert_str_eq(errs[0].text, errs[1].text);
    ck_assert_uint_ge(taken[0].blocks, 14 * MIB_BLOCKS);
    ck_assert_uint_eq(taken[0].blocks, taken[1].blocks);
    ck_assert_mem_eq(digests[0], digests[1], sizeof digests[0]);
    close(fd);
    scratch_done(&scratch);
}
END_TEST

/* Its zeros are holes as those of the file are. */
START_TEST(what_comes_through_a_pipe_is_the_same)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    uint64_t blocks;
    const int fd = make_disk(&scratch, &blocks);
    struct source *source = open_disk(&scratch);
    struct taken taken = {.fd = fd};
    uint8_t want[32], digest[32];
    uint64_t size;

    OK(run(source, 1, &taken, want, &err));
    size = source_size(source);
    source_close(source);
    ck_assert_int_eq(mkfifoat(scratch.fd, "pipe", 0600), 0);
    for (size_t threads = 1; threads <= SOME_THREADS; threads += SOME_THREADS - 1) {
        const pid_t writer = fork();

        if (writer == 0)
            _exit(pour_into(&scratch, fd, size));
        source = open_named(&scratch, "pipe");
        ck_assert(source_is_stream(source));
        taken = (struct taken){.fd = fd};
        OK(run(source, threads, &taken, digest, &err));
        ck_assert_uint_eq(source_size(source), size);
        ck_assert_uint_eq(taken.blocks, blocks);
        ck_assert_mem_eq(digest, want, sizeof want);
        source_close(source);
        ck_assert_int_eq(waitpid(writer, NULL, 0), writer);
    }
    close(fd);
    scratch_done(&scratch);
}
END_TEST

/* The taker's failure comes first, though a piece behind it could not be read. */
START_TEST(a_taker_that_fails_ends_it)
{
    struct scratch scratch = scratch_new();
    uint64_t blocks;
    const int fd = make_disk(&scratch, &blocks);

    for (size_t threads = 1; threads <= SOME_THREADS; threads += SOME_THREADS - 1) {
        struct source *source = open_disk(&scratch);
        struct taken taken = {.fd = fd, .refuse = 10000 + 3 * MIB_BLOCKS};
        struct err err = {0};
        uint8_t digest[32];

        ck_assert_int_eq(run(source, threads, &taken, digest, &err), E_NO_SPACE);
        ck_assert_str_eq(err.text, "refused 10768");
        source_close(source);
    }
    close(fd);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_file_that_grows_meanwhile_has_changed)
{
    struct scratch scratch = scratch_new();
    struct taken taken = {0};
    struct err err = {0};
    uint8_t digest[32];
    uint64_t blocks;
    struct source *source;

    taken.fd = make_disk(&scratch, &blocks);
    source = open_disk(&scratch);
    put(taken.fd, 40000, 1, 'z');
    ck_assert_int_eq(run(source, SOME_THREADS, &taken, digest, &err), E_CHANGED);
    source_close(source);
    close(taken.fd);
    scratch_done(&scratch);
}
END_TEST

UNIT_MAIN("ops/feed", every_block_that_is_no_hole_comes_in_order,
          a_piece_that_cannot_be_read_is_told_in_its_turn, what_comes_through_a_pipe_is_the_same,
          a_taker_that_fails_ends_it, a_file_that_grows_meanwhile_has_changed)
