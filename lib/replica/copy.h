/* copy.h: copying disks from one replica directory to another: what the target has not, still
 * compressed.
 *
 * A source blob of which at least half of the stored bytes are needed is copied as a file, under
 * its own name. Otherwise the frames with needed blocks are gathered verbatim into a new blob.
 * Bytes are read and written, never shared between the replicas. Each new blob is flushed,
 * dropped from the page cache, read back from the disk and hashed, and then the next one is begun;
 * so a copy that was killed goes on behind the last blob that was finished. The map of the target
 * is written last.
 */
#ifndef REPLICA_COPY_H
#define REPLICA_COPY_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "os/thread.h"
#include "replica/replica.h"

struct copy_result {
    uint64_t copied_bytes;   /* stored bytes written and read back now */
    uint64_t reused_bytes;   /* stored bytes of the frames that were already there */
    int64_t reused_verified; /* when the oldest of these blobs was last read back whole (its
                                modification time), 0 when none; a blob that a killed copy left
                                unread has 0 there and is read back now */
};

struct copy_job {
    const struct replica *from;
    const struct replica *to; /* open for writing */
    const struct disk_digest *digests;
    size_t count;
    const struct blob_names *shunned; /* blobs of `to` that are known to be damaged: as good as not
                                         there, and left where they are unless a right one of that
                                         name takes their place; borrowed, NULL for none */
    int lock_wait_ms;                 /* for another process that copies the same; -1: forever */
    int64_t now;       /* the time to record as "last read back" (modification time of blobs) */
    struct pool *pool; /* the caller is its owner; the number of threads changes no byte */
    /* NULL for none. Called once what is to be copied is known, with the bytes of which `progress`
     * will tell in all; not at all when nothing is missing. */
    void (*planned)(void *user, uint64_t bytes);
    /* NULL for none. Called before anything is written, with the bytes that are missing: an error
     * ends the copy. */
    int (*fits)(void *user, uint64_t bytes, struct err *err);
    /* NULL for none. Called as bytes are done (of files copied whole, and of frames; tables of new
     * blobs are not counted): written once and read back once. */
    void (*progress)(void *user, uint64_t bytes);
    /* NULL for none. Called as bytes were written: whoever is to write slower stays in it. */
    void (*pace)(void *user, uint64_t bytes);
    /* NULL for none. Whether to begin no other blob: E_BUSY. What was finished stays. */
    bool (*stop)(void *user);
    void *user;
};

/* Make the disks readable in `to`. Does nothing for disks that are there (replica_has_disk) and lie
 * in no shunned blob. Two processes copying to the same replica share the work: a blob that one of
 * them copies (carry_whole) is passed over by the other and waited for when nothing else is left,
 * with no patience at all E_BUSY; what was finished by then stays. Frames are gathered, and the
 * maps written, in turns (a lock on disks/.<first 32 hex>.lock, removed afterwards), so that the
 * second finds that done. Damage in `from` is E_CORRUPT with `from`'s label in the message
 * (E_NOT_FOUND when something of it is missing, E_CHANGED when a sweep was at work there): try
 * another source. */
int copy_disks(const struct copy_job *job, struct copy_result *ret, struct err *err);

/* What the disks, which are in `to`, rely on there beside the blobs `made` by a pack just now: the
 * reused_* of `ret`. A blob that nobody has read back yet is read back now. `from`, `planned`,
 * `fits` and `progress` are not used. */
int copy_rely(const struct copy_job *job, const struct blob_name *made, size_t made_count,
              struct copy_result *ret, struct err *err);

#endif
