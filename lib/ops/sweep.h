/* sweep.h: what the files of a sweep share. */
#ifndef OPS_SWEEP_H
#define OPS_SWEEP_H

#include "ops/marks.h"
#include "ops/plan.h"
#include "ops/room.h"
#include "store/scratch.h"

/* What was removed, or would be. */
struct swept {
    uint64_t replicas, disks, blobs, rewritten, scratch;
    uint64_t versions; /* soft-deleted, past their time */
    uint64_t bytes;    /* freed, of disk maps and blobs */
    uint64_t written;  /* of new blobs for what is still needed */
};

struct sweeping {
    struct store *store;
    bool plan;                           /* remove nothing */
    bool quiet;                          /* and say nothing */
    const struct reference *without;     /* as if that, or all that is in it, were not there */
    const struct marked_replica *needed; /* what the replica needs; NULL: read that */
    int64_t now;
    struct compact_memo *memo; /* of a plan for one replica: what it has read; NULL: none */
    struct planning *planning; /* gets what each replica would free; NULL: none */
    struct swept swept;        /* in all */
    struct err last;           /* of the last replica that could not be swept */
    size_t failed;
};

/* Marks of the whole store, or of one place. *ret is to be released in any case. */
int sweep_read_marks(const struct sweeping *sweeping, const struct replica_place *place,
                     struct marks *ret, struct err *err);

/* What cannot be swept keeps nothing else from it. */
void sweep_note_failure(struct sweeping *sweeping, const struct err *err);

/* Remove what killed commands left in that part. */
int sweep_scratch(struct sweeping *sweeping, enum scratch_part part, int dir, const char *path,
                  struct err *err);

/* Sweep one replica directory, for replica_dir_each: `user` is the sweeping. A failure is noted. */
int sweep_replica(void *user, const struct replica_place *place, struct err *err);

#endif
