/* ext: what is no file system that is read, and a disk that cannot be read. What is read is held
 * against mkfs and debugfs by cli/image-version/diff-files. */
#include "files/ext.h"

#include <string.h>

#include "tests/unit/unit.h"

enum { SIZE = 1 << 20, START = 512, SUPER = START + 1024, FAILS_NOWHERE = -1 };

struct disk {
    uint8_t bytes[SIZE];
    int64_t fails; /* reads of this byte fail */
};

static int read_disk(void *user, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    const struct disk *disk = user;

    ck_assert(length <= SIZE && offset <= SIZE - length);
    if (disk->fails >= (int64_t)offset && disk->fails < (int64_t)(offset + length))
        return err_set(err, E_CORRUPT, "byte %lld is lost", (long long)disk->fails);
    memcpy(bytes, disk->bytes + offset, length);
    return 0;
}

static void put16(uint8_t *out, unsigned value)
{
    out[0] = (uint8_t)value;
    out[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *out, uint32_t value)
{
    put16(out, value & 0xffff);
    put16(out + 2, value >> 16);
}

/* A superblock that says no more than how many blocks of 1 KiB there are, in groups of how many. */
static struct disk *new_disk(uint32_t blocks, uint32_t in_group)
{
    struct disk *const disk = calloc(1, sizeof *disk);

    ck_assert_ptr_nonnull(disk);
    disk->fails = FAILS_NOWHERE;
    put32(disk->bytes + SUPER + 4, blocks);
    put32(disk->bytes + SUPER + 32, in_group);
    put16(disk->bytes + SUPER + 56, 0xef53);
    return disk;
}

/* Open it, release it, and say what came of that. */
static int try_open(struct disk *disk, uint64_t start, uint64_t size, struct err *err)
{
    const struct disk_bytes bytes = {.read = read_disk, .user = disk, .size = SIZE, .head = SIZE};
    struct ext *ext = NULL;
    const int rc = ext_open(&bytes, start, size, &ext, err);

    ext_close(ext);
    free(disk);
    return rc;
}

START_TEST(where_there_is_none)
{
    struct disk *disk = new_disk(100, 8192);
    struct err err = {0};

    disk->bytes[SUPER + 56]++;
    ck_assert_int_eq(try_open(disk, START, SIZE - START, &err), E_NOT_FOUND);
    ck_assert_int_eq(try_open(new_disk(100, 8192), START, 2047, &err), E_NOT_FOUND);
    ck_assert_int_eq(try_open(new_disk(100, 8192), START, SIZE, &err), E_NOT_FOUND);
    ck_assert_int_eq(try_open(new_disk(100, 8192), SIZE + 1, 0, &err), E_NOT_FOUND);
    ck_assert_int_eq(try_open(new_disk(100, 8192), UINT64_MAX, UINT64_MAX, &err), E_NOT_FOUND);
    ck_assert_int_eq(try_open(new_disk(100, 0), START, SIZE - START, &err), E_NOT_FOUND);
}
END_TEST

START_TEST(more_than_there_is_room_for)
{
    struct err err = {0};

    ck_assert_int_eq(try_open(new_disk(1024, 8192), START, SIZE - START, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.text, "larger than where it lies"));
    ck_assert_int_eq(try_open(new_disk(UINT32_MAX, 8192), START, SIZE - START, &err), E_INVALID);
}
END_TEST

START_TEST(descriptors_without_end)
{
    struct disk *const disk = new_disk(1000, 1);
    struct err err = {0};

    put32(disk->bytes + SUPER + 96, 0x80); /* 64 bits: a descriptor is as large as it says */
    put16(disk->bytes + SUPER + 254, 0xffff);
    ck_assert_int_eq(try_open(disk, START, SIZE - START, &err), E_UNSUPPORTED);
}
END_TEST

START_TEST(a_superblock_that_makes_no_sense)
{
    struct err err = {0};

    ck_assert_int_eq(try_open(new_disk(1000, 8192), START, SIZE - START, &err), E_INVALID);
}
END_TEST

START_TEST(the_error_of_the_disk_is_handed_on)
{
    struct disk *const disk = new_disk(1000, 8192);
    struct err err = {0};

    disk->fails = SUPER + 500;
    ck_assert_int_eq(try_open(disk, START, SIZE - START, &err), E_CORRUPT);
    ck_assert_str_eq(err.text, "byte 2036 is lost");
}
END_TEST

UNIT_MAIN("files/ext", where_there_is_none, more_than_there_is_room_for, descriptors_without_end,
          a_superblock_that_makes_no_sense, the_error_of_the_disk_is_handed_on)
