/* Replicating to one region: bringing its replicas to completion, and recording how far they are.
 *
 * What is there is found out from the replica directories, never from the recorded state; the state
 * says only which replicas were read back and compared. So a run that was killed, or a directory
 * that was removed by hand, is put right by running again. */
#include "ops/replicate.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "ops/pace.h"
#include "os/file.h"
#include "os/system.h"
#include "store/replica_dir.h"
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

/* How many replicas are complete with all before them. */
static unsigned leading(const struct region_work *work)
{
    struct replica_place place = place_before(work->target);
    unsigned replicas = 0;

    for (size_t i = 0; place_next(&place, work->target) && work->done_places[i]; i++)
        if (place_ends_replica(&place))
            replicas = place.number;
    return replicas;
}

int region_begin(struct region_work *work, struct err *err)
{
    const unsigned complete = leading(work);

    if (work->recorded)
        return 0;
    work->recorded = true;
    forget_receipt(&work->status);
    work->status.state = REPLICATION_REPLICATING;
    work->status.replica_count = (struct opt_int){.set = complete > 0, .value = complete};
    text_replace(&work->status.details, NULL);
    set_progress(work);
    return record(work, err);
}

/* Tell whoever draws. */
static void tell(const struct region_work *work, uint64_t total, const char *failed, bool finished)
{
    const struct context *const context = work->store->context;
    struct buf name = {0};
    char *label;

    if (!context->progress)
        return;
    reference_add_text(&name, work->job->ref);
    label = finished || work->place.number == 0 ? NULL : replica_dir_label(&work->place);
    context->progress(context->user, &(struct progress){
                                         .action = "replicate",
                                         .what = buf_text(&name),
                                         .region = work->target->name,
                                         .replica = label,
                                         .done = work->done,
                                         .total = total,
                                         .failed = failed,
                                         .finished = finished,
                                     });
    free(label);
    buf_done(&name);
}

void region_advance(void *user, uint64_t bytes)
{
    struct region_work *work = user;
    struct err ignored = {0}; /* the record at the end of the region reports it */

    work->done += bytes;
    tell(work, work->total, NULL, false);
    /* Until something is found to be done nothing is taken back. */
    if (!work->recorded || system_ticks() - work->last_record < STATUS_INTERVAL)
        return;
    set_progress(work);
    record(work, &ignored);
}

void region_pace(void *user, uint64_t bytes)
{
    const struct region_work *const work = user;

    if (work->job->pace)
        pace_take(work->job->pace, work->store, bytes);
}

bool region_stop(void *user)
{
    const struct region_work *const work = user;

    return ops_stops(work->store);
}

/* --- one region --- */

/* The first one is what the region fails with, the others are told. */
static void note_failure(const struct region_work *work, struct err *first, const struct err *err)
{
    if (!first->code)
        *first = *err;
    else
        store_notice(work->store, "%s", err->text);
}

/* Whether a failure says something of the version, and not of one place alone. */
static bool is_of_version(int rc)
{
    return rc == E_CONFLICT || rc == E_NOT_FOUND;
}

/* Each place that is not done yet: one that fails keeps no other from being completed. One that
 * somebody else is at is left for later, unless there is nothing else to do. */
static int complete_places(struct region_work *work, struct err *err)
{
    struct err busy = {0}, failed = {0};

    work->place = place_before(work->target);
    for (size_t i = 0; place_next(&work->place, work->target); i++) {
        int rc;

        if (work->done_places[i])
            continue;
        rc = region_complete_replica(work, work->place.number <= work->proven, err);
        if (rc == E_BUSY && !work->patient) {
            work->waited = true;
            busy = *err;
            continue;
        }
        if (is_of_version(rc))
            return rc;
        if (rc) {
            note_failure(work, &failed, err);
            continue;
        }
        work->done_places[i] = true;
        if (work->recorded && leading(work) > 0)
            work->status.replica_count = opt_int_of(leading(work));
    }
    if (failed.code || busy.code)
        *err = failed.code ? failed : busy;
    return failed.code ? failed.code : busy.code;
}

/* Whether somebody else has brought the region to completion while we had nothing to do but wait:
 * what that has copied is the receipt. */
static bool is_completed_by_another(const struct region_work *work)
{
    struct region_status now = {0};
    struct err ignored = {0};
    bool completed = false;

    if (work->waited && work->status.copied_bytes.value == 0 &&
        status_load(work->store, work->job->ref, work->target->name, &now, &ignored) == 0)
        completed = now.state == REPLICATION_COMPLETED && now.replica_count.set &&
                    now.replica_count.value >= work->target->regional_replica_count.value;
    shape_done(&region_status_shape, &now);
    return completed;
}

static int complete_region(struct region_work *work, struct err *err)
{
    const unsigned count = (unsigned)work->target->regional_replica_count.value;
    struct region_status *status = &work->status;
    int rc = complete_places(work, err);

    if (rc)
        return rc;
    if (!work->recorded && !work->job->verify && status->state == REPLICATION_COMPLETED &&
        status->replica_count.value == count)
        return 0;
    if (is_completed_by_another(work))
        return 0;
    status->state = REPLICATION_COMPLETED;
    status->progress = (struct opt_int){.set = true, .value = 100};
    status->replica_count = opt_int_of(count);
    status->completed_count = status->replica_count;
    status->verified_date = (struct opt_time){.set = true, .value = store_now(work->store)};
    text_replace(&status->details, NULL);
    if (work->done)
        tell(work, work->done, NULL, true);
    return record(work, err);
}

/* Before the state changes: a failure takes back nothing that was promised. */
static int begin(struct region_work *work, struct err *err)
{
    struct region_status *const status = &work->status;
    struct replica_place place = place_before(work->target);
    size_t places = 0;
    int rc = status_read(work->store, work->job->ref, work->target->name, status, err);

    if (rc)
        return rc;
    while (place_next(&place, work->target))
        places++;
    work->done_places = mem_new(places + 1, sizeof *work->done_places);
    work->was = status->state;
    if (replication_promised(status) > 0)
        status->completed_count = opt_int_of((uint64_t)replication_promised(status));
    work->proven = status->replica_count.set ? (unsigned)status->replica_count.value : 0;
    if (work->job->verify)
        forget_receipt(status);
    return 0;
}

int region_replicate(struct region_work *work, bool *ret_failed, struct err *err)
{
    struct err gone = {0};
    int rc = work->done_places ? 0 : begin(work, err);

    if (rc)
        return rc;
    rc = complete_region(work, err);
    if (rc == 0)
        return 0;
    *ret_failed = true;
    /* That somebody else is at work says nothing against what is there, and can be waited for. */
    if (rc == E_BUSY && (!work->patient || (work->was == REPLICATION_COMPLETED && !work->recorded)))
        return 0;
    tell(work, work->total, err->text, false);
    work->status.state = REPLICATION_FAILED;
    text_replace(&work->status.details, err->text);
    rc = record(work, &gone);
    if (rc == E_CONFLICT || rc == E_NOT_FOUND)
        *err = gone;
    else
        rc = 0;
    return rc;
}

void region_done(struct region_work *work)
{
    shape_done(&region_status_shape, &work->status);
    free(work->done_places);
    work->done_places = NULL;
}
