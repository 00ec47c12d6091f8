/* audit.h: what the files of an audit share. */
#ifndef OPS_AUDIT_H
#define OPS_AUDIT_H

#include "gallery.h"
#include "ops/marks.h"
#include "ops/room.h"
#include "store/scratch.h"

struct auditing {
    struct store *store;
    struct marks marks;
    bool whole; /* the store, not a part of it */
    struct audit *audit;
    uint64_t bytes_read, bytes_unused;
    size_t replicas, disks, blobs;
};

/* Look at one replica directory: the disks that `marked` (NULL: none) says are there, the blobs
 * that they rely on, or when the whole store is looked at all of its files. What is wrong goes to
 * the findings. */
void audit_replica(struct auditing *auditing, const struct replica_place *place,
                   const struct marked_replica *marked);

/* What does not belong in that part of the store: see scratch_find. */
void audit_stray(struct auditing *auditing, const char *path, const char *name, bool scratch);
void audit_strays(struct auditing *auditing, enum scratch_part part, const char *path);

#endif
