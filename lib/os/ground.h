/* ground.h: whether a file system can carry a store: what is promised rests on its locks, on names
 * that are given once, and on flushes that are done when they say so. */
#ifndef OS_GROUND_H
#define OS_GROUND_H

#include "base/err.h"

/* Try all of it in the directory `dir`, which nobody else sweeps meanwhile, and leave nothing
 * there: flush of a file, a directory and the file system; a name that is refused when it is taken;
 * a lock that keeps a second one out; renaming a directory. Some twenty system calls. E_UNSUPPORTED
 * names what is missing, with a hint; a full disk or a missing permission is an error as ever. */
int ground_check(int dir, struct err *err);

#endif
