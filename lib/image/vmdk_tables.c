#include "image/vmdk.h"

#include "base/number.h"
#include "base/endian.h"

/* What a walk through the tables holds. */
struct walk {
    const struct source *source;
    const struct vmdk_layout *layout;
    struct pages *pages;
    struct claims *claims;
    uint64_t last;       /* where the compressed grain lies that is nearest to the end */
    uint64_t last_grain; /* its number */
};

uint64_t vmdk_grain_used(const struct source *source, const struct vmdk_layout *layout,
                         uint64_t number)
{
    return number_smaller(layout->grain, source->size - number * layout->grain);
}

/* Claim a part of the file; `what` and `number` name it. */
static int claim(struct walk *walk, uint64_t offset, uint64_t length, const char *what,
                 struct err *err)
{
    const uint64_t size = walk->source->info.size;

    if (length > size || offset > size - length) {
        err_set(err, E_INVALID, "the VMDK '%s' is cut short or damaged: %s lies outside the file",
                walk->source->path, what);
        return err_hint(err, "copy it again");
    }
    if (!claims_take(walk->claims, offset, length))
        return vmdk_damaged(walk->source, err, "%s lies on something else, at byte %llu", what,
                            (unsigned long long)offset);
    return 0;
}

static int check_grain(struct walk *walk, uint64_t number, uint32_t entry, struct err *err)
{
    const uint64_t at = (uint64_t)entry * VMDK_SECTOR;

    if (entry == VMDK_NO_GRAIN || (entry == VMDK_ZERO_GRAIN && walk->layout->zero_grains))
        return 0;
    if (!walk->layout->compressed)
        return claim(walk, at, vmdk_grain_used(walk->source, walk->layout, number), "a grain", err);
    if (at > walk->last) {
        walk->last = at;
        walk->last_grain = number;
    }
    /* How long it is says its marker, which is read with it: to look at each now would be a read
     * for each. One sector for each grain bounds what a file can pose as. */
    return claim(walk, at, VMDK_MARKER_SIZE, "a compressed grain", err);
}

static int check_table(struct walk *walk, uint64_t table, uint32_t entry, struct err *err)
{
    const uint64_t at = (uint64_t)entry * VMDK_SECTOR;
    const uint64_t first = table * VMDK_TABLE_ENTRIES;
    const uint64_t count = number_smaller(VMDK_TABLE_ENTRIES, walk->layout->grains - first);
    uint8_t bytes[VMDK_TABLE_SIZE];
    int rc = claim(walk, at, sizeof bytes, "a grain table", err);

    if (rc == 0)
        rc = pages_read(walk->pages, bytes, sizeof bytes, at, err);
    for (uint64_t i = 0; rc == 0 && i < count; i++)
        rc = check_grain(walk, first + i, little_get32(bytes + i * 4), err);
    return rc;
}

/* The compressed grain that is nearest to the end of the file must be whole: so a file that was cut
 * short is noticed before it is half read. */
static int check_last(struct walk *walk, struct err *err)
{
    uint8_t marker[VMDK_MARKER_SIZE];
    size_t length = 0;
    int rc;

    if (walk->last == 0)
        return 0;
    rc = pages_read(walk->pages, marker, sizeof marker, walk->last, err);
    if (rc == 0)
        rc = vmdk_marker_check(walk->source, walk->layout, walk->last_grain, marker, &length, err);
    if (rc < 0)
        return rc;
    if (length > walk->source->info.size - walk->last - VMDK_MARKER_SIZE) {
        err_set(err, E_INVALID, "the VMDK '%s' is cut short within its last grain",
                walk->source->path);
        return err_hint(err, "copy it again");
    }
    return 0;
}

static int walk_all(struct walk *walk, const struct vmdk_header *header, struct err *err)
{
    const uint64_t tables = number_divide_up(walk->layout->grains, VMDK_TABLE_ENTRIES);
    int rc = claim(walk, 0, VMDK_SECTOR, "the header", err);

    if (rc == 0)
        rc = claim(walk, header->description, header->description_size, "the description", err);
    if (rc == 0)
        rc = claim(walk, header->directory, tables * 4, "the grain directory", err);
    for (uint64_t i = 0; rc == 0 && i < tables; i++) {
        uint8_t entry[4];

        rc = pages_read(walk->pages, entry, sizeof entry, header->directory + i * 4, err);
        if (rc == 0 && little_get32(entry) != 0)
            rc = check_table(walk, i, little_get32(entry), err);
    }
    return rc == 0 ? check_last(walk, err) : rc;
}

int vmdk_tables_check(const struct source *source, const struct vmdk_header *header,
                      const struct vmdk_layout *layout, struct err *err)
{
    struct walk walk = {
        .source = source,
        .layout = layout,
        .pages = pages_new(source),
        .claims = claims_new(source->info.size, VMDK_SECTOR),
    };
    const int rc = walk_all(&walk, header, err);

    claims_free(walk.claims);
    pages_free(walk.pages);
    return rc;
}

int vmdk_marker_check(const struct source *source, const struct vmdk_layout *layout,
                      uint64_t number, const uint8_t marker[static VMDK_MARKER_SIZE],
                      size_t *ret_length, struct err *err)
{
    const uint64_t sector = little_get64(marker);
    const uint32_t length = little_get32(marker + 8);

    if (sector != number * (layout->grain / VMDK_SECTOR))
        return vmdk_damaged(source, err, "its grain %llu says that it is of sector %llu",
                            (unsigned long long)number, (unsigned long long)sector);
    /* What does not shrink becomes longer by less than this with any compressor. */
    if (length == 0 || length > 2 * layout->grain)
        return vmdk_damaged(source, err, "its grain %llu is of %lu bytes compressed",
                            (unsigned long long)number, (unsigned long)length);
    *ret_length = length;
    return 0;
}
