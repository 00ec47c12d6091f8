/* mend_room.h: what the files of mend.h share. */
#ifndef REPLICA_MEND_ROOM_H
#define REPLICA_MEND_ROOM_H

#include "blob/disk.h"
#include "replica/mend.h"
#include "replica/witness.h"

/* Where a block comes from that no map leads to. */
enum gap_way { GAP_LOST, GAP_STORED, GAP_GIVEN };

struct gap {
    uint64_t block;
    struct block_id id;
    bool known; /* what it must be; else it is lost */
    enum gap_way way;
    size_t replica; /* GAP_STORED: its number, and the blob and place there */
    struct disk_blob blob;
    uint32_t place;
};

/* A segment: which blocks are data, and what they must be. */
struct outline {
    uint32_t count;
    uint16_t blocks[SEGMENT_BLOCKS]; /* in the segment, ascending */
    struct block_id ids[SEGMENT_BLOCKS];
    bool known[SEGMENT_BLOCKS];
};

/* A disk that is being mended. */
struct mending {
    const struct mend_job *job;
    struct disk_digest digest;
    uint64_t size;
    size_t segments;
    uint8_t *segment_digests;        /* as the maps have them; NULL: none opens */
    const struct replica **replicas; /* `to` first */
    struct witness *witnesses;       /* of each of them */
    struct shelf **shelves;          /* for blobs by name; made at first use */
    bool *used;
    size_t count;
    bool used_given;
    struct sha256 *sha256;
    struct desk *desk;
    struct outline *outline;
    uint8_t *bytes; /* a chunk */
    struct {
        struct gap *items; /* ascending */
        size_t count;
    } gaps;
};

/* Say in mending->outline what a segment is made of: from a map that proves it, else from what all
 * of them know together. */
void mend_outline(struct mending *mending, size_t segment);

/* Look for each gap in all blobs of all replicas, then in what is given. */
void mend_search(struct mending *mending);

/* The bytes of a gap that is not lost; false when they are not to be had any more. */
bool mend_read_gap(struct mending *mending, const struct gap *gap, void *bytes);

/* A blob by its name, from that replica; NULL when it does not open. */
const struct blob *mend_open(struct mending *mending, size_t replica,
                             const struct disk_blob *named);

#endif
