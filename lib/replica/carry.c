#include "replica/carry.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "os/file.h"
#include "os/staged.h"
#include "replica/copy_plan.h"
#include "replica/quarantine.h"

enum { POUR_SIZE = 1 << 20 }; /* bytes read and written at once */

/* A stream of bytes that is hashed, and written when `to` is a file. */
struct pour {
    int from;
    int to; /* FILE_NONE: only hash */
    const struct copy_job *job;
    uint64_t counts; /* progress still to be told */
    uint8_t *bytes;
    struct xxh128 *hash;
};

static void tell(const struct copy_job *job, uint64_t bytes)
{
    if (job->progress && bytes > 0)
        job->progress(job->user, bytes);
}

static void pour_tell(struct pour *pour, uint64_t bytes)
{
    const uint64_t counted = bytes < pour->counts ? bytes : pour->counts;

    pour->counts -= counted;
    tell(pour->job, counted);
}

/* *ret_read false: it was the writing that failed. */
static int pour_out(struct pour *pour, const char *name, bool *ret_read, struct err *err)
{
    uint64_t offset = 0;
    size_t got;
    int rc;

    file_will_scan(pour->from);
    do {
        *ret_read = true;
        rc = file_read_at(pour->from, name, pour->bytes, POUR_SIZE, offset, &got, err);
        if (rc < 0)
            return rc;
        xxh128_add(pour->hash, pour->bytes, got);
        *ret_read = false;
        if (pour->to != FILE_NONE)
            rc = file_write_at(pour->to, name, pour->bytes, got, offset, err);
        if (rc < 0)
            return rc;
        offset += got;
        pour_tell(pour, got);
    } while (got > 0);
    return 0;
}

/* Pour all, and compare what was read with the name. */
static int pour_proven(struct pour *pour, const struct blob_name *name, bool *ret_read,
                       struct err *err)
{
    char text[BLOB_FILE_NAME];
    struct blob_name found;
    int rc;

    blob_file_name(name, text);
    pour->bytes = mem_new(POUR_SIZE, 1);
    pour->hash = xxh128_new();
    rc = pour_out(pour, text, ret_read, err);
    if (rc < 0)
        goto out;
    *ret_read = true;
    xxh128_result(pour->hash, found.xxh128);
    if (memcmp(&found, name, sizeof found) != 0)
        rc = err_set(err, E_CORRUPT, "content of blob '%s' does not give its name", text);
out:
    xxh128_free(pour->hash);
    free(pour->bytes);
    return rc;
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

static int carrier_add(struct carrier *carrier, const struct carried *carried, bool new,
                       struct err *err)
{
    uint32_t number;
    const int rc = index_add(carrier->index, &carried->name, &number, err);

    if (rc == 0 && new)
        *VEC_ADD(&carrier->done) = *carried;
    else if (rc == 0)
        tell(carrier->job, carried->counts); /* needs no reading back by us */
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
    rc = blob_verify(to->dir, name, err);
    if (rc != E_CORRUPT)
        return rc;
    *ret_new = true;
    return staged_publish(staged, text, true, err);
}

int carry_whole(struct carrier *carrier, const struct disk_blob *blob, struct err *err)
{
    const struct copy_job *job = carrier->job;
    const struct carried carried = {.name = blob->name, .size = blob->size, .counts = blob->size};
    struct pour pour = {.from = FILE_NONE, .job = job, .counts = blob->size};
    struct staged staged = STAGED_NONE;
    char text[BLOB_FILE_NAME];
    bool at_source = true;
    bool new;
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
    rc = pour_proven(&pour, &blob->name, &at_source, err);
    if (rc < 0)
        goto out;
    at_source = false;
    rc = file_set_time(staged.fd, text, BLOB_UNREAD, err);
    if (rc < 0)
        goto out;
    rc = publish_file(&staged, job->to, &blob->name, &new, err);
    if (rc == 0)
        rc = carrier_add(carrier, &carried, new, err);
out:
    if (rc < 0)
        rc = at_source ? copy_blame_source(job->from, rc, err) : blame_target(job->to, rc, err);
    staged_done(&staged);
    file_close(&pour.from);
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
    if (rc == 0)
        rc = carrier_add(carrier, &carried, new, err);
    return rc < 0 ? blame_target(carrier->job->to, rc, err) : 0;
}

static int carry_frame(struct carrier *carrier, const struct blob *blob, uint32_t index,
                       uint8_t *bytes, struct err *err)
{
    const struct copy_job *job = carrier->job;
    const struct frame *frame = blob_frame(blob, index);
    struct block_id ids[FRAME_BLOCKS];
    const struct frame_bytes copy = {
        .stored = bytes,
        .stored_length = frame->stored_length,
        .codec = frame->codec,
        .ids = ids,
        .count = frame->count,
    };
    uint32_t first;
    int rc = blob_read_stored(blob, index, bytes, err);

    if (rc == 0)
        rc = blob_ids(blob, frame->first_block, frame->count, ids, err);
    if (rc < 0)
        return copy_blame_source(job->from, rc, err);
    if (!carrier->writer)
        rc = blob_writer_open(job->to->blobs, &carrier->writer, err);
    if (rc == 0)
        rc = blob_writer_add(carrier->writer, &copy, &first, err);
    if (rc < 0)
        return blame_target(job->to, rc, err);
    carrier->gathered += frame->stored_length;
    tell(job, frame->stored_length);
    return blob_writer_is_full(carrier->writer) ? carry_finish(carrier, err) : 0;
}

int carry_frames(struct carrier *carrier, const struct need_blob *item, struct err *err)
{
    const struct replica *from = carrier->job->from;
    uint8_t *bytes = mem_new(FRAME_SIZE, 1);
    struct blob *blob = NULL;
    int rc = blob_open(from->dir, &item->blob.name, &blob, err);

    if (rc < 0)
        rc = copy_blame_source(from, rc, err);
    for (uint32_t i = 0; rc == 0 && i < blob_frame_count(blob); i++)
        if (need_frame(item, blob_frame(blob, i)))
            rc = carry_frame(carrier, blob, i, bytes, err);
    blob_close(blob);
    free(bytes);
    return rc;
}

/* Only its owner may set the time of a file; that of another's stays what it was, which is a time
 * at which less was known. */
static int note_reading(int fd, const char *name, int64_t now, struct err *err)
{
    const int rc = file_set_time(fd, name, now, err);

    return rc == E_DENIED ? 0 : rc;
}

/* Read a blob from the disk, compare it with its name and record when that was. */
static int read_back(const struct copy_job *job, const struct blob_name *name, uint64_t counts,
                     struct err *err)
{
    struct pour pour = {.from = FILE_NONE, .to = FILE_NONE, .job = job, .counts = counts};
    char text[BLOB_FILE_NAME];
    bool ignored;
    int rc;

    blob_file_name(name, text);
    rc = file_open(job->to->blobs, text, FILE_READ, &pour.from, err);
    if (rc < 0)
        return rc;
    file_drop_cache(pour.from);
    rc = pour_proven(&pour, name, &ignored, err);
    if (rc == 0)
        rc = note_reading(pour.from, text, job->now, err);
    file_close(&pour.from);
    return rc;
}

int carry_read_back(const struct copy_job *job, const struct blob_name *name, uint64_t counts,
                    struct err *err)
{
    const int rc = read_back(job, name, counts, err);

    if (rc == 0)
        return 0;
    if (rc == E_CORRUPT)
        quarantine_add(job->to, name, NULL);
    err_wrap(err, "cannot read back what was written");
    return blame_target(job->to, rc, err);
}

int carry_verify(struct carrier *carrier, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < carrier->done.count; i++) {
        const struct carried *carried = &carrier->done.items[i];

        rc = carry_read_back(carrier->job, &carried->name, carried->counts, err);
    }
    return rc;
}

int copy_verify(const struct replica *replica, const struct blob_name *blobs, size_t count,
                int64_t now, void (*progress)(void *user, uint64_t bytes), void *user,
                struct err *err)
{
    const struct copy_job job = {.to = replica, .now = now, .progress = progress, .user = user};

    for (size_t i = 0; i < count; i++) {
        const int rc = read_back(&job, &blobs[i], UINT64_MAX, err);

        if (rc == 0)
            continue;
        err_wrap(err, "cannot verify replica '%s'", replica->label);
        return rc;
    }
    return 0;
}
