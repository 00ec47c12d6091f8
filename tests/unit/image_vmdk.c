/* vmdk: images made here, so that each of their numbers can be wrong. */
#include "intake/open.h"

#include <string.h>

#include "base/mem.h"
#include "codec/cluster.h"
#include "os/staged.h"
#include "tests/unit/scratch.h"

enum {
    SECTOR = 512,
    GRAIN = 8 * SECTOR,
    TABLE = 512,     /* entries */
    GRAINS = 600,    /* of the disk; the last has one sector */
    DESCRIPTION = 1, /* sectors of the file from here on */
    DIRECTORY = 3,
    TABLES = 4,
    DATA = 12,
    FILE_SECTORS = 64,
};

#define DISK ((uint64_t)(GRAINS - 1) * GRAIN + SECTOR)

struct image {
    struct scratch scratch;
    char path[300];
    uint8_t bytes[FILE_SECTORS * SECTOR];
    size_t length;
    uint32_t next; /* sector for the next grain */
};

static void put(uint8_t *at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> (8 * i));
}

static void describe(struct image *image, const char *text)
{
    uint8_t *const at = image->bytes + (size_t)DESCRIPTION * SECTOR;

    memset(at, 0, 2 * SECTOR);
    memcpy(at, text, strlen(text));
}

#define DESCRIBED(type, extent)                                                                    \
    "# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType=\"" type              \
    "\"\n\n# Extent description\n" extent "\n\nddb.adapterType = \"ide\"\n"

static const char sparse[] = DESCRIBED("monolithicSparse", "RW 4793 SPARSE \"disk.vmdk\"");
static const char stream[] = DESCRIBED("streamOptimized", "RDONLY 4793 SPARSE \"s.vmdk\"");

/* A disk without any data. */
static struct image image_new(uint32_t flags)
{
    struct image image = {.scratch = scratch_new(), .next = DATA, .length = DATA * SECTOR};
    uint8_t *const header = image.bytes;

    snprintf(image.path, sizeof image.path, "%s/disk", image.scratch.path);
    memcpy(header, "KDMV", 4);
    put(header + 4, 1, 4);
    put(header + 8, flags | 1, 4);
    put(header + 12, DISK / SECTOR, 8);
    put(header + 20, GRAIN / SECTOR, 8);
    put(header + 28, DESCRIPTION, 8);
    put(header + 36, DIRECTORY - DESCRIPTION, 8);
    put(header + 44, TABLE, 4);
    put(header + 56, DIRECTORY, 8);
    put(header + 64, DATA, 8);
    memcpy(header + 73, "\n \r\n", 4);
    put(header + 77, flags & 0x10000 ? 1 : 0, 2);
    put(image.bytes + DIRECTORY * SECTOR, TABLES, 4);
    put(image.bytes + DIRECTORY * SECTOR + 4, TABLES + 4, 4);
    describe(&image, flags & 0x10000 ? stream : sparse);
    return image;
}

enum { COMPRESSED = 0x30000, ZERO_GRAINS = 4 };

static void set_entry(struct image *image, uint32_t number, uint32_t sector)
{
    put(image->bytes + (size_t)TABLES * SECTOR + (size_t)number * 4, sector, 4);
}

static void fill(uint8_t *grain, uint32_t number)
{
    for (int i = 0; i < GRAIN; i++)
        grain[i] = (uint8_t)(i / 9 + (int)number * 31);
    grain[0] = 1;
}

static uint32_t take(struct image *image, size_t length)
{
    const uint32_t sector = image->next;

    ck_assert_uint_le((size_t)sector * SECTOR + length, sizeof image->bytes);
    image->next += (uint32_t)((length + SECTOR - 1) / SECTOR);
    image->length = (size_t)image->next * SECTOR;
    return sector;
}

static uint32_t add_plain(struct image *image, uint32_t number)
{
    const uint32_t sector = take(image, GRAIN);

    fill(image->bytes + (size_t)sector * SECTOR, number);
    set_entry(image, number, sector);
    return sector;
}

/* A compressed grain of which only `used` bytes were given to the compressor. */
static uint32_t add_packed(struct image *image, uint32_t number, size_t used)
{
    struct cluster_coder *coder = cluster_coder_new();
    uint8_t grain[GRAIN], packed[2 * GRAIN];
    uint8_t *at;
    uint32_t sector;
    size_t length;

    fill(grain, number);
    length = cluster_pack(coder, CLUSTER_ZLIB, 1, grain, used, packed, sizeof packed);
    ck_assert_uint_gt(length, 0);
    cluster_coder_free(coder);
    sector = take(image, length + 12);
    at = image->bytes + (size_t)sector * SECTOR;
    put(at, (uint64_t)number * (GRAIN / SECTOR), 8);
    put(at + 8, length, 4);
    memcpy(at + 12, packed, length);
    set_entry(image, number, sector);
    return sector;
}

/* Move the directory to the end: marker of the footer, footer, marker of the end. */
static void end_stream(struct image *image)
{
    const uint32_t sector = take(image, 3 * SECTOR);
    uint8_t *const at = image->bytes + (size_t)sector * SECTOR;

    put(at, 1, 8);
    put(at + 12, 3, 4);
    memcpy(at + SECTOR, image->bytes, SECTOR);
    put(image->bytes + 56, UINT64_MAX, 8);
}

static void save(const struct image *image)
{
    struct err err = {0};

    ck_assert_int_eq(
        staged_write_file(image->scratch.fd, "disk", image->bytes, image->length, &err), 0);
}

static struct source *open_image(const struct image *image)
{
    const struct source_request request = {.path = image->path, .limit = UINT64_MAX};
    struct source *source = NULL;
    struct err err = {0};

    save(image);
    ck_assert_msg(source_open(&request, &source, &err) == 0, "%s", err.text);
    ck_assert_str_eq(source_format_name(source), "vmdk");
    return source;
}

static void check_refused(const struct image *image, int code, const char *part)
{
    struct source_request request = {.path = image->path, .limit = UINT64_MAX};
    struct source *source = NULL;
    struct err err = {0};

    save(image);
    ck_assert_msg(source_open(&request, &source, &err) == code, "%s: %s", part, err.text);
    ck_assert_msg(strstr(err.text, part) != NULL, "'%s' is not in '%s'", part, err.text);
    ck_assert_msg(err.hint[0] != '\0', "no hint: %s", err.text);
    request.format = SOURCE_VMDK;
    ck_assert_int_eq(source_open(&request, &source, &err), code);
    request.format = SOURCE_RAW;
    ck_assert_int_eq(source_open(&request, &source, &err), 0);
    source_close(source);
}

/* What the whole disk should be, from the grains that hold data. */
static uint8_t *expected(const uint32_t *numbers, size_t count)
{
    uint8_t *const disk = mem_new(GRAINS, GRAIN);

    for (size_t i = 0; i < count; i++)
        fill(disk + (size_t)numbers[i] * GRAIN, numbers[i]);
    return disk;
}

/* Read in pieces of many sizes, from front to back and at single places. */
static void check_bytes(const struct source *source, const uint8_t *disk)
{
    static const size_t pieces[] = {DISK, GRAIN, 3 * GRAIN, 5000, 700, 2 * TABLE * 512};
    struct source_cursor *cursor = source_cursor_new(source);
    uint8_t *const back = mem_new(GRAINS, GRAIN);
    struct err err = {0};

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (uint64_t at = 0; at < DISK; at += pieces[i]) {
            const size_t length = DISK - at < pieces[i] ? (size_t)(DISK - at) : pieces[i];

            ck_assert_msg(source_read(cursor, back, length, at, &err) == 0, "%s", err.text);
            ck_assert_mem_eq(back, disk + at, length);
        }
    for (uint64_t at = 0, i = 0; i < 3000; i++, at = (at + 1000003) % (DISK - 100)) {
        ck_assert_int_eq(source_read(cursor, back, 100, at, &err), 0);
        ck_assert_mem_eq(back, disk + at, 100);
    }
    free(back);
    source_cursor_free(cursor);
}

struct range {
    uint64_t start, end;
};

static void check_ranges(const struct source *source, const struct range *ranges, size_t count)
{
    struct source_cursor *cursor = source_cursor_new(source);
    struct err err = {0};
    uint64_t start = 0, end = 0;

    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(source_next_data(cursor, end, &start, &end, &err), 0);
        ck_assert_uint_eq(start, ranges[i].start);
        ck_assert_uint_eq(end, ranges[i].end);
        ck_assert_int_eq(source_next_data(cursor, start + 1, &start, &end, &err), 0);
        ck_assert_uint_eq(start, ranges[i].start + 1);
    }
    ck_assert_int_eq(source_next_data(cursor, end, &start, &end, &err), 0);
    ck_assert_uint_eq(start, source_size(source));
    ck_assert_uint_eq(end, source_size(source));
    source_cursor_free(cursor);
}

static const uint32_t numbers[] = {0, 1, 5, 511, 512, GRAINS - 1};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

#define WHERE                                                                                      \
    {                                                                                              \
        {0, 2 * GRAIN}, {5 * GRAIN, 6 * GRAIN}, {511 * GRAIN, 513 * GRAIN}, {DISK - SECTOR, DISK}, \
    }

START_TEST(plain_grains_are_found)
{
    static const struct range ranges[] = WHERE;
    struct image image = image_new(0);
    uint8_t *const disk = expected(numbers, NUMBERS);
    struct source *source;

    for (size_t i = 0; i < NUMBERS; i++)
        add_plain(&image, numbers[i]);
    /* Nothing of the last grain but what belongs to the disk. */
    image.length -= GRAIN - SECTOR;
    source = open_image(&image);
    ck_assert_str_eq(source_variant(source), "monolithicSparse");
    ck_assert_uint_eq(source_size(source), DISK);
    check_ranges(source, ranges, sizeof ranges / sizeof *ranges);
    check_bytes(source, disk);
    source_close(source);
    free(disk);
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(grains_lie_in_any_order)
{
    struct image image = image_new(0);
    uint8_t *const disk = expected(numbers, NUMBERS);
    struct source *source;

    for (size_t i = NUMBERS; i-- > 0;)
        add_plain(&image, numbers[i]);
    source = open_image(&image);
    check_bytes(source, disk);
    source_close(source);
    free(disk);
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(grains_of_zeros_and_absent_tables_are_holes)
{
    struct image image = image_new(ZERO_GRAINS);
    const struct range range = {2 * GRAIN, 3 * GRAIN};
    const uint32_t number = 2;
    uint8_t *const disk = expected(&number, 1);
    struct source *source;

    set_entry(&image, 1, 1);
    add_plain(&image, number);
    set_entry(&image, 3, 1);
    put(image.bytes + DIRECTORY * SECTOR + 4, 0, 4);
    source = open_image(&image);
    check_ranges(source, &range, 1);
    check_bytes(source, disk);
    source_close(source);
    put(image.bytes + DIRECTORY * SECTOR, 0, 4);
    source = open_image(&image);
    check_ranges(source, NULL, 0);
    source_close(source);
    free(disk);
    scratch_done(&image.scratch);
}
END_TEST

static void check_packed(bool at_end, size_t last)
{
    static const struct range ranges[] = WHERE;
    struct image image = image_new(COMPRESSED);
    uint8_t *const disk = expected(numbers, NUMBERS);
    struct source *source;

    for (size_t i = 0; i < NUMBERS; i++)
        add_packed(&image, numbers[i], numbers[i] == GRAINS - 1 ? last : GRAIN);
    if (at_end)
        end_stream(&image);
    source = open_image(&image);
    ck_assert_str_eq(source_variant(source), "streamOptimized");
    check_ranges(source, ranges, sizeof ranges / sizeof *ranges);
    check_bytes(source, disk);
    source_close(source);
    free(disk);
    scratch_done(&image.scratch);
}

START_TEST(compressed_grains_are_found)
{
    check_packed(false, GRAIN);
    check_packed(false, SECTOR);
}
END_TEST

START_TEST(a_stream_says_at_its_end_where_its_directory_is)
{
    struct image image = image_new(COMPRESSED);

    check_packed(true, SECTOR);
    end_stream(&image);
    image.bytes[image.length - 2 * SECTOR + 12] ^= 8;
    check_refused(&image, E_INVALID, "its header and its footer contradict each other");
    image.bytes[image.length - 2 * SECTOR + 12] ^= 8;
    image.length -= SECTOR;
    check_refused(&image, E_INVALID, "is cut short: its footer is not at its end");
    image.length = 3 * SECTOR;
    check_refused(&image, E_INVALID, "is cut short: its footer is not at its end");
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(the_description_knows_the_size_where_the_header_was_rounded_up)
{
    struct image image = image_new(0);
    struct source *source;

    put(image.bytes + 12, GRAINS * (GRAIN / SECTOR), 8);
    source = open_image(&image);
    ck_assert_uint_eq(source_size(source), DISK);
    source_close(source);
    put(image.bytes + 12, (GRAINS + 1) * (GRAIN / SECTOR), 8);
    check_refused(&image, E_INVALID, "its description for 4793 sectors");
    put(image.bytes + 12, DISK / SECTOR - 1, 8);
    check_refused(&image, E_INVALID, "its description for 4793 sectors");
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(headers_that_cannot_be_are_refused)
{
    static const struct {
        int at, bytes;
        uint64_t value;
        int code;
        const char *part;
    } wrong[] = {
        {4, 4, 0, E_UNSUPPORTED, "is of version 0"},
        {4, 4, 4, E_UNSUPPORTED, "is of version 4"},
        {8, 4, 0x41, E_UNSUPPORTED, "has features that are not known (flags 0x40)"},
        {8, 4, 0x30001, E_INVALID, "compressed in an unknown way"},
        {12, 8, UINT64_MAX, E_INVALID, "a disk of 18446744073709551615 sectors"},
        {12, 8, ((uint64_t)1 << 37) + 1, E_INVALID, "a disk of 137438953473 sectors"},
        {20, 8, 0, E_INVALID, "a grain of 0 sectors"},
        {20, 8, 4, E_INVALID, "a grain of 4 sectors"},
        {20, 8, 24, E_INVALID, "a grain of 24 sectors"},
        {20, 8, 4096, E_INVALID, "a grain of 4096 sectors"},
        {28, 8, 0, E_UNSUPPORTED, "is one extent of a VMDK"},
        {28, 8, UINT64_MAX, E_INVALID, "its description is of an impossible size"},
        {28, 8, UINT64_MAX / 512, E_INVALID, "its description lies outside the file"},
        {36, 8, 0, E_UNSUPPORTED, "is one extent of a VMDK"},
        {36, 8, 129, E_INVALID, "its description is of an impossible size"},
        {36, 8, 128, E_INVALID, "its description lies outside the file"},
        {44, 4, 256, E_INVALID, "a grain table of 256 entries"},
        {56, 8, UINT64_MAX - 1, E_INVALID, "its grain directory lies outside the file"},
        {56, 8, UINT64_MAX / 512, E_INVALID, "the grain directory lies outside the file"},
        {56, 8, UINT64_MAX, E_INVALID, "its footer is not at its end"},
        {56, 8, 0, E_INVALID, "the grain directory lies on something else"},
        {56, 8, DESCRIPTION, E_INVALID, "the grain directory lies on something else"},
        {73, 1, '\r', E_INVALID, "its line ends were converted"},
    };
    struct image image = image_new(0);

    add_plain(&image, 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint8_t kept[8];

        memcpy(kept, image.bytes + wrong[i].at, sizeof kept);
        put(image.bytes + wrong[i].at, wrong[i].value, wrong[i].bytes);
        check_refused(&image, wrong[i].code, wrong[i].part);
        memcpy(image.bytes + wrong[i].at, kept, sizeof kept);
    }
    put(image.bytes + 8, 0x10001, 4);
    put(image.bytes + 77, 1, 2);
    check_refused(&image, E_INVALID, "do not say how long they are");
    image.length = 300;
    check_refused(&image, E_INVALID, "shorter than its header");
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(parts_that_overlap_or_lie_outside_are_refused)
{
    struct image image = image_new(0);
    uint8_t *const directory = image.bytes + DIRECTORY * SECTOR;
    uint32_t sector;

    sector = add_plain(&image, 3);
    add_plain(&image, 4);
    set_entry(&image, 5, sector + 7);
    check_refused(&image, E_INVALID, "a grain lies on something else");
    set_entry(&image, 5, TABLES);
    check_refused(&image, E_INVALID, "a grain lies on something else");
    set_entry(&image, 5, 1);
    check_refused(&image, E_INVALID, "a grain lies on something else");
    set_entry(&image, 5, image.next);
    check_refused(&image, E_INVALID, "a grain lies outside the file");
    set_entry(&image, 5, UINT32_MAX);
    check_refused(&image, E_INVALID, "a grain lies outside the file");
    set_entry(&image, 5, 0);
    put(directory + 4, TABLES, 4);
    check_refused(&image, E_INVALID, "a grain table lies on something else");
    put(directory + 4, UINT32_MAX, 4);
    check_refused(&image, E_INVALID, "a grain table lies outside the file");
    put(directory + 4, DIRECTORY, 4);
    check_refused(&image, E_INVALID, "a grain table lies on something else");
    scratch_done(&image.scratch);
}
END_TEST

static void check_unreadable(const struct image *image, const char *part)
{
    struct source *source = open_image(image);
    struct source_cursor *cursor = source_cursor_new(source);
    struct err err = {0};
    uint8_t byte, grain[GRAIN];

    ck_assert_int_eq(source_read(cursor, &byte, 1, 0, &err), E_INVALID);
    ck_assert_msg(strstr(err.text, part) != NULL, "'%s' is not in '%s'", part, err.text);
    ck_assert_int_ne(err.hint[0], '\0');
    ck_assert_int_eq(source_read(cursor, grain, sizeof grain, 0, &err), E_INVALID);
    ck_assert_int_eq(source_read(cursor, grain, sizeof grain, 9 * GRAIN, &err), 0);
    source_cursor_free(cursor);
    source_close(source);
}

START_TEST(compressed_grains_are_those_of_their_place)
{
    struct image image = image_new(COMPRESSED);
    uint8_t *const at = image.bytes + (size_t)add_packed(&image, 0, GRAIN) * SECTOR;
    uint8_t kept[16];

    add_packed(&image, 9, GRAIN);
    memcpy(kept, at, sizeof kept);
    put(at, 8, 8);
    check_unreadable(&image, "its grain 0 says that it is of sector 8");
    memcpy(at, kept, sizeof kept);
    put(at + 8, 0, 4);
    check_unreadable(&image, "is of 0 bytes compressed");
    put(at + 8, 2 * GRAIN + 1, 4);
    check_unreadable(&image, "is of 8193 bytes compressed");
    put(at + 8, 2 * GRAIN, 4);
    check_unreadable(&image, "does not end within the file");
    put(at + 8, 20, 4);
    check_unreadable(&image, "cannot be decompressed");
    memcpy(at, kept, sizeof kept);
    at[13] ^= 0xff;
    check_unreadable(&image, "cannot be decompressed");
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(compressed_grains_overlap_nothing_and_are_whole)
{
    struct image image = image_new(COMPRESSED);
    const uint32_t first = add_packed(&image, 0, GRAIN);
    const uint32_t last = add_packed(&image, 9, GRAIN);

    set_entry(&image, 10, first);
    check_refused(&image, E_INVALID, "a compressed grain lies on something else");
    set_entry(&image, 10, DIRECTORY);
    check_refused(&image, E_INVALID, "a compressed grain lies on something else");
    set_entry(&image, 10, image.next);
    check_refused(&image, E_INVALID, "a compressed grain lies outside the file");
    set_entry(&image, 10, 0);
    image.length = (size_t)last * SECTOR + 40;
    check_refused(&image, E_INVALID, "is cut short within its last grain");
    image.length = (size_t)last * SECTOR + 11;
    check_refused(&image, E_INVALID, "a compressed grain lies outside the file");
    scratch_done(&image.scratch);
}
END_TEST

/* A compressed grain that is shorter than the disk needs, or longer. */
START_TEST(a_grain_is_of_its_size)
{
    struct image image = image_new(COMPRESSED);

    add_packed(&image, 0, GRAIN - 1);
    add_packed(&image, 9, GRAIN);
    check_unreadable(&image, "cannot be decompressed");
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(descriptions_of_other_disks_are_refused)
{
    static const struct {
        const char *text;
        int code;
        const char *part;
    } wrong[] = {
        {"", E_UNSUPPORTED, "one extent of a VMDK"},
        {"createType=\"monolithicSparse\"\n", E_INVALID, "names no extent"},
        {"RW 4793 SPARSE \"disk\"\n", E_UNSUPPORTED, "is of type ''"},
        {DESCRIBED("monolithicFlat", "RW 4793 FLAT \"disk\" 0"), E_UNSUPPORTED,
         "is of type 'monolithicFlat' with 1 extents: its data lies in other files"},
        {DESCRIBED("monolithicSparse", "RW 4793 FLAT \"disk\" 0"), E_UNSUPPORTED, "in other files"},
        {DESCRIBED("monolithicSparse", "RW 4793 SPARSE \"a\"\nRW 4793 SPARSE \"b\""), E_UNSUPPORTED,
         "with 2 extents"},
        {DESCRIBED("twoGbMaxExtentSparse", "RW 4793 SPARSE \"a\""), E_UNSUPPORTED,
         "is of type 'twoGbMaxExtentSparse'"},
        {DESCRIBED("monolithicSparse", "RW 4793 SPARSE \"a\"\nparentCID=12345678"), E_UNSUPPORTED,
         "is a snapshot: it holds only what differs from its parent"},
        {DESCRIBED("monolithicSparse",
                   "RW 4793 SPARSE \"a\"\r\nparentFileNameHint = \"C:\\base.vmdk\"\r"),
         E_UNSUPPORTED, "from its parent 'C:\\base.vmdk'"},
        {DESCRIBED("monolithicSparse", "RW 4793 SPARSE \"a\"\nencryption.keySafe = \"x\""),
         E_UNSUPPORTED, "is encrypted"},
        {DESCRIBED("monolithicSparse", "RW 99999999999999999999 SPARSE \"a\""), E_INVALID,
         "its description for 0 sectors"},
        {DESCRIBED("monolithicSparse", "RW -1 SPARSE \"a\""), E_INVALID, "for 0 sectors"},
        {DESCRIBED("monolithicSparse", "RW 4793"), E_UNSUPPORTED, "in other files"},
    };
    struct image image = image_new(0);

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        describe(&image, wrong[i].text);
        check_refused(&image, wrong[i].code, wrong[i].part);
    }
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(descriptions_are_read_as_others_write_them)
{
    struct image image = image_new(0);
    struct source *source;

    describe(&image,
             "# Disk DescriptorFile\r\nversion=1\r\nencoding=\"UTF-8\"\r\nparentCID=FFFFFFFF"
             "\r\nparentFileNameHint=\"\"\r\n  createtype = \"monolithicsparse\" "
             "\r\n\tRW\t4793\tSPARSE\t\"a b.vmdk\"\r\n"
             "no equals sign\r\n=\r\n");
    source = open_image(&image);
    ck_assert_str_eq(source_variant(source), "monolithicSparse");
    ck_assert_uint_eq(source_size(source), DISK);
    source_close(source);
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(files_that_only_describe_or_are_a_part_are_refused)
{
    struct image image = image_new(0);
    const char *const text = DESCRIBED("vmfs", "RW 4793 VMFS \"disk-flat.vmdk\"");

    image.length = strlen(text);
    memcpy(image.bytes, text, image.length);
    check_refused(&image, E_UNSUPPORTED, "its data lies in 'disk-flat.vmdk'");
    memcpy(image.bytes, "COWD", 4);
    check_refused(&image, E_UNSUPPORTED, "an extent of a VMDK of type 'vmfsSparse'");
    memcpy(image.bytes, "\xbe\xba\xfe\xca\0\0\0\0", 8);
    check_refused(&image, E_UNSUPPORTED, "an extent of a VMDK of type 'seSparse'");
    scratch_done(&image.scratch);
}
END_TEST

START_TEST(what_does_not_begin_as_one_is_none)
{
    struct image image = image_new(0);
    const struct source_request request = {
        .path = image.path, .format = SOURCE_VMDK, .limit = UINT64_MAX};
    struct source *source = NULL;
    struct err err = {0};

    image.bytes[0] = 'k';
    save(&image);
    ck_assert_int_eq(source_open(&request, &source, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.text, "is no VMDK"));
    scratch_done(&image.scratch);
}
END_TEST

UNIT_MAIN("image/vmdk", plain_grains_are_found, grains_lie_in_any_order,
          grains_of_zeros_and_absent_tables_are_holes, compressed_grains_are_found,
          a_stream_says_at_its_end_where_its_directory_is,
          the_description_knows_the_size_where_the_header_was_rounded_up,
          headers_that_cannot_be_are_refused, parts_that_overlap_or_lie_outside_are_refused,
          compressed_grains_are_those_of_their_place,
          compressed_grains_overlap_nothing_and_are_whole, a_grain_is_of_its_size,
          descriptions_of_other_disks_are_refused, descriptions_are_read_as_others_write_them,
          files_that_only_describe_or_are_a_part_are_refused, what_does_not_begin_as_one_is_none)
