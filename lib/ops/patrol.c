/* 'sig replicate --watch': rounds over the versions until it is enough. */
#include "ops/patrol.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/room.h"
#include "os/system.h"
#include "store/status.h"

#define NANOSECONDS UINT64_C(1000000000)

enum {
    DELAYS_MAX = 16,       /* doublings: more than the longest delay in any case */
    LONGEST_DELAY_S = 600, /* whoever mended the cause waits for that to be seen */
};

static char *name_of(const struct reference *ref)
{
    struct buf name = {0};

    reference_add_text(&name, ref);
    return buf_take(&name);
}

static struct patrol_failure *find(const struct patrol *patrol, const char *name)
{
    for (size_t i = 0; i < patrol->failures.count; i++)
        if (text_equal(patrol->failures.items[i].name, name))
            return &patrol->failures.items[i];
    return NULL;
}

static bool is_delayed(const struct patrol *patrol, const struct reference *ref)
{
    char *const name = name_of(ref);
    const struct patrol_failure *const failure = find(patrol, name);

    free(name);
    return failure && system_ticks() < failure->not_yet;
}

static bool is_complete(const struct store *store, const struct reference *ref,
                        const struct target_region *target)
{
    struct region_status status = {0};
    struct err ignored = {0};
    bool complete = false;

    if (status_load(store, ref, target->name, &status, &ignored) == 0)
        complete = status.state == REPLICATION_COMPLETED && status.replica_count.set &&
                   status.replica_count.value >= target->regional_replica_count.value;
    shape_done(&region_status_shape, &status);
    return complete;
}

bool patrol_wants(const struct patrol *patrol, const struct store *store,
                  const struct reference *ref)
{
    struct version version = {0};
    struct err ignored = {0};
    bool wanted = !patrol->has_looked;

    if (is_delayed(patrol, ref))
        return false;
    /* What cannot be read is told by who replicates it. */
    if (!wanted && ops_read_version(store, ref, &version, &ignored) == 0) {
        const struct target_regions *const targets = &version.publishing_profile.target_regions;

        version_fill_regions(&version);
        for (size_t i = 0; !wanted && i < targets->count; i++)
            wanted = !is_complete(store, ref, &targets->items[i]);
        shape_done(&version_shape, &version);
    }
    return wanted;
}

void patrol_note(struct patrol *patrol, const struct reference *ref, bool complete)
{
    char *name = name_of(ref);
    struct patrol_failure *failure = find(patrol, name);
    uint64_t delay_s;

    if (complete && failure) {
        free(failure->name);
        *failure = patrol->failures.items[--patrol->failures.count];
    } else if (!complete) {
        if (!failure) {
            failure = VEC_ADD(&patrol->failures);
            failure->name = name;
            name = NULL;
        }
        delay_s = (uint64_t)patrol->interval_s << number_smaller(failure->times++, DELAYS_MAX);
        failure->not_yet = system_ticks() + number_smaller(delay_s, LONGEST_DELAY_S) * NANOSECONDS;
    }
    free(name);
}

void patrol_done(struct patrol *patrol)
{
    for (size_t i = 0; i < patrol->failures.count; i++)
        free(patrol->failures.items[i].name);
    free(patrol->failures.items);
    *patrol = (struct patrol){0};
}

/* With a store handle of its own: what was configured, mounted and made since the last one is seen.
 */
static int look(const struct context *context, const struct replicate_request *request,
                struct patrol *patrol, struct err *err)
{
    struct versions versions = {0};
    struct store *store = NULL;
    int rc = gal_open(context, GAL_CHANGE, &store, err);

    if (rc == 0) {
        rc = replicate_round(store, request, patrol, &versions, err);
        patrol->has_looked = patrol->has_looked || rc == 0 || rc == E_PARTIAL;
    }
    list_done(&versions, &version_shape);
    gal_close(store);
    return rc;
}

/* What was said is not said again as long as nothing else is wrong. */
static void tell(const struct store *outside, char **said, const struct err *err)
{
    if (!text_equal(*said, err->text))
        store_notice(outside, "%s", err->text);
    text_replace(said, err->code ? err->text : NULL);
}

int gal_replicate_watch(const struct context *context, const struct replicate_request *request,
                        unsigned interval_s, struct err *err)
{
    struct patrol patrol = {.interval_s = interval_s};
    struct store *store = NULL;
    char *said = NULL;
    int rc = gal_open(context, GAL_CHANGE, &store, err);

    if (rc == 0) /* who may not at the beginning waits for nothing */
        rc = ops_authorise(store, ACTION_VERSION_WRITE, &request->ref, err);
    for (size_t i = 0; rc == 0 && i < request->others.count; i++)
        rc = ops_authorise(store, ACTION_VERSION_WRITE, &request->others.items[i], err);
    while (rc == 0 && !ops_stops(store)) {
        struct err why = {0};

        if (look(context, request, &patrol, &why))
            tell(store, &said, &why);
        ops_sleep(store, (uint64_t)interval_s * 1000);
    }
    gal_close(store);
    patrol_done(&patrol);
    free(said);
    return rc;
}
