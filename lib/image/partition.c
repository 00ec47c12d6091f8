#include "image/partition.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "base/endian.h"
#include "image/partition_room.h"

/* The master boot record, one sector of 512 bytes. */
enum {
    SECTOR = 512,
    CODE_SIZE = 440, /* behind it the disk's signature */
    RECORDS_AT = 446,
    RECORD_SIZE = 16,
    RECORDS = 4,
    MARK_AT = 510, /* 0x55 0xaa */
};

/* A record. */
enum { STATUS_AT = 0, TYPE_AT = 4, FIRST_AT = 8, COUNT_AT = 12 };

enum { TYPE_NONE = 0, TYPE_PROTECTIVE = 0xee, TYPE_EFI = 0xef };

/* Logical partitions are a list on the disk, which could be without end. */
enum { LOGICAL_MAX = 128, LOGICAL_FIRST = 5 };

int disk_read(const struct disk_bytes *disk, void *bytes, size_t length, uint64_t offset,
              bool *ret_there, struct err *err)
{
    *ret_there = length <= disk->size && offset <= disk->size - length &&
                 (offset + length <= disk->head || offset >= disk->size - disk->tail);
    return *ret_there ? disk->read(disk->user, bytes, length, offset, err) : 0;
}

struct partition *partition_add(struct partitions *partitions, const struct disk_bytes *disk,
                                unsigned number, uint64_t first, uint64_t count)
{
    const uint64_t sectors = disk->size / partitions->sector;
    struct partition *const partition = VEC_ADD(partitions);

    partition->number = number;
    partition->outside = count == 0 || first > sectors || count > sectors - first;
    if (first <= PARTITION_BYTES_MAX / partitions->sector &&
        count <= PARTITION_BYTES_MAX / partitions->sector) {
        partition->start = first * partitions->sector;
        partition->size = count * partitions->sector;
    }
    return partition;
}

static bool has_mark(const uint8_t *sector)
{
    return sector[MARK_AT] == 0x55 && sector[MARK_AT + 1] == 0xaa;
}

static bool has_code(const uint8_t *sector)
{
    for (size_t i = 0; i < CODE_SIZE; i++)
        if (sector[i])
            return true;
    return false;
}

static bool is_used(const uint8_t *entry)
{
    return entry[TYPE_AT] != TYPE_NONE && little_get32(entry + COUNT_AT) != 0;
}

static bool is_extended(uint8_t type)
{
    return type == 0x05 || type == 0x0f || type == 0x85;
}

static const char *type_word(uint8_t type)
{
    static const struct {
        uint8_t type;
        const char *word;
    } words[] = {
        {0x01, "FAT"},           {0x04, "FAT"},
        {0x05, "extended"},      {0x06, "FAT"},
        {0x07, "NTFS or exFAT"}, {0x0b, "FAT"},
        {0x0c, "FAT"},           {0x0e, "FAT"},
        {0x0f, "extended"},      {0x27, "Windows recovery"},
        {0x82, "Linux swap"},    {0x83, "Linux file system"},
        {0x85, "extended"},      {0x8e, "Linux LVM"},
        {0xa5, "FreeBSD"},       {0xee, "GPT protective"},
        {0xef, "EFI system"},    {0xfd, "Linux RAID"},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].type == type)
            return words[i].word;
    return NULL;
}

static void add_record(struct partitions *partitions, const struct disk_bytes *disk,
                       unsigned number, const uint8_t *entry, uint64_t base)
{
    struct partition *const partition =
        partition_add(partitions, disk, number, base + little_get32(entry + FIRST_AT),
                      little_get32(entry + COUNT_AT));

    snprintf(partition->id, sizeof partition->id, "0x%02x", entry[TYPE_AT]);
    partition->type = type_word(entry[TYPE_AT]);
    if (entry[TYPE_AT] == TYPE_EFI)
        partitions->efi_system = true;
}

/* The logical partitions: each has a boot record in front of it, whose first entry it is and whose
 * second one says where the next boot record lies. A list that goes back is none. */
static int add_logical(struct partitions *partitions, const struct disk_bytes *disk, uint64_t base,
                       struct err *err)
{
    uint64_t at = base;

    for (unsigned number = LOGICAL_FIRST; number < LOGICAL_FIRST + LOGICAL_MAX; number++) {
        uint8_t sector[SECTOR];
        const uint8_t *const entry = sector + RECORDS_AT;
        const uint8_t *const next = entry + RECORD_SIZE;
        bool there;
        const int rc = disk_read(disk, sector, sizeof sector, at * SECTOR, &there, err);

        if (rc < 0 || !there || !has_mark(sector))
            return rc;
        if (is_used(entry))
            add_record(partitions, disk, number, entry, at);
        if (!is_extended(next[TYPE_AT]) || base + little_get32(next + FIRST_AT) <= at)
            return 0;
        at = base + little_get32(next + FIRST_AT);
    }
    return 0;
}

/* Whether the entries could be those of a partition table: the first sector of a file system has
 * the same mark, and a program or text where they would be. */
static bool is_table(const uint8_t *sector)
{
    bool used = false;

    for (const uint8_t *entry = sector + RECORDS_AT; entry < sector + MARK_AT;
         entry += RECORD_SIZE) {
        if (entry[STATUS_AT] != 0 && entry[STATUS_AT] != 0x80)
            return false;
        if (!is_used(entry))
            continue;
        if (little_get32(entry + FIRST_AT) == 0)
            return false;
        used = true;
    }
    return used;
}

static int read_records(struct partitions *partitions, const struct disk_bytes *disk,
                        const uint8_t *sector, struct err *err)
{
    int rc = 0;

    partitions->table = PARTITIONS_MBR;
    for (unsigned i = 0; i < RECORDS; i++) {
        const uint8_t *const entry = sector + RECORDS_AT + (size_t)i * RECORD_SIZE;

        if (is_used(entry))
            add_record(partitions, disk, i + 1, entry, 0);
    }
    for (unsigned i = 0; rc == 0 && i < RECORDS; i++) {
        const uint8_t *const entry = sector + RECORDS_AT + (size_t)i * RECORD_SIZE;

        if (is_extended(entry[TYPE_AT])) {
            rc = add_logical(partitions, disk, little_get32(entry + FIRST_AT), err);
            break; /* there is one */
        }
    }
    return rc;
}

static bool is_protective(const uint8_t *sector)
{
    for (unsigned i = 0; i < RECORDS; i++)
        if (sector[RECORDS_AT + i * RECORD_SIZE + TYPE_AT] == TYPE_PROTECTIVE)
            return true;
    return false;
}

static int read_tables(const struct disk_bytes *disk, struct partitions *ret, struct err *err)
{
    uint8_t sector[SECTOR];
    bool there, whole = false;
    int rc = disk_read(disk, sector, sizeof sector, 0, &there, err);

    if (rc < 0 || !there || !has_mark(sector))
        return rc;
    ret->boot_code = has_code(sector);
    if (!is_table(sector))
        return 0;
    if (!is_protective(sector))
        return read_records(ret, disk, sector, err);
    rc = gpt_read(disk, ret, &whole, err);
    ret->gpt_is_broken = rc == 0 && !whole;
    return rc;
}

int partitions_read(const struct disk_bytes *disk, struct partitions *ret, struct err *err)
{
    struct partitions partitions = {.table = PARTITIONS_NONE, .sector = SECTOR};
    const int rc = read_tables(disk, &partitions, err);

    if (rc < 0)
        partitions_done(&partitions);
    else
        *ret = partitions;
    return rc;
}

void partitions_done(struct partitions *partitions)
{
    for (size_t i = 0; i < partitions->count; i++)
        free(partitions->items[i].name);
    free(partitions->items);
    *partitions = (struct partitions){0};
}
