/* A blob of which no copy needs to be sound: each frame comes from one that has it right. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "blob/pour.h"
#include "os/file.h"
#include "os/staged.h"
#include "replica/mend_room.h"
#include "replica/quarantine.h"
#include "replica/verify.h"

struct copy_of {
    const struct replica *replica;
    int fd;
    bool used;
};

struct joining {
    const struct mend_job *job;
    const struct blob_name *name;
    char text[BLOB_FILE_NAME];
    struct {
        struct copy_of *items; /* `to` first */
        size_t count;
    } copies;
    struct staged staged;
    uint8_t *bytes; /* FRAME_SIZE */
};

static void add_copy(struct joining *joining, const struct replica *replica)
{
    struct file_info info = {0};
    struct err ignored = {0};
    int fd = FILE_NONE;

    if (replica->dir == FILE_NONE ||
        file_open(replica->blobs, joining->text, FILE_READ, &fd, &ignored))
        return;
    if (file_stat(fd, joining->text, &info, &ignored) || info.kind != FILE_REGULAR)
        file_close(&fd);
    else
        *VEC_ADD(&joining->copies) = (struct copy_of){.replica = replica, .fd = fd};
}

static void find_copies(struct joining *joining)
{
    const struct mend_job *const job = joining->job;

    if (job->to)
        add_copy(joining, job->to);
    for (size_t i = 0; i < job->count; i++)
        if (!job->to || !text_equal(job->others[i].label, job->to->label))
            add_copy(joining, &job->others[i]);
}

/* An empty file to write to, whatever was in it; FILE_NONE when nothing is to be written. */
static int begin(struct joining *joining, struct err *err)
{
    staged_done(&joining->staged);
    return joining->job->plan ? 0 : staged_open(&joining->staged, joining->job->to->blobs, err);
}

/* --- from one copy --- */

/* 1: its bytes give the name; 0: they do not. */
static int pour_copy(struct joining *joining, struct copy_of *copy, struct err *err)
{
    struct pour pour = {.from = copy->fd, .to = FILE_NONE};
    bool at_source = true;
    int rc = begin(joining, err);

    if (rc)
        return rc;
    pour.to = joining->staged.fd;
    rc = pour_blob(&pour, joining->name, &at_source, err);
    copy->used = rc == 0;
    return rc == 0 ? 1 : at_source ? 0 : rc;
}

/* --- from all of them --- */

/* The copy of which the tables are right, and these. */
static struct copy_of *find_table(struct joining *joining, struct blob **ret)
{
    for (size_t i = 0; i < joining->copies.count; i++) {
        struct copy_of *const copy = &joining->copies.items[i];
        struct err ignored = {0};

        if (blob_open(copy->replica->dir, joining->name, ret, &ignored) == 0)
            return copy;
    }
    return NULL;
}

static bool read_frame(struct joining *joining, const struct frame *frame)
{
    for (size_t i = 0; i < joining->copies.count; i++) {
        struct copy_of *const copy = &joining->copies.items[i];
        struct err ignored = {0};

        if (file_read_exact(copy->fd, joining->text, joining->bytes, frame->stored_length,
                            frame->offset, &ignored) == 0 &&
            digest_xxh3(joining->bytes, frame->stored_length) == frame->xxh3) {
            copy->used = true;
            return true;
        }
    }
    return false;
}

static int put(struct joining *joining, struct xxh128 *hash, size_t length, uint64_t offset,
               struct err *err)
{
    xxh128_add(hash, joining->bytes, length);
    return joining->job->plan ? 0
                              : file_write_at(joining->staged.fd, joining->text, joining->bytes,
                                              length, offset, err);
}

/* What is no frame: the header before them and the tables behind. */
static int put_range(struct joining *joining, const struct copy_of *table, struct xxh128 *hash,
                     uint64_t from, uint64_t end, struct err *err)
{
    int rc = 0;

    while (rc == 0 && from < end) {
        const size_t length = (size_t)number_smaller(FRAME_SIZE, end - from);

        rc = file_read_exact(table->fd, joining->text, joining->bytes, length, from, err);
        if (rc == 0)
            rc = put(joining, hash, length, from, err);
        from += length;
    }
    return rc;
}

static int put_frames(struct joining *joining, const struct blob *blob, struct xxh128 *hash,
                      struct err *err)
{
    int rc = 0;

    for (uint32_t i = 0; rc == 0 && i < blob_frame_count(blob); i++) {
        const struct frame *const frame = blob_frame(blob, i);

        if (!read_frame(joining, frame))
            return 0;
        rc = put(joining, hash, frame->stored_length, frame->offset, err);
    }
    return rc ? rc : 1;
}

/* 1: together they give the name; 0: they do not. */
static int join_copies(struct joining *joining, struct err *err)
{
    struct xxh128 *const hash = xxh128_new();
    struct blob *blob = NULL;
    struct copy_of *const table = find_table(joining, &blob);
    const struct frame *last;
    struct blob_name found;
    int rc = 0;

    if (!table)
        goto out;
    last = blob_frame(blob, blob_frame_count(blob) - 1);
    rc = begin(joining, err);
    if (rc == 0)
        rc = put_range(joining, table, hash, 0, blob_frame(blob, 0)->offset, err);
    if (rc == 0)
        rc = put_frames(joining, blob, hash, err);
    if (rc <= 0)
        goto out;
    rc = put_range(joining, table, hash, last->offset + last->stored_length, blob_size(blob), err);
    xxh128_result(hash, found.xxh128);
    if (rc == 0)
        rc = memcmp(&found, joining->name, sizeof found) == 0;
    table->used = true;
out:
    blob_close(blob);
    xxh128_free(hash);
    return rc;
}

/* --- the whole --- */

/* 1: the staged file is the blob. */
static int compose(struct joining *joining, struct err *err)
{
    const struct replica *const to = joining->job->to;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < joining->copies.count; i++)
        if (joining->copies.items[i].replica != to)
            rc = pour_copy(joining, &joining->copies.items[i], err);
    return rc ? rc : join_copies(joining, err);
}

static int publish(struct joining *joining, struct err *err)
{
    const struct mend_job *const job = joining->job;
    const struct verify_job verify = {.replica = job->to, .pool = job->pool, .now = job->now};
    char *const path = text_printf("blobs/%s", joining->text);
    int rc = file_set_time(joining->staged.fd, joining->text, BLOB_UNREAD, err);

    if (rc == 0)
        rc = quarantine_keep(job->to, path, err);
    if (rc == 0)
        rc = staged_publish(&joining->staged, joining->text, true, err);
    if (rc == 0)
        rc = verify_blob(&verify, joining->name, err);
    free(path);
    return rc;
}

static int finish(struct joining *joining, struct mend_result *ret, struct err *err)
{
    const struct copy_of *const copies = joining->copies.items;
    const int fd = joining->staged.fd == FILE_NONE ? copies[0].fd : joining->staged.fd;
    struct file_info info = {0};
    int rc = file_stat(fd, joining->text, &info, err);

    if (rc == 0 && !joining->job->plan)
        rc = publish(joining, err);
    if (rc)
        return rc;
    ret->bytes = info.size;
    for (size_t i = 0; i < joining->copies.count; i++)
        if (copies[i].used && copies[i].replica != joining->job->to)
            texts_add(&ret->from, copies[i].replica->label);
    return 0;
}

int mend_blob(const struct mend_job *job, const struct blob_name *name, struct mend_result *ret,
              struct err *err)
{
    struct joining joining = {
        .job = job, .name = name, .staged = STAGED_NONE, .bytes = mem_new(FRAME_SIZE, 1)};
    int rc;

    blob_file_name(name, joining.text);
    find_copies(&joining);
    rc = compose(&joining, err);
    if (rc > 0)
        rc = finish(&joining, ret, err);
    else if (rc == 0)
        rc = err_set(err, E_CORRUPT, "no copies of blob '%s' give it", joining.text);
    staged_done(&joining.staged);
    for (size_t i = 0; i < joining.copies.count; i++)
        file_close(&joining.copies.items[i].fd);
    free(joining.copies.items);
    free(joining.bytes);
    return rc;
}
