/* Dynamic VHDX ([MS-VHDX]): file identifier, two headers, two region tables, an empty log,
 * metadata, block allocation table (BAT), payload blocks in the order of the disk. So the file can
 * be written from front to back. All numbers are little-endian. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "codec/crc32c.h"
#include "codec/digest.h"
#include "base/endian.h"
#include "outlet/room.h"

enum { KIB = 1024, MIB = 1024 * KIB };

/* Where things are. Regions are whole MiB; the first MiB is the header section. */
enum {
    HEADER_AT = 64 * KIB, /* the second one 64 KiB behind it */
    HEADER_SIZE = 4 * KIB,
    REGIONS_AT = 192 * KIB, /* the second one 64 KiB behind it */
    REGIONS_SIZE = 64 * KIB,
    LOG_AT = 1 * MIB,
    LOG_SIZE = 1 * MIB,
    METADATA_AT = LOG_AT + LOG_SIZE,
    METADATA_SIZE = 1 * MIB,
    BAT_AT = METADATA_AT + METADATA_SIZE,
};

/* A block is in the file as a whole, so small ones keep files small; 1 MiB is the least there is,
 * and what Microsoft advises for disks of Linux, whose file systems spread out. Above, as many as
 * keep the BAT within 8 MiB: readers hold it in memory. */
enum { BLOCK_SHIFT_MIN = 20, BLOCKS_MAX = 1 << 20 };

#define VHDX_LIMIT ((uint64_t)64 << 40) /* [MS-VHDX] 2.6.2.2 */

enum { LOGICAL_SECTOR = 512, PHYSICAL_SECTOR = 4096 };

/* States of a block; in the BAT with its place in MiB above. One that is not there reads as
 * anything; one of zeros says what it is. */
enum { BLOCK_ZERO = 2, BLOCK_FULLY_PRESENT = 6 };
enum { BAT_ENTRY_SIZE = 8, BAT_PIECE = PIECE_SIZE / BAT_ENTRY_SIZE, BAT_PLACE_SHIFT = 20 };

enum { GUID_SIZE = 16 };

struct vhdx_plan {
    uint64_t entries;     /* of the BAT */
    uint64_t chunk;       /* payload blocks between two sector bitmap entries */
    uint64_t region_size; /* of the BAT */
    uint64_t data_at;
    struct parts parts;
};

static int vhdx_open(struct image_writer *writer, struct err *err)
{
    unsigned shift = BLOCK_SHIFT_MIN;

    (void)err;
    writer->size = number_divide_up(writer->size, LOGICAL_SECTOR) * LOGICAL_SECTOR;
    while (number_divide_up(writer->size, (uint64_t)1 << shift) > BLOCKS_MAX)
        shift++;
    writer->cluster_shift = shift;
    writer->layout = mem_new(1, sizeof(struct vhdx_plan));
    return 0;
}

static void vhdx_close(struct image_writer *writer)
{
    free(writer->layout);
}

/* --- the header section --- */

/* What the GUIDs of the file are of. */
enum guid_of { OF_FILE_WRITE = 1, OF_DATA_WRITE, OF_DISK };

/* A GUID made of the seed: variant and version (8, "custom") as RFC 9562 has them. */
static void put_guid(uint8_t out[static GUID_SIZE], const struct image_writer *writer,
                     enum guid_of which)
{
    struct xxh128 *hash = xxh128_new();
    const uint8_t number = (uint8_t)which;

    xxh128_add(hash, writer->request.seed, sizeof writer->request.seed);
    xxh128_add(hash, &number, sizeof number);
    xxh128_result(hash, out);
    xxh128_free(hash);
    out[7] = (uint8_t)((out[7] & 0x0f) | 0x80);
    out[8] = (uint8_t)((out[8] & 0x3f) | 0x80);
}

/* 2.2.1: who made it, in UTF-16. */
static bool fill_identifier(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    static const char creator[] = "sig";

    (void)writer;
    (void)index;
    memcpy(out, "vhdxfile", 8);
    for (size_t i = 0; i < sizeof creator; i++)
        little_put16(out + 8 + 2 * i, (uint16_t)creator[i]);
    return true;
}

/* 2.2.2: the one with the higher sequence number counts. No log: its GUID is zero. */
static void put_header(const struct image_writer *writer, uint64_t sequence, uint8_t *out)
{
    memcpy(out, "head", 4);
    little_put64(out + 8, sequence);
    put_guid(out + 16, writer, OF_FILE_WRITE);
    put_guid(out + 32, writer, OF_DATA_WRITE);
    little_put16(out + 66, 1); /* version */
    little_put32(out + 68, LOG_SIZE);
    little_put64(out + 72, LOG_AT);
    little_put32(out + 4, crc32c(0, out, HEADER_SIZE));
}

static bool fill_header_1(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    (void)index;
    put_header(writer, 1, out);
    return true;
}

static bool fill_header_2(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    (void)index;
    put_header(writer, 2, out);
    return true;
}

/* Well-known GUIDs, as they are in the file. */
static const uint8_t bat_region[GUID_SIZE] = {0x66, 0x77, 0xc2, 0x2d, 0x23, 0xf6, 0x00, 0x42,
                                              0x9d, 0x64, 0x11, 0x5e, 0x9b, 0xfd, 0x4a, 0x08};
static const uint8_t metadata_region[GUID_SIZE] = {0x06, 0xa2, 0x7c, 0x8b, 0x90, 0x47, 0x9a, 0x4b,
                                                   0xb8, 0xfe, 0x57, 0x5f, 0x05, 0x0f, 0x88, 0x6e};

static void put_region(uint8_t *out, const uint8_t guid[static GUID_SIZE], uint64_t at,
                       uint64_t size)
{
    memcpy(out, guid, GUID_SIZE);
    little_put64(out + 16, at);
    little_put32(out + 24, (uint32_t)size);
    little_put32(out + 28, 1); /* a reader must know it */
}

/* 2.2.3; two pieces of 64 KiB, both the same. */
static bool fill_regions(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct vhdx_plan *plan = writer->layout;

    (void)index;
    memcpy(out, "regi", 4);
    little_put32(out + 8, 2);
    put_region(out + 16, bat_region, BAT_AT, plan->region_size);
    put_region(out + 48, metadata_region, METADATA_AT, METADATA_SIZE);
    little_put32(out + 4, crc32c(0, out, REGIONS_SIZE));
    return true;
}

/* --- metadata --- */

enum item_kind { ITEM_FILE, ITEM_DISK }; /* what it is a property of */

struct item {
    uint8_t guid[GUID_SIZE];
    enum item_kind kind;
    uint32_t length;
};

/* 2.6.2 */
static const struct item items[] = {
    {{0x37, 0x67, 0xa1, 0xca, 0x36, 0xfa, 0x43, 0x4d, 0xb3, 0xb6, 0x33, 0xf0, 0xaa, 0x44, 0xe7,
      0x6b},
     ITEM_FILE,
     8}, /* file parameters: block size, and flags, all clear */
    {{0x24, 0x42, 0xa5, 0x2f, 0x1b, 0xcd, 0x76, 0x48, 0xb2, 0x11, 0x5d, 0xbe, 0xd8, 0x3b, 0xf4,
      0xb8},
     ITEM_DISK,
     8}, /* virtual disk size */
    {{0xab, 0x12, 0xca, 0xbe, 0xe6, 0xb2, 0x23, 0x45, 0x93, 0xef, 0xc3, 0x09, 0xe0, 0x00, 0xc7,
      0x46},
     ITEM_DISK,
     16}, /* page 83 data: the disk's identifier */
    {{0x1d, 0xbf, 0x41, 0x81, 0x6f, 0xa9, 0x09, 0x47, 0xba, 0x47, 0xf2, 0x33, 0xa8, 0xfa, 0xab,
      0x5f},
     ITEM_DISK,
     4}, /* logical sector size */
    {{0xc7, 0x48, 0xa3, 0xcd, 0x5d, 0x44, 0x71, 0x44, 0x9c, 0xc9, 0xe9, 0x88, 0x52, 0x51, 0xc5,
      0x56},
     ITEM_DISK,
     4}, /* physical sector size */
};

enum { ITEMS = sizeof items / sizeof *items, ITEM_FLAG_DISK = 2, ITEM_FLAG_REQUIRED = 4 };
enum { TABLE_SIZE = 64 * KIB, ITEM_ROOM = 16 }; /* items lie behind the table, each at 16 bytes */

static void put_metadata_table(uint8_t *out)
{
    memcpy(out, "metadata", 8);
    little_put16(out + 10, ITEMS);
    for (uint32_t i = 0; i < ITEMS; i++) {
        uint8_t *entry = out + 32 * (i + 1);

        memcpy(entry, items[i].guid, GUID_SIZE);
        little_put32(entry + 16, TABLE_SIZE + i * ITEM_ROOM);
        little_put32(entry + 20, items[i].length);
        little_put32(entry + 24,
                     ITEM_FLAG_REQUIRED | (items[i].kind == ITEM_DISK ? ITEM_FLAG_DISK : 0));
    }
}

/* In the order of `items`. */
static void put_metadata(const struct image_writer *writer, uint8_t *out)
{
    little_put32(out, (uint32_t)1 << writer->cluster_shift);
    little_put64(out + ITEM_ROOM, writer->size);
    put_guid(out + 2 * ITEM_ROOM, writer, OF_DISK);
    little_put32(out + 3 * ITEM_ROOM, LOGICAL_SECTOR);
    little_put32(out + 4 * ITEM_ROOM, PHYSICAL_SECTOR);
}

/* The table in the first piece, what it names in the second. */
static bool fill_metadata(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    if (index == 0)
        put_metadata_table(out);
    else if (index == 1)
        put_metadata(writer, out);
    return index <= 1;
}

/* --- BAT --- */

/* 2.5: behind every `chunk` entries of payload blocks is one of a sector bitmap, which only
 * differencing disks have. */
static bool fill_bat(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct vhdx_plan *plan = writer->layout;
    const struct clusters *clusters = &writer->clusters;
    const uint64_t first = index * BAT_PIECE;
    const uint64_t count = number_smaller(plan->entries - first, BAT_PIECE);

    if (first >= plan->entries)
        return false;
    for (uint64_t i = first; i < first + count; i++) {
        const uint64_t block = i - i / (plan->chunk + 1);
        uint64_t entry = BLOCK_ZERO;

        if (i % (plan->chunk + 1) == plan->chunk)
            continue;
        if (clusters_has(clusters, block))
            entry = (plan->data_at + (clusters_rank(clusters, block) << clusters->shift)) / MIB
                        << BAT_PLACE_SHIFT |
                    BLOCK_FULLY_PRESENT;
        little_put64(out + (i - first) * BAT_ENTRY_SIZE, entry);
    }
    return true;
}

static int vhdx_plan(struct image_writer *writer, struct err *err)
{
    struct vhdx_plan *plan = writer->layout;
    const struct clusters *clusters = &writer->clusters;

    (void)err;
    plan->chunk = ((uint64_t)LOGICAL_SECTOR << 23) >> clusters->shift;
    plan->entries = clusters->count + (clusters->count - 1) / plan->chunk;
    plan->region_size = number_divide_up(plan->entries * BAT_ENTRY_SIZE, MIB) * MIB;
    plan->data_at = BAT_AT + plan->region_size;
    writer->file_size = plan->data_at + (clusters->marked << clusters->shift);

    parts_add(&plan->parts, (struct part){0, HEADER_SIZE, fill_identifier});
    parts_add(&plan->parts, (struct part){HEADER_AT, HEADER_SIZE, fill_header_1});
    parts_add(&plan->parts, (struct part){HEADER_AT + 64 * KIB, HEADER_SIZE, fill_header_2});
    parts_add(&plan->parts, (struct part){REGIONS_AT, 2 * REGIONS_SIZE, fill_regions});
    parts_add(&plan->parts, (struct part){METADATA_AT, METADATA_SIZE, fill_metadata});
    parts_add(&plan->parts, (struct part){BAT_AT, plan->region_size, fill_bat});
    return 0;
}

static uint64_t vhdx_place(const struct image_writer *writer, uint64_t offset, uint64_t *ret_length)
{
    const struct vhdx_plan *plan = writer->layout;

    return clusters_place(&writer->clusters, plan->data_at, offset, ret_length);
}

static bool vhdx_piece(struct image_writer *writer, uint64_t *state, struct image_piece *ret)
{
    struct vhdx_plan *plan = writer->layout;

    return parts_piece(&plan->parts, writer, state, ret);
}

const struct image_writer_kind vhdx_writer_kind = {
    .format = IMAGE_VHDX,
    .forward = true,
    .name = "VHDX",
    .limit = VHDX_LIMIT,
    .open = vhdx_open,
    .close = vhdx_close,
    .plan = vhdx_plan,
    .place = vhdx_place,
    .piece = vhdx_piece,
};
