/* pack: what is new is stored, what is there is not, and the same input gives the same files. */
#include "replica/pack.h"

#include <signal.h>
#include <sys/resource.h>

#include "blob/blob.h"
#include "blob/disk.h"
#include "os/file.h"
#include "tests/unit/replica_toy.h"

static const struct toy small = {
    .size = 10 * BLOCK_SIZE,
    .count = 5,
    .blocks = {{0, 1}, {1, 2}, {2, 0}, {5, 1}, {9, 3}},
};

START_TEST(the_second_publish_stores_nothing)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "one");
    struct pack_result first, second;
    struct disk_digest left, right;
    struct err err = {0};

    left = toy_pack(&replica, &small, &first);
    ck_assert_uint_eq(first.data_blocks, 4);
    ck_assert_uint_eq(first.new_blocks, 3);
    right = toy_pack(&replica, &small, &second);
    ck_assert_mem_eq(&left, &right, sizeof left);
    ck_assert_uint_eq(second.data_blocks, 4);
    ck_assert_uint_eq(second.new_blocks, 0);
    ck_assert_uint_eq(second.stored_bytes, 0);
    ck_assert_uint_eq(toy_files(&replica, "blobs"), 1);
    ck_assert_uint_eq(toy_files(&replica, "disks"), 1);
    OK(toy_read(&replica, 1, &left, &small, NULL, &err));
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

START_TEST(the_digest_is_that_of_the_bytes_alone)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "one");
    struct disk_hash *hash = disk_hash_new();
    struct sha256 *sha256 = sha256_new();
    struct disk_digest packed, hashed;
    uint8_t bytes[BLOCK_SIZE];
    struct block_id id;

    packed = toy_pack(&replica, &small, NULL);
    for (size_t i = 0; i < small.count; i++) {
        toy_bytes(&small, i, bytes);
        if (block_is_hole(bytes))
            continue;
        sha256_of(sha256, bytes, sizeof bytes, id.sha256);
        disk_hash_add(hash, small.blocks[i].at, &id);
    }
    hashed = disk_hash_result(hash, small.size);
    ck_assert_mem_eq(&packed, &hashed, sizeof packed);
    disk_hash_free(hash);
    sha256_free(sha256);
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

START_TEST(disks_share_blocks_within_and_across_packs)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "one");
    struct toy os = {.size = 40 * SEGMENT_SIZE}, data = {.size = 3 * SEGMENT_SIZE + 1};
    struct pack_result result = {0};
    struct disk_digest digests[3];
    struct toy_pack open;
    struct err err = {0};

    toy_run(&os, 3, 100, 70);
    toy_run(&os, SEGMENT_BLOCKS - 5, 300, 10);
    toy_run(&os, 39 * SEGMENT_BLOCKS, 110, 30);
    toy_run(&data, 1000, 90, 60);
    toy_run(&data, 3 * SEGMENT_BLOCKS, 5, 1); /* of which one byte is on the disk */
    open = toy_pack_open(&replica, CODEC_ZLIB, TOY_THREADS);
    digests[0] = toy_feed(open.pack, &os);
    digests[1] = toy_feed(open.pack, &data);
    digests[2] = toy_feed(open.pack, &os);
    ck_assert_uint_eq(toy_files(&replica, "disks"), 0);
    OK(pack_finish(open.pack, &result, &err));
    toy_pack_close(&open);
    ck_assert_uint_eq(result.data_blocks, 2 * 110 + 61);
    ck_assert_uint_eq(result.new_blocks, 80 + 10 + 1);
    ck_assert_uint_eq(result.blob_count, 1);
    ck_assert_mem_eq(&digests[0], &digests[2], sizeof digests[0]);
    OK(blob_verify(replica.dir, &result.blobs[0], &err));
    pack_result_done(&result);

    OK(toy_read(&replica, 1, &digests[0], &os, NULL, &err));
    OK(toy_read(&replica, 1, &digests[1], &data, NULL, &err));
    os.size += BLOCK_SIZE;
    digests[2] = toy_pack(&replica, &os, &result);
    ck_assert_uint_eq(result.new_blocks, 0);
    ck_assert_mem_ne(&digests[0], &digests[2], sizeof digests[0]);
    OK(toy_read(&replica, 1, &digests[2], &os, NULL, &err));
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

static void compare_file(const struct replica *left, const struct replica *right, const char *path)
{
    struct buf one = {0}, two = {0};
    struct err err = {0};

    OK(file_read_all(left->dir, path, 1 << 24, &one, &err));
    OK(file_read_all(right->dir, path, 1 << 24, &two, &err));
    ck_assert_uint_eq(one.length, two.length);
    ck_assert_mem_eq(one.bytes, two.bytes, one.length);
    buf_done(&one);
    buf_done(&two);
}

static void compare_files(const struct replica *left, const struct replica *right,
                          const char *folder)
{
    char path[512];

    ck_assert_uint_eq(toy_files(left, folder), toy_files(right, folder));
    for (size_t i = 0; i < toy_files(left, folder); i++) {
        toy_file(left, folder, i, path);
        compare_file(left, right, path);
    }
}

START_TEST(the_same_input_gives_the_same_files)
{
    struct scratch scratch = scratch_new();
    struct replica left = toy_replica(&scratch, "left"), right = toy_replica(&scratch, "right");
    struct toy toy = {.size = 5 * SEGMENT_SIZE};

    toy_run(&toy, 7, 1000, 200);
    toy_run(&toy, 2 * SEGMENT_BLOCKS - 3, 1100, 200);
    toy_pack(&left, &toy, NULL);
    toy_pack(&right, &toy, NULL);
    toy_run(&toy, 4 * SEGMENT_BLOCKS, 1090, 50);
    toy_run(&toy, 5 * SEGMENT_BLOCKS - 10, 5000, 10);
    toy_pack(&left, &toy, NULL);
    toy_pack(&right, &toy, NULL);
    ck_assert_uint_eq(toy_files(&left, "blobs"), 2);
    compare_files(&left, &right, "blobs");
    compare_files(&left, &right, "disks");
    replica_close(&left);
    replica_close(&right);
    scratch_done(&scratch);
}
END_TEST

/* Three packs: new, all known, some known. */
static void pack_three(const struct replica *replica, enum codec codec, size_t threads)
{
    static const uint32_t firsts[] = {1, 1, 1500};

    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        struct toy_pack open = toy_pack_open(replica, codec, threads);
        struct pack_result result = {0};
        struct err err = {0};
        int rc;

        toy_feed_many(open.pack, firsts[i], 2000, &rc, &err);
        OK(rc);
        OK(pack_finish(open.pack, &result, &err));
        ck_assert_uint_eq(result.new_blocks, i == 0 ? 2000 : i == 1 ? 0 : 1499);
        pack_result_done(&result);
        toy_pack_close(&open);
    }
}

START_TEST(one_thread_and_eight_give_the_same_files)
{
    static const enum codec codecs[] = {CODEC_NONE, CODEC_ZLIB, CODEC_ZSTD};

    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        struct scratch scratch = scratch_new();
        struct replica one = toy_replica(&scratch, "one"), eight = toy_replica(&scratch, "eight");

        pack_three(&one, codecs[i], 1);
        pack_three(&eight, codecs[i], 8);
        ck_assert_uint_eq(toy_files(&one, "blobs"), 2);
        compare_files(&one, &eight, "blobs");
        compare_files(&one, &eight, "disks");
        compare_file(&one, &eight, "index.1");
        compare_file(&one, &eight, "index.2");
        replica_close(&one);
        replica_close(&eight);
        scratch_done(&scratch);
    }
}
END_TEST

/* Blocks are handed over in pieces of which the bytes change once they are let go: frames that were
 * compressed, those that are, and the one being gathered have what they need. */
START_TEST(what_was_let_go_may_change)
{
    enum { PIECE = 83, BLOCKS = 500 };
    static const enum codec codecs[] = {CODEC_NONE, CODEC_ZSTD};
    struct toy toy = {.size = (uint64_t)BLOCKS * BLOCK_SIZE};
    uint8_t *bytes = mem_new(PIECE, BLOCK_SIZE);
    struct sha256 *sha = sha256_new();

    for (size_t i = 0; i < BLOCKS; i++)
        toy_add(&toy, i,
                (uint32_t)(i % 7 == 6 ? 3 : i + 1)); /* known ones, so that frames have gaps */
    for (size_t run = 0; run < 4; run++) {
        struct scratch scratch = scratch_new();
        struct replica replica = toy_replica(&scratch, "one");
        struct toy_pack open = toy_pack_open(&replica, codecs[run % 2], run < 2 ? 1 : 8);
        struct pack_result result = {0};
        struct disk_digest digest;
        struct err err = {0};

        OK(pack_disk_begin(open.pack, &err));
        for (size_t i = 0; i < BLOCKS; i++) {
            uint8_t *block = bytes + i % PIECE * BLOCK_SIZE;
            struct block_id id;

            if (i % PIECE == 0) {
                pack_let_go(open.pack, bytes, (size_t)PIECE * BLOCK_SIZE);
                memset(bytes, 0xee, (size_t)PIECE * BLOCK_SIZE);
            }
            toy_bytes(&toy, i, block);
            sha256_of(sha, block, BLOCK_SIZE, id.sha256);
            OK(pack_block(open.pack, i, &id, block, &err));
        }
        pack_let_go(open.pack, bytes, (size_t)PIECE * BLOCK_SIZE);
        memset(bytes, 0xee, (size_t)PIECE * BLOCK_SIZE);
        OK(pack_disk_end(open.pack, toy.size, &digest, &err));
        OK(pack_finish(open.pack, &result, &err));
        toy_pack_close(&open);
        pack_result_done(&result);
        OK(toy_read(&replica, 1, &digest, &toy, NULL, &err));
        replica_close(&replica);
        scratch_done(&scratch);
    }
    sha256_free(sha);
    free(bytes);
}
END_TEST

/* Frames are under way when it happens: they are waited for, and nothing is left. */
START_TEST(a_full_disk_in_the_middle_is_told_and_leaves_nothing)
{
    for (size_t threads = 1; threads <= 8; threads += 7) {
        struct scratch scratch = scratch_new();
        struct replica replica = toy_replica(&scratch, "one");
        struct toy_pack open = toy_pack_open(&replica, CODEC_ZSTD, threads);
        struct rlimit limit = {.rlim_cur = 1 << 20, .rlim_max = RLIM_INFINITY};
        struct pack_result result = {0};
        struct err err = {0};
        int rc;

        signal(SIGXFSZ, SIG_IGN);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        toy_feed_many(open.pack, 1, 2000, &rc, &err);
        ck_assert_int_eq(rc, E_NO_SPACE);
        ck_assert_int_eq(pack_finish(open.pack, &result, &err), E_FAILED);
        toy_pack_close(&open);
        limit.rlim_cur = RLIM_INFINITY;
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        ck_assert_uint_eq(toy_files(&replica, "blobs"), 0);
        ck_assert_uint_eq(toy_files(&replica, "disks"), 0);
        pack_three(&replica, CODEC_ZSTD, threads);
        replica_close(&replica);
        scratch_done(&scratch);
    }
}
END_TEST

/* What is checked ahead counts only when it is asked for. */
START_TEST(a_frame_that_rotted_is_stored_anew_and_no_other)
{
    for (size_t threads = 1; threads <= 8; threads += 7) {
        struct scratch scratch = scratch_new();
        struct replica replica = toy_replica(&scratch, "one");
        struct pack_result result = {0};
        struct err err = {0};
        char path[512];
        int rc;

        pack_three(&replica, CODEC_NONE, threads);
        for (size_t i = 0; i < toy_files(&replica, "blobs"); i++) {
            toy_file(&replica, "blobs", i, path);
            toy_flip(&replica, path, 32 + 40 * FRAME_SIZE + 77);
        }
        for (uint32_t count = 1200; count <= 2000; count += 800) {
            struct toy_pack open = toy_pack_open(&replica, CODEC_NONE, threads);

            toy_feed_many(open.pack, 1, count, &rc, &err);
            OK(rc);
            OK(pack_finish(open.pack, &result, &err));
            ck_assert_uint_eq(result.new_blocks, count == 2000 ? FRAME_BLOCKS : 0);
            pack_result_done(&result);
            toy_pack_close(&open);
        }
        replica_close(&replica);
        scratch_done(&scratch);
    }
}
END_TEST

START_TEST(frames_close_when_full_and_at_segments_and_at_ends)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "one");
    struct toy one = {.size = 2 * SEGMENT_SIZE}, two = {.size = SEGMENT_SIZE};
    static const uint16_t counts[] = {FRAME_BLOCKS, 1, 2, 3, FRAME_BLOCKS, 4};
    struct pack_result result = {0};
    struct blob *blob = NULL;
    struct toy_pack open;
    struct err err = {0};

    toy_run(&one, 0, 1, FRAME_BLOCKS + 1);
    toy_run(&one, SEGMENT_BLOCKS, 100, 1);
    toy_run(&one, SEGMENT_BLOCKS + 1, 1, 5); /* hits and holes do not close one */
    toy_add(&one, SEGMENT_BLOCKS + 10, 0);
    toy_run(&one, SEGMENT_BLOCKS + 20, 101, 1);
    toy_run(&two, 0, 200, 3);
    open = toy_pack_open(&replica, CODEC_NONE, TOY_THREADS);
    toy_feed(open.pack, &one);
    toy_feed(open.pack, &two);
    two.count = 0;
    toy_run(&two, 100, 300, FRAME_BLOCKS + 4);
    toy_feed(open.pack, &two);
    OK(pack_finish(open.pack, &result, &err));
    toy_pack_close(&open);
    ck_assert_uint_eq(result.blob_count, 1);
    OK(blob_open(replica.dir, &result.blobs[0], &blob, &err));
    ck_assert_uint_eq(result.stored_bytes, blob_size(blob));
    ck_assert_uint_eq(blob_frame_count(blob), sizeof counts / sizeof *counts);
    for (uint32_t i = 0; i < blob_frame_count(blob); i++)
        ck_assert_uint_eq(blob_frame(blob, i)->count, counts[i]);
    blob_close(blob);
    pack_result_done(&result);
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_disk_of_holes_needs_no_blob)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "one");
    struct toy empty = {.size = 1ull << 40}, none = {0};
    struct pack_result result;
    struct disk_digest digest;
    struct err err = {0};

    toy_add(&empty, 77, 0);
    digest = toy_pack(&replica, &empty, &result);
    ck_assert_uint_eq(result.data_blocks, 0);
    ck_assert_uint_eq(result.blob_count, 0);
    ck_assert_uint_eq(toy_files(&replica, "blobs"), 0);
    OK(toy_read(&replica, 1, &digest, &empty, NULL, &err));
    digest = toy_pack(&replica, &none, &result);
    OK(toy_read(&replica, 1, &digest, &none, NULL, &err));
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

START_TEST(what_is_out_of_order_is_refused)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "one");
    struct pack_result result = {0};
    const uint8_t bytes[BLOCK_SIZE] = {1};
    const struct block_id id = {{1}};
    struct disk_digest digest;
    struct toy_pack open = toy_pack_open(&replica, CODEC_ZSTD, TOY_THREADS);
    struct pack *pack = open.pack;
    struct err err = {0};

    ck_assert_int_eq(pack_block(pack, 0, &id, bytes, &err), E_INVALID);
    ck_assert_int_eq(pack_disk_end(pack, 1, &digest, &err), E_INVALID);
    OK(pack_disk_begin(pack, &err));
    ck_assert_int_eq(pack_disk_begin(pack, &err), E_INVALID);
    ck_assert_int_eq(pack_finish(pack, &result, &err), E_INVALID);
    OK(pack_block(pack, 1, &id, bytes, &err));
    ck_assert_int_eq(pack_block(pack, 1, &id, bytes, &err), E_INVALID);
    ck_assert_int_eq(pack_block(pack, 0, &id, bytes, &err), E_INVALID);
    OK(pack_block(pack, 2, &id, bytes, &err));
    OK(pack_disk_end(pack, 2 * BLOCK_SIZE + 1, &digest, &err));
    for (int i = 1; i < PACK_DISKS_MAX; i++) {
        OK(pack_disk_begin(pack, &err));
        OK(pack_disk_end(pack, 0, &digest, &err));
    }
    ck_assert_int_eq(pack_disk_begin(pack, &err), E_INVALID);
    OK(pack_finish(pack, &result, &err));
    ck_assert_uint_eq(result.data_blocks, 2);
    pack_result_done(&result);
    ck_assert_int_eq(pack_finish(open.pack, &result, &err), E_FAILED);
    toy_pack_close(&open);
    pack_close(NULL);
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

START_TEST(what_is_not_finished_leaves_no_disk)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "one");
    struct toy_pack open;

    open = toy_pack_open(&replica, CODEC_ZSTD, TOY_THREADS);
    toy_feed(open.pack, &small);
    toy_pack_close(&open);
    ck_assert_uint_eq(toy_files(&replica, "disks"), 0);
    ck_assert_uint_eq(toy_files(&replica, "blobs"), 0);
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_map_whose_blob_is_gone_is_replaced)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "one");
    struct disk_digest digest = toy_pack(&replica, &small, NULL);
    struct pack_result result;
    struct err err = {0};
    char path[512];
    bool has;

    toy_file(&replica, "blobs", 0, path);
    toy_remove(&replica, path);
    OK(replica_has_disk(&replica, &digest, &has, NULL, &err));
    ck_assert(!has);
    toy_pack(&replica, &small, &result);
    ck_assert_uint_eq(result.new_blocks, 3);
    OK(replica_has_disk(&replica, &digest, &has, NULL, &err));
    ck_assert(has);
    OK(toy_read(&replica, 1, &digest, &small, NULL, &err));

    toy_file(&replica, "disks", 0, path);
    toy_flip(&replica, path, 40);
    OK(replica_has_disk(&replica, &digest, &has, NULL, &err));
    ck_assert(!has);
    toy_pack(&replica, &small, &result);
    ck_assert_uint_eq(result.new_blocks, 0);
    OK(toy_read(&replica, 1, &digest, &small, NULL, &err));
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

/* More distinct blocks than fit into one blob: the second begins where the first is full, and the
 * map names both. */
START_TEST(a_blob_closes_at_its_limit_of_blocks)
{
    enum { BLOCKS = BLOB_BLOCKS_MAX + 100 };
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "one");
    const struct extent *extents;
    struct disk_reader *reader = NULL;
    struct pack_result result = {0};
    uint8_t bytes[BLOCK_SIZE] = {0};
    struct disk_digest digest;
    struct toy_pack open;
    struct sha256 *sha;
    struct err err = {0};
    size_t count;

    if (!getenv("UNIT_LONG")) {
        scratch_done(&scratch);
        replica_close(&replica);
        return;
    }
    sha = sha256_new();
    open = toy_pack_open(&replica, CODEC_ZSTD, TOY_THREADS);
    OK(pack_disk_begin(open.pack, &err));
    for (uint32_t i = 0; i < BLOCKS; i++) {
        const uint32_t tag = i + 1;
        struct block_id id;

        memcpy(bytes, &tag, sizeof tag);
        sha256_of(sha, bytes, sizeof bytes, id.sha256);
        OK(pack_block(open.pack, i, &id, bytes, &err));
        pack_let_go(open.pack, bytes, sizeof bytes);
    }
    OK(pack_disk_end(open.pack, (uint64_t)BLOCKS * BLOCK_SIZE, &digest, &err));
    sha256_free(sha);
    OK(pack_finish(open.pack, &result, &err));
    toy_pack_close(&open);
    ck_assert_uint_eq(result.blob_count, 2);
    ck_assert_uint_eq(result.new_blocks, BLOCKS);
    pack_result_done(&result);
    OK(toy_reader(&replica, 1, &digest, NULL, &reader, &err));
    ck_assert_uint_eq(disk_reader_data_blocks(reader), BLOCKS);
    OK(disk_reader_extents(reader, BLOCKS / SEGMENT_BLOCKS, &extents, &count, &err));
    ck_assert_uint_eq(count, 1);
    OK(disk_reader_read(reader, BLOCKS - 1, 1, bytes, &err));
    ck_assert_uint_eq(bytes[0] | bytes[1] << 8 | bytes[2] << 16, BLOCKS);
    disk_reader_close(reader);
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

UNIT_MAIN("replica/pack", the_second_publish_stores_nothing, the_digest_is_that_of_the_bytes_alone,
          disks_share_blocks_within_and_across_packs, the_same_input_gives_the_same_files,
          one_thread_and_eight_give_the_same_files, what_was_let_go_may_change,
          a_full_disk_in_the_middle_is_told_and_leaves_nothing,
          a_frame_that_rotted_is_stored_anew_and_no_other,
          frames_close_when_full_and_at_segments_and_at_ends, a_disk_of_holes_needs_no_blob,
          what_is_out_of_order_is_refused, what_is_not_finished_leaves_no_disk,
          a_map_whose_blob_is_gone_is_replaced, a_blob_closes_at_its_limit_of_blocks)
