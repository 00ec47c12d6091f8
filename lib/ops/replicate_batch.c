/* 'sig replicate': what is done with the versions that were found. */
#include "ops/replicate_many.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "ops/replicate.h"

/* Versions that are on their way together: enough to have work for all regions, and few enough that
 * what went wrong is told soon. */
enum { BATCH_MAX = 32 };

struct batch {
    struct walk *walk;
    size_t count;
    struct covered *covered[BATCH_MAX];
    struct version versions[BATCH_MAX]; /* as they were read */
    struct failures failures[BATCH_MAX];
    struct replicate_turn turns[BATCH_MAX];
};

static bool is_set(const struct opt_bool *flag)
{
    return flag->set && flag->value;
}

static bool has_a_region(const struct walk *walk, const struct replicate_job *job)
{
    const struct target_regions *const targets = &job->version->publishing_profile.target_regions;

    for (size_t i = 0; i < targets->count; i++)
        if (ops_replicates(walk->store, job, targets->items[i].name))
            return true;
    return false;
}

/* What went wrong with a version as a whole. One that is gone is nobody's concern any more, unless
 * somebody named it just now. */
static int pass_over(struct walk *walk, const struct covered *covered, struct err *err)
{
    const int rc = err->code;

    if (covered->named && (rc != E_NOT_FOUND || !covered->postponed))
        walk_note_refused(walk, err);
    else if (rc == E_CORRUPT || rc == E_UNSUPPORTED || rc == E_DENIED)
        walk_note_unreadable(walk, REFERENCE_VERSION, err);
    else if (rc != E_NOT_FOUND)
        return rc;
    return 0;
}

static int show(struct walk *walk, struct covered *covered, struct err *err)
{
    const int rc =
        ops_show_version(walk->store, &covered->ref, PART_REPLICATION_STATUS, &covered->shown, err);

    covered->is_shown = rc == 0;
    walk->shown += rc == 0;
    return rc;
}

/* --- only looking --- */

static bool is_asked(const struct walk *walk, const char *display_name)
{
    const struct region_row *const row = region_find(&walk->store->regions, display_name);

    for (size_t i = 0; row && i < walk->regions.count; i++)
        if (text_equal(walk->regions.items[i], row->name))
            return true;
    return walk->regions.count == 0;
}

/* Show the regions that were asked for; a version that wants nothing there is left out, as it is
 * where things are copied. */
static int look(struct walk *walk, struct covered *covered, struct err *err)
{
    struct region_statuses *const summary = &covered->shown.replication_status.summary;
    size_t kept = 0;
    const int rc = show(walk, covered, err);

    if (rc || walk->regions.count == 0)
        return rc;
    for (size_t i = 0; i < summary->count; i++)
        if (is_asked(walk, summary->items[i].region))
            summary->items[kept++] = summary->items[i];
        else
            shape_done(&region_status_shape, &summary->items[i]);
    summary->count = kept;
    if (kept > 0)
        return 0;
    shape_done(&version_shape, &covered->shown);
    covered->is_shown = false;
    walk->shown--;
    return 0;
}

/* --- replicating --- */

/* As it is now. *ret_asked: there is something to look at. */
static int turn_begin(struct batch *batch, size_t number, bool *ret_asked, struct err *err)
{
    const struct walk *const walk = batch->walk;
    struct version *const version = &batch->versions[number];
    struct replicate_turn *const turn = &batch->turns[number];
    int rc;

    *turn = (struct replicate_turn){.job = {
                                        .ref = &batch->covered[number]->ref,
                                        .version = version,
                                        .regions = &walk->regions,
                                        .verify = is_set(&walk->request->verify),
                                        .retry = is_set(&walk->request->retry),
                                        .jobs = (size_t)walk->request->jobs.value,
                                        .pace = walk->pace,
                                        .eager = walk->eager,
                                        .failures = &batch->failures[number],
                                    }};
    rc = ops_read_version(walk->store, turn->job.ref, version, err);
    if (rc)
        return rc;
    version_fill_regions(version);
    *ret_asked = has_a_region(walk, &turn->job);
    if (!*ret_asked)
        shape_done(&version_shape, version);
    return 0;
}

/* It was published anew meanwhile: what went wrong until then was of another version. */
static void turn_repeat(struct batch *batch, size_t number)
{
    struct replicate_turn *const turn = &batch->turns[number];
    bool asked = true;

    while (turn->rc == E_CONFLICT && asked) {
        struct err err = {0};
        int rc;

        failures_drop(&batch->failures[number]);
        shape_done(&version_shape, &batch->versions[number]);
        rc = turn_begin(batch, number, &asked, &err);
        turn->rc = rc;
        turn->err = err;
        if (rc == 0 && asked)
            replicate_together(batch->walk->store, turn, 1);
    }
}

static int turn_show(struct batch *batch, size_t number, struct err *err)
{
    struct walk *const walk = batch->walk;
    const struct replicate_turn *const turn = &batch->turns[number];
    int rc = turn->rc;

    if (rc && rc != E_PARTIAL) {
        *err = turn->err;
        return ops_cannot(err, "replicate", turn->job.ref, REFERENCE_VERSION);
    }
    rc = show(walk, batch->covered[number], err);
    if (rc == 0 && turn->rc) {
        walk->incomplete++;
        walk->last = turn->err;
    }
    return rc;
}

/* What failed in a version that was deleted meanwhile is nobody's concern any more. */
static int turn_end(struct batch *batch, size_t number, struct err *err)
{
    struct walk *const walk = batch->walk;
    struct covered *const covered = batch->covered[number];
    const size_t incomplete = walk->incomplete;
    int rc;

    turn_repeat(batch, number);
    if (batch->turns[number].rc == E_BUSY && walk->eager) {
        covered->postponed = true;
        failures_drop(&batch->failures[number]);
        return 0;
    }
    rc = turn_show(batch, number, err);
    if (walk->patrol)
        patrol_note(walk->patrol, &covered->ref, rc == 0 && walk->incomplete == incomplete);
    if (rc == E_NOT_FOUND)
        failures_drop(&batch->failures[number]);
    else
        failures_move(&walk->failures, &batch->failures[number]);
    return rc ? pass_over(walk, covered, err) : 0;
}

static int batch_go(struct batch *batch, struct err *err)
{
    int rc = 0;

    if (batch->count > 0)
        replicate_together(batch->walk->store, batch->turns, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        if (rc == 0)
            rc = turn_end(batch, i, err);
        failures_drop(&batch->failures[i]);
        shape_done(&version_shape, &batch->versions[i]);
    }
    batch->count = 0;
    return rc;
}

static int batch_add(struct batch *batch, struct covered *covered, struct err *err)
{
    struct walk *const walk = batch->walk;
    const size_t number = batch->count;
    bool asked = false;
    int rc;

    if (ops_stops(walk->store))
        return 0;
    batch->covered[number] = covered;
    rc = turn_begin(batch, number, &asked, err);
    if (rc) {
        if (walk->patrol)
            patrol_note(walk->patrol, &covered->ref, false);
        ops_cannot(err, "replicate", &covered->ref, REFERENCE_VERSION);
        return pass_over(walk, covered, err);
    }
    if (!asked && walk->patrol)
        patrol_note(walk->patrol, &covered->ref, true);
    batch->count += asked;
    return batch->count == BATCH_MAX ? batch_go(batch, err) : 0;
}

/* Those that were postponed, or all. */
static int replicate(struct walk *walk, bool postponed, struct err *err)
{
    struct batch *const batch = mem_new(1, sizeof *batch);
    int rc = 0;

    batch->walk = walk;
    for (size_t i = 0; rc == 0 && i < walk->covered.count; i++)
        if (walk->covered.items[i].postponed == postponed)
            rc = batch_add(batch, &walk->covered.items[i], err);
    if (rc == 0)
        rc = batch_go(batch, err);
    free(batch);
    return rc;
}

int walk_do(struct walk *walk, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; walk->looks && rc == 0 && i < walk->covered.count; i++)
        if (look(walk, &walk->covered.items[i], err))
            rc = pass_over(walk, &walk->covered.items[i], err);
    if (walk->looks)
        return rc;
    rc = replicate(walk, false, err);
    walk->eager = false;
    return rc ? rc : replicate(walk, true, err);
}
