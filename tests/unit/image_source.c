/* source: raw disks, fixed VHDs, and all that is neither. */
#include "intake/open.h"

#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "os/file.h"
#include "os/staged.h"
#include "tests/unit/scratch.h"

enum { DISK = 8192, FOOTER = 512 };

struct image {
    struct scratch scratch;
    char path[300];
    uint8_t bytes[DISK + FOOTER];
};

static void write_u32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void seal(uint8_t *footer)
{
    uint32_t sum = 0;

    write_u32(footer + 64, 0);
    for (int i = 0; i < FOOTER; i++)
        sum += footer[i];
    write_u32(footer + 64, ~sum);
}

/* A disk of noise with a valid footer of a fixed VHD behind it. */
static struct image image_new(void)
{
    struct image image = {.scratch = scratch_new()};
    uint8_t *footer = image.bytes + DISK;

    snprintf(image.path, sizeof image.path, "%s/disk", image.scratch.path);
    for (int i = 0; i < DISK; i++)
        image.bytes[i] = (uint8_t)(i * 7 + i / 256);
    for (int i = 0; i < 4; i++)
        image.bytes[i] = 0;
    memcpy(footer, "conectix", 8);
    write_u32(footer + 12, 0x00010000);
    write_u32(footer + 52, DISK);
    write_u32(footer + 60, 2);
    seal(footer);
    return image;
}

static void save(const struct image *image, size_t length)
{
    struct err err = {0};

    ck_assert_int_eq(staged_write_file(image->scratch.fd, "disk", image->bytes, length, &err), 0);
}

static int open_source(const char *path, enum source_format format, uint64_t limit,
                       struct source **ret, struct err *err)
{
    const struct source_request request = {.path = path, .format = format, .limit = limit};

    return source_open(&request, ret, err);
}

static int try_open(const struct image *image, enum source_format format, struct err *err)
{
    struct source *source = NULL;
    const int r = open_source(image->path, format, UINT64_MAX, &source, err);

    ck_assert((r == 0) == (source != NULL));
    source_close(source);
    return r;
}

static void check_source(const struct image *image, enum source_format format, uint64_t size)
{
    struct source *source = NULL;
    struct source_cursor *cursor;
    struct err err = {0};
    uint8_t back[DISK + FOOTER];
    uint64_t start, end;

    ck_assert_msg(open_source(image->path, format, size, &source, &err) == 0, "%s", err.text);
    ck_assert_uint_eq(source_size(source), size);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(source_read(cursor, back, size, 0, &err), 0);
    ck_assert_mem_eq(back, image->bytes, size);
    ck_assert_int_eq(source_read(cursor, back, 10, size - 10, &err), 0);
    ck_assert_mem_eq(back, image->bytes + size - 10, 10);
    ck_assert_int_eq(source_next_data(cursor, 0, &start, &end, &err), 0);
    ck_assert_uint_eq(start, 0);
    ck_assert_uint_eq(end, size);
    ck_assert_int_eq(source_next_data(cursor, size, &start, &end, &err), 0);
    ck_assert_uint_eq(start, size);
    ck_assert_int_eq(source_check_unchanged(source, &err), 0);
    source_cursor_free(cursor);
    source_close(source);
}

START_TEST(a_file_without_marks_is_raw)
{
    struct image image = image_new();

    save(&image, DISK);
    check_source(&image, SOURCE_ANY, DISK);
    save(&image, 100);
    check_source(&image, SOURCE_ANY, 100);
    save(&image, 511);
    check_source(&image, SOURCE_ANY, 511);
    source_close(NULL);
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(a_valid_footer_makes_it_vhd)
{
    struct image image = image_new();

    save(&image, sizeof image.bytes);
    check_source(&image, SOURCE_ANY, DISK);
    check_source(&image, SOURCE_VHD, DISK);
    check_source(&image, SOURCE_RAW, DISK + FOOTER);
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(every_damaged_byte_of_a_footer_is_seen)
{
    struct image image = image_new();
    struct err err = {0};

    for (size_t i = 0; i < FOOTER; i++) {
        const int expected = i < 8 ? 0 : E_INVALID;

        image.bytes[DISK + i] ^= 0x40;
        save(&image, sizeof image.bytes);
        ck_assert_msg(try_open(&image, SOURCE_ANY, &err) == expected, "byte %zu", i);
        ck_assert_int_eq(try_open(&image, SOURCE_VHD, &err), E_INVALID);
        ck_assert_int_eq(try_open(&image, SOURCE_RAW, &err), 0);
        image.bytes[DISK + i] ^= 0x40;
    }
    scratch_done(&image.scratch);
}
END_TEST

static void check_footer(struct image *image, int code, const char *part)
{
    struct err err = {0};

    seal(image->bytes + DISK);
    save(image, sizeof image->bytes);
    ck_assert_int_eq(try_open(image, SOURCE_ANY, &err), code);
    ck_assert_msg(strstr(err.text, part) != NULL, "%s", err.text);
    ck_assert_int_ne(err.hint[0], '\0');
    ck_assert_int_eq(try_open(image, SOURCE_VHD, &err), code);
    ck_assert_msg(strstr(err.text, part) != NULL, "%s", err.text);
}

START_TEST(footers_that_are_not_of_a_fixed_disk_are_refused)
{
    struct image image = image_new();
    uint8_t *footer = image.bytes + DISK;

    write_u32(footer + 60, 3);
    check_footer(&image, E_INVALID, "is damaged");
    write_u32(footer + 60, 4);
    check_footer(&image, E_UNSUPPORTED, "is a differencing VHD");
    write_u32(footer + 60, 5);
    check_footer(&image, E_INVALID, "has the unknown disk type 5");
    write_u32(footer + 60, 2);
    write_u32(footer + 12, 0x00020000);
    check_footer(&image, E_INVALID, "has a version other than 1");
    write_u32(footer + 12, 0x00010000);
    write_u32(footer + 52, DISK - 1);
    check_footer(&image, E_INVALID, "is for a disk of 8191 bytes, but holds 8192");
    write_u32(footer + 52, DISK + 1);
    check_footer(&image, E_INVALID, "is for a disk of 8193 bytes, but holds 8192");
    write_u32(footer + 52, DISK);
    write_u32(footer + 48, 1);
    check_footer(&image, E_INVALID, "is for a disk of 4294975488 bytes");
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(a_footer_alone_is_an_empty_disk)
{
    struct image image = image_new();
    struct err err = {0};

    write_u32(image.bytes + DISK + 52, 0);
    seal(image.bytes + DISK);
    ck_assert_int_eq(staged_write_file(image.scratch.fd, "disk", image.bytes + DISK, FOOTER, &err),
                     0);
    ck_assert_int_eq(try_open(&image, SOURCE_ANY, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.text, "holds an empty disk"));
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(other_formats_are_told_by_their_first_bytes)
{
    static const struct {
        size_t offset;
        const char *bytes;
        size_t length;
        const char *word;
    } marks[] = {
        {0, "QED", 4, "QED"},
        {64, "\x7f\x10\xda\xbe", 4, "VDI"},
        {0, "WithoutFreeSpace", 16, "Parallels"},
        {0, "WithouFreSpacExt", 16, "Parallels"},
        {0, "LUKS\xba\xbe", 6, "LUKS"},
        {0, "7z\xbc\xaf\x27\x1c", 6, "7z"},
        {0, "Rar!\x1a\x07", 6, "RAR"},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct image image = image_new();
        struct err err = {0};

        memcpy(image.bytes + marks[i].offset, marks[i].bytes, marks[i].length);
        save(&image, DISK);
        ck_assert_int_eq(try_open(&image, SOURCE_ANY, &err), E_UNSUPPORTED);
        ck_assert_msg(strstr(err.text, marks[i].word) != NULL, "%s", err.text);
        ck_assert_ptr_nonnull(strstr(err.hint, "--source-format raw"));
        ck_assert_int_eq(try_open(&image, SOURCE_RAW, &err), 0);
        /* Cut within the mark it is nothing special. */
        save(&image, marks[i].offset + marks[i].length - 2);
        ck_assert_int_eq(try_open(&image, SOURCE_ANY, &err), 0);
        /* In front of a valid footer it is what the guest has there. */
        save(&image, sizeof image.bytes);
        ck_assert_int_eq(try_open(&image, SOURCE_ANY, &err), 0);
        scratch_done(&image.scratch);
    }
}
END_TEST

START_TEST(the_limit_is_kept)
{
    struct image image = image_new();
    struct source *source = NULL;
    struct err err = {0};

    save(&image, sizeof image.bytes);
    ck_assert_int_eq(open_source(image.path, SOURCE_ANY, DISK - 1, &source, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.text, "a disk of 8192 bytes, at most 8191 are allowed"));
    ck_assert_ptr_null(source);
    ck_assert_int_eq(open_source(image.path, SOURCE_ANY, DISK, &source, &err), 0);
    source_close(source);
    ck_assert_int_eq(open_source(image.path, SOURCE_ANY, DISK + 1, &source, &err), 0);
    source_close(source);
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(only_regular_files_are_images)
{
    struct image image = image_new();
    struct source *source = NULL;
    struct err err = {0};

    ck_assert_int_eq(try_open(&image, SOURCE_ANY, &err), E_NOT_FOUND);
    save(&image, 0);
    ck_assert_int_eq(try_open(&image, SOURCE_ANY, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.text, "is empty"));
    ck_assert_int_eq(unlink(image.path), 0);
    ck_assert_int_eq(open_source("/tmp", SOURCE_ANY, UINT64_MAX, &source, &err), E_INVALID);
    ck_assert_str_eq(err.text, "'/tmp' is a directory, not a disk image");
    ck_assert_int_eq(open_source("/dev/zero", SOURCE_ANY, UINT64_MAX, &source, &err), E_INVALID);
    ck_assert_str_eq(err.text, "'/dev/zero' is a device or socket, not a disk image");
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(holes_are_passed_over)
{
    struct image image = image_new();
    struct source *source = NULL;
    struct source_cursor *cursor;
    struct err err = {0};
    uint64_t start, end;
    int fd;

    save(&image, 4096);
    ck_assert_int_eq(file_open(image.scratch.fd, "disk", FILE_UPDATE, &fd, &err), 0);
    ck_assert_int_eq(file_resize(fd, "disk", 4 << 20, &err), 0);
    file_close(&fd);
    ck_assert_int_eq(open_source(image.path, SOURCE_ANY, UINT64_MAX, &source, &err), 0);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(source_next_data(cursor, 0, &start, &end, &err), 0);
    ck_assert_uint_eq(start, 0);
    ck_assert_uint_lt(end, 4 << 20);
    ck_assert_int_eq(source_next_data(cursor, end, &start, &end, &err), 0);
    ck_assert_uint_eq(start, 4 << 20);
    ck_assert_uint_eq(end, 4 << 20);
    source_cursor_free(cursor);
    source_close(source);
    scratch_done(&image.scratch);
}
END_TEST

/* Open, let `change` happen to the file, and look again. */
static int check_after(void (*change)(const struct image *), struct err *err)
{
    struct image image = image_new();
    struct source *source = NULL;
    int r;

    save(&image, DISK);
    ck_assert_int_eq(open_source(image.path, SOURCE_ANY, UINT64_MAX, &source, err), 0);
    change(&image);
    r = source_check_unchanged(source, err);
    source_close(source);
    scratch_done(&image.scratch);
    return r;
}

static void do_nothing(const struct image *image)
{
    (void)image;
}

static void do_remove(const struct image *image)
{
    ck_assert_int_eq(unlink(image->path), 0);
}

static void do_replace(const struct image *image)
{
    save(image, DISK);
}

static void do_grow(const struct image *image)
{
    ck_assert_int_eq(truncate(image->path, DISK + 1), 0);
}

static void do_touch(const struct image *image)
{
    const struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};

    ck_assert_int_eq(utimensat(AT_FDCWD, image->path, times, 0), 0);
}

START_TEST(a_changed_file_is_noticed)
{
    struct err err = {0};

    ck_assert_int_eq(check_after(do_nothing, &err), 0);
    ck_assert_int_eq(check_after(do_remove, &err), E_CHANGED);
    ck_assert_int_eq(check_after(do_replace, &err), E_CHANGED);
    ck_assert_int_eq(check_after(do_grow, &err), E_CHANGED);
    ck_assert_int_eq(check_after(do_touch, &err), E_CHANGED);
    ck_assert_ptr_nonnull(strstr(err.text, "changed while it was read"));
}
END_TEST

START_TEST(a_file_that_became_shorter_is_noticed_by_reading)
{
    struct image image = image_new();
    struct source *source = NULL;
    struct source_cursor *cursor;
    struct err err = {0};
    uint8_t back[DISK];

    save(&image, DISK);
    ck_assert_int_eq(open_source(image.path, SOURCE_ANY, UINT64_MAX, &source, &err), 0);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(truncate(image.path, DISK - 1), 0);
    ck_assert_int_eq(source_read(cursor, back, DISK - 1, 0, &err), 0);
    ck_assert_int_eq(source_read(cursor, back, DISK, 0, &err), E_CHANGED);
    ck_assert_ptr_nonnull(strstr(err.text, "became shorter while it was read"));
    source_cursor_free(cursor);
    source_close(source);
    scratch_done(&image.scratch);
}
END_TEST

UNIT_MAIN("image/source", a_file_without_marks_is_raw, a_valid_footer_makes_it_vhd,
          every_damaged_byte_of_a_footer_is_seen, footers_that_are_not_of_a_fixed_disk_are_refused,
          a_footer_alone_is_an_empty_disk, other_formats_are_told_by_their_first_bytes,
          the_limit_is_kept, only_regular_files_are_images, holes_are_passed_over,
          a_changed_file_is_noticed, a_file_that_became_shorter_is_noticed_by_reading)
