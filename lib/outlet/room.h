/* room.h: what a format has to offer to be written, and what those that can be share. */
#ifndef OUTLET_ROOM_H
#define OUTLET_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codec/cluster.h"
#include "outlet/writer.h"

/* --- clusters.c: which clusters of the disk hold data, one bit for each --- */

struct clusters {
    uint64_t *bits;
    uint64_t *ranks; /* of every CLUSTERS_GROUP bits: how many are marked before them */
    uint64_t count;  /* of the disk */
    uint64_t marked; /* of these; once counted */
    unsigned shift;  /* a cluster has 1 << shift bytes */
};

/* For a disk of `size` bytes; the last cluster may go beyond it. */
void clusters_init(struct clusters *clusters, uint64_t size, unsigned shift);
void clusters_done(struct clusters *clusters);
/* Every cluster that the range touches; the range is within the size and not empty. */
void clusters_mark(struct clusters *clusters, uint64_t offset, uint64_t length);
/* After the last one was marked: what follows needs it. */
void clusters_count(struct clusters *clusters);
bool clusters_has(const struct clusters *clusters, uint64_t cluster);
/* How many are marked before this one, which may be clusters->count. */
uint64_t clusters_rank(const struct clusters *clusters, uint64_t cluster);
/* The first marked one at or behind `cluster`; clusters->count when there is none. */
uint64_t clusters_next(const struct clusters *clusters, uint64_t cluster);
/* The first one at or behind `cluster` that is not marked; clusters->count when there is none. */
uint64_t clusters_end(const struct clusters *clusters, uint64_t cluster);

/* --- pieces.c: what image_writer_piece gives --- */

enum {
    PIECE_SIZE = 64 * 1024,
    PARTS_MAX = 8, /* VHDX has seven */
};

/* Planned: bytes `at` to at + length of the file, written in pieces of PIECE_SIZE. */
struct part {
    uint64_t at, length;
    /* Fill piece `index` of the part in `out`, which is zeroed; false when it stays so and need not
     * be written. */
    bool (*fill)(const struct image_writer *writer, uint64_t index, uint8_t *out);
};

struct parts {
    struct part items[PARTS_MAX]; /* ascending */
    size_t count;
    uint8_t bytes[PIECE_SIZE]; /* of the piece that was given last */
};

/* One without length is left out. */
void parts_add(struct parts *parts, struct part part);
/* As image_writer_piece. */
bool parts_piece(struct parts *parts, const struct image_writer *writer, uint64_t *state,
                 struct image_piece *ret);

/* Appended: pieces that are ready, in the order in which they were added. All-zero is empty. */
struct ready {
    struct ready_piece *items;
    size_t count, given;
};

struct ready_piece {
    uint64_t offset; /* in the file */
    void *bytes;     /* owned */
    size_t length;
};

/* Bytes are copied. */
void ready_add(struct ready *ready, uint64_t offset, const void *bytes, size_t length);
bool ready_piece(struct ready *ready, struct image_piece *ret);
void ready_done(struct ready *ready);

/* --- a format --- */

/* Functions may be NULL where it says so. Those of a planned format first; an appended one leaves
 * them out and has `pack`. */
struct image_writer_kind {
    enum image_format format;
    bool compress;    /* what `format` is with compression */
    bool forward;     /* image_writer_is_forward */
    const char *name; /* for messages: "VHDX" */
    /* Largest guest-visible size that the format can hold; 0: any. Larger ones are refused before
     * `open` is called. */
    uint64_t limit;
    /* Set what is the kind's in `writer` below. */
    int (*open)(struct image_writer *writer, struct err *err);
    void (*close)(struct image_writer *writer); /* frees `layout`; may be NULL */

    /* Clusters are counted: lay the file out and set file_size. */
    int (*plan)(struct image_writer *writer, struct err *err);
    uint64_t (*place)(const struct image_writer *writer, uint64_t offset, uint64_t *ret_length);

    void (*pack)(struct image_packer *packer, uint64_t offset, const void *unit, void *out,
                 struct image_unit *ret);
    int (*append)(struct image_writer *writer, const struct image_unit *unit, uint64_t *ret_place,
                  struct err *err);
    int (*finish)(struct image_writer *writer, struct err *err);

    bool (*piece)(struct image_writer *writer, uint64_t *state,
                  struct image_piece *ret); /* NULL: the file holds the disk and nothing else */
};

struct image_writer {
    const struct image_writer_kind *kind;
    struct image_request request;

    /* Set by the kind in `open`. */
    uint64_t size;          /* guest-visible, rounded up as need be; request.size at first */
    unsigned cluster_shift; /* planned, 12 or more: the disk is marked in clusters of 1 << this
                               bytes; 0: it lies in the file as one, and marks are not kept */
    size_t unit, bound;     /* appended */
    void *layout;           /* whatever else the kind needs */

    uint64_t file_size;       /* set by the kind in `plan` or `finish` */
    struct clusters clusters; /* planned, when there is a cluster_shift */
};

/* Of deflate, for clusters: within 3 % of the size that level 6 gives, on files of programs, in 0.4
 * to 0.7 of its time. */
enum { PACK_LEVEL = 4 };

struct image_packer {
    const struct image_writer *writer;
    struct cluster_coder *coder;
};

/* A format is written when it has a line in kinds[] of writer.c. */
extern const struct image_writer_kind raw_writer_kind;
extern const struct image_writer_kind vhd_writer_kind;
extern const struct image_writer_kind vhd_dynamic_writer_kind;
extern const struct image_writer_kind vhdx_writer_kind;
extern const struct image_writer_kind qcow2_writer_kind;
extern const struct image_writer_kind qcow2_compressed_writer_kind;
extern const struct image_writer_kind vmdk_writer_kind;
extern const struct image_writer_kind vmdk_compressed_writer_kind;

/* `place` of formats whose marked clusters lie one after the other from `start` on, ascending. */
uint64_t clusters_place(const struct clusters *clusters, uint64_t start, uint64_t offset,
                        uint64_t *ret_length);

#endif
