/* wait.h: the verb 'wait', of several nouns; and --no-wait. */
#ifndef CMD_WAIT_H
#define CMD_WAIT_H

#include "cmd/command.h"

/* What to wait for; the others for galleries, and for versions. */
extern const struct shape wait_shape, gallery_wait_shape, version_wait_shape;
int wait_run(struct run *run, const void *request, void *result, struct err *err);

/* What is said of the verb, whatever is waited for. */
#define WAIT_ABOUT                                                                                 \
    "Prints nothing, and ends when one of the conditions holds: with status 0, or 9 when none "    \
    "did "                                                                                         \
    "in time. It looks again after a moment, then less and less often. A state of Failed ends it " \
    "with status 1 and the reason."

/* The row of --no-wait for a request with a member `no_wait`, with which a command prints nothing.
 */
#define NO_WAIT_KEY            "noWait"
#define NO_WAIT_ROW(type, ...) ROW(type, no_wait, NO_WAIT_KEY, .flag = "--no-wait", __VA_ARGS__)

#endif
