/* pour.h: the file of a blob from its first byte to its last: proven by its name, and written to
 * another file on the way, by one thread; or, with a lens, read and looked at by all of a pool. */
#ifndef BLOB_POUR_H
#define BLOB_POUR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "os/thread.h"

/* What else is done with the bytes, by all threads, so that they are read only once. */
struct pour_lens {
    /* Where what begins at `offset` ends: behind it, by at most `most` bytes. Called in order. */
    uint64_t (*end)(void *user, uint64_t offset, uint64_t most);
    /* Look at what lies between two such ends. A failure is told when the whole was read, and gives
     * its name: else that is what is told. */
    int (*look)(void *user, const uint8_t *bytes, uint64_t offset, size_t length, size_t worker,
                struct err *err);
    void *user;
};

struct pour {
    struct pool *pool; /* for a lens; borrowed; the caller is its owner */
    int from;          /* the file, open for reading */
    bool from_disk; /* drop it from the page cache first, to read what is on the disk, and as it is
                       read: what somebody has mapped, or not yet written, stays there */
    int to;         /* an empty file, open for writing; FILE_NONE: it is only read */
    const struct pour_lens *lens; /* NULL for none; with one nothing is written */
    /* NULL for none. Called in order as bytes are done. */
    void (*progress)(void *user, uint64_t bytes);
    void (*pace)(void *user, uint64_t bytes); /* the same, before more is begun: it may take time */
    /* NULL for none. Asked again and again: whether to leave it; that is E_TIMED_OUT. */
    bool (*stop)(void *user);
    void *user;
};

/* Read all of it. E_CORRUPT when it is not a regular file or its XXH3-128 is not its name. What was
 * written is on its way to the disk, and not flushed. *ret_from_failed, after an error: whether
 * `from` is to blame, and not `to`. At most 256 KiB of memory, with a lens 32 MiB, whatever the
 * size and the number of threads. */
int pour_blob(const struct pour *pour, const struct blob_name *name, bool *ret_from_failed,
              struct err *err);

#endif
