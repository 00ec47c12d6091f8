/* 'sig replicate': every version that references of any depth cover. */
#include "ops/replicate_many.h"

#include <stdlib.h>

#include "base/text.h"
#include "ops/region.h"
#include "ops/repair.h"
#include "ops/work.h"
#include "store/work.h"

static void add_reason(struct walk *walk, int code)
{
    walk->reason = walk->reason ? ops_worse(walk->reason, code) : code;
}

void walk_note_unreadable(void *user, enum reference_depth depth, const struct err *why)
{
    struct walk *const walk = user;

    failures_add(&walk->failures, why);
    walk->unreadable[depth]++;
    add_reason(walk, why->code);
}

void walk_note_refused(struct walk *walk, const struct err *why)
{
    failures_add(&walk->failures, why);
    walk->refused++;
    add_reason(walk, why->code);
}

/* --- which versions --- */

static bool is_same(const struct reference *one, const struct reference *other)
{
    return text_same_word(one->gallery, other->gallery) &&
           text_same_word(one->definition, other->definition) &&
           text_same_word(one->version, other->version);
}

/* What several references cover is done once, where it was met first. */
static void cover(struct walk *walk, const struct reference *ref, bool named)
{
    for (size_t i = 0; walk->request->others.count > 0 && i < walk->covered.count; i++)
        if (is_same(&walk->covered.items[i].ref, ref))
            return;
    *VEC_ADD(&walk->covered) = (struct covered){.ref = ops_reference(ref), .named = named};
}

static int each_version(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    struct walk *const walk = user;

    (void)err;
    if (walk->looks ||
        (!ops_stops(store) && (!walk->patrol || patrol_wants(walk->patrol, store, ref))))
        cover(walk, ref, false);
    return 0;
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
        .unreadable = walk_note_unreadable,
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
    if (rc == 0 && (!walk->patrol || patrol_wants(walk->patrol, walk->store, ref)))
        cover(walk, ref, true);
    return rc;
}

/* --- work that was accepted --- */

static int each_work(void *user, const struct reference *ref, struct err *err)
{
    struct walk *const walk = user;
    int rc;

    if (walk->looks)
        return 0;
    if (work_is_anothers(walk->store, ref)) {
        if (!walk->patrol)
            store_notice(walk->store,
                         "image version '%s/%s/%s' was accepted by another user, who makes it, or "
                         "root does",
                         ref->gallery, ref->definition, ref->version);
        return 0;
    }
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
    const size_t unmade = walk->unmade;
    struct gallery gallery = {0};
    int rc;

    rc = ops_authorise(walk->store, walk->looks ? ACTION_VERSION_READ : ACTION_VERSION_WRITE, ref,
                       err);
    if (rc)
        return rc;
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
    if (depth == REFERENCE_VERSION && walk->unmade > unmade) /* that says more than its absence */
        return 0;
    return depth == REFERENCE_VERSION ? one_version(walk, ref, err)
                                      : visit(walk, ref, depth + 1, err);
}

/* One that cannot be followed keeps none from the others. */
static void walk_reference(struct walk *walk, const struct reference *named)
{
    struct reference ref = ops_reference(named);
    struct err err = {0};
    enum reference_depth depth;
    int rc = reference_depth(&ref, &depth, &err);

    if (rc == 0)
        rc = walk_from(walk, &ref, depth, &err);
    if (rc)
        walk_note_refused(walk, &err);
    shape_done(&reference_shape, &ref);
}

/* --- what came of it --- */

/* "1 gallery, 2 image versions could not be read, and 1 of 3 image versions is not complete" */
static void add_summary(const struct walk *walk, struct buf *text)
{
    for (enum reference_depth depth = REFERENCE_GALLERY; depth <= REFERENCE_VERSION; depth++) {
        const size_t count = walk->unreadable[depth];

        if (count)
            buf_printf(text, "%s%zu %s", text->length ? ", " : "", count,
                       count == 1 ? reference_noun(depth) : reference_nouns(depth));
    }
    if (text->length)
        buf_printf(text, " could not be read%s",
                   walk->refused || walk->incomplete || walk->unmade ? ", and " : "");
    if (walk->refused)
        buf_printf(text, "%zu of %zu references could not be followed%s", walk->refused,
                   1 + walk->request->others.count,
                   walk->incomplete || walk->unmade ? ", and " : "");
    if (walk->unmade)
        buf_printf(text, "%zu image version%s could not be created%s", walk->unmade,
                   walk->unmade == 1 ? "" : "s", walk->incomplete ? ", and " : "");
    if (walk->incomplete)
        buf_printf(text, "%zu of %zu image versions %s not complete", walk->incomplete, walk->shown,
                   walk->incomplete == 1 ? "is" : "are");
}

/* "sig replicate prod web" */
static void add_command(const struct walk *walk, struct buf *text)
{
    const struct replicate_request *const request = walk->request;

    buf_printf(text, "sig replicate%s", request->ref.gallery ? " " : "");
    reference_add_text(text, &request->ref);
    for (size_t i = 0; i < request->others.count; i++) {
        buf_add_char(text, ' ');
        reference_add_text(text, &request->others.items[i]);
    }
}

static void add_hint(const struct walk *walk, struct err *err)
{
    const char *const hint = failures_hint(&walk->failures);
    struct buf command = {0};

    if (walk->reason == E_NOT_FOUND && !walk->incomplete && !walk->unmade)
        return; /* names that lead nowhere */
    add_command(walk, &command);
    if (walk->unmade && !walk->reason && !walk->incomplete)
        err_hint(err, "once the cause is mended, '%s' tries again; deleting the version ends that",
                 buf_text(&command));
    else if (walk->reason == E_DENIED && walk->failures.first.hint[0])
        err_hint(err, "%s", walk->failures.first.hint);
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
static int report(const struct walk *walk, struct err *err)
{
    struct buf text = {0};

    if (walk->failures.count == 1 && walk->refused == 1) {
        *err = walk->failures.first;
        return err->code;
    }
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
    add_hint(walk, err);
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

static bool is_shown_in(const struct walk *walk, const char *region)
{
    const char *const display_name = region_find(&walk->store->regions, region)->display_name;

    for (size_t i = 0; i < walk->covered.count; i++) {
        const struct covered *const covered = &walk->covered.items[i];

        if (covered->is_shown && version_target(&covered->shown, display_name))
            return true;
    }
    return false;
}

/* Whoever mistypes a region for another one would otherwise think that it is complete. */
static void note_unwanted(const struct walk *walk)
{
    for (size_t i = 0; i < walk->regions.count; i++)
        if (!is_shown_in(walk, walk->regions.items[i]))
            ops_region_note_unwanted(walk->store, walk->regions.items[i]);
}

/* Those that have been looked at, in the order in which they were found. */
static void give(struct walk *walk, struct versions *ret)
{
    for (size_t i = 0; i < walk->covered.count; i++) {
        struct covered *const covered = &walk->covered.items[i];

        if (covered->is_shown)
            *VEC_ADD(ret) = covered->shown;
        shape_done(&reference_shape, &covered->ref);
    }
    free(walk->covered.items);
}

static int go(const struct walk *how, struct versions *ret, struct err *err)
{
    const struct replicate_request *const request = how->request;
    struct store *const store = how->store;
    struct walk walk = *how;
    int rc = 0;

    walk.failures.store = store;
    walk.pace = request->limit.set ? pace_new((uint64_t)request->limit.value) : NULL;
    for (size_t i = 0; rc == 0 && i < request->regions.count; i++) {
        const char *region;

        rc = ops_region(store, request->regions.items[i], &region, err);
        if (rc == 0)
            texts_add(&walk.regions, region);
    }
    if (rc == 0 && !walk.looks && !request->ref.gallery && walk.regions.count == 0)
        take_up_repairs(store);
    if (rc == 0) {
        walk_reference(&walk, &request->ref);
        for (size_t i = 0; i < request->others.count; i++)
            walk_reference(&walk, &request->others.items[i]);
        rc = walk_do(&walk, err);
    }
    if (rc)
        failures_tell(&walk.failures);
    else if (walk.failures.count)
        rc = report(&walk, err);
    else if (!walk.patrol && !(request->retry.set && request->retry.value))
        note_unwanted(&walk);
    give(&walk, ret);
    texts_done(&walk.regions);
    pace_free(walk.pace);
    return rc;
}

int replicate_round(struct store *store, const struct replicate_request *request,
                    struct patrol *patrol, struct versions *ret, struct err *err)
{
    struct walk walk = {.store = store, .request = request, .patrol = patrol, .eager = true};
    int rc;

    ops_begin_service(store, "replicate", &request->ref);
    rc = go(&walk, ret, err);
    if (patrol && rc &&
        store->activity->bytes == 0) { /* that it fails is said once: see patrol.c */
        activity_end(store, 0, NULL, NULL);
        return rc;
    }
    return ops_end_copies(store, rc, err);
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
