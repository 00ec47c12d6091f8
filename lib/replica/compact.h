/* compact.h: taking blobs apart that hold little of what is still needed: their live frames move,
 * as they are stored, into a new blob, and the rest of them is free.
 *
 * A frame is live while a map names a block of it. First the new blob is made durable and read back
 * from the disk, then each map that names one of the old blobs is replaced, then these go: killed
 * in between, every map names what is there, and what nobody names is found by a sweep. Who reads
 * meanwhile and misses a blob reads the map again.
 */
#ifndef REPLICA_COMPACT_H
#define REPLICA_COMPACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "os/thread.h"
#include "replica/replica.h"

/* A blob is taken apart when less than this percentage of its stored bytes is live. At a half, no
 * more is read and written than becomes free, and what stays of dead frames is at most as much as
 * is live. */
enum { COMPACT_BELOW = 50 };

struct compact_memo;

struct compact_job {
    const struct replica *replica;     /* open alone; for compact_plan also to read */
    const struct disk_digest *digests; /* all disks that are needed there, each once */
    size_t count;
    const struct blob_names *kept; /* stay as they are; borrowed, NULL for none */
    uint64_t room;                 /* bytes that may be written at a time */
    int64_t now;                   /* the time to record as "last read back" */
    struct pool *pool;             /* the caller is its owner */
    struct compact_memo *memo;     /* of compact_plan: what it has read before; NULL: none */
};

struct compact_result {
    uint64_t blobs;   /* that are gone, or would be */
    uint64_t bytes;   /* of them and of the maps that were replaced, less what took their place */
    uint64_t written; /* bytes of the new blobs */
    /* Those that stay as they are, though little of them is live: for want of room, and with an
     * error those that were at hand, or the one that is to blame. The items are the caller's. */
    struct blob_names left;
};

/* What compact_step, called until there is nothing left to do, frees. Writes nothing, and does not
 * look whether the frames are sound. */
int compact_plan(const struct compact_job *job, struct compact_result *ret, struct err *err);

/* Take blobs apart, in the order of their names, as many as fill one new blob (a GiB of live
 * frames) and as `room` allows: none when there is nothing left to do. Damage in a live frame
 * (E_CORRUPT), or a lack of space, is an error that leaves everything readable. *ret is written in
 * any case. */
int compact_step(const struct compact_job *job, struct compact_result *ret, struct err *err);

#endif
