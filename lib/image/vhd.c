/* Fixed VHD: the disk, then a footer of 512 bytes. "Virtual Hard Disk Image Format Specification",
 * version 1.0, Microsoft 2006, sections "Hard Disk Footer Format" and "Fixed Hard Disk Image". All
 * numbers are big-endian. */
#include "image/room.h"

#include <string.h>

enum {
    FOOTER_SIZE = 512,
    VERSION_AT = 12, /* u32: major in the upper half */
    SIZE_AT = 48,    /* u64 "current size" */
    TYPE_AT = 60,    /* u32 */
    CHECKSUM_AT = 64 /* u32 */
};

enum disk_type { DISK_FIXED = 2, DISK_DYNAMIC = 3, DISK_DIFFERENCING = 4 };

static uint32_t read_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint64_t read_u64(const uint8_t *at)
{
    return (uint64_t)read_u32(at) << 32 | read_u32(at + 4);
}

/* The one's complement of the sum of all bytes but those of the checksum itself. */
static uint32_t checksum(const uint8_t footer[static FOOTER_SIZE])
{
    uint32_t sum = 0;

    for (size_t i = 0; i < FOOTER_SIZE; i++)
        if (i < CHECKSUM_AT || i >= CHECKSUM_AT + 4)
            sum += footer[i];
    return ~sum;
}

/* What the last 512 bytes of the file say. */
enum footer {
    NO_FOOTER,
    FIXED,   /* valid: the bytes in front of it are the disk */
    DYNAMIC, /* valid, but the disk is laid out in blocks, or differs from a parent */
    DAMAGED, /* the cookie is there and something else is wrong, which `err` says */
};

static enum footer judge(const struct source *source, const uint8_t footer[static FOOTER_SIZE],
                         struct err *err)
{
    const uint64_t disk = source->info.size - FOOTER_SIZE;
    const uint64_t size = read_u64(footer + SIZE_AT);
    const uint32_t type = read_u32(footer + TYPE_AT);
    const char *const path = source->path;

    if (memcmp(footer, "conectix", 8) != 0)
        return NO_FOOTER;
    if (read_u32(footer + CHECKSUM_AT) != checksum(footer)) {
        err_set(err, E_INVALID, "the VHD footer of '%s' is damaged: its checksum is wrong", path);
        return DAMAGED;
    }
    if (read_u32(footer + VERSION_AT) >> 16 != 1) {
        err_set(err, E_INVALID, "the VHD footer of '%s' has a version other than 1", path);
        return DAMAGED;
    }
    if (type == DISK_DYNAMIC || type == DISK_DIFFERENCING)
        return DYNAMIC;
    if (type != DISK_FIXED) {
        err_set(err, E_INVALID, "the VHD footer of '%s' has the unknown disk type %lu", path,
                (unsigned long)type);
        return DAMAGED;
    }
    if (size != disk) {
        err_set(err, E_INVALID, "the VHD '%s' is for a disk of %llu bytes, but holds %llu", path,
                (unsigned long long)size, (unsigned long long)disk);
        return DAMAGED;
    }
    return FIXED;
}

static int look(struct source *source, enum footer *ret, struct err *err)
{
    uint8_t footer[FOOTER_SIZE];
    int rc;

    *ret = NO_FOOTER;
    if (source->info.size < FOOTER_SIZE)
        return 0;
    rc = source_file_read(source, footer, sizeof footer, source->info.size - FOOTER_SIZE, err);
    if (rc == 0)
        *ret = judge(source, footer, err);
    return rc;
}

static int refuse_dynamic(const struct source *source, struct err *err)
{
    err_set(err, E_UNSUPPORTED, "'%s' is a dynamic or differencing VHD; only fixed VHD is read",
            source->path);
    return err_hint(err,
                    "convert it: qemu-img convert -O vpc -o subformat=fixed,force_size=on IN OUT");
}

static int vhd_probe(struct source *source, bool *ret, struct err *err)
{
    struct err ignored = {0};
    enum footer footer = NO_FOOTER;
    const int rc = look(source, &footer, &ignored);

    if (rc < 0) {
        *err = ignored;
        return rc;
    }
    *ret = footer != NO_FOOTER;
    return 0;
}

static int vhd_open(struct source *source, struct err *err)
{
    enum footer footer;
    const int rc = look(source, &footer, err);

    if (rc < 0)
        return rc;
    switch (footer) {
    case FIXED:
        source->size = source->info.size - FOOTER_SIZE;
        return 0;
    case DYNAMIC:
        return refuse_dynamic(source, err);
    case DAMAGED:
        return err_hint(err, "if it is a raw disk that only looks so, use --source-format raw");
    case NO_FOOTER:
        break;
    }
    return err_set(err, E_INVALID, "'%s' is no VHD: it does not end with a VHD footer",
                   source->path);
}

const struct source_kind vhd_kind = {
    .name = "vhd",
    .format = SOURCE_VHD,
    .probe = vhd_probe,
    .open = vhd_open,
    .next_data = raw_next_data,
    .read = raw_read,
};
