#include "replica/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "blob/blob.h"
#include "blob/pour.h"
#include "os/file.h"
#include "replica/witness.h"

/* Only its owner may set the time of a file; that of another's stays what it was, which is a time
 * at which less was known. */
static int note_reading(int fd, const char *name, int64_t now, struct err *err)
{
    const int rc = file_set_time(fd, name, now, err);

    return rc == E_DENIED ? 0 : rc;
}

static int read_back(const struct verify_job *job, const struct blob_name *name, struct pour *pour,
                     char text[BLOB_FILE_NAME], struct err *err)
{
    bool ignored;
    int rc;

    *pour = (struct pour){
        .pool = job->pool,
        .from = FILE_NONE,
        .to = FILE_NONE,
        .progress = job->progress,
        .user = job->user,
    };
    blob_file_name(name, text);
    rc = file_open(job->replica->blobs, text, FILE_READ, &pour->from, err);
    if (rc < 0)
        return rc;
    file_drop_cache(pour->from);
    return pour_blob(pour, name, &ignored, err);
}

int verify_blob(const struct verify_job *job, const struct blob_name *name, struct err *err)
{
    char text[BLOB_FILE_NAME];
    struct pour pour;
    int rc = read_back(job, name, &pour, text, err);

    if (rc == 0)
        rc = note_reading(pour.from, text, job->now, err);
    file_close(&pour.from);
    return rc;
}

int verify_blob_only(const struct verify_job *job, const struct blob_name *name, uint64_t *ret_size,
                     struct err *err)
{
    struct file_info info = {0};
    char text[BLOB_FILE_NAME];
    struct pour pour;
    int rc = read_back(job, name, &pour, text, err);

    if (rc == 0)
        rc = file_stat(pour.from, text, &info, err);
    *ret_size = info.size;
    file_close(&pour.from);
    return rc;
}

/* --- a disk --- */

static const struct blob_name no_blob;

struct proving {
    struct witness witness;
    const struct verify_faults *faults;
    struct {
        struct blob_name *items; /* all zeros: the map */
        size_t count;
    } told;
};

static bool is_told(const struct proving *proving, const struct blob_name *name)
{
    for (size_t i = 0; i < proving->told.count; i++)
        if (memcmp(&proving->told.items[i], name, sizeof *name) == 0)
            return true;
    return false;
}

static void tell(struct proving *proving, const struct err *why)
{
    const struct blob_name culprit = proving->witness.culprit;
    const bool is_map = memcmp(&culprit, &no_blob, sizeof culprit) == 0;

    if (is_told(proving, &culprit))
        return;
    *VEC_ADD(&proving->told) = culprit;
    proving->faults->fault(proving->faults->user, is_map ? NULL : &culprit, why);
}

static void prove_segment(struct proving *proving, size_t segment)
{
    struct part part = {0};
    struct err err = {0};

    if (witness_part(&proving->witness, segment, &part, &err) < 0)
        tell(proving, &err);
    else
        part_done(&part);
}

/* A repair may have put another map in its place, and a sweep removed what that does not name. */
static bool is_named_still(const struct proving *proving, const struct blob_name *name)
{
    struct err ignored = {0};
    struct disk *now = NULL;
    bool named = false;

    if (disk_open(proving->witness.replica->dir, &proving->witness.digest, &now, &ignored) < 0)
        return true;
    for (size_t i = 0; i < disk_blob_count(now); i++)
        named |= memcmp(&disk_blob(now, i)->name, name, sizeof *name) == 0;
    disk_close(now);
    return named;
}

/* A map may name a blob of which no block is used: the disk relies on it all the same. */
static void check_blobs(struct proving *proving)
{
    struct disk *const disk = proving->witness.disk;

    for (size_t i = 0; i < disk_blob_count(disk); i++) {
        const struct disk_blob *const blob = disk_blob(disk, i);
        struct err err = {0};

        proving->witness.culprit = blob->name;
        if (blob_check(proving->witness.replica->dir, &blob->name, blob->size, blob->blocks,
                       &err) &&
            is_named_still(proving, &blob->name))
            tell(proving, &err);
    }
}

bool verify_disk(const struct replica *replica, const struct disk_digest *digest,
                 const struct verify_faults *faults)
{
    struct sha256 *const sha256 = sha256_new();
    struct desk *const desk = desk_new(DESK_FRAMES);
    struct proving proving = {
        .witness = {.replica = replica, .digest = *digest, .sha256 = sha256, .desk = desk},
        .faults = faults,
    };
    struct err err = {0};
    bool sound;

    if (witness_open(&proving.witness, &err) < 0) {
        proving.witness.culprit = no_blob;
        tell(&proving, &err);
    } else {
        /* A map that is read again meanwhile has as many. */
        const size_t segments = disk_segment_count(proving.witness.disk);

        check_blobs(&proving);
        for (size_t i = 0; i < segments; i++)
            prove_segment(&proving, i);
    }
    sound = proving.told.count == 0;
    witness_done(&proving.witness);
    free(proving.told.items);
    desk_free(desk);
    sha256_free(sha256);
    return sound;
}
