#include "image/vmdk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/endian.h"
#include "base/number.h"

/* "Hosted Sparse Extent Header". */
enum {
    VERSION_AT = 4,
    FLAGS_AT = 8,
    CAPACITY_AT = 12,
    GRAIN_AT = 20,
    DESCRIPTION_AT = 28,
    DESCRIPTION_SIZE_AT = 36,
    TABLE_ENTRIES_AT = 44,
    DIRECTORY_AT = 56,
    LINE_ENDS_AT = 73,
    ALGORITHM_AT = 77, /* u16 */
};

enum { VERSION_MAX = 3, ALGORITHM_DEFLATE = 1 };

enum {
    FLAG_LINE_ENDS = 1 << 0,   /* the bytes that show damage of line ends are there */
    FLAG_REDUNDANT = 1 << 1,   /* there is a second copy of the tables: not needed to read */
    FLAG_ZERO_GRAINS = 1 << 2, /* entry 1 is a grain of zeros */
    FLAG_COMPRESSED = 1 << 16,
    FLAG_MARKERS = 1 << 17, /* each compressed grain and each table has a marker before it */
    FLAGS_KNOWN =
        FLAG_LINE_ENDS | FLAG_REDUNDANT | FLAG_ZERO_GRAINS | FLAG_COMPRESSED | FLAG_MARKERS,
};

/* The end of a stream: marker of the footer, footer, marker of the end. */
enum { FOOTER_SIZE = 3 * VMDK_SECTOR, MARKER_TYPE_AT = 12, MARKER_FOOTER = 3 };

enum {
    GRAIN_SECTORS_MIN = 8,
    GRAIN_SECTORS_MAX = 2048, /* 128 is usual: a cursor keeps a whole one in memory */
    /* 20 are usual: as much text as any description could need. */
    DESCRIPTION_SECTORS_MAX = 128,
};

/* 64 TiB, more than any VMware product makes: bounds the walk through the tables of a file that is
 * one large hole. */
#define CAPACITY_SECTORS_MAX ((uint64_t)1 << 37)

/* As an offset: the footer says where. */
#define AT_END UINT64_MAX

/* No sector behind it has an offset in bytes that fits. */
#define SECTOR_MAX (UINT64_MAX / VMDK_SECTOR)

int vmdk_damaged(const struct source *source, struct err *err, const char *format, ...)
{
    char cause[256];
    va_list args;

    va_start(args, format);
    vsnprintf(cause, sizeof cause, format, args);
    va_end(args);
    err_set(err, E_INVALID, "the VMDK '%s' is damaged: %s", source->path, cause);
    return err_hint(err, "copy or convert it again");
}

static int check_features(const struct source *source, const uint8_t *header, struct err *err)
{
    const uint32_t version = little_get32(header + VERSION_AT);
    const uint32_t flags = little_get32(header + FLAGS_AT);

    if (version < 1 || version > VERSION_MAX) {
        err_set(err, E_UNSUPPORTED, "the VMDK '%s' is of version %lu; 1 to %d are read",
                source->path, (unsigned long)version, VERSION_MAX);
        return err_hint(err, "convert it: qemu-img convert -O raw IN OUT");
    }
    if ((flags & FLAG_LINE_ENDS) && memcmp(header + LINE_ENDS_AT, "\n \r\n", 4) != 0) {
        vmdk_damaged(source, err, "its line ends were converted");
        return err_hint(err, "copy it again, as a binary file");
    }
    if (flags & ~(uint32_t)FLAGS_KNOWN) {
        err_set(err, E_UNSUPPORTED, "the VMDK '%s' has features that are not known (flags %#lx)",
                source->path, (unsigned long)(flags & ~(uint32_t)FLAGS_KNOWN));
        return err_hint(err, "convert it: qemu-img convert -O raw IN OUT");
    }
    if (!(flags & FLAG_COMPRESSED))
        return 0;
    if (little_get16(header + ALGORITHM_AT) != ALGORITHM_DEFLATE)
        return vmdk_damaged(source, err, "its grains are compressed in an unknown way");
    if (!(flags & FLAG_MARKERS))
        return vmdk_damaged(source, err, "its compressed grains do not say how long they are");
    return 0;
}

uint64_t vmdk_declared_size(const uint8_t *head, size_t length)
{
    if (length < VMDK_SECTOR || memcmp(head, "KDMV", 4) != 0)
        return 0;
    return number_capped_product(little_get64(head + CAPACITY_AT), VMDK_SECTOR);
}

static int check_geometry(const struct source *source, const uint8_t *header, struct err *err)
{
    const uint64_t grain = little_get64(header + GRAIN_AT);
    const uint64_t capacity = little_get64(header + CAPACITY_AT);
    const uint64_t directory = little_get64(header + DIRECTORY_AT);

    if (grain < GRAIN_SECTORS_MIN || grain > GRAIN_SECTORS_MAX || (grain & (grain - 1)) != 0)
        return vmdk_damaged(source, err, "a grain of %llu sectors cannot be",
                            (unsigned long long)grain);
    if (little_get32(header + TABLE_ENTRIES_AT) != VMDK_TABLE_ENTRIES)
        return vmdk_damaged(source, err, "a grain table of %lu entries cannot be",
                            (unsigned long)little_get32(header + TABLE_ENTRIES_AT));
    if (capacity > CAPACITY_SECTORS_MAX)
        return vmdk_damaged(source, err, "a disk of %llu sectors cannot be",
                            (unsigned long long)capacity);
    if (directory != AT_END && directory > SECTOR_MAX)
        return vmdk_damaged(source, err, "its grain directory lies outside the file");
    if (little_get64(header + DESCRIPTION_AT) > SECTOR_MAX ||
        little_get64(header + DESCRIPTION_SIZE_AT) > DESCRIPTION_SECTORS_MAX)
        return vmdk_damaged(source, err, "its description is of an impossible size");
    return 0;
}

static int parse(const struct source *source, const uint8_t header[static VMDK_SECTOR],
                 struct vmdk_header *ret, struct err *err)
{
    const uint32_t flags = little_get32(header + FLAGS_AT);
    const uint64_t directory = little_get64(header + DIRECTORY_AT);
    int rc = check_features(source, header, err);

    if (rc == 0)
        rc = check_geometry(source, header, err);
    if (rc < 0)
        return rc;
    *ret = (struct vmdk_header){
        .capacity = little_get64(header + CAPACITY_AT) * VMDK_SECTOR,
        .grain = little_get64(header + GRAIN_AT) * VMDK_SECTOR,
        .description = little_get64(header + DESCRIPTION_AT) * VMDK_SECTOR,
        .description_size = little_get64(header + DESCRIPTION_SIZE_AT) * VMDK_SECTOR,
        .directory = directory == AT_END ? 0 : directory * VMDK_SECTOR,
        .directory_is_at_end = directory == AT_END,
        .zero_grains = (flags & FLAG_ZERO_GRAINS) != 0,
        .compressed = (flags & FLAG_COMPRESSED) != 0,
    };
    return 0;
}

static int cut_short(const struct source *source, struct err *err)
{
    err_set(err, E_INVALID, "the VMDK '%s' is cut short: its footer is not at its end",
            source->path);
    return err_hint(err, "copy it again");
}

/* "Stream-Optimized Compressed Sparse Extents": what was written in one pass says at its end where
 * its grain directory is. */
static int read_footer(const struct source *source, struct vmdk_header *header, struct err *err)
{
    uint8_t bytes[FOOTER_SIZE];
    const uint8_t *const footer = bytes + VMDK_SECTOR;
    struct vmdk_header found;
    int rc;

    if (source->info.size < VMDK_SECTOR + FOOTER_SIZE)
        return cut_short(source, err);
    rc = source_file_read(source, bytes, sizeof bytes, source->info.size - sizeof bytes, err);
    if (rc < 0)
        return rc;
    if (little_get32(bytes + MARKER_TYPE_AT) != MARKER_FOOTER || memcmp(footer, "KDMV", 4) != 0)
        return cut_short(source, err);
    rc = parse(source, footer, &found, err);
    if (rc < 0)
        return rc;
    if (found.directory_is_at_end || found.capacity != header->capacity ||
        found.grain != header->grain || found.zero_grains != header->zero_grains ||
        found.compressed != header->compressed)
        return vmdk_damaged(source, err, "its header and its footer contradict each other");
    header->directory = found.directory;
    return 0;
}

int vmdk_header_read(const struct source *source, struct vmdk_header *ret, struct err *err)
{
    struct vmdk_header header;
    uint8_t bytes[VMDK_SECTOR];
    int rc;

    if (source->info.size < sizeof bytes)
        return vmdk_damaged(source, err, "it is shorter than its header");
    rc = source_file_read(source, bytes, sizeof bytes, 0, err);
    if (rc == 0)
        rc = parse(source, bytes, &header, err);
    if (rc == 0 && header.directory_is_at_end)
        rc = read_footer(source, &header, err);
    if (rc == 0)
        *ret = header;
    return rc;
}
