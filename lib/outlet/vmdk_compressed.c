/* VMDK for one pass (streamOptimized): header, description, compressed grains in the order of the
 * disk, each grain table behind the grains that it names, then the grain directory, the footer
 * (the header again, which knows where the directory is) and the mark of the end. Each of these but
 * the first two says by a marker what it is. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "codec/cluster.h"
#include "base/endian.h"
#include "outlet/vmdk.h"

enum { VERSION = 3 };

/* A marker of a grain: its first sector on the disk (u64), its compressed length (u32), and the
 * data at once. Of anything else, a sector: how many sectors follow (u64), 0 (u32), what it is. */
enum {
    MARKER_SIZE_AT = 8,
    MARKER_TYPE_AT = 12,
};

enum marker { MARKER_END = 0, MARKER_TABLE = 1, MARKER_DIRECTORY = 2, MARKER_FOOTER = 3 };

/* Room for a grain, marker and padding included: deflate adds at most an eighth and some bytes to
 * what does not shrink, which zlib's deflateBound says. */
enum { BOUND = VMDK_GRAIN + VMDK_GRAIN / 4 };

struct vmdk_stream {
    struct vmdk_places places;
    uint64_t end;       /* of what has its place */
    uint8_t *directory; /* as in the file */
    size_t directory_size;
    uint64_t table;                   /* number of the grain table that is being filled */
    bool table_begun;                 /* it names a grain */
    uint8_t entries[VMDK_TABLE_SIZE]; /* of it */
    struct ready ready;
};

static void begin(struct vmdk_stream *stream, const struct image_writer *writer)
{
    uint8_t front[VMDK_DESCRIPTION_AT + VMDK_DESCRIPTION_SIZE] = {0};

    vmdk_put_header(front, &stream->places);
    vmdk_put_description(front + VMDK_DESCRIPTION_AT, writer, "streamOptimized", "RDONLY");
    ready_add(&stream->ready, 0, front, sizeof front);
    stream->end = stream->places.data_at;
}

static int compressed_open(struct image_writer *writer, struct err *err)
{
    struct vmdk_stream *stream = mem_new(1, sizeof *stream);

    (void)err;
    vmdk_round_size(writer);
    writer->unit = VMDK_GRAIN;
    writer->bound = BOUND;
    writer->layout = stream;
    stream->directory_size =
        (size_t)number_divide_up(vmdk_tables(writer) * 4, VMDK_SECTOR) * VMDK_SECTOR;
    stream->directory = mem_new(stream->directory_size, 1);
    stream->places = (struct vmdk_places){
        .version = VERSION,
        .flags = VMDK_LINE_ENDS | VMDK_COMPRESSED | VMDK_MARKERS,
        .size = writer->size,
        .directory_at = UINT64_MAX,
        .data_at = VMDK_GRAIN, /* VMware begins there, too */
    };
    begin(stream, writer);
    return 0;
}

static void compressed_close(struct image_writer *writer)
{
    struct vmdk_stream *stream = writer->layout;

    if (!stream)
        return;
    ready_done(&stream->ready);
    free(stream->directory);
    free(stream);
}

/* Append what `marker` says, which is whole sectors, and tell where it lies: behind its marker. */
static uint64_t add_marked(struct vmdk_stream *stream, enum marker marker, const uint8_t *bytes,
                           size_t length)
{
    uint8_t sector[VMDK_SECTOR] = {0};
    uint64_t at;

    little_put64(sector, length / VMDK_SECTOR);
    little_put32(sector + MARKER_TYPE_AT, marker);
    ready_add(&stream->ready, stream->end, sector, sizeof sector);
    at = stream->end + sizeof sector;
    for (size_t i = 0; i < length; i += PIECE_SIZE)
        ready_add(&stream->ready, at + i, bytes + i,
                  (size_t)number_smaller(PIECE_SIZE, length - i));
    stream->end = at + length;
    return at;
}

static void end_table(struct vmdk_stream *stream)
{
    uint64_t at;

    if (!stream->table_begun)
        return;
    at = add_marked(stream, MARKER_TABLE, stream->entries, sizeof stream->entries);
    little_put32(stream->directory + stream->table * 4, (uint32_t)(at / VMDK_SECTOR));
    memset(stream->entries, 0, sizeof stream->entries);
    stream->table_begun = false;
}

static int compressed_append(struct image_writer *writer, const struct image_unit *unit,
                             uint64_t *ret_place, struct err *err)
{
    struct vmdk_stream *stream = writer->layout;
    const uint64_t grain = unit->offset >> VMDK_GRAIN_SHIFT;

    if (grain / VMDK_TABLE_ENTRIES != stream->table)
        end_table(stream);
    stream->table = grain / VMDK_TABLE_ENTRIES;
    stream->table_begun = true;
    little_put32(stream->entries + grain % VMDK_TABLE_ENTRIES * 4,
                 (uint32_t)(stream->end / VMDK_SECTOR));
    *ret_place = stream->end;
    stream->end += unit->length;
    return vmdk_check_file(stream->end, err);
}

static int compressed_finish(struct image_writer *writer, struct err *err)
{
    struct vmdk_stream *stream = writer->layout;
    uint8_t footer[VMDK_SECTOR] = {0};

    end_table(stream);
    stream->places.directory_at =
        add_marked(stream, MARKER_DIRECTORY, stream->directory, stream->directory_size);
    vmdk_put_header(footer, &stream->places);
    add_marked(stream, MARKER_FOOTER, footer, sizeof footer);
    add_marked(stream, MARKER_END, NULL, 0);
    writer->file_size = stream->end;
    return vmdk_check_file(stream->end, err);
}

static bool compressed_piece(struct image_writer *writer, uint64_t *state, struct image_piece *ret)
{
    struct vmdk_stream *stream = writer->layout;

    (void)state;
    return ready_piece(&stream->ready, ret);
}

/* --- packer --- */

/* What does not shrink is stored by deflate itself: a grain is never plain. */
static void compressed_pack(struct image_packer *packer, uint64_t offset, const void *unit,
                            void *out, struct image_unit *ret)
{
    uint8_t *const bytes = out;
    const size_t length =
        cluster_pack(packer->coder, CLUSTER_ZLIB, PACK_LEVEL, unit, VMDK_GRAIN,
                     bytes + VMDK_MARKER_SIZE, BOUND - VMDK_MARKER_SIZE - VMDK_SECTOR);
    const size_t used = VMDK_MARKER_SIZE + length;
    const size_t whole = (size_t)number_divide_up(used, VMDK_SECTOR) * VMDK_SECTOR;

    little_put64(bytes, offset / VMDK_SECTOR);
    little_put32(bytes + MARKER_SIZE_AT, (uint32_t)length);
    memset(bytes + used, 0, whole - used);
    *ret = (struct image_unit){.offset = offset, .length = whole};
}

const struct image_writer_kind vmdk_compressed_writer_kind = {
    .format = IMAGE_VMDK,
    .compress = true,
    .forward = true,
    .name = "VMDK",
    .limit = VMDK_FILE_MAX,
    .open = compressed_open,
    .close = compressed_close,
    .pack = compressed_pack,
    .append = compressed_append,
    .finish = compressed_finish,
    .piece = compressed_piece,
};
