/* replicate_many.h: what 'sig replicate' does for all that its references cover: first the versions
 * are found, then those that are found are brought to completion, several at a time. */
#ifndef OPS_REPLICATE_MANY_H
#define OPS_REPLICATE_MANY_H

#include "ops/pace.h"
#include "ops/patrol.h"
#include "ops/room.h"

/* A version that is covered. */
struct covered {
    struct reference ref;
    bool named;     /* by itself: that it is gone is a failure */
    bool postponed; /* somebody else was at it */
    bool is_shown;  /* `shown` is for the result */
    struct version shown;
};

struct walk {
    struct store *store;
    const struct replicate_request *request;
    struct patrol *patrol; /* of a service; NULL: of none */
    struct texts regions;  /* canonical */
    struct pace *pace;
    bool looks; /* only how far everything is */
    bool eager; /* what somebody else is at is left for later */
    struct {
        struct covered *items;
        size_t count;
    } covered;
    struct failures failures;
    struct err last; /* of the last version that is not complete */
    size_t incomplete;
    size_t shown;
    size_t unmade;                            /* versions whose recorded work failed */
    size_t refused;                           /* references that could not be followed */
    size_t unreadable[REFERENCE_VERSION + 1]; /* resources of that depth */
    int reason;                               /* for the last two, 0: there are none */
};

/* Something that cannot be read: told, and passed over. */
void walk_note_unreadable(void *user, enum reference_depth depth, const struct err *why);
/* The same of something that was named. */
void walk_note_refused(struct walk *walk, const struct err *why);

/* Do all that is covered, or look at it. E_PARTIAL and the like are left in `walk`. */
int walk_do(struct walk *walk, struct err *err);

#endif
