/* qcow2: images that are damaged or ask for what is not there. */
#include "tests/unit/qcow2_toy.h"

START_TEST(subclusters_that_cannot_be_are_refused)
{
    struct image image = image_with_subclusters(14, 5 << 14);
    const size_t place = add_plain(&image, 1);

    put_bitmap(&image, 1, 1, 0);
    source_close(must_open(&image));
    put_bitmap(&image, 1, 3, 2);
    check_damaged(&image, "says of a subcluster that it holds data and zeros");
    put_bitmap(&image, 1, 0, 0);
    put_entry(&image, 1, PLACED(place) | ZERO_FLAG);
    check_damaged(&image, "has bits set that mean nothing");
    put_entry(&image, 1, 0);
    put_bitmap(&image, 1, 1, 0);
    check_damaged(&image, "has data, but no place");
    image_done(&image);
}
END_TEST

START_TEST(compressed_data_that_cannot_be_are_refused)
{
    struct image image = image_new(9, 60 * 512);
    const size_t place = image.length, length = add_packed(&image, 2, CLUSTER_DEFLATE);

    ck_assert_uint_gt(length, 20);
    put_entry(&image, 2, packed_entry(&image, place, 513));
    check_damaged(&image, "has its compressed data outside of the file");
    put_entry(&image, 2, packed_entry(&image, image.length, 1));
    check_damaged(&image, "has its compressed data outside of the file");
    put_entry(&image, 2, packed_entry(&image, (size_t)1 << 55, 1));
    check_damaged(&image, "has its compressed data outside of the file");
    put_entry(&image, 2, packed_entry(&image, (size_t)1 << 56, 1));
    check_damaged(&image, "has bits set that mean nothing");
    put_entry(&image, 2, packed_entry(&image, place, length) | SINGLE_FLAG);
    check_damaged(&image, "has bits set that mean nothing");
    put_entry(&image, 2, packed_entry(&image, 0, length));
    check_damaged(&image, "byte 1024 of the disk lies on something else");
    put_entry(&image, 2, packed_entry(&image, place, length));
    put_entry(&image, 3, PLACED(place));
    image.length = place + 512;
    check_damaged(&image, "byte 1536 of the disk lies on something else");
    put_entry(&image, 3, packed_entry(&image, 2 * 512 + 100, length));
    check_damaged(&image, "byte 1536 of the disk lies on something else");
    image_done(&image);
}
END_TEST

START_TEST(more_compressed_clusters_than_there_is_room_for_are_refused)
{
    struct image image = image_new(16, 100 << 16);
    const size_t place = image.length, length = add_packed(&image, 0, CLUSTER_DEFLATE);

    for (size_t i = 1; i < 100; i++)
        put_entry(&image, i, packed_entry(&image, place, length));
    source_close(must_open(&image));
    for (size_t i = 100; i < 8000; i++)
        put_entry(&image, i, packed_entry(&image, place, length));
    big_put64(image.bytes + 24, 8000 << 16);
    check_damaged(&image, "say more compressed data than it can hold");
    image_done(&image);
}
END_TEST

START_TEST(compressed_data_that_do_not_unpack_are_refused_when_read)
{
    struct image image = image_new(12, 20 << 12);
    struct source *source;
    struct source_cursor *cursor;
    uint8_t back[4096];
    struct err err = {0};
    size_t place;

    add_packed(&image, 2, CLUSTER_DEFLATE);
    place = image.length;
    add_packed(&image, 3, CLUSTER_DEFLATE);
    image.bytes[place] = 0x07;
    source = must_open(&image);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(source_read(cursor, back, 10, 2 << 12, &err), 0);
    ck_assert_int_eq(source_read(cursor, back, 4096, 3 << 12, &err), E_INVALID);
    ck_assert_ptr_nonnull(
        strstr(err.text, "the compressed cluster for byte 12288 of the disk does not unpack"));
    ck_assert_int_eq(source_read(cursor, back, 10, 3 << 12, &err), E_INVALID);
    ck_assert_int_eq(source_read(cursor, back, 10, (3 << 12) + 100, &err), E_INVALID);
    ck_assert_int_eq(source_read(cursor, back, 4096, 2 << 12, &err), 0);
    ck_assert_mem_eq(back, image.disk + (2 << 12), 4096);
    source_cursor_free(cursor);
    source_close(source);
    image_done(&image);
}
END_TEST

START_TEST(headers_that_cannot_be_are_refused)
{
    struct image image = image_new(9, 60 * 512);
    static const struct {
        size_t at;
        uint32_t value;
        int code;
        const char *part;
    } cases[] = {
        {4, 0, E_UNSUPPORTED, "is of version 0 of qcow2; versions 2 and 3 are read"},
        {4, 1, E_UNSUPPORTED, "is of version 1 of qcow2"},
        {4, 4, E_UNSUPPORTED, "is of version 4 of qcow2"},
        {20, 8, E_INVALID, "its clusters are of 2^8 bytes, not of 2^9 to 2^21"},
        {20, 22, E_INVALID, "its clusters are of 2^22 bytes"},
        {20, UINT32_MAX, E_INVALID, "its clusters are of 2^4294967295 bytes"},
        {32, 1, E_UNSUPPORTED, "is encrypted (AES)"},
        {32, 2, E_UNSUPPORTED, "is encrypted (LUKS)"},
        {32, 3, E_UNSUPPORTED, "is encrypted (in an unknown way)"},
        {36, 0, E_INVALID, "its L1 table has 0 entries, 1 are needed"},
        {36, UINT32_MAX, E_INVALID, "its L1 table is not in the file"},
        {40, 1, E_INVALID, "its L1 table is not in the file"},
        {40, UINT32_MAX, E_INVALID, "its L1 table is not in the file"},
        {44, 513, E_INVALID, "its L1 table is not in the file"},
        {44, 0, E_INVALID, "its L1 table lies on the header"},
        {24, UINT32_MAX, E_INVALID, "its L1 table has 1 entries"},
        {24, 1, E_INVALID, "its L1 table has 1 entries, 131073 are needed"},
        {100, 96, E_INVALID, "its header has a length of 96 bytes"},
        {100, 113, E_INVALID, "its header has a length of 113 bytes"},
        {100, 520, E_INVALID, "its header is longer than a cluster"},
        {112, 17, E_INVALID, "its header extensions leave the first cluster"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t saved[8];

        memcpy(saved, image.bytes + cases[i].at, 8);
        big_put32(image.bytes + cases[i].at, cases[i].value);
        if (cases[i].at == 112)
            big_put32(image.bytes + cases[i].at + 4, 393);
        check_refused(&image, cases[i].code, cases[i].part);
        memcpy(image.bytes + cases[i].at, saved, 8);
    }
    check_disk(&image, 0);
    for (size_t length = 4; length < 112; length += 9) {
        image.length = length;
        check_refused(&image, E_INVALID, "");
    }
    image_done(&image);
}
END_TEST

START_TEST(a_large_l1_table_is_refused_before_it_is_read)
{
    struct image image = image_new(9, 60 * 512);

    big_put64(image.bytes + 24, ((UINT64_C(1) << 22) + 1) << 15);
    big_put32(image.bytes + 36, (1 << 22) + 1);
    check_damaged(&image, "its L1 table is larger than 32 MiB");
    big_put64(image.bytes + 24, UINT64_MAX);
    big_put32(image.bytes + 36, UINT32_MAX);
    check_damaged(&image, "its L1 table has 4294967295 entries");
    image_done(&image);
}
END_TEST

START_TEST(tables_that_cannot_be_are_refused)
{
    struct image image = image_new(9, 60 * 512), empty;
    const size_t place = add_plain(&image, 5);

    big_put64(l1_of(&image), PLACED(2 * 512) | 1);
    check_damaged(&image, "entry 0 of its L1 table has bits set that mean nothing");
    big_put64(l1_of(&image), PLACED(2 * 512) | UINT64_C(1) << 60);
    check_damaged(&image, "entry 0 of its L1 table has bits set that mean nothing");
    big_put64(l1_of(&image), PLACED(0));
    empty = image;
    empty.disk += 8192;
    check_disk(&empty, 0);
    big_put64(l1_of(&image), PLACED(4 * 512));
    check_damaged(&image, "an L2 table, at 2048, is not in the file");
    big_put64(l1_of(&image), PLACED(512));
    check_damaged(&image, "an L2 table, at 512, lies on something else");
    big_put64(l1_of(&image), PLACED(2 * 512));
    put_entry(&image, 6, PLACED(2 * 512));
    check_damaged(&image, "byte 3072 of the disk lies on something else in the file");
    put_entry(&image, 6, PLACED(place));
    check_damaged(&image, "byte 3072 of the disk lies on something else in the file");
    put_entry(&image, 6, ZERO_FLAG | place);
    check_damaged(&image, "byte 3072 of the disk lies on something else in the file");
    put_entry(&image, 6, SINGLE_FLAG);
    check_damaged(&image, "has data, but no place");
    put_entry(&image, 6, PLACED(place) | 2);
    check_damaged(&image, "has bits set that mean nothing");
    put_entry(&image, 6, PLACED(place) | UINT64_C(1) << 56);
    check_damaged(&image, "has bits set that mean nothing");
    put_entry(&image, 6, PLACED(image.length));
    check_damaged(&image, "leaves the file");
    put_entry(&image, 6, ZERO_FLAG | image.length);
    check_damaged(&image, "leaves the file");
    image_done(&image);
}
END_TEST

START_TEST(places_between_clusters_are_refused)
{
    struct image image = image_new(12, 20 << 12);
    const size_t place = add_plain(&image, 5);

    add_noise(&image, 512);
    put_entry(&image, 5, PLACED(place + 512));
    check_damaged(&image, "has a place between two clusters");
    put_entry(&image, 5, 0);
    big_put64(l1_of(&image), PLACED((2 << 12) + 512));
    check_damaged(&image, "an L2 table, at 8704, is not in the file");
    image_done(&image);
}
END_TEST

START_TEST(features_that_cannot_be_had_are_refused)
{
    struct image image = image_new(9, 60 * 512);
    uint8_t *const names = image.bytes + HEADER_3;
    struct err err = {0};
    struct source *source = NULL;

    big_put64(image.bytes + 72, 1 << 0);
    check_disk(&image, 0);
    big_put64(image.bytes + 72, 1 << 1);
    check_refused(&image, E_INVALID, "is marked as corrupt");
    ck_assert_int_eq(open_image(&image, &source, &err), E_INVALID);
    ck_assert_str_eq(err.hint, "repair it: qemu-img check -r all FILE");
    big_put64(image.bytes + 72, UINT64_C(1) << 63 | 1);
    check_refused(&image, E_UNSUPPORTED, "needs a feature of qcow2 that is not known: bit 63");
    big_put32(names, 0x6803f857);
    big_put32(names + 4, 2 * 48);
    names[8] = 1;
    names[9] = 17;
    memcpy(names + 10, "another", 7);
    names[56] = 0;
    names[57] = 17;
    memset(names + 58, 'n', 46);
    big_put64(image.bytes + 72, 1 << 17);
    check_refused(&image, E_UNSUPPORTED,
                  "not known: bit 17 ('nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn')");
    big_put64(image.bytes + 72, 1 << 18);
    check_refused(&image, E_UNSUPPORTED, "not known: bit 18");
    big_put64(image.bytes + 72, 1 << 3);
    check_damaged(&image, "does not agree with itself on compression");
    image.bytes[104] = 2;
    check_refused(&image, E_UNSUPPORTED, "is compressed in an unknown way (type 2)");
    big_put64(image.bytes + 72, 0);
    check_damaged(&image, "does not agree with itself on compression");
    image.bytes[104] = 0;
    big_put64(image.bytes + 72, 1 << 4);
    check_damaged(&image, "its clusters are too small for subclusters");
    image_done(&image);
}
END_TEST

START_TEST(other_files_are_named)
{
    struct image image = image_new(9, 60 * 512);
    uint8_t *const at = image.bytes + HEADER_3;

    big_put64(image.bytes + 8, 300);
    big_put32(image.bytes + 16, 9);
    memcpy(image.bytes + 300, "/base.raw", 9);
    check_refused(&image, E_UNSUPPORTED, "differs from its backing file '/base.raw'");
    big_put32(image.bytes + 16, UINT32_MAX);
    check_refused(&image, E_UNSUPPORTED, "differs from its backing file ''");
    big_put64(image.bytes + 8, UINT64_MAX);
    check_refused(&image, E_UNSUPPORTED, "differs from its backing file ''");
    big_put64(image.bytes + 8, 0);
    check_disk(&image, 0);
    big_put64(image.bytes + 72, 1 << 2);
    check_refused(&image, E_UNSUPPORTED, "has its data in another file, ''");
    big_put32(at, 0x12345678);
    big_put32(at + 4, 3);
    big_put32(at + 16, 0x44415441);
    big_put32(at + 20, 8);
    memcpy(at + 24, "data.raw", 8);
    check_refused(&image, E_UNSUPPORTED, "has its data in another file, 'data.raw'");
    image_done(&image);
}
END_TEST

START_TEST(extensions_may_fill_the_cluster)
{
    struct image image = image_new(9, 60 * 512);

    big_put32(image.bytes + HEADER_3, 0x12345678);
    big_put32(image.bytes + HEADER_3 + 4, 512 - HEADER_3 - 8);
    check_disk(&image, 0);
    big_put32(image.bytes + HEADER_3 + 4, 512 - HEADER_3 - 12);
    check_disk(&image, 0);
    big_put32(image.bytes + HEADER_3 + 4, 512 - HEADER_3 - 16);
    check_disk(&image, 0);
    big_put32(image.bytes + HEADER_3 + 4, 512 - HEADER_3 - 7);
    check_damaged(&image, "its header extensions leave the first cluster");
    big_put32(image.bytes + HEADER_3 + 4, UINT32_MAX);
    check_damaged(&image, "its header extensions leave the first cluster");
    image_done(&image);
}
END_TEST

START_TEST(no_flipped_byte_leads_astray)
{
    struct image image = image_with_subclusters(14, 4 << 14);
    const size_t parts[][2] = {{0, 160}, {1 << 14, (1 << 14) + 16}, {2 << 14, (2 << 14) + 64}};
    uint8_t *back = mem_new(ROOM, 1);
    size_t opened = 0;

    add_plain(&image, 0);
    put_bitmap(&image, 0, 0xff00ff00, 0x00ff0000);
    add_packed(&image, 2, CLUSTER_DEFLATE);
    add_packed(&image, 3, CLUSTER_DEFLATE);
    for (size_t p = 0; p < 3; p++)
        for (size_t i = parts[p][0] * 8; i < parts[p][1] * 8; i++) {
            struct source *source = NULL;
            struct err err = {0};

            image.bytes[i / 8] ^= (uint8_t)(1 << i % 8);
            if (open_image(&image, &source, &err) == 0 && source_size(source) <= ROOM) {
                struct source_cursor *cursor = source_cursor_new(source);

                opened++;
                source_read(cursor, back, (size_t)source_size(source), 0, &err);
                source_cursor_free(cursor);
            }
            source_close(source);
            image.bytes[i / 8] ^= (uint8_t)(1 << i % 8);
        }
    ck_assert_uint_gt(opened, 100);
    free(back);
    image_done(&image);
}
END_TEST

START_TEST(a_file_that_became_shorter_is_noticed)
{
    struct image image = image_new(12, 20 << 12);
    struct source *source;
    struct source_cursor *cursor;
    uint8_t back[4096];
    struct err err = {0};
    size_t place;

    place = add_plain(&image, 2);
    source = must_open(&image);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(truncate(image.path, (off_t)place + 5), 0);
    ck_assert_int_eq(source_read(cursor, back, 4096, 2 << 12, &err), E_CHANGED);
    ck_assert_int_eq(source_check_unchanged(source, &err), E_CHANGED);
    source_cursor_free(cursor);
    ck_assert_int_eq(truncate(image.path, 2 << 12), 0);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(source_read(cursor, back, 4096, 2 << 12, &err), E_CHANGED);
    source_cursor_free(cursor);
    source_close(source);
    image_done(&image);
}
END_TEST

START_TEST(what_was_checked_is_not_trusted_when_it_is_read)
{
    struct image image = image_new(12, 20 << 12);
    struct source *source;
    struct source_cursor *cursor;
    uint8_t back[4096];
    struct err err = {0};

    add_plain(&image, 2);
    source = must_open(&image);
    put_entry(&image, 2, PLACED(UINT64_C(1) << 50));
    save(&image);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(source_read(cursor, back, 4096, 2 << 12, &err), E_INVALID);
    source_cursor_free(cursor);
    source_close(source);
    image_done(&image);
}
END_TEST

START_TEST(what_does_not_begin_as_one_is_none)
{
    struct image image = image_new(9, 60 * 512);
    struct source *source = NULL;
    struct err err = {0};

    image.bytes[3] = 'x';
    ck_assert_int_eq(open_image(&image, &source, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.text, "is no qcow2 image"));
    image.length = 3;
    ck_assert_int_eq(open_image(&image, &source, &err), E_INVALID);
    image_done(&image);
}
END_TEST

UNIT_MAIN("image/qcow2_refused", subclusters_that_cannot_be_are_refused,
          compressed_data_that_cannot_be_are_refused,
          more_compressed_clusters_than_there_is_room_for_are_refused,
          compressed_data_that_do_not_unpack_are_refused_when_read,
          headers_that_cannot_be_are_refused, a_large_l1_table_is_refused_before_it_is_read,
          tables_that_cannot_be_are_refused, places_between_clusters_are_refused,
          features_that_cannot_be_had_are_refused, other_files_are_named,
          extensions_may_fill_the_cluster, no_flipped_byte_leads_astray,
          a_file_that_became_shorter_is_noticed, what_was_checked_is_not_trusted_when_it_is_read,
          what_does_not_begin_as_one_is_none)
