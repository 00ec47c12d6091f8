/* VMDK as it is written, in one file and for one pass. */
#include "base/endian.h"
#include "tests/unit/outlet_written.h"

enum { SECTOR = 512, GRAIN = 65536, TABLE_GRAINS = 512 };

static uint64_t header_field(const struct written *written, uint64_t at, unsigned field)
{
    uint8_t bytes[8];

    written_read(written, at + field, bytes, sizeof bytes);
    return little_get64(bytes);
}

static uint32_t entry(const struct written *written, uint64_t at)
{
    uint8_t bytes[4];

    written_read(written, at, bytes, sizeof bytes);
    return little_get32(bytes);
}

/* Both directories have tables of their own, which say the same. */
static void check_both_tables(const struct written *written)
{
    const uint64_t tables = (written->size + TABLE_GRAINS * GRAIN - 1) / (TABLE_GRAINS * GRAIN);
    const uint64_t left = header_field(written, 0, 48), right = header_field(written, 0, 56);
    uint8_t bytes[2][TABLE_GRAINS * 4];

    ck_assert_uint_eq(header_field(written, 0, 12), written->size / SECTOR);
    ck_assert_uint_eq(header_field(written, 0, 64) * SECTOR % GRAIN, 0);
    for (uint64_t i = 0; i < tables; i++) {
        const uint64_t places[2] = {entry(written, left * SECTOR + i * 4),
                                    entry(written, right * SECTOR + i * 4)};

        ck_assert_uint_lt(places[0], places[1]);
        written_read(written, places[0] * SECTOR, bytes[0], sizeof bytes[0]);
        written_read(written, places[1] * SECTOR, bytes[1], sizeof bytes[1]);
        ck_assert_mem_eq(bytes[0], bytes[1], sizeof bytes[0]);
    }
}

/* The file ends with the directory, its footer, and the mark of the end; what says what it is does
 * so truly. */
static void check_markers(const struct written *written)
{
    const uint64_t footer = written->file_size - 3 * SECTOR;
    const uint64_t directory = header_field(written, footer + SECTOR, 56) * SECTOR;

    ck_assert_uint_eq(header_field(written, 0, 56), UINT64_MAX);
    ck_assert_uint_eq(header_field(written, footer, 0), 1);
    ck_assert_uint_eq(entry(written, footer + 12), 3);
    ck_assert_uint_eq(entry(written, footer + 2 * SECTOR + 12), 0);
    ck_assert_uint_eq(entry(written, directory - SECTOR + 12), 2);
    ck_assert_uint_eq(header_field(written, directory - SECTOR, 0) * SECTOR, footer - directory);
    for (uint64_t at = directory; at < footer; at += 4) {
        const uint64_t table = entry(written, at);

        if (!table)
            continue;
        ck_assert_uint_eq(header_field(written, (table - 1) * SECTOR, 0), 4);
        ck_assert_uint_eq(entry(written, (table - 1) * SECTOR + 12), 1);
    }
}

START_TEST(every_size_is_read_back)
{
    check_sizes(IMAGE_VMDK, false, SOURCE_VMDK, GRAIN, check_both_tables);
}
END_TEST

START_TEST(every_size_is_read_back_compressed)
{
    check_sizes(IMAGE_VMDK, true, SOURCE_VMDK, GRAIN, check_markers);
}
END_TEST

static void check_large(bool compress, void (*also)(const struct written *))
{
    const uint64_t last = 2 * TIB / BLOCK - 1;
    const struct toy toy = {{IMAGE_VMDK, compress, 2 * TIB, .seed = {1}},
                            {{0, 1}, {4711, 3}, {last / 2, 2}, {last - 5000, 20}, {last, 1}}};
    struct written written = check_toy(&toy, SOURCE_VMDK, GRAIN);

    also(&written);
    /* All grain tables have room, twice; on the disk are only those that say something. */
    ck_assert_uint_lt(written.file_size, compress ? MIB : 258 * MIB);
    ck_assert_uint_lt(written_allocated(&written), 3 * MIB);
    written_done(&written);
}

START_TEST(a_large_sparse_disk_is_small)
{
    check_large(false, check_both_tables);
    check_large(true, check_markers);
}
END_TEST

START_TEST(the_description_says_what_it_is)
{
    const struct toy toys[] = {
        {{IMAGE_VMDK, false, GIB, .seed = {0xff, 0xff, 0xff, 0xff}}, {{0, 0}}},
        {{IMAGE_VMDK, true, 1, .seed = {0x12, 0x34, 0, 0}}, {{0, 0}}}};
    static const char *const lines[][5] = {
        {"\nCID=7fffffff\n", "\ncreateType=\"monolithicSparse\"\n", "\nRW 2097152 SPARSE ",
         "\nddb.geometry.cylinders = \"130\"\n", "\nparentCID=ffffffff\n"},
        {"\nCID=00003412\n", "\ncreateType=\"streamOptimized\"\n", "\nRDONLY 1 SPARSE ",
         "\nddb.geometry.cylinders = \"1\"\n", "\nddb.adapterType = \"lsilogic\"\n"}};

    for (size_t i = 0; i < 2; i++) {
        struct written written = write_toy(&toys[i], 0);
        char text[20 * SECTOR + 1] = "";

        written_read(&written, SECTOR, text, sizeof text - 1);
        for (size_t k = 0; k < 5; k++)
            ck_assert_msg(strstr(text, lines[i][k]), "%s is not in %s", lines[i][k], text);
        written_done(&written);
    }
}
END_TEST

static void check_refused(const struct err *err)
{
    ck_assert_ptr_nonnull(strstr(err->text, "a VMDK file holds at most 2199023255552 bytes"));
    ck_assert_str_ne(err->hint, "");
}

START_TEST(more_than_tables_can_name_is_refused)
{
    struct image_request request = {IMAGE_VMDK, false, 2 * TIB, .seed = {1}};
    struct image_unit unit = {.length = GIB};
    struct image_writer *writer;
    struct err err = {0};
    uint64_t place;
    int rc = 0;

    ck_assert_int_eq(image_writer_new(&request, &writer, &err), 0);
    image_writer_mark(writer, 0, 2 * TIB);
    ck_assert_int_eq(image_writer_plan(writer, &err), E_INVALID);
    check_refused(&err);
    image_writer_free(writer);

    request.compress = true;
    err = (struct err){0};
    ck_assert_int_eq(image_writer_new(&request, &writer, &err), 0);
    for (; rc == 0; unit.offset += GRAIN)
        rc = image_writer_append(writer, &unit, &place, &err);
    ck_assert_int_eq(rc, E_INVALID);
    ck_assert_uint_eq(unit.offset, 2048 * GRAIN);
    check_refused(&err);
    image_writer_free(writer);

    request.size = 2 * TIB + 1;
    ck_assert_int_eq(image_writer_new(&request, &writer, &err), E_INVALID);
}
END_TEST

UNIT_MAIN("outlet/vmdk", every_size_is_read_back, every_size_is_read_back_compressed,
          a_large_sparse_disk_is_small, the_description_says_what_it_is,
          more_than_tables_can_name_is_refused)
