/* verify.h: reading back what lies in a replica directory. */
#ifndef REPLICA_VERIFY_H
#define REPLICA_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "blob/pour.h"
#include "os/thread.h"
#include "replica/replica.h"

struct verify_job {
    const struct replica *replica;
    struct pool *pool;
    int64_t now; /* the time to record as "last read back" */
    /* NULL for none. Called as bytes are done. */
    void (*progress)(void *user, uint64_t bytes);
    bool (*stop)(void *user); /* see pour.h; NULL for none. Of blobs only */
    /* NULL for none. Returns when so many bytes may be written: only where something is made. */
    void (*pace)(void *user, uint64_t bytes);
    void *user;
};

/* Read a blob back from the disk and compare it with its name (E_CORRUPT); then set its
 * modification time to `now`, except when the file belongs to another user. */
int verify_blob(const struct verify_job *job, const struct blob_name *name, struct err *err);

/* Note that a file was read back at `now`. Only its owner may set the time of a file; that of
 * another's stays what it was, which is a time at which less was known. */
int note_reading(int fd, const char *name, int64_t now, struct err *err);

/* The same without setting anything: `now` does not count. *ret_size: bytes that were read. */
int verify_blob_only(const struct verify_job *job, const struct blob_name *name, uint64_t *ret_size,
                     struct err *err);

/* The same, and what the lens (NULL: none) does with the bytes. */
int verify_blob_through(const struct verify_job *job, const struct blob_name *name,
                        const struct pour_lens *lens, uint64_t *ret_size, struct err *err);

/* Record that the blob was read back whole at `now`, unless it is another user's. */
int verify_note(const struct verify_job *job, const struct blob_name *name, struct err *err);

/* Whoever wants to know what is wrong with a disk. */
struct verify_faults {
    /* `blob`: which is damaged or missing; NULL: the map itself. Once for each. */
    void (*fault)(void *user, const struct blob_name *blob, const struct err *why);
    void *user;
};

/* Prove that the map of the disk and the tables of the blobs that it names give its digest: every
 * segment, whatever is wrong with another one. Bytes of blocks are not read. False when something
 * is wrong. */
bool verify_disk(const struct replica *replica, const struct disk_digest *digest,
                 const struct verify_faults *faults);

/* Whether a disk can be read as far as it lies in a blob that does not give its name: every frame
 * that holds a block of it is what was stored. So whoever has another part of that blob is the one
 * who suffers. False also when the map cannot be read, or the blob's tables. */
bool verify_disk_in_blob(const struct replica *replica, const struct disk_digest *digest,
                         const struct blob_name *name);

/* Read every frame of the blobs that the disk lies in, by all threads, from the page cache too.
 * Those that cannot be opened, or have a frame that is not what was stored, are appended to *ret,
 * each once; that there are such is no error. */
int verify_blobs(const struct replica *replica, const struct disk_digest *digest, struct pool *pool,
                 struct blob_names *ret, struct err *err);

#endif
