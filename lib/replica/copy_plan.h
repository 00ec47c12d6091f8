/* copy_plan.h: what of the source's blobs a target has not, and how each is best copied. */
#ifndef REPLICA_COPY_PLAN_H
#define REPLICA_COPY_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "blob/index.h"
#include "replica/need.h"
#include "replica/replica.h"

enum copy_way {
    COPY_NOTHING, /* the target has all that is needed of it */
    COPY_WHOLE,   /* as a file: at least half of its stored bytes are needed */
    COPY_FRAMES,  /* the frames with needed blocks */
};

struct copy_step {
    enum copy_way way;
    uint64_t bytes;  /* to be written */
    uint64_t tables; /* beside them, of frames that are gathered in a new blob */
};

/* All-zero is empty. Step n is about blob n of `need`. */
struct copy_plan {
    struct need need; /* of the source; what the target has is taken out */
    struct copy_step *steps;
    uint64_t bytes; /* of all steps */
};

/* Plan the copying of disks that `index`, of the target, has not; NULL: it has nothing. */
int copy_plan_make(struct copy_plan *plan, const struct replica *from, struct index *index,
                   const struct disk_digest *digests, size_t count, struct err *err);
/* The same of what stands in plan->need already. */
int copy_plan_choose(struct copy_plan *plan, const struct replica *from, struct index *index,
                     struct err *err);
void copy_plan_done(struct copy_plan *plan);

/* Bytes of the files that following it makes; exact while what is gathered fits one new blob. */
uint64_t copy_plan_size(const struct copy_plan *plan);

/* Put "cannot copy from replica 'LABEL'" in front: the caller may try another source. Returns the
 * code: what a disk cannot read any more is damaged as what it reads wrong is. */
int copy_blame_source(const struct replica *from, int code, struct err *err);

#endif
