/* Resources of any depth: read with the group rule, walked, changed. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/semver.h"
#include "ops/region.h"
#include "ops/room.h"
#include "ops/trash.h"
#include "ops/work.h"
#include "store/resource.h"
#include "store/work.h"

int ops_read_gallery(const struct store *store, const struct reference *ref, struct gallery *ret,
                     struct err *err)
{
    int rc = resource_read(store, ref, REFERENCE_GALLERY, &gallery_shape, ret, NULL, err);

    if (rc == 0 && ref->resource_group &&
        !text_same_word(ref->resource_group, ret->resource_group)) {
        rc = err_set(err, E_NOT_FOUND, "gallery '%s' does not exist in resource group '%s'",
                     ref->gallery, ref->resource_group);
        err_hint(err, "it is in resource group '%s'", ret->resource_group);
        shape_done(&gallery_shape, ret);
    }
    return rc;
}

int ops_read_definition(const struct store *store, const struct reference *ref,
                        struct definition *ret, struct err *err)
{
    return resource_read(store, ref, REFERENCE_DEFINITION, &definition_shape, ret, NULL, err);
}

int ops_read_version(const struct store *store, const struct reference *ref, struct version *ret,
                     struct err *err)
{
    const int rc = resource_read(store, ref, REFERENCE_VERSION, &version_shape, ret, NULL, err);

    if (rc == E_NOT_FOUND && !ref->lent) {
        ops_work_explain(store, ref, err);
        ops_trash_explain(store, ref, err);
    }
    return rc;
}

char **ops_name_slot(struct reference *ref, enum reference_depth depth)
{
    return depth == REFERENCE_GALLERY      ? &ref->gallery
           : depth == REFERENCE_DEFINITION ? &ref->definition
                                           : &ref->version;
}

static int compare_numbers(const char *left, const char *right)
{
    struct semver a = {0};
    struct semver b = {0};

    semver_parse(left, &a, NULL);
    semver_parse(right, &b, NULL);
    return semver_compare(&a, &b);
}

/* A name beside its number, so that sorting does not read that again and again. */
struct numbered {
    struct semver number;
    char *name;
};

static int by_number(const void *left, const void *right)
{
    const struct numbered *const a = left;
    const struct numbered *const b = right;

    return semver_compare(&a->number, &b->number);
}

static void sort_by_number(struct texts *names)
{
    struct numbered *const sorted = mem_new(names->count, sizeof *sorted);

    for (size_t i = 0; i < names->count; i++) {
        sorted[i].name = names->items[i];
        semver_parse(sorted[i].name, &sorted[i].number, NULL);
    }
    qsort(sorted, names->count, sizeof *sorted, by_number);
    for (size_t i = 0; i < names->count; i++)
        names->items[i] = sorted[i].name;
    free(sorted);
}

bool ops_is_behind(const char *name, const struct page *page, enum reference_depth depth)
{
    char *token;
    bool behind;

    if (!page || !page->next_token)
        return true;
    token = text_copy(page->next_token);
    text_lower(token);
    behind = (depth == REFERENCE_VERSION ? compare_numbers(name, token) : strcmp(name, token)) > 0;
    free(token);
    return behind;
}

static bool is_full(const struct page *page, size_t count)
{
    return page && page->max_items.set && count >= (size_t)page->max_items.value;
}

int ops_walk(const struct store *store, const struct reference *ref, enum reference_depth depth,
             const struct ops_visitor *visitor, struct err *err)
{
    struct reference child = ops_reference(ref);
    struct texts names = {0};
    size_t done = 0;
    int rc;

    rc = resource_list(store, ref, depth, &names, err);
    if (rc == 0 && depth == REFERENCE_VERSION)
        sort_by_number(&names);
    for (size_t i = 0; rc == 0 && i < names.count && !is_full(visitor->page, done); i++) {
        if (!ops_is_behind(names.items[i], visitor->page, depth))
            continue;
        text_replace(ops_name_slot(&child, depth), names.items[i]);
        rc = visitor->each(store, &child, visitor->user, err);
        done += rc == 0;
        if (rc == E_CORRUPT || rc == E_UNSUPPORTED || rc == E_DENIED) {
            visitor->unreadable(visitor->user, depth, err);
            rc = 0;
        }
        if (rc == E_NOT_FOUND)
            rc = 0;
    }
    texts_done(&names);
    shape_done(&reference_shape, &child);
    return rc;
}

int ops_worse(int one, int other)
{
    return one == other ? one : E_CORRUPT;
}

void ops_note_unread(const struct store *store, struct ops_unread *unread, const struct err *why)
{
    for (size_t i = 0; i < unread->told.count; i++)
        if (text_equal(unread->told.items[i], why->text))
            return;
    texts_add(&unread->told, why->text);
    store_notice(store, "%s", why->text);
    unread->reason = unread->count++ ? ops_worse(unread->reason, why->code) : why->code;
}

int ops_tell_unread(const struct ops_unread *unread, struct err *err)
{
    if (unread->count == 0)
        return 0;
    return err_set(err, unread->reason, "%zu resource%s could not be read", unread->count,
                   unread->count == 1 ? "" : "s");
}

struct counting {
    const struct store *store;
    const struct ops_each *each;
    enum reference_depth depth;
    struct ops_gate gate;
    size_t count, unreadable;
    int reason;
};

static int count_each(const struct store *store, const struct reference *ref, void *user,
                      struct err *err)
{
    struct counting *const counting = user;

    if (counting->each->seen_only &&
        !ops_gate_lets(&counting->gate, action_read(counting->depth), ref))
        return E_NOT_FOUND; /* passed over, and no item of a page */
    counting->count++;
    return counting->each->each(store, ref, counting->each->user, err);
}

static void count_unreadable(void *user, enum reference_depth depth, const struct err *why)
{
    struct counting *const counting = user;

    (void)depth;
    store_notice(counting->store, "%s", why->text);
    counting->reason = counting->unreadable++ ? ops_worse(counting->reason, why->code) : why->code;
}

int ops_for_each(const struct store *store, const struct reference *ref, enum reference_depth depth,
                 const struct ops_each *each, struct err *err)
{
    struct counting counting = {.store = store, .each = each, .depth = depth};
    const struct ops_visitor visitor = {count_each, count_unreadable, &counting, each->page};
    int rc = each->seen_only ? ops_gate_open(store, &counting.gate, err) : 0;

    if (rc == 0)
        rc = ops_walk(store, ref, depth, &visitor, err);
    ops_gate_close(&counting.gate);
    if (rc || counting.unreadable == 0)
        return rc;
    return err_set(err, counting.reason, "%zu of %zu %s could not be read", counting.unreadable,
                   counting.count, reference_nouns(depth));
}

/* What is being created is inside as well. */
static int add_recorded(void *user, const struct reference *ref, struct err *err)
{
    struct texts *const names = user;

    (void)err;
    for (size_t i = 0; i < names->count; i++)
        if (text_equal(names->items[i], ref->version))
            return 0;
    texts_add(names, ref->version);
    return 0;
}

void ops_add_some(struct buf *out, const struct texts *names)
{
    enum { SHOWN = 5 };

    for (size_t i = 0; i < names->count && i < SHOWN; i++)
        buf_printf(out, "%s'%s'", i ? ", " : "", names->items[i]);
    if (names->count > SHOWN)
        buf_printf(out, " and %zu more", names->count - SHOWN);
}

int ops_refuse_if_not_empty(const struct store *store, const struct reference *ref,
                            enum reference_depth depth, struct err *err)
{
    struct texts names = {0};
    struct buf text = {0};
    struct err ignored = {0};
    int rc;

    rc = resource_list(store, ref, depth + 1, &names, err);
    if (rc == 0 && depth == REFERENCE_DEFINITION)
        rc = work_each(store, ref, add_recorded, &names, err);
    if (rc || names.count == 0)
        goto out;
    ops_add_some(&text, &names);
    rc = err_set(err, E_CONFLICT, "it is not empty: it has %zu %s", names.count,
                 names.count == 1 ? reference_noun(depth + 1) : reference_nouns(depth + 1));
    err_hint(err, "delete first: %s; or all of it, with --recursive%s", buf_text(&text),
             ops_check_bypass(store, ref, &ignored) == E_CONFLICT ? " --bypass-soft-delete" : "");
out:
    buf_done(&text);
    texts_done(&names);
    return rc;
}

static int check_fixed(const struct ops_change *change, const void *old, struct err *err)
{
    struct buf path = {0};
    int rc = 0;

    if (shape_fixed_difference(change->shape, old, change->given, &path)) {
        rc =
            err_set(err, E_CONFLICT, "property '%s' cannot change after creation", buf_text(&path));
        err_hint(err, "leave it out, or delete the %s and create it anew", change->shape->noun);
    }
    buf_done(&path);
    return rc;
}

int ops_apply(const struct store *store, const struct reference *ref,
              const struct ops_change *change, void *ret, bool *ret_changed, struct err *err)
{
    void *old = mem_new(1, change->shape->size);
    struct json *stored = NULL;
    bool changed = false;
    int rc;

    rc = resource_read(store, ref, change->depth, change->shape, old, &stored, err);
    if (rc)
        goto out;
    rc = check_fixed(change, old, err);
    if (rc)
        goto out;
    shape_copy(change->shape, ret, old);
    shape_merge(change->shape, ret, change->given);
    if (change->adjust)
        rc = change->adjust(store, change->user, ret, err);
    if (rc == 0 && change->edits)
        rc = edits_apply(change->edits, change->shape, ret, err);
    if (rc == 0 && change->settle)
        rc = change->settle(store, old, ret, change->given, err);
    if (rc == 0)
        rc = shape_check(change->shape, ret, err);
    changed = rc == 0 && !shape_equal(change->shape, old, ret);
    if (changed)
        rc = ops_check_unlocked(store, ref, change->depth, false, err);
    if (rc == 0 && changed)
        rc = ops_check_regions_stand(store, change->shape, ret, err);
    if (rc == 0 && changed && !change->planned)
        rc = resource_replace(store, ref, change->depth, change->shape, ret, stored, err);
    else if (rc == 0 && !change->planned)
        rc = resource_flush(store, ref, change->depth, err);
    if (rc)
        shape_done(change->shape, ret);
out:
    if (ret_changed)
        *ret_changed = changed;
    shape_done(change->shape, old);
    free(old);
    json_free(stored);
    return rc;
}
