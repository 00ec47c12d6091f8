/* verify.h: reading back what lies in a replica directory. */
#ifndef REPLICA_VERIFY_H
#define REPLICA_VERIFY_H

#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "os/thread.h"
#include "replica/replica.h"

struct verify_job {
    const struct replica *replica;
    struct pool *pool;
    int64_t now; /* the time to record as "last read back" */
    /* NULL for none. Called as bytes are done. */
    void (*progress)(void *user, uint64_t bytes);
    void *user;
};

/* Read a blob back from the disk and compare it with its name (E_CORRUPT); then set its
 * modification time to `now`, except when the file belongs to another user. */
int verify_blob(const struct verify_job *job, const struct blob_name *name, struct err *err);

#endif
