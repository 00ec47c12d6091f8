/* One replica of a region: copied, read back, and what is damaged replaced. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"
#include "blob/disk.h"
#include "ops/replicate.h"
#include "os/file.h"
#include "replica/copy.h"
#include "replica/raw.h"
#include "replica/verify.h"
#include "store/region.h"
#include "store/replica_dir.h"

static int patience(const struct region_work *work)
{
    return work->patient ? work->store->outside.lock_wait_ms : 0;
}

static int has_disks(const struct region_work *work, const struct replica *replica, bool *ret,
                     struct err *err)
{
    return ops_has_disks(replica, work->digests, work->digest_count, ret, err);
}

static void add_receipt(struct region_work *work, const struct copy_result *result)
{
    struct region_status *status = &work->status;

    activity_add_bytes(work->store, result->copied_bytes);
    status->copied_bytes.set = true;
    status->copied_bytes.value += (int64_t)result->copied_bytes;
    status->reused_bytes.set = true;
    status->reused_bytes.value += (int64_t)result->reused_bytes;
    if (result->reused_verified && (!status->reused_verified_date.set ||
                                    result->reused_verified < status->reused_verified_date.value))
        status->reused_verified_date =
            (struct opt_time){.set = true, .value = result->reused_verified};
}

static void note_total(void *user, uint64_t bytes)
{
    struct region_work *work = user;

    work->total = bytes;
}

static int check_room(void *user, uint64_t bytes, struct err *err)
{
    const struct region_work *const work = user;

    return region_room_check(work->store, work->target->name, bytes, err);
}

static int copy_from(struct region_work *work, const struct replica *from, const struct replica *to,
                     struct err *err)
{
    const struct copy_job job = {
        .from = from,
        .to = to,
        .digests = work->digests,
        .count = work->digest_count,
        .shunned = work->shunned,
        .lock_wait_ms = patience(work),
        .now = store_now(work->store),
        .pool = ops_pool(work->store),
        .planned = note_total,
        .fits = check_room,
        .progress = region_advance,
        .pace = region_pace,
        .stop = region_stop,
        .user = work,
    };
    struct copy_result result = {0};
    int rc;

    work->done = work->total = 0;
    rc = copy_disks(&job, &result, err);
    if (rc)
        return rc;
    store_trace(work->store, TRACE_STEP, "copied %llu bytes to replica '%s'",
                (unsigned long long)result.copied_bytes, to->label);
    add_receipt(work, &result);
    return 0;
}

/* A sweep that moves blocks there is no reason to leave a source, which may be the only one. Each
 * time it has gone on by a GiB, or has ended. */
enum { SOURCE_TRIES = 8 };

static int copy_patiently(struct region_work *work, const struct replica *from,
                          const struct replica *to, struct err *err)
{
    struct err ignored = {0};
    bool has = true;
    int rc = E_CHANGED;

    for (int tries = 0; tries < SOURCE_TRIES && has && (rc == E_CHANGED || rc == E_NOT_FOUND);
         tries++) {
        rc = copy_from(work, from, to, err);
        if (rc && has_disks(work, from, &has, &ignored))
            has = false;
    }
    return rc;
}

/* From the first replica that has all disks intact: those of the region itself, then of the home
 * region, then any. */
static int copy_together(struct region_work *work, const struct replica *to, struct err *err)
{
    struct replica_set sources = {0};
    bool copied = false;
    int rc = 0;

    replica_set_open(work->store, work->job->version, work->target->name, &sources);
    for (size_t i = 0; rc == 0 && !copied && i < sources.count; i++) {
        const struct replica *from = &sources.items[i];
        bool has = false;

        if (from->why || text_equal(from->label, to->label) || has_disks(work, from, &has, err) ||
            !has)
            continue;
        rc = copy_patiently(work, from, to, err);
        copied = rc == 0;
        if (rc == E_CORRUPT || rc == E_NOT_FOUND || rc == E_CHANGED) { /* the source is to blame */
            store_notice(work->store, "%s; trying another replica", err->text);
            rc = 0;
        }
    }
    replica_set_close(&sources);
    if (rc == 0 && !copied) {
        rc = err_set(err, E_CORRUPT, "no intact replica was found to copy from");
        err_hint(err, "'sig repair' puts together what there is, and 'sig repair' with --from FILE "
                      "takes the rest from a disk image");
    }
    return rc;
}

/* Whether the target has the disks of `work`, and not in what is being replaced. */
static bool is_there(const struct region_work *work, const struct replica *to)
{
    struct err ignored = {0};
    bool has = false;

    if (has_disks(work, to, &has, &ignored) || !has)
        return false;
    for (size_t i = 0; work->shunned && i < work->shunned->count; i++)
        if (!verify_disk_in_blob(to, &work->digests[0], &work->shunned->items[i]))
            return false;
    return true;
}

/* Where no replica has all of the disks, one may have this disk and another one that. */
static int copy_from_any(struct region_work *work, const struct replica *to, struct err *err)
{
    const struct disk_digest *const all = work->digests;
    const size_t count = work->digest_count;
    int rc = copy_together(work, to, err);

    if (rc != E_CORRUPT || count == 1)
        return rc;
    rc = 0;
    work->digest_count = 1;
    for (size_t i = 0; rc == 0 && i < count; i++) {
        work->digests = &all[i];
        rc = is_there(work, to) ? 0 : copy_together(work, to, err);
    }
    work->digests = all;
    work->digest_count = count;
    return rc;
}

/* The blobs that the disks use, each once; the items of `ret` (all-zero) to be released with free,
 * also after an error. */
static int list_blobs(const struct region_work *work, const struct replica *replica,
                      struct blob_names *ret, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < work->digest_count; i++) {
        struct disk *disk = NULL;

        rc = disk_open(replica->dir, &work->digests[i], &disk, err);
        for (size_t b = 0; rc == 0 && b < disk_blob_count(disk); b++) {
            const struct blob_name *name = &disk_blob(disk, b)->name;

            if (!blob_names_have(ret, name))
                *VEC_ADD(ret) = *name;
        }
        disk_close(disk);
    }
    return rc;
}

static int read_back(struct region_work *work, const struct replica *replica,
                     const struct blob_name *name, int64_t now, struct err *err)
{
    const struct verify_job job = {
        .replica = replica,
        .pool = ops_pool(work->store),
        .now = now,
        .progress = region_advance,
        .user = work,
    };
    const int rc = verify_blob(&job, name, err);

    if (rc < 0)
        err_wrap(err, "cannot verify replica '%s'", replica->label);
    return rc;
}

/* Read back what the publish wrote just now, and whatever it relies on that nobody has read back.
 */
static int verify_fresh(struct region_work *work, const struct replica *replica, struct err *err)
{
    const struct replicate_job *fresh = work->job;
    const struct copy_job job = {
        .to = replica,
        .digests = work->digests,
        .count = work->digest_count,
        .now = store_now(work->store),
        .pool = ops_pool(work->store),
    };
    struct copy_result result = {0};
    int rc = 0;

    work->total = fresh->fresh_bytes;
    for (size_t i = 0; rc == 0 && i < fresh->fresh_count; i++) {
        rc = read_back(work, replica, &fresh->fresh[i], job.now, err);
        /* Somebody else stored the same disk first, and a sweep removed what nobody needs. What is
         * needed is looked for below. */
        if (rc == E_NOT_FOUND)
            rc = 0;
    }
    if (rc == 0)
        rc = copy_rely(&job, fresh->fresh, fresh->fresh_count, &result, err);
    if (rc)
        return rc;
    result.copied_bytes = fresh->fresh_bytes;
    add_receipt(work, &result);
    return 0;
}

/* Whether a blob that is damaged somewhere is so where our disks lie. */
static bool concerns_us(const struct region_work *work, const struct replica *replica,
                        const struct blob_name *name)
{
    for (size_t i = 0; i < work->digest_count; i++)
        if (!verify_disk_in_blob(replica, &work->digests[i], name))
            return true;
    return false;
}

/* Read each blob back. *ret_bad: those that do not give their names, which is no error here. */
static int find_bad(struct region_work *work, const struct replica *replica,
                    const struct blob_names *blobs, struct blob_names *ret_bad, struct err *err)
{
    const int64_t now = store_now(work->store);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < blobs->count; i++) {
        rc = read_back(work, replica, &blobs->items[i], now, err);
        if (rc != E_CORRUPT && rc != E_FAILED) /* it may not be readable at all */
            continue;
        rc = 0;
        if (!concerns_us(work, replica, &blobs->items[i]))
            continue;
        store_notice(work->store, "%s; copying it from another replica", err->text);
        *VEC_ADD(ret_bad) = blobs->items[i];
    }
    if (rc == 0 && ret_bad->count == 0)
        add_receipt(work,
                    &(struct copy_result){.reused_bytes = work->done, .reused_verified = now});
    return rc;
}

/* Copy what is bad from another replica. A file that no copy takes the place of stays: other
 * versions may use the good frames in it. */
static int replace_bad(struct region_work *work, const struct replica *replica,
                       const struct blob_names *bad, struct err *err)
{
    int rc = region_begin(work, err);

    work->shunned = bad;
    if (rc == 0)
        rc = copy_from_any(work, replica, err);
    work->shunned = NULL;
    return rc;
}

/* Written before this run: read all of it back. */
static int verify_all(struct region_work *work, const struct replica *replica, struct err *err)
{
    struct blob_names blobs = {0};
    struct blob_names bad = {0};
    int rc;

    work->total = 0;
    rc = list_blobs(work, replica, &blobs, err);
    /* Whoever wrote it may have been killed before the flush; and it is the disk that is to be
     * read, not what waits to be written. */
    if (rc == 0)
        rc = file_flush_all(replica->dir, replica->label, err);
    if (rc == 0)
        rc = find_bad(work, replica, &blobs, &bad, err);
    if (rc == 0 && bad.count)
        rc = replace_bad(work, replica, &bad, err);
    free(blobs.items);
    free(bad.items);
    return rc;
}

/* Whether a publish has just written to this replica: that is not read back yet. */
static bool is_fresh(const struct region_work *work)
{
    const struct replica_place first = place_first(work->target);

    return work->job->has_fresh && place_equal(&work->place, &first) &&
           text_equal(work->target->name, work->job->version->location);
}

static int verify(struct region_work *work, const struct replica *replica, struct err *err)
{
    work->done = 0;
    return is_fresh(work) ? verify_fresh(work, replica, err) : verify_all(work, replica, err);
}

/* `proven`: it was read back before. Doing that again takes nothing back as long as nothing is
 * found wrong. */
static int complete_replica(struct region_work *work, const struct replica *replica, bool proven,
                            struct err *err)
{
    const bool again = proven && work->job->verify;
    bool has;
    int rc;

    rc = has_disks(work, replica, &has, err);
    if (rc == 0 && has && proven && !again && !is_fresh(work))
        return 0;
    if (rc == 0 && !(has && again))
        rc = region_begin(work, err);
    if (rc == 0)
        rc = has ? verify(work, replica, err) : copy_from_any(work, replica, err);
    return rc;
}

/* --- disks that are kept ready --- */

static bool keeps_ready(const struct region_work *work)
{
    return work->place.type == STORAGE_PREMIUM_LRS;
}

/* Whether all that shall be ready is, as far as a look tells. */
static int are_ready(const struct region_work *work, const struct replica *replica, bool *ret,
                     struct err *err)
{
    int rc = 0;

    *ret = true;
    for (size_t i = 0; rc == 0 && *ret && keeps_ready(work) && i < work->digest_count; i++)
        rc = raw_is_there(replica, &work->digests[i], ret, err);
    return rc;
}

/* One that is not there yet adds to what the region holds. */
static int check_room_for(const struct region_work *work, const struct replica *replica,
                          const struct disk_digest *digest, struct err *err)
{
    uint64_t bytes = 0;
    const int rc = raw_data_bytes(replica, digest, &bytes, err);

    return rc ? rc : region_room_check(work->store, work->target->name, bytes, err);
}

static int make_ready(struct region_work *work, const struct verify_job *job,
                      const struct disk_digest *digest, struct err *err)
{
    struct copy_result result = {0};
    int rc = region_begin(work, err);

    if (rc == 0)
        rc = raw_data_bytes(job->replica, digest, &result.copied_bytes, err);
    work->done = 0;
    work->total = 2 * result.copied_bytes;
    if (rc == 0)
        rc = raw_make(job, digest, work->job->verify, patience(work), err);
    if (rc == 0)
        add_receipt(work, &result);
    return rc;
}

/* What is there is read back when the job says so; what is not, or not right, is made of the blobs
 * beside it, which were read back before. */
static int settle_ready(struct region_work *work, const struct verify_job *job,
                        const struct disk_digest *digest, struct err *err)
{
    bool there;
    int rc = raw_is_there(job->replica, digest, &there, err);

    if (rc == 0 && !there)
        rc = check_room_for(work, job->replica, digest, err);
    if (rc == 0 && there && work->job->verify) {
        rc = raw_verify(job, digest, err);
        there = rc == 0;
        if (rc == E_CORRUPT || rc == E_FAILED) { /* it may not be readable at all */
            store_notice(work->store, "replica '%s': %s; making it anew from its blobs",
                         job->replica->label, err->text);
            rc = 0;
        }
    }
    return rc || there ? rc : make_ready(work, job, digest, err);
}

static int settle_all_ready(struct region_work *work, const struct replica *replica,
                            struct err *err)
{
    const struct verify_job job = {
        .replica = replica,
        .pool = ops_pool(work->store),
        .now = store_now(work->store),
        .progress = region_advance,
        .pace = region_pace,
        .user = work,
    };
    int rc = 0;

    for (size_t i = 0; rc == 0 && keeps_ready(work) && i < work->digest_count; i++)
        rc = settle_ready(work, &job, &work->digests[i], err);
    return rc;
}

/* --- the whole --- */

/* Whether a replica that was proven before has all disks still, and is claimed: finding that out
 * needs neither the right to write nor a lock. */
static bool is_still_there(const struct region_work *work, const char *label)
{
    struct replica replica = REPLICA_NONE;
    struct err ignored = {0};
    int dir = FILE_NONE;
    bool claimed = false;
    bool has = false;

    if (replica_dir_is_claimed(work->store, &work->place, &claimed, &ignored) || !claimed ||
        replica_dir_open(work->store, &work->place, false, &dir, &ignored))
        return false;
    if (replica_open(dir, label, false, 0, &replica, &ignored) ||
        has_disks(work, &replica, &has, &ignored) ||
        (has && are_ready(work, &replica, &has, &ignored)))
        has = false;
    replica_close(&replica);
    return has;
}

int region_complete_replica(struct region_work *work, bool proven, struct err *err)
{
    struct replica replica = REPLICA_NONE;
    char *label = replica_dir_label(&work->place);
    int dir = FILE_NONE;
    int rc = 0;

    if (proven && !work->job->verify && !is_fresh(work) && is_still_there(work, label))
        goto out;
    rc = replica_dir_open(work->store, &work->place, true, &dir, err);
    if (rc == 0)
        rc = replica_open(dir, label, true, patience(work), &replica, err);
    if (rc == 0)
        rc = complete_replica(work, &replica, proven, err);
    if (rc == 0)
        rc = settle_all_ready(work, &replica, err);
out:
    replica_close(&replica);
    free(label);
    return rc;
}
