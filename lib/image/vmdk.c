/* VMDK: a disk in one file, as grains that a directory of tables finds (monolithicSparse), or
 * compressed grains written in one pass (streamOptimized): see vmdk.h. */
#include "image/vmdk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "codec/cluster.h"
#include "base/endian.h"

enum { HEAD_SIZE = 32 }; /* enough for each of the marks */

enum mark { NO_MARK, SPARSE, DESCRIPTION, COWD, SESPARSE };

/* A description alone: as long as any could be. */
enum { DESCRIPTION_MAX = 64 << 10 };

/* How much data is reported as one range at most: whoever works in pieces asks again for the next,
 * and its tables would be looked through as often. */
#define RANGE_MAX ((uint64_t)1 << 30)

/* Of compressed grains so much of the file is read at a time. */
enum { WINDOW_SIZE = 1 << 20 };

/* What a cursor keeps. */
struct scratch {
    const struct source *source;
    const struct vmdk_layout *layout;
    struct pages *pages;
    uint64_t table; /* number of the grain table below, plus one; 0: none */
    bool table_is_absent;
    uint8_t entries[VMDK_TABLE_SIZE];
    struct cluster_coder *coder; /* this and what follows: made at the first compressed grain */
    uint64_t grain;              /* number of the decompressed grain below, plus one; 0: none */
    uint8_t *grain_bytes;
    uint8_t *window; /* a piece of the file */
    size_t window_capacity;
    uint64_t window_start;
    size_t window_length;
};

static enum mark mark_of(const uint8_t *head, size_t length)
{
    static const struct {
        enum mark mark;
        const char *bytes;
        size_t length;
    } marks[] = {
        {SPARSE, "KDMV", 4},
        {DESCRIPTION, "# Disk DescriptorFile", 21},
        {COWD, "COWD", 4},
        {SESPARSE, "\xbe\xba\xfe\xca\0\0\0\0", 8},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].length && memcmp(head, marks[i].bytes, marks[i].length) == 0)
            return marks[i].mark;
    return NO_MARK;
}

static int look(const struct source *source, enum mark *ret, struct err *err)
{
    uint8_t head[HEAD_SIZE];
    size_t got = 0;
    const int rc = source_file_head(source, head, sizeof head, &got, err);

    if (rc == 0)
        *ret = mark_of(head, got);
    return rc;
}

static int vmdk_probe(struct source *source, bool *ret, struct err *err)
{
    enum mark mark = NO_MARK;
    const int rc = look(source, &mark, err);

    if (rc == 0)
        *ret = mark != NO_MARK;
    return rc;
}

static int refuse_description(const struct source *source, struct err *err)
{
    struct vmdk_description description = {0};
    const uint64_t length = number_smaller(source->info.size, DESCRIPTION_MAX);
    int rc = vmdk_description_read(source, 0, length, &description, err);

    if (rc == 0)
        rc = vmdk_description_check(source, &description, true, err);
    vmdk_description_done(&description);
    return rc;
}

static int refuse_extent(const struct source *source, const char *what, struct err *err)
{
    err_set(err, E_UNSUPPORTED, "'%s' is %s: what describes the disk is another file", source->path,
            what);
    return err_hint(err, "convert the disk, naming the file that describes it: "
                         "qemu-img convert -O vmdk IN OUT");
}

/* The header's capacity may be the size of the disk rounded up to whole grains; the description has
 * the size itself. */
static int choose_size(struct source *source, const struct vmdk_header *header,
                       const struct vmdk_description *description, struct err *err)
{
    if (description->extent_sectors > header->capacity / VMDK_SECTOR ||
        header->capacity - description->extent_sectors * VMDK_SECTOR >= header->grain)
        return vmdk_damaged(
            source, err, "its header is for %llu bytes, its description for %llu sectors",
            (unsigned long long)header->capacity, (unsigned long long)description->extent_sectors);
    source->size = description->extent_sectors * VMDK_SECTOR;
    return 0;
}

static int describe(struct source *source, const struct vmdk_header *header, struct err *err)
{
    struct vmdk_description description = {0};
    int rc = vmdk_description_read(source, header->description, header->description_size,
                                   &description, err);

    if (rc == 0 && !description.create_type && description.extents == 0)
        rc = refuse_extent(source, "one extent of a VMDK", err);
    if (rc == 0)
        rc = vmdk_description_check(source, &description, false, err);
    if (rc == 0)
        rc = choose_size(source, header, &description, err);
    if (rc == 0)
        source->variant = text_copy(text_same_word(description.create_type, "streamOptimized")
                                        ? "streamOptimized"
                                        : "monolithicSparse");
    vmdk_description_done(&description);
    return rc;
}

static int open_sparse(struct source *source, struct err *err)
{
    struct vmdk_header header;
    struct vmdk_layout *layout;
    int rc = vmdk_header_read(source, &header, err);

    if (rc < 0)
        return rc;
    if (header.description == 0 || header.description_size == 0)
        return refuse_extent(source, "one extent of a VMDK", err);
    rc = describe(source, &header, err);
    if (rc < 0)
        return rc;
    layout = source->layout = mem_new(1, sizeof *layout);
    *layout = (struct vmdk_layout){
        .grain = header.grain,
        .grains = number_divide_up(source->size, header.grain),
        .directory = header.directory,
        .zero_grains = header.zero_grains,
        .compressed = header.compressed,
    };
    return vmdk_tables_check(source, &header, layout, err);
}

static int vmdk_open(struct source *source, struct err *err)
{
    enum mark mark = NO_MARK;
    const int rc = look(source, &mark, err);

    if (rc < 0)
        return rc;
    switch (mark) {
    case SPARSE:
        return open_sparse(source, err);
    case DESCRIPTION:
        return refuse_description(source, err);
    case COWD:
        return refuse_extent(source, "an extent of a VMDK of type 'vmfsSparse'", err);
    case SESPARSE:
        return refuse_extent(source, "an extent of a VMDK of type 'seSparse'", err);
    case NO_MARK:
        break;
    }
    return err_set(err, E_INVALID, "'%s' is no VMDK: it does not begin as one", source->path);
}

static void vmdk_close(struct source *source)
{
    free(source->layout);
}

static void *scratch_new(const struct source *source)
{
    struct scratch *scratch = mem_new(1, sizeof *scratch);

    scratch->source = source;
    scratch->layout = source->layout;
    scratch->pages = pages_new(source);
    return scratch;
}

static void scratch_free(void *of)
{
    struct scratch *scratch = of;

    pages_free(scratch->pages);
    cluster_coder_free(scratch->coder);
    free(scratch->grain_bytes);
    free(scratch->window);
    free(scratch);
}

/* --- tables --- */

/* The grain table that has the entry of grain `number`. */
static int load_table(struct scratch *scratch, uint64_t number, struct err *err)
{
    const uint64_t table = number / VMDK_TABLE_ENTRIES;
    uint8_t entry[4];
    int rc;

    if (scratch->table == table + 1)
        return 0;
    scratch->table = 0;
    rc = pages_read(scratch->pages, entry, sizeof entry, scratch->layout->directory + table * 4,
                    err);
    scratch->table_is_absent = rc == 0 && little_get32(entry) == 0;
    if (rc == 0 && !scratch->table_is_absent)
        rc = pages_read(scratch->pages, scratch->entries, sizeof scratch->entries,
                        (uint64_t)little_get32(entry) * VMDK_SECTOR, err);
    if (rc == 0)
        scratch->table = table + 1;
    return rc;
}

/* Where the loaded table says that grain `number` lies, byte of the file; 0: it is all zeros. */
static uint64_t place_of(const struct scratch *scratch, uint64_t number)
{
    uint32_t entry;

    if (scratch->table_is_absent)
        return 0;
    entry = little_get32(scratch->entries + number % VMDK_TABLE_ENTRIES * 4);
    if (entry == VMDK_ZERO_GRAIN && scratch->layout->zero_grains)
        return 0;
    return (uint64_t)entry * VMDK_SECTOR;
}

/* The first grain from `from` on that has data, or has none: `data`. */
static int find_grain(struct scratch *scratch, uint64_t from, uint64_t end, bool data,
                      uint64_t *ret, struct err *err)
{
    uint64_t number = from;

    while (number < end) {
        const int rc = load_table(scratch, number, err);

        if (rc < 0)
            return rc;
        if ((place_of(scratch, number) != 0) == data)
            break;
        if (scratch->table_is_absent)
            number += VMDK_TABLE_ENTRIES - number % VMDK_TABLE_ENTRIES;
        else
            number++;
    }
    *ret = number_smaller(number, end);
    return 0;
}

static int vmdk_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                          uint64_t *ret_end, struct err *err)
{
    struct scratch *const scratch = cursor->scratch;
    const struct vmdk_layout *const layout = scratch->layout;
    const uint64_t size = cursor->source->size;
    uint64_t first, end;
    int rc = find_grain(scratch, offset / layout->grain, layout->grains, true, &first, err);

    if (rc < 0)
        return rc;
    if (offset >= size || first == layout->grains) {
        *ret_start = *ret_end = size;
        return 0;
    }
    rc = find_grain(scratch, first,
                    number_smaller(layout->grains, first + RANGE_MAX / layout->grain), false, &end,
                    err);
    if (rc < 0)
        return rc;
    *ret_start = first * layout->grain > offset ? first * layout->grain : offset;
    *ret_end = number_smaller(end * layout->grain, size);
    return 0;
}

/* --- compressed grains --- */

/* Have `length` bytes of the file from `offset` on in memory, and as much more, up to `likely`
 * bytes, as will be wanted next. */
static int window_load(struct scratch *scratch, uint64_t offset, size_t length, uint64_t likely,
                       struct err *err)
{
    const uint64_t left = scratch->source->info.size - offset;
    uint64_t wanted = length;
    int rc;

    if (scratch->window_length >= length && offset >= scratch->window_start &&
        offset - scratch->window_start <= scratch->window_length - length)
        return 0;
    if (likely > wanted)
        wanted = likely;
    wanted = number_smaller(wanted, number_smaller(left, scratch->window_capacity));
    scratch->window_length = 0;
    rc = source_file_read(scratch->source, scratch->window, (size_t)wanted, offset, err);
    if (rc < 0)
        return rc;
    scratch->window_start = offset;
    scratch->window_length = (size_t)wanted;
    return 0;
}

static void prepare(struct scratch *scratch)
{
    const size_t longest = (size_t)scratch->layout->grain * 2 + VMDK_MARKER_SIZE;

    if (scratch->coder)
        return;
    scratch->coder = cluster_coder_new();
    scratch->grain_bytes = mem_new((size_t)scratch->layout->grain, 1);
    scratch->window_capacity = longest > WINDOW_SIZE ? longest : WINDOW_SIZE;
    scratch->window = mem_new(scratch->window_capacity, 1);
}

/* Decompress grain `number`, which lies at `place`, to `out`; `likely` as for window_load. */
static int unpack_to(struct scratch *scratch, uint64_t number, uint64_t place, uint64_t likely,
                     uint8_t *out, struct err *err)
{
    const struct source *const source = scratch->source;
    const size_t grain = (size_t)scratch->layout->grain;
    const size_t used = (size_t)vmdk_grain_used(source, scratch->layout, number);
    const uint8_t *packed;
    size_t length;
    int rc = window_load(scratch, place, VMDK_MARKER_SIZE, likely, err);

    if (rc == 0)
        rc = vmdk_marker_check(source, scratch->layout, number,
                               scratch->window + (place - scratch->window_start), &length, err);
    if (rc < 0)
        return rc;
    if (length + VMDK_MARKER_SIZE > source->info.size - place)
        return vmdk_damaged(source, err, "its grain %llu does not end within the file",
                            (unsigned long long)number);
    rc = window_load(scratch, place, length + VMDK_MARKER_SIZE, likely, err);
    if (rc < 0)
        return rc;
    packed = scratch->window + (place - scratch->window_start) + VMDK_MARKER_SIZE;
    rc = cluster_unpack(scratch->coder, CLUSTER_ZLIB, packed, length, out, grain, err);
    /* Of the last grain some write only what belongs to the disk. */
    if (rc == E_INVALID && used < grain)
        rc = cluster_unpack(scratch->coder, CLUSTER_ZLIB, packed, length, out, used, err);
    if (rc == E_INVALID)
        return vmdk_damaged(source, err, "its grain %llu cannot be decompressed",
                            (unsigned long long)number);
    return rc;
}

/* --- reading --- */

/* What is left to be read: `length` bytes of the disk at `offset`. */
struct part {
    uint8_t *bytes;
    size_t length;
    uint64_t offset;
};

static void advance(struct part *part, size_t length)
{
    part->bytes += length;
    part->length -= length;
    part->offset += length;
}

/* Grains that lie in the file one behind the other are read at once. */
static int read_plain(struct scratch *scratch, struct part *part, uint64_t place, struct err *err)
{
    const uint64_t grain = scratch->layout->grain;
    const uint64_t inside = part->offset % grain;
    uint64_t number = part->offset / grain;
    uint64_t end = place + grain;
    uint64_t length = grain - inside;
    int rc = 0;

    while (length < part->length) {
        rc = load_table(scratch, ++number, err);
        if (rc < 0)
            return rc;
        if (place_of(scratch, number) != end)
            break;
        end += grain;
        length += grain;
    }
    length = number_smaller(length, part->length);
    rc = source_file_read(scratch->source, part->bytes, (size_t)length, place + inside, err);
    advance(part, (size_t)length);
    return rc;
}

static int read_packed(struct scratch *scratch, struct part *part, uint64_t place, struct err *err)
{
    const uint64_t grain = scratch->layout->grain;
    const uint64_t number = part->offset / grain;
    const size_t inside = (size_t)(part->offset % grain);
    const size_t length = (size_t)number_smaller(part->length, grain - inside);
    const uint64_t likely = part->length + inside + VMDK_SECTOR;
    int rc = 0;

    prepare(scratch);
    if (length == grain && scratch->grain != number + 1) {
        rc = unpack_to(scratch, number, place, likely, part->bytes, err);
        advance(part, length);
        return rc;
    }
    if (scratch->grain != number + 1) {
        scratch->grain = 0;
        rc = unpack_to(scratch, number, place, likely, scratch->grain_bytes, err);
        if (rc < 0)
            return rc;
        scratch->grain = number + 1;
    }
    memcpy(part->bytes, scratch->grain_bytes + inside, length);
    advance(part, length);
    return 0;
}

static int vmdk_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
                     struct err *err)
{
    struct scratch *const scratch = cursor->scratch;
    const uint64_t grain = scratch->layout->grain;
    struct part part = {.bytes = bytes, .length = length, .offset = offset};
    int rc = 0;

    while (rc == 0 && part.length > 0) {
        const uint64_t number = part.offset / grain;
        uint64_t place;

        rc = load_table(scratch, number, err);
        if (rc < 0)
            break;
        place = place_of(scratch, number);
        if (place == 0) {
            const uint64_t zeros = number_smaller(part.length, grain - part.offset % grain);

            memset(part.bytes, 0, (size_t)zeros);
            advance(&part, (size_t)zeros);
        } else if (scratch->layout->compressed) {
            rc = read_packed(scratch, &part, place, err);
        } else {
            rc = read_plain(scratch, &part, place, err);
        }
    }
    return rc;
}

const struct source_kind vmdk_kind = {
    .name = "vmdk",
    .format = SOURCE_VMDK,
    .probe = vmdk_probe,
    .declared_size = vmdk_declared_size,
    .open = vmdk_open,
    .close = vmdk_close,
    .scratch_new = scratch_new,
    .scratch_free = scratch_free,
    .next_data = vmdk_next_data,
    .read = vmdk_read,
};
