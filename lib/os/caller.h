/* caller.h: who runs this, as the kernel says: the effective user, and all groups. */
#ifndef OS_CALLER_H
#define OS_CALLER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

/* Where an account has no name on this machine, its number stands for it. */
struct caller {
    char *user;
    struct texts groups;
};

/* The effective user, without a look at names. */
uint32_t caller_uid(void);

/* Whether that is who it seems: in a user namespace of his own anybody may be any number, root's
 * too. A file's owner is told from there all the same, unless it is CALLER_NOBODY: any that the
 * namespace does not know. */
bool caller_is_told(void);
enum { CALLER_NOBODY = 65534 };

/* `ret` all-zero. */
void caller_init(struct caller *ret);
void caller_done(struct caller *caller);

#endif
