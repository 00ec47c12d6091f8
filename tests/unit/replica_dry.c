/* A dry pack says what a pack would do, to the byte, and leaves nothing. */
#include "replica/pack.h"

#include "replica/seen.h"
#include "tests/unit/replica_toy.h"
#include "tests/unit/unit.h"

static struct disk_digest pack_dry(const struct replica *replica, const struct toy *toy,
                                   struct pack_result *ret)
{
    struct pool *const pool = pool_new(TOY_THREADS);
    const struct pack_options options = {
        .pool = pool, .codec = CODEC_ZSTD, .level = 1, .dry = true};
    struct pack *pack = NULL;
    struct disk_digest digest;
    struct err err = {0};

    OK(pack_open(replica, &options, &pack, &err));
    digest = toy_feed(pack, toy);
    OK(pack_finish(pack, ret, &err));
    pack_close(pack);
    pool_free(pool);
    return digest;
}

static uint64_t found_blocks(const struct pack_result *result)
{
    uint64_t blocks = 0;

    for (size_t i = 0; i < result->found.count; i++)
        for (uint32_t block = 0; block < result->found.items[i].blob.blocks; block++)
            blocks += need_has(&result->found.items[i], block);
    return blocks;
}

static void check_same(const struct replica *known, const struct replica *replica,
                       const struct toy *toy, uint64_t found)
{
    struct pack_result dry = {0}, result = {0};
    const size_t blobs = toy_files(replica, "blobs"), disks = toy_files(replica, "disks");
    const struct disk_digest planned = pack_dry(known, toy, &dry);
    struct disk_digest digest;

    ck_assert_uint_eq(toy_files(replica, "blobs"), blobs);
    ck_assert_uint_eq(toy_files(replica, "disks"), disks);
    digest = toy_pack(replica, toy, &result);
    ck_assert_mem_eq(&planned, &digest, sizeof digest);
    ck_assert_uint_eq(dry.data_blocks, result.data_blocks);
    ck_assert_uint_eq(dry.new_blocks, result.new_blocks);
    ck_assert_uint_eq(dry.stored_bytes, result.stored_bytes);
    ck_assert_uint_eq(dry.blob_count, 0);
    ck_assert_uint_eq(found_blocks(&dry), found);
    ck_assert(!dry.at_most);
    pack_result_done(&dry);
}

START_TEST(what_it_says_is_what_comes)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "replica");
    struct toy first = {.size = (uint64_t)20000 * BLOCK_SIZE};
    struct toy second = {.size = (uint64_t)20000 * BLOCK_SIZE};

    toy_run(&first, 0, 1000, 200);
    toy_run(&first, 16380, 1190, 50); /* ten of them a second time */
    check_same(NULL, &replica, &first, 0);
    check_same(&replica, &replica, &first, 240);
    toy_run(&second, 3, 1100, 60);
    toy_run(&second, 100, 7000, 77);
    check_same(&replica, &replica, &second, 60);
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

START_TEST(blocks_are_remembered)
{
    struct seen seen = {0};
    struct block_id id = {{0}};

    ck_assert(!seen_has(&seen, &id)); /* one whose first bytes are zeros, too */
    for (uint32_t i = 0; i < 20000; i++) {
        memcpy(id.sha256 + 4, &i, sizeof i);
        ck_assert(!seen_has(&seen, &id));
        ck_assert(seen_add(&seen, &id));
        ck_assert(seen_has(&seen, &id));
    }
    ck_assert_uint_eq(seen.count, 20000);
    for (uint32_t i = 0; i < 20000; i++) {
        memcpy(id.sha256 + 4, &i, sizeof i);
        ck_assert(seen_has(&seen, &id));
    }
    ck_assert(seen_add(&seen, &id));
    ck_assert_uint_eq(seen.count, 20000);
    seen_done(&seen);
}
END_TEST

UNIT_MAIN("replica/dry", what_it_says_is_what_comes, blocks_are_remembered)
