/* replica.h: one replica directory as the content store sees it.
 *
 *   lock       shared while somebody publishes or copies into it, exclusive for a sweep
 *   turnstile  shared for a moment by whoever wants to share the lock; a sweep that waits for the
 *              lock closes it, so that publishers who follow each other do not keep it out
 *   blobs/     <32 hex>.blob        see blob.h
 *   disks/     <64 hex>.disk        see disk.h
 *   index.<n>                       see index.h
 *   quarantine/                     blobs that were found not to give their name
 *   readers                         see readers.h
 *
 * Files get their names when complete (os/staged.h), so nothing in blobs/ and disks/ is ever
 * half-written. Who the directory belongs to (replica.json) is the store's business.
 */
#ifndef REPLICA_REPLICA_H
#define REPLICA_REPLICA_H

#include <stdbool.h>

#include "base/err.h"
#include "blob/block.h"

struct replica {
    char *label; /* for messages: "westeurope/standard_lrs/1" */
    int dir;     /* FILE_NONE: it could not be opened, and `why` says the reason */
    int blobs;
    int disks;
    int lock;
    int turnstile; /* of a sweep */
    char *why;     /* NULL when usable */
};

/* The value before replica_open and after replica_close. */
#define REPLICA_NONE                                                                               \
    {                                                                                              \
        .dir = -1, .blobs = -1, .disks = -1, .lock = -1, .turnstile = -1                           \
    }

/* Use the directory `dir` (taken, closed by replica_close also on error). `write`: make blobs/ and
 * disks/ when missing, and take the lock shared, waiting up to `wait_ms` (-1: forever); else they
 * must exist (E_NOT_FOUND) and no lock is taken. On error nothing is open and *ret holds label and
 * `why`, so that it can be handed to disk_reader_open as it is; replica_close releases them. */
int replica_open(int dir, const char *label, bool write, int wait_ms, struct replica *ret,
                 struct err *err);
void replica_close(struct replica *replica);

/* The same for a sweep, alone: nobody has it open to write, nor will before replica_close. What was
 * never written to is E_NOT_FOUND. E_BUSY after `wait_ms`. */
int replica_open_alone(int dir, const char *label, int wait_ms, struct replica *ret,
                       struct err *err);

/* Whether somebody is publishing or copying into it, or sweeping it, at this moment. */
bool replica_is_busy(const struct replica *replica);

/* Whether the disk is there to be read: its map opens and each blob that it names has the right
 * size and a sound footer. False and 0 when not; *ret_reason (may be NULL) tells why. Damage is
 * "not there": copying again heals it. Other errors (permissions, input/output) are errors. */
int replica_has_disk(const struct replica *replica, const struct disk_digest *digest, bool *ret_has,
                     struct err *ret_reason, struct err *err);

#endif
