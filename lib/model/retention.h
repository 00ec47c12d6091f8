/* retention.h: which versions of an image definition are kept, and which may go: a policy, and what
 * it says of each version.
 *
 * What keeps a version wins over what drops it. Of those that nothing keeps, the ones go that meet
 * every condition given: older than an age, past their end of life; without a condition all of
 * them.
 */
#ifndef MODEL_RETENTION_H
#define MODEL_RETENTION_H

#include "json/shape.h"
#include "model/semver.h"

struct retention {
    struct opt_int keep_latest;       /* so many of the highest of each definition stay */
    struct opt_int keep_minor;        /* the same of each Major.Minor */
    struct opt_int older_than;        /* seconds since they were published: only such ones go */
    struct opt_bool past_end_of_life; /* only those go */
    struct tags unless_tags;          /* those with one of them stay; value "": any */
    struct opt_int free;              /* bytes: no more go than it takes to free so many */
    struct opt_bool allow_empty;      /* the last intact version of a definition may go, too */
};

/* What decided about a version, in the order in which they are asked. */
enum prune_rule {
    PRUNE_UNREADABLE = 1,  /* its manifest cannot be read */
    PRUNE_CREATING,        /* it is being created, or could not be */
    PRUNE_KEEP_LATEST,     /* by `keep_latest` */
    PRUNE_KEEP_MINOR,      /* by `keep_minor` */
    PRUNE_UNLESS_TAG,      /* by `unless_tags` */
    PRUNE_NOT_OLDER,       /* than `older_than` */
    PRUNE_NOT_END_OF_LIFE, /* is past */
    PRUNE_BLOCKED,         /* may not be deleted before its end of life */
    PRUNE_LOCKED,          /* a lock forbids deleting it */
    PRUNE_LAST_INTACT,     /* of its definition */
    PRUNE_ENOUGH,          /* is freed without it */
    /* It goes, as none of those says otherwise: */
    PRUNE_OLDER,       /* than `older_than` */
    PRUNE_END_OF_LIFE, /* is past */
    PRUNE_NOT_KEPT,    /* nothing keeps it, and no condition was given */
};

extern const struct choices prune_rule_choices;

/* A version as the policy sees it. */
struct retention_version {
    struct semver number;
    struct opt_time published_date;
    struct opt_time end_of_life_date; /* its own or its definition's, which ever is first */
    const struct tags *tags;          /* borrowed */
    unsigned rule; /* enum prune_rule: the result; PRUNE_UNREADABLE and PRUNE_CREATING are given */
};

/* E_USAGE when nothing in the policy says what is to go. */
int retention_check(const struct retention *policy, struct err *err);

/* Say of each version of one definition, the highest first, which rule decides; `now` in seconds.
 * Those with a rule already are kept and not counted. */
void retention_decide(const struct retention *policy, int64_t now,
                      struct retention_version *versions, size_t count);

/* Whether the version goes by that rule. */
bool prune_rule_drops(unsigned rule);

/* Keep one more version, when none that is kept is intact: the highest intact one, or where there
 * is none and nothing else is kept the highest. `is_intact` is asked of number n of the versions,
 * as seldom as it takes. */
void retention_keep_last(struct retention_version *versions, size_t count,
                         bool (*is_intact)(void *user, size_t n), void *user);

/* Rows' parses: "30d" into seconds, "40G" into bytes; E_INVALID. */
int retention_parse_age(const char *const *words, size_t count, void *slot, struct err *err);
int retention_parse_size(const char *const *words, size_t count, void *slot, struct err *err);

#endif
