/* copy: whole blobs, frames, nothing; damage stays where it is. */
#include "replica/copy.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "blob/blob.h"
#include "blob/disk.h"
#include "os/file.h"
#include "replica/copy_plan.h"
#include "replica/need.h"
#include "replica/verify.h"
#include "tests/unit/replica_toy.h"

enum { NOW = 1700000000, THREADS = 3 };

struct pair {
    struct scratch scratch;
    struct replica from, to;
    struct pool *pool;
    uint64_t planned, told; /* progress */
};

static void set_planned(void *user, uint64_t bytes)
{
    struct pair *pair = user;

    ck_assert_uint_eq(pair->planned, 0);
    ck_assert_uint_eq(pair->told, 0);
    pair->planned = bytes;
}

static void add_progress(void *user, uint64_t bytes)
{
    struct pair *pair = user;

    ck_assert_uint_gt(bytes, 0);
    pair->told += bytes;
}

static void pair_init(struct pair *pair)
{
    *pair = (struct pair){.scratch = scratch_new()};
    pair->from = toy_replica(&pair->scratch, "from");
    pair->to = toy_replica(&pair->scratch, "to");
    pair->pool = pool_new(THREADS);
}

static void pair_done(struct pair *pair)
{
    replica_close(&pair->from);
    replica_close(&pair->to);
    pool_free(pair->pool);
    scratch_done(&pair->scratch);
}

static int pair_copy(struct pair *pair, const struct disk_digest *digests, size_t count,
                     struct copy_result *result, struct err *err)
{
    const struct copy_job job = {
        .lock_wait_ms = -1,
        .from = &pair->from,
        .to = &pair->to,
        .digests = digests,
        .count = count,
        .now = NOW,
        .pool = pair->pool,
        .planned = set_planned,
        .progress = add_progress,
        .user = pair,
    };
    int code;

    pair->planned = pair->told = 0;
    code = copy_disks(&job, result, err);
    if (code == 0)
        ck_assert_uint_eq(pair->told, pair->planned);
    return code;
}

static uint64_t file_bytes(const struct replica *replica, const char *path)
{
    struct file_info info;
    struct err err = {0};
    bool exists;

    OK(file_look(replica->dir, path, &exists, &info, &err));
    ck_assert(exists);
    return info.size;
}

static const struct toy big = {.size = 400 * BLOCK_SIZE, .count = 0};

START_TEST(a_blob_needed_mostly_is_copied_as_it_is)
{
    struct pair pair;
    struct toy toy = big;
    struct copy_result result;
    struct disk_digest digest;
    struct file_info info;
    struct err err = {0};
    char left[512], right[512];
    bool exists;

    pair_init(&pair);
    toy_run(&toy, 3, 1, 200);
    digest = toy_pack(&pair.from, &toy, NULL);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    toy_file(&pair.from, "blobs", 0, left);
    toy_file(&pair.to, "blobs", 0, right);
    ck_assert_str_eq(left, right);
    ck_assert_uint_eq(result.copied_bytes, file_bytes(&pair.from, left));
    ck_assert_uint_eq(pair.told, 2 * result.copied_bytes);
    ck_assert_uint_eq(result.reused_bytes, 0);
    ck_assert_int_eq(result.reused_verified, 0);
    OK(file_look(pair.to.dir, right, &exists, &info, &err));
    ck_assert_int_eq(info.changed_seconds, NOW);
    OK(toy_read(&pair.to, 1, &digest, &toy, NULL, &err));
    ck_assert_uint_eq(toy_files(&pair.to, "disks"), 1); /* and no lock file */
    pair_done(&pair);
}
END_TEST

START_TEST(what_is_there_is_not_copied_again)
{
    struct pair pair;
    struct toy toy = big;
    struct copy_result first, second;
    struct disk_digest digests[2];
    struct err err = {0};

    pair_init(&pair);
    toy_run(&toy, 3, 1, 100);
    digests[1] = digests[0] = toy_pack(&pair.from, &toy, NULL);
    OK(pair_copy(&pair, digests, 2, &first, &err));
    OK(pair_copy(&pair, digests, 2, &second, &err));
    ck_assert_uint_eq(second.copied_bytes, 0);
    ck_assert_uint_eq(pair.told, 0);
    ck_assert_uint_gt(second.reused_bytes, 0);
    ck_assert_uint_lt(second.reused_bytes, first.copied_bytes);
    ck_assert_int_eq(second.reused_verified, NOW);
    ck_assert_uint_eq(toy_files(&pair.to, "blobs"), 1);
    pair_done(&pair);
}
END_TEST

START_TEST(a_blob_needed_little_gives_only_its_frames)
{
    struct pair pair;
    struct toy whole = big, part = big;
    struct copy_result result;
    struct disk_digest digest;
    struct err err = {0};
    char path[512];

    pair_init(&pair);
    toy_run(&whole, 0, 1, 320);
    toy_pack(&pair.from, &whole, NULL);
    toy_run(&part, 7, 40, 3);
    toy_run(&part, 100, 200, 70);
    digest = toy_pack(&pair.from, &part, NULL);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    toy_file(&pair.from, "blobs", 0, path);
    ck_assert_uint_lt(result.copied_bytes, file_bytes(&pair.from, path) / 2);
    OK(toy_read(&pair.to, 1, &digest, &part, NULL, &err));

    /* The rest of the same blob is needed now: more than half of it. */
    digest = toy_pack(&pair.from, &whole, NULL);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    ck_assert_uint_eq(result.copied_bytes, file_bytes(&pair.from, path));
    OK(toy_read(&pair.to, 1, &digest, &whole, NULL, &err));
    pair_done(&pair);
}
END_TEST

START_TEST(what_the_target_has_in_other_blobs_is_used)
{
    struct pair pair;
    struct toy one = big, two = big;
    struct copy_result result;
    struct disk_digest digest;
    struct err err = {0};

    pair_init(&pair);
    toy_run(&one, 50, 1, 100);
    toy_pack(&pair.to, &one, NULL);
    toy_run(&two, 0, 1, 100);
    digest = toy_pack(&pair.from, &two, NULL);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    ck_assert_uint_eq(result.copied_bytes, 0);
    ck_assert_uint_gt(result.reused_bytes, 0);
    OK(toy_read(&pair.to, 1, &digest, &two, NULL, &err));

    two.blocks[99].seed = 9999;
    toy_run(&two, 200, 500, 2);
    digest = toy_pack(&pair.from, &two, NULL);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    ck_assert_uint_gt(result.copied_bytes, 0);
    OK(toy_read(&pair.to, 1, &digest, &two, NULL, &err));
    pair_done(&pair);
}
END_TEST

START_TEST(a_damaged_source_blob_gets_no_further)
{
    struct pair pair;
    struct toy whole = big, part = big;
    struct copy_result result;
    struct disk_digest digests[2];
    struct err err = {0};
    char path[512];

    pair_init(&pair);
    toy_run(&whole, 0, 1, 320);
    digests[0] = toy_pack(&pair.from, &whole, NULL);
    toy_run(&part, 0, 1, 3);
    digests[1] = toy_pack(&pair.from, &part, NULL);
    toy_file(&pair.from, "blobs", 0, path);
    toy_flip(&pair.from, path, 50);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(pair_copy(&pair, &digests[i], 1, &result, &err), E_CORRUPT);
        ck_assert_ptr_nonnull(strstr(err.text, "cannot copy from replica 'from'"));
        ck_assert_uint_eq(toy_files(&pair.to, "blobs"), 0);
        ck_assert_uint_eq(toy_files(&pair.to, "disks"), 0);
    }
    toy_flip(&pair.from, path, 50);
    toy_flip(&pair.from, path, -70); /* an identity in its table */
    ck_assert_int_eq(pair_copy(&pair, digests, 2, &result, &err), E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(err.text, "cannot copy from replica 'from'"));
    toy_remove(&pair.from, path);
    ck_assert_int_eq(pair_copy(&pair, digests, 2, &result, &err), E_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.text, "cannot copy from replica 'from'"));
    ck_assert_uint_eq(toy_files(&pair.to, "blobs"), 0);
    pair_done(&pair);
}
END_TEST

START_TEST(a_damaged_source_map_gets_no_further)
{
    struct pair pair;
    struct toy toy = big;
    struct copy_result result;
    struct disk_digest digest;
    struct err err = {0};
    char path[512];

    pair_init(&pair);
    toy_run(&toy, 0, 1, 3);
    digest = toy_pack(&pair.from, &toy, NULL);
    toy_file(&pair.from, "disks", 0, path);
    toy_flip(&pair.from, path, 66);
    ck_assert_int_eq(pair_copy(&pair, &digest, 1, &result, &err), E_CORRUPT);
    toy_remove(&pair.from, path);
    ck_assert_int_eq(pair_copy(&pair, &digest, 1, &result, &err), E_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.text, "cannot copy from replica 'from'"));
    pair_done(&pair);
}
END_TEST

/* A disk without data whose map names blobs that nobody has, each as large as a blob can be. */
static struct disk_digest claim_blobs(const struct replica *replica, uint32_t count)
{
    struct disk_writer *writer = NULL;
    struct disk_digest digest;
    struct err err = {0};
    bool new;

    OK(disk_writer_open(replica->disks, &writer, &err));
    for (uint32_t i = 0; i < count; i++) {
        struct disk_blob blob = {.size = (uint64_t)1 << 30, .blocks = BLOB_BLOCKS_MAX};

        memcpy(blob.name.xxh128, &i, sizeof i);
        disk_writer_blob(writer, &blob);
    }
    OK(disk_writer_end(writer, SEGMENT_SIZE, &digest, &err));
    OK(disk_writer_publish(writer, false, &new, &err));
    disk_writer_close(writer);
    return digest;
}

START_TEST(nothing_is_kept_of_blobs_that_a_map_only_claims)
{
    struct pair pair;
    struct copy_result result;
    struct disk_digest digest;
    struct need need = {0};
    struct disk *disk = NULL;
    struct err err = {0};

    pair_init(&pair);
    digest = claim_blobs(&pair.from, 500);
    OK(disk_open(pair.from.dir, &digest, &disk, &err));
    ck_assert_uint_eq(disk_blob_count(disk), 500);
    ck_assert_int_eq(need_add(&need, pair.from.dir, disk, &err), E_NOT_FOUND);
    ck_assert_uint_eq(need.count, 0);
    disk_close(disk);
    ck_assert_int_eq(pair_copy(&pair, &digest, 1, &result, &err), E_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.text, "cannot copy from replica 'from'"));
    pair_done(&pair);
}
END_TEST

START_TEST(copying_again_heals_the_target)
{
    struct pair pair;
    struct toy toy = big;
    struct copy_result result;
    struct disk_digest digest;
    struct err err = {0};
    char path[512];
    int fd;

    pair_init(&pair);
    toy_run(&toy, 0, 1, 200);
    digest = toy_pack(&pair.from, &toy, NULL);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    toy_file(&pair.to, "blobs", 0, path);

    toy_flip(&pair.to, path, -1);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    OK(toy_read(&pair.to, 1, &digest, &toy, NULL, &err));

    fd = openat(pair.to.dir, path, O_RDWR | O_CLOEXEC);
    ck_assert_int_eq(ftruncate(fd, 5000), 0);
    close(fd);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    OK(toy_read(&pair.to, 1, &digest, &toy, NULL, &err));

    toy_remove(&pair.to, path);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    OK(toy_read(&pair.to, 1, &digest, &toy, NULL, &err));

    toy_file(&pair.to, "disks", 0, path);
    toy_flip(&pair.to, path, 12);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    OK(toy_read(&pair.to, 1, &digest, &toy, NULL, &err));
    pair_done(&pair);
}
END_TEST

START_TEST(verifying_reads_all_and_records_when)
{
    struct pair pair;
    struct toy toy = big;
    struct pack_result result = {0};
    struct file_info info;
    struct toy_pack open;
    struct verify_job job;
    struct err err = {0};
    char path[512];
    bool exists;

    pair_init(&pair);
    toy_run(&toy, 0, 1, 200);
    open = toy_pack_open(&pair.from, CODEC_ZSTD, TOY_THREADS);
    toy_feed(open.pack, &toy);
    OK(pack_finish(open.pack, &result, &err));
    toy_pack_close(&open);
    job = (struct verify_job){
        .replica = &pair.from,
        .pool = pair.pool,
        .now = NOW + 5,
        .progress = add_progress,
        .user = &pair,
    };
    OK(verify_blob(&job, &result.blobs[0], &err));
    ck_assert_uint_eq(pair.told, result.stored_bytes);
    toy_file(&pair.from, "blobs", 0, path);
    OK(file_look(pair.from.dir, path, &exists, &info, &err));
    ck_assert_int_eq(info.changed_seconds, NOW + 5);
    toy_flip(&pair.from, path, 200);
    job.progress = NULL;
    ck_assert_int_eq(verify_blob(&job, &result.blobs[0], &err), E_CORRUPT);
    ck_assert_uint_eq(toy_files(&pair.from, "blobs"), 1);
    pack_result_done(&result);
    pair_done(&pair);
}
END_TEST

static void set_time(const struct replica *replica, const char *path, int64_t seconds)
{
    struct err err = {0};
    int fd = FILE_NONE;

    OK(file_open(replica->dir, path, FILE_READ, &fd, &err));
    OK(file_set_time(fd, path, seconds, &err));
    file_close(&fd);
}

START_TEST(what_a_killed_copy_left_unread_is_read_back)
{
    struct pair pair;
    struct toy toy = big;
    struct copy_result result;
    struct disk_digest digest;
    struct err err = {0};
    char path[512];

    pair_init(&pair);
    toy_run(&toy, 0, 1, 200);
    digest = toy_pack(&pair.from, &toy, NULL);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    toy_file(&pair.to, "blobs", 0, path);
    set_time(&pair.to, path, NOW - 50);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    ck_assert_int_eq(result.reused_verified, NOW - 50);
    set_time(&pair.to, path, 0);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    ck_assert_int_eq(result.reused_verified, NOW);

    toy_flip(&pair.to, path, 200);
    set_time(&pair.to, path, 0);
    ck_assert_int_eq(pair_copy(&pair, &digest, 1, &result, &err), E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(err.text, "replica 'to'"));
    ck_assert_uint_eq(toy_files(&pair.to, "blobs"), 0);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    OK(toy_read(&pair.to, 1, &digest, &toy, NULL, &err));
    pair_done(&pair);
}
END_TEST

/* What it has copied goes to *ret_copied, which lies in memory that is shared. */
static pid_t copy_in_child(struct pair *pair, const struct disk_digest *digests,
                           uint64_t *ret_copied)
{
    const pid_t child = fork();
    const struct copy_job job = {.lock_wait_ms = -1,
                                 .from = &pair->from,
                                 .to = &pair->to,
                                 .digests = digests,
                                 .count = 2,
                                 .now = NOW,
                                 .pool = pair->pool};
    struct copy_result result;
    struct err err = {0};

    if (child != 0)
        return child;
    if (copy_disks(&job, &result, &err) < 0)
        _exit(2);
    *ret_copied = result.copied_bytes;
    _exit(0);
}

static uint64_t bytes_in_blobs(const struct replica *replica)
{
    const size_t count = toy_files(replica, "blobs");
    uint64_t bytes = 0;

    for (size_t i = 0; i < count; i++) {
        char path[512];

        toy_file(replica, "blobs", i, path);
        bytes += file_bytes(replica, path);
    }
    return bytes;
}

START_TEST(several_copiers_share_the_work)
{
    enum { CHILDREN = 4 };
    struct pair pair;
    struct toy one = big, two = big;
    struct disk_digest digests[2 * CHILDREN];
    pid_t children[CHILDREN];
    uint64_t *const copied = mmap(NULL, CHILDREN * sizeof *copied, PROT_READ | PROT_WRITE,
                                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    uint64_t all = 0;
    struct err err = {0};

    ck_assert_ptr_ne(copied, MAP_FAILED);
    pair_init(&pair);
    toy_run(&one, 0, 1, 200);
    toy_run(&two, 9, 900, 200);
    for (size_t i = 0; i < CHILDREN; i++) {
        digests[2 * i] = toy_pack(&pair.from, i % 2 ? &one : &two, NULL);
        digests[2 * i + 1] = toy_pack(&pair.from, i % 2 ? &two : &one, NULL);
    }
    for (size_t i = 0; i < CHILDREN; i++)
        children[i] = copy_in_child(&pair, digests + 2 * i, &copied[i]);
    for (size_t i = 0; i < CHILDREN; i++) {
        int status;

        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        all += copied[i];
    }
    munmap(copied, CHILDREN * sizeof *copied);
    ck_assert_uint_eq(all, bytes_in_blobs(&pair.to));
    ck_assert_uint_eq(toy_files(&pair.to, "disks"), 2);
    OK(toy_read(&pair.to, 1, &digests[0], &two, NULL, &err));
    OK(toy_read(&pair.to, 1, &digests[1], &one, NULL, &err));
    pair_done(&pair);
}
END_TEST

START_TEST(disks_of_holes_are_copied_too)
{
    struct pair pair;
    struct toy toy = {.size = 7 * SEGMENT_SIZE + 3};
    struct copy_result result;
    struct disk_digest digest;
    struct err err = {0};

    pair_init(&pair);
    digest = toy_pack(&pair.from, &toy, NULL);
    OK(pair_copy(&pair, &digest, 1, &result, &err));
    ck_assert_uint_eq(result.copied_bytes + result.reused_bytes, 0);
    OK(toy_read(&pair.to, 1, &digest, &toy, NULL, &err));
    pair_done(&pair);
}
END_TEST

/* A disk of random runs of few different blocks, so that disks share much. */
static void random_toy(struct toy *toy, uint32_t *state)
{
    uint64_t at = toy_random(state) % 40;
    const size_t runs = toy_random(state) % 12;

    *toy = (struct toy){0};
    for (size_t i = 0; i < runs; i++) {
        const size_t count = toy_random(state) % 40;

        toy_run(toy, at, toy_random(state) % 8 ? toy_random(state) % 300 : 0, count);
        at += count + toy_random(state) % 3 * (toy_random(state) % 9000);
    }
    toy->size = at * BLOCK_SIZE + toy_random(state) % 3 * (toy_random(state) % 100000);
    if (at > 0 && toy_random(state) % 2)
        toy->size -= toy_random(state) % BLOCK_SIZE;
}

static void try_random_disks(uint32_t seed)
{
    struct toy *toys = mem_new(4, sizeof *toys);
    uint32_t state = seed;
    struct disk_digest digests[4];
    struct copy_result result;
    struct pair pair;
    struct err err = {0};

    pair_init(&pair);
    for (size_t i = 0; i < 4; i++) {
        random_toy(&toys[i], &state);
        digests[i] = toy_pack(&pair.from, &toys[i], NULL);
        if (toy_random(&state) % 3 == 0)
            toy_pack(&pair.to, &toys[i], NULL);
        OK(toy_read(&pair.from, 1, &digests[i], &toys[i], NULL, &err));
    }
    OK(pair_copy(&pair, &digests[2], 1, &result, &err));
    OK(pair_copy(&pair, digests, 4, &result, &err));
    for (size_t i = 0; i < 4; i++)
        OK(toy_read(&pair.to, 1, &digests[i], &toys[i], NULL, &err));
    free(toys);
    pair_done(&pair);
}

START_TEST(random_disks_survive_packing_and_copying)
{
    for (uint32_t seed = 1; seed <= 12; seed++)
        try_random_disks(0x5eed * seed);
}
END_TEST

/* Whoever copies goes on with another source then, as the header of copy_disks has it. */
START_TEST(what_a_disk_cannot_read_any_more_is_damage)
{
    char label[] = "westus2/standard_lrs/1";
    const struct replica from = {.label = label};
    struct err err = {0};

    err_os(&err, EIO, "cannot read 'x.blob'");
    ck_assert_int_eq(copy_blame_source(&from, err.code, &err), E_CORRUPT);
    ck_assert_int_eq(err.code, E_CORRUPT);
    ck_assert_str_eq(err.text, "cannot copy from replica 'westus2/standard_lrs/1': cannot read "
                               "'x.blob': input/output error");
    err_os(&err, EMFILE, "cannot open 'x.blob'");
    ck_assert_int_eq(copy_blame_source(&from, err.code, &err), E_FAILED);
    err_os(&err, EACCES, "cannot open 'x.blob'");
    ck_assert_int_eq(copy_blame_source(&from, err.code, &err), E_DENIED);
}
END_TEST

UNIT_MAIN("replica/copy", a_blob_needed_mostly_is_copied_as_it_is,
          what_is_there_is_not_copied_again, a_blob_needed_little_gives_only_its_frames,
          what_the_target_has_in_other_blobs_is_used, a_damaged_source_blob_gets_no_further,
          a_damaged_source_map_gets_no_further, nothing_is_kept_of_blobs_that_a_map_only_claims,
          copying_again_heals_the_target, verifying_reads_all_and_records_when,
          what_a_killed_copy_left_unread_is_read_back, several_copiers_share_the_work,
          what_a_disk_cannot_read_any_more_is_damage, disks_of_holes_are_copied_too,
          random_disks_survive_packing_and_copying)
