/* qcow2.h: what the files of the qcow2 reader share. "QCOW2 image format", QEMU
 * docs/interop/qcow2.txt. All numbers are big-endian. */
#ifndef IMAGE_QCOW2_H
#define IMAGE_QCOW2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "codec/cluster.h"
#include "image/kind.h"

enum {
    QCOW2_PARTS = 32, /* subclusters of a cluster; without them all are alike */
};

/* What the reader keeps of header and tables: the layout of a source. */
struct qcow2 {
    unsigned cluster_bits;
    unsigned table_bits;  /* an L2 table has 2^table_bits entries */
    unsigned entry_bytes; /* of an entry: 8, or 16 with subclusters */
    bool zero_flag;       /* bit 0 of an entry says that the cluster is zeros */
    bool has_packed;      /* some cluster is compressed */
    enum cluster_coding coding;
    uint64_t l1_offset;
    size_t tables; /* that the disk needs: one for each 2^(cluster_bits + table_bits) bytes */
    uint64_t *l1;  /* where each L2 table lies in the file; 0: all zeros */
};

static inline uint64_t qcow2_cluster_size(const struct qcow2 *image)
{
    return UINT64_C(1) << image->cluster_bits;
}

static inline const struct qcow2 *qcow2_of(const struct source *source)
{
    return source->layout;
}

/* "the qcow2 image 'NAME' is damaged: ...", with a hint: E_INVALID. */
int qcow2_damaged(const struct source *source, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* --- qcow2_header.c --- */

struct qcow2_header {
    uint32_t version;
    uint32_t length; /* of the header; extensions begin behind it */
    uint64_t backing_offset;
    uint32_t backing_length;
    uint32_t cluster_bits;
    uint64_t size;
    uint32_t encryption; /* 0: none */
    uint32_t l1_entries;
    uint64_t l1_offset;
    uint64_t needs;       /* incompatible features, by bit */
    uint32_t compression; /* 0: zlib, 1: zstd */
};

/* Bits of `needs`. */
enum {
    QCOW2_DIRTY = 0,
    QCOW2_CORRUPT = 1,
    QCOW2_DATA_FILE = 2,
    QCOW2_COMPRESSION = 3,
    QCOW2_EXTENDED = 4,
    QCOW2_BITS_KNOWN = 5,
};

/* As source_kind.declared_size: what the header says, looked at by nobody. */
uint64_t qcow2_declared_size(const uint8_t *head, size_t length);

/* Read it, and refuse what is damaged or asks for what the reader has not. */
int qcow2_header_read(const struct source *source, struct qcow2_header *ret, struct err *err);

/* --- qcow2_features.c: what the image is made of besides this file, or in other ways --- */

/* E_UNSUPPORTED, with a hint, for images that need another file, a key or another program. */
int qcow2_features_check(const struct source *source, const struct qcow2_header *header,
                         struct err *err);

/* --- qcow2_tables.c: what an L2 table says of a cluster --- */

struct qcow2_cluster {
    uint64_t host;   /* where it begins in the file; 0: nowhere */
    uint32_t packed; /* compressed: in how many bytes of the file at most; 0: it is not */
    uint32_t parts;  /* which parts hold data, the first in bit 0; 0: all zeros */
};

/* Whether the entry is all zeros: most of a large disk is. */
static inline bool qcow2_is_empty(const struct qcow2 *image, const uint8_t *entry)
{
    uint64_t words[2] = {0, 0};

    memcpy(&words[0], entry, sizeof words[0]);
    if (image->entry_bytes > sizeof words[0])
        memcpy(&words[1], entry + sizeof words[0], sizeof words[1]);
    return !(words[0] | words[1]);
}

/* The entry of cluster `number`, which is within the disk; E_INVALID when what it says cannot be in
 * this file. */
int qcow2_decode(const struct source *source, const uint8_t *entry, uint64_t number,
                 struct qcow2_cluster *ret, struct err *err);

/* --- qcow2_check.c --- */

/* Read the L1 table and walk all L2 tables once: nothing may lie outside of the file or on
 * something else, and no more data may be claimed than the file can hold. Sets `l1` (tables that
 * hold no data become 0) and `has_packed`. */
int qcow2_check(const struct source *source, struct qcow2 *image, uint32_t l1_entries,
                struct err *err);

/* --- qcow2_read.c --- */

/* Which part of a file is not there: what was last asked of its file system. All-zero at first. */
struct qcow2_holes {
    uint64_t from;       /* what was asked */
    uint64_t start, end; /* the data at or behind it */
};

/* Whether there is a hole in the file at `offset`, and how far that answer holds (at least one
 * byte, at most `length`). */
int qcow2_hole(const struct source *source, struct qcow2_holes *holes, uint64_t offset,
               uint64_t *length, bool *ret, struct err *err);

/* What the kind offers to cursors: see kind.h. */
void *qcow2_scratch_new(const struct source *source);
void qcow2_scratch_free(void *scratch);
/* What the kind offers: see source_next_data. */
int qcow2_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                    uint64_t *ret_end, struct err *err);
/* What the kind offers: see source_read. */
int qcow2_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
               struct err *err);

#endif
