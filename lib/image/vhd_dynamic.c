/* Dynamic VHD: sections "Dynamic Disk Header Format", "Block Allocation Table and Data Blocks". In
 * front of the data of a block lies its bitmap: the sectors whose bit is clear were never written,
 * and are zeros whatever is in their place. */
#include "image/vhd.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "base/endian.h"

enum {
    HEADER_SIZE = 1024,
    TABLE_AT = 16,      /* u64 "table offset" */
    VERSION_AT = 24,    /* u32: major in the upper half */
    COUNT_AT = 28,      /* u32 "max table entries" */
    BLOCK_SIZE_AT = 32, /* u32 */
    CHECKSUM_AT = 36,   /* u32 */

    TABLE_ENTRY = 4,
    AT_ONCE = 16384, /* that the table is walked with */

    /* What Hyper-V makes is 512 KiB or 2 MiB. The upper bound, that of VHDX, keeps bitmaps small:
     * 64 KiB. */
    BLOCK_SIZE_MIN = 512 << 10,
    BLOCK_SIZE_MAX = 256 << 20,
};

#define NO_BLOCK UINT32_MAX

struct layout {
    uint64_t table;      /* byte of the file */
    uint32_t entries;    /* of it, one for each block of the disk and maybe more */
    uint32_t block_size; /* bytes */
    uint32_t bitmap;     /* bytes of a bitmap with its padding: the data lies behind it */
};

struct scratch {
    struct pages *table;
    uint64_t block;  /* whose bitmap is kept, plus one; 0: none */
    bool full;       /* all its bits are set */
    uint8_t *bitmap; /* without padding */
};

/* --- opening --- */

static size_t bitmap_length(const struct layout *layout)
{
    return layout->block_size / VHD_SECTOR / 8;
}

static int check_header(const struct source *source, const uint8_t header[static HEADER_SIZE],
                        struct err *err)
{
    const uint32_t block_size = big_get32(header + BLOCK_SIZE_AT);

    if (memcmp(header, "cxsparse", 8) != 0)
        return vhd_damaged(source, err, "its dynamic header is not where the footer says");
    if (big_get32(header + CHECKSUM_AT) != vhd_checksum(header, HEADER_SIZE, CHECKSUM_AT))
        return vhd_damaged(source, err, "the checksum of its dynamic header is wrong");
    if (big_get32(header + VERSION_AT) >> 16 != 1)
        return vhd_damaged(source, err, "its dynamic header has a version other than 1");
    if (block_size < BLOCK_SIZE_MIN || block_size > BLOCK_SIZE_MAX ||
        (block_size & (block_size - 1)) != 0)
        return vhd_damaged(source, err,
                           "its blocks have %lu bytes, not a power of two from %d KiB to %d MiB",
                           (unsigned long)block_size, BLOCK_SIZE_MIN >> 10, BLOCK_SIZE_MAX >> 20);
    return 0;
}

static int read_header(const struct source *source, uint64_t offset, struct layout *ret,
                       struct err *err)
{
    uint8_t header[HEADER_SIZE];
    int rc;

    if (source->info.size < HEADER_SIZE || offset > source->info.size - HEADER_SIZE)
        return vhd_damaged(source, err, "its dynamic header lies outside of the file");
    rc = source_file_read(source, header, sizeof header, offset, err);
    if (rc == 0)
        rc = check_header(source, header, err);
    if (rc < 0)
        return rc;
    *ret = (struct layout){
        .table = big_get64(header + TABLE_AT),
        .entries = big_get32(header + COUNT_AT),
        .block_size = big_get32(header + BLOCK_SIZE_AT),
    };
    ret->bitmap = (uint32_t)number_divide_up(bitmap_length(ret), VHD_SECTOR) * VHD_SECTOR;
    return 0;
}

/* Everything but blocks: footer, its copy, dynamic header, table. */
static int claim_tables(const struct source *source, const struct vhd_footer *footer,
                        const struct layout *layout, struct claims *claims, struct err *err)
{
    if (!claims_take(claims, 0, VHD_FOOTER_SIZE) ||
        !claims_take(claims, source->info.size - VHD_FOOTER_SIZE, VHD_FOOTER_SIZE) ||
        !claims_take(claims, footer->header_at, HEADER_SIZE))
        return vhd_damaged(source, err, "its dynamic header lies on a footer");
    if (!claims_take(claims, layout->table, (uint64_t)layout->entries * TABLE_ENTRY))
        return vhd_damaged(source, err,
                           "its block table lies outside of the file or on something else");
    return 0;
}

static int claim_block(const struct source *source, const struct layout *layout, uint64_t number,
                       uint64_t sector, struct claims *claims, struct err *err)
{
    const uint64_t place = sector * VHD_SECTOR;
    const uint64_t length = layout->bitmap + layout->block_size;

    if (claims_take(claims, place, length))
        return 0;
    if (length > source->info.size || place > source->info.size - length)
        return vhd_damaged(source, err, "block %llu lies outside of the file",
                           (unsigned long long)number);
    return vhd_damaged(source, err, "block %llu lies on something else",
                       (unsigned long long)number);
}

static int claim_blocks(const struct source *source, const struct layout *layout, uint64_t blocks,
                        struct claims *claims, struct err *err)
{
    uint8_t *part = mem_new(AT_ONCE, TABLE_ENTRY);
    uint64_t number = 0;
    int rc = 0;

    while (rc == 0 && number < blocks) {
        const size_t count = (size_t)number_smaller(blocks - number, AT_ONCE);

        rc = source_file_read(source, part, count * TABLE_ENTRY,
                              layout->table + number * TABLE_ENTRY, err);
        for (size_t i = 0; rc == 0 && i < count; i++) {
            const uint32_t sector = big_get32(part + i * TABLE_ENTRY);

            if (sector != NO_BLOCK)
                rc = claim_block(source, layout, number + i, sector, claims, err);
        }
        number += count;
    }
    free(part);
    return rc;
}

int vhd_dynamic_open(struct source *source, const struct vhd_footer *footer, struct err *err)
{
    struct claims *claims = NULL;
    struct layout layout;
    uint64_t blocks;
    int rc = read_header(source, footer->header_at, &layout, err);

    if (rc < 0)
        return rc;
    blocks = number_divide_up(footer->visible, layout.block_size);
    if (blocks > layout.entries)
        return vhd_damaged(source, err, "its block table has %lu entries; the disk has %llu blocks",
                           (unsigned long)layout.entries, (unsigned long long)blocks);
    claims = claims_new(source->info.size, VHD_SECTOR);
    rc = claim_tables(source, footer, &layout, claims, err);
    if (rc == 0)
        rc = claim_blocks(source, &layout, blocks, claims, err);
    claims_free(claims);
    if (rc < 0)
        return rc;
    source->size = footer->visible;
    source->variant = text_copy("dynamic");
    source->layout = mem_copy(&layout, sizeof layout);
    return 0;
}

/* --- reading --- */

void *vhd_dynamic_scratch_new(const struct source *source)
{
    const struct layout *layout = source->layout;
    struct scratch *scratch;

    if (!layout)
        return NULL;
    scratch = mem_new(1, sizeof *scratch);
    scratch->table = pages_new(source);
    scratch->bitmap = mem_new(bitmap_length(layout), 1);
    return scratch;
}

void vhd_dynamic_scratch_free(void *of_cursor)
{
    struct scratch *scratch = of_cursor;

    pages_free(scratch->table);
    free(scratch->bitmap);
    free(scratch);
}

/* Of the data of a block, which its bitmap lies in front of. */
static int find_data(struct source_cursor *cursor, uint64_t number, uint64_t *ret, struct err *err)
{
    const struct layout *layout = cursor->source->layout;
    const struct scratch *scratch = cursor->scratch;
    uint8_t entry[TABLE_ENTRY];
    const int rc =
        pages_read(scratch->table, entry, sizeof entry, layout->table + number * TABLE_ENTRY, err);

    if (rc < 0)
        return rc;
    *ret = 0;
    if (big_get32(entry) != NO_BLOCK)
        *ret = (uint64_t)big_get32(entry) * VHD_SECTOR + layout->bitmap;
    return 0;
}

static struct blocks blocks_of(struct source_cursor *cursor)
{
    const struct layout *layout = cursor->source->layout;

    return (struct blocks){
        .cursor = cursor,
        .block_size = layout->block_size,
        .place = find_data,
    };
}

int vhd_dynamic_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                          uint64_t *ret_end, struct err *err)
{
    const struct blocks blocks = blocks_of(cursor);

    return blocks_next_data(&blocks, offset, ret_start, ret_end, err);
}

/* Keep the bitmap of a block whose data lies at `place`. */
static int load_bitmap(struct source_cursor *cursor, uint64_t number, uint64_t place,
                       struct err *err)
{
    const struct layout *layout = cursor->source->layout;
    struct scratch *scratch = cursor->scratch;
    int rc;

    if (scratch->block == number + 1)
        return 0;
    scratch->block = 0;
    rc = source_file_read(cursor->source, scratch->bitmap, bitmap_length(layout),
                          place - layout->bitmap, err);
    if (rc < 0)
        return rc;
    scratch->block = number + 1;
    scratch->full = true;
    for (size_t i = 0; scratch->full && i < bitmap_length(layout); i++)
        scratch->full = scratch->bitmap[i] == 0xff;
    return 0;
}

/* The first sector has the highest bit of the first byte. */
static bool is_clear(const uint8_t *bitmap, uint32_t sector)
{
    return !(bitmap[sector / 8] & 0x80 >> sector % 8);
}

/* Bytes `from` to `end` of a block were read to `bytes`: zero those of sectors whose bit is clear.
 */
static void clear_holes(const uint8_t *bitmap, uint32_t from, uint32_t end, uint8_t *bytes)
{
    uint32_t at = from;

    while (at < end) {
        const uint32_t sector = at / VHD_SECTOR;
        const uint32_t next = (uint32_t)number_smaller((sector + 1) * VHD_SECTOR, end);

        if (is_clear(bitmap, sector))
            memset(bytes + (at - from), 0, next - at);
        at = next;
    }
}

int vhd_dynamic_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
                     struct err *err)
{
    const struct blocks blocks = blocks_of(cursor);
    const struct scratch *scratch = cursor->scratch;
    const uint64_t end = offset + length;
    uint8_t *out = bytes;
    int rc = blocks_read(&blocks, bytes, length, offset, err);

    while (rc == 0 && offset < end) {
        const uint64_t number = offset / blocks.block_size;
        const uint64_t start = number * blocks.block_size;
        const uint64_t stop = number_smaller(start + blocks.block_size, end);
        uint64_t place = 0;

        rc = find_data(cursor, number, &place, err);
        if (rc == 0 && place)
            rc = load_bitmap(cursor, number, place, err);
        if (rc == 0 && place && !scratch->full)
            clear_holes(scratch->bitmap, (uint32_t)(offset - start), (uint32_t)(stop - start), out);
        out += stop - offset;
        offset = stop;
    }
    return rc;
}
