/* Replicating versions: their regions side by side, and what comes of them. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "ops/failures.h"
#include "ops/lanes.h"
#include "ops/replicate.h"
#include "store/status.h"

/* So many regions at once read what one of them writes while others write: it is the disk that has
 * enough of more, not the processors. */
enum { JOBS_DEFAULT = 4 };

/* One version on its way. */
struct version_turn {
    struct replicate_turn *outer;
    struct disk_digest *digests;
    size_t digest_count;
    struct failures own; /* where the job has none */
    struct failures *failures;
    size_t failed_before; /* of other versions */
    size_t asked;         /* regions */
    struct err busy;      /* of one that was left for later */
    bool relied;          /* on a state that another run has recorded */
};

struct region_turn {
    struct region_work work;
    struct version_turn *version;
    size_t lane; /* the first turn in the same region */
    bool is_home;
    bool failed; /* or busy */
    bool settled;
    int rc;
    struct err err;
};

/* All regions of all versions. */
struct round {
    struct store *store;
    struct version_turn *versions;
    size_t version_count;
    struct region_turn *turns; /* in the order of the versions, then of their targets */
    size_t count;
    size_t *at; /* which of them are at work now */
    size_t *lane_of;
    size_t at_count;
};

static bool has_failed(const struct store *store, const struct reference *ref, const char *region)
{
    struct region_status status = {0};
    struct err ignored = {0};
    bool failed = false;

    if (status_load(store, ref, region, &status, &ignored) == 0)
        failed = status.state == REPLICATION_FAILED;
    shape_done(&region_status_shape, &status);
    return failed;
}

bool ops_replicates(const struct store *store, const struct replicate_job *job, const char *region)
{
    bool named = !job->regions || job->regions->count == 0;

    for (size_t i = 0; !named && i < job->regions->count; i++)
        named = text_equal(job->regions->items[i], region);
    return named && (!job->retry || has_failed(store, job->ref, region));
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

/* --- side by side --- */

static struct region_turn *turn_at(void *user, size_t number)
{
    const struct round *const round = user;

    return &round->turns[round->at[number]];
}

static void turn_run(void *user, size_t number, struct store *store)
{
    struct region_turn *const turn = turn_at(user, number);

    turn->work.store = store;
    turn->failed = ops_stops(store);
    if (turn->failed)
        err_set(&turn->err, E_BUSY, "it was asked to end");
    else
        turn->rc = region_replicate(&turn->work, &turn->failed, &turn->err);
}

/* Whether it waits for somebody else and can do so later, or was left as a service is to end. */
static bool is_postponed(const struct round *round, const struct region_turn *turn)
{
    return turn->failed && turn->err.code == E_BUSY &&
           (!turn->work.patient || ops_stops(round->store));
}

/* A version that is gone, or cannot be read, has no regions any more. */
static bool turn_wanted(void *user, size_t number)
{
    return turn_at(user, number)->version->outer->rc == 0;
}

static void turn_settle(void *user, size_t number)
{
    struct region_turn *const turn = turn_at(user, number);
    struct version_turn *const version = turn->version;

    if (turn->rc) {
        version->outer->rc = turn->rc;
        version->outer->err = turn->err;
        return;
    }
    if (is_postponed(user, turn)) {
        version->busy = turn->err;
        return;
    }
    turn->settled = true;
    version->relied = version->relied || !turn->work.recorded;
    if (turn->failed) {
        name_failure(&version->outer->job, turn->work.target->name, &turn->err);
        failures_add(version->failures, &turn->err);
    }
}

/* Whoever wants one thread has nothing side by side. */
static size_t jobs_of(const struct round *round)
{
    const size_t threads = round->store->context->threads;
    const size_t asked = round->versions[0].outer->job.jobs;

    if (asked > 0)
        return asked;
    return threads > 0 && threads < JOBS_DEFAULT ? threads : JOBS_DEFAULT;
}

static size_t count_lanes(const struct round *round)
{
    size_t open = 0;

    for (size_t i = 0; i < round->at_count; i++)
        open += round->lane_of[i] == i;
    return open;
}

static void round_go(struct round *round)
{
    const size_t jobs = jobs_of(round);
    const size_t open = count_lanes(round);
    const struct lanes lanes = {
        .store = round->store,
        .count = round->at_count,
        .lane_of = round->lane_of,
        .jobs = jobs < open ? jobs : open,
        .run = turn_run,
        .wanted = turn_wanted,
        .settle = turn_settle,
        .user = round,
    };

    if (round->at_count > 0)
        lanes_run(&lanes);
    round->at_count = 0;
}

static void round_add(struct round *round, size_t number)
{
    const struct region_turn *const turn = &round->turns[number];
    size_t first = 0;

    if (turn->version->outer->rc)
        return;
    while (first < round->at_count && round->turns[round->at[first]].lane != turn->lane)
        first++;
    round->lane_of[round->at_count] = first;
    round->at[round->at_count++] = number;
}

/* Home regions come first: what is put right there is what the others copy. Then what nobody else
 * is at; what others are at is waited for when nothing else is left. */
static void round_run(struct round *round)
{
    for (size_t i = 0; i < round->count; i++)
        if (round->turns[i].is_home)
            round_add(round, i);
    round_go(round);
    for (size_t i = 0; i < round->count; i++)
        if (!round->turns[i].is_home)
            round_add(round, i);
    round_go(round);
    for (size_t i = 0; i < round->count; i++) {
        struct region_turn *const turn = &round->turns[i];

        if (turn->settled || turn->version->outer->job.eager)
            continue;
        turn->work.patient = true;
        round_add(round, i);
    }
    round_go(round);
}

static size_t first_in(const struct round *round, const char *region)
{
    size_t first = 0;

    while (first < round->count && !text_equal(round->turns[first].work.target->name, region))
        first++;
    return first;
}

static void add_regions(struct round *round, struct version_turn *turn)
{
    const struct replicate_job *const job = &turn->outer->job;
    const struct target_regions *const targets = &job->version->publishing_profile.target_regions;

    for (size_t i = 0; i < targets->count; i++) {
        const struct target_region *const target = &targets->items[i];

        if (!ops_replicates(round->store, job, target->name))
            continue;
        round->turns[round->count] = (struct region_turn){
            .work = {.store = round->store,
                     .job = job,
                     .target = target,
                     .digests = turn->digests,
                     .digest_count = turn->digest_count},
            .version = turn,
            .lane = first_in(round, target->name),
            .is_home = text_equal(target->name, job->version->location),
        };
        round->count++;
        turn->asked++;
    }
}

static void add_version(struct round *round, struct replicate_turn *outer)
{
    struct version_turn *const turn = &round->versions[round->version_count++];

    turn->outer = outer;
    turn->own.store = round->store;
    turn->failures = outer->job.failures ? outer->job.failures : &turn->own;
    turn->failed_before = turn->failures->count;
    outer->rc = ops_digests(outer->job.version, &turn->digests, &turn->digest_count, &outer->err);
    if (!outer->rc)
        add_regions(round, turn);
}

/* What its regions result in together. */
static void version_end(struct store *store, struct version_turn *turn)
{
    const struct replicate_job *const job = &turn->outer->job;
    const size_t failed = turn->failures->count - turn->failed_before;
    struct err *const err = &turn->outer->err;
    int rc = turn->outer->rc;

    if (rc == 0 && turn->relied)
        rc = status_flush(store, job->ref, err);
    if (rc == 0 && job->eager && turn->busy.code) {
        *err = turn->busy;
        rc = E_BUSY;
    } else if (rc == 0 && failed) {
        rc = report(job, turn->failures, failed, turn->asked, err);
    } else if (rc) {
        failures_tell(&turn->own);
    }
    turn->outer->rc = rc;
    free(turn->digests);
}

void replicate_together(struct store *store, struct replicate_turn *turns, size_t count)
{
    struct round round = {.store = store, .versions = mem_new(count, sizeof *round.versions)};
    size_t regions = 0;

    for (size_t i = 0; i < count; i++)
        regions += turns[i].job.version->publishing_profile.target_regions.count;
    round.turns = mem_new(regions, sizeof *round.turns);
    round.at = mem_new(regions, sizeof *round.at);
    round.lane_of = mem_new(regions, sizeof *round.lane_of);
    for (size_t i = 0; i < count; i++)
        add_version(&round, &turns[i]);
    round_run(&round);
    for (size_t i = 0; i < round.count; i++)
        region_done(&round.turns[i].work);
    for (size_t i = 0; i < count; i++)
        version_end(store, &round.versions[i]);
    free(round.versions);
    free(round.turns);
    free(round.at);
    free(round.lane_of);
}

int ops_replicate(struct store *store, const struct replicate_job *job, struct err *err)
{
    struct replicate_turn turn = {.job = *job};

    replicate_together(store, &turn, 1);
    if (turn.rc)
        *err = turn.err;
    return turn.rc;
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
