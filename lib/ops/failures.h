/* failures.h: what went wrong in a command that goes on to the rest. One alone is the command's
 * error; of several each is told once, in order, and the error says how many. */
#ifndef OPS_FAILURES_H
#define OPS_FAILURES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/store.h"

/* All-zero but for `store`, borrowed. NULL: nothing is told, and all are kept until it is known
 * whether they count; only those hold memory. */
struct failures {
    const struct store *store;
    size_t count;
    struct {
        struct err *items;
        size_t count;
    } kept;
    struct err first; /* not told as long as it is the only one */
    struct err last;
    bool hints_differ;
};

/* Another one. Its hint is what to do about the cause, or none. */
void failures_add(struct failures *failures, const struct err *err);

/* Add those that `from` has kept, in order, and release them. */
void failures_move(struct failures *failures, struct failures *from);

/* Release those that were kept: what they were about is gone. */
void failures_drop(struct failures *failures);

/* Something else is the error: tell the first one too. */
void failures_tell(struct failures *failures);

/* What to do about all of them, "" when that is not one thing. Borrowed. */
const char *failures_hint(const struct failures *failures);

#endif
