#include "replica/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "blob/bytes.h"

static const struct blob_name no_blob = {0}; /* the culprit is the replica itself, or its map */

void view_done(struct view *view)
{
    disk_close(view->disk);
    shelf_free(view->shelf);
    free(view->faults.items);
    *view = (struct view){0};
}

struct view_fault *view_fault(struct view *view)
{
    for (size_t i = 0; i < view->faults.count; i++)
        if (memcmp(&view->faults.items[i].blob, &view->culprit, sizeof view->culprit) == 0)
            return &view->faults.items[i];
    return NULL;
}

/* Note the failure against what view->culprit says. Later errors of the same culprit are not kept:
 * one cause, one telling. */
static int view_blame(struct view *view, bool final, const struct err *err)
{
    struct view_fault *fault = view_fault(view);

    if (!fault) {
        fault = VEC_ADD(&view->faults);
        fault->blob = view->culprit;
        fault->err = *err;
    }
    fault->final = fault->final || final;
    return err->code;
}

static int view_open_map(struct view *view, struct err *err)
{
    const struct replica *replica = view->replica;

    view->culprit = no_blob;
    view->runs = NULL;
    if (replica->dir < 0)
        return err_set(err, E_NOT_FOUND, "%s", replica->why ? replica->why : "it is not open");
    return disk_open(replica->dir, &view->digest, &view->disk, err);
}

int view_open(struct view *view, struct err *err)
{
    const struct view_fault *known;
    int rc;

    if (view->disk)
        return 0;
    view->culprit = no_blob;
    known = view_fault(view);
    if (known) {
        *err = known->err;
        return err->code;
    }
    rc = view_open_map(view, err);
    if (rc < 0)
        return view_blame(view, true, err);
    view->shelf = shelf_new(view->replica->dir);
    return 0;
}

/* A sweep may have moved blocks and replaced the map since it was opened. */
static int view_open_again(struct view *view, struct err *err)
{
    disk_close(view->disk);
    view->disk = NULL;
    return view_open_map(view, err);
}

static int view_load_runs(struct view *view, size_t segment, struct err *err)
{
    int rc;

    if (view->runs && view->segment == segment)
        return 0;
    view->runs = NULL;
    view->culprit = no_blob;
    rc = disk_segment_runs(view->disk, segment, &view->runs, &view->run_count, err);
    if (rc < 0)
        view->runs = NULL;
    view->segment = segment;
    return rc;
}

static int view_blob(struct view *view, uint32_t index, const struct blob **ret, struct err *err)
{
    const struct disk_blob *named = disk_blob(view->disk, index);
    const struct view_fault *fault;
    int rc;

    view->culprit = named->name;
    fault = view_fault(view);
    if (fault && fault->final) {
        /* Not E_NOT_FOUND: the map was read again for it already. */
        return err_set(err, E_CORRUPT, "%s", fault->err.text);
    }
    rc = shelf_blob(view->shelf, named, ret, err);
    return rc < 0 && rc != E_NOT_FOUND ? view_blame(view, true, err) : rc;
}

/* The digest of a segment as disk.h defines it. */
static void view_segment_digest(const struct view *view, const struct block_id *ids,
                                uint8_t ret[SHA256_SIZE])
{
    uint8_t row[4 + SHA256_SIZE];

    sha256_reset(view->sha256);
    for (size_t i = 0; i < view->run_count; i++) {
        const struct disk_run *run = &view->runs[i];

        for (uint32_t block = run->block; block < (uint32_t)run->block + run->count; block++) {
            bytes_put32(row, block);
            memcpy(row + 4, ids[block].sha256, SHA256_SIZE);
            sha256_add(view->sha256, row, sizeof row);
        }
    }
    sha256_result(view->sha256, ret);
}

static int view_load_ids(struct view *view, size_t segment, struct block_id *ids, struct err *err)
{
    uint8_t digest[SHA256_SIZE];
    int rc = view_load_runs(view, segment, err);

    for (size_t i = 0; rc == 0 && i < view->run_count; i++) {
        const struct disk_run *run = &view->runs[i];
        const struct blob *blob;

        rc = view_blob(view, run->blob, &blob, err);
        if (rc == 0)
            rc = blob_ids(blob, run->first, run->count, ids + run->block, err);
    }
    if (rc < 0)
        return rc;
    view->culprit = no_blob;
    view_segment_digest(view, ids, digest);
    if (memcmp(digest, disk_segment_digest(view->disk, segment), sizeof digest) != 0)
        return err_set(err, E_CORRUPT, "blocks of segment %zu are not those of the disk", segment);
    return 0;
}

/* The run that holds the block, or NULL. */
static const struct disk_run *view_run(const struct view *view, uint32_t block)
{
    size_t low = 0;
    size_t high = view->run_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if ((uint32_t)view->runs[middle].block + view->runs[middle].count <= block)
            low = middle + 1;
        else
            high = middle;
    }
    return low < view->run_count && view->runs[low].block <= block ? &view->runs[low] : NULL;
}

/* Blocks out of one frame: `piece` from block number `got` on. *ret_got counts those that are
 * right. */
static int view_read_frame(struct view *view, const struct view_piece *piece, uint32_t *ret_got,
                           struct err *err)
{
    const uint32_t block = piece->block + *ret_got;
    const struct disk_run *run = view_run(view, block);
    const struct blob *blob;
    const struct frame *frame;
    const uint8_t *bytes;
    uint32_t index, place, end;
    int rc;

    view->culprit = no_blob;
    if (!run)
        return err_set(err, E_CORRUPT, "the disk map leaves out a block");
    rc = view_blob(view, run->blob, &blob, err);
    if (rc < 0)
        return rc;
    place = run->first + (block - run->block);
    index = blob_frame_of(blob, place);
    rc = shelf_frame(view->shelf, blob, index, &bytes, err);
    if (rc < 0)
        return rc;
    frame = blob_frame(blob, index);
    end = frame->first_block + frame->count;
    if (end > run->first + run->count)
        end = run->first + run->count;
    for (; place < end && *ret_got < piece->count; place++, ++*ret_got) {
        const uint8_t *plain = bytes + (size_t)(place - frame->first_block) * BLOCK_SIZE;
        struct block_id id;

        sha256_of(view->sha256, plain, BLOCK_SIZE, id.sha256);
        if (memcmp(&id, &piece->ids[*ret_got], sizeof id) != 0) {
            char name[BLOB_NAME_TEXT];

            blob_name_text(&view->culprit, name);
            return err_set(err, E_CORRUPT, "block %u of blob '%s' is not what it should be",
                           (unsigned)place, name);
        }
        memcpy(piece->out + (size_t)*ret_got * BLOCK_SIZE, plain, BLOCK_SIZE);
    }
    return 0;
}

static int view_read_all(struct view *view, const struct view_piece *piece, uint32_t *ret_got,
                         struct err *err)
{
    int rc = view_load_runs(view, piece->segment, err);

    while (rc == 0 && *ret_got < piece->count)
        rc = view_read_frame(view, piece, ret_got, err);
    return rc;
}

/* Whether to try again from a map opened now: a blob is missing, and the map was not yet read again
 * for it. */
static bool view_may_be_stale(const struct view *view, int code)
{
    return code == E_NOT_FOUND && view->disk;
}

int view_segment(struct view *view, size_t segment, struct block_id *ids, struct err *err)
{
    int rc = view_open(view, err);

    if (rc < 0)
        return rc;
    rc = view_load_ids(view, segment, ids, err);
    if (view_may_be_stale(view, rc)) {
        rc = view_open_again(view, err);
        if (rc == 0)
            rc = view_load_ids(view, segment, ids, err);
    }
    return rc < 0 ? view_blame(view, rc == E_NOT_FOUND || !view->disk, err) : 0;
}

int view_read(struct view *view, const struct view_piece *piece, uint32_t *ret_got, struct err *err)
{
    int rc = view_open(view, err);

    *ret_got = 0;
    if (rc < 0)
        return rc;
    rc = view_read_all(view, piece, ret_got, err);
    if (view_may_be_stale(view, rc)) {
        rc = view_open_again(view, err);
        if (rc == 0)
            rc = view_read_all(view, piece, ret_got, err);
    }
    return rc < 0 ? view_blame(view, rc == E_NOT_FOUND || !view->disk, err) : 0;
}
