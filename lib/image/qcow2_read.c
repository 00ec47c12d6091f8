#include "image/qcow2.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"

enum {
    SLICE = 4096,      /* of an L2 table, kept: 32 MiB of disk in clusters of 64 KiB */
    RANGE = 16 << 20,  /* next_data tells no more at once */
    LENGTH_FACTOR = 2, /* an entry can ask for twice the cluster of compressed bytes */
};

/* Of a cursor. */
struct scratch {
    uint64_t slice_first; /* the number of the first cluster in `slice` */
    size_t slice_count;   /* 0: holds nothing */
    struct qcow2_holes holes;
    struct cluster_coder *coder;
    uint8_t *packed;     /* a compressed cluster; made at first use, like the next */
    uint8_t *cluster;    /* one that was decompressed */
    uint64_t cluster_is; /* its number plus one; 0: none */
    uint8_t slice[SLICE];
};

/* A stretch of the disk that lies in the file one way. */
struct run {
    enum { ZEROS, PLAIN, PACKED } kind;
    uint64_t length; /* of disk */
    uint64_t host;   /* in the file */
    uint32_t packed; /* a PACKED run is in one cluster: its bytes in the file */
};

void *qcow2_scratch_new(const struct source *source)
{
    (void)source;
    return mem_new(1, sizeof(struct scratch));
}

void qcow2_scratch_free(void *scratch)
{
    struct scratch *const own = scratch;

    cluster_coder_free(own->coder);
    free(own->packed);
    free(own->cluster);
    free(own);
}

int qcow2_hole(const struct source *source, struct qcow2_holes *holes, uint64_t offset,
               uint64_t *length, bool *ret, struct err *err)
{
    if (offset < holes->from || offset >= holes->end) {
        const int rc = file_next_data(source->fd, source->path, offset, source->info.size,
                                      &holes->start, &holes->end, err);

        if (rc < 0)
            return rc;
        holes->from = offset;
    }
    *ret = offset < holes->start;
    *length = number_smaller(*length, (*ret ? holes->start : holes->end) - offset);
    return 0;
}

/* The entry of cluster `number`, whose L2 table is there. */
static int find_entry(const struct source_cursor *cursor, uint64_t number, const uint8_t **ret,
                      struct err *err)
{
    const struct qcow2 *const image = qcow2_of(cursor->source);
    struct scratch *const scratch = cursor->scratch;
    const uint64_t in_table = number & ((UINT64_C(1) << image->table_bits) - 1);
    const size_t table_bytes = (size_t)image->entry_bytes << image->table_bits;
    const size_t bytes = table_bytes < SLICE ? table_bytes : SLICE;
    const uint64_t first = number - number % (bytes / image->entry_bytes);

    if (scratch->slice_count == 0 || scratch->slice_first != first) {
        const uint64_t table = image->l1[number >> image->table_bits];
        const uint64_t start = in_table * image->entry_bytes / bytes * bytes;
        int rc;

        scratch->slice_count = 0;
        rc = source_file_read(cursor->source, scratch->slice, bytes, table + start, err);
        if (rc < 0)
            return rc;
        scratch->slice_count = bytes / image->entry_bytes;
        scratch->slice_first = first;
    }
    *ret = scratch->slice + (number - first) * image->entry_bytes;
    return 0;
}

/* The run of parts from byte `within` of a cluster on, as far as that cluster goes. */
static struct run run_of_parts(const struct qcow2 *image, const struct qcow2_cluster *cluster,
                               uint64_t within)
{
    const uint64_t part_bytes = qcow2_cluster_size(image) / QCOW2_PARTS;
    const unsigned first = (unsigned)(within / part_bytes);
    const bool held = cluster->parts >> first & 1;
    unsigned end = first + 1;

    if (cluster->parts == UINT32_MAX)
        end = QCOW2_PARTS;
    while (end < QCOW2_PARTS && (cluster->parts >> end & 1) == held)
        end++;
    return (struct run){
        .kind = held ? PLAIN : ZEROS,
        .length = end * part_bytes - within,
        .host = cluster->host + within,
    };
}

static struct run zeros(uint64_t length)
{
    return (struct run){.kind = ZEROS, .length = length};
}

/* How many entries of the slice are empty, from that of cluster `number` on. */
static size_t count_empty(const struct source_cursor *cursor, uint64_t number)
{
    const struct qcow2 *const image = qcow2_of(cursor->source);
    const struct scratch *const scratch = cursor->scratch;
    const size_t first = (size_t)(number - scratch->slice_first);
    size_t end = first;

    while (end < scratch->slice_count &&
           qcow2_is_empty(image, scratch->slice + end * image->entry_bytes))
        end++;
    return end - first;
}

/* The run that `offset` is in, at most to the end of its cluster; where nothing is, of the part of
 * its table that is at hand, or of the table when that holds nothing. */
static int find_piece(const struct source_cursor *cursor, uint64_t offset, struct run *ret,
                      struct err *err)
{
    const struct qcow2 *const image = qcow2_of(cursor->source);
    const uint64_t size = qcow2_cluster_size(image), within = offset & (size - 1);
    const uint64_t number = offset >> image->cluster_bits;
    const uint64_t table_span = size << image->table_bits;
    struct qcow2_cluster cluster;
    const uint8_t *entry;
    size_t empty;
    int rc;

    if (!image->l1[number >> image->table_bits]) {
        *ret = zeros(table_span - (offset & (table_span - 1)));
        return 0;
    }
    rc = find_entry(cursor, number, &entry, err);
    if (rc < 0)
        return rc;
    empty = count_empty(cursor, number);
    if (empty > 0) {
        *ret = zeros(empty * size - within);
        return 0;
    }
    rc = qcow2_decode(cursor->source, entry, number, &cluster, err);
    if (rc < 0)
        return rc;
    if (cluster.packed)
        *ret = (struct run){PACKED, size - within, cluster.host, cluster.packed};
    else
        *ret = run_of_parts(image, &cluster, within);
    return 0;
}

/* The run that `offset` is in: pieces that go on where the last ended are joined until there are
 * `limit` bytes, or more, or the disk ends. */
static int find_run(const struct source_cursor *cursor, uint64_t offset, uint64_t limit,
                    struct run *ret, struct err *err)
{
    const uint64_t left = cursor->source->size - offset;
    int rc = find_piece(cursor, offset, ret, err);

    while (rc == 0 && ret->length < number_smaller(limit, left) && ret->kind != PACKED) {
        struct run more;

        rc = find_piece(cursor, offset + ret->length, &more, err);
        if (rc < 0 || more.kind != ret->kind ||
            (more.kind == PLAIN && more.host != ret->host + ret->length))
            break;
        ret->length += more.length;
    }
    ret->length = number_smaller(ret->length, left);
    return rc;
}

/* Whether there is data at `offset`, and how far that answer holds. Clusters that were allocated
 * ahead of their use are holes of the file. */
static int look(struct source_cursor *cursor, uint64_t offset, bool *ret_data, uint64_t *ret_length,
                struct err *err)
{
    struct scratch *const scratch = cursor->scratch;
    bool hole = false;
    struct run run;
    int rc = find_run(cursor, offset, RANGE, &run, err);

    if (rc == 0 && run.kind == PLAIN)
        rc = qcow2_hole(cursor->source, &scratch->holes, run.host, &run.length, &hole, err);
    if (rc < 0)
        return rc;
    *ret_data = run.kind != ZEROS && !hole;
    *ret_length = run.length;
    return 0;
}

int qcow2_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                    uint64_t *ret_end, struct err *err)
{
    const uint64_t size = cursor->source->size;
    uint64_t start = offset, end = offset, length = 0;
    bool data = false;

    while (end < size && end - start < RANGE) {
        const int rc = look(cursor, end, &data, &length, err);

        if (rc < 0)
            return rc;
        if (!data && end > start)
            break;
        end += length;
        if (!data)
            start = end;
    }
    *ret_start = start;
    *ret_end = number_smaller(end, start + RANGE);
    return 0;
}

/* Bytes of the file; what lies behind its end (of the last cluster, behind the disk) is zeros. */
static int read_plain(const struct source *source, uint8_t *bytes, const struct run *run,
                      struct err *err)
{
    const uint64_t there = source->info.size > run->host ? source->info.size - run->host : 0;
    const size_t length = (size_t)number_smaller(run->length, there);

    memset(bytes + length, 0, (size_t)run->length - length);
    return source_file_read(source, bytes, length, run->host, err);
}

/* Decompress cluster `number` to `out`. */
static int unpack(struct source_cursor *cursor, uint64_t number, const struct run *run,
                  uint8_t *out, struct err *err)
{
    const struct qcow2 *const image = qcow2_of(cursor->source);
    struct scratch *const scratch = cursor->scratch;
    const size_t size = (size_t)qcow2_cluster_size(image);
    int rc;

    if (!scratch->coder) {
        scratch->coder = cluster_coder_new();
        scratch->packed = mem_new(size, LENGTH_FACTOR);
    }
    rc = source_file_read(cursor->source, scratch->packed, run->packed, run->host, err);
    if (rc < 0)
        return rc;
    if (cluster_unpack(scratch->coder, image->coding, scratch->packed, run->packed, out, size,
                       NULL) < 0)
        return qcow2_damaged(cursor->source, err,
                             "the compressed cluster for byte %llu of the disk does not unpack",
                             (unsigned long long)(number << image->cluster_bits));
    return 0;
}

/* Part of a compressed cluster. The last one is kept: whoever reads less than a cluster goes on in
 * it. */
static int read_packed(struct source_cursor *cursor, uint8_t *bytes, uint64_t offset,
                       const struct run *run, struct err *err)
{
    const struct qcow2 *const image = qcow2_of(cursor->source);
    struct scratch *const scratch = cursor->scratch;
    const uint64_t number = offset >> image->cluster_bits, size = qcow2_cluster_size(image);

    if (scratch->cluster_is != number + 1) {
        int rc;

        if (run->length == size)
            return unpack(cursor, number, run, bytes, err);
        if (!scratch->cluster)
            scratch->cluster = mem_new((size_t)size, 1);
        scratch->cluster_is = 0;
        rc = unpack(cursor, number, run, scratch->cluster, err);
        if (rc < 0)
            return rc;
        scratch->cluster_is = number + 1;
    }
    memcpy(bytes, scratch->cluster + (offset & (size - 1)), (size_t)run->length);
    return 0;
}

int qcow2_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
               struct err *err)
{
    uint8_t *out = bytes;

    while (length > 0) {
        struct run run;
        int rc = find_run(cursor, offset, length, &run, err);

        if (rc < 0)
            return rc;
        run.length = number_smaller(run.length, length);
        switch (run.kind) {
        case ZEROS:
            memset(out, 0, (size_t)run.length);
            break;
        case PLAIN:
            rc = read_plain(cursor->source, out, &run, err);
            break;
        case PACKED:
            rc = read_packed(cursor, out, offset, &run, err);
            break;
        }
        if (rc < 0)
            return rc;
        out += run.length;
        offset += run.length;
        length -= (size_t)run.length;
    }
    return 0;
}
