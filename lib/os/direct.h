/* direct.h: reading a file from the disk itself, whatever the page cache holds of it.
 *
 * Where the file system can, reads go past the cache: what was written a moment ago is proven to be
 * on the disk, and stays in memory for whoever reads it next. Elsewhere the cached pages are dropped
 * before each read.
 */
#ifndef OS_DIRECT_H
#define OS_DIRECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct direct {
    int fd;   /* borrowed */
    int past; /* the same file, past the cache; FILE_NONE where that cannot be */
};

/* Places in memory and in the file that are multiples of it are read past the cache. */
enum { DIRECT_ALIGN = 4096 };

/* `fd` was opened for reading. */
void direct_open(struct direct *direct, int fd);
void direct_close(struct direct *direct);

/* Read exactly `length` bytes at `offset`, as file_read_exact. Several threads may do so at once. */
int direct_read(const struct direct *direct, const char *name, void *bytes, size_t length,
                uint64_t offset, struct err *err);

#endif
