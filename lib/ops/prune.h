/* prune.h: what a prune is done with: the versions are found and judged, what their deletion frees
 * is counted, then they are deleted. */
#ifndef OPS_PRUNE_H
#define OPS_PRUNE_H

#include "ops/marks.h"
#include "ops/room.h"

/* A version, or one that is being created. */
struct pruned {
    struct reference ref;
    char *id;
    char *name;             /* "prod/ubuntu/1.0.0", as it is spelled */
    char *key;              /* as marks have it */
    struct version version; /* empty when it could not be read */
    struct retention_version judged;
    struct opt_int bytes;
    char *details;
    size_t place; /* among them, before they were sorted by age */
    bool trash;   /* it goes there */
    bool failed;  /* to be deleted */
    bool done;    /* it is gone */
};

struct pruning {
    struct store *store;
    const struct retention *policy;
    unsigned how; /* they are deleted: of enum delete_how */
    int64_t now;
    struct ops_unread *unread;
    struct {
        struct pruned *items; /* of each definition lowest first, or oldest first with `free` */
        size_t count;
    } versions;
    struct marks marks; /* of the whole store, before anything is deleted */
    bool marked;        /* they are known */
    /* While they are looked for: */
    char *gallery, *definition; /* names as they are spelled */
    char *resource_group;
    struct opt_time end_of_life_date; /* of the definition */
    bool trash;                       /* what is deleted in the gallery goes there */
    struct err fatal; /* what ends it, also where a resource that is damaged would not */
};

/* Whether the version is to be deleted. */
bool pruned_goes(const struct pruned *pruned);

/* Find the versions below `ref` and judge them. What cannot be read is told, and counted. */
int prune_find(struct pruning *pruning, const struct reference *ref, struct err *err);

/* Read what every version of the store needs. That it cannot be told is a notice, unless the policy
 * depends on it. */
int prune_read_marks(struct pruning *pruning, struct err *err);

/* Count, from those marks, what a sweep frees as each version that goes is gone, after those in
 * front of it; with `free` those stay that are not needed for it. A replica that cannot be looked
 * at is told and not counted, and with `free` an error. */
int prune_count(struct pruning *pruning, struct err *err);

/* Release all that it holds. */
void prune_release(struct pruning *pruning);

#endif
