/* lanes.h: pieces of work in lanes: those of one lane follow each other, lanes go on side by side.
 * Each piece has a store handle of its own, and comes out in order: what it has to say is kept
 * together and told in its turn, so that the output is the same however many lanes there are at
 * once. */
#ifndef OPS_LANES_H
#define OPS_LANES_H

#include <stdbool.h>
#include <stddef.h>

#include "store/store.h"

struct lanes {
    struct store *store; /* of the caller */
    size_t count;        /* pieces, in order */
    /* Of each piece, below `count`. Those of one lane go one by one, in their order, so that none
     * finds what another one has left half done. */
    const size_t *lane_of;
    size_t jobs; /* lanes at once, at least 1; with 1 all is done in the caller's thread */
    /* Do piece `number`, in any thread; `store` is for this piece alone. */
    void (*run)(void *user, size_t number, struct store *store);
    /* Whether anybody wants to know what comes of it. */
    bool (*wanted)(void *user, size_t number);
    /* What comes of it, in the order of the pieces, one at a time, with the caller's store; what it
     * had to say comes before that. */
    void (*settle)(void *user, size_t number);
    void *user;
};

/* Until all are done. */
void lanes_run(const struct lanes *lanes);

#endif
