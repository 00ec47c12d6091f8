/* VMDK in one file (monolithicSparse): header, description, grain directory and grain tables, both
 * twice, grains in the order of the disk. So the file can be written from front to back. All grain
 * tables are there, as VMware makes them; those of nothing but zeros are holes of the file. */
#include "outlet/vmdk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/endian.h"

/* Where the fields of the header are. Offsets and sizes are u64 in sectors. */
enum {
    VERSION_AT = 4, /* u32 */
    FLAGS_AT = 8,   /* u32 */
    CAPACITY_AT = 12,
    GRAIN_AT = 20,
    DESCRIPTION_AT = 28,
    DESCRIPTION_SIZE_AT = 36,
    TABLE_ENTRIES_AT = 44, /* u32: of a grain table */
    REDUNDANT_DIRECTORY_AT = 48,
    DIRECTORY_AT = 56,
    DATA_AT = 64,
    LINE_ENDS_AT = 73,   /* four bytes that no conversion of line ends leaves as they are */
    COMPRESSION_AT = 77, /* u16 */
};

enum { VERSION = 1, COMPRESSION_DEFLATE = 1 };

/* What large disks have since there are disks. */
enum { HEADS = 255, TRACK_SECTORS = 63, CYLINDERS_MAX = 65535 };

static uint64_t sectors(uint64_t bytes)
{
    return bytes == UINT64_MAX ? bytes : bytes / VMDK_SECTOR;
}

void vmdk_put_header(uint8_t out[static VMDK_SECTOR], const struct vmdk_places *places)
{
    memcpy(out, "KDMV", 4);
    little_put32(out + VERSION_AT, places->version);
    little_put32(out + FLAGS_AT, places->flags);
    little_put64(out + CAPACITY_AT, sectors(places->size));
    little_put64(out + GRAIN_AT, sectors(VMDK_GRAIN));
    little_put64(out + DESCRIPTION_AT, sectors(VMDK_DESCRIPTION_AT));
    little_put64(out + DESCRIPTION_SIZE_AT, sectors(VMDK_DESCRIPTION_SIZE));
    little_put32(out + TABLE_ENTRIES_AT, VMDK_TABLE_ENTRIES);
    little_put64(out + REDUNDANT_DIRECTORY_AT, sectors(places->redundant_directory_at));
    little_put64(out + DIRECTORY_AT, sectors(places->directory_at));
    little_put64(out + DATA_AT, sectors(places->data_at));
    memcpy(out + LINE_ENDS_AT, "\n \r\n", 4);
    little_put16(out + COMPRESSION_AT, places->flags & VMDK_COMPRESSED ? COMPRESSION_DEFLATE : 0);
}

/* The file is given a constant name: it does not know its own, and readers of a disk in one file
 * have it open already. A content id of ffffffff would be none. */
void vmdk_put_description(uint8_t *out, const struct image_writer *writer, const char *type,
                          const char *access)
{
    const uint64_t cylinders = writer->size / VMDK_SECTOR / (HEADS * TRACK_SECTORS);

    snprintf((char *)out, VMDK_DESCRIPTION_SIZE,
             "# Disk DescriptorFile\n"
             "version=1\n"
             "CID=%08lx\n"
             "parentCID=ffffffff\n"
             "createType=\"%s\"\n"
             "\n"
             "# Extent description\n"
             "%s %llu SPARSE \"disk.vmdk\"\n"
             "\n"
             "# The Disk Data Base\n"
             "#DDB\n"
             "\n"
             "ddb.virtualHWVersion = \"4\"\n"
             "ddb.geometry.cylinders = \"%llu\"\n"
             "ddb.geometry.heads = \"%d\"\n"
             "ddb.geometry.sectors = \"%d\"\n"
             "ddb.adapterType = \"lsilogic\"\n",
             (unsigned long)(little_get32(writer->request.seed) & INT32_MAX), type, access,
             (unsigned long long)(writer->size / VMDK_SECTOR),
             (unsigned long long)(cylinders ? number_smaller(cylinders, CYLINDERS_MAX) : 1), HEADS,
             TRACK_SECTORS);
}

void vmdk_round_size(struct image_writer *writer)
{
    writer->size = number_divide_up(writer->size, VMDK_SECTOR) * VMDK_SECTOR;
}

uint64_t vmdk_tables(const struct image_writer *writer)
{
    return number_divide_up(writer->size, (uint64_t)VMDK_TABLE_ENTRIES * VMDK_GRAIN);
}

int vmdk_check_file(uint64_t size, struct err *err)
{
    if (size <= VMDK_FILE_MAX)
        return 0;
    err_set(err, E_INVALID, "a VMDK file holds at most %llu bytes, and the disk's data needs more",
            (unsigned long long)VMDK_FILE_MAX);
    return err_hint(err, "formats for more data: raw, vhdx, qcow2");
}

/* --- planned --- */

struct vmdk_plan {
    struct vmdk_places places;
    uint64_t redundant_tables_at, tables_at;
    uint64_t tables;
    struct parts parts;
};

static int vmdk_open(struct image_writer *writer, struct err *err)
{
    (void)err;
    vmdk_round_size(writer);
    writer->cluster_shift = VMDK_GRAIN_SHIFT;
    writer->layout = mem_new(1, sizeof(struct vmdk_plan));
    return 0;
}

static void vmdk_close(struct image_writer *writer)
{
    free(writer->layout);
}

static bool fill_front(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct vmdk_plan *plan = writer->layout;

    (void)index;
    vmdk_put_header(out, &plan->places);
    vmdk_put_description(out + VMDK_DESCRIPTION_AT, writer, "monolithicSparse", "RW");
    return true;
}

enum { PIECE_ENTRIES = PIECE_SIZE / 4 };

/* Tables lie one behind the other from `tables_at` on. */
static bool fill_directory(const struct vmdk_plan *plan, uint64_t tables_at, uint64_t index,
                           uint8_t *out)
{
    const uint64_t first = index * PIECE_ENTRIES;
    const uint64_t end = number_smaller(first + PIECE_ENTRIES, plan->tables);

    for (uint64_t i = first; i < end; i++)
        little_put32(out + (i - first) * 4, (uint32_t)sectors(tables_at + i * VMDK_TABLE_SIZE));
    return true;
}

static bool fill_redundant_directory(const struct image_writer *writer, uint64_t index,
                                     uint8_t *out)
{
    const struct vmdk_plan *plan = writer->layout;

    return fill_directory(plan, plan->redundant_tables_at, index, out);
}

static bool fill_main_directory(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct vmdk_plan *plan = writer->layout;

    return fill_directory(plan, plan->tables_at, index, out);
}

/* All tables together are one list of the grains of the disk. */
static bool fill_tables(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct vmdk_plan *plan = writer->layout;
    const struct clusters *clusters = &writer->clusters;
    const uint64_t first = index * PIECE_ENTRIES;
    const uint64_t end = number_smaller(first + PIECE_ENTRIES, clusters->count);
    uint64_t grain = clusters_next(clusters, first);
    uint64_t at;

    if (grain >= end)
        return false;
    at = plan->places.data_at + (clusters_rank(clusters, grain) << VMDK_GRAIN_SHIFT);
    for (; grain < end; grain++) {
        if (!clusters_has(clusters, grain))
            continue;
        little_put32(out + (grain - first) * 4, (uint32_t)sectors(at));
        at += VMDK_GRAIN;
    }
    return true;
}

static int vmdk_plan(struct image_writer *writer, struct err *err)
{
    struct vmdk_plan *plan = writer->layout;
    struct vmdk_places *places = &plan->places;
    const uint64_t tables = vmdk_tables(writer);
    const uint64_t directory_size = number_divide_up(tables * 4, VMDK_SECTOR) * VMDK_SECTOR;
    const uint64_t tables_size = tables * VMDK_TABLE_SIZE;

    places->version = VERSION;
    places->flags = VMDK_LINE_ENDS | VMDK_REDUNDANT;
    places->size = writer->size;
    places->redundant_directory_at = VMDK_DESCRIPTION_AT + VMDK_DESCRIPTION_SIZE;
    plan->tables = tables;
    plan->redundant_tables_at = places->redundant_directory_at + directory_size;
    places->directory_at = plan->redundant_tables_at + tables_size;
    plan->tables_at = places->directory_at + directory_size;
    places->data_at = number_divide_up(plan->tables_at + tables_size, VMDK_GRAIN) * VMDK_GRAIN;
    writer->file_size = places->data_at + (writer->clusters.marked << VMDK_GRAIN_SHIFT);

    parts_add(&plan->parts, (struct part){0, places->redundant_directory_at, fill_front});
    parts_add(&plan->parts, (struct part){places->redundant_directory_at, directory_size,
                                          fill_redundant_directory});
    parts_add(&plan->parts, (struct part){plan->redundant_tables_at, tables_size, fill_tables});
    parts_add(&plan->parts,
              (struct part){places->directory_at, directory_size, fill_main_directory});
    parts_add(&plan->parts, (struct part){plan->tables_at, tables_size, fill_tables});
    return vmdk_check_file(writer->file_size, err);
}

static uint64_t vmdk_place(const struct image_writer *writer, uint64_t offset, uint64_t *ret_length)
{
    const struct vmdk_plan *plan = writer->layout;

    return clusters_place(&writer->clusters, plan->places.data_at, offset, ret_length);
}

static bool vmdk_piece(struct image_writer *writer, uint64_t *state, struct image_piece *ret)
{
    struct vmdk_plan *plan = writer->layout;

    return parts_piece(&plan->parts, writer, state, ret);
}

const struct image_writer_kind vmdk_writer_kind = {
    .format = IMAGE_VMDK,
    .forward = true,
    .name = "VMDK",
    .limit = VMDK_FILE_MAX,
    .open = vmdk_open,
    .close = vmdk_close,
    .plan = vmdk_plan,
    .place = vmdk_place,
    .piece = vmdk_piece,
};
