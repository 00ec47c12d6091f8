/* VHDX: where the blocks of the disk are. Section 2.5 "BAT": an entry for each block, and behind
 * those of a chunk one for the sector bitmaps that differencing disks have. In other disks the
 * latter mean nothing; they are not looked at, since qemu up to 7.2 may have written any bytes
 * there. */
#include "image/vhdx.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/endian.h"

enum {
    TABLE_ENTRY = 8,
    AT_ONCE = 8192, /* that the table is walked with */
};

/* The lowest three bits of an entry; the upper 44 are where the block lies, in MiB. */
enum state {
    NOT_PRESENT = 0,
    UNDEFINED = 1,
    ZERO = 2,
    UNMAPPED = 3,
    FULLY_PRESENT = 6,
    PARTIALLY_PRESENT = 7,
};

#define STATE_MASK 7u
#define PLACE_MASK (~(uint64_t)(VHDX_MIB - 1))

/* Where the block of an entry lies, 0 when nowhere; false when its state may not be. What is not
 * present, undefined or unmapped may hold anything: it holds zeros. */
static bool read_entry(const uint8_t entry[static TABLE_ENTRY], uint64_t *ret)
{
    const uint64_t value = little_get64(entry);
    const unsigned state = value & STATE_MASK;

    *ret = state == FULLY_PRESENT ? value & PLACE_MASK : 0;
    return state <= UNMAPPED || (state == FULLY_PRESENT && *ret != 0);
}

/* Of the last block the file need not hold more than the disk does: qemu cuts it there. */
static int claim_block(const struct source *source, const struct vhdx_layout *layout,
                       uint64_t number, const uint8_t *entry, struct claims *claims,
                       struct err *err)
{
    const uint64_t length =
        number_smaller(layout->block_size, layout->size - number * layout->block_size);
    uint64_t place;

    if (!read_entry(entry, &place))
        return vhdx_damaged(source, err, "block %llu has state %u, which may not be",
                            (unsigned long long)number, entry[0] & STATE_MASK);
    if (place == 0 || claims_take(claims, place, length))
        return 0;
    if (length > source->info.size || place > source->info.size - length)
        return vhdx_damaged(source, err, "block %llu lies outside of the file",
                            (unsigned long long)number);
    return vhdx_damaged(source, err, "block %llu lies on something else",
                        (unsigned long long)number);
}

int vhdx_blocks_claim(const struct source *source, const struct vhdx_layout *layout,
                      struct claims *claims, struct err *err)
{
    const uint64_t blocks = number_divide_up(layout->size, layout->block_size);
    const uint64_t entries = blocks == 0 ? 0 : blocks + (blocks - 1) / layout->ratio;
    const uint64_t chunk = (uint64_t)layout->ratio + 1;
    uint8_t *part;
    int rc = 0;

    if (entries * TABLE_ENTRY > layout->table.length)
        return vhdx_damaged(source, err, "its block table is too small for %llu blocks",
                            (unsigned long long)blocks);
    part = mem_new(AT_ONCE, TABLE_ENTRY);
    for (uint64_t first = 0; rc == 0 && first < entries; first += AT_ONCE) {
        const size_t count = (size_t)number_smaller(entries - first, AT_ONCE);

        rc = source_file_read(source, part, count * TABLE_ENTRY,
                              layout->table.offset + first * TABLE_ENTRY, err);
        for (size_t i = 0; rc == 0 && i < count; i++)
            if ((first + i) % chunk != layout->ratio)
                rc = claim_block(source, layout, first + i - (first + i) / chunk,
                                 part + i * TABLE_ENTRY, claims, err);
    }
    free(part);
    return rc;
}

/* --- reading --- */

void *vhdx_scratch_new(const struct source *source)
{
    return pages_new(source);
}

void vhdx_scratch_free(void *scratch)
{
    pages_free(scratch);
}

static int find_block(struct source_cursor *cursor, uint64_t number, uint64_t *ret, struct err *err)
{
    const struct vhdx_layout *layout = cursor->source->layout;
    const uint64_t index = number + number / layout->ratio;
    uint8_t entry[TABLE_ENTRY];
    const int rc = pages_read(cursor->scratch, entry, sizeof entry,
                              layout->table.offset + index * TABLE_ENTRY, err);

    if (rc < 0)
        return rc;
    if (!read_entry(entry, ret))
        return err_set(err, E_CHANGED, "'%s' changed while it was read", cursor->source->path);
    return 0;
}

static struct blocks blocks_of(struct source_cursor *cursor)
{
    const struct vhdx_layout *layout = cursor->source->layout;

    return (struct blocks){
        .cursor = cursor,
        .block_size = layout->block_size,
        .place = find_block,
    };
}

int vhdx_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                   uint64_t *ret_end, struct err *err)
{
    const struct blocks blocks = blocks_of(cursor);

    return blocks_next_data(&blocks, offset, ret_start, ret_end, err);
}

int vhdx_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
              struct err *err)
{
    const struct blocks blocks = blocks_of(cursor);

    return blocks_read(&blocks, bytes, length, offset, err);
}
