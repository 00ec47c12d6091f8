/* latest.h: which version is latest, and why the others are not. */
#ifndef MODEL_LATEST_H
#define MODEL_LATEST_H

#include "json/shape.h"

/* The rule that decided about a version; in the order they are asked, but for the first two. */
enum latest_rule {
    LATEST_CHOSEN = 1,
    LATEST_BELOW,              /* it would do, but a higher one is chosen */
    LATEST_UNREADABLE,         /* its manifest cannot be read */
    LATEST_END_OF_LIFE,        /* that is past, and such ones were not wanted */
    LATEST_NO_TARGET,          /* it has no copies in a region that was asked for */
    LATEST_EXCLUDED,           /* from latest everywhere */
    LATEST_EXCLUDED_IN_REGION, /* from latest in a region that was asked for */
    LATEST_INCOMPLETE,         /* its copies there are not complete */
};

struct latest_candidate {
    char *name; /* "1.2.0" */
    unsigned rule;
    char *region;            /* where the rule applies: display name; NULL: nowhere in particular */
    unsigned state;          /* enum replication_state of an incomplete one */
    struct opt_int progress; /* 0 to 100, of the same */
    char *details;           /* what went wrong, where something did */
};

struct latest_candidates {
    struct latest_candidate *items;
    size_t count;
};

/* The version that is latest; the candidates only when they were asked for, highest first. */
struct latest {
    char *id;
    char *name;
    char *resource_group;
    char *location;
    struct opt_time published_date;
    struct opt_time end_of_life_date;
    struct latest_candidates candidates;
};

extern const struct shape latest_shape;

void latest_candidate_done(struct latest_candidate *candidate);

#endif
