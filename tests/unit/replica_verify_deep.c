/* verify_deep: a blob that is longer than what is read at once, and what is wrong in the middle. */
#include "replica/verify_deep.h"

#include <stdlib.h>

#include "codec/compress.h"
#include "codec/digest.h"
#include "tests/unit/replica_toy.h"

enum {
    FRAMES = 100, /* 12.5 MiB: every other one is noise, the rest shrinks */
    PLANTED = 70, /* the frame that may hold another block than it says: not in the first piece */
    NOWHERE = -1,
};

struct bench {
    struct scratch scratch;
    struct replica replica;
    struct pool *pool;
    struct blob_name name;
    uint64_t size;
};

static void add_frame(struct blob_writer *writer, struct compressor *compressor, uint32_t number,
                      bool planted)
{
    struct sha256 *sha256 = sha256_new();
    uint8_t *const bytes = mem_new(FRAME_SIZE, 1), *const out = mem_new(FRAME_SIZE, 1);
    struct block_id ids[FRAME_BLOCKS];
    struct frame_bytes frame = {.stored = bytes,
                                .stored_length = FRAME_SIZE,
                                .codec = CODEC_NONE,
                                .ids = ids,
                                .count = FRAME_BLOCKS};
    struct err err = {0};
    uint32_t first;
    size_t length;

    for (uint32_t i = 0; i < FRAME_BLOCKS; i++) {
        uint8_t *const block = bytes + (size_t)i * BLOCK_SIZE;

        toy_block(number % 2 ? 5 * (number * FRAME_BLOCKS + i) : 5 * (number + i) + 1, BLOCK_SIZE,
                  block);
        sha256_of(sha256, block, BLOCK_SIZE, ids[i].sha256);
    }
    bytes[3 * BLOCK_SIZE + 9] ^= planted;
    length = compress_frame(compressor, CODEC_ZSTD, 1, bytes, FRAME_SIZE, out, FRAME_SIZE - 1);
    if (length > 0) {
        frame.stored = out;
        frame.stored_length = length;
        frame.codec = CODEC_ZSTD;
    }
    ck_assert_int_eq(length > 0, number % 2 == 0);
    OK(blob_writer_add(writer, &frame, &first, &err));
    free(bytes);
    free(out);
    sha256_free(sha256);
}

static void bench_init(struct bench *bench, int planted, size_t threads)
{
    struct compressor *compressor = compressor_new();
    struct blob_writer *writer = NULL;
    struct err err = {0};
    bool new;

    *bench = (struct bench){.scratch = scratch_new(), .pool = pool_new(threads)};
    bench->replica = toy_replica(&bench->scratch, "home");
    OK(blob_writer_open(bench->replica.blobs, &writer, &err));
    for (int i = 0; i < FRAMES; i++)
        add_frame(writer, compressor, (uint32_t)i, i == planted);
    OK(blob_writer_publish(writer, &bench->name, &bench->size, &new, &err));
    blob_writer_close(writer);
    compressor_free(compressor);
}

static void bench_done(struct bench *bench)
{
    pool_free(bench->pool);
    replica_close(&bench->replica);
    scratch_done(&bench->scratch);
}

static void count_bytes(void *user, uint64_t bytes)
{
    uint64_t *const sum = user;

    *sum += bytes;
}

/* *ret: bytes that were told. */
static int bench_verify(const struct bench *bench, uint64_t *ret, struct err *err)
{
    const struct verify_job job = {
        .replica = &bench->replica, .pool = bench->pool, .progress = count_bytes, .user = ret};
    uint64_t size;
    const int rc = verify_deep(&job, &bench->name, &size, err);

    if (rc == 0)
        ck_assert_uint_eq(size, bench->size);
    return rc;
}

START_TEST(a_sound_blob_is_read_once)
{
    for (size_t threads = 1; threads <= TOY_THREADS; threads++) {
        struct bench bench;
        struct err err = {0};
        uint64_t told = 0;

        bench_init(&bench, NOWHERE, threads);
        OK(bench_verify(&bench, &told, &err));
        ck_assert_uint_eq(told, bench.size);
        bench_done(&bench);
    }
}
END_TEST

START_TEST(a_planted_block_is_named)
{
    struct bench bench;
    struct err err = {0};
    uint64_t told = 0;
    char text[32];

    bench_init(&bench, PLANTED, TOY_THREADS);
    ck_assert_int_eq(bench_verify(&bench, &told, &err), E_CORRUPT);
    snprintf(text, sizeof text, "block %d of blob '", PLANTED * FRAME_BLOCKS + 3);
    ck_assert_ptr_nonnull(strstr(err.text, text));
    bench_done(&bench);
}
END_TEST

/* In the header, in a frame, in the tables: that the blob is not what its name says goes first. */
START_TEST(damage_is_told_as_it_is_without_a_deep_look)
{
    struct bench bench;
    char path[sizeof "blobs/" + BLOB_FILE_NAME] = "blobs/";
    struct err err = {0};

    bench_init(&bench, NOWHERE, 2);
    blob_file_name(&bench.name, path + strlen(path));
    for (int i = 0; i < 4; i++) {
        const uint64_t places[] = {20, 5 << 20, bench.size - 1000, bench.size - 10};
        uint64_t told = 0;

        toy_flip(&bench.replica, path, (int64_t)places[i]);
        ck_assert_int_eq(bench_verify(&bench, &told, &err), E_CORRUPT);
        ck_assert_ptr_nonnull(strstr(err.text, "its content does not give its name"));
        toy_flip(&bench.replica, path, (int64_t)places[i]);
        told = 0;
        OK(bench_verify(&bench, &told, &err));
    }
    bench_done(&bench);
}
END_TEST

UNIT_MAIN("replica/verify_deep", a_sound_blob_is_read_once, a_planted_block_is_named,
          damage_is_told_as_it_is_without_a_deep_look)
