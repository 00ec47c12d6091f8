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
    int code;

    if (write) {
        /* The lock comes first: a sweep that is at work may be removing the directories. */
        code = lock_take(replica->dir, "lock", LOCK_SHARED, wait_ms, &replica->lock, err);
        if (code < 0)
            return code;
        code = dir_make(replica->dir, "blobs", err);
        if (code < 0)
            return code;
        code = dir_make(replica->dir, "disks", err);
        if (code < 0)
            return code;
    }
    code = dir_open(replica->dir, "blobs", &replica->blobs, err);
    if (code < 0)
        return code;
    return dir_open(replica->dir, "disks", &replica->disks, err);
}

int replica_open(int dir, const char *label, bool write, int wait_ms, struct replica *ret,
                 struct err *err)
{
    struct err cause = {0};
    int code;

    *ret = (struct replica)REPLICA_NONE;
    ret->dir = dir;
    ret->label = text_copy(label);
    code = replica_enter(ret, write, wait_ms, &cause);
    if (code == 0)
        return 0;
    replica_shut(ret);
    ret->why = text_copy(cause.text);
    if (err)
        *err = cause;
    err_wrap(err, "cannot use replica '%s'", label);
    return code;
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
    int code = disk_open(replica->dir, digest, &disk, err);

    for (size_t i = 0; code == 0 && i < disk_blob_count(disk); i++) {
        const struct disk_blob *blob = disk_blob(disk, i);

        code = blob_check(replica->dir, &blob->name, blob->size, blob->blocks, err);
    }
    disk_close(disk);
    return code;
}

int replica_has_disk(const struct replica *replica, const struct disk_digest *digest, bool *ret_has,
                     struct err *ret_reason, struct err *err)
{
    struct err cause = {0};
    const int code = replica_check_disk(replica, digest, &cause);

    if (code < 0 && code != E_NOT_FOUND && code != E_CORRUPT) {
        if (err)
            *err = cause;
        return code;
    }
    *ret_has = code == 0;
    if (code < 0 && ret_reason)
        *ret_reason = cause;
    return 0;
}
