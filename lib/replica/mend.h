/* mend.h: putting blobs and disks of a replica directory right again, from whatever copies there
 * are.
 *
 * No copy need be sound as a whole: a blob is put together frame by frame from those of its name,
 * a disk block by block from every map, every blob and the disk image that somebody has. What is
 * written is proven first: a blob by its name, a disk by its digest. What was there stays until its
 * replacement is durable, and is then in quarantine/; nothing is removed.
 */
#ifndef REPLICA_MEND_H
#define REPLICA_MEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "codec/compress.h"
#include "os/thread.h"
#include "replica/replica.h"

struct mend_job {
    const struct replica *to; /* open for writing; with `plan` for reading, or NULL: it is gone */
    const struct replica *others; /* any replicas, in order of preference; passed over when closed,
                                     or when they have the label of `to` */
    size_t count;
    struct pool *pool; /* borrowed; the caller is its owner */
    enum codec codec;  /* of new frames, as the next one */
    int level;
    int64_t now;                      /* the time to record as "last read back" */
    const struct blob_names *shunned; /* blobs of `to` that are damaged or missing; NULL for none */
    bool plan;                        /* find out, and write nothing */
    /* NULL for none. The BLOCK_SIZE bytes of a block of the disk that is mended, as somebody says
     * that they are. False: it has none. */
    bool (*given)(void *user, uint64_t block, void *bytes);
    void *user;
};

/* All-zero is empty. */
struct mend_result {
    uint64_t bytes;    /* of files that were written; with `plan` those that were proven */
    struct texts from; /* labels of the other replicas that gave something */
    bool given;        /* and whether `given` did */
    struct {
        struct stretch *items; /* ascending */
        size_t count;
    } lost; /* blocks that are nowhere to be found */
};

void mend_result_done(struct mend_result *result);

/* Put the file of a blob in its place, and read it back. E_CORRUPT: no copies of that name give it,
 * all of them together. Other errors are those of writing. */
int mend_blob(const struct mend_job *job, const struct blob_name *name, struct mend_result *ret,
              struct err *err);

/* Have a disk, of which the manifest says the size in bytes, in the replica, and nothing of it in a
 * shunned blob. E_CORRUPT when some blocks are nowhere to be found: `lost` says which, and nothing
 * was changed. */
int mend_disk(const struct mend_job *job, const struct disk_digest *digest, uint64_t size,
              struct mend_result *ret, struct err *err);

#endif
