/* VHDX as it is written. */
#include "base/endian.h"
#include "tests/unit/outlet_written.h"

enum { BAT_AT = 3 << 20, METADATA_AT = (2 << 20) + (64 << 10) };
enum { STATE_ZERO = 2, STATE_PRESENT = 6 };

static uint64_t bat_entry(const struct written *written, uint64_t index)
{
    uint8_t bytes[8];

    written_read(written, BAT_AT + index * 8, bytes, sizeof bytes);
    return little_get64(bytes);
}

static void check_whole_blocks(const struct written *written)
{
    ck_assert_uint_eq(written->file_size % MIB, 0);
    ck_assert_uint_ge(written->file_size, 4 * MIB);
}

START_TEST(every_size_is_read_back)
{
    check_sizes(IMAGE_VHDX, false, SOURCE_VHDX, MIB, check_whole_blocks);
}
END_TEST

/* Behind 4096 blocks of a MiB, and again behind 4096 more, the BAT has an entry for a bitmap. */
START_TEST(entries_of_bitmaps_are_passed_over)
{
    const struct toy toy = {
        {IMAGE_VHDX, false, 9 * GIB, .seed = {1}},
        {{4096 * 256 - 1, 3}, {4098 * 256, 1}, {8191 * 256, 700}, {9 * GIB / BLOCK - 1, 1}}};
    struct written written = check_toy(&toy, SOURCE_VHDX, MIB);

    ck_assert_uint_eq(bat_entry(&written, 4095), 4 << 20 | STATE_PRESENT);
    ck_assert_uint_eq(bat_entry(&written, 4096), 0);
    ck_assert_uint_eq(bat_entry(&written, 4097), 5 << 20 | STATE_PRESENT);
    ck_assert_uint_eq(bat_entry(&written, 4098), STATE_ZERO);
    ck_assert_uint_eq(bat_entry(&written, 4099), 6 << 20 | STATE_PRESENT);
    ck_assert_uint_eq(bat_entry(&written, 8193), 0);
    ck_assert_uint_eq(bat_entry(&written, 9217), 10 << 20 | STATE_PRESENT);
    ck_assert_uint_eq(bat_entry(&written, 9218), 0);
    ck_assert_uint_eq(written.file_size, 11 * MIB);
    written_done(&written);
}
END_TEST

/* Blocks grow, so that the BAT does not. */
START_TEST(a_large_sparse_disk_is_small)
{
    const uint64_t last = 2 * TIB / BLOCK - 1;
    const struct toy toy = {{IMAGE_VHDX, false, 2 * TIB, .seed = {1}},
                            {{0, 1}, {4711, 3}, {last / 2, 2}, {last - 5000, 20}, {last, 1}}};
    struct written written = check_toy(&toy, SOURCE_VHDX, 2 * MIB);
    uint8_t bytes[4];

    written_read(&written, METADATA_AT, bytes, sizeof bytes);
    ck_assert_uint_eq(little_get32(bytes), 2 * MIB);
    /* Entries of bitmaps take the BAT just over 8 MiB; runs lie in six blocks. */
    ck_assert_uint_eq(written.file_size, (3 + 9 + 6 * 2) * MIB);
    ck_assert_uint_lt(written_allocated(&written), 10 * MIB);
    written_done(&written);
}
END_TEST

static void read_identifiers(const struct written *written, uint8_t out[static 48])
{
    written_read(written, 64 * KIB + 16, out, 32);
    written_read(written, METADATA_AT + 32, out + 32, 16);
}

START_TEST(identifiers_come_from_the_seed)
{
    const struct toy one = {{IMAGE_VHDX, false, MIB, .seed = {1}}, {{0, 0}}};
    const struct toy other = {{IMAGE_VHDX, false, MIB, .seed = {2}}, {{0, 0}}};
    struct written left = write_toy(&one, 0), right = write_toy(&other, 0);
    uint8_t ids[2][48];

    read_identifiers(&left, ids[0]);
    read_identifiers(&right, ids[1]);
    for (size_t i = 0; i < 48; i += 16) {
        ck_assert_mem_ne(ids[0] + i, ids[1] + i, 16);
        ck_assert_mem_ne(ids[0] + i, ids[0] + (i + 16) % 48, 16);
    }
    written_done(&left);
    written_done(&right);
}
END_TEST

START_TEST(more_than_the_format_holds_is_refused)
{
    struct image_request request = {IMAGE_VHDX, false, 64 * TIB + 1, .seed = {1}};
    struct image_writer *writer = NULL;
    struct err err = {0};

    ck_assert_int_eq(image_writer_new(&request, &writer, &err), E_INVALID);
    ck_assert_str_ne(err.hint, "");
    request.compress = true;
    ck_assert_int_eq(image_writer_new(&request, &writer, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.hint, "can be compressed"));
    ck_assert_ptr_null(writer);
}
END_TEST

UNIT_MAIN("outlet/vhdx", every_size_is_read_back, entries_of_bitmaps_are_passed_over,
          a_large_sparse_disk_is_small, identifiers_come_from_the_seed,
          more_than_the_format_holds_is_refused)
