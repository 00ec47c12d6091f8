/* blob: blob files, written and read, and every kind of damage to them. */
#include "blob/blob.h"

#include "base/text.h"
#include "base/endian.h"
#include "blob/room.h"
#include "tests/unit/blob_plain.h"

/* Opens, and every frame and identity is what `count` blocks from `from` give. */
static int read_whole(const struct plain *plain, const struct blob_name *name, uint64_t from,
                      uint32_t count, struct err *err)
{
    struct compressor *compressor = compressor_new();
    uint8_t *bytes = malloc(2 * FRAME_SIZE), expected[BLOCK_SIZE];
    struct blob *blob;
    int status = blob_open(plain->dir, name, &blob, err);

    if (status)
        goto out;
    ck_assert_uint_eq(blob_block_count(blob), count);
    for (uint32_t f = 0; status == 0 && f < blob_frame_count(blob); f++) {
        const struct frame *frame = blob_frame(blob, f);

        status = blob_read_frame(blob, f, compressor, bytes + FRAME_SIZE, bytes, err);
        for (uint32_t i = 0; status == 0 && i < frame->count; i++) {
            const struct block_id id = plain_id(from + frame->first_block + i);
            struct block_id found;

            plain_block(from + frame->first_block + i, expected);
            ck_assert_mem_eq(bytes + i * (size_t)BLOCK_SIZE, expected, BLOCK_SIZE);
            ck_assert_int_eq(blob_ids(blob, frame->first_block + i, 1, &found, err), 0);
            ck_assert_mem_eq(&found, &id, sizeof id);
            ck_assert_uint_eq(blob_frame_of(blob, frame->first_block + i), f);
        }
    }
    blob_close(blob);
out:
    compressor_free(compressor);
    free(bytes);
    return status;
}

START_TEST(a_block_is_a_hole_by_content_alone)
{
    uint8_t *block = calloc(1, BLOCK_SIZE);

    ck_assert(block_is_hole(block));
    for (size_t i = 0; i < BLOCK_SIZE; i++) {
        block[i] = 1;
        ck_assert(!block_is_hole(block));
        block[i] = 0;
    }
    memset(block, 7, BLOCK_SIZE);
    ck_assert(!block_is_hole(block));
    ck_assert_uint_eq(block_count(0), 0);
    ck_assert_uint_eq(block_count(1), 1);
    ck_assert_uint_eq(block_count(4096), 1);
    ck_assert_uint_eq(block_count(4097), 2);
    free(block);
}
END_TEST

/* The format is what it was: this name was computed from the description in blob.h, not by this
 * program. */
START_TEST(a_known_blob_has_its_known_name)
{
    struct plain plain = plain_new();
    struct disk_blob blob = plain_blob(&plain, 1, 40, CODEC_NONE);
    char text[BLOB_NAME_TEXT];

    blob_name_text(&blob.name, text);
    ck_assert_str_eq(text, "4b9edcde309a4d2a20ba4312f74788be");
    ck_assert_uint_eq(blob.size, 165280);
    plain_done(&plain);
}
END_TEST

START_TEST(what_is_written_is_read)
{
    static const uint32_t counts[] = {1, 2, 31, 32, 33, 63, 64, 65, 1000, 4129};
    static const enum codec codecs[] = {CODEC_NONE, CODEC_ZLIB, CODEC_ZSTD};
    struct plain plain = plain_new();
    struct err err = {0};

    for (size_t c = 0; c < 3; c++)
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            const struct disk_blob blob = plain_blob(&plain, 200, counts[i], codecs[c]);

            OK(read_whole(&plain, &blob.name, 200, counts[i], &err));
            OK(blob_verify(plain.dir, &blob.name, &err));
            OK(blob_check(plain.dir, &blob.name, blob.size, blob.blocks, &err));
            ck_assert_int_eq(blob_check(plain.dir, &blob.name, blob.size + 1, blob.blocks, &err),
                             E_CORRUPT);
            ck_assert_int_eq(blob_check(plain.dir, &blob.name, blob.size, blob.blocks + 1, &err),
                             E_CORRUPT);
        }
    plain_done(&plain);
}
END_TEST

START_TEST(identities_come_in_any_order_and_number)
{
    struct plain plain = plain_new();
    const struct disk_blob made = plain_blob(&plain, 300, 2000, CODEC_ZSTD);
    struct block_id *ids = calloc(2001, sizeof *ids), *all = calloc(2000, sizeof *all);
    struct err err = {0};
    struct blob *blob;
    uint32_t state = 1;

    OK(blob_open(plain.dir, &made.name, &blob, &err));
    OK(blob_ids(blob, 0, 2000, all, &err));
    for (size_t i = 0; i < 2000; i++) {
        const struct block_id id = plain_id(300 + i);

        ck_assert_mem_eq(&all[i], &id, sizeof id);
    }
    for (int i = 0; i < 5000; i++) {
        uint32_t first, count;

        state = state * 1664525 + 1013904223;
        first = (state >> 8) % 2000;
        count = (state >> 4) % (2001 - first);
        OK(blob_ids(blob, first, count, ids, &err));
        ck_assert_mem_eq(ids, all + first, count * sizeof *ids);
    }
    OK(blob_ids(blob, 2000, 0, ids, &err));
    ck_assert_int_eq(blob_ids(blob, 2000, 1, ids, &err), E_INVALID);
    ck_assert_int_eq(blob_ids(blob, 2001, 0, ids, &err), E_INVALID);
    ck_assert_int_eq(blob_ids(blob, 0, 2001, ids, &err), E_INVALID);
    ck_assert_int_eq(blob_ids(blob, 1, SIZE_MAX, ids, &err), E_INVALID);
    blob_close(blob);
    free(ids);
    free(all);
    plain_done(&plain);
}
END_TEST

START_TEST(the_writer_refuses_what_breaks_the_format)
{
    uint8_t bytes[16] = {0};
    struct block_id ids[FRAME_BLOCKS] = {0};
    struct plain plain = plain_new();
    struct err err = {0};
    struct blob_writer *writer;
    struct blob_name name;
    uint64_t size;
    uint32_t first;
    bool new;
    struct frame_bytes frame = {
        .stored = bytes, .stored_length = 16, .codec = CODEC_ZSTD, .ids = ids, .count = 1};

    OK(blob_writer_open(plain.blobs, &writer, &err));
    ck_assert_int_eq(blob_writer_publish(writer, &name, &size, &new, &err), E_INVALID);
    frame.count = 0;
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    frame.count = FRAME_BLOCKS + 1;
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    frame.count = 1;
    frame.codec = CODEC_NONE;
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    frame.codec = CODEC_ZSTD;
    frame.stored_length = BLOCK_SIZE;
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    frame.stored_length = 0;
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    frame.stored_length = 16;
    frame.codec = (enum codec)3;
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    frame.codec = CODEC_ZSTD;
    OK(blob_writer_add(writer, &frame, &first, &err));
    ck_assert_uint_eq(first, 0);
    blob_writer_close(writer);
    plain_done(&plain);
}
END_TEST

START_TEST(blocks_are_announced_before_their_frames)
{
    uint8_t bytes[16] = {0};
    struct block_id ids[3] = {{{1}}, {{2}}, {{3}}}, read[3];
    struct plain plain = plain_new();
    struct err err = {0};
    struct blob_writer *writer;
    struct blob *blob;
    struct blob_name name;
    uint64_t size;
    uint32_t first;
    bool new;
    struct frame_bytes frame = {
        .stored = bytes, .stored_length = 16, .codec = CODEC_ZSTD, .count = 1};

    OK(blob_writer_open(plain.blobs, &writer, &err));
    ck_assert_uint_eq(blob_writer_room(writer), BLOB_STORED_MAX);
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    for (uint32_t i = 0; i < 3; i++)
        ck_assert_uint_eq(blob_writer_announce(writer, &ids[i]), i);
    ck_assert_mem_eq(blob_writer_id(writer, 2), &ids[2], sizeof ids[2]);
    OK(blob_writer_add(writer, &frame, &first, &err));
    ck_assert_uint_eq(first, 0);
    ck_assert_uint_eq(blob_writer_room(writer), BLOB_STORED_MAX - 16);
    ck_assert_int_eq(blob_writer_publish(writer, &name, &size, &new, &err), E_INVALID);
    frame.ids = ids;
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    frame.ids = NULL;
    frame.count = 3;
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    frame.count = 2;
    OK(blob_writer_add(writer, &frame, &first, &err));
    ck_assert_uint_eq(first, 1);
    OK(blob_writer_publish(writer, &name, &size, &new, &err));
    blob_writer_close(writer);
    OK(blob_open(plain.dir, &name, &blob, &err));
    ck_assert_uint_eq(blob_frame_count(blob), 2);
    OK(blob_ids(blob, 0, 3, read, &err));
    ck_assert_mem_eq(read, ids, sizeof ids);
    blob_close(blob);
    plain_done(&plain);
}
END_TEST

START_TEST(a_blob_has_at_most_a_million_blocks)
{
    uint8_t bytes[16] = {1};
    struct block_id ids[FRAME_BLOCKS] = {0};
    struct frame_bytes frame = {.stored = bytes,
                                .stored_length = 16,
                                .codec = CODEC_ZSTD,
                                .ids = ids,
                                .count = FRAME_BLOCKS};
    struct plain plain = plain_new();
    struct err err = {0};
    struct blob_writer *writer;
    struct blob_name name;
    struct blob *blob;
    uint64_t size;
    uint32_t first;
    bool new;

    OK(blob_writer_open(plain.blobs, &writer, &err));
    for (uint32_t i = 0; i < BLOB_BLOCKS_MAX / FRAME_BLOCKS; i++) {
        ck_assert(!blob_writer_is_full(writer));
        little_put32(ids[0].sha256, i);
        OK(blob_writer_add(writer, &frame, &first, &err));
        ck_assert_uint_eq(first, i * FRAME_BLOCKS);
    }
    ck_assert(blob_writer_is_full(writer));
    frame.count = 1;
    ck_assert_int_eq(blob_writer_add(writer, &frame, &first, &err), E_INVALID);
    OK(blob_writer_publish(writer, &name, &size, &new, &err));
    blob_writer_close(writer);
    OK(blob_open(plain.dir, &name, &blob, &err));
    ck_assert_uint_eq(blob_block_count(blob), BLOB_BLOCKS_MAX);
    ck_assert_uint_eq(blob_frame_of(blob, BLOB_BLOCKS_MAX - 1), BLOB_BLOCKS_MAX / FRAME_BLOCKS - 1);
    OK(blob_ids(blob, BLOB_BLOCKS_MAX - FRAME_BLOCKS, 1, ids, &err));
    ck_assert_uint_eq(little_get32(ids[0].sha256), BLOB_BLOCKS_MAX / FRAME_BLOCKS - 1);
    blob_close(blob);
    plain_done(&plain);
}
END_TEST

START_TEST(the_same_blob_again_is_not_new)
{
    struct plain plain = plain_new();
    const struct disk_blob first = plain_blob(&plain, 1, 40, CODEC_NONE);
    struct blob_writer *writer;
    struct err err = {0};
    struct blob_name name;
    uint64_t size;
    bool new;

    OK(blob_writer_open(plain.blobs, &writer, &err));
    OK(plain_add(writer, 1, 32, CODEC_NONE, &err));
    OK(plain_add(writer, 33, 8, CODEC_NONE, &err));
    OK(blob_writer_publish(writer, &name, &size, &new, &err));
    ck_assert(!new);
    ck_assert_uint_eq(size, first.size);
    ck_assert_mem_eq(&name, &first.name, sizeof name);
    blob_writer_close(writer);
    plain_done(&plain);
}
END_TEST

START_TEST(a_damaged_file_of_its_name_gives_way_to_a_blob)
{
    static const size_t lengths[] = {0, 100, 165279, 165280, 165281};
    struct plain plain = plain_new();
    struct err err = {0};
    uint8_t *bytes = calloc(1, 165281);
    const char *path = "blobs/4b9edcde309a4d2a20ba4312f74788be.blob";

    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct blob_writer *writer;
        struct blob_name name;
        uint64_t size;
        size_t kept;
        bool new;

        plain_store(&plain, path, bytes, lengths[i]);
        OK(blob_writer_open(plain.blobs, &writer, &err));
        OK(plain_add(writer, 1, 32, CODEC_NONE, &err));
        OK(plain_add(writer, 33, 8, CODEC_NONE, &err));
        new = false;
        OK(blob_writer_publish(writer, &name, &size, &new, &err));
        ck_assert(new);
        blob_writer_close(writer);
        free(plain_load(&plain, path, &kept));
        ck_assert_uint_eq(kept, size);
        OK(blob_verify(plain.dir, &name, &err));
        OK(file_remove(plain.dir, path, &err));
    }
    free(bytes);
    plain_done(&plain);
}
END_TEST

START_TEST(an_absent_blob_is_not_found)
{
    struct plain plain = plain_new();
    const struct blob_name name = {{1}};
    struct err err = {0};
    struct blob *blob = NULL;

    ck_assert_int_eq(blob_open(plain.dir, &name, &blob, &err), E_NOT_FOUND);
    ck_assert_int_eq(blob_check(plain.dir, &name, 1, 1, &err), E_NOT_FOUND);
    ck_assert_int_eq(blob_verify(plain.dir, &name, &err), E_NOT_FOUND);
    ck_assert_ptr_null(blob);
    plain_done(&plain);
}
END_TEST

START_TEST(each_byte_changed_is_detected)
{
    struct plain plain = plain_new();
    const struct disk_blob blob = plain_blob(&plain, 1, 33, CODEC_ZSTD);
    char path[BLOB_PATH_SIZE];
    struct err err = {0};
    uint8_t *bytes;
    size_t length;

    blob_path(&blob.name, path);
    bytes = plain_load(&plain, path, &length);
    for (size_t i = 0; i < length; i++) {
        bytes[i] ^= (uint8_t)(1 << i % 8);
        plain_store(&plain, path, bytes, length);
        ck_assert_msg(read_whole(&plain, &blob.name, 1, 33, &err) == E_CORRUPT, "byte %zu", i);
        ck_assert_ptr_nonnull(strstr(err.text, path));
        ck_assert_int_eq(blob_verify(plain.dir, &blob.name, &err), E_CORRUPT);
        bytes[i] ^= (uint8_t)(1 << i % 8);
    }
    plain_store(&plain, path, bytes, length);
    OK(read_whole(&plain, &blob.name, 1, 33, &err));
    free(bytes);
    plain_done(&plain);
}
END_TEST

START_TEST(each_length_but_its_own_is_refused)
{
    struct plain plain = plain_new();
    const struct disk_blob blob = plain_blob(&plain, 1, 33, CODEC_ZSTD);
    char path[BLOB_PATH_SIZE];
    struct err err = {0};
    struct blob *opened;
    uint8_t *bytes;
    size_t length;

    blob_path(&blob.name, path);
    bytes = plain_load(&plain, path, &length);
    for (size_t i = 0; i < length; i++) {
        plain_store(&plain, path, bytes, i);
        ck_assert_msg(blob_open(plain.dir, &blob.name, &opened, &err) == E_CORRUPT, "length %zu",
                      i);
        ck_assert_int_eq(blob_check(plain.dir, &blob.name, blob.size, blob.blocks, &err),
                         E_CORRUPT);
    }
    bytes = realloc(bytes, length + 64);
    memmove(bytes + 64, bytes, length);
    plain_store(&plain, path, bytes, length + 64);
    ck_assert_int_eq(blob_open(plain.dir, &blob.name, &opened, &err), E_CORRUPT);
    free(bytes);
    plain_done(&plain);
}
END_TEST

/* Make the digests right again after a change: then the numbers themselves must be refused. */
static void seal(uint8_t *bytes, size_t length)
{
    uint8_t *footer = bytes + length - BLOB_FOOTER_SIZE;
    const uint64_t table = little_get64(footer + 24);
    struct xxh128 *hash = xxh128_new();

    xxh128_add(hash, bytes, BLOB_HEADER_SIZE);
    if (table < length - BLOB_FOOTER_SIZE)
        xxh128_add(hash, bytes + table, length - BLOB_FOOTER_SIZE - table);
    xxh128_result(hash, footer + 40);
    little_put64(footer + 56, digest_xxh3(footer, 56));
    xxh128_free(hash);
}

START_TEST(numbers_that_cannot_be_are_refused_under_a_right_digest)
{
    struct plain plain = plain_new();
    const struct disk_blob blob = plain_blob(&plain, 1, 33, CODEC_ZSTD);
    char path[BLOB_PATH_SIZE];
    struct blob *opened;
    struct err err = {0};
    uint8_t *bytes;
    size_t length, table;

    blob_path(&blob.name, path);
    bytes = plain_load(&plain, path, &length);
    table = (size_t)little_get64(bytes + length - BLOB_FOOTER_SIZE + 24);
    for (size_t i = 0; i < 2 * BLOB_FRAME_ROW + BLOB_FOOTER_SIZE - 24; i++) {
        const bool in_rows = i < 2 * BLOB_FRAME_ROW;
        const size_t at =
            in_rows ? table + i : length - BLOB_FOOTER_SIZE + (i - 2 * BLOB_FRAME_ROW);

        /* The XXH3 of a frame is its own proof, when the frame is read. */
        if (in_rows && i % BLOB_FRAME_ROW >= 24)
            continue;
        for (int bit = 0; bit < 8; bit++) {
            int status;

            bytes[at] ^= (uint8_t)(1 << bit);
            seal(bytes, length);
            plain_store(&plain, path, bytes, length);
            status = blob_open(plain.dir, &blob.name, &opened, &err);
            /* Zlib and zstd differ by one bit: the decompressor tells them apart. */
            if (status == 0) {
                ck_assert_uint_eq(i % BLOB_FRAME_ROW, 18);
                blob_close(opened);
            } else {
                ck_assert_msg(status == E_CORRUPT || status == E_UNSUPPORTED, "%zu", i);
            }
            bytes[at] ^= (uint8_t)(1 << bit);
        }
    }
    free(bytes);
    plain_done(&plain);
}
END_TEST

START_TEST(features_and_formats_of_later_releases_are_refused_as_such)
{
    static const size_t places[] = {12, 15};
    struct plain plain = plain_new();
    const struct disk_blob blob = plain_blob(&plain, 1, 33, CODEC_ZSTD);
    char path[BLOB_PATH_SIZE];
    struct blob *opened;
    struct err err = {0};
    uint8_t *bytes;
    size_t length;

    blob_path(&blob.name, path);
    bytes = plain_load(&plain, path, &length);
    for (size_t i = 0; i < 2; i++) {
        bytes[places[i]] = 1;
        seal(bytes, length);
        plain_store(&plain, path, bytes, length);
        ck_assert_int_eq(blob_open(plain.dir, &blob.name, &opened, &err), E_UNSUPPORTED);
        bytes[places[i]] = 0;
    }
    bytes[length - BLOB_FOOTER_SIZE + 8] = 2;
    seal(bytes, length);
    plain_store(&plain, path, bytes, length);
    ck_assert_int_eq(blob_open(plain.dir, &blob.name, &opened, &err), E_UNSUPPORTED);
    free(bytes);
    plain_done(&plain);
}
END_TEST

START_TEST(names_are_digits_and_suffix_alone)
{
    struct blob_name name;
    char text[BLOB_NAME_TEXT];

    ck_assert(blob_name_parse("4b9edcde309a4d2a20ba4312f74788be.blob", &name));
    blob_name_text(&name, text);
    ck_assert_str_eq(text, "4b9edcde309a4d2a20ba4312f74788be");
    ck_assert(!blob_name_parse("", &name));
    ck_assert(!blob_name_parse("4b9edcde309a4d2a20ba4312f74788be", &name));
    ck_assert(!blob_name_parse("4B9edcde309a4d2a20ba4312f74788be.blob", &name));
    ck_assert(!blob_name_parse("4b9edcde309a4d2a20ba4312f74788b.blobb", &name));
    ck_assert(!blob_name_parse("4b9edcde309a4d2a20ba4312f74788be.blob.part", &name));
    ck_assert(!blob_name_parse(".4b9edcde309a4d2a20ba4312f74788b.blob", &name));
}
END_TEST

START_TEST(a_dropped_blob_leaves_nothing)
{
    struct plain plain = plain_new();
    struct texts names = {0};
    struct blob_writer *writer;
    struct err err = {0};

    OK(blob_writer_open(plain.blobs, &writer, &err));
    OK(plain_add(writer, 1, 32, CODEC_NONE, &err));
    blob_writer_close(writer);
    blob_writer_close(NULL);
    OK(dir_list(plain.dir, "blobs", &names, &err));
    ck_assert_uint_eq(names.count, 0);
    texts_done(&names);
    plain_done(&plain);
}
END_TEST

UNIT_MAIN("blob/blob", a_block_is_a_hole_by_content_alone, a_known_blob_has_its_known_name,
          what_is_written_is_read, identities_come_in_any_order_and_number,
          the_writer_refuses_what_breaks_the_format, blocks_are_announced_before_their_frames,
          a_blob_has_at_most_a_million_blocks, the_same_blob_again_is_not_new,
          a_damaged_file_of_its_name_gives_way_to_a_blob, an_absent_blob_is_not_found,
          each_byte_changed_is_detected, each_length_but_its_own_is_refused,
          numbers_that_cannot_be_are_refused_under_a_right_digest,
          features_and_formats_of_later_releases_are_refused_as_such,
          names_are_digits_and_suffix_alone, a_dropped_blob_leaves_nothing)
