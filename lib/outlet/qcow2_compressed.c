/* qcow2 whose clusters are compressed, each alone, and packed one behind the other, whatever the
 * boundaries of clusters; one that does not shrink is stored as it is, in a cluster of its own.
 * Tables lie among the data: an L2 table in front of the first cluster that it names, a refcount
 * block where the clusters begin that it counts. So only one of each is in memory, beside the L1
 * table and the refcount table. Those two lie behind the header, and are known when all is. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "codec/cluster.h"
#include "base/endian.h"
#include "outlet/qcow2.h"
#include "outlet/room.h"

enum {
    SECTOR = 512, /* in which compressed clusters are measured */
    /* Of an L2 entry of a compressed cluster: where the number of its further sectors begins. */
    SECTORS_SHIFT = 62 - (QCOW2_SHIFT - 8),
};

/* A table of which one cluster is in memory. */
struct table {
    uint64_t index; /* which cluster of it */
    uint64_t at;    /* its place in the file; 0: it has none yet */
    uint8_t bytes[QCOW2_CLUSTER];
};

struct qcow2_stream {
    struct qcow2_places places;
    uint64_t end;  /* of the clusters that are taken */
    uint64_t tail; /* of the compressed data: its cluster may have room */
    uint8_t *l1;   /* as in the file */
    size_t l1_size;
    uint8_t *refcount_table;
    size_t refcount_table_size;
    struct table l2;
    struct table counts; /* the refcount block of the last clusters */
    struct ready ready;
};

static void hand_over(struct qcow2_stream *stream, struct table *table)
{
    ready_add(&stream->ready, table->at, table->bytes, sizeof table->bytes);
    memset(table, 0, sizeof *table);
}

/* A block is complete when a cluster behind its own is counted, for data goes to earlier ones only
 * within a block. It has its place by then: the few clusters of one unit do not fill it. */
static void count_cluster(struct qcow2_stream *stream, uint64_t cluster)
{
    uint8_t *count;

    if (cluster / QCOW2_COUNTS != stream->counts.index) {
        hand_over(stream, &stream->counts);
        stream->counts.index = cluster / QCOW2_COUNTS;
    }
    count = stream->counts.bytes + cluster % QCOW2_COUNTS * 2;
    big_put16(count, (uint16_t)(big_get16(count) + 1));
}

static uint64_t take_cluster(struct qcow2_stream *stream)
{
    const uint64_t at = stream->end;

    stream->end += QCOW2_CLUSTER;
    count_cluster(stream, at >> QCOW2_SHIFT);
    return at;
}

/* A place for the refcount block that was begun last. */
static void place_counts(struct qcow2_stream *stream)
{
    uint64_t at;

    if (stream->counts.at)
        return;
    at = take_cluster(stream);
    stream->counts.at = at;
    big_put64(stream->refcount_table + stream->counts.index * 8, at);
}

/* --- writer --- */

/* Of the refcount table, for a file in which nothing shrank. No unit takes more than one
 * cluster. */
static uint64_t refcount_clusters(uint64_t size, uint64_t front)
{
    const uint64_t clusters =
        front + number_divide_up(size, QCOW2_CLUSTER) + qcow2_l1_entries(size);
    /* A block counts itself too; one more for the table, which these few clusters hardly fill. */
    const uint64_t blocks = number_divide_up(clusters, QCOW2_COUNTS - 1) + 1;

    return number_divide_up(blocks, QCOW2_TABLE);
}

static int compressed_open(struct image_writer *writer, struct err *err)
{
    struct qcow2_stream *stream = mem_new(1, sizeof *stream);
    struct qcow2_places *places = &stream->places;

    (void)err;
    writer->size = number_divide_up(writer->size, SECTOR) * SECTOR;
    writer->unit = writer->bound = QCOW2_CLUSTER;
    writer->layout = stream;
    places->size = writer->size;
    places->l1_at = QCOW2_CLUSTER;
    places->l1_entries = qcow2_l1_entries(writer->size);
    stream->l1_size = (size_t)number_divide_up(places->l1_entries, QCOW2_TABLE) * QCOW2_CLUSTER;
    stream->l1 = mem_new(stream->l1_size, 1);
    places->refcounts_at = places->l1_at + stream->l1_size;
    places->refcount_clusters =
        refcount_clusters(writer->size, places->refcounts_at >> QCOW2_SHIFT);
    stream->refcount_table_size = (size_t)places->refcount_clusters * QCOW2_CLUSTER;
    stream->refcount_table = mem_new(stream->refcount_table_size, 1);
    while (stream->end < places->refcounts_at + stream->refcount_table_size)
        take_cluster(stream);
    return 0;
}

static void compressed_close(struct image_writer *writer)
{
    struct qcow2_stream *stream = writer->layout;

    if (!stream)
        return;
    ready_done(&stream->ready);
    free(stream->l1);
    free(stream->refcount_table);
    free(stream);
}

/* The L2 table that entry `index` of L1 names. */
static void begin_l2(struct qcow2_stream *stream, uint64_t index)
{
    if (stream->l2.at && stream->l2.index == index)
        return;
    if (stream->l2.at)
        hand_over(stream, &stream->l2);
    stream->l2.index = index;
    stream->l2.at = take_cluster(stream);
    big_put64(stream->l1 + index * 8, stream->l2.at | QCOW2_COPIED);
}

/* Behind the last compressed data, if need be on in the next cluster, when that is free; else at
 * the next one that is. No data goes to a cluster whose refcount block was handed over. The entry
 * says how many sectors are touched. */
static uint64_t place_compressed(struct qcow2_stream *stream, size_t length, uint64_t *ret_entry)
{
    const uint64_t cluster = stream->tail >> QCOW2_SHIFT;
    const uint64_t room = -stream->tail % QCOW2_CLUSTER;
    uint64_t at = stream->tail;
    uint64_t last;

    if ((length > room && at + room != stream->end) ||
        cluster / QCOW2_COUNTS != stream->counts.index)
        at = stream->end;
    last = at + length - 1;
    if (at < stream->end)
        count_cluster(stream, at >> QCOW2_SHIFT);
    if (last >= stream->end)
        take_cluster(stream);
    stream->tail = at + length;
    *ret_entry = at | QCOW2_COMPRESSED | (last / SECTOR - at / SECTOR) << SECTORS_SHIFT;
    return at;
}

static int compressed_append(struct image_writer *writer, const struct image_unit *unit,
                             uint64_t *ret_place, struct err *err)
{
    struct qcow2_stream *stream = writer->layout;
    const uint64_t cluster = unit->offset >> QCOW2_SHIFT;
    uint64_t entry;

    (void)err;
    place_counts(stream);
    begin_l2(stream, cluster / QCOW2_TABLE);
    if (unit->plain) {
        *ret_place = take_cluster(stream);
        entry = *ret_place | QCOW2_COPIED;
    } else {
        *ret_place = place_compressed(stream, unit->length, &entry);
    }
    big_put64(stream->l2.bytes + cluster % QCOW2_TABLE * 8, entry);
    return 0;
}

static void add_pieces(struct qcow2_stream *stream, uint64_t at, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i += QCOW2_CLUSTER)
        ready_add(&stream->ready, at + i, bytes + i, QCOW2_CLUSTER);
}

static int compressed_finish(struct image_writer *writer, struct err *err)
{
    struct qcow2_stream *stream = writer->layout;
    uint8_t header[QCOW2_HEADER_SIZE] = {0};

    (void)err;
    if (stream->l2.at)
        hand_over(stream, &stream->l2);
    place_counts(stream);
    hand_over(stream, &stream->counts);
    add_pieces(stream, stream->places.l1_at, stream->l1, stream->l1_size);
    add_pieces(stream, stream->places.refcounts_at, stream->refcount_table,
               stream->refcount_table_size);
    qcow2_put_header(header, &stream->places);
    ready_add(&stream->ready, 0, header, sizeof header);
    writer->file_size = stream->end;
    return 0;
}

static bool compressed_piece(struct image_writer *writer, uint64_t *state, struct image_piece *ret)
{
    struct qcow2_stream *stream = writer->layout;

    (void)state;
    return ready_piece(&stream->ready, ret);
}

/* --- packer --- */

static void compressed_pack(struct image_packer *packer, uint64_t offset, const void *unit,
                            void *out, struct image_unit *ret)
{
    const size_t length = cluster_pack(packer->coder, CLUSTER_DEFLATE, PACK_LEVEL, unit,
                                       QCOW2_CLUSTER, out, QCOW2_CLUSTER - 1);

    if (length == 0)
        memcpy(out, unit, QCOW2_CLUSTER);
    *ret = (struct image_unit){
        .offset = offset,
        .length = length ? length : QCOW2_CLUSTER,
        .plain = length == 0,
    };
}

const struct image_writer_kind qcow2_compressed_writer_kind = {
    .format = IMAGE_QCOW2,
    .compress = true,
    .name = "qcow2",
    .limit = QCOW2_LIMIT,
    .open = compressed_open,
    .close = compressed_close,
    .pack = compressed_pack,
    .append = compressed_append,
    .finish = compressed_finish,
    .piece = compressed_piece,
};
