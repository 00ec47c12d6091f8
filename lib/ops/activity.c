/* What is done to the store is written down: store/activity.h. */
#include "store/activity.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/scope.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/resource.h"

/* --- around what is done --- */

static char *resource_of(const struct reference *ref)
{
    struct buf text = {0};

    if (!ref || !ref->gallery)
        return text_copy(SCOPE_STORE);
    reference_add_text(&text, ref);
    return buf_take(&text);
}

/* What is to be made is in the group that is named. */
static void note_group(const struct store *store, const struct reference *ref)
{
    const struct reference own = {.gallery = ref->gallery};
    struct gallery gallery = {0};
    struct err ignored = {0};
    const char *group = ref->resource_group ? ref->resource_group : GROUP_DEFAULT;

    if (reference_check(&own, &ignored) == 0 &&
        ops_read_gallery(store, &own, &gallery, &ignored) == 0)
        group = gallery.resource_group;
    text_replace(&store->activity->entry.resource_group_name, group);
    shape_done(&gallery_shape, &gallery);
}

static void begin_and_settle(struct store *store, const char *operation,
                             const struct reference *ref, const char *correlation)
{
    char *const resource = resource_of(ref);
    struct err ignored = {0};

    activity_settle(store, &ignored); /* else the next change does, or says why it cannot */
    activity_begin(store, operation, resource, correlation);
    if (ref && ref->gallery)
        note_group(store, ref);
    free(resource);
}

void ops_begin_as(struct store *store, enum action action, const struct reference *ref,
                  const char *correlation)
{
    begin_and_settle(store, action_name(action), ref, correlation);
}

/* To be released with free. */
static char *service_action(const char *verb)
{
    return text_printf("Microsoft.Compute/galleries/images/versions/%s/action", verb);
}

void ops_begin_service(struct store *store, const char *verb, const struct reference *ref)
{
    char *const operation =
        text_printf("Microsoft.Compute/galleries/images/versions/%s/action", verb);

    begin_and_settle(store, operation, ref, NULL);
    free(operation);
}

/* What never began: a slip of the keyboard is nobody's attempt. */
static int refuse(struct store *store, int rc, struct err *err)
{
    if (rc == E_USAGE || rc == E_INVALID)
        activity_end(store, 0, NULL, NULL);
    else
        rc = ops_end(store, rc, err);
    return rc;
}

int ops_begin(struct store *store, enum action action, const struct reference *ref,
              enum naming naming, struct err *err)
{
    int rc;

    ops_begin_as(store, action, ref, NULL);
    rc = ops_enter(store, action, ref, naming, err);
    return rc ? refuse(store, rc, err) : 0;
}

int ops_begin_part(struct store *store, enum action action, const struct reference *ref,
                   struct err *err)
{
    int rc;

    ops_begin_as(store, action, ref, NULL);
    rc = ops_authorise(store, action, ref, err);
    return rc ? refuse(store, rc, err) : 0;
}

void ops_name_part(const struct store *store, const struct reference *ref, const char *scope)
{
    activity_name(store, scope);
    if (store->activity && ref->gallery)
        note_group(store, ref);
}

void ops_name_region(const struct store *store, const char *name)
{
    char *const resource = text_printf("/regions/%s", name);

    activity_name(store, resource);
    free(resource);
}

static enum activity_status status_of(const struct activity *activity, int rc)
{
    if (rc == 0)
        return activity->changed ? ACTIVITY_SUCCEEDED : activity->accepted ? ACTIVITY_ACCEPTED : 0;
    if (rc == E_USAGE)
        return 0;
    return rc == E_PARTIAL || activity->changed ? ACTIVITY_PARTIAL : ACTIVITY_FAILED;
}

int ops_end(struct store *store, int rc, struct err *err)
{
    const enum activity_status status = status_of(store->activity, rc);
    const bool kept = store->activity->intent != NULL;
    struct err why = {0};

    if (activity_end(store, status, rc ? err : NULL, &why) == 0 || rc)
        return rc;
    if (kept) { /* whoever changes something next appends it */
        store_notice(store, "the entry in the activity log is not written yet: %s", why.text);
        return 0;
    }
    *err = why;
    err->code = E_PARTIAL;
    return err_wrap(err, "it is done, but not written into the activity log");
}

int ops_end_copies(struct store *store, int rc, struct err *err)
{
    struct activity *const activity = store->activity;

    if (!activity->changed && (activity->bytes > 0 || rc == E_PARTIAL)) {
        char *const operation = service_action("replicate");

        text_replace(&activity->entry.operation_name.value, operation);
        free(operation);
    }
    if (activity->bytes > 0)
        activity_note(store);
    return ops_end(store, rc, err);
}

/* --- the list --- */

struct listing {
    const struct store *store;
    const struct activity_request *request;
    int64_t since, until;
    struct reference ref;
    char *scope; /* NULL: all */
    struct ops_gate gate;
    struct found {
        struct activity_entry *items;
        size_t count;
    } found; /* in the order of the log */
    size_t damaged;
};

/* What has deleted what it was in has deleted it. */
static bool is_about(const struct listing *listing, const struct activity_entry *entry)
{
    const char *const group = listing->ref.resource_group;

    if (group && !text_same_word(group, entry->resource_group_name))
        return false;
    return !listing->scope || scope_is_in(entry->resource, listing->scope) ||
           (scope_is_in(listing->scope, entry->resource) &&
            text_ends(entry->operation_name.value, "/delete") &&
            !text_starts(entry->operation_name.value, "Microsoft.Authorization/") &&
            entry->status.value != ACTIVITY_FAILED);
}

/* The whole name or a word in it, in any case. */
static bool is_operation(const char *asked, const char *name)
{
    for (; *name; name++)
        if (text_starts_word(name, asked))
            return true;
    return false;
}

static bool is_own(const struct listing *listing, const struct activity_entry *entry)
{
    return text_equal(listing->gate.caller.user, entry->caller);
}

static bool is_wanted(const struct listing *listing, const struct activity_entry *entry)
{
    const struct activity_request *const request = listing->request;
    const int64_t time = entry->event_timestamp.value;

    return time >= listing->since && time <= listing->until && is_about(listing, entry) &&
           (!request->caller || text_equal(request->caller, entry->caller)) &&
           (!request->operation || is_operation(request->operation, entry->operation_name.value)) &&
           (!request->status || request->status == entry->status.value) &&
           (!request->correlation_id ||
            text_same_word(request->correlation_id, entry->correlation_id)) &&
           (is_own(listing, entry) ||
            ops_gate_lets_scope(&listing->gate, ACTION_ACTIVITY_READ, entry->resource));
}

static void add(void *user, struct activity_entry *entry)
{
    struct listing *const listing = user;

    if (!is_wanted(listing, entry))
        return;
    *VEC_ADD(&listing->found) = *entry;
    *entry = (struct activity_entry){0};
}

static void tell_damage(void *user, const char *path, uint64_t line, const struct err *why)
{
    struct listing *const listing = user;

    listing->damaged++;
    if (line > 0)
        store_notice(listing->store, "line %llu of '%s' is damaged: %s", (unsigned long long)line,
                     path, why->text);
    else
        store_notice(listing->store, "%s", why->text);
}

/* An entry and its place in the log. */
struct placed {
    const struct activity_entry *entry;
    size_t place;
};

/* By the time at which they were begun, and of one time by the log: what one command did stays
 * together. */
static int newest_first(const void *left, const void *right)
{
    const struct placed *const one = left, *const other = right;
    const int64_t a = one->entry->event_timestamp.value, b = other->entry->event_timestamp.value;

    if (a != b)
        return a < b ? 1 : -1;
    return one->place < other->place ? 1 : -1;
}

static char *id_of(const struct listing *listing, const struct activity_entry *entry)
{
    struct reference ref = {0};
    struct err ignored = {0};
    struct buf id = {0};

    if (entry->resource[0] != '/' && reference_parse(entry->resource, &ref, &ignored) == 0)
        text_replace(&ref.resource_group,
                     entry->resource_group_name ? entry->resource_group_name : GROUP_DEFAULT);
    reference_add_id(&id, listing->store->info.store_id, &ref);
    shape_done(&reference_shape, &ref);
    return buf_take(&id);
}

/* No more than so many; the others are released. */
static void give(struct listing *listing, size_t most, struct activity_entries *ret)
{
    const bool sees_all = ops_gate_lets_scope(&listing->gate, ACTION_ACTIVITY_READ, SCOPE_STORE);
    const size_t count = listing->found.count;
    struct placed *const placed = mem_new(count, sizeof *placed);

    for (size_t i = 0; i < count; i++)
        placed[i] = (struct placed){&listing->found.items[i], i};
    qsort(placed, count, sizeof *placed, newest_first);
    for (size_t i = 0; i < count; i++) {
        struct activity_entry *const entry = &listing->found.items[placed[i].place];

        if (i >= most) {
            shape_done(&activity_entry_shape, entry);
            continue;
        }
        entry->resource_id = id_of(listing, entry);
        activity_settle_names(entry);
        if (!sees_all && !is_own(listing, entry)) /* it may name what is elsewhere */
            text_replace(&entry->description, NULL);
        *VEC_ADD(ret) = *entry;
    }
    free(placed);
    free(listing->found.items);
}

/* A gallery that is there is in its group; of one that is gone the entries say it. */
static int check_group(const struct listing *listing, struct err *err)
{
    struct gallery gallery = {0};
    bool there = false;
    int rc = resource_exists(listing->store, &listing->ref, REFERENCE_GALLERY, &there, err);

    if (rc == 0 && there)
        rc = ops_read_gallery(listing->store, &listing->ref, &gallery, err);
    shape_done(&gallery_shape, &gallery);
    return rc;
}

static int prepare(struct listing *listing, struct err *err)
{
    const struct activity_request *const request = listing->request;
    const int64_t now = store_now(listing->store);
    enum reference_depth depth = REFERENCE_NONE;
    int rc = 0;

    listing->ref = ops_reference(&request->ref);
    if (request->resource)
        rc = reference_parse(request->resource, &listing->ref, err);
    if (rc == 0)
        rc = reference_depth(&listing->ref, &depth, err);
    if (rc == 0 && request->offset.set && request->start_time.set && request->end_time.set)
        rc = err_set(err, E_USAGE, "--offset says where a span ends or begins, and both are given");
    listing->until = request->end_time.set ? request->end_time.value : INT64_MAX;
    listing->since = request->start_time.set ? request->start_time.value : INT64_MIN;
    if (request->offset.set && request->start_time.set)
        listing->until = request->start_time.value + request->offset.value;
    else if (request->offset.set)
        listing->since =
            (request->end_time.set ? request->end_time.value : now) - request->offset.value;
    if (rc == 0 && listing->since > listing->until)
        rc = err_set(err, E_USAGE, "the time span ends before it begins");
    if (rc == 0 && depth != REFERENCE_NONE) {
        rc = reference_check(&listing->ref, err);
        listing->scope = scope_of(&listing->ref, depth);
    }
    if (rc == 0 && listing->ref.resource_group && depth != REFERENCE_NONE)
        rc = check_group(listing, err);
    return rc ? rc : ops_gate_open(listing->store, &listing->gate, err);
}

int gal_activity_list(struct store *store, const struct activity_request *request,
                      struct activity_entries *ret, struct err *err)
{
    struct listing listing = {.store = store, .request = request};
    const struct activity_visitor visitor = {add, tell_damage, &listing};
    const size_t most = request->max_events.set ? (size_t)request->max_events.value : SIZE_MAX;
    int rc = prepare(&listing, err);

    if (rc == 0)
        rc = activity_read(store, listing.since, &visitor, err);
    give(&listing, rc ? 0 : most, ret);
    ops_gate_close(&listing.gate);
    free(listing.scope);
    shape_done(&reference_shape, &listing.ref);
    if (rc || listing.damaged == 0)
        return rc;
    err_set(err, E_CORRUPT, "%zu place%s of the activity log could not be read", listing.damaged,
            listing.damaged == 1 ? "" : "s");
    return err_hint(err,
                    "entries are never written again: restore that file from a backup, or take "
                    "the damaged lines out");
}
