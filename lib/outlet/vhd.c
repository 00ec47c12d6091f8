/* VHD, fixed and dynamic. "Virtual Hard Disk Image Format Specification", version 1.0, Microsoft
 * 2006. All numbers are big-endian; times, here none, are seconds since 2000. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/endian.h"
#include "outlet/room.h"

enum {
    SECTOR = 512,
    FOOTER_SIZE = 512,
    FIXED_UNIT = 1 << 20, /* Azure takes sizes that are multiples of it */

    HEADER_SIZE = 1024, /* of a dynamic disk, behind the copy of the footer */
    TABLE_AT = FOOTER_SIZE + HEADER_SIZE,
    TABLE_ENTRY = 4,
    BLOCK_SHIFT = 21, /* 2 MiB, the size that the specification calls the default */
    BITMAP_SIZE = (1 << BLOCK_SHIFT) / SECTOR / 8,
    DATA_ALIGN = 4096, /* of the data in a block, whatever the sector of the disk it lies on */
    TABLE_PIECE = 64 * 1024,
};

/* 2040 GiB, the limit of Microsoft's tools. */
#define SIZE_MAX_VHD ((uint64_t)2040 << 30)

#define NO_BLOCK UINT32_MAX

enum disk_type { DISK_FIXED = 2, DISK_DYNAMIC = 3 };

struct geometry {
    uint16_t cylinders;
    uint8_t heads, sectors;
};

/* Appendix "CHS Calculation". */
static struct geometry geometry_of(uint64_t size)
{
    const uint64_t total = number_smaller(size / SECTOR, (uint64_t)65535 * 16 * 255);
    uint64_t sectors = 255, heads = 16;
    uint64_t tracks = total / sectors;

    if (total < (uint64_t)65535 * 16 * 63) {
        sectors = 17;
        tracks = total / sectors;
        heads = (tracks + 1023) / 1024;
        if (heads < 4)
            heads = 4;
        if (tracks >= heads * 1024 || heads > 16) {
            sectors = 31;
            heads = 16;
            tracks = total / sectors;
        }
        if (tracks >= heads * 1024) {
            sectors = 63;
            heads = 16;
            tracks = total / sectors;
        }
    }
    return (struct geometry){
        .cylinders = (uint16_t)(tracks / heads),
        .heads = (uint8_t)heads,
        .sectors = (uint8_t)sectors,
    };
}

static uint32_t checksum(const uint8_t *bytes, size_t length)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < length; i++)
        sum += bytes[i];
    return ~sum;
}

/* Section "Hard Disk Footer Format". */
static void fill_footer(const struct image_writer *writer, enum disk_type type,
                        uint8_t out[static FOOTER_SIZE])
{
    const struct geometry geometry = geometry_of(writer->size);

    memset(out, 0, FOOTER_SIZE);
    memcpy(out, "conectix", 8);
    big_put32(out + 8, 2); /* "reserved", always set */
    big_put32(out + 12, 0x00010000);
    big_put64(out + 16, type == DISK_FIXED ? UINT64_MAX : FOOTER_SIZE);
    /* Readers believe the size, and not the geometry, which cannot say every size, only of creators
     * that they know: this is Hyper-V, and the same on Windows as host. */
    memcpy(out + 28, "win ", 4);
    big_put32(out + 32, 0x000A0000);
    memcpy(out + 36, "Wi2k", 4);
    big_put64(out + 40, writer->size);
    big_put64(out + 48, writer->size);
    big_put16(out + 56, geometry.cylinders);
    out[58] = geometry.heads;
    out[59] = geometry.sectors;
    big_put32(out + 60, type);
    memcpy(out + 68, writer->request.seed, sizeof writer->request.seed);
    big_put32(out + 64, checksum(out, FOOTER_SIZE));
}

/* --- fixed --- */

struct fixed {
    uint8_t footer[FOOTER_SIZE];
};

static int fixed_open(struct image_writer *writer, struct err *err)
{
    (void)err;
    writer->size = number_divide_up(writer->request.size, FIXED_UNIT) * FIXED_UNIT;
    writer->layout = mem_new(1, sizeof(struct fixed));
    return 0;
}

static void close_layout(struct image_writer *writer)
{
    free(writer->layout);
}

static int fixed_plan(struct image_writer *writer, struct err *err)
{
    struct fixed *fixed = writer->layout;

    (void)err;
    fill_footer(writer, DISK_FIXED, fixed->footer);
    writer->file_size = writer->size + FOOTER_SIZE;
    return 0;
}

static uint64_t fixed_place(const struct image_writer *writer, uint64_t offset,
                            uint64_t *ret_length)
{
    *ret_length = writer->size - offset;
    return offset;
}

static bool fixed_piece(struct image_writer *writer, uint64_t *state, struct image_piece *ret)
{
    const struct fixed *fixed = writer->layout;

    if (*state > 0)
        return false;
    *state = 1;
    *ret = (struct image_piece){writer->size, fixed->footer, FOOTER_SIZE};
    return true;
}

const struct image_writer_kind vhd_writer_kind = {
    .format = IMAGE_VHD,
    .forward = true,
    .name = "VHD",
    .limit = SIZE_MAX_VHD,
    .open = fixed_open,
    .close = close_layout,
    .plan = fixed_plan,
    .place = fixed_place,
    .piece = fixed_piece,
};

/* --- dynamic: in front of the data of a block lies a bitmap of its sectors --- */

struct dynamic {
    uint64_t data_at;    /* of the data of the first block */
    uint64_t table_size; /* whole sectors */
    uint8_t footer[FOOTER_SIZE];
    uint8_t bytes[TABLE_PIECE]; /* of the piece that was given last */
};

static int dynamic_open(struct image_writer *writer, struct err *err)
{
    (void)err;
    writer->size = number_divide_up(writer->request.size, SECTOR) * SECTOR;
    writer->cluster_shift = BLOCK_SHIFT;
    writer->layout = mem_new(1, sizeof(struct dynamic));
    return 0;
}

/* Where the data of the block with that rank lies: bitmaps take what aligning leaves between. */
static uint64_t block_at(const struct dynamic *dynamic, uint64_t rank)
{
    return dynamic->data_at + rank * (((uint64_t)1 << BLOCK_SHIFT) + DATA_ALIGN);
}

static int dynamic_plan(struct image_writer *writer, struct err *err)
{
    struct dynamic *dynamic = writer->layout;
    const uint64_t entries = writer->clusters.count;

    (void)err;
    dynamic->table_size = number_divide_up(entries * TABLE_ENTRY, SECTOR) * SECTOR;
    dynamic->data_at =
        number_divide_up(TABLE_AT + dynamic->table_size + BITMAP_SIZE, DATA_ALIGN) * DATA_ALIGN;
    fill_footer(writer, DISK_DYNAMIC, dynamic->footer);
    writer->file_size = TABLE_AT + dynamic->table_size + FOOTER_SIZE;
    if (writer->clusters.marked)
        writer->file_size = block_at(dynamic, writer->clusters.marked - 1) +
                            ((uint64_t)1 << BLOCK_SHIFT) + FOOTER_SIZE;
    return 0;
}

static uint64_t dynamic_place(const struct image_writer *writer, uint64_t offset,
                              uint64_t *ret_length)
{
    const uint64_t block = offset >> BLOCK_SHIFT;
    const uint64_t within = offset - (block << BLOCK_SHIFT);

    *ret_length = ((uint64_t)1 << BLOCK_SHIFT) - within;
    return block_at(writer->layout, clusters_rank(&writer->clusters, block)) + within;
}

/* Section "Dynamic Disk Header Format", behind the copy of the footer. */
static size_t fill_head(const struct image_writer *writer, uint8_t *out)
{
    const struct dynamic *dynamic = writer->layout;
    uint8_t *header = out + FOOTER_SIZE;

    memset(out, 0, FOOTER_SIZE + HEADER_SIZE);
    memcpy(out, dynamic->footer, FOOTER_SIZE);
    memcpy(header, "cxsparse", 8);
    big_put64(header + 8, UINT64_MAX);
    big_put64(header + 16, TABLE_AT);
    big_put32(header + 24, 0x00010000);
    big_put32(header + 28, (uint32_t)writer->clusters.count);
    big_put32(header + 32, (uint32_t)1 << BLOCK_SHIFT);
    big_put32(header + 36, checksum(header, HEADER_SIZE));
    return FOOTER_SIZE + HEADER_SIZE;
}

/* Piece `index` of the table: sectors of the bitmaps; padding is like blocks that are not there. */
static size_t fill_table(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct dynamic *dynamic = writer->layout;
    const uint64_t start = index * TABLE_PIECE;
    const size_t length = (size_t)number_smaller(TABLE_PIECE, dynamic->table_size - start);
    uint64_t block = start / TABLE_ENTRY;

    for (size_t i = 0; i < length; i += TABLE_ENTRY, block++) {
        uint32_t sector = NO_BLOCK;

        if (block < writer->clusters.count && clusters_has(&writer->clusters, block))
            sector = (uint32_t)((block_at(dynamic, clusters_rank(&writer->clusters, block)) -
                                 BITMAP_SIZE) /
                                SECTOR);
        big_put32(out + i, sector);
    }
    return length;
}

/* In turn: the head, the table in pieces, the bitmap of each block, the footer. */
static bool dynamic_piece(struct image_writer *writer, uint64_t *state, struct image_piece *ret)
{
    struct dynamic *dynamic = writer->layout;
    const uint64_t tables = number_divide_up(dynamic->table_size, TABLE_PIECE);
    uint64_t index = (*state)++;

    *ret = (struct image_piece){.bytes = dynamic->bytes};
    if (index == 0) {
        ret->length = fill_head(writer, dynamic->bytes);
        return true;
    }
    index--;
    if (index < tables) {
        ret->offset = TABLE_AT + index * TABLE_PIECE;
        ret->length = fill_table(writer, index, dynamic->bytes);
        return true;
    }
    index -= tables;
    if (index < writer->clusters.marked) {
        memset(dynamic->bytes, 0xff, BITMAP_SIZE);
        ret->offset = block_at(dynamic, index) - BITMAP_SIZE;
        ret->length = BITMAP_SIZE;
        return true;
    }
    *ret = (struct image_piece){writer->file_size - FOOTER_SIZE, dynamic->footer, FOOTER_SIZE};
    return index == writer->clusters.marked;
}

const struct image_writer_kind vhd_dynamic_writer_kind = {
    .format = IMAGE_VHD_DYNAMIC,
    .forward = true,
    .name = "VHD",
    .limit = SIZE_MAX_VHD,
    .open = dynamic_open,
    .close = close_layout,
    .plan = dynamic_plan,
    .place = dynamic_place,
    .piece = dynamic_piece,
};
