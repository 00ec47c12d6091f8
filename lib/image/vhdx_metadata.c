/* VHDX: what the disk is. Section 2.6 "Metadata Region". */
#include "image/vhdx.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/endian.h"

enum {
    COUNT_AT = 10,       /* u16, of the table */
    FIRST_AT = 32,       /* its entries */
    ITEM_OFFSET_AT = 16, /* u32, in the region; of an entry, behind the GUID */
    ITEM_LENGTH_AT = 20, /* u32 */
    ITEM_FLAGS_AT = 24,  /* u32 */
    ITEM_IS_USER = 1,
    ITEM_IS_REQUIRED = 4,

    FLAGS_AT = 4, /* u32, of the file parameters, behind the block size */
    LEAVE_ALLOCATED = 1,
    HAS_PARENT = 2,

    BLOCK_SIZE_MIN = 1 << 20,
    BLOCK_SIZE_MAX = 256 << 20,
    CHUNK_SECTORS = 1 << 23, /* what one block of sector bitmaps stands for */
};

#define DISK_MAX ((uint64_t)64 << 40)

enum item { FILE_PARAMETERS, DISK_SIZE, LOGICAL_SECTOR, PHYSICAL_SECTOR, DISK_ID, PARENT, ITEMS };

/* clang-format off */
static const struct known {
    uint8_t guid[VHDX_GUID_SIZE];
    uint32_t length; /* 0: any */
    const char *name;
} known_items[ITEMS] = {
    [FILE_PARAMETERS] = {{0x37, 0x67, 0xa1, 0xca, 0x36, 0xfa, 0x43, 0x4d,
                          0xb3, 0xb6, 0x33, 0xf0, 0xaa, 0x44, 0xe7, 0x6b}, 8, "block size"},
    [DISK_SIZE]       = {{0x24, 0x42, 0xa5, 0x2f, 0x1b, 0xcd, 0x76, 0x48,
                          0xb2, 0x11, 0x5d, 0xbe, 0xd8, 0x3b, 0xf4, 0xb8}, 8, "disk size"},
    [LOGICAL_SECTOR]  = {{0x1d, 0xbf, 0x41, 0x81, 0x6f, 0xa9, 0x09, 0x47,
                          0xba, 0x47, 0xf2, 0x33, 0xa8, 0xfa, 0xab, 0x5f}, 4, "logical sector size"},
    [PHYSICAL_SECTOR] = {{0xc7, 0x48, 0xa3, 0xcd, 0x5d, 0x44, 0x71, 0x44,
                          0x9c, 0xc9, 0xe9, 0x88, 0x52, 0x51, 0xc5, 0x56}, 4, "physical sector size"},
    [DISK_ID]         = {{0xab, 0x12, 0xca, 0xbe, 0xe6, 0xb2, 0x23, 0x45,
                          0x93, 0xef, 0xc3, 0x09, 0xe0, 0x00, 0xc7, 0x46}, 16, "disk identifier"},
    [PARENT]          = {{0x2d, 0x5f, 0xd3, 0xa8, 0x0b, 0xb3, 0x4d, 0x45,
                          0xab, 0xf7, 0xd3, 0xd8, 0x48, 0x34, 0xab, 0x0c}, 0, "parent locator"},
};
/* clang-format on */

/* Where the items lie in the file; 0: not there. */
struct places {
    uint64_t items[ITEMS];
};

static int refuse_differencing(const struct source *source, struct err *err)
{
    err_set(err, E_UNSUPPORTED,
            "'%s' is a differencing VHDX: it holds only what differs from its parent",
            source->path);
    return err_hint(err, "merge it with its parent first (Hyper-V: Convert-VHD or Merge-VHD)");
}

static int note_item(const struct source *source, const struct vhdx_region *region,
                     const uint8_t *entry, struct places *places, struct err *err)
{
    const uint32_t flags = little_get32(entry + ITEM_FLAGS_AT);
    const uint64_t offset = little_get32(entry + ITEM_OFFSET_AT);
    const uint64_t length = little_get32(entry + ITEM_LENGTH_AT);
    size_t item = 0;

    while (item < ITEMS && memcmp(entry, known_items[item].guid, VHDX_GUID_SIZE) != 0)
        item++;
    if (item == ITEMS || flags & ITEM_IS_USER) {
        if (flags & ITEM_IS_REQUIRED)
            return vhdx_unknown(source, "metadata item", entry, err);
        return 0;
    }
    if (places->items[item] != 0)
        return vhdx_damaged(source, err, "its %s is there twice", known_items[item].name);
    if (known_items[item].length != 0 && length != known_items[item].length)
        return vhdx_damaged(source, err, "its %s has %lu bytes instead of %lu",
                            known_items[item].name, (unsigned long)length,
                            (unsigned long)known_items[item].length);
    if (offset < VHDX_TABLE_SIZE || offset + length > region->length)
        return vhdx_damaged(source, err, "its %s lies outside of the metadata",
                            known_items[item].name);
    places->items[item] = region->offset + offset;
    return 0;
}

static int note_items(const struct source *source, const struct vhdx_region *region,
                      const uint8_t *table, struct places *places, struct err *err)
{
    const uint16_t count = little_get16(table + COUNT_AT);

    if (memcmp(table, "metadata", 8) != 0)
        return vhdx_damaged(source, err, "its metadata table does not begin with its mark");
    if (count > VHDX_ENTRIES_MAX)
        return vhdx_damaged(source, err, "its metadata table has %u entries, more than %d", count,
                            VHDX_ENTRIES_MAX);
    for (size_t i = 0; i < count; i++) {
        const int rc =
            note_item(source, region, table + FIRST_AT + i * VHDX_ENTRY_SIZE, places, err);

        if (rc < 0)
            return rc;
    }
    if (places->items[PARENT] != 0)
        return refuse_differencing(source, err);
    for (size_t i = 0; i < PARENT; i++)
        if (places->items[i] == 0)
            return vhdx_damaged(source, err, "its %s is missing", known_items[i].name);
    return 0;
}

static int find_items(const struct source *source, const struct vhdx_region *region,
                      struct places *places, struct err *err)
{
    uint8_t *table = mem_new(VHDX_TABLE_SIZE, 1);
    int rc = source_file_read(source, table, VHDX_TABLE_SIZE, region->offset, err);

    if (rc == 0)
        rc = note_items(source, region, table, places, err);
    free(table);
    return rc;
}

static int read_sizes(const struct source *source, const struct places *places,
                      struct vhdx_layout *layout, uint32_t ret_sectors[static 2], struct err *err)
{
    uint8_t bytes[8] = {0};
    int rc = source_file_read(source, bytes, 8, places->items[DISK_SIZE], err);

    layout->size = little_get64(bytes);
    if (rc == 0)
        rc = source_file_read(source, bytes, 4, places->items[LOGICAL_SECTOR], err);
    ret_sectors[0] = little_get32(bytes);
    if (rc == 0)
        rc = source_file_read(source, bytes, 4, places->items[PHYSICAL_SECTOR], err);
    ret_sectors[1] = little_get32(bytes);
    return rc;
}

static int check_sizes(const struct source *source, const struct vhdx_layout *layout,
                       const uint32_t sectors[static 2], struct err *err)
{
    for (size_t i = 0; i < 2; i++)
        if (sectors[i] != 512 && sectors[i] != 4096)
            return vhdx_damaged(source, err, "its %s is %lu, not 512 or 4096",
                                known_items[LOGICAL_SECTOR + i].name, (unsigned long)sectors[i]);
    if (layout->size > DISK_MAX || layout->size % sectors[0] != 0)
        return vhdx_damaged(source, err, "its disk size is %llu, not whole sectors up to 64 TiB",
                            (unsigned long long)layout->size);
    if (layout->block_size < BLOCK_SIZE_MIN || layout->block_size > BLOCK_SIZE_MAX ||
        (layout->block_size & (layout->block_size - 1)) != 0)
        return vhdx_damaged(source, err,
                            "its blocks have %lu bytes, not a power of two from 1 to 256 MiB",
                            (unsigned long)layout->block_size);
    return 0;
}

int vhdx_metadata_read(const struct source *source, struct vhdx_layout *layout, struct err *err)
{
    struct places places = {0};
    uint8_t parameters[8];
    uint32_t sectors[2];
    int rc = find_items(source, &layout->metadata, &places, err);

    if (rc == 0)
        rc = source_file_read(source, parameters, sizeof parameters, places.items[FILE_PARAMETERS],
                              err);
    if (rc < 0)
        return rc;
    if (little_get32(parameters + FLAGS_AT) & HAS_PARENT)
        return refuse_differencing(source, err);
    layout->fixed = little_get32(parameters + FLAGS_AT) & LEAVE_ALLOCATED;
    layout->block_size = little_get32(parameters);
    rc = read_sizes(source, &places, layout, sectors, err);
    if (rc == 0)
        rc = check_sizes(source, layout, sectors, err);
    if (rc == 0)
        layout->ratio = (uint32_t)((uint64_t)CHUNK_SECTORS * sectors[0] / layout->block_size);
    return rc;
}
