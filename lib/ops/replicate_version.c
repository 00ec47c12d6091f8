/* Replicating a version: its regions side by side, and what comes of them. */
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

/* The regions of one version on their way. */
struct round {
    struct store *store;
    const struct replicate_job *job;
    struct failures *failures;
    struct region_turn *turns; /* in the order of the targets */
    size_t count;
    size_t *at; /* which of them are at work now */
    size_t at_count;
    struct err busy; /* of one that was left for later */
    bool relied;     /* on a state that another run has recorded */
    int rc;          /* of the version itself: it is gone, or cannot be read */
    struct err *err;
};

struct region_turn {
    struct region_work work;
    bool is_home;
    bool failed; /* or busy */
    bool settled;
    int rc;
    struct err err;
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

static void turn_run(void *user, size_t number, struct store *store)
{
    struct round *const round = user;
    struct region_turn *const turn = &round->turns[round->at[number]];

    turn->work.store = store;
    turn->failed = false;
    turn->rc = region_replicate(&turn->work, &turn->failed, &turn->err);
}

/* Whether it waits for somebody else and can do so later, or was left as a service is to end. */
static bool is_postponed(const struct round *round, const struct region_turn *turn)
{
    return turn->failed && turn->err.code == E_BUSY &&
           (!turn->work.patient || ops_stops(round->store));
}

static bool turn_settle(void *user, size_t number)
{
    struct round *const round = user;
    struct region_turn *const turn = &round->turns[round->at[number]];

    if (turn->rc) {
        round->rc = turn->rc;
        *round->err = turn->err;
        return false;
    }
    if (is_postponed(round, turn)) {
        round->busy = turn->err;
        return true;
    }
    turn->settled = true;
    round->relied = round->relied || !turn->work.recorded;
    if (turn->failed) {
        name_failure(round->job, turn->work.target->name, &turn->err);
        failures_add(round->failures, &turn->err);
    }
    return true;
}

/* Whoever wants one thread has nothing side by side. */
static size_t jobs_of(const struct round *round)
{
    const size_t threads = round->store->context->threads;

    if (round->job->jobs > 0)
        return round->job->jobs;
    return threads > 0 && threads < JOBS_DEFAULT ? threads : JOBS_DEFAULT;
}

static void round_go(struct round *round)
{
    const size_t jobs = jobs_of(round);
    const struct lanes lanes = {
        .store = round->store,
        .count = round->at_count,
        .jobs = jobs < round->at_count ? jobs : round->at_count,
        .run = turn_run,
        .settle = turn_settle,
        .user = round,
    };

    if (round->rc == 0 && round->at_count > 0)
        lanes_run(&lanes);
    round->at_count = 0;
}

static void round_add(struct round *round, size_t number)
{
    round->at[round->at_count++] = number;
}

/* The home region comes first: what is put right there is what the others copy. Then what nobody
 * else is at; what others are at is waited for when nothing else is left. */
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
    for (size_t i = 0; !round->job->eager && i < round->count; i++) {
        round->turns[i].work.patient = true;
        if (!round->turns[i].settled)
            round_add(round, i);
    }
    round_go(round);
}

static void round_init(struct round *round, const struct region_work *common)
{
    const struct version *const version = round->job->version;
    const struct target_regions *const targets = &version->publishing_profile.target_regions;

    round->turns = mem_new(targets->count, sizeof *round->turns);
    round->at = mem_new(targets->count, sizeof *round->at);
    for (size_t i = 0; i < targets->count; i++) {
        struct region_turn *const turn = &round->turns[round->count];

        if (!ops_replicates(round->store, round->job, targets->items[i].name))
            continue;
        round->count++;
        turn->work = *common;
        turn->work.target = &targets->items[i];
        turn->is_home = text_equal(targets->items[i].name, version->location);
    }
}

static int replicate_all(struct store *store, const struct replicate_job *job,
                         const struct region_work *common, struct err *err)
{
    struct failures own = {.store = store};
    struct round round = {
        .store = store,
        .job = job,
        .failures = job->failures ? job->failures : &own,
        .err = err,
    };
    const size_t before = round.failures->count;
    int rc;

    round_init(&round, common);
    round_run(&round);
    rc = round.rc;
    if (rc == 0 && round.relied)
        rc = status_flush(store, job->ref, err);
    if (rc == 0 && job->eager && round.busy.code) {
        *err = round.busy;
        rc = E_BUSY;
    } else if (rc == 0 && round.failures->count > before)
        rc = report(job, round.failures, round.failures->count - before, round.count, err);
    else if (rc)
        failures_tell(&own);
    for (size_t i = 0; i < round.count; i++)
        region_done(&round.turns[i].work);
    free(round.turns);
    free(round.at);
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
