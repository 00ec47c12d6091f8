/* raw: disks kept ready: made of the blobs, read, and proven byte by byte. */
#include "replica/raw.h"

#include <fcntl.h>
#include <unistd.h>

#include "os/file.h"
#include "replica/raw_file.h"
#include "tests/unit/replica_toy.h"

enum { MADE_AT = 1000, READ_AT = 2000, THREADS = 3 };

struct bench {
    struct scratch scratch;
    struct replica replica;
    struct toy toy;
    struct disk_digest digest;
    struct pool *pool;
    uint64_t progress;
    _Atomic uint64_t paced;
};

/* A disk of three segments, one of them without data, that ends within a block. */
static void bench_init(struct bench *bench)
{
    *bench = (struct bench){.scratch = scratch_new(), .pool = pool_new(THREADS)};
    bench->toy.size = 2 * SEGMENT_SIZE + 3 * BLOCK_SIZE + 1000;
    toy_run(&bench->toy, 5, 1, 100);
    toy_run(&bench->toy, 200, 40, 50);
    toy_run(&bench->toy, 2 * SEGMENT_BLOCKS + 3, 2000, 1);
    bench->replica = toy_replica(&bench->scratch, "home");
    bench->digest = toy_pack(&bench->replica, &bench->toy, NULL);
}

static void bench_done(struct bench *bench)
{
    pool_free(bench->pool);
    replica_close(&bench->replica);
    scratch_done(&bench->scratch);
}

static void advance(void *user, uint64_t bytes)
{
    ((struct bench *)user)->progress += bytes;
}

static void pace(void *user, uint64_t bytes)
{
    ((struct bench *)user)->paced += bytes;
}

static struct verify_job job_of(struct bench *bench, int64_t now)
{
    return (struct verify_job){
        .replica = &bench->replica,
        .pool = bench->pool,
        .now = now,
        .progress = advance,
        .pace = pace,
        .user = bench,
    };
}

static int make(struct bench *bench, bool anew, struct err *err)
{
    const struct verify_job job = job_of(bench, MADE_AT);

    return raw_make(&job, &bench->digest, anew, 0, err);
}

static int verify(struct bench *bench, struct err *err)
{
    const struct verify_job job = job_of(bench, READ_AT);

    return raw_verify(&job, &bench->digest, err);
}

static int open_raw(const struct bench *bench)
{
    char name[RAW_FILE_NAME];
    int fd;

    raw_file_name(&bench->digest, name);
    fd = openat(bench->replica.disks, name, O_RDWR | O_CLOEXEC);
    ck_assert_int_ge(fd, 0);
    return fd;
}

static void patch(const struct bench *bench, uint64_t offset, const char *text)
{
    int fd = open_raw(bench);

    ck_assert_int_eq(pwrite(fd, text, strlen(text), (off_t)offset), (ssize_t)strlen(text));
    close(fd);
}

static void resize(const struct bench *bench, uint64_t size)
{
    int fd = open_raw(bench);

    ck_assert_int_eq(ftruncate(fd, (off_t)size), 0);
    close(fd);
}

static void damage_blob(const struct bench *bench)
{
    char path[512];

    toy_file(&bench->replica, "blobs", 0, path);
    toy_flip(&bench->replica, path, 5000);
}

/* What the error says behind the name. */
static void assert_wrong(struct bench *bench, const char *text)
{
    struct err err = {0};

    ck_assert_int_eq(verify(bench, &err), E_CORRUPT);
    ck_assert_msg(strstr(err.text, text) != NULL, "'%s' is not in '%s'", text, err.text);
}

START_TEST(it_is_the_disk_and_sparse)
{
    struct bench bench;
    struct err err = {0};
    struct stat st;
    bool there;
    uint8_t got[BLOCK_SIZE], want[BLOCK_SIZE];
    int fd;

    bench_init(&bench);
    OK(raw_is_there(&bench.replica, &bench.digest, &there, &err));
    ck_assert(!there);
    ck_assert_int_eq(verify(&bench, &err), E_NOT_FOUND);
    OK(make(&bench, false, &err));
    ck_assert_uint_eq(bench.progress, 2 * bench.toy.count * BLOCK_SIZE);
    ck_assert_uint_eq(bench.paced, (bench.toy.count - 1) * BLOCK_SIZE + 1000);
    OK(raw_is_there(&bench.replica, &bench.digest, &there, &err));
    ck_assert(there);
    fd = open_raw(&bench);
    ck_assert_int_eq(fstat(fd, &st), 0);
    ck_assert_int_eq(st.st_size, (off_t)bench.toy.size);
    ck_assert_int_eq(st.st_mtime, MADE_AT);
    ck_assert_int_lt(st.st_blocks * 512, (off_t)SEGMENT_SIZE);
    for (size_t i = 0; i + 1 < bench.toy.count; i++) {
        toy_bytes(&bench.toy, i, want);
        ck_assert_int_eq(pread(fd, got, BLOCK_SIZE, (off_t)bench.toy.blocks[i].at * BLOCK_SIZE),
                         BLOCK_SIZE);
        ck_assert_mem_eq(got, want, BLOCK_SIZE);
    }
    close(fd);
    OK(verify(&bench, &err));
    /* No lock file stays. */
    ck_assert_uint_eq(toy_files(&bench.replica, "disks"), 2);
    bench_done(&bench);
}
END_TEST

START_TEST(whatever_is_wrong_is_found_and_made_anew)
{
    struct bench bench;
    struct err err = {0};

    bench_init(&bench);
    OK(make(&bench, false, &err));
    patch(&bench, 200 * BLOCK_SIZE + 7, "rot");
    patch(&bench, 10 * BLOCK_SIZE, "rot");
    assert_wrong(&bench, "is damaged at byte 40960");
    OK(make(&bench, false, &err)); /* one that is there stays */
    assert_wrong(&bench, "is damaged at byte 40960");
    OK(make(&bench, true, &err));
    OK(verify(&bench, &err));
    patch(&bench, SEGMENT_SIZE + 3 * BLOCK_SIZE + 1, "no hole");
    assert_wrong(&bench, "is damaged at byte 67121152");
    OK(make(&bench, true, &err));
    patch(&bench, bench.toy.size - 1, "x");
    assert_wrong(&bench, "is damaged at byte");
    resize(&bench, bench.toy.size + 1);
    assert_wrong(&bench, "bytes, the disk that it should be");
    resize(&bench, bench.toy.size - 1);
    assert_wrong(&bench, "bytes, the disk that it should be");
    OK(make(&bench, false, &err)); /* one of another length is none */
    OK(verify(&bench, &err));
    bench_done(&bench);
}
END_TEST

START_TEST(blobs_that_do_not_give_the_disk_make_no_file)
{
    struct bench bench;
    struct err err = {0};
    bool there;

    bench_init(&bench);
    damage_blob(&bench);
    ck_assert_int_eq(make(&bench, false, &err), E_CORRUPT);
    OK(raw_is_there(&bench.replica, &bench.digest, &there, &err));
    ck_assert(!there);
    bench_done(&bench);
}
END_TEST

static int read_disk(struct bench *bench, struct toy_told *told, struct err *err)
{
    struct disk_reader_request request = {
        .replicas = &bench->replica,
        .count = 1,
        .digest = bench->digest,
        .use_raw = true,
        .check = DESK_FRAMES, /* its blocks are compared all the same */
        .warn = toy_tell,
        .user = told,
    };
    struct disk_reader *reader = NULL;
    uint8_t got[BLOCK_SIZE], want[BLOCK_SIZE];
    int rc = disk_reader_open(&request, &reader, err);

    for (size_t i = 0; rc == 0 && i < bench->toy.count; i++) {
        rc = disk_reader_read(reader, bench->toy.blocks[i].at, 1, got, err);
        toy_bytes(&bench->toy, i, want);
        if (rc == 0)
            ck_assert_mem_eq(got, want, BLOCK_SIZE);
    }
    disk_reader_close(reader);
    return rc;
}

START_TEST(reading_takes_what_is_right_from_file_and_blobs)
{
    struct bench bench;
    struct toy_told told = {0};
    struct err err = {0};

    bench_init(&bench);
    OK(make(&bench, false, &err));
    OK(read_disk(&bench, &told, &err));
    ck_assert_uint_eq(told.count, 0);
    patch(&bench, 200 * BLOCK_SIZE + 7, "rot");
    patch(&bench, 210 * BLOCK_SIZE + 7, "rot");
    OK(read_disk(&bench, &told, &err));
    ck_assert_uint_eq(told.count, 1); /* once */
    ck_assert_msg(strstr(told.last, "does not have the disk ready") != NULL, "%s", told.last);
    OK(make(&bench, true, &err));
    damage_blob(&bench);
    OK(read_disk(&bench, &told, &err));
    ck_assert_uint_eq(told.count, 1); /* the blobs were not asked */
    resize(&bench, 4096);
    ck_assert_int_eq(read_disk(&bench, &told, &err), E_CORRUPT);
    bench_done(&bench);
}
END_TEST

START_TEST(names_are_digits_and_an_ending)
{
    struct disk_digest digest = {{1, 2, 0xfe}}, back;
    char name[RAW_FILE_NAME];

    raw_file_name(&digest, name);
    ck_assert_uint_eq(strlen(name), 68);
    ck_assert(raw_file_parse(name, &back));
    ck_assert_mem_eq(&back, &digest, sizeof digest);
    name[67] = 'x';
    ck_assert(!raw_file_parse(name, &back));
    ck_assert(!raw_file_parse("0102.raw", &back));
    ck_assert(!raw_file_parse("", &back));
}
END_TEST

UNIT_MAIN("replica/raw", it_is_the_disk_and_sparse, whatever_is_wrong_is_found_and_made_anew,
          blobs_that_do_not_give_the_disk_make_no_file,
          reading_takes_what_is_right_from_file_and_blobs, names_are_digits_and_an_ending)
