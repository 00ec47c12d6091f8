/* mend: disks put together from replicas that are damaged in different places, and what is lost. */
#include "replica/mend.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/replica_toy.h"

enum { NOW = 1000, BLOCKS = 200 };

struct bench {
    struct scratch scratch;
    struct replica sick;
    struct replica others[2];
    struct toy toy;
    struct disk_digest digest;
    struct pool *pool;
};

/* The same disk in two replicas; a third has nothing yet. */
static void bench_init(struct bench *bench)
{
    *bench = (struct bench){.scratch = scratch_new(), .pool = pool_new(TOY_THREADS)};
    bench->toy.size = BLOCKS * BLOCK_SIZE;
    for (uint32_t i = 0; i < BLOCKS; i++)
        toy_add(&bench->toy, i, 5 * (i + 1)); /* noise: a block is where it can be found */
    bench->sick = toy_replica(&bench->scratch, "sick");
    bench->others[0] = toy_replica(&bench->scratch, "first");
    bench->others[1] = toy_replica(&bench->scratch, "second");
    bench->digest = toy_pack(&bench->others[0], &bench->toy, NULL);
    toy_pack(&bench->others[1], &bench->toy, NULL);
}

static void bench_done(struct bench *bench)
{
    pool_free(bench->pool);
    replica_close(&bench->sick);
    replica_close(&bench->others[0]);
    replica_close(&bench->others[1]);
    scratch_done(&bench->scratch);
}

/* Turn over a bit of that block in the one blob of a replica, wherever it lies there. */
static void damage(const struct bench *bench, const struct replica *replica, uint32_t number)
{
    uint8_t block[BLOCK_SIZE], *bytes;
    char path[512];
    struct stat st;
    uint8_t *at;
    int fd;

    toy_bytes(&bench->toy, number, block);
    toy_file(replica, "blobs", 0, path);
    fd = openat(replica->dir, path, O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(fstat(fd, &st), 0);
    bytes = mem_new((size_t)st.st_size, 1);
    ck_assert_int_eq(pread(fd, bytes, (size_t)st.st_size, 0), st.st_size);
    at = memmem(bytes, (size_t)st.st_size, block + 100, 64);
    ck_assert_ptr_nonnull(at);
    toy_flip(replica, path, at - bytes);
    free(bytes);
    close(fd);
}

static struct mend_job job_of(struct bench *bench)
{
    return (struct mend_job){
        .to = &bench->sick,
        .others = bench->others,
        .count = 2,
        .pool = bench->pool,
        .codec = CODEC_ZSTD,
        .level = 1,
        .now = NOW,
    };
}

static int mend(struct bench *bench, const struct mend_job *job, struct mend_result *ret,
                struct err *err)
{
    return mend_disk(job, &bench->digest, bench->toy.size, ret, err);
}

START_TEST(each_has_what_the_other_lacks)
{
    struct mend_result result = {0};
    struct bench bench;
    struct err err = {0};

    bench_init(&bench);
    damage(&bench, &bench.others[0], 3);
    damage(&bench, &bench.others[1], 150);
    {
        const struct mend_job job = job_of(&bench);

        OK(mend(&bench, &job, &result, &err));
    }
    ck_assert_uint_eq(result.from.count, 2);
    ck_assert_uint_eq(result.lost.count, 0);
    ck_assert(!result.given);
    OK(toy_read(&bench.sick, 1, &bench.digest, &bench.toy, NULL, &err));
    mend_result_done(&result);
    bench_done(&bench);
}
END_TEST

/* Neighbours are one range; a frame that one of them has is none. */
START_TEST(what_is_lost_is_said_to_the_frame)
{
    struct mend_result result = {0};
    struct bench bench;
    struct err err = {0};

    bench_init(&bench);
    for (size_t i = 0; i < 2; i++) {
        damage(&bench, &bench.others[i], 7);
        damage(&bench, &bench.others[i], FRAME_BLOCKS + 8);
        damage(&bench, &bench.others[i], 3 * FRAME_BLOCKS + 4);
    }
    damage(&bench, &bench.others[0], 2 * FRAME_BLOCKS);
    {
        const struct mend_job job = job_of(&bench);

        ck_assert_int_eq(mend(&bench, &job, &result, &err), E_CORRUPT);
    }
    ck_assert_uint_eq(result.lost.count, 2);
    ck_assert_uint_eq(result.lost.items[0].block, 0);
    ck_assert_uint_eq(result.lost.items[0].count, 2 * FRAME_BLOCKS);
    ck_assert_uint_eq(result.lost.items[1].block, 3 * FRAME_BLOCKS);
    ck_assert_uint_eq(result.lost.items[1].count, FRAME_BLOCKS);
    ck_assert_uint_eq(toy_files(&bench.sick, "disks"), 0);
    mend_result_done(&result);
    bench_done(&bench);
}
END_TEST

static bool give(void *user, uint64_t block, void *bytes)
{
    const struct bench *const bench = user;

    toy_bytes(&bench->toy, (size_t)block, bytes);
    return true;
}

START_TEST(an_image_gives_what_nobody_has)
{
    struct mend_result result = {0};
    struct bench bench;
    struct err err = {0};

    bench_init(&bench);
    damage(&bench, &bench.others[0], 7);
    damage(&bench, &bench.others[1], 7);
    {
        struct mend_job job = job_of(&bench);

        job.given = give;
        job.user = &bench;
        OK(mend(&bench, &job, &result, &err));
    }
    ck_assert(result.given);
    OK(toy_read(&bench.sick, 1, &bench.digest, &bench.toy, NULL, &err));
    mend_result_done(&result);
    bench_done(&bench);
}
END_TEST

UNIT_MAIN("replica/mend", each_has_what_the_other_lacks, what_is_lost_is_said_to_the_frame,
          an_image_gives_what_nobody_has)
