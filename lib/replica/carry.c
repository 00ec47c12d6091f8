#include "replica/carry.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "blob/pour.h"
#include "os/file.h"
#include "os/lock.h"
#include "os/staged.h"
#include "replica/copy_plan.h"
#include "replica/gather.h"
#include "replica/quarantine.h"
#include "replica/verify.h"

enum { LOCK_NAME_SIZE = 1 + BLOB_NAME_TEXT + 5 }; /* ".", the digits and a NUL, ".lock" */

static void tell(const struct copy_job *job, uint64_t bytes)
{
    if (job->progress && bytes > 0)
        job->progress(job->user, bytes);
}

static int blame_target(const struct replica *to, int code, struct err *err)
{
    err_wrap(err, "cannot copy to replica '%s'", to->label);
    return code;
}

void carrier_done(struct carrier *carrier)
{
    blob_writer_close(carrier->writer);
    free(carrier->done.items);
    *carrier = (struct carrier){0};
}

/* The progress of reading one blob back: of one made of frames, its tables do not count. */
struct meter {
    const struct copy_job *job;
    uint64_t left;
};

static void meter_tell(void *user, uint64_t bytes)
{
    struct meter *meter = user;
    const uint64_t counted = bytes < meter->left ? bytes : meter->left;

    meter->left -= counted;
    tell(meter->job, counted);
}

int carry_read_back(const struct copy_job *job, const struct blob_name *name, uint64_t counts,
                    struct err *err)
{
    struct meter meter = {.job = job, .left = counts};
    const struct verify_job verify = {
        .replica = job->to,
        .pool = job->pool,
        .now = job->now,
        .progress = meter_tell,
        .user = &meter,
    };
    const int rc = verify_blob(&verify, name, err);

    if (rc == 0)
        return 0;
    err_wrap(err, "cannot read back what was written");
    return blame_target(job->to, rc, err);
}

/* A new blob is done when it was read back. One that differs is set aside: left there, later copies
 * would take its table's word that its blocks are good. */
static int carrier_add(struct carrier *carrier, const struct carried *carried, bool new,
                       struct err *err)
{
    uint32_t number;
    int rc = index_add(carrier->index, &carried->name, &number, err);

    if (rc < 0)
        return blame_target(carrier->job->to, rc, err);
    if (!new) { /* needs no reading back by us */
        tell(carrier->job, carried->counts);
        return 0;
    }
    rc = carry_read_back(carrier->job, &carried->name, carried->counts, err);
    if (rc == 0)
        *VEC_ADD(&carrier->done) = *carried;
    else if (rc == E_CORRUPT)
        quarantine_add(carrier->job->to, &carried->name, NULL);
    return rc;
}

/* Give the copied file its name. One that is there is left alone when it is right; a damaged one
 * gives way, since what replaces it is proven. */
static int publish_file(struct staged *staged, const struct replica *to,
                        const struct blob_name *name, bool *ret_new, struct err *err)
{
    char text[BLOB_FILE_NAME];
    int rc;

    blob_file_name(name, text);
    rc = staged_publish(staged, text, false, err);
    *ret_new = rc == 0;
    if (rc != E_CONFLICT)
        return rc;
    if (blob_verify(to->dir, name, err) == 0)
        return 0;
    *ret_new = true;
    return staged_publish(staged, text, true, err);
}

static int carry_file(struct carrier *carrier, const struct disk_blob *blob, struct err *err)
{
    const struct copy_job *job = carrier->job;
    const struct carried carried = {.name = blob->name, .size = blob->size, .counts = blob->size};
    struct pour pour = {
        .from = FILE_NONE,
        .progress = job->progress,
        .pace = job->pace,
        .user = job->user,
    };
    struct staged staged = STAGED_NONE;
    char text[BLOB_FILE_NAME];
    bool at_source = true;
    bool new = false;
    int rc;

    blob_file_name(&blob->name, text);
    rc = file_open(job->from->blobs, text, FILE_READ, &pour.from, err);
    if (rc < 0)
        goto out;
    at_source = false;
    rc = staged_open(&staged, job->to->blobs, err);
    if (rc < 0)
        goto out;
    pour.to = staged.fd;
    rc = pour_blob(&pour, &blob->name, &at_source, err);
    if (rc < 0)
        goto out;
    at_source = false;
    rc = file_set_time(staged.fd, text, BLOB_UNREAD, err);
    if (rc < 0)
        goto out;
    rc = publish_file(&staged, job->to, &blob->name, &new, err);
out:
    if (rc < 0)
        rc = at_source ? copy_blame_source(job->from, rc, err) : blame_target(job->to, rc, err);
    staged_done(&staged);
    file_close(&pour.from);
    return rc < 0 ? rc : carrier_add(carrier, &carried, new, err);
}

/* Whether somebody else has brought it since it was found missing. */
static bool is_there_by_now(struct carrier *carrier, const struct blob_name *name)
{
    const struct blob_names *const shunned = carrier->job->shunned;
    struct err ignored = {0};
    uint32_t number;

    return !(shunned && blob_names_have(shunned, name)) &&
           index_add(carrier->index, name, &number, &ignored) == 0;
}

/* While it is held: a waiter finds its file gone and makes a new one. */
static void carry_unlock(const struct replica *to, const char *name, int *lock)
{
    file_remove(to->blobs, name, NULL);
    file_close(lock);
}

int carry_whole(struct carrier *carrier, const struct disk_blob *blob, int wait_ms, struct err *err)
{
    const struct replica *const to = carrier->job->to;
    char digits[BLOB_NAME_TEXT];
    char name[LOCK_NAME_SIZE];
    int lock = FILE_NONE;
    int rc;

    blob_name_text(&blob->name, digits);
    snprintf(name, sizeof name, ".%s.lock", digits);
    rc = lock_take(to->blobs, name, LOCK_EXCLUSIVE, wait_ms, &lock, err);
    if (rc < 0)
        return blame_target(to, rc, err);
    if (is_there_by_now(carrier, &blob->name))
        carrier->spared += blob->size;
    else
        rc = carry_file(carrier, blob, err);
    carry_unlock(to, name, &lock);
    return rc;
}

int carry_finish(struct carrier *carrier, struct err *err)
{
    struct carried carried = {.counts = carrier->gathered};
    bool new;
    int rc;

    if (!carrier->writer)
        return 0;
    rc = blob_writer_publish(carrier->writer, &carried.name, &carried.size, &new, err);
    blob_writer_close(carrier->writer);
    carrier->writer = NULL;
    carrier->gathered = 0;
    return rc < 0 ? blame_target(carrier->job->to, rc, err)
                  : carrier_add(carrier, &carried, new, err);
}

static int carry_frame(struct carrier *carrier, const struct frame_bytes *frame, struct err *err)
{
    const struct copy_job *job = carrier->job;
    uint32_t first;
    int rc = 0;

    if (!carrier->writer)
        rc = blob_writer_open(job->to->blobs, &carrier->writer, err);
    if (rc == 0)
        rc = blob_writer_add(carrier->writer, frame, &first, err);
    if (rc < 0)
        return blame_target(job->to, rc, err);
    carrier->gathered += frame->stored_length;
    tell(job, frame->stored_length);
    if (job->pace)
        job->pace(job->user, frame->stored_length);
    return blob_writer_is_full(carrier->writer) ? carry_finish(carrier, err) : 0;
}

int carry_frames(struct carrier *carrier, const struct need_blob *item, struct err *err)
{
    const struct copy_job *job = carrier->job;
    struct gather *gather = NULL;
    struct blob *blob = NULL;
    struct frame_bytes frame;
    int rc = blob_open(job->from->dir, &item->blob.name, &blob, err);

    if (rc < 0)
        return copy_blame_source(job->from, rc, err);
    gather = gather_new(job->pool, blob, item);
    for (;;) {
        rc = gather_next(gather, &frame, err);
        if (rc < 0)
            rc = copy_blame_source(job->from, rc, err);
        if (rc <= 0)
            break;
        rc = carry_frame(carrier, &frame, err);
        if (rc < 0)
            break;
    }
    gather_free(gather);
    blob_close(blob);
    return rc;
}
