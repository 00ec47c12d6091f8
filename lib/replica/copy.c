#include "replica/copy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "os/file.h"
#include "os/lock.h"
#include "replica/carry.h"
#include "replica/copy_plan.h"
#include "replica/mapping.h"
#include "replica/quarantine.h"
#include "replica/shelf.h"

enum {
    LOCK_NAME_SIZE = 1 + SHA256_SIZE + 5 + 1, /* ".", half of the digits, ".lock", NUL */
    MAP_WAIT_MS = 2000,                       /* writing one takes less */
};

struct digests {
    struct disk_digest *items;
    size_t count;
};

struct copy {
    const struct copy_job *job;
    struct index *index;    /* of the target */
    struct digests all;     /* of the job, sorted, each once */
    int *locks;             /* one for each of them */
    struct digests missing; /* what the target has not, in the job's order */
    struct copy_plan plan;
    struct carrier carrier;
};

static int compare_digests(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct disk_digest));
}

static void copy_collect(struct copy *copy)
{
    const struct copy_job *job = copy->job;
    struct digests *all = &copy->all;
    size_t kept = 0;

    for (size_t i = 0; i < job->count; i++)
        *VEC_ADD(all) = job->digests[i];
    if (all->count > 0)
        qsort(all->items, all->count, sizeof *all->items, compare_digests);
    for (size_t i = 0; i < all->count; i++)
        if (kept == 0 || compare_digests(&all->items[kept - 1], &all->items[i]) != 0)
            all->items[kept++] = all->items[i];
    all->count = kept;
}

static void lock_name(const struct disk_digest *digest, char name[LOCK_NAME_SIZE])
{
    char text[DISK_DIGEST_TEXT];

    disk_digest_text(digest, text);
    snprintf(name, LOCK_NAME_SIZE, ".%.*s.lock", SHA256_SIZE, text);
}

/* Whoever has copied something is not turned away by somebody who writes a map. */
static int lock_patience(const struct copy *copy)
{
    const int asked = copy->job->lock_wait_ms;

    return copy->carrier.done.count > 0 && asked >= 0 && asked < MAP_WAIT_MS ? MAP_WAIT_MS : asked;
}

/* In the order of the digests, so that two copiers with several disks in common never wait for each
 * other. */
static int copy_lock(struct copy *copy, struct err *err)
{
    copy->locks = mem_new(copy->all.count, sizeof *copy->locks);
    for (size_t i = 0; i < copy->all.count; i++)
        copy->locks[i] = FILE_NONE;
    for (size_t i = 0; i < copy->all.count; i++) {
        char name[LOCK_NAME_SIZE];
        int rc;

        lock_name(&copy->all.items[i], name);
        rc = lock_take(copy->job->to->disks, name, LOCK_EXCLUSIVE, lock_patience(copy),
                       &copy->locks[i], err);
        if (rc < 0)
            return rc;
    }
    return 0;
}

static void copy_unlock(struct copy *copy)
{
    for (size_t i = 0; copy->locks && i < copy->all.count; i++) {
        char name[LOCK_NAME_SIZE];

        if (copy->locks[i] == FILE_NONE)
            continue;
        /* While it is held: a waiter finds its file gone and makes a new one. */
        lock_name(&copy->all.items[i], name);
        file_remove(copy->job->to->disks, name, NULL);
        file_close(&copy->locks[i]);
    }
    free(copy->locks);
    copy->locks = NULL;
}

static bool digests_have(const struct digests *digests, const struct disk_digest *digest)
{
    for (size_t i = 0; i < digests->count; i++)
        if (compare_digests(&digests->items[i], digest) == 0)
            return true;
    return false;
}

/* Whether a disk that is there lies in no shunned blob. */
static int copy_is_sound(const struct copy_job *job, const struct disk_digest *digest, bool *ret,
                         struct err *err)
{
    struct disk *disk = NULL;
    int rc = job->shunned ? disk_open(job->to->dir, digest, &disk, err) : 0;

    for (size_t i = 0; disk && i < disk_blob_count(disk); i++)
        *ret = *ret && !blob_names_have(job->shunned, &disk_blob(disk, i)->name);
    disk_close(disk);
    return rc;
}

static int copy_find_missing(struct copy *copy, struct err *err)
{
    const struct copy_job *job = copy->job;

    for (size_t i = 0; i < job->count; i++) {
        bool has;
        int rc;

        if (digests_have(&copy->missing, &job->digests[i]))
            continue;
        rc = replica_has_disk(job->to, &job->digests[i], &has, NULL, err);
        if (rc == 0 && has)
            rc = copy_is_sound(job, &job->digests[i], &has, err);
        if (rc < 0)
            return rc;
        if (!has)
            *VEC_ADD(&copy->missing) = job->digests[i];
    }
    return 0;
}

static int copy_prepare(struct copy *copy, struct err *err)
{
    const struct copy_job *job = copy->job;
    int rc = copy_find_missing(copy, err);

    if (rc < 0 || copy->missing.count == 0)
        return rc;
    rc = index_open(job->to->dir, &copy->index, err);
    if (rc < 0)
        return rc;
    index_hide(copy->index, job->shunned);
    return copy_plan_make(&copy->plan, job->from, copy->index, copy->missing.items,
                          copy->missing.count, err);
}

static void copy_done(struct copy *copy)
{
    carrier_done(&copy->carrier);
    copy_plan_done(&copy->plan);
    index_close(copy->index);
    copy_unlock(copy);
    free(copy->missing.items);
    free(copy->all.items);
}

/* The end of a copy that somebody wants to end. */
static int copy_check_stop(const struct copy *copy, struct err *err)
{
    if (!copy->job->stop || !copy->job->stop(copy->job->user))
        return 0;
    return err_set(err, E_BUSY, "it was asked to end");
}

/* What is to be copied in all: known from the plan, and less when somebody else has brought some of
 * it. Each byte is written and read back. */
static void copy_tell_plan(const struct copy *copy)
{
    if (copy->job->planned)
        copy->job->planned(copy->job->user, 2 * (copy->plan.bytes - copy->carrier.spared));
}

/* Files that are copied whole. Those that somebody else is copying longer than that are passed over
 * when `ret_busy`, which gets one of the errors, is not NULL. */
static int copy_wholes(struct copy *copy, int wait_ms, struct err *ret_busy, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < copy->plan.need.count; i++) {
        const uint64_t spared = copy->carrier.spared;

        if (copy->plan.steps[i].way != COPY_WHOLE)
            continue;
        rc = copy_check_stop(copy, err);
        if (rc < 0)
            break;
        rc = carry_whole(&copy->carrier, &copy->plan.need.items[i].blob, wait_ms, err);
        if (rc == 0) {
            copy->plan.steps[i].way = COPY_NOTHING;
            if (copy->carrier.spared > spared)
                copy_tell_plan(copy);
        } else if (rc == E_BUSY && ret_busy) {
            *ret_busy = *err;
            rc = 0;
        }
    }
    return rc;
}

/* First what nobody else is at. */
static int copy_files(struct copy *copy, struct err *err)
{
    struct err busy = {0};
    int rc = 0;

    copy->carrier = (struct carrier){.job = copy->job, .index = copy->index};
    copy_tell_plan(copy);
    if (copy->job->fits)
        rc = copy->job->fits(copy->job->user, copy->plan.bytes, err);
    if (rc == 0)
        rc = copy_wholes(copy, 0, &busy, err);
    if (rc < 0 || busy.code == 0)
        return rc;
    if (copy->job->lock_wait_ms == 0) {
        if (err)
            *err = busy;
        return busy.code;
    }
    return copy_wholes(copy, copy->job->lock_wait_ms, NULL, err);
}

static int copy_frames(struct copy *copy, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < copy->plan.need.count; i++) {
        if (copy->plan.steps[i].way != COPY_FRAMES)
            continue;
        rc = copy_check_stop(copy, err);
        if (rc == 0)
            rc = carry_frames(&copy->carrier, &copy->plan.need.items[i], err);
    }
    return rc == 0 ? carry_finish(&copy->carrier, err) : rc;
}

/* Take out what somebody else has completed since we looked. */
static int copy_look_again(struct copy *copy, struct err *err)
{
    struct digests before = copy->missing;
    struct digests *const missing = &copy->missing;
    size_t kept = 0;
    int rc;

    *missing = (struct digests){0};
    rc = copy_find_missing(copy, err);
    for (size_t i = 0; i < missing->count; i++)
        if (digests_have(&before, &missing->items[i]))
            missing->items[kept++] = missing->items[i];
    missing->count = kept;
    free(before.items);
    return rc;
}

/* Everything but the maps. */
static int copy_carry(struct copy *copy, struct err *err)
{
    int rc = copy_files(copy, err);

    if (rc == 0)
        rc = copy_lock(copy, err);
    if (rc == 0)
        rc = copy_look_again(copy, err);
    return rc == 0 && copy->missing.count > 0 ? copy_frames(copy, err) : rc;
}

/* The map of one disk on its way from the source's blobs to the target's. */
struct translation {
    const struct copy *copy;
    struct disk *disk;         /* of the source */
    struct shelf *shelf;       /* of the source */
    struct mapping mapping;    /* of the target */
    struct block_id *ids;      /* of the run at hand */
    struct index_place beside; /* of the last block found by its identity */
    int found;
};

/* Where the target has a block that is not in a blob which both have. */
static int translate_block(struct translation *work, const struct block_id *id, struct err *err)
{
    work->beside.block++;
    if (work->found && index_is(work->copy->index, work->beside, id))
        return 0;
    work->found = index_find(work->copy->index, id, &work->beside, err);
    if (work->found < 0)
        return work->found;
    if (work->found)
        return 0;
    err_set(err, E_CHANGED, "the disk map names other blocks than a moment ago");
    return copy_blame_source(work->copy->job->from, E_CHANGED, err);
}

static int translate_run(struct translation *work, uint64_t start, const struct disk_run *run,
                         struct err *err)
{
    const struct replica *from = work->copy->job->from;
    const struct disk_blob *named = disk_blob(work->disk, run->blob);
    const struct blob *blob;
    struct index_place place = {.block = run->first};
    const bool shared = index_number_of(work->copy->index, &named->name, &place.blob) &&
                        index_blob(work->copy->index, place.blob);
    int rc = shelf_blob(work->shelf, named, &blob, err);

    if (rc == 0)
        rc = blob_ids(blob, run->first, run->count, work->ids, err);
    if (rc < 0)
        return copy_blame_source(from, rc, err);
    for (uint32_t i = 0; rc == 0 && i < run->count; i++, place.block++) {
        if (!shared)
            rc = translate_block(work, &work->ids[i], err);
        if (rc == 0)
            rc = mapping_add(&work->mapping, start + i, &work->ids[i],
                             shared ? place : work->beside, err);
    }
    return rc;
}

static int translate_segments(struct translation *work, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < disk_segment_count(work->disk); i++) {
        const struct disk_run *runs;
        size_t count;

        rc = disk_segment_runs(work->disk, i, &runs, &count, err);
        if (rc < 0)
            return copy_blame_source(work->copy->job->from, rc, err);
        for (size_t run = 0; rc == 0 && run < count; run++)
            rc = translate_run(work, (uint64_t)i * SEGMENT_BLOCKS + runs[run].block, &runs[run],
                               err);
    }
    return rc;
}

/* Publish the map if it gives the disk. */
static int translate_end(struct translation *work, const struct disk_digest *digest,
                         struct err *err)
{
    struct disk_digest found;
    int rc = mapping_end(&work->mapping, disk_size(work->disk), &found, err);

    if (rc < 0)
        return rc;
    if (compare_digests(&found, digest) != 0) {
        err_set(err, E_CORRUPT, "its blocks do not give the digest of the disk");
        return copy_blame_source(work->copy->job->from, E_CORRUPT, err);
    }
    rc = mapping_check(&work->mapping, err);
    return rc < 0 ? rc : mapping_publish(&work->mapping, work->copy->job->shunned, err);
}

static int copy_map(const struct copy *copy, const struct disk_digest *digest, struct err *err)
{
    const struct copy_job *job = copy->job;
    struct translation work = {.copy = copy};
    struct disk *check = NULL;
    int rc = disk_open(job->from->dir, digest, &work.disk, err);

    if (rc < 0)
        return copy_blame_source(job->from, rc, err);
    work.shelf = shelf_new(job->from->dir);
    work.ids = mem_new(SEGMENT_BLOCKS, sizeof *work.ids);
    rc = mapping_begin(&work.mapping, job->to, copy->index, err);
    if (rc == 0)
        rc = translate_segments(&work, err);
    if (rc == 0)
        rc = translate_end(&work, digest, err);
    if (rc == 0)
        rc = disk_open(job->to->dir, digest, &check, err);
    disk_close(check);
    mapping_done(&work.mapping);
    free(work.ids);
    shelf_free(work.shelf);
    disk_close(work.disk);
    return rc;
}

static bool copy_made(const struct copy *copy, const struct blob_name *name)
{
    for (size_t i = 0; i < copy->carrier.done.count; i++)
        if (memcmp(&copy->carrier.done.items[i].name, name, sizeof *name) == 0)
            return true;
    return false;
}

/* When a blob of the target was last read back whole: now, if a copy was killed before it did that.
 */
static int when_read(const struct copy *copy, const struct blob_name *name, int64_t *ret,
                     struct err *err)
{
    const struct copy_job quiet = {
        .to = copy->job->to,
        .now = copy->job->now,
        .pool = copy->job->pool,
    };
    char file[BLOB_FILE_NAME];
    struct file_info info = {0};
    bool exists;
    int rc;

    blob_file_name(name, file);
    rc = file_look(copy->job->to->blobs, file, &exists, &info, err);
    if (rc < 0)
        return rc;
    *ret = info.changed_seconds;
    if (!exists || info.changed_seconds != BLOB_UNREAD)
        return 0;
    *ret = quiet.now;
    rc = carry_read_back(&quiet, name, 0, err);
    /* Where there is nothing to copy from, other disks may have good blocks in it. */
    if (rc == E_CORRUPT && copy->job->from)
        quarantine_add(copy->job->to, name, NULL);
    return rc;
}

static int count_reused(const struct copy *copy, const struct need_blob *item,
                        struct copy_result *result, struct err *err)
{
    const struct replica *to = copy->job->to;
    struct blob *blob = NULL;
    int64_t read = 0;
    int rc;

    if (copy_made(copy, &item->blob.name))
        return 0;
    rc = when_read(copy, &item->blob.name, &read, err);
    if (rc == 0)
        rc = blob_open(to->dir, &item->blob.name, &blob, err);
    if (rc < 0) {
        err_wrap(err, "cannot rely on replica '%s'", to->label);
        return rc;
    }
    if (result->reused_verified == 0 || read < result->reused_verified)
        result->reused_verified = read;
    result->reused_bytes += need_stored(item, blob);
    blob_close(blob);
    return 0;
}

/* What the maps of the target name and we did not bring was there already. */
static int copy_count(const struct copy *copy, struct copy_result *ret, struct err *err)
{
    struct copy_result result = {0};
    struct need need = {0};
    int rc = 0;

    for (size_t i = 0; i < copy->carrier.done.count; i++)
        result.copied_bytes += copy->carrier.done.items[i].size;
    for (size_t i = 0; rc == 0 && i < copy->all.count; i++) {
        struct disk *disk = NULL;

        rc = disk_open(copy->job->to->dir, &copy->all.items[i], &disk, err);
        if (rc == 0)
            rc = need_add(&need, copy->job->to->dir, disk, err);
        disk_close(disk);
    }
    for (size_t i = 0; rc == 0 && i < need.count; i++)
        rc = count_reused(copy, &need.items[i], &result, err);
    need_done(&need);
    if (rc == 0)
        *ret = result;
    return rc;
}

int copy_disks(const struct copy_job *job, struct copy_result *ret, struct err *err)
{
    struct copy copy = {.job = job};
    int rc;

    copy_collect(&copy);
    rc = copy_prepare(&copy, err);
    if (rc == 0 && copy.missing.count > 0)
        rc = copy_carry(&copy, err);
    /* What is relied on and was there before, maps too, may be somebody's whose flush is not done.
     */
    if (rc == 0)
        rc = file_flush_all(job->to->dir, job->to->label, err);
    for (size_t i = 0; rc == 0 && i < copy.missing.count; i++)
        rc = copy_map(&copy, &copy.missing.items[i], err);
    if (rc == 0)
        rc = copy_count(&copy, ret, err);
    if (rc == 0 && copy.carrier.done.count > 0)
        index_save(copy.index, NULL);
    copy_done(&copy);
    return rc;
}

int copy_rely(const struct copy_job *job, const struct blob_name *made, size_t made_count,
              struct copy_result *ret, struct err *err)
{
    struct copy copy = {.job = job};
    int rc;

    copy_collect(&copy);
    for (size_t i = 0; i < made_count; i++)
        VEC_ADD(&copy.carrier.done)->name = made[i];
    rc = copy_count(&copy, ret, err);
    copy_done(&copy);
    return rc;
}
