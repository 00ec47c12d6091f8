/* partition: any bytes as the first and last sectors of a disk: partitions or none, never outside
 * of what can be read. Checksums are set right, or hardly anything would be behind them. */
#include "image/partition.h"

#include <string.h>

#include "base/text.h"
#include "codec/crc32.h"
#include "tests/fuzz/fuzz.h"

enum {
    HEADER = 92,
    HEADER_CRC = 16,
    ENTRIES_SECTOR = 72,
    COUNT = 80,
    WIDTH = 84,
    ENTRIES_CRC = 88
};

struct disk {
    uint8_t *bytes;
    size_t size;
};

static int read_disk(void *user, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    const struct disk *disk = user;

    (void)err;
    insist(length <= disk->size && offset <= disk->size - length);
    memcpy(bytes, disk->bytes + offset, length);
    return 0;
}

static uint32_t get32(const uint8_t *in)
{
    return in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24;
}

static void put32(uint8_t *out, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        out[i] = (uint8_t)(value >> (8 * i));
}

static void seal(struct disk *disk, size_t sector, size_t at)
{
    uint8_t *const header = disk->bytes + at;
    size_t entries, size;

    if (at > disk->size || disk->size - at < HEADER || memcmp(header, "EFI PART", 8) != 0)
        return;
    entries = (size_t)get32(header + ENTRIES_SECTOR) * sector;
    size = (size_t)get32(header + COUNT) * get32(header + WIDTH);
    if (size <= disk->size && entries <= disk->size - size)
        put32(header + ENTRIES_CRC, crc32_of(disk->bytes + entries, size));
    put32(header + HEADER_CRC, 0);
    put32(header + HEADER_CRC, crc32_of(header, HEADER));
}

static void check(const struct partitions *partitions)
{
    insist(partitions->table >= PARTITIONS_GPT && partitions->table <= PARTITIONS_NONE);
    insist(partitions->count <= 8192);
    for (size_t i = 0; i < partitions->count; i++) {
        const struct partition *const one = &partitions->items[i];

        insist(one->number >= 1 && one->id[0]);
        insist(one->start <= PARTITION_BYTES_MAX && one->size <= PARTITION_BYTES_MAX);
        insist(!one->name || (one->name[0] && text_is_utf8(one->name, strlen(one->name))));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct disk disk = {.size = size, .bytes = malloc(size + 1)};
    const struct disk_bytes bytes = {.read = read_disk, .user = &disk, .size = size, .head = size};

    insist(disk.bytes != NULL);
    memcpy(disk.bytes, data, size);
    for (int sealed = 0; sealed < 2; sealed++) {
        struct partitions partitions = {0};
        struct err err = {0};

        insist(partitions_read(&bytes, &partitions, &err) == 0);
        check(&partitions);
        partitions_done(&partitions);
        for (size_t sector = 512; sector <= 4096; sector *= 8) {
            seal(&disk, sector, sector);
            if (size >= 3 * sector)
                seal(&disk, sector, (size / sector - 1) * sector);
        }
    }
    free(disk.bytes);
    return 0;
}
