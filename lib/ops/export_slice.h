/* export_slice.h: pieces of a disk that is exported, each read and proven by any thread, and
 * written or compressed by it too, as far as that need not be in order. */
#ifndef OPS_EXPORT_SLICE_H
#define OPS_EXPORT_SLICE_H

#include "ops/export.h"
#include "os/thread.h"

enum {
    SLICE_BLOCKS = 256, /* of data at most: 1 MiB, sequential enough, and fits the cache */
    SLICE_SIZE = SLICE_BLOCKS * BLOCK_SIZE,
    SLICE_UNITS = SLICE_BLOCKS, /* of an appended image: a unit is at least a block */
};

/* What each thread has one of, made at first use. */
struct export_hand {
    struct desk *desk;
    struct image_packer *packer;
};

/* What all slices of a disk share. */
struct slice_work {
    enum desk_check check;
    struct image_writer *writer;
    struct target *target;
    bool appends;              /* image_writer_appends */
    bool in_order;             /* it is planned, and written by whoever settles: a stream */
    struct export_hand *hands; /* of each thread of the pool */
};

/* A piece of a segment. */
struct slice {
    struct task task;
    const struct slice_work *work;
    const struct part *part;
    size_t extent;       /* the first one that it touches */
    uint64_t start, end; /* blocks of the disk */
    size_t blocks;       /* of data */
    /* Planned: the data blocks one behind the other. Appended: the slice as it is on the disk. */
    uint8_t *bytes;
    void *memory; /* that `bytes` lies in, aligned */
    int rc;
    bool unread; /* it is reading that failed: another replica may have it */
    struct err err;

    uint8_t *packed; /* appended: units as they are stored, each with room for image_writer_bound */
    struct image_unit units[SLICE_UNITS];
    size_t unit_count;
};

/* All-zero before. */
void slice_init(struct slice *slice, const struct slice_work *work);
void slice_done(struct slice *slice);
void export_hand_done(struct export_hand *hand);

/* Take what comes from block `*next` of the disk on, which lies in the part; `*extent`: the first
 * one of the part's that may. Both move on. False when there is no data any more. The task is ready
 * to be started then. */
bool slice_cut(struct slice *slice, const struct part *part, uint64_t *next, size_t *extent);

/* The stretch of the slice that lies in extent `number` of the part; false when there is none any
 * more. Begin with slice->extent. */
bool slice_stretch(const struct slice *slice, size_t number, struct stretch *ret);
/* Where its bytes are; *used: blocks of the stretches before it, 0 at first. */
uint8_t *slice_bytes(const struct slice *slice, const struct stretch *stretch, size_t *used);
/* How many of them belong to the disk as the guest sees it: the last block may end behind it. */
uint64_t slice_length(const struct slice_work *work, const struct stretch *stretch);

/* After its task: what one replica did not give (`unread`), from whichever does; and what the task
 * would have done then. Owner only. */
int slice_again(struct slice *slice, struct disk_reader *reader, struct err *err);

#endif
