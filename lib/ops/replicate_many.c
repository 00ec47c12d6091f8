/* 'sig replicate': every version that a reference of any depth covers. */
#include <stdlib.h>

#include "ops/pace.h"
#include "ops/patrol.h"
#include "ops/repair.h"
#include "ops/room.h"
#include "ops/work.h"
#include "store/work.h"

/* A version that somebody else was at, and where it belongs in the result. */
struct postponed {
    struct reference ref;
    size_t position;
};

struct walk {
    struct store *store;
    const struct replicate_request *request;
    struct patrol *patrol; /* of a service; NULL: of none */
    struct texts regions;  /* canonical */
    struct pace *pace;
    struct versions *versions;
    bool looks; /* only how far everything is */
    bool eager; /* what somebody else is at is left for later */
    struct {
        struct postponed *items;
        size_t count;
    } later;
    struct failures failures;
    struct err last; /* of the last version that is not complete */
    size_t incomplete;
    size_t unmade;                            /* versions whose recorded work failed */
    size_t unreadable[REFERENCE_VERSION + 1]; /* resources of that depth */
    int reason;                               /* for all of them, 0: there are none */
};

static void note_unreadable(void *user, enum reference_depth depth, const struct err *why)
{
    struct walk *const walk = user;

    failures_add(&walk->failures, why);
    walk->unreadable[depth]++;
    walk->reason = walk->reason ? ops_worse(walk->reason, why->code) : why->code;
}

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

/* As it is now; E_CONFLICT when it is another one by the end. */
static int replicate_once(struct walk *walk, const struct reference *ref, struct failures *failures,
                          bool *ret_asked, struct err *err)
{
    struct version version = {0};
    const struct replicate_job job = {
        .ref = ref,
        .version = &version,
        .regions = &walk->regions,
        .verify = is_set(&walk->request->verify),
        .retry = is_set(&walk->request->retry),
        .jobs = (size_t)walk->request->jobs.value,
        .pace = walk->pace,
        .eager = walk->eager,
        .failures = failures,
    };
    int rc = ops_read_version(walk->store, ref, &version, err);

    if (rc)
        return rc;
    version_fill_regions(&version);
    *ret_asked = has_a_region(walk, &job);
    if (*ret_asked)
        rc = ops_replicate(walk->store, &job, err);
    shape_done(&version_shape, &version);
    return rc;
}

/* In place of what was left out there. */
static void insert_version(struct versions *versions, size_t position,
                           const struct version *version)
{
    VEC_ADD(versions);
    for (size_t i = versions->count - 1; i > position; i--)
        versions->items[i] = versions->items[i - 1];
    versions->items[position] = *version;
}

/* Replicate it and show it. */
static int replicate_version(struct walk *walk, const struct reference *ref, size_t position,
                             struct failures *failures, struct err *err)
{
    struct version shown = {0};
    struct err partial = {0};
    bool asked = false;
    int rc;

    do {
        failures_drop(failures); /* they were those of another version */
        rc = replicate_once(walk, ref, failures, &asked, err);
    } while (rc == E_CONFLICT);
    if (rc == 0 && !asked)
        return 0;
    if (rc == E_BUSY && walk->eager) {
        *VEC_ADD(&walk->later) = (struct postponed){ops_reference(ref), position};
        return 0;
    }
    if (rc && rc != E_PARTIAL)
        return ops_cannot(err, "replicate", ref, REFERENCE_VERSION);
    if (rc == E_PARTIAL)
        partial = *err;
    rc = ops_show_version(walk->store, ref, PART_REPLICATION_STATUS, &shown, err);
    if (rc)
        return rc;
    insert_version(walk->versions, position, &shown);
    if (partial.code) {
        walk->incomplete++;
        walk->last = partial;
    }
    return 0;
}

/* What failed in a version that was deleted meanwhile is nobody's concern any more, as what failed
 * in one that was published anew. */
static int replicate_and_tell(struct walk *walk, const struct reference *ref, size_t position,
                              struct err *err)
{
    struct failures failures = {0};
    const size_t incomplete = walk->incomplete;
    const int rc = replicate_version(walk, ref, position, &failures, err);

    if (walk->patrol)
        patrol_note(walk->patrol, ref, rc == 0 && walk->incomplete == incomplete);
    if (rc == E_NOT_FOUND)
        failures_drop(&failures);
    else
        failures_move(&walk->failures, &failures);
    return rc;
}

static int look_at_version(struct walk *walk, const struct reference *ref, struct err *err)
{
    struct version shown = {0};
    const int rc = ops_show_version(walk->store, ref, PART_REPLICATION_STATUS, &shown, err);

    if (rc == 0)
        *VEC_ADD(walk->versions) = shown;
    return rc;
}

static int each_version(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    struct walk *const walk = user;

    if (walk->looks)
        return look_at_version(walk, ref, err);
    if (ops_stops(store) || (walk->patrol && !patrol_wants(walk->patrol, store, ref)))
        return 0;
    return replicate_and_tell(walk, ref, walk->versions->count, err);
}

/* What others were at is waited for when nothing else is left. */
static int wait_for_others(struct walk *walk, struct err *err)
{
    size_t inserted = 0;
    int rc = 0;

    walk->eager = false;
    for (size_t i = 0; i < walk->later.count; i++) {
        struct postponed *const version = &walk->later.items[i];
        const size_t before = walk->versions->count;

        if (rc == 0 && !ops_stops(walk->store))
            rc = replicate_and_tell(walk, &version->ref, version->position + inserted, err);
        if (rc == E_NOT_FOUND) /* it was deleted meanwhile */
            rc = 0;
        inserted += walk->versions->count - before;
        shape_done(&reference_shape, &version->ref);
    }
    free(walk->later.items);
    return rc;
}

static int visit(struct walk *walk, const struct reference *ref, enum reference_depth depth,
                 struct err *err);

static int each_definition(const struct store *store, const struct reference *ref, void *user,
                           struct err *err)
{
    (void)store;
    return visit(user, ref, REFERENCE_VERSION, err);
}

static int each_gallery(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    struct gallery gallery = {0};
    int rc = ops_read_gallery(store, ref, &gallery, err);

    shape_done(&gallery_shape, &gallery);
    return rc ? rc : visit(user, ref, REFERENCE_DEFINITION, err);
}

/* All resources of that depth, and what is inside. */
static int visit(struct walk *walk, const struct reference *ref, enum reference_depth depth,
                 struct err *err)
{
    const struct ops_visitor visitor = {
        .each = depth == REFERENCE_GALLERY      ? each_gallery
                : depth == REFERENCE_DEFINITION ? each_definition
                                                : each_version,
        .unreadable = note_unreadable,
        .user = walk,
    };

    return ops_walk(walk->store, ref, depth, &visitor, err);
}

/* One version by name: a region that is none of its targets is a mistake to be told. "latest" is
 * that of the home region: where it is complete already there is nothing to copy. */
static int one_version(struct walk *walk, struct reference *ref, struct err *err)
{
    struct version version = {0};
    int rc;

    rc = ops_resolve(walk->store, ref, NULL, err);
    if (rc == 0)
        rc = ops_read_version(walk->store, ref, &version, err);
    for (size_t i = 0; rc == 0 && i < walk->regions.count; i++)
        if (!version_target(&version, walk->regions.items[i])) {
            rc = err_set(err, E_NOT_FOUND, "region '%s' is none of its targets",
                         walk->regions.items[i]);
            err_hint(err, "'sig image-version update --target-regions' changes the targets");
            ops_cannot(err, "replicate", ref, REFERENCE_VERSION);
        }
    shape_done(&version_shape, &version);
    return rc ? rc : each_version(walk->store, ref, walk, err);
}

/* --- work that was accepted --- */

static int each_work(void *user, const struct reference *ref, struct err *err)
{
    struct walk *const walk = user;
    int rc;

    if (walk->looks)
        return 0;
    if (walk->patrol) { /* what has failed is tried again when somebody asks for it */
        ops_work_resume(walk->store, ref);
        return 0;
    }
    rc = ops_work_run(walk->store, ref, walk->store->outside.lock_wait_ms, err);

    /* What is there and not complete is looked at below. */
    if (rc == 0 || rc == E_PARTIAL)
        return 0;
    failures_add(&walk->failures, err);
    walk->unmade++;
    return 0;
}

static int walk_from(struct walk *walk, struct reference *ref, enum reference_depth depth,
                     struct err *err)
{
    struct gallery gallery = {0};
    int rc;

    if (depth == REFERENCE_NONE) {
        rc = work_each(walk->store, ref, each_work, walk, err);
        return rc ? rc : visit(walk, ref, REFERENCE_GALLERY, err);
    }
    rc = ops_check(walk->store, ref, depth, NAMING_READ, err);
    if (rc == 0)
        rc = ops_read_gallery(walk->store, ref, &gallery, err);
    shape_done(&gallery_shape, &gallery);
    if (rc == 0)
        rc = work_each(walk->store, ref, each_work, walk, err);
    if (rc)
        return rc;
    if (depth == REFERENCE_VERSION && walk->unmade) /* the failure says more than its absence */
        return 0;
    return depth == REFERENCE_VERSION ? one_version(walk, ref, err)
                                      : visit(walk, ref, depth + 1, err);
}

/* "1 gallery, 2 image versions could not be read, and 1 of 3 image versions is not complete" */
static void add_summary(const struct walk *walk, struct buf *text)
{
    for (enum reference_depth depth = REFERENCE_GALLERY; depth <= REFERENCE_VERSION; depth++) {
        const size_t count = walk->unreadable[depth];

        if (count)
            buf_printf(text, "%s%zu %s", text->length ? ", " : "", count,
                       count == 1 ? reference_noun(depth) : reference_nouns(depth));
    }
    if (walk->reason)
        buf_printf(text, " could not be read%s", walk->incomplete || walk->unmade ? ", and " : "");
    if (walk->unmade)
        buf_printf(text, "%zu image version%s could not be created%s", walk->unmade,
                   walk->unmade == 1 ? "" : "s", walk->incomplete ? ", and " : "");
    if (walk->incomplete)
        buf_printf(text, "%zu of %zu image versions %s not complete", walk->incomplete,
                   walk->versions->count, walk->incomplete == 1 ? "is" : "are");
}

/* `ref` is what was to be copied. */
static void add_hint(const struct walk *walk, const struct reference *ref, struct err *err)
{
    const char *const hint = failures_hint(&walk->failures);
    struct buf command = {0};

    buf_printf(&command, "sig replicate%s", ref->gallery ? " " : "");
    reference_add_text(&command, ref);
    if (walk->unmade && !walk->reason && !walk->incomplete)
        err_hint(err, "once the cause is mended, '%s' tries again; deleting the version ends that",
                 buf_text(&command));
    else if (walk->reason && !hint[0])
        err_hint(err, "'sig audit' says what is wrong, and what to do about it");
    else if (hint[0])
        err_hint(err, "%s; then '%s' goes on", hint, buf_text(&command));
    else
        err_hint(err, "the versions stand; once the causes are mended, '%s' copies what is missing",
                 buf_text(&command));
    buf_done(&command);
}

/* What was passed over on the way, in one error. */
static int report(const struct walk *walk, const struct reference *ref, struct err *err)
{
    struct buf text = {0};

    if (walk->incomplete == 1 && !walk->reason && !walk->unmade) {
        *err = walk->last;
        return E_PARTIAL;
    }
    if (walk->failures.count == 1) {
        *err = walk->failures.first;
    } else {
        add_summary(walk, &text);
        err_set(err,
                walk->reason   ? walk->reason
                : walk->unmade ? E_FAILED
                               : E_PARTIAL,
                "%s", buf_text(&text));
        buf_done(&text);
    }
    add_hint(walk, ref, err);
    return err->code;
}

/* What readers met damaged is mended before it is copied from. What cannot be stands in the way of
 * nothing else. */
static void take_up_repairs(struct store *store)
{
    struct err why = {0};

    if (ops_repair_queued(store, &why))
        store_notice(store, "%s", why.text);
}

static int go(const struct walk *how, struct versions *ret, struct err *err)
{
    const struct replicate_request *const request = how->request;
    struct store *const store = how->store;
    struct reference ref = ops_reference(&request->ref);
    struct walk walk = *how;
    enum reference_depth depth;
    int rc;

    walk.versions = ret;
    walk.failures.store = store;
    walk.pace = request->limit.set ? pace_new((uint64_t)request->limit.value) : NULL;
    rc = reference_depth(&ref, &depth, err);
    for (size_t i = 0; rc == 0 && i < request->regions.count; i++) {
        const char *region;

        rc = ops_region(store, request->regions.items[i], &region, err);
        if (rc == 0)
            texts_add(&walk.regions, region);
    }
    if (rc == 0 && !walk.looks && depth == REFERENCE_NONE && walk.regions.count == 0)
        take_up_repairs(store);
    if (rc == 0)
        rc = walk_from(&walk, &ref, depth, err);
    if (rc == 0)
        rc = wait_for_others(&walk, err);
    if (rc)
        failures_tell(&walk.failures);
    else if (walk.failures.count)
        rc = report(&walk, &ref, err);
    texts_done(&walk.regions);
    pace_free(walk.pace);
    shape_done(&reference_shape, &ref);
    return rc;
}

int replicate_round(struct store *store, const struct replicate_request *request,
                    struct patrol *patrol, struct versions *ret, struct err *err)
{
    struct walk walk = {.store = store, .request = request, .patrol = patrol, .eager = true};

    return go(&walk, ret, err);
}

int gal_replicate_status(struct store *store, const struct replicate_request *request,
                         struct versions *ret, struct err *err)
{
    struct walk walk = {.store = store, .request = request, .looks = true};

    return go(&walk, ret, err);
}

int gal_replicate(struct store *store, const struct replicate_request *request,
                  struct versions *ret, struct err *err)
{
    return replicate_round(store, request, NULL, ret, err);
}
