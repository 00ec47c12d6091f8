/* prune.h: what a prune does, or would do. */
#ifndef MODEL_PRUNE_H
#define MODEL_PRUNE_H

#include "json/shape.h"
#include "model/reference.h"
#include "model/retention.h"

struct prune_request {
    struct reference ref; /* a gallery or an image definition; none: every version of the store */
    struct retention policy;
    bool plan;    /* delete nothing, say what would be */
    unsigned how; /* of enum delete_how */
};

enum prune_action {
    PRUNE_KEEP = 1,
    PRUNE_DROP,   /* it is deleted; of a plan: it would be */
    PRUNE_FAILED, /* it is there still, against the policy */
};

struct prune_version {
    char *id;
    char *name; /* "prod/ubuntu/1.0.0" */
    struct opt_time published_date;
    struct opt_time end_of_life_date; /* its own, or its definition's when that is earlier */
    unsigned action;                  /* enum prune_action */
    unsigned rule;                    /* enum prune_rule */
    /* That a sweep frees once it is gone, after those in front of it. Not set: it stays, or that
     * cannot be told. */
    struct opt_int bytes_freed;
    struct opt_int bytes_freed_later; /* the same, once it has gone from the trash for good; not
                                         set: it does not go there */
    char *details;                    /* which lock, why it failed; NULL: nothing to say */
};

struct prune {
    struct opt_int image_versions; /* that were looked at */
    struct opt_int kept, dropped, failed;
    struct opt_int bytes_freed; /* by all that are dropped; not set: it cannot be told of one */
    struct opt_int bytes_freed_later; /* by those that go to the trash; not set: none does */
    struct {
        struct prune_version *items;
        size_t count;
    } versions; /* in the order in which they are dropped */
};

extern const struct shape prune_shape;

/* Count what the versions say. */
void prune_settle(struct prune *prune);

#endif
