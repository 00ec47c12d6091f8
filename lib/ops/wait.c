/* Waiting for a resource to be as somebody wants it. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "ops/room.h"
#include "ops/work.h"
#include "os/file.h"
#include "os/system.h"
#include "query/query.h"

enum {
    TIMEOUT_S = 3600, /* as the Azure CLI has it, and so the interval */
    INTERVAL_S = 30,
    FIRST_PAUSE_MS = 100, /* most of what is waited for takes seconds */
    PART_OF_WAITED = 4,   /* later this part of the time that has passed: what took a minute is
                             seen within another quarter of one */
    STALL_MS = 2000,      /* whoever copies records how far it is several times in this */
};

/* A wait on its way. */
struct watch {
    struct store *store;
    const struct wait_request *request;
    enum reference_depth depth;
    struct query *query; /* NULL: no such condition */
    const char *region;  /* canonical; NULL: all */
    struct buf last;     /* how it was at the last look: "it does not exist" */
    /* Copies are missing, and nothing says that somebody makes them. */
    bool copies_missing, took_over;
    char *stalled_at; /* the `last` that does not change any more, since then */
    uint64_t stalled_since;
};

static bool is_set(const struct opt_bool *flag)
{
    return flag->set && flag->value;
}

/* --- what a look sees --- */

static int show_gallery(struct store *store, const struct reference *ref, void *ret,
                        struct err *err)
{
    return gal_gallery_show(store, ref, ret, err);
}

static int show_definition(struct store *store, const struct reference *ref, void *ret,
                           struct err *err)
{
    return gal_definition_show(store, ref, ret, err);
}

static int show_version(struct store *store, const struct reference *ref, void *ret,
                        struct err *err)
{
    const struct version_show show = {.ref = *ref, .expand = PART_REPLICATION_STATUS};
    struct err ignored = {0};
    struct semver number;

    /* What a process was killed at is done here: nobody else will. */
    if (store->root != FILE_NONE && semver_parse(ref->version, &number, &ignored) == 0)
        ops_work_resume(store, ref);
    return gal_version_show(store, &show, ret, err);
}

struct watched {
    const struct shape *shape;
    int (*show)(struct store *store, const struct reference *ref, void *ret, struct err *err);
};

static const struct watched kinds[] = {
    [REFERENCE_GALLERY] = {&gallery_shape, show_gallery},
    [REFERENCE_DEFINITION] = {&definition_shape, show_definition},
    [REFERENCE_VERSION] = {&version_shape, show_version},
};

/* A store that was not there may have been made since. */
static void no_notice(void *user, const char *text)
{
    (void)user;
    (void)text;
}

static int find_store(struct store *store, struct err *err)
{
    void (*const notice)(void *, const char *) = store->outside.notice;
    int rc;

    if (store->root != FILE_NONE)
        return 0;
    store_close(store);
    store->outside.notice = no_notice;
    rc = store_open(store, store->context->store_path, STORE_READ, err);
    store->outside.notice = notice;
    return rc;
}

/* --- copies --- */

/* The status of a target region; a view has display names. */
static bool is_in(const struct store *store, const struct region_status *status, const char *region)
{
    const struct region_row *const row = region_find(&store->regions, status->region);

    return !region || (row && text_equal(row->name, region));
}

static int say_region_failed(const struct watch *watch, const struct region_status *status,
                             struct err *err)
{
    struct buf name = {0};

    reference_add_text(&name, &watch->request->ref);
    err_set(err, E_PARTIAL, "copying to region '%s' has failed: %s", status->region,
            status->details ? status->details : "nobody knows why");
    err_hint(err, "once the cause is mended, 'sig replicate %s' goes on", buf_text(&name));
    buf_done(&name);
    return E_PARTIAL;
}

/* Whether as many copies as are wanted by now are complete; how far they are goes to `last`. */
static bool is_complete(struct watch *watch, const struct version *version,
                        const struct region_status *status)
{
    const struct target_region *const target = version_target(version, status->region);
    const int64_t wanted = target ? target->regional_replica_count.value : 0;
    const int64_t done = status->replica_count.set ? status->replica_count.value : 0;

    buf_clear(&watch->last);
    if (status->state != REPLICATION_COMPLETED)
        buf_printf(&watch->last, "region '%s' is %s, %lld %%", status->region,
                   choice_word(&replication_state_choices, status->state),
                   (long long)status->progress.value);
    else
        buf_printf(&watch->last, "region '%s' has %lld of %lld copies", status->region,
                   (long long)done, (long long)wanted);
    return status->state == REPLICATION_COMPLETED && done >= wanted;
}

/* While somebody is at it, what failed before may still be done. */
static int judge_copies(struct watch *watch, const struct version *version, unsigned state,
                        bool *ret_done, struct err *err)
{
    const struct region_statuses *const summary = &version->replication_status.summary;
    size_t found = 0;

    for (size_t i = 0; i < summary->count; i++) {
        const struct region_status *const status = &summary->items[i];

        if (!is_in(watch->store, status, watch->region))
            continue;
        found++;
        if (status->state == REPLICATION_FAILED && state == STATE_SUCCEEDED)
            return say_region_failed(watch, status, err);
        watch->copies_missing = state == STATE_SUCCEEDED;
        if (!is_complete(watch, version, status))
            return 0;
    }
    if (found == 0)
        return err_set(err, E_NOT_FOUND, "region '%s' is none of its targets",
                       watch->region ? watch->region : "");
    *ret_done = true;
    return 0;
}

/* --- a look --- */

static int judge_custom(struct watch *watch, const struct shape *shape, const void *value,
                        bool *ret_done, struct err *err)
{
    struct json *const view = shape_write(shape, value, SHAPE_VIEW);
    struct json *result = NULL;
    const int rc = query_run(watch->query, view, &result, err);

    if (rc == 0)
        *ret_done = query_holds(result);
    if (rc == 0 && !*ret_done)
        buf_printf(&watch->last, ", and '%s' does not hold", watch->request->until.custom);
    json_free(result);
    json_free(view);
    return rc;
}

static unsigned state_of(const struct shape *shape, const void *value)
{
    const struct row *const row = shape_row(shape, "provisioningState");

    return *(const unsigned *)row_value(row, value);
}

/* That it has failed keeps nobody from deleting it. */
static bool waits_for_nothing_else(const struct watch *watch)
{
    const struct wait_conditions *const until = &watch->request->until;

    return is_set(&until->deleted) && !is_set(&until->created) && !is_set(&until->updated) &&
           !until->custom && !is_set(&watch->request->replicated);
}

static int say_failed(const struct watch *watch, const void *value, struct err *err)
{
    const struct version *const version = watch->depth == REFERENCE_VERSION ? value : NULL;
    const char *const why = version ? version->replication_status.details : NULL;
    struct buf name = {0};

    reference_add_text(&name, &watch->request->ref);
    err_set(err, E_FAILED, "it has failed: %s", why ? why : "nobody knows why");
    err_hint(err, "once the cause is mended, 'sig replicate %s' tries again; or delete it",
             buf_text(&name));
    buf_done(&name);
    return E_FAILED;
}

/* It is there: is it as wanted? */
static int judge(struct watch *watch, const void *value, bool *ret_done, struct err *err)
{
    const struct wait_conditions *const until = &watch->request->until;
    const struct shape *const shape = kinds[watch->depth].shape;
    const unsigned state = state_of(shape, value);
    int rc = 0;

    watch->copies_missing = false;
    buf_clear(&watch->last);
    buf_printf(&watch->last, "its state is %s", choice_word(&provisioning_state_choices, state));
    *ret_done = is_set(&until->exists) ||
                (state == STATE_SUCCEEDED && (is_set(&until->created) || is_set(&until->updated)));
    if (rc == 0 && !*ret_done && watch->query)
        rc = judge_custom(watch, shape, value, ret_done, err);
    if (rc == 0 && !*ret_done && is_set(&watch->request->replicated) && state != STATE_CREATING &&
        state != STATE_FAILED)
        rc = judge_copies(watch, value, state, ret_done, err);
    if (rc == 0 && !*ret_done && state == STATE_FAILED && !waits_for_nothing_else(watch))
        rc = say_failed(watch, value, err);
    return rc;
}

static int judge_absent(struct watch *watch, bool *ret_done, struct err *err)
{
    const struct wait_conditions *const until = &watch->request->until;

    *ret_done = is_set(&until->deleted);
    if (!*ret_done && !is_set(&until->created) && !is_set(&until->exists) && !watch->query)
        return err->code;
    buf_clear(&watch->last);
    buf_add_text(&watch->last, "it does not exist");
    return 0;
}

static int look(struct watch *watch, bool *ret_done, struct err *err)
{
    const struct watched *const kind = &kinds[watch->depth];
    void *const value = mem_new(1, kind->shape->size);
    int rc = find_store(watch->store, err);

    if (rc == 0)
        rc = kind->show(watch->store, &watch->request->ref, value, err);
    if (rc == 0)
        rc = judge(watch, value, ret_done, err);
    else if (rc == E_NOT_FOUND)
        rc = judge_absent(watch, ret_done, err);
    shape_done(kind->shape, value);
    free(value);
    return rc;
}

/* --- between the looks --- */

static uint64_t milliseconds(const struct opt_int *seconds, int64_t otherwise)
{
    return (uint64_t)(seconds->set ? seconds->value : otherwise) * 1000;
}

static uint64_t least(uint64_t left, uint64_t right)
{
    return left < right ? left : right;
}

/* Whoever was copying may have been killed. When nothing has moved for a while it is done here:
 * replicas that somebody fills all the same are locked, so that nothing is copied twice. */
static void take_over(struct watch *watch, uint64_t waited)
{
    struct replicate_request request = {.ref = watch->request->ref};
    struct versions versions = {0};
    struct err ignored = {0}; /* the next look sees what came of it */

    if (!watch->copies_missing || watch->took_over)
        return;
    if (!text_equal(watch->stalled_at, buf_text(&watch->last))) {
        text_replace(&watch->stalled_at, buf_text(&watch->last));
        watch->stalled_since = waited;
    }
    /* A store that is read only must not be changed when it is of a newer release. */
    if (waited - watch->stalled_since < STALL_MS || watch->store->info.required_features.count > 0)
        return;
    watch->took_over = true;
    if (watch->region)
        texts_add(&request.regions, watch->region);
    gal_replicate(watch->store, &request, &versions, &ignored);
    texts_done(&request.regions);
    list_done(&versions, &version_shape);
}

/* Time is what was slept: whatever a look has to do itself is no waiting. */
static int watch_until(struct watch *watch, struct err *err)
{
    const uint64_t interval = milliseconds(&watch->request->until.interval, INTERVAL_S);
    const uint64_t timeout = milliseconds(&watch->request->until.timeout, TIMEOUT_S);
    uint64_t waited = 0;
    bool done = false;
    int rc = look(watch, &done, err);

    while (rc == 0 && !done && waited < timeout) {
        const uint64_t growing = waited / PART_OF_WAITED;
        const uint64_t span = growing > FIRST_PAUSE_MS ? growing : FIRST_PAUSE_MS;
        const uint64_t part = least(least(span, interval), timeout - waited);

        ops_sleep(watch->store, part);
        waited += part;
        take_over(watch, waited);
        rc = look(watch, &done, err);
    }
    if (rc || done)
        return rc;
    return err_set(err, E_TIMED_OUT, "after %llu second%s %s", (unsigned long long)timeout / 1000,
                   timeout == 1000 ? "" : "s", buf_text(&watch->last));
}

/* --- the verb --- */

static int refuse_none(const struct watch *watch, struct err *err)
{
    err_set(err, E_USAGE, "no condition is given");
    return err_hint(err, "--created, --updated, --deleted, --exists or --custom JMESPATH%s",
                    watch->depth == REFERENCE_VERSION ? "; or --replicated" : "");
}

static int prepare(struct watch *watch, struct err *err)
{
    const struct wait_request *const request = watch->request;
    const struct wait_conditions *const until = &request->until;
    int rc = reference_depth(&request->ref, &watch->depth, err);

    if (rc == 0 && watch->depth == REFERENCE_NONE)
        watch->depth = REFERENCE_GALLERY; /* ops_check says what is missing */
    if (rc == 0)
        rc = ops_enter(watch->store, action_read(watch->depth), &request->ref, NAMING_READ, err);
    if (rc == 0 && !is_set(&until->created) && !is_set(&until->updated) &&
        !is_set(&until->deleted) && !is_set(&until->exists) && !until->custom &&
        !is_set(&request->replicated))
        rc = refuse_none(watch, err);
    if (rc == 0 && watch->depth != REFERENCE_VERSION && is_set(&request->replicated))
        rc = err_set(err, E_USAGE, "only image versions are replicated");
    if (rc == 0 && request->region && !is_set(&request->replicated)) {
        err_set(err, E_USAGE, "a region is given without --replicated");
        rc = err_hint(err, "--replicated --region %s waits for the copies there", request->region);
    }
    if (rc == 0)
        rc = ops_region(watch->store, request->region, &watch->region, err);
    if (rc == 0 && until->custom)
        rc = query_parse(until->custom, &watch->query, err);
    return rc;
}

int gal_wait(struct store *store, const struct wait_request *request, struct err *err)
{
    struct watch watch = {.store = store, .request = request};
    int rc = prepare(&watch, err);

    if (rc == 0) {
        rc = watch_until(&watch, err);
        if (rc)
            ops_cannot(err, "wait for", &request->ref, watch.depth);
    }
    query_free(watch.query);
    buf_done(&watch.last);
    free(watch.stalled_at);
    return rc;
}
