/* disk: disk digests and disk maps, written and read, and every kind of damage to them. */
#include "blob/disk.h"

#include "base/endian.h"
#include "blob/room.h"
#include "tests/unit/blob_plain.h"

#define MIB ((uint64_t)1 << 20)

/* Computed from the description in disk.h, not by this program: plain blocks 1 to 255 in 1 MiB, and
 * nothing in it. */
static const char known_digest[] =
    "efcaf068d92cbe155c0a5cfa62f12e86f85d4af2c5433721649431163b1707ca";
static const char empty_digest[] =
    "f13ff16c8dde46940edfdb22c65ee8265433dd1532db0fa958f761907d6ce32a";
static const char nothing_digest[] =
    "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc";
/* 64 MiB and 4097 bytes, plain blocks 1, 2, 3 as blocks 16383, 16384 and 16385. */
static const char borders_digest[] =
    "a1c3f98978c50f031ee74f702e74e32c1f29906cd1afe5736779b1782f0e4f11";
/* SHA-256 of the map of that, over the known blob of the test of blob.h, and the map's length. */
static const char borders_map[] =
    "0c3b936c5dd5d82a17feafdd09f2d8b209c7b41853825710c3f3e3adeac42d5a";

enum { BORDERS_MAP_SIZE = 280 };

static void expect_digest(const struct disk_digest *digest, const char *expected)
{
    char text[DISK_DIGEST_TEXT];

    disk_digest_text(digest, text);
    ck_assert_str_eq(text, expected);
}

START_TEST(known_disks_have_their_known_digests)
{
    struct disk_hash *hash = disk_hash_new();
    struct disk_digest digest;

    for (uint64_t i = 1; i < 256; i++) {
        const struct block_id id = plain_id(i);

        disk_hash_add(hash, i, &id);
    }
    digest = disk_hash_result(hash, MIB);
    expect_digest(&digest, known_digest);
    disk_hash_free(hash);
    hash = disk_hash_new();
    digest = disk_hash_result(hash, MIB);
    expect_digest(&digest, empty_digest);
    disk_hash_free(hash);
    hash = disk_hash_new();
    digest = disk_hash_result(hash, 0);
    expect_digest(&digest, nothing_digest);
    disk_hash_free(hash);
    disk_hash_free(NULL);
}
END_TEST

START_TEST(digests_are_64_lower_case_digits)
{
    struct disk_digest digest;
    char text[DISK_DIGEST_TEXT];

    ck_assert(disk_digest_parse(known_digest, &digest));
    disk_digest_text(&digest, text);
    ck_assert_str_eq(text, known_digest);
    ck_assert(!disk_digest_parse("", &digest));
    ck_assert(!disk_digest_parse("efcaf068", &digest));
    ck_assert(!disk_digest_parse("EFcaf068d92cbe155c0a5cfa62f12e86f85d4af2c5433721649431163b1707ca",
                                 &digest));
    ck_assert(!disk_digest_parse(
        "efcaf068d92cbe155c0a5cfa62f12e86f85d4af2c5433721649431163b1707ca0", &digest));
}
END_TEST

/* The disk of borders_digest. */
static struct disk_digest write_borders(const struct plain *plain, bool replace, bool *ret_new)
{
    const struct disk_blob blob = plain_blob(plain, 1, 40, CODEC_NONE);
    struct disk_writer *writer;
    struct disk_digest digest;
    struct err err = {0};

    OK(disk_writer_open(plain->disks, &writer, &err));
    ck_assert_uint_eq(disk_writer_blob(writer, &blob), 0);
    for (uint32_t i = 0; i < 3; i++) {
        const struct block_id id = plain_id(i + 1);

        OK(disk_writer_add(writer, 16383 + i, &id, 0, i, &err));
    }
    OK(disk_writer_end(writer, 64 * MIB + 4097, &digest, &err));
    OK(disk_writer_publish(writer, replace, ret_new, &err));
    disk_writer_close(writer);
    return digest;
}

START_TEST(a_known_map_has_its_known_bytes)
{
    struct plain plain = plain_new();
    struct sha256 *sha = sha256_new();
    char path[DISK_PATH_SIZE], text[2 * SHA256_SIZE + 1];
    struct disk_digest digest, file;
    uint8_t *bytes;
    size_t length;
    bool new;

    digest = write_borders(&plain, false, &new);
    ck_assert(new);
    expect_digest(&digest, borders_digest);
    disk_path(&digest, path);
    bytes = plain_load(&plain, path, &length);
    ck_assert_uint_eq(length, BORDERS_MAP_SIZE);
    sha256_of(sha, bytes, length, file.sha256);
    disk_digest_text(&file, text);
    ck_assert_str_eq(text, borders_map);
    sha256_free(sha);
    free(bytes);
    plain_done(&plain);
}
END_TEST

START_TEST(runs_end_at_segments)
{
    struct plain plain = plain_new();
    const struct disk_run *runs;
    struct err err = {0};
    struct disk *disk;
    size_t count;
    bool new;
    const struct disk_digest digest = write_borders(&plain, false, &new);

    OK(disk_open(plain.dir, &digest, &disk, &err));
    ck_assert_uint_eq(disk_size(disk), 64 * MIB + 4097);
    ck_assert_uint_eq(disk_data_blocks(disk), 3);
    ck_assert_uint_eq(disk_segment_count(disk), 2);
    ck_assert_uint_eq(disk_blob_count(disk), 1);
    ck_assert_uint_eq(disk_blob(disk, 0)->blocks, 40);
    ck_assert_uint_eq(disk_blob(disk, 0)->size, 165280);
    OK(disk_segment_runs(disk, 0, &runs, &count, &err));
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(runs[0].block, 16383);
    ck_assert_uint_eq(runs[0].count, 1);
    OK(disk_segment_runs(disk, 1, &runs, &count, &err));
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(runs[0].block, 0);
    ck_assert_uint_eq(runs[0].count, 2);
    ck_assert_uint_eq(runs[0].blob, 0);
    ck_assert_uint_eq(runs[0].first, 1);
    disk_close(disk);
    disk_close(NULL);
    plain_done(&plain);
}
END_TEST

/* Write and read a disk of `size` bytes whose blocks `first` to `first` + `count` - 1 are data. */
static void round_trip(uint64_t size, uint64_t first, uint64_t count)
{
    struct plain plain = plain_new();
    const struct disk_blob blob = {.name = {{9}}, .size = 1000, .blocks = BLOB_BLOCKS_MAX};
    struct disk_hash *hash = disk_hash_new();
    const struct block_id id = plain_id(1);
    uint64_t next = first, blocks = 0;
    struct disk_digest digest, alone;
    struct disk_writer *writer;
    struct err err = {0};
    struct disk *disk;
    bool new;

    OK(disk_writer_open(plain.disks, &writer, &err));
    ck_assert_uint_eq(disk_writer_blob(writer, &blob), 0);
    for (uint64_t i = first; i < first + count; i++) {
        OK(disk_writer_add(writer, i, &id, 0, (uint32_t)(i - first), &err));
        disk_hash_add(hash, i, &id);
    }
    OK(disk_writer_end(writer, size, &digest, &err));
    OK(disk_writer_publish(writer, false, &new, &err));
    alone = disk_hash_result(hash, size);
    ck_assert_mem_eq(&digest, &alone, sizeof digest);
    disk_writer_close(writer);
    disk_hash_free(hash);
    OK(disk_open(plain.dir, &digest, &disk, &err));
    ck_assert_uint_eq(disk_size(disk), size);
    for (size_t s = 0; s < disk_segment_count(disk); s++) {
        const struct disk_run *runs;
        size_t run_count;

        OK(disk_segment_runs(disk, s, &runs, &run_count, &err));
        for (size_t r = 0; r < run_count; r++) {
            ck_assert_uint_eq(s * SEGMENT_BLOCKS + runs[r].block, next);
            ck_assert_uint_eq(runs[r].first, next - first);
            next += runs[r].count;
            blocks += runs[r].count;
        }
    }
    ck_assert_uint_eq(blocks, count);
    ck_assert_uint_eq(disk_data_blocks(disk), count);
    disk_close(disk);
    plain_done(&plain);
}

START_TEST(disks_of_every_border_come_back)
{
    round_trip(0, 0, 0);
    round_trip(1, 0, 0);
    round_trip(1, 0, 1);
    round_trip(4096, 0, 1);
    round_trip(4097, 0, 2);
    round_trip(SEGMENT_SIZE - 1, 0, SEGMENT_BLOCKS);
    round_trip(SEGMENT_SIZE, 0, SEGMENT_BLOCKS);
    round_trip(SEGMENT_SIZE + 1, 0, SEGMENT_BLOCKS + 1);
    round_trip(3 * SEGMENT_SIZE, SEGMENT_BLOCKS - 1, SEGMENT_BLOCKS + 2);
    round_trip(3 * SEGMENT_SIZE, 2 * SEGMENT_BLOCKS, SEGMENT_BLOCKS);
    round_trip(DISK_MAP_MAX, DISK_MAP_MAX / BLOCK_SIZE - 3, 3);
}
END_TEST

START_TEST(the_writer_refuses_what_breaks_the_format)
{
    struct plain plain = plain_new();
    struct disk_blob blob = {.name = {{9}}, .size = 1000, .blocks = 10};
    const struct block_id id = plain_id(1);
    struct disk_writer *writer;
    struct disk_digest digest;
    struct err err = {0};
    bool new;

    OK(disk_writer_open(plain.disks, &writer, &err));
    ck_assert_int_eq(disk_writer_add(writer, 0, &id, 0, 0, &err), E_INVALID);
    ck_assert_uint_eq(disk_writer_blob(writer, &blob), 0);
    ck_assert_uint_eq(disk_writer_blob_pending(writer), 1);
    ck_assert_uint_eq(disk_writer_blob(writer, &blob), 0);
    ck_assert_int_eq(disk_writer_add(writer, 0, &id, 2, 0, &err), E_INVALID);
    ck_assert_int_eq(disk_writer_add(writer, 0, &id, 0, BLOB_BLOCKS_MAX, &err), E_INVALID);
    OK(disk_writer_add(writer, 1, &id, 1, 10, &err));
    ck_assert_int_eq(disk_writer_add(writer, 0, &id, 0, 0, &err), E_INVALID);
    ck_assert_int_eq(disk_writer_add(writer, 1, &id, 0, 0, &err), E_INVALID);
    ck_assert_int_eq(disk_writer_add(writer, block_count(DISK_MAP_MAX), &id, 0, 0, &err),
                     E_INVALID);
    OK(disk_writer_add(writer, 2, &id, 0, 9, &err));
    ck_assert_int_eq(disk_writer_publish(writer, false, &new, &err), E_INVALID);
    ck_assert_int_eq(disk_writer_end(writer, DISK_MAP_MAX + 1, &digest, &err), E_INVALID);
    ck_assert_int_eq(disk_writer_end(writer, UINT64_MAX, &digest, &err), E_INVALID);
    ck_assert_int_eq(disk_writer_end(writer, 2 * BLOCK_SIZE, &digest, &err), E_INVALID);
    OK(disk_writer_end(writer, 2 * BLOCK_SIZE + 1, &digest, &err));
    ck_assert_int_eq(disk_writer_end(writer, 2 * BLOCK_SIZE + 1, &digest, &err), E_INVALID);
    ck_assert_int_eq(disk_writer_add(writer, 3, &id, 0, 0, &err), E_INVALID);
    ck_assert_int_eq(disk_writer_publish(writer, false, &new, &err), E_INVALID);
    disk_writer_settle(writer, 1, &blob);
    ck_assert_int_eq(disk_writer_publish(writer, false, &new, &err), E_INVALID);
    blob.blocks = 11;
    disk_writer_settle(writer, 1, &blob);
    OK(disk_writer_publish(writer, false, &new, &err));
    ck_assert(new);
    disk_writer_close(writer);
    disk_writer_close(NULL);
    plain_done(&plain);
}
END_TEST

START_TEST(an_existing_map_stays_unless_replaced)
{
    struct plain plain = plain_new();
    const uint8_t other[] = "other";
    char path[DISK_PATH_SIZE];
    struct disk_digest digest;
    uint8_t *bytes;
    size_t length;
    bool new;

    digest = write_borders(&plain, false, &new);
    ck_assert(new);
    disk_path(&digest, path);
    plain_store(&plain, path, other, sizeof other);
    write_borders(&plain, false, &new);
    ck_assert(!new);
    bytes = plain_load(&plain, path, &length);
    ck_assert_uint_eq(length, sizeof other);
    free(bytes);
    write_borders(&plain, true, &new);
    ck_assert(new);
    bytes = plain_load(&plain, path, &length);
    ck_assert_uint_eq(length, BORDERS_MAP_SIZE);
    free(bytes);
    plain_done(&plain);
}
END_TEST

START_TEST(an_absent_map_is_not_found)
{
    struct plain plain = plain_new();
    const struct disk_digest digest = {{1}};
    struct disk *disk = NULL;
    struct err err = {0};

    ck_assert_int_eq(disk_open(plain.dir, &digest, &disk, &err), E_NOT_FOUND);
    ck_assert_ptr_null(disk);
    plain_done(&plain);
}
END_TEST

START_TEST(the_map_of_another_disk_is_refused)
{
    struct plain plain = plain_new();
    struct disk_digest digest, other;
    char path[DISK_PATH_SIZE];
    struct err err = {0};
    struct disk *disk;
    uint8_t *bytes;
    size_t length;
    bool new;

    digest = write_borders(&plain, false, &new);
    disk_path(&digest, path);
    bytes = plain_load(&plain, path, &length);
    other = digest;
    other.sha256[31] ^= 1;
    disk_path(&other, path);
    plain_store(&plain, path, bytes, length);
    ck_assert_int_eq(disk_open(plain.dir, &other, &disk, &err), E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(err.text, path));
    free(bytes);
    plain_done(&plain);
}
END_TEST

START_TEST(each_byte_changed_and_each_length_is_detected)
{
    struct plain plain = plain_new();
    struct disk_digest digest;
    char path[DISK_PATH_SIZE];
    struct err err = {0};
    struct disk *disk;
    uint8_t *bytes;
    size_t length;
    bool new;

    digest = write_borders(&plain, false, &new);
    disk_path(&digest, path);
    bytes = plain_load(&plain, path, &length);
    for (size_t i = 0; i < length; i++)
        for (int bit = 0; bit < 8; bit++) {
            bytes[i] ^= (uint8_t)(1 << bit);
            plain_store(&plain, path, bytes, length);
            ck_assert_msg(disk_open(plain.dir, &digest, &disk, &err) == E_CORRUPT, "byte %zu", i);
            ck_assert_ptr_nonnull(strstr(err.text, path));
            bytes[i] ^= (uint8_t)(1 << bit);
        }
    for (size_t i = 0; i < length; i++) {
        plain_store(&plain, path, bytes, i);
        ck_assert_msg(disk_open(plain.dir, &digest, &disk, &err) == E_CORRUPT, "length %zu", i);
    }
    bytes = realloc(bytes, length + 12);
    memset(bytes + length, 0, 12);
    plain_store(&plain, path, bytes, length + 12);
    ck_assert_int_eq(disk_open(plain.dir, &digest, &disk, &err), E_CORRUPT);
    free(bytes);
    plain_done(&plain);
}
END_TEST

/* Make the digests of the content right again after a change. */
static void seal(uint8_t *bytes, size_t length)
{
    uint8_t *footer = bytes + length - DISK_FOOTER_SIZE;
    struct xxh128 *hash = xxh128_new();

    xxh128_add(hash, bytes, length - DISK_FOOTER_SIZE);
    xxh128_result(hash, footer + 40);
    little_put64(footer + 56, digest_xxh3(footer, 56));
    xxh128_free(hash);
}

/* Two places are not proven by the map itself: name and size of a blob (the blob proves them), and
 * its block count when it grows. In a run only what leaves it inside its blob may pass: the segment
 * digest proves it when its blocks are read. */
static bool may_pass(size_t at)
{
    const size_t runs = DISK_HEADER_SIZE, blobs = runs + 2 * DISK_RUN_ROW + 2 * DISK_SEGMENT_ROW;

    return (at >= runs && at < runs + 2 * DISK_RUN_ROW) || (at >= blobs && at < blobs + 28);
}

START_TEST(numbers_that_cannot_be_are_refused_under_a_right_digest)
{
    struct plain plain = plain_new();
    struct disk_digest digest;
    char path[DISK_PATH_SIZE];
    struct err err = {0};
    uint8_t *bytes;
    size_t length;
    bool new;

    digest = write_borders(&plain, false, &new);
    disk_path(&digest, path);
    bytes = plain_load(&plain, path, &length);
    for (size_t i = 0; i < length - 24; i++)
        for (int bit = 0; bit < 8; bit++) {
            struct disk *disk;
            int status;

            bytes[i] ^= (uint8_t)(1 << bit);
            seal(bytes, length);
            plain_store(&plain, path, bytes, length);
            status = disk_open(plain.dir, &digest, &disk, &err);
            if (status == 0)
                disk_close(disk);
            ck_assert_msg(status == E_CORRUPT || status == E_UNSUPPORTED ||
                              (status == 0 && may_pass(i)),
                          "byte %zu", i);
            bytes[i] ^= (uint8_t)(1 << bit);
        }
    free(bytes);
    plain_done(&plain);
}
END_TEST

/* Change one number of run 1 (second segment: block 0, count 2, blob 0, first 1; the blob has 40
 * blocks, the segment 2). */
static int open_with_run(const struct plain *plain, size_t at, uint32_t value, size_t width)
{
    struct disk_digest digest;
    char path[DISK_PATH_SIZE];
    struct err err = {0};
    struct disk *disk;
    uint8_t *bytes, *row;
    size_t length;
    bool new;
    int status;

    digest = write_borders(plain, true, &new);
    disk_path(&digest, path);
    bytes = plain_load(plain, path, &length);
    row = bytes + DISK_HEADER_SIZE + DISK_RUN_ROW + at;
    if (width == 2)
        little_put16(row, (uint16_t)value);
    else
        little_put32(row, value);
    seal(bytes, length);
    plain_store(plain, path, bytes, length);
    free(bytes);
    status = disk_open(plain->dir, &digest, &disk, &err);
    if (status == 0)
        disk_close(disk);
    return status;
}

START_TEST(runs_stay_inside_segment_and_blob)
{
    struct plain plain = plain_new();

    ck_assert_int_eq(open_with_run(&plain, 0, 0, 2), 0);
    ck_assert_int_eq(open_with_run(&plain, 0, 1, 2), E_CORRUPT);
    ck_assert_int_eq(open_with_run(&plain, 0, UINT16_MAX, 2), E_CORRUPT);
    ck_assert_int_eq(open_with_run(&plain, 2, 0, 2), E_CORRUPT);
    ck_assert_int_eq(open_with_run(&plain, 2, 2, 2), E_CORRUPT);
    ck_assert_int_eq(open_with_run(&plain, 2, UINT16_MAX, 2), E_CORRUPT);
    ck_assert_int_eq(open_with_run(&plain, 4, 1, 4), E_CORRUPT);
    ck_assert_int_eq(open_with_run(&plain, 4, UINT32_MAX, 4), E_CORRUPT);
    ck_assert_int_eq(open_with_run(&plain, 8, 0, 4), 0);
    ck_assert_int_eq(open_with_run(&plain, 8, 38, 4), 0);
    ck_assert_int_eq(open_with_run(&plain, 8, 39, 4), E_CORRUPT);
    ck_assert_int_eq(open_with_run(&plain, 8, 40, 4), E_CORRUPT);
    ck_assert_int_eq(open_with_run(&plain, 8, UINT32_MAX, 4), E_CORRUPT);
    plain_done(&plain);
}
END_TEST

UNIT_MAIN("blob/disk", known_disks_have_their_known_digests, digests_are_64_lower_case_digits,
          a_known_map_has_its_known_bytes, runs_end_at_segments, disks_of_every_border_come_back,
          the_writer_refuses_what_breaks_the_format, an_existing_map_stays_unless_replaced,
          an_absent_map_is_not_found, the_map_of_another_disk_is_refused,
          each_byte_changed_and_each_length_is_detected,
          numbers_that_cannot_be_are_refused_under_a_right_digest,
          runs_stay_inside_segment_and_blob)
