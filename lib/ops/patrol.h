/* patrol.h: what a service remembers from one round over the versions to the next. */
#ifndef OPS_PATROL_H
#define OPS_PATROL_H

#include <stdbool.h>

#include "gallery.h"

/* A version that was not complete after a round. */
struct patrol_failure {
    char *name;       /* "prod/ubuntu/1.0.0" */
    unsigned times;   /* one after the other */
    uint64_t not_yet; /* ticks before which it is left alone */
};

/* All-zero but for `interval_s` before the first round. */
struct patrol {
    unsigned interval_s;
    bool has_looked; /* a whole round is done: from then on what is complete by its state is so */
    struct {
        struct patrol_failure *items;
        size_t count;
    } failures;
};

/* Whether there may be something to do for the version now. */
bool patrol_wants(const struct patrol *patrol, const struct store *store,
                  const struct reference *ref);

/* How a try ended. One that failed is not tried again before a delay, which grows each time. */
void patrol_note(struct patrol *patrol, const struct reference *ref, bool complete);

void patrol_done(struct patrol *patrol);

/* One round of gal_replicate; `patrol` NULL: all of it. */
int replicate_round(struct store *store, const struct replicate_request *request,
                    struct patrol *patrol, struct versions *ret, struct err *err);

#endif
