/* qcow2.h: what both ways of writing qcow2 share. QEMU, docs/interop/qcow2.txt, version 3;
 * all numbers are big-endian. */
#ifndef OUTLET_QCOW2_H
#define OUTLET_QCOW2_H

#include <stdint.h>

enum {
    QCOW2_SHIFT = 16, /* of a cluster: 64 KiB, as qemu-img makes them */
    QCOW2_CLUSTER = 1 << QCOW2_SHIFT,
    QCOW2_TABLE = QCOW2_CLUSTER / 8,  /* entries of a cluster of L1, L2 or refcount table */
    QCOW2_COUNTS = QCOW2_CLUSTER / 2, /* counts of 16 bits in a refcount block */
};

/* QEMU opens L1 tables of up to 32 MiB, which is twice this. */
#define QCOW2_LIMIT ((uint64_t)1 << 50)

/* Flags of L1 and L2 entries. */
#define QCOW2_COPIED     ((uint64_t)1 << 63) /* its refcount is exactly 1 */
#define QCOW2_COMPRESSED ((uint64_t)1 << 62)

struct qcow2_places {
    uint64_t size; /* of the disk */
    uint64_t l1_at, l1_entries;
    uint64_t refcounts_at, refcount_clusters; /* of the refcount table */
};

enum { QCOW2_HEADER_SIZE = 112 }; /* with the mark that no extensions follow */

/* To zeroed bytes. */
void qcow2_put_header(uint8_t out[static QCOW2_HEADER_SIZE], const struct qcow2_places *places);

/* L1 entries, and so L2 tables at most, for a disk of `size` bytes. */
uint64_t qcow2_l1_entries(uint64_t size);

#endif
