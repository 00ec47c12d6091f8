/* replication.h: how far the copies of a version are. */
#ifndef MODEL_REPLICATION_H
#define MODEL_REPLICATION_H

#include "json/shape.h"

enum replication_state {
    REPLICATION_UNKNOWN = 1,
    REPLICATION_REPLICATING,
    REPLICATION_COMPLETED,
    REPLICATION_FAILED
};
enum aggregated_state {
    AGGREGATED_UNKNOWN = 1,
    AGGREGATED_IN_PROGRESS,
    AGGREGATED_COMPLETED,
    AGGREGATED_FAILED
};

/* One region of one version: stored as replication/<region>.json, shown in
 * replicationStatus.summary. */
struct region_status {
    char *region;                   /* canonical in the store, display name in views; key */
    unsigned state;                 /* enum replication_state */
    struct opt_int progress;        /* 0 to 100 */
    char *details;                  /* why it failed */
    struct opt_int replica_count;   /* replicas that `state` is about: Completed with fewer than the
                                     target wants is not complete */
    struct opt_int completed_count; /* replicas that were Completed once: they stay promised while
                                       a later run is at work, and when it fails. Not shown */
    /* The receipt: what the last run that had something to do here copied and read back. */
    struct opt_int copied_bytes;
    struct opt_int reused_bytes;
    /* When the oldest of what was already there was last read back. */
    struct opt_time reused_verified_date;
    struct opt_time verified_date; /* when this copy was read back and compared */
};

struct region_statuses {
    struct region_status *items;
    size_t count;
};

struct replication_status {
    unsigned aggregated_state;
    char *details; /* why the version itself could not be made: then it has no regions */
    struct region_statuses summary;
};

extern const struct choices replication_state_choices; /* Unknown Replicating Completed Failed */
extern const struct choices aggregated_state_choices;  /* Unknown InProgress Completed Failed */
extern const struct shape region_status_shape;
extern const struct shape replication_status_shape;

/* How many replicas of the region were reported done once, and so must be there. What was written
 * before `completed_count` says it by its state. */
int64_t replication_promised(const struct region_status *status);

/* The aggregate of the summary: Failed if any failed, Completed if all are, Unknown if all are,
 * else InProgress. */
unsigned replication_aggregate(const struct region_statuses *summary);

#endif
