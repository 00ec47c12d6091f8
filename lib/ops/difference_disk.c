/* What differs in one disk: blocks by their identities, told by partition. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/difference.h"
#include "ops/inspect.h"

/* The disk of one version. All-zero is one that it does not have: no data at all. */
struct side {
    struct gal_disk *disk;
    struct disk_reader *reader;
    const struct part *part; /* the segment being compared; NULL: it ends in front of it */
    size_t extent;           /* of the part: the first that ends behind where we are */
};

struct comparison {
    struct differing *differing;
    struct side from, to;
    struct difference_tally tally;
    struct disk_pair pair; /* only with files */
    uint64_t gone;         /* blocks of data that are no more what they were in the first version */
};

/* --- blocks --- */

/* Whether there is data at `block`. *end, where at most that ends, is brought nearer. */
static bool lies_at(struct side *side, uint64_t block, uint64_t *end)
{
    const struct part *const part = side->part;
    const struct extent *extent;

    while (part && side->extent < part->extent_count &&
           part->extents[side->extent].block + part->extents[side->extent].count <= block)
        side->extent++;
    if (!part || side->extent == part->extent_count)
        return false;
    extent = &part->extents[side->extent];
    *end =
        number_smaller(*end, extent->block > block ? extent->block : extent->block + extent->count);
    return extent->block <= block;
}

static void add(struct comparison *comparison, uint64_t block, uint64_t count,
                enum block_change change)
{
    difference_tally_add(&comparison->tally, block * BLOCK_SIZE, count * BLOCK_SIZE, change);
    if (change != BLOCK_NEW)
        comparison->gone += count;
}

/* Data in both. */
static void compare_blocks(struct comparison *comparison, uint64_t block, uint64_t count)
{
    const struct block_id *const left = part_ids(comparison->from.part, block, count);
    const struct block_id *const right = part_ids(comparison->to.part, block, count);

    for (uint64_t i = 0; i < count; i++)
        if (memcmp(&left[i], &right[i], sizeof left[i]) != 0)
            add(comparison, block + i, 1, BLOCK_REWRITTEN);
}

static void compare_parts(struct comparison *comparison, uint64_t block)
{
    const uint64_t stop = block + SEGMENT_BLOCKS;

    comparison->from.extent = comparison->to.extent = 0;
    while (block < stop) {
        uint64_t end = stop;
        const bool before = lies_at(&comparison->from, block, &end);
        const bool after = lies_at(&comparison->to, block, &end);

        if (before && after)
            compare_blocks(comparison, block, end - block);
        else if (before || after)
            add(comparison, block, end - block, after ? BLOCK_NEW : BLOCK_FREED);
        block = end;
    }
}

/* --- segments --- */

static size_t segments_of(const struct side *side)
{
    return side->reader ? disk_reader_segments(side->reader) : 0;
}

static bool same_segment(const struct comparison *comparison, size_t segment)
{
    return segment < segments_of(&comparison->from) && segment < segments_of(&comparison->to) &&
           memcmp(disk_reader_segment_digest(comparison->from.reader, segment),
                  disk_reader_segment_digest(comparison->to.reader, segment), SHA256_SIZE) == 0;
}

static int hold(struct comparison *comparison, struct side *side, size_t segment, struct err *err)
{
    struct differing *const differing = comparison->differing;
    int rc = 0;

    side->part = NULL;
    if (segment < segments_of(side))
        rc = disk_reader_hold(side->reader, segment, &side->part, err);
    if (rc)
        differing->blamed = side == &comparison->from ? &differing->from : &differing->to;
    return rc;
}

static void let_go(struct side *side)
{
    if (side->part)
        disk_reader_let_go(side->reader, side->part);
    side->part = NULL;
}

static int compare_segment(struct comparison *comparison, size_t segment, struct err *err)
{
    int rc = hold(comparison, &comparison->from, segment, err);

    if (rc == 0)
        rc = hold(comparison, &comparison->to, segment, err);
    if (rc == 0)
        compare_parts(comparison, (uint64_t)segment * SEGMENT_BLOCKS);
    let_go(&comparison->from);
    let_go(&comparison->to);
    return rc;
}

static int compare_segments(struct comparison *comparison, struct err *err)
{
    struct differing *const differing = comparison->differing;
    const size_t from = segments_of(&comparison->from), to = segments_of(&comparison->to);
    const uint64_t size = comparison->tally.size;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < (from > to ? from : to); i++) {
        if (!same_segment(comparison, i))
            rc = compare_segment(comparison, i, err);
        ops_progress(differing->store, "compare", differing->name,
                     differing->before + number_smaller((i + 1) * SEGMENT_SIZE, size),
                     differing->total, false);
    }
    return rc;
}

/* --- partitions --- */

static void take_partition(struct disk_partition *from, struct partition_difference *ret)
{
    *ret = (struct partition_difference){
        .number = from->number,
        .type = from->type,
        .type_id = from->type_id,
        .name = from->name,
        .start_in_bytes = from->start_in_bytes,
        .size_in_bytes = from->size_in_bytes,
    };
    from->type = from->type_id = from->name = NULL;
}

static void take_table(struct inspection *table, struct disk_difference *ret)
{
    ret->partition_table = table->partition_table;
    for (size_t i = 0; i < table->partitions.count; i++)
        take_partition(&table->partitions.items[i], VEC_ADD(&ret->partitions));
    if (ret->partitions.count > 0)
        VEC_ADD(&ret->partitions)->type = text_copy("outside of partitions");
}

/* The partitions alone: what a disk starts from, and what is wrong with the table, is no part of
 * them. */
static int read_table(struct comparison *comparison, struct side *side, struct inspection *ret,
                      struct err *err)
{
    struct differing *const differing = comparison->differing;
    int rc = 0;

    ret->partition_table = TABLE_NONE;
    if (side->disk)
        rc = inspect_stored_table(side->disk, ret, err);
    if (rc)
        differing->blamed = side == &comparison->from ? &differing->from : &differing->to;
    ret->boot = (struct boot_hints){0};
    list_done(&ret->findings, shape_row(&inspection_shape, "findings")->shape);
    return rc;
}

/* Where file systems of that side may be. */
static void find_places(struct comparison *comparison, int side, const struct inspection *table)
{
    struct disk_pair *const pair = &comparison->pair;
    const struct side *const of = side ? &comparison->to : &comparison->from;

    pair->disks[side] = of->disk;
    pair->readers[side] = of->reader;
    for (size_t i = 0; i < table->partitions.count; i++)
        *VEC_ADD(&pair->places[side]) = (struct disk_place){
            .number = (unsigned)table->partitions.items[i].number.value,
            .start = (uint64_t)table->partitions.items[i].start_in_bytes.value,
            .size = (uint64_t)table->partitions.items[i].size_in_bytes.value,
        };
    if (table->partitions.count == 0)
        *VEC_ADD(&pair->places[side]) = (struct disk_place){.size = gal_disk_size(of->disk)};
}

static int read_tables(struct comparison *comparison, struct disk_difference *ret, struct err *err)
{
    struct inspection from = {0}, to = {0};
    int rc = read_table(comparison, &comparison->from, &from, err);

    if (rc == 0)
        rc = read_table(comparison, &comparison->to, &to, err);
    if (rc == 0 && comparison->from.disk && comparison->to.disk)
        ret->table_changed =
            (struct opt_bool){.set = true, .value = !shape_equal(&inspection_shape, &from, &to)};
    if (rc == 0 && comparison->differing->with_files && ret->table_changed.set) {
        find_places(comparison, 0, &from);
        find_places(comparison, 1, &to);
    }
    if (rc == 0)
        take_table(to.partitions.count ? &to : &from, ret);
    shape_done(&inspection_shape, &from);
    shape_done(&inspection_shape, &to);
    return rc;
}

/* --- the disk --- */

static int open_side(struct comparison *comparison, struct differing_side *of,
                     const struct disk_image *image, struct side *ret, struct err *err)
{
    int rc = 0;

    if (image)
        rc = version_disks_open_disk(&of->disks, image,
                                     comparison->differing->with_files ? DISK_PARTS_KEPT : 0,
                                     &ret->disk, &ret->reader, err);
    if (rc)
        comparison->differing->blamed = of;
    return rc;
}

static uint64_t equal_bytes(const struct comparison *comparison)
{
    const struct side *const from = &comparison->from, *const to = &comparison->to;

    if (!from->reader || !to->reader)
        return 0;
    return (disk_reader_data_blocks(from->reader) - comparison->gone) * BLOCK_SIZE;
}

static int compare(struct comparison *comparison, struct disk_difference *ret, struct err *err)
{
    int rc = read_tables(comparison, ret, err);

    if (rc)
        return rc;
    difference_tally_begin(&comparison->tally, ret, comparison->differing->most);
    rc = compare_segments(comparison, err);
    difference_tally_end(&comparison->tally);
    ret->equal_bytes = opt_int_of(equal_bytes(comparison));
    return rc;
}

int differing_disk(struct differing *differing, const struct disk_image *from,
                   const struct disk_image *to, struct disk_difference *ret, struct err *err)
{
    struct comparison comparison = {.differing = differing};
    int rc;

    if (from && to && from->disk_digest && text_equal(from->disk_digest, to->disk_digest)) {
        ret->state = DISK_SAME;
        ret->equal_bytes = from->data_size_in_bytes;
        ret->changed_bytes = ret->new_bytes = ret->freed_bytes = ret->change_count = opt_int_of(0);
        return 0;
    }
    ret->state = !from ? DISK_ADDED : !to ? DISK_REMOVED : DISK_CHANGED;
    rc = open_side(&comparison, &differing->from, from, &comparison.from, err);
    if (rc == 0)
        rc = open_side(&comparison, &differing->to, to, &comparison.to, err);
    if (rc == 0)
        rc = compare(&comparison, ret, err);
    if (rc == 0 && comparison.pair.disks[0])
        rc = differing_files(differing, &comparison.pair, ret, err);
    free(comparison.pair.places[0].items);
    free(comparison.pair.places[1].items);
    gal_disk_close(comparison.from.disk);
    gal_disk_close(comparison.to.disk);
    return rc;
}
