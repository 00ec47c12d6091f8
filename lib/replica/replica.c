#include "replica/replica.h"

#include <stdlib.h>

#include "base/text.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/lock.h"
#include "replica/readers.h"

#define LOCK      "lock"
#define TURNSTILE "turnstile"

static void replica_shut(struct replica *replica)
{
    file_close(&replica->disks);
    file_close(&replica->blobs);
    file_close(&replica->lock);
    file_close(&replica->turnstile);
    file_close(&replica->dir);
}

bool replica_is_busy(const struct replica *replica)
{
    return lock_is_held(replica->dir, LOCK);
}

/* Whoever comes while a sweep waits is let in after it. */
static int replica_lock_shared(struct replica *replica, int wait_ms, struct err *err)
{
    int turnstile = FILE_NONE;
    int rc = lock_take(replica->dir, TURNSTILE, LOCK_SHARED, wait_ms, &turnstile, err);

    if (rc == 0)
        rc = lock_take(replica->dir, LOCK, LOCK_SHARED, wait_ms, &replica->lock, err);
    file_close(&turnstile);
    return rc;
}

static int replica_lock_alone(struct replica *replica, int wait_ms, struct err *err)
{
    int rc = lock_take(replica->dir, TURNSTILE, LOCK_EXCLUSIVE, wait_ms, &replica->turnstile, err);

    if (rc == 0)
        rc = lock_take(replica->dir, LOCK, LOCK_EXCLUSIVE, wait_ms, &replica->lock, err);
    return rc;
}

static int replica_make(struct replica *replica, struct err *err)
{
    int rc = dir_make(replica->dir, "blobs", err);

    if (rc == 0)
        rc = dir_make(replica->dir, "disks", err);
    return rc < 0 ? rc : readers_make(replica->dir, err);
}

enum purpose { FOR_READING, FOR_WRITING, FOR_SWEEPING };

static int replica_enter(struct replica *replica, enum purpose purpose, int wait_ms,
                         struct err *err)
{
    int rc = 0;

    /* The lock comes first: a sweep that is at work may be removing files. */
    if (purpose == FOR_WRITING)
        rc = replica_lock_shared(replica, wait_ms, err);
    if (purpose == FOR_SWEEPING)
        rc = replica_lock_alone(replica, wait_ms, err);
    if (rc == 0 && purpose == FOR_WRITING)
        rc = replica_make(replica, err);
    if (rc == 0)
        rc = dir_open(replica->dir, "blobs", &replica->blobs, err);
    return rc < 0 ? rc : dir_open(replica->dir, "disks", &replica->disks, err);
}

static int replica_open_as(int dir, const char *label, enum purpose purpose, int wait_ms,
                           struct replica *ret, struct err *err)
{
    struct err cause = {0};
    int rc;

    *ret = (struct replica)REPLICA_NONE;
    ret->dir = dir;
    ret->label = text_copy(label);
    rc = replica_enter(ret, purpose, wait_ms, &cause);
    if (rc == 0)
        return 0;
    replica_shut(ret);
    ret->why = text_copy(cause.text);
    if (err)
        *err = cause;
    err_wrap(err, "cannot use replica '%s'", label);
    return rc;
}

int replica_open(int dir, const char *label, bool write, int wait_ms, struct replica *ret,
                 struct err *err)
{
    return replica_open_as(dir, label, write ? FOR_WRITING : FOR_READING, wait_ms, ret, err);
}

int replica_open_alone(int dir, const char *label, int wait_ms, struct replica *ret,
                       struct err *err)
{
    return replica_open_as(dir, label, FOR_SWEEPING, wait_ms, ret, err);
}

void replica_close(struct replica *replica)
{
    replica_shut(replica);
    free(replica->label);
    free(replica->why);
    *replica = (struct replica)REPLICA_NONE;
}

static int replica_check_disk(const struct replica *replica, const struct disk_digest *digest,
                              struct err *err)
{
    struct disk *disk = NULL;
    int rc = disk_open(replica->dir, digest, &disk, err);

    for (size_t i = 0; rc == 0 && i < disk_blob_count(disk); i++) {
        const struct disk_blob *blob = disk_blob(disk, i);

        rc = blob_check(replica->dir, &blob->name, blob->size, blob->blocks, err);
    }
    disk_close(disk);
    return rc;
}

int replica_has_disk(const struct replica *replica, const struct disk_digest *digest, bool *ret_has,
                     struct err *ret_reason, struct err *err)
{
    struct err cause = {0};
    const int rc = replica_check_disk(replica, digest, &cause);

    if (rc < 0 && rc != E_NOT_FOUND && rc != E_CORRUPT) {
        if (err)
            *err = cause;
        return rc;
    }
    *ret_has = rc == 0;
    if (rc < 0 && ret_reason)
        *ret_reason = cause;
    return 0;
}
