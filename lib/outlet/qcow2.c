/* qcow2 whose clusters are stored as they are: header, L1 table, refcount table, refcount blocks,
 * L2 tables, data in the order of the disk. So the file can be written from front to back. */
#include "outlet/qcow2.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/endian.h"
#include "outlet/room.h"

/* Where the fields of the header are. */
enum {
    VERSION_AT = 4,            /* u32 */
    CLUSTER_BITS_AT = 20,      /* u32 */
    SIZE_AT = 24,              /* u64 */
    L1_ENTRIES_AT = 36,        /* u32 */
    L1_OFFSET_AT = 40,         /* u64 */
    REFCOUNTS_OFFSET_AT = 48,  /* u64 */
    REFCOUNT_CLUSTERS_AT = 56, /* u32 */
    REFCOUNT_ORDER_AT = 96,    /* u32: counts have 1 << this bits */
    HEADER_LENGTH_AT = 100     /* u32 */
};

enum { VERSION = 3, REFCOUNT_ORDER = 4, HEADER_LENGTH = 104 };

/* Guests see sectors; QEMU would cut off the rest of one. */
enum { SECTOR = 512 };

uint64_t qcow2_l1_entries(uint64_t size)
{
    return number_divide_up(size, (uint64_t)QCOW2_TABLE * QCOW2_CLUSTER);
}

void qcow2_put_header(uint8_t out[static QCOW2_HEADER_SIZE], const struct qcow2_places *places)
{
    memcpy(out, "QFI\xfb", 4);
    big_put32(out + VERSION_AT, VERSION);
    big_put32(out + CLUSTER_BITS_AT, QCOW2_SHIFT);
    big_put64(out + SIZE_AT, places->size);
    big_put32(out + L1_ENTRIES_AT, (uint32_t)places->l1_entries);
    big_put64(out + L1_OFFSET_AT, places->l1_at);
    big_put64(out + REFCOUNTS_OFFSET_AT, places->refcounts_at);
    big_put32(out + REFCOUNT_CLUSTERS_AT, (uint32_t)places->refcount_clusters);
    big_put32(out + REFCOUNT_ORDER_AT, REFCOUNT_ORDER);
    big_put32(out + HEADER_LENGTH_AT, HEADER_LENGTH);
}

struct qcow2_plan {
    struct qcow2_places places;
    uint64_t blocks_at, blocks; /* refcount blocks: where, and how many */
    uint64_t tables_at;
    uint32_t *tables; /* which L1 entries have an L2 table, ascending: the others read as zeros */
    uint64_t table_count;
    uint64_t data_at;
    uint64_t total; /* clusters of the file */
    struct parts parts;
};

static int planned_open(struct image_writer *writer, struct err *err)
{
    (void)err;
    writer->size = number_divide_up(writer->size, SECTOR) * SECTOR;
    writer->cluster_shift = QCOW2_SHIFT;
    writer->layout = mem_new(1, sizeof(struct qcow2_plan));
    return 0;
}

static void planned_close(struct image_writer *writer)
{
    struct qcow2_plan *plan = writer->layout;

    if (plan)
        free(plan->tables);
    free(plan);
}

static bool fill_header(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct qcow2_plan *plan = writer->layout;

    (void)index;
    qcow2_put_header(out, &plan->places);
    return true;
}

static bool fill_l1(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct qcow2_plan *plan = writer->layout;
    bool any = false;

    for (uint64_t i = 0; i < plan->table_count; i++) {
        if (plan->tables[i] / QCOW2_TABLE != index)
            continue;
        big_put64(out + plan->tables[i] % QCOW2_TABLE * 8,
                  (plan->tables_at + i * QCOW2_CLUSTER) | QCOW2_COPIED);
        any = true;
    }
    return any;
}

static bool fill_refcount_table(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct qcow2_plan *plan = writer->layout;
    const uint64_t first = index * QCOW2_TABLE;
    const uint64_t count = number_smaller(plan->blocks - first, QCOW2_TABLE);

    for (uint64_t i = 0; i < count; i++)
        big_put64(out + i * 8, plan->blocks_at + (first + i) * QCOW2_CLUSTER);
    return true;
}

/* Every cluster of the file is in use, once. */
static bool fill_refcounts(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct qcow2_plan *plan = writer->layout;
    const uint64_t count = number_smaller(plan->total - index * QCOW2_COUNTS, QCOW2_COUNTS);

    for (uint64_t i = 0; i < count; i++)
        big_put16(out + i * 2, 1);
    return true;
}

static bool fill_l2(const struct image_writer *writer, uint64_t index, uint8_t *out)
{
    const struct qcow2_plan *plan = writer->layout;
    const struct clusters *clusters = &writer->clusters;
    const uint64_t first = (uint64_t)plan->tables[index] * QCOW2_TABLE;
    const uint64_t end = number_smaller(first + QCOW2_TABLE, clusters->count);
    uint64_t at = plan->data_at + (clusters_rank(clusters, first) << QCOW2_SHIFT);

    for (uint64_t i = first; i < end; i++) {
        if (!clusters_has(clusters, i))
            continue;
        big_put64(out + (i - first) * 8, at | QCOW2_COPIED);
        at += QCOW2_CLUSTER;
    }
    return true;
}

/* Which L2 tables there are. */
static void find_tables(struct qcow2_plan *plan, const struct clusters *clusters)
{
    uint64_t next;

    plan->tables = mem_new((size_t)plan->places.l1_entries, sizeof *plan->tables);
    for (uint64_t i = 0; i < plan->places.l1_entries; i++) {
        next = clusters_next(clusters, i * QCOW2_TABLE);
        if (next == clusters->count)
            return;
        i = next / QCOW2_TABLE;
        plan->tables[plan->table_count++] = (uint32_t)i;
    }
}

/* Refcount blocks and their table count themselves. */
static void count_refcounts(struct qcow2_plan *plan, uint64_t others)
{
    struct qcow2_places *places = &plan->places;
    uint64_t total;

    do {
        total = others + places->refcount_clusters + plan->blocks;
        plan->total = total;
        plan->blocks = number_divide_up(total, QCOW2_COUNTS);
        places->refcount_clusters = number_divide_up(plan->blocks, QCOW2_TABLE);
    } while (total != others + places->refcount_clusters + plan->blocks);
}

static int planned_plan(struct image_writer *writer, struct err *err)
{
    struct qcow2_plan *plan = writer->layout;
    struct qcow2_places *places = &plan->places;
    uint64_t l1_clusters;

    (void)err;
    places->size = writer->size;
    places->l1_at = QCOW2_CLUSTER;
    places->l1_entries = qcow2_l1_entries(writer->size);
    l1_clusters = number_divide_up(places->l1_entries, QCOW2_TABLE);
    find_tables(plan, &writer->clusters);
    count_refcounts(plan, 1 + l1_clusters + plan->table_count + writer->clusters.marked);
    places->refcounts_at = places->l1_at + l1_clusters * QCOW2_CLUSTER;
    plan->blocks_at = places->refcounts_at + places->refcount_clusters * QCOW2_CLUSTER;
    plan->tables_at = plan->blocks_at + plan->blocks * QCOW2_CLUSTER;
    plan->data_at = plan->tables_at + plan->table_count * QCOW2_CLUSTER;
    writer->file_size = plan->total * QCOW2_CLUSTER;

    parts_add(&plan->parts, (struct part){0, QCOW2_CLUSTER, fill_header});
    parts_add(&plan->parts, (struct part){places->l1_at, l1_clusters * QCOW2_CLUSTER, fill_l1});
    parts_add(&plan->parts,
              (struct part){places->refcounts_at, places->refcount_clusters * QCOW2_CLUSTER,
                            fill_refcount_table});
    parts_add(&plan->parts,
              (struct part){plan->blocks_at, plan->blocks * QCOW2_CLUSTER, fill_refcounts});
    parts_add(&plan->parts,
              (struct part){plan->tables_at, plan->table_count * QCOW2_CLUSTER, fill_l2});
    return 0;
}

static uint64_t planned_place(const struct image_writer *writer, uint64_t offset,
                              uint64_t *ret_length)
{
    const struct qcow2_plan *plan = writer->layout;

    return clusters_place(&writer->clusters, plan->data_at, offset, ret_length);
}

static bool planned_piece(struct image_writer *writer, uint64_t *state, struct image_piece *ret)
{
    struct qcow2_plan *plan = writer->layout;

    return parts_piece(&plan->parts, writer, state, ret);
}

const struct image_writer_kind qcow2_writer_kind = {
    .format = IMAGE_QCOW2,
    .forward = true,
    .name = "qcow2",
    .limit = QCOW2_LIMIT,
    .open = planned_open,
    .close = planned_close,
    .plan = planned_plan,
    .place = planned_place,
    .piece = planned_piece,
};
