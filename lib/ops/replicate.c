/* Replicating: bringing every replica of a version to completion, region by region, and recording
 * how far each is.
 *
 * What is there is found out from the replica directories, never from the recorded state; the state
 * says only which replicas were read back and compared. So a run that was killed, or a directory
 * that was removed by hand, is put right by running again. */
#include "ops/replicate.h"

#include <stdlib.h>

#include "base/text.h"
#include "ops/failures.h"
#include "os/file.h"
#include "os/system.h"
#include "store/resource.h"
#include "store/status.h"

#define STATUS_INTERVAL ((uint64_t)1000000000) /* nanoseconds between two records of progress */

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
    const unsigned zones = work->place.zone ? ZONES : 1;
    uint64_t count = (uint64_t)work->target->regional_replica_count.value * zones;
    uint64_t before =
        (work->place.number - 1) * zones + (work->place.zone ? work->place.zone - 1 : 0);
    uint64_t part = work->total ? 100 * work->done / work->total : 0;
    uint64_t percent = (100 * before + part) / count;

    work->status.progress =
        (struct opt_int){.set = true, .value = (int64_t)(percent < 100 ? percent : 99)};
}

static void forget_receipt(struct region_status *status)
{
    status->copied_bytes = (struct opt_int){0};
    status->reused_bytes = (struct opt_int){0};
    status->reused_verified_date = (struct opt_time){0};
}

int region_begin(struct region_work *work, struct err *err)
{
    if (work->recorded)
        return 0;
    work->recorded = true;
    forget_receipt(&work->status);
    work->status.state = REPLICATION_REPLICATING;
    work->status.replica_count =
        (struct opt_int){.set = work->place.number > 1, .value = work->place.number - 1};
    text_replace(&work->status.details, NULL);
    set_progress(work);
    return record(work, err);
}

void region_advance(void *user, uint64_t bytes)
{
    struct region_work *work = user;
    struct err ignored = {0}; /* the record at the end of the region reports it */

    work->done += bytes;
    ops_progress(work->store, "replicate", work->target->name, work->done, work->total, false);
    /* Until something is found to be done nothing is taken back. */
    if (!work->recorded || system_ticks() - work->last_record < STATUS_INTERVAL)
        return;
    set_progress(work);
    record(work, &ignored);
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
    work->place = place_before(work->target);
    while (place_next(&work->place, work->target)) {
        rc = region_complete_replica(work, work->place.number <= proven, err);
        if (rc)
            return rc;
        if (work->recorded && place_ends_replica(&work->place))
            status->replica_count = opt_int_of(work->place.number);
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
    rc = ops_show_version(store, job->ref, status ? PART_REPLICATION_STATUS : 0, ret, err);
    if (rc == 0 && partial.code) {
        *err = partial;
        rc = E_PARTIAL;
    }
    return rc;
}
