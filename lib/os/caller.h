/* caller.h: who runs this, as the kernel says: the effective user, and all groups. */
#ifndef OS_CALLER_H
#define OS_CALLER_H

#include <stdint.h>

#include "base/vec.h"

/* Where an account has no name on this machine, its number stands for it. */
struct caller {
    char *user;
    struct texts groups;
};

/* The effective user, without a look at names. */
uint32_t caller_uid(void);

/* `ret` all-zero. */
void caller_init(struct caller *ret);
void caller_done(struct caller *caller);

#endif
