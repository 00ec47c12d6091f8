/* VHD: the footer, which both kinds end with, and fixed disks: the disk, then the footer. See
 * vhd.h. Sections "Hard Disk Footer Format" and "Fixed Hard Disk Image".
 *
 * What the guest sees: the footer has the size twice, in bytes and as cylinders, heads and sectors,
 * whose product is smaller unless the size was chosen to fit. Virtual PC shows the guest the
 * product, and so does qemu for what it made without force_size (it then rounds the size up to such
 * a product). Hyper-V, Azure, Xen, disk2vhd, VirtualBox, and qemu with force_size ("qem2") show all
 * bytes. So the product is taken when the creator is "vpc " or "qemu", else the size in bytes, also
 * of creators that are not known: what is too much can be seen, what is cut off cannot. The largest
 * product that the fields can hold stands for "too large to be said so": the size in bytes. */
#include "image/vhd.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/endian.h"

enum {
    VERSION_AT = 12, /* u32: major in the upper half */
    HEADER_AT = 16,  /* u64 "data offset" */
    CREATOR_AT = 28, /* four letters */
    SIZE_AT = 48,    /* u64 "current size" */
    CYLINDERS_AT = 56,
    HEADS_AT = 58,
    SECTORS_AT = 59,
    TYPE_AT = 60,    /* u32 */
    CHECKSUM_AT = 64 /* u32 */
};

#define GEOMETRY_MAX ((uint64_t)65535 * 16 * 255)

int vhd_damaged(const struct source *source, struct err *err, const char *format, ...)
{
    char cause[256];
    va_list args;

    va_start(args, format);
    vsnprintf(cause, sizeof cause, format, args);
    va_end(args);
    err_set(err, E_INVALID, "the VHD '%s' is damaged: %s", source->path, cause);
    return err_hint(err, "copy it again and compare the sizes; if it is a raw disk that only looks "
                         "so, use --source-format raw");
}

uint32_t vhd_checksum(const uint8_t *bytes, size_t length, size_t skip)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < length; i++)
        if (i < skip || i >= skip + 4)
            sum += bytes[i];
    return ~sum;
}

static uint64_t visible_size(const uint8_t footer[static VHD_FOOTER_SIZE])
{
    const uint64_t sectors =
        (uint64_t)big_get16(footer + CYLINDERS_AT) * footer[HEADS_AT] * footer[SECTORS_AT];

    if ((memcmp(footer + CREATOR_AT, "vpc ", 4) == 0 ||
         memcmp(footer + CREATOR_AT, "qemu", 4) == 0) &&
        sectors != GEOMETRY_MAX)
        return sectors * VHD_SECTOR;
    return big_get64(footer + SIZE_AT);
}

/* A place where a footer may be. */
enum mark {
    NO_FOOTER,
    VALID,
    DAMAGED, /* the cookie is there and the checksum is wrong */
    UNKNOWN, /* it is whole, and of a kind that is not known */
};

/* `err` is set when it is there and not valid. */
static enum mark judge(const struct source *source, const uint8_t footer[static VHD_FOOTER_SIZE],
                       struct vhd_footer *ret, struct err *err)
{
    const uint32_t type = big_get32(footer + TYPE_AT);

    if (memcmp(footer, "conectix", 8) != 0)
        return NO_FOOTER;
    if (big_get32(footer + CHECKSUM_AT) != vhd_checksum(footer, VHD_FOOTER_SIZE, CHECKSUM_AT)) {
        vhd_damaged(source, err, "the checksum of its footer is wrong");
        return DAMAGED;
    }
    if (big_get32(footer + VERSION_AT) >> 16 != 1) {
        vhd_damaged(source, err, "its footer has a version other than 1");
        return UNKNOWN;
    }
    if (type < VHD_FIXED || type > VHD_DIFFERENCING) {
        vhd_damaged(source, err, "its footer has the unknown disk type %lu", (unsigned long)type);
        return UNKNOWN;
    }
    *ret = (struct vhd_footer){
        .type = type,
        .size = big_get64(footer + SIZE_AT),
        .visible = visible_size(footer),
        .header_at = big_get64(footer + HEADER_AT),
    };
    return VALID;
}

static int judge_at(const struct source *source, uint64_t offset, enum mark *ret,
                    struct vhd_footer *footer, struct err *err)
{
    uint8_t bytes[VHD_FOOTER_SIZE];
    const int rc = source_file_read(source, bytes, sizeof bytes, offset, err);

    if (rc == 0)
        *ret = judge(source, bytes, footer, err);
    return rc;
}

/* The footer at the end of the file says what it is. When there is none, or a damaged one, the copy
 * at the beginning of a dynamic disk is as good: it is there for that. A file that was cut short
 * has no footer either, but then a block lies beyond its end or where the footer should be, and
 * vhd_dynamic_open refuses that. */
static int look(const struct source *source, enum mark *ret, struct vhd_footer *footer,
                struct err *err)
{
    struct vhd_footer copy;
    enum mark mark = NO_FOOTER;
    struct err why = {0};
    int rc;

    *ret = NO_FOOTER;
    if (source->info.size < VHD_FOOTER_SIZE)
        return 0;
    rc = judge_at(source, source->info.size - VHD_FOOTER_SIZE, ret, footer, err);
    if (rc < 0 || *ret == VALID || *ret == UNKNOWN)
        return rc;
    rc = judge_at(source, 0, &mark, &copy, &why);
    if (rc < 0)
        return err_set(err, rc, "%s", why.text);
    if (mark == VALID && copy.type != VHD_FIXED) {
        *footer = copy;
        *ret = VALID;
        if (err)
            *err = (struct err){0};
    } else if (mark != NO_FOOTER && *ret == NO_FOOTER) {
        vhd_damaged(source, err, "it begins like one and does not end with a footer");
        *ret = DAMAGED;
    }
    return 0;
}

/* A dynamic disk begins with a copy of its footer. */
static uint64_t vhd_declared_size(const uint8_t *head, size_t length)
{
    if (length < VHD_FOOTER_SIZE || memcmp(head, "conectix", 8) != 0)
        return 0;
    return big_get64(head + SIZE_AT);
}

static int vhd_probe(struct source *source, bool *ret, struct err *err)
{
    struct err ignored = {0};
    struct vhd_footer footer;
    enum mark mark;
    const int rc = look(source, &mark, &footer, &ignored);

    if (rc < 0)
        return err_set(err, rc, "%s", ignored.text);
    *ret = mark != NO_FOOTER;
    return 0;
}

static int open_fixed(struct source *source, const struct vhd_footer *footer, struct err *err)
{
    const uint64_t disk = source->info.size - VHD_FOOTER_SIZE;

    if (footer->size != disk)
        return vhd_damaged(source, err, "it is for a disk of %llu bytes, but holds %llu",
                           (unsigned long long)footer->size, (unsigned long long)disk);
    if (footer->visible > disk)
        return vhd_damaged(source, err, "its geometry is of a disk of %llu bytes, it holds %llu",
                           (unsigned long long)footer->visible, (unsigned long long)disk);
    source->size = footer->visible;
    source->variant = text_copy("fixed");
    return 0;
}

static int refuse_differencing(const struct source *source, struct err *err)
{
    err_set(err, E_UNSUPPORTED,
            "'%s' is a differencing VHD: it holds only what differs from its parent", source->path);
    return err_hint(err, "merge it with its parent first (Hyper-V: Convert-VHD or Merge-VHD)");
}

static int vhd_open(struct source *source, struct err *err)
{
    struct vhd_footer footer;
    enum mark mark;
    const int rc = look(source, &mark, &footer, err);

    if (rc < 0)
        return rc;
    if (mark == NO_FOOTER)
        return err_set(err, E_INVALID, "'%s' is no VHD: it does not end with a VHD footer",
                       source->path);
    if (mark != VALID)
        return E_INVALID;
    if (footer.type == VHD_DIFFERENCING)
        return refuse_differencing(source, err);
    if (footer.type == VHD_DYNAMIC)
        return vhd_dynamic_open(source, &footer, err);
    return open_fixed(source, &footer, err);
}

static void vhd_close(struct source *source)
{
    free(source->layout);
}

static int vhd_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                         uint64_t *ret_end, struct err *err)
{
    if (cursor->source->layout)
        return vhd_dynamic_next_data(cursor, offset, ret_start, ret_end, err);
    return raw_next_data(cursor, offset, ret_start, ret_end, err);
}

static int vhd_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
                    struct err *err)
{
    if (cursor->source->layout)
        return vhd_dynamic_read(cursor, bytes, length, offset, err);
    return raw_read(cursor, bytes, length, offset, err);
}

const struct source_kind vhd_kind = {
    .name = "vhd",
    .format = SOURCE_VHD,
    .probe = vhd_probe,
    .declared_size = vhd_declared_size,
    .open = vhd_open,
    .close = vhd_close,
    .scratch_new = vhd_dynamic_scratch_new,
    .scratch_free = vhd_dynamic_scratch_free,
    .next_data = vhd_next_data,
    .read = vhd_read,
};
