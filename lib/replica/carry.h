/* carry.h: bringing blobs over to another replica directory, and reading back what was written. */
#ifndef REPLICA_CARRY_H
#define REPLICA_CARRY_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/index.h"
#include "replica/copy.h"
#include "replica/need.h"

/* A blob that was published in the target, and read back. */
struct carried {
    struct blob_name name;
    uint64_t size;   /* of the file */
    uint64_t counts; /* for the progress of reading it back */
};

/* All-zero, with the first two set, has carried nothing yet. */
struct carrier {
    const struct copy_job *job; /* borrowed, as the index */
    struct index *index;        /* of the target; what is published is added */
    struct {
        struct carried *items;
        size_t count;
    } done;
    struct blob_writer *writer; /* of gathered frames; NULL: none is open */
    uint64_t gathered;          /* bytes of frames in it */
    uint64_t spared;            /* bytes that somebody else has brought meanwhile */
};

void carrier_done(struct carrier *carrier);

/* Copy a blob as a file, and read it back. Its bytes must give its name. A damaged file of that
 * name in the target is replaced. Whoever copies it meanwhile holds a lock (blobs/.<32 hex>.lock,
 * removed afterwards): that is waited for so long (lock.h; then E_BUSY), and what it has brought is
 * not copied again. */
int carry_whole(struct carrier *carrier, const struct disk_blob *blob, int wait_ms,
                struct err *err);

/* Copy the needed frames of a blob, as they are, behind those of other blobs. */
int carry_frames(struct carrier *carrier, const struct need_blob *item, struct err *err);

/* Publish what frames were gathered, and read it back. */
int carry_finish(struct carrier *carrier, struct err *err);

/* Read a blob of the target back from the disk, compare it with its name and record when that was.
 * `counts`: bytes of progress. One that differs stays where it is. */
int carry_read_back(const struct copy_job *job, const struct blob_name *name, uint64_t counts,
                    struct err *err);

#endif
