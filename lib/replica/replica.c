#include "replica/replica.h"

#include <stdlib.h>

#include "base/text.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/lock.h"

static void replica_shut(struct replica *replica)
{
    file_close(&replica->disks);
    file_close(&replica->blobs);
    file_close(&replica->lock);
    file_close(&replica->dir);
}

static int replica_enter(struct replica *replica, bool write, int wait_ms, struct err *err)
{
    int rc;

    if (write) {
        /* The lock comes first: a sweep that is at work may be removing the directories. */
        rc = lock_take(replica->dir, "lock", LOCK_SHARED, wait_ms, &replica->lock, err);
        if (rc < 0)
            return rc;
        rc = dir_make(replica->dir, "blobs", err);
        if (rc < 0)
            return rc;
        rc = dir_make(replica->dir, "disks", err);
        if (rc < 0)
            return rc;
    }
    rc = dir_open(replica->dir, "blobs", &replica->blobs, err);
    if (rc < 0)
        return rc;
    return dir_open(replica->dir, "disks", &replica->disks, err);
}

int replica_open(int dir, const char *label, bool write, int wait_ms, struct replica *ret,
                 struct err *err)
{
    struct err cause = {0};
    int rc;

    *ret = (struct replica)REPLICA_NONE;
    ret->dir = dir;
    ret->label = text_copy(label);
    rc = replica_enter(ret, write, wait_ms, &cause);
    if (rc == 0)
        return 0;
    replica_shut(ret);
    ret->why = text_copy(cause.text);
    if (err)
        *err = cause;
    err_wrap(err, "cannot use replica '%s'", label);
    return rc;
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
