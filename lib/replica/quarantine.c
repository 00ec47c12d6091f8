#include "replica/quarantine.h"

#include <stdio.h>

#include "blob/blob.h"
#include "os/dir.h"

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
