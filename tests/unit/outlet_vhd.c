/* VHD as it is written, fixed and dynamic; and raw. */
#include "base/endian.h"
#include "tests/unit/outlet_written.h"

enum { FOOTER = 512 };

static void read_footer(const struct written *written, uint8_t footer[static FOOTER])
{
    written_read(written, written->file_size - FOOTER, footer, FOOTER);
    ck_assert_mem_eq(footer, "conectix", 8);
}

START_TEST(a_raw_disk_is_its_bytes)
{
    const struct toy toy = {{IMAGE_RAW, false, 3 * MIB + 1000, .seed = {1}}, {{1, 200}, {768, 1}}};
    struct written written = check_toy(&toy, SOURCE_RAW, BLOCK);

    ck_assert_uint_eq(written.file_size, 3 * MIB + 1000);
    ck_assert_uint_eq(written.pieces, 0);
    written_done(&written);
}
END_TEST

START_TEST(a_fixed_disk_has_whole_mebibytes)
{
    static const uint64_t sizes[] = {1, 511, 512, MIB - 1, MIB, MIB + 1, 5 * MIB + 512};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const uint64_t blocks = (sizes[i] + BLOCK - 1) / BLOCK;
        const struct toy toy = {{IMAGE_VHD, false, sizes[i], .seed = {1}},
                                {{blocks / 3, blocks - blocks / 3}}};
        struct written written = check_toy(&toy, SOURCE_VHD, BLOCK);
        uint8_t footer[FOOTER];

        ck_assert_uint_eq(written.size, (sizes[i] + MIB - 1) / MIB * MIB);
        ck_assert_uint_eq(written.file_size, written.size + FOOTER);
        read_footer(&written, footer);
        ck_assert_uint_eq(big_get64(footer + 48), written.size);
        ck_assert_uint_eq(big_get32(footer + 60), 2);
        written_done(&written);
    }
}
END_TEST

/* The data of blocks is aligned, whatever is in front of it; the footer is there twice. */
static void check_dynamic(const struct written *written)
{
    uint8_t footer[FOOTER], copy[FOOTER], entry[4];

    read_footer(written, footer);
    written_read(written, 0, copy, FOOTER);
    ck_assert_mem_eq(footer, copy, FOOTER);
    ck_assert_uint_eq(big_get32(footer + 60), 3);
    ck_assert_uint_eq(big_get64(footer + 48), written->size);
    written_read(written, 1536, entry, 4);
    if (big_get32(entry) != UINT32_MAX)
        ck_assert_uint_eq((big_get32(entry) + 1) % 8, 0);
}

START_TEST(every_size_of_a_dynamic_disk_is_read_back)
{
    check_sizes(IMAGE_VHD_DYNAMIC, false, SOURCE_VHD, 2 * MIB, check_dynamic);
}
END_TEST

START_TEST(a_large_sparse_disk_is_small)
{
    const uint64_t last = 2040 * GIB / BLOCK - 1;
    const struct toy toy = {{IMAGE_VHD_DYNAMIC, false, 2040 * GIB, .seed = {1}},
                            {{0, 1}, {4711, 3}, {last / 2, 2}, {last - 5000, 20}, {last, 1}}};
    struct written written = check_toy(&toy, SOURCE_VHD, 2 * MIB);

    ck_assert_uint_lt(written.file_size, 4 * MIB + 8 * 2 * MIB);
    check_dynamic(&written);
    written_done(&written);
}
END_TEST

START_TEST(more_than_the_format_holds_is_refused)
{
    static const enum image_format formats[] = {IMAGE_VHD, IMAGE_VHD_DYNAMIC};

    for (size_t i = 0; i < 2; i++) {
        struct image_request request = {formats[i], false, 2040 * GIB + 1, .seed = {1}};
        struct image_writer *writer = NULL;
        struct err err = {0};

        ck_assert_int_eq(image_writer_new(&request, &writer, &err), E_INVALID);
        ck_assert_str_ne(err.hint, "");
        ck_assert_ptr_null(writer);
        request.size--;
        ck_assert_int_eq(image_writer_new(&request, &writer, &err), 0);
        image_writer_free(writer);
        request.compress = true;
        ck_assert_int_eq(image_writer_new(&request, &writer, &err), E_INVALID);
        ck_assert_ptr_nonnull(strstr(err.hint, "can be compressed"));
    }
}
END_TEST

/* Values worked out by hand from the appendix "CHS Calculation". */
START_TEST(the_geometry_is_that_of_the_specification)
{
    static const struct {
        uint64_t size;
        uint16_t cylinders;
        uint8_t heads, sectors;
    } cases[] = {
        {MIB, 30, 4, 17},            /* 2048 sectors: 120 tracks */
        {100 * MIB, 1003, 12, 17},   /* 204800: 12047 tracks of 17 */
        {200 * MIB, 825, 16, 31},    /* 409600: 24094 tracks of 17 are too many, 13212 of 31 */
        {GIB, 2080, 16, 63},         /* 2097152: 67650 of 31 are too many, 33288 of 63 */
        {127 * GIB, 65278, 16, 255}, /* 266338304: 1044463 tracks of 255 */
        {200 * GIB, 65535, 16, 255}, /* more than can be said so */
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct toy toy = {{IMAGE_VHD, false, cases[i].size, .seed = {1}}, {{0, 0}}};
        struct written written = write_toy(&toy, 0);
        uint8_t footer[FOOTER];

        read_footer(&written, footer);
        ck_assert_uint_eq(big_get16(footer + 56), cases[i].cylinders);
        ck_assert_uint_eq(footer[58], cases[i].heads);
        ck_assert_uint_eq(footer[59], cases[i].sectors);
        written_done(&written);
    }
}
END_TEST

UNIT_MAIN("outlet/vhd", a_raw_disk_is_its_bytes, a_fixed_disk_has_whole_mebibytes,
          every_size_of_a_dynamic_disk_is_read_back, a_large_sparse_disk_is_small,
          more_than_the_format_holds_is_refused, the_geometry_is_that_of_the_specification)
