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
    size_t jobs;         /* at once, at least 1; with 1 all is done in the caller's thread */
    /* Do piece `number`, in any thread; `store` is for this piece alone. */
    void (*run)(void *user, size_t number, struct store *store);
    /* What comes of it, in the order of the pieces, one at a time, with the caller's store. False:
     * nothing more is begun, and of what is under way nothing is told. */
    bool (*settle)(void *user, size_t number);
    void *user;
};

/* Until all are done, or one was the last. */
void lanes_run(const struct lanes *lanes);

#endif
