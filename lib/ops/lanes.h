/* lanes.h: pieces of work that go on side by side, each with a store handle of its own, and come
 * out in order: what one of them has to say is kept together and told in its turn, so that the
 * output is the same however many there are at once. */
#ifndef OPS_LANES_H
#define OPS_LANES_H

#include <stdbool.h>
#include <stddef.h>

#include "store/store.h"

struct lanes {
    struct store *store; /* of the caller */
    size_t count;        /* pieces, in order */
    const size_t
        *queues; /* of each piece, below `count`: those of one queue go one by one, in their
                             order, so that none finds what another one has left half done */
    size_t jobs; /* queues at once, at least 1; with 1 all is done in the caller's thread */
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
