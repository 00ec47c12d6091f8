/* partition: tables made here, whole, damaged and made to mislead. */
#include "image/partition.h"

#include <string.h>

#include "codec/crc32.h"
#include "tests/unit/unit.h"

enum { SIZE = 4 << 20 };

struct disk {
    uint8_t bytes[SIZE];
    uint64_t size, head, tail;
    int fail; /* code of every read, or 0 */
};

static struct disk *disk_new(void)
{
    struct disk *disk = calloc(1, sizeof *disk);

    ck_assert_ptr_nonnull(disk);
    disk->size = disk->head = SIZE;
    return disk;
}

static int read_disk(void *user, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    const struct disk *disk = user;

    if (disk->fail)
        return err_set(err, disk->fail, "failed");
    ck_assert(length <= disk->size && offset <= disk->size - length);
    ck_assert(offset + length <= disk->head || offset >= disk->size - disk->tail);
    memcpy(bytes, disk->bytes + offset, length);
    return 0;
}

static struct partitions look(struct disk *disk)
{
    const struct disk_bytes bytes = {.read = read_disk,
                                     .user = disk,
                                     .size = disk->size,
                                     .head = disk->head,
                                     .tail = disk->tail};
    struct partitions partitions = {0};
    struct err err = {0};

    ck_assert_int_eq(partitions_read(&bytes, &partitions, &err), 0);
    return partitions;
}

static void put(uint8_t *at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> (8 * i));
}

static void mark(uint8_t *sector)
{
    sector[510] = 0x55;
    sector[511] = 0xaa;
}

static void set_record(uint8_t *sector, int index, uint8_t type, uint32_t first, uint32_t count)
{
    uint8_t *const entry = sector + 446 + (size_t)index * 16;

    mark(sector);
    entry[4] = type;
    put(entry + 8, first, 4);
    put(entry + 12, count, 4);
}

#define EFI   "\x28\x73\x2a\xc1\x1f\xf8\xd2\x11\xba\x4b\x00\xa0\xc9\x3e\xc9\x3b"
#define BIOS  "\x48\x61\x68\x21\x49\x64\x6f\x6e\x74\x4e\x65\x65\x64\x45\x46\x49"
#define LINUX "\xaf\x3d\xc6\x0f\x83\x84\x72\x47\x8e\x79\x3d\x69\xd8\x47\x7d\xe4"

enum { ENTRIES = 8 };

static uint8_t *entry_of(struct disk *disk, uint32_t sector, int index)
{
    return disk->bytes + 2 * (size_t)sector + (size_t)index * 128;
}

static void set_entry(struct disk *disk, uint32_t sector, int index, const char *type,
                      uint64_t first, uint64_t last)
{
    uint8_t *const entry = entry_of(disk, sector, index);

    memcpy(entry, type, 16);
    put(entry + 32, first, 8);
    put(entry + 40, last, 8);
}

static void seal_header(struct disk *disk, uint32_t sector, uint64_t own, uint64_t entries)
{
    uint8_t *const header = disk->bytes + own * sector;

    memset(header, 0, 92);
    memcpy(header, "EFI PART\0\0\1\0", 12);
    put(header + 12, 92, 4);
    put(header + 24, own, 8);
    put(header + 72, entries, 8);
    put(header + 80, ENTRIES, 4);
    put(header + 84, 128, 4);
    put(header + 88, crc32_of(disk->bytes + entries * sector, ENTRIES * 128), 4);
    put(header + 16, crc32_of(header, 92), 4);
}

/* Finish the primary table, and make the one at the end. */
static void seal(struct disk *disk, uint32_t sector)
{
    const uint64_t last = disk->size / sector - 1;

    set_record(disk->bytes, 0, 0xee, 1, UINT32_MAX);
    memcpy(disk->bytes + (last - 4) * sector, disk->bytes + 2 * (size_t)sector, ENTRIES * 128);
    seal_header(disk, sector, 1, 2);
    seal_header(disk, sector, last, last - 4);
}

static struct disk *gpt_new(uint32_t sector)
{
    struct disk *disk = disk_new();

    set_entry(disk, sector, 0, LINUX, 128, 255);
    set_entry(disk, sector, 4, EFI, 64, 127);
    memcpy(entry_of(disk, sector, 4) + 56, "E\0\xe9\0\xac\x20\x3d\xd8\x00\xde\x00\xd8x\0", 14);
    seal(disk, sector);
    return disk;
}

START_TEST(a_disk_without_anything_has_no_table)
{
    struct disk *disk = disk_new();
    struct partitions partitions = look(disk);

    ck_assert_int_eq(partitions.table, PARTITIONS_NONE);
    ck_assert(!partitions.boot_code && !partitions.gpt_is_broken);
    ck_assert_uint_eq(partitions.count, 0);
    memset(disk->bytes, 0xff, 500);
    partitions = look(disk);
    ck_assert(!partitions.boot_code);
    mark(disk->bytes);
    partitions = look(disk);
    ck_assert_int_eq(partitions.table, PARTITIONS_NONE);
    ck_assert(partitions.boot_code);
    disk->size = disk->head = 511;
    partitions = look(disk);
    ck_assert(!partitions.boot_code);
    free(disk);
}
END_TEST

START_TEST(records_are_partitions)
{
    struct disk *disk = disk_new();
    struct partitions partitions;

    set_record(disk->bytes, 0, 0x83, 2048, 100);
    set_record(disk->bytes, 1, 0x07, 4096, 0);
    set_record(disk->bytes, 2, 0xef, 4096, 4096);
    set_record(disk->bytes, 3, 0x99, 8000, 193);
    disk->bytes[439] = 1;
    partitions = look(disk);
    ck_assert_int_eq(partitions.table, PARTITIONS_MBR);
    ck_assert(partitions.boot_code && partitions.efi_system && !partitions.bios_boot);
    ck_assert_uint_eq(partitions.count, 3);
    ck_assert_uint_eq(partitions.items[0].number, 1);
    ck_assert_uint_eq(partitions.items[0].start, 1 << 20);
    ck_assert_uint_eq(partitions.items[0].size, 51200);
    ck_assert_str_eq(partitions.items[0].id, "0x83");
    ck_assert_str_eq(partitions.items[0].type, "Linux file system");
    ck_assert_uint_eq(partitions.items[1].number, 3);
    ck_assert_str_eq(partitions.items[1].type, "EFI system");
    ck_assert(!partitions.items[1].outside);
    ck_assert_str_eq(partitions.items[2].id, "0x99");
    ck_assert_ptr_null(partitions.items[2].type);
    ck_assert(partitions.items[2].outside);
    partitions_done(&partitions);
    /* Behind 440 bytes there is no code, but a signature of the disk. */
    disk->bytes[439] = 0;
    disk->bytes[440] = 1;
    partitions = look(disk);
    ck_assert(!partitions.boot_code);
    partitions_done(&partitions);
    free(disk);
}
END_TEST

START_TEST(a_boot_sector_is_not_taken_for_a_table)
{
    struct disk *disk = disk_new();
    struct partitions partitions;

    memset(disk->bytes + 3, 'x', 500);
    mark(disk->bytes);
    partitions = look(disk);
    ck_assert_int_eq(partitions.table, PARTITIONS_NONE);
    memset(disk->bytes, 0, 512);
    set_record(disk->bytes, 0, 0x83, 0, 8192);
    partitions = look(disk);
    ck_assert_int_eq(partitions.table, PARTITIONS_NONE);
    free(disk);
}
END_TEST

START_TEST(logical_partitions_are_followed)
{
    struct disk *disk = disk_new();
    struct partitions partitions;

    set_record(disk->bytes, 0, 0x0f, 1000, 4000);
    set_record(disk->bytes + 1000 * 512, 0, 0x83, 10, 100);
    set_record(disk->bytes + 1000 * 512, 1, 0x05, 500, 600);
    set_record(disk->bytes + 1500 * 512, 0, 0x82, 20, 200);
    partitions = look(disk);
    ck_assert_uint_eq(partitions.count, 3);
    ck_assert_str_eq(partitions.items[0].type, "extended");
    ck_assert_uint_eq(partitions.items[1].number, 5);
    ck_assert_uint_eq(partitions.items[1].start, 1010 * 512);
    ck_assert_uint_eq(partitions.items[2].number, 6);
    ck_assert_uint_eq(partitions.items[2].start, 1520 * 512);
    partitions_done(&partitions);
    /* In a circle, and on the spot. */
    set_record(disk->bytes + 1500 * 512, 1, 0x05, 500, 600);
    partitions = look(disk);
    ck_assert_uint_eq(partitions.count, 3);
    partitions_done(&partitions);
    set_record(disk->bytes + 1500 * 512, 1, 0x05, 0, 600);
    partitions = look(disk);
    ck_assert_uint_eq(partitions.count, 3);
    partitions_done(&partitions);
    /* Out of what can be read. */
    set_record(disk->bytes + 1500 * 512, 1, 0x05, UINT32_MAX, 600);
    partitions = look(disk);
    ck_assert_uint_eq(partitions.count, 3);
    partitions_done(&partitions);
    /* More of them than are looked at. */
    for (uint32_t i = 0; i < 300; i++) {
        set_record(disk->bytes + (1000 + i * 2) * 512, 0, 0x83, 1, 1);
        set_record(disk->bytes + (1000 + i * 2) * 512, 1, 0x05, i * 2 + 2, 2);
    }
    partitions = look(disk);
    ck_assert_uint_eq(partitions.count, 1 + 128);
    partitions_done(&partitions);
    free(disk);
}
END_TEST

static void check_gpt(struct disk *disk, uint32_t sector, bool from_backup)
{
    struct partitions partitions = look(disk);

    ck_assert_int_eq(partitions.table, PARTITIONS_GPT);
    ck_assert_uint_eq(partitions.sector, sector);
    ck_assert(partitions.from_backup == from_backup);
    ck_assert(partitions.efi_system && !partitions.bios_boot && !partitions.gpt_is_broken);
    ck_assert_uint_eq(partitions.count, 2);
    ck_assert_uint_eq(partitions.items[0].number, 1);
    ck_assert_uint_eq(partitions.items[0].start, (uint64_t)128 * sector);
    ck_assert_uint_eq(partitions.items[0].size, (uint64_t)128 * sector);
    ck_assert_str_eq(partitions.items[0].id, "0fc63daf-8483-4772-8e79-3d69d8477de4");
    ck_assert_ptr_null(partitions.items[0].name);
    ck_assert_uint_eq(partitions.items[1].number, 5);
    ck_assert_str_eq(partitions.items[1].id, "c12a7328-f81f-11d2-ba4b-00a0c93ec93b");
    ck_assert_str_eq(partitions.items[1].type, "EFI system");
    /* A pair, and half of one. */
    ck_assert_str_eq(partitions.items[1].name,
                     "E\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbdx");
    partitions_done(&partitions);
}

static void check_broken(struct disk *disk)
{
    struct partitions partitions = look(disk);

    ck_assert_int_eq(partitions.table, PARTITIONS_NONE);
    ck_assert(partitions.gpt_is_broken && !partitions.from_backup);
    ck_assert_uint_eq(partitions.count, 0);
    partitions_done(&partitions);
}

START_TEST(a_gpt_is_read_for_both_sizes_of_sectors)
{
    static const uint32_t sizes[] = {512, 4096};

    for (int i = 0; i < 2; i++) {
        struct disk *disk = gpt_new(sizes[i]);

        check_gpt(disk, sizes[i], false);
        free(disk);
    }
}
END_TEST

START_TEST(every_damaged_byte_of_a_gpt_is_seen)
{
    static const uint32_t sizes[] = {512, 4096};

    for (int i = 0; i < 2; i++) {
        struct disk *disk = gpt_new(sizes[i]);

        for (size_t at = 0; at < 92; at++) {
            disk->bytes[sizes[i] + at] ^= 4;
            check_gpt(disk, sizes[i], true);
            disk->bytes[sizes[i] + at] ^= 4;
        }
        disk->bytes[2 * sizes[i] + ENTRIES * 128 - 1] ^= 1;
        check_gpt(disk, sizes[i], true);
        disk->bytes[SIZE - sizes[i]] ^= 1;
        check_broken(disk);
        free(disk);
    }
}
END_TEST

START_TEST(headers_that_are_sealed_and_wrong_are_not_followed)
{
    static const struct {
        int at, bytes;
        uint64_t value;
    } wrong[] = {
        {12, 4, 91},  {12, 4, 513},        {12, 4, UINT32_MAX}, {24, 8, 2},
        {72, 8, 0},   {72, 8, 1},          {72, 8, UINT64_MAX}, {72, 8, SIZE / 512 - 1},
        {80, 4, 0},   {80, 4, UINT32_MAX}, {80, 4, 8193},       {84, 4, 0},
        {84, 4, 127}, {84, 4, UINT32_MAX}, {88, 4, 1},
    };
    struct disk *disk = gpt_new(512);

    memset(disk->bytes + SIZE - 512, 0, 512);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint8_t *const header = disk->bytes + 512;
        uint32_t size;

        seal_header(disk, 512, 1, 2);
        put(header + wrong[i].at, wrong[i].value, wrong[i].bytes);
        put(header + 16, 0, 4);
        size = wrong[i].at == 12 && wrong[i].value < 4096 ? (uint32_t)wrong[i].value : 92;
        put(header + 16, crc32_of(header, size), 4);
        check_broken(disk);
    }
    free(disk);
}
END_TEST

START_TEST(entries_that_cannot_be_are_outside)
{
    static const struct {
        uint64_t first, last;
        bool outside;
    } entries[] = {
        {64, 64, false},
        {64, SIZE / 512 - 1, false},
        {64, SIZE / 512, true},
        {64, 63, true},
        {UINT64_MAX, UINT64_MAX, true},
        {0, UINT64_MAX, true},
        {1, UINT64_MAX, true},
        {UINT64_MAX / 512, UINT64_MAX / 512, true},
    };

    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        struct disk *disk = disk_new();
        struct partitions partitions;

        set_entry(disk, 512, 0, BIOS, entries[i].first, entries[i].last);
        seal(disk, 512);
        partitions = look(disk);
        ck_assert_uint_eq(partitions.count, 1);
        ck_assert(partitions.bios_boot && !partitions.efi_system);
        ck_assert_msg(partitions.items[0].outside == entries[i].outside, "entry %zu", i);
        ck_assert_uint_le(partitions.items[0].start, PARTITION_BYTES_MAX);
        ck_assert_uint_le(partitions.items[0].size, PARTITION_BYTES_MAX);
        partitions_done(&partitions);
        free(disk);
    }
}
END_TEST

START_TEST(what_cannot_be_read_is_not_asked_for)
{
    struct disk *disk = gpt_new(512);
    const struct disk_bytes bytes = {.read = read_disk, .user = disk, .size = SIZE, .head = SIZE};
    struct partitions partitions = {0};
    struct err err = {0};

    disk->head = 8192;
    check_gpt(disk, 512, false);
    disk->bytes[600] ^= 1;
    check_broken(disk);
    disk->tail = 4 * 512;
    check_broken(disk);
    disk->tail = 5 * 512;
    check_gpt(disk, 512, true);
    disk->tail = 0;
    for (uint64_t size = 512; size < 16384; size += 512) {
        disk->size = disk->head = size;
        check_broken(disk);
    }
    disk->fail = E_INVALID;
    ck_assert_int_eq(partitions_read(&bytes, &partitions, &err), E_INVALID);
    ck_assert_uint_eq(partitions.count, 0);
    free(disk);
}
END_TEST

UNIT_MAIN("image/partition", a_disk_without_anything_has_no_table, records_are_partitions,
          a_boot_sector_is_not_taken_for_a_table, logical_partitions_are_followed,
          a_gpt_is_read_for_both_sizes_of_sectors, every_damaged_byte_of_a_gpt_is_seen,
          headers_that_are_sealed_and_wrong_are_not_followed, entries_that_cannot_be_are_outside,
          what_cannot_be_read_is_not_asked_for)
