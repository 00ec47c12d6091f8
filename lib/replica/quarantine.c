#include "replica/quarantine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "blob/blob.h"
#include "os/dir.h"
#include "os/file.h"

#define DIRECTORY "quarantine"

enum { PATH_SIZE = sizeof DIRECTORY + BLOB_FILE_NAME };

/* The blob's file in blobs/, and from the replica directory its path in quarantine. */
static void find_names(const struct blob_name *name, char file[BLOB_FILE_NAME],
                       char path[PATH_SIZE])
{
    blob_file_name(name, file);
    snprintf(path, PATH_SIZE, DIRECTORY "/%s", file);
}

int quarantine_add(const struct replica *replica, const struct blob_name *name, struct err *err)
{
    char file[BLOB_FILE_NAME], path[PATH_SIZE];
    int rc = dir_make(replica->dir, DIRECTORY, err);

    find_names(name, file, path);
    if (rc == 0)
        rc = dir_rename(replica->blobs, file, replica->dir, path, true, err);
    return rc;
}

/* --- under a free name --- */

enum { COPIES_MAX = 1000 }; /* of one name: whoever has as many has another problem */

static char *free_name(const char *path, int copy)
{
    const char *const slash = strrchr(path, '/');
    const char *const name = slash ? slash + 1 : path;

    return copy == 0 ? text_printf(DIRECTORY "/%s", name)
                     : text_printf(DIRECTORY "/%s.%d", name, copy);
}

/* Whether that is this file: it was kept, and not replaced. */
static bool is_kept(const struct replica *replica, const char *path, const struct file_info *file)
{
    struct err ignored = {0};
    struct file_info info;
    bool there;

    return file_look(replica->dir, path, &there, &info, &ignored) == 0 && there &&
           info.device == file->device && info.inode == file->inode;
}

static int set_aside(const struct replica *replica, const char *path, const struct file_info *file,
                     bool keep, struct err *err)
{
    int rc = dir_make(replica->dir, DIRECTORY, err);

    for (int copy = 0; rc == 0 && copy < COPIES_MAX; copy++) {
        char *const to = free_name(path, copy);
        const bool kept = is_kept(replica, to, file);

        if (kept)
            rc = keep ? 0 : file_remove(replica->dir, path, err);
        else
            rc = keep ? dir_link(replica->dir, path, replica->dir, to, err)
                      : dir_rename(replica->dir, path, replica->dir, to, false, err);
        free(to);
        if (kept || rc != E_CONFLICT)
            return rc;
        rc = 0;
    }
    return rc ? rc
              : err_set(err, E_CONFLICT, "'%s' was set aside %d times already", path, COPIES_MAX);
}

static int set_aside_if_there(const struct replica *replica, const char *path, bool keep,
                              struct err *err)
{
    struct file_info info = {0};
    bool there;
    int rc = file_look(replica->dir, path, &there, &info, err);

    if (rc || !there)
        return rc;
    rc = set_aside(replica, path, &info, keep && info.kind == FILE_REGULAR, err);
    return rc ? err_wrap(err, "cannot set '%s' aside", path) : 0;
}

int quarantine_move(const struct replica *replica, const char *path, struct err *err)
{
    return set_aside_if_there(replica, path, false, err);
}

int quarantine_keep(const struct replica *replica, const char *path, struct err *err)
{
    return set_aside_if_there(replica, path, true, err);
}
