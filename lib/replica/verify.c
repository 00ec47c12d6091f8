#include "replica/verify.h"

#include "blob/blob.h"
#include "blob/pour.h"
#include "os/file.h"

/* Only its owner may set the time of a file; that of another's stays what it was, which is a time
 * at which less was known. */
static int note_reading(int fd, const char *name, int64_t now, struct err *err)
{
    const int rc = file_set_time(fd, name, now, err);

    return rc == E_DENIED ? 0 : rc;
}

int verify_blob(const struct verify_job *job, const struct blob_name *name, struct err *err)
{
    struct pour pour = {
        .pool = job->pool,
        .from = FILE_NONE,
        .to = FILE_NONE,
        .progress = job->progress,
        .user = job->user,
    };
    char text[BLOB_FILE_NAME];
    bool ignored;
    int rc;

    blob_file_name(name, text);
    rc = file_open(job->replica->blobs, text, FILE_READ, &pour.from, err);
    if (rc < 0)
        return rc;
    file_drop_cache(pour.from);
    rc = pour_blob(&pour, name, &ignored, err);
    if (rc == 0)
        rc = note_reading(pour.from, text, job->now, err);
    file_close(&pour.from);
    return rc;
}
