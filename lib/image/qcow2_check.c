/* All tables of a qcow2 image, held against the file before anything is believed. Time goes with
 * the bytes of tables that are in the file, memory is bounded. */
#include "image/qcow2.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/endian.h"

enum {
    SECTOR = 512,
    L1_ENTRY = 8,
    /* As in QEMU, an L1 table of 32 MiB: what is kept in memory. Enough for 2 PiB in clusters of 64
     * KiB, and 128 GiB in those of 512 bytes. */
    L1_MAX = 32 << 20,
    PIECE = 1 << 16, /* of an L2 table, read at once */
};

#define L1_OFFSET_MASK   UINT64_C(0x00fffffffffffe00)
#define L1_RESERVED_MASK UINT64_C(0x7f000000000001ff)

struct check {
    const struct source *source;
    struct qcow2 *image;
    struct claims *claims; /* units are clusters */
    struct qcow2_holes holes;
    uint64_t packed;       /* bytes that the compressed clusters so far take at least */
    uint64_t packed_least; /* that any one takes */
    uint8_t *piece;
};

/* How short a cluster can become. Deflate writes a match of 258 bytes in 2 bits at best: 1032 times
 * as much. A zstd frame has a magic number, a header of 2 bytes, and for each 128 KiB a block of 4,
 * the repeated byte among them. */
static uint64_t packed_least(const struct qcow2 *image)
{
    const uint64_t size = qcow2_cluster_size(image);

    if (image->coding == CLUSTER_ZSTD)
        return 6 + 4 * number_divide_up(size, 128 << 10);
    return number_divide_up(size, 1032);
}

/* The file in whole clusters: the last one may be cut short. */
static struct claims *new_claims(const struct check *check)
{
    const uint64_t cluster = qcow2_cluster_size(check->image);

    return claims_new(number_divide_up(check->source->info.size, cluster) * cluster,
                      (uint32_t)cluster);
}

/* The header has the first cluster, and the L1 table what its entries take. */
static int claim_first(const struct check *check, uint32_t entries, struct err *err)
{
    const struct source *const source = check->source;
    const uint64_t offset = check->image->l1_offset, length = (uint64_t)entries * L1_ENTRY;
    const uint64_t cluster = qcow2_cluster_size(check->image);

    if (check->image->tables > entries)
        return qcow2_damaged(source, err, "its L1 table has %lu entries, %zu are needed",
                             (unsigned long)entries, check->image->tables);
    if (check->image->tables > L1_MAX / L1_ENTRY)
        return qcow2_damaged(source, err, "its L1 table is larger than 32 MiB");
    if (length > source->info.size || offset > source->info.size - length || offset % cluster != 0)
        return qcow2_damaged(source, err, "its L1 table is not in the file");
    if (!claims_take(check->claims, 0, cluster) || !claims_take(check->claims, offset, length))
        return qcow2_damaged(source, err, "its L1 table lies on the header");
    return 0;
}

/* Read it, and leave of each entry the place of the L2 table. */
static int read_l1(const struct check *check, struct err *err)
{
    struct qcow2 *const image = check->image;
    const size_t length = image->tables * L1_ENTRY;
    int rc;

    image->l1 = mem_new(image->tables, L1_ENTRY);
    rc = source_file_read(check->source, image->l1, length, image->l1_offset, err);
    for (size_t i = 0; rc == 0 && i < image->tables; i++) {
        uint8_t entry[L1_ENTRY];

        memcpy(entry, &image->l1[i], sizeof entry);
        image->l1[i] = big_get64(entry) & L1_OFFSET_MASK;
        if (big_get64(entry) & L1_RESERVED_MASK)
            rc = qcow2_damaged(check->source, err,
                               "entry %zu of its L1 table has bits set that mean nothing", i);
    }
    return rc;
}

/* Compressed clusters may share a cluster of the file, even a sector, so that one that lies on
 * another is not seen. But each takes some bytes: no fewer than its coding can do with, and as many
 * as from its first byte into the last sector that it says it touches. All of them must fit the
 * file, or a small file could pose as a large disk. */
static bool claim_packed(struct check *check, const struct qcow2_cluster *cluster)
{
    const uint64_t end = (cluster->host + cluster->packed - 1) / SECTOR * SECTOR + 1;
    const uint64_t touched = end > cluster->host ? end - cluster->host : 1;
    const uint64_t least = touched > check->packed_least ? touched : check->packed_least;

    check->image->has_packed = true;
    check->packed += least;
    return check->packed <= check->source->info.size;
}

static int claim_cluster(struct check *check, uint64_t number, const struct qcow2_cluster *cluster,
                         struct err *err)
{
    bool good = true;

    if (cluster->packed) {
        if (!claim_packed(check, cluster))
            return qcow2_damaged(check->source, err,
                                 "its tables say more compressed data than it can hold");
        good = claims_share(check->claims, cluster->host, cluster->packed);
    } else if (cluster->host) {
        good = claims_take(check->claims, cluster->host, qcow2_cluster_size(check->image));
    }
    if (good)
        return 0;
    return qcow2_damaged(check->source, err,
                         "byte %llu of the disk lies on something else in the file",
                         (unsigned long long)(number << check->image->cluster_bits));
}

/* `count` entries from cluster `number` on. */
static int check_entries(struct check *check, uint64_t number, size_t count, bool *ret_data,
                         struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        const uint8_t *const entry = check->piece + i * check->image->entry_bytes;
        struct qcow2_cluster cluster;
        int rc;

        if (qcow2_is_empty(check->image, entry))
            continue;
        rc = qcow2_decode(check->source, entry, number + i, &cluster, err);
        if (rc == 0)
            rc = claim_cluster(check, number + i, &cluster, err);
        if (rc < 0)
            return rc;
        *ret_data = *ret_data || cluster.parts;
    }
    return 0;
}

/* The entries of table `index` that are of the disk; what lies behind them may be of a snapshot. */
static int walk_table(struct check *check, size_t index, bool *ret_data, struct err *err)
{
    const struct qcow2 *const image = check->image;
    const uint64_t clusters = number_divide_up(check->source->size, qcow2_cluster_size(image));
    const size_t piece = PIECE / image->entry_bytes;
    uint64_t number = (uint64_t)index << image->table_bits;
    uint64_t left = number_smaller(clusters - number, UINT64_C(1) << image->table_bits);
    uint64_t offset = image->l1[index];

    while (left > 0) {
        const size_t count = (size_t)number_smaller(left, piece);
        int rc =
            source_file_read(check->source, check->piece, count * image->entry_bytes, offset, err);

        if (rc == 0)
            rc = check_entries(check, number, count, ret_data, err);
        if (rc < 0)
            return rc;
        number += count;
        left -= count;
        offset += count * image->entry_bytes;
    }
    return 0;
}

static int check_table(struct check *check, size_t index, struct err *err)
{
    const uint64_t offset = check->image->l1[index], size = check->source->info.size;
    const uint64_t cluster = qcow2_cluster_size(check->image);
    uint64_t length = cluster;
    bool hole, has_data = false;
    int rc;

    if (offset == 0)
        return 0;
    if (offset % cluster != 0 || cluster > size || offset > size - cluster)
        return qcow2_damaged(check->source, err, "an L2 table, at %llu, is not in the file",
                             (unsigned long long)offset);
    if (!claims_take(check->claims, offset, cluster))
        return qcow2_damaged(check->source, err, "an L2 table, at %llu, lies on something else",
                             (unsigned long long)offset);
    /* A sparse file can have far more tables than bytes on disk: those are not read. */
    rc = qcow2_hole(check->source, &check->holes, offset, &length, &hole, err);
    if (rc == 0 && !(hole && length == cluster))
        rc = walk_table(check, index, &has_data, err);
    if (!has_data)
        check->image->l1[index] = 0;
    return rc;
}

int qcow2_check(const struct source *source, struct qcow2 *image, uint32_t l1_entries,
                struct err *err)
{
    struct check check = {.source = source, .image = image, .packed_least = packed_least(image)};
    int rc;

    check.claims = new_claims(&check);
    check.piece = mem_new(PIECE, 1);
    rc = claim_first(&check, l1_entries, err);
    if (rc == 0)
        rc = read_l1(&check, err);
    for (size_t i = 0; rc == 0 && i < image->tables; i++)
        rc = check_table(&check, i, err);
    claims_free(check.claims);
    free(check.piece);
    return rc;
}
