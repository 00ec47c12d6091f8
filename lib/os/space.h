/* space.h: how much more a file system takes. */
#ifndef OS_SPACE_H
#define OS_SPACE_H

#include <stdint.h>

#include "base/err.h"

/* Bytes that whoever runs this may still write on the file system of the directory (or file) `fd`:
 * what is kept back for root does not count, quotas are not seen. A look at this moment: others
 * write too. */
int space_left(int fd, const char *name, uint64_t *ret, struct err *err);

#endif
