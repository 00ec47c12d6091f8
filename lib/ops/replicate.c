/* Replicating: bringing every replica of a version to completion, region by region, and recording
 * how far each is.
 *
 * What is there is found out from the replica directories, never from the recorded state; the state
 * says only which replicas were read back and compared. So a run that was killed, or a directory
 * that was removed by hand, is put right by running again. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "blob/disk.h"
#include "ops/failures.h"
#include "ops/room.h"
#include "os/file.h"
#include "os/system.h"
#include "replica/copy.h"
#include "replica/verify.h"
#include "store/replica_dir.h"
#include "store/resource.h"
#include "store/status.h"

#define STATUS_INTERVAL ((uint64_t)1000000000) /* nanoseconds between two records of progress */

/* One region on its way. */
struct region_work {
    struct store *store;
    const struct replicate_job *job;
    const struct target_region *target;
    const struct disk_digest *digests;
    size_t digest_count;
    struct region_status status;
    const struct blob_names *shunned; /* of the replica being worked on, while they are replaced */
    bool recorded;                    /* `Replicating` was written in this run */
    unsigned number;                  /* the replica being worked on */
    uint64_t done;                    /* bytes of it */
    uint64_t total;
    uint64_t last_record; /* ticks */
};

/* --- recording --- */

/* The version may have been deleted, or deleted and published anew, since we read it: then its
 * state is not ours to write. */
static int record(struct region_work *work, struct err *err)
{
    const struct target_region *target = NULL;
    struct version current = {0};
    int lock = FILE_NONE;
    int rc;

    rc = resource_lock(work->store, work->job->ref, &lock, err);
    if (rc == 0)
        rc = ops_read_version(work->store, work->job->ref, &current, err);
    if (rc == 0 && !version_same_content(&current, work->job->version))
        rc = err_set(err, E_CONFLICT, "it was deleted and published anew meanwhile");
    if (rc == 0) {
        version_fill_regions(&current);
        target = version_target(&current, work->target->name);
    }
    if (target) { /* it may be wanted in fewer replicas by now, or in none */
        status_cap(&work->status, target);
        rc = status_write(work->store, work->job->ref, &work->status, err);
    }
    file_close(&lock);
    shape_done(&version_shape, &current);
    work->last_record = system_ticks();
    return rc;
}

static void set_progress(struct region_work *work)
{
    uint64_t count = (uint64_t)work->target->regional_replica_count.value;
    uint64_t part = work->total ? 100 * work->done / work->total : 0;
    uint64_t percent = (100 * (uint64_t)(work->number - 1) + part) / count;

    work->status.progress =
        (struct opt_int){.set = true, .value = (int64_t)(percent < 100 ? percent : 99)};
}

static void forget_receipt(struct region_status *status)
{
    status->copied_bytes = (struct opt_int){0};
    status->reused_bytes = (struct opt_int){0};
    status->reused_verified_date = (struct opt_time){0};
}

/* From here on there is something to do in this region. The receipt is of this run. */
static int begin(struct region_work *work, struct err *err)
{
    if (work->recorded)
        return 0;
    work->recorded = true;
    forget_receipt(&work->status);
    work->status.state = REPLICATION_REPLICATING;
    work->status.replica_count =
        (struct opt_int){.set = work->number > 1, .value = work->number - 1};
    text_replace(&work->status.details, NULL);
    set_progress(work);
    return record(work, err);
}

static void advance(void *user, uint64_t bytes)
{
    struct region_work *work = user;
    struct err ignored = {0}; /* the record at the end of the region reports it */

    work->done += bytes;
    ops_progress(work->store, "replicate", work->target->name, work->done, work->total, false);
    if (system_ticks() - work->last_record < STATUS_INTERVAL)
        return;
    set_progress(work);
    record(work, &ignored);
}

/* --- one replica --- */

static int has_disks(const struct region_work *work, const struct replica *replica, bool *ret,
                     struct err *err)
{
    return ops_has_disks(replica, work->digests, work->digest_count, ret, err);
}

static void add_receipt(struct region_work *work, const struct copy_result *result)
{
    struct region_status *status = &work->status;

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

static int copy_from(struct region_work *work, const struct replica *from, const struct replica *to,
                     struct err *err)
{
    const struct copy_job job = {
        .from = from,
        .to = to,
        .digests = work->digests,
        .count = work->digest_count,
        .shunned = work->shunned,
        .lock_wait_ms = work->store->outside.lock_wait_ms,
        .now = store_now(work->store),
        .pool = ops_pool(work->store),
        .planned = note_total,
        .progress = advance,
        .user = work,
    };
    struct copy_result result = {0};
    int rc;

    work->done = work->total = 0;
    rc = copy_disks(&job, &result, err);
    if (rc == 0)
        add_receipt(work, &result);
    return rc;
}

/* From the first replica that has all disks intact: those of the region itself, then of the home
 * region, then any. */
static int copy_from_any(struct region_work *work, const struct replica *to, struct err *err)
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
        rc = copy_from(work, from, to, err);
        copied = rc == 0;
        if (rc == E_CORRUPT || rc == E_NOT_FOUND || rc == E_CHANGED) { /* the source is to blame */
            store_notice(work->store, "%s; trying another replica", err->text);
            rc = 0;
        }
    }
    replica_set_close(&sources);
    if (rc == 0 && !copied)
        rc = err_set(err, E_CORRUPT, "no intact replica was found to copy from");
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
        .progress = advance,
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
    int rc = begin(work, err);

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
    return work->job->has_fresh && work->number == 1 &&
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
        rc = begin(work, err);
    if (rc == 0)
        rc = has ? verify(work, replica, err) : copy_from_any(work, replica, err);
    return rc;
}

/* Whether a replica that was proven before has all disks still, and is claimed: finding that out
 * needs neither the right to write nor a lock. */
static bool is_still_there(const struct region_work *work, const struct replica_place *place,
                           const char *label)
{
    struct replica replica = REPLICA_NONE;
    struct err ignored = {0};
    int dir = FILE_NONE;
    bool claimed = false;
    bool has = false;

    if (replica_dir_is_claimed(work->store, place, &claimed, &ignored) || !claimed ||
        replica_dir_open(work->store, place, false, &dir, &ignored))
        return false;
    if (replica_open(dir, label, false, 0, &replica, &ignored) ||
        has_disks(work, &replica, &has, &ignored))
        has = false;
    replica_close(&replica);
    return has;
}

static int open_and_complete(struct region_work *work, bool proven, struct err *err)
{
    const struct replica_place place = {
        .region = work->target->name,
        .type = work->target->storage_account_type,
        .number = work->number,
    };
    struct replica replica = REPLICA_NONE;
    char *label = replica_dir_label(&place);
    int dir = FILE_NONE;
    int rc = 0;

    if (proven && !work->job->verify && !is_fresh(work) && is_still_there(work, &place, label))
        goto out;
    rc = replica_dir_open(work->store, &place, true, &dir, err);
    if (rc == 0)
        rc = replica_open(dir, label, true, work->store->outside.lock_wait_ms, &replica, err);
    if (rc == 0)
        rc = complete_replica(work, &replica, proven, err);
out:
    replica_close(&replica);
    free(label);
    return rc;
}

/* --- one region --- */

static int complete_region(struct region_work *work, struct err *err)
{
    const unsigned count = (unsigned)work->target->regional_replica_count.value;
    struct region_status *status = &work->status;
    unsigned proven; /* replicas that were read back before this run */
    int rc;

    /* Before the state changes: a failure takes back nothing that was promised. */
    if (replication_promised(status) > 0)
        status->completed_count = opt_int_of((uint64_t)replication_promised(status));
    proven = status->replica_count.set ? (unsigned)status->replica_count.value : 0;
    if (work->job->verify)
        forget_receipt(status);
    for (work->number = 1; work->number <= count; work->number++) {
        rc = open_and_complete(work, work->number <= proven, err);
        if (rc)
            return rc;
        if (work->recorded)
            status->replica_count = (struct opt_int){.set = true, .value = work->number};
    }
    if (!work->recorded && !work->job->verify && status->state == REPLICATION_COMPLETED &&
        status->replica_count.value == count)
        return 0;
    status->state = REPLICATION_COMPLETED;
    status->progress = (struct opt_int){.set = true, .value = 100};
    status->replica_count.value = count;
    status->completed_count = status->replica_count;
    status->verified_date = (struct opt_time){.set = true, .value = store_now(work->store)};
    text_replace(&status->details, NULL);
    if (work->done)
        ops_progress(work->store, "replicate", work->target->name, work->done, work->done, true);
    return record(work, err);
}

/* A region that fails says so in its state; E_CONFLICT and E_NOT_FOUND mean that the version itself
 * is gone. */
static int replicate_region(struct region_work *work, bool *ret_failed, struct err *err)
{
    struct err gone = {0};
    unsigned was;
    int rc;

    rc = status_read(work->store, work->job->ref, work->target->name, &work->status, err);
    if (rc)
        return rc;
    was = work->status.state;
    rc = complete_region(work, err);
    if (rc == 0)
        return 0;
    *ret_failed = true;
    /* That somebody else was at work says nothing against what is there. */
    if (rc == E_BUSY && was == REPLICATION_COMPLETED && !work->recorded)
        return 0;
    work->status.state = REPLICATION_FAILED;
    text_replace(&work->status.details, err->text);
    rc = record(work, &gone);
    if (rc == E_CONFLICT || rc == E_NOT_FOUND)
        *err = gone;
    else
        rc = 0;
    return rc;
}

static bool is_asked_for(const struct replicate_job *job, const char *region)
{
    for (size_t i = 0; job->regions && i < job->regions->count; i++)
        if (text_equal(job->regions->items[i], region))
            return true;
    return !job->regions || job->regions->count == 0;
}

/* The version and the region are named once, whoever tells it. */
static void name_failure(const struct replicate_job *job, const char *region, struct err *err)
{
    struct buf name = {0};

    reference_add_text(&name, job->ref);
    err_wrap(err, "cannot complete image version '%s' in region '%s'", buf_text(&name), region);
    err->code = E_PARTIAL;
    buf_done(&name);
}

/* The outcome of all regions in one error. */
static int report(const struct replicate_job *job, const struct failures *failures, size_t failed,
                  size_t asked, struct err *err)
{
    const char *const hint = failed == 1 ? failures->last.hint : failures_hint(failures);
    struct buf name = {0};

    reference_add_text(&name, job->ref);
    if (failed == 1)
        *err = failures->last;
    else
        err_set(err, E_PARTIAL, "cannot complete image version '%s' in %zu of %zu regions",
                buf_text(&name), failed, asked);
    if (hint[0])
        err_hint(err, "%s; then 'sig replicate %s' goes on", hint, buf_text(&name));
    else
        err_hint(err,
                 "the version stands; once the cause is mended, 'sig replicate %s' copies what is "
                 "missing",
                 buf_text(&name));
    buf_done(&name);
    return E_PARTIAL;
}

static int replicate_all(struct store *store, const struct replicate_job *job,
                         const struct region_work *common, struct err *err)
{
    const struct target_regions *targets = &job->version->publishing_profile.target_regions;
    struct failures own = {.store = store};
    struct failures *const failures = job->failures ? job->failures : &own;
    const size_t before = failures->count;
    bool relied = false; /* on a state that another run has recorded */
    size_t asked = 0;
    int rc;

    for (size_t i = 0; i < targets->count; i++) {
        struct region_work work = *common;
        bool region_failed = false;

        if (!is_asked_for(job, targets->items[i].name))
            continue;
        asked++;
        work.target = &targets->items[i];
        rc = replicate_region(&work, &region_failed, err);
        shape_done(&region_status_shape, &work.status);
        if (rc)
            goto out;
        relied = relied || !work.recorded;
        if (!region_failed)
            continue;
        name_failure(job, targets->items[i].name, err);
        failures_add(failures, err);
    }
    rc = relied ? status_flush(store, job->ref, err) : 0;
    if (rc == 0 && failures->count > before)
        return report(job, failures, failures->count - before, asked, err);
out:
    if (rc)
        failures_tell(&own);
    return rc;
}

int ops_replicate(struct store *store, const struct replicate_job *job, struct err *err)
{
    struct region_work common = {.store = store, .job = job};
    struct disk_digest *digests = NULL;
    int rc;

    rc = ops_digests(job->version, &digests, &common.digest_count, err);
    if (rc)
        return rc;
    common.digests = digests;
    rc = replicate_all(store, job, &common, err);
    free(digests);
    return rc;
}

int ops_replicate_and_show(struct store *store, const struct replicate_job *job, const char *verb,
                           bool status, struct version *ret, struct err *err)
{
    struct err partial = {0};
    int rc = ops_replicate(store, job, err);

    if (rc && rc != E_PARTIAL)
        return ops_cannot(err, verb, job->ref, REFERENCE_VERSION);
    if (rc == E_PARTIAL)
        partial = *err;
    rc = ops_show_version(store, job->ref, status, ret, err);
    if (rc == 0 && partial.code) {
        *err = partial;
        rc = E_PARTIAL;
    }
    return rc;
}
