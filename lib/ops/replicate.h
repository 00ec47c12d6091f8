/* replicate.h: what the files of a replication share, from the versions down to a replica. */
#ifndef OPS_REPLICATE_H
#define OPS_REPLICATE_H

#include "gallery.h"
#include "blob/blob.h"
#include "ops/room.h"

/* One region on its way. */
struct region_work {
    struct store *store;
    const struct replicate_job *job;
    const struct target_region *target;
    const struct disk_digest *digests;
    size_t digest_count;
    struct region_status status;
    unsigned was;      /* its state before this run */
    unsigned proven;   /* replicas that were read back before this run */
    bool *done_places; /* by this run; NULL before it has begun */
    bool patient;      /* wait for whoever else is at it: nothing else is left to do */
    bool waited;       /* somebody else was at it */
    const struct blob_names *shunned; /* of the replica being worked on, while they are replaced */
    bool recorded;                    /* `Replicating` was written in this run */
    struct replica_place place;       /* the replica directory being worked on */
    uint64_t done;                    /* bytes of it */
    uint64_t total;
    uint64_t last_record; /* ticks */
};

/* Bring the region to completion. A region that fails says so in its state, and *ret_failed with
 * the reason in `err`; so does one that somebody else is at (E_BUSY), without a change of its state
 * when `work` is not patient: then it may be called again. An error means that the version itself
 * is gone, E_CONFLICT or E_NOT_FOUND, or cannot be read. */
int region_replicate(struct region_work *work, bool *ret_failed, struct err *err);
void region_done(struct region_work *work);

/* Something is to be done in this region: say so in its state, once. The receipt is of this run. */
int region_begin(struct region_work *work, struct err *err);

/* Bytes were done: `user` is the struct region_work. Tells the progress, and records it now and
 * then. */
void region_advance(void *user, uint64_t bytes);

/* The same, as they were written: stays below the limit of the job. */
void region_pace(void *user, uint64_t bytes);
/* Whether a service is to end. */
bool region_stop(void *user);

/* A version that is replicated with others. */
struct replicate_turn {
    struct replicate_job job; /* of all of them the same but for the version and its failures */
    int rc;                   /* what ops_replicate would return */
    struct err err;
};
/* Regions side by side, whichever versions they are of; in one region one version after the other,
 * so that what two of them share is copied by the first. */
void replicate_together(struct store *store, struct replicate_turn *turns, size_t count);

/* Bring the replica directory `work->place` to completion: all disks there, every byte read back.
 * `proven`: that was done before, and is done again only when the job says so. */
int region_complete_replica(struct region_work *work, bool proven, struct err *err);

#endif
