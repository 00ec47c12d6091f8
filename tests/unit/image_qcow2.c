/* qcow2: what is read, and how. */
#include "tests/unit/qcow2_toy.h"

#include <pthread.h>

START_TEST(plain_clusters_lie_in_any_order)
{
    struct image image = image_new(9, 60 * 512 + 100);

    add_plain(&image, 7);
    add_plain(&image, 6);
    add_plain(&image, 0);
    add_plain(&image, 1);
    add_plain(&image, 30);
    add_plain(&image, 60);
    check_disk(&image, 4);
    image_done(&image);
}
END_TEST

START_TEST(zeros_are_passed_over_whatever_lies_under_them)
{
    struct image image = image_new(9, 60 * 512);
    size_t place;

    add_plain(&image, 3);
    place = add_plain(&image, 4);
    put_entry(&image, 4, PLACED(place) | ZERO_FLAG);
    memset(image.disk + 4 * 512, 0, 512);
    put_entry(&image, 5, ZERO_FLAG);
    add_plain(&image, 6);
    check_disk(&image, 2);
    image_done(&image);
}
END_TEST

START_TEST(a_disk_without_any_table_is_zeros)
{
    struct image image = image_new(9, 60 * 512);

    big_put64(l1_of(&image), 0);
    image.length = 520;
    check_disk(&image, 0);
    image_done(&image);
}
END_TEST

START_TEST(version_2_is_read)
{
    struct image image = image_new(9, 60 * 512);
    struct source *source;

    big_put32(image.bytes + 4, 2);
    memset(image.bytes + 72, 0, 40);
    add_plain(&image, 5);
    add_packed(&image, 9, CLUSTER_DEFLATE);
    check_disk(&image, 2);
    source = must_open(&image);
    ck_assert_str_eq(source_format_name(source), "qcow2");
    ck_assert_str_eq(source_variant(source), "version 2, zlib");
    source_close(source);
    put_entry(&image, 6, ZERO_FLAG);
    check_damaged(&image, "the entry for byte 3072 of the disk has bits set that mean nothing");
    image_done(&image);
}
END_TEST

START_TEST(the_last_cluster_may_end_with_the_disk)
{
    struct image image = image_new(9, 10 * 512 + 100);

    add_plain(&image, 10);
    image.length -= 412;
    check_disk(&image, 1);
    image.length--;
    check_damaged(&image, "the entry for byte 5120 of the disk leaves the file");
    image.length -= 99;
    check_damaged(&image, "leaves the file, which may have been cut short");
    image_done(&image);
}
END_TEST

START_TEST(subclusters_hold_data_or_not)
{
    enum { SIZE = 1 << 14, PART = SIZE / 32 };
    struct image image = image_with_subclusters(14, 5 * SIZE);
    struct source *source;

    add_plain(&image, 0);
    put_bitmap(&image, 0, UINT32_MAX, 0);
    add_plain(&image, 1);
    put_bitmap(&image, 1, 0x8000000f, 0x00ff0000);
    memset(image.disk + SIZE + 4 * PART, 0, 27 * PART);
    add_plain(&image, 2);
    put_bitmap(&image, 2, 0, UINT32_MAX);
    memset(image.disk + 2 * SIZE, 0, SIZE);
    put_entry(&image, 3, 0);
    put_bitmap(&image, 3, 0, 0xf);
    add_plain(&image, 4);
    put_bitmap(&image, 4, 0x5, 0);
    memset(image.disk + 4 * SIZE + PART, 0, PART);
    memset(image.disk + 4 * SIZE + 3 * PART, 0, 29 * PART);
    check_disk(&image, 4);
    /* The file may end behind the last part that holds data. */
    image.length -= 29 * PART;
    check_disk(&image, 4);
    source = must_open(&image);
    ck_assert_str_eq(source_variant(source), "version 3, extended L2");
    source_close(source);
    image.length--;
    check_damaged(&image, "leaves the file");
    image_done(&image);
}
END_TEST

static void check_packed(struct image *image, enum cluster_coding coding, const char *variant)
{
    struct source *source;

    if (coding == CLUSTER_ZSTD) {
        big_put64(image->bytes + 72, big_get64(image->bytes + 72) | 1 << 3);
        image->bytes[104] = 1;
    }
    add_packed(image, 2, coding);
    add_packed(image, 3, coding);
    add_packed(image, 1, coding);
    add_packed(image, 5, coding);
    check_disk(image, 2);
    source = must_open(image);
    ck_assert_str_eq(source_variant(source), variant);
    source_close(source);
    image_done(image);
}

START_TEST(compressed_clusters_lie_anywhere)
{
    struct image small = image_new(9, 60 * 512), usual = image_new(16, 7 << 16);
    struct image zstd = image_new(16, 7 << 16), extended = image_with_subclusters(14, 7 << 14);

    check_packed(&small, CLUSTER_DEFLATE, "version 3, zlib");
    check_packed(&usual, CLUSTER_DEFLATE, "version 3, zlib");
    check_packed(&zstd, CLUSTER_ZSTD, "version 3, zstd");
    check_packed(&extended, CLUSTER_ZSTD, "version 3, zstd, extended L2");
}
END_TEST

START_TEST(compressed_and_plain_clusters_go_together)
{
    struct image image = image_new(12, 20 << 12);

    add_packed(&image, 4, CLUSTER_DEFLATE);
    add_packed(&image, 8, CLUSTER_DEFLATE);
    image.length = 4 << 12;
    add_plain(&image, 5);
    add_plain(&image, 9);
    add_packed(&image, 6, CLUSTER_DEFLATE);
    check_disk(&image, 2);
    image_done(&image);
}
END_TEST

/* A few bytes cannot be many clusters. */
START_TEST(two_tables_are_two)
{
    struct image image = image_new(9, 100 * 512);

    big_put32(image.bytes + 36, 2);
    big_put64(l1_of(&image) + 8, PLACED(2 * 512));
    check_damaged(&image, "an L2 table, at 1024, lies on something else");
    big_put64(l1_of(&image) + 8, PLACED(3 * 512));
    image.length += 512;
    add_plain(&image, 63);
    /* The second table goes on right behind the first. */
    add_plain(&image, 64);
    check_disk(&image, 1);
    image_done(&image);
}
END_TEST

/* A snapshot with the state of its machine leaves clusters behind the end of the disk. */
START_TEST(what_lies_behind_the_disk_is_ignored)
{
    struct image image = image_new(9, 10 * 512);

    add_plain(&image, 9);
    put_entry(&image, 10, PLACED(3 * 512));
    put_entry(&image, 11, UINT64_MAX);
    big_put32(image.bytes + 36, 3);
    big_put64(l1_of(&image) + 8, UINT64_MAX);
    check_disk(&image, 1);
    image_done(&image);
}
END_TEST

/* Any one byte of header and tables may be anything. */
/* 2 TiB with one cluster at its end, and tables and clusters that are holes of the file. */
START_TEST(a_large_empty_disk_is_passed_over)
{
    enum { TABLES = 4096 };
    struct image image = image_new(16, 1 << 16);
    struct source *source;
    struct source_cursor *cursor;
    uint64_t start, end;
    struct err err = {0};
    const uint64_t size = UINT64_C(1) << 41, table = UINT64_C(1) << 29;
    int fd;

    big_put64(image.bytes + 24, size);
    big_put32(image.bytes + 36, TABLES);
    for (uint64_t i = 0; i < TABLES; i++)
        big_put64(l1_of(&image) + 8 * i, PLACED((i ? i + 100 : 2) << 16));
    put_entry(&image, 8191, PLACED(UINT64_C(5000) << 16));
    put_entry(&image, 8190, PLACED(UINT64_C(5001) << 16));
    save(&image);
    ck_assert_int_eq(truncate(image.path, 6000 << 16), 0);
    fd = open(image.path, O_WRONLY | O_CLOEXEC);
    ck_assert_int_eq(pwrite(fd, "data", 4, 5001 << 16), 4);
    close(fd);
    ck_assert_msg(source_open(&(struct source_request){.path = image.path, .limit = UINT64_MAX},
                              &source, &err) == 0,
                  "%s", err.text);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(source_next_data(cursor, 0, &start, &end, &err), 0);
    ck_assert_uint_eq(start, table - (2 << 16));
    ck_assert_uint_lt(end, start + (1 << 16) + 1);
    ck_assert_int_eq(source_next_data(cursor, end, &start, &end, &err), 0);
    ck_assert_uint_eq(start, size);
    ck_assert_uint_eq(end, size);
    source_cursor_free(cursor);
    source_close(source);
    image_done(&image);
}
END_TEST

START_TEST(ranges_are_bounded)
{
    struct image image = image_new(16, 1 << 16);
    struct source *source;
    struct source_cursor *cursor;
    uint64_t start = 0, end = 0;
    struct err err = {0};

    big_put64(image.bytes + 24, 400 << 16);
    for (uint64_t i = 0; i < 400; i++)
        put_entry(&image, i, PLACED((3 + i) << 16));
    save(&image);
    ck_assert_int_eq(truncate(image.path, 403 << 16), 0);
    for (off_t at = 3 << 16; at < 403 << 16; at += 4096) {
        const int fd = open(image.path, O_WRONLY | O_CLOEXEC);

        ck_assert_int_eq(pwrite(fd, "x", 1, at), 1);
        close(fd);
    }
    ck_assert_int_eq(source_open(&(struct source_request){.path = image.path, .limit = UINT64_MAX},
                                 &source, &err),
                     0);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(source_next_data(cursor, 0, &start, &end, &err), 0);
    ck_assert_uint_eq(start, 0);
    ck_assert_uint_eq(end, 16 << 20);
    ck_assert_int_eq(source_next_data(cursor, 100, &start, &end, &err), 0);
    ck_assert_uint_eq(start, 100);
    ck_assert_uint_eq(end, (16 << 20) + 100);
    source_cursor_free(cursor);
    source_close(source);
    image_done(&image);
}
END_TEST

/* Tables that changed under the reader lead nowhere either. */
struct reader {
    const struct image *image;
    const struct source *source;
    size_t step;
    pthread_t thread;
};

static void *read_whole(void *argument)
{
    const struct reader *const reader = argument;
    struct source_cursor *cursor = source_cursor_new(reader->source);

    check_reads(reader->image, cursor, reader->step);
    check_ranges(reader->image, cursor);
    source_cursor_free(cursor);
    return NULL;
}

START_TEST(threads_read_one_source)
{
    enum { THREADS = 8 };
    struct image image = image_new(12, 60 << 12);
    struct reader readers[THREADS];
    struct source *source;

    for (size_t i = 0; i < 30; i += 3) {
        add_packed(&image, i, CLUSTER_DEFLATE);
        add_packed(&image, i + 1, CLUSTER_DEFLATE);
    }
    image.length = (image.length + 4095) / 4096 * 4096;
    for (size_t i = 30; i < 60; i += 2)
        add_plain(&image, 89 - i);
    source = must_open(&image);
    for (size_t i = 0; i < THREADS; i++) {
        readers[i] = (struct reader){.image = &image, .source = source, .step = 777 * (i + 1)};
        ck_assert_int_eq(pthread_create(&readers[i].thread, NULL, read_whole, &readers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(readers[i].thread, NULL), 0);
    source_close(source);
    image_done(&image);
}
END_TEST

UNIT_MAIN("image/qcow2", plain_clusters_lie_in_any_order,
          zeros_are_passed_over_whatever_lies_under_them, a_disk_without_any_table_is_zeros,
          version_2_is_read, the_last_cluster_may_end_with_the_disk, subclusters_hold_data_or_not,
          compressed_clusters_lie_anywhere, compressed_and_plain_clusters_go_together,
          two_tables_are_two, what_lies_behind_the_disk_is_ignored,
          a_large_empty_disk_is_passed_over, ranges_are_bounded, threads_read_one_source)
