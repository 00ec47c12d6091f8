/* Versions that were soft-deleted: listed, brought back, removed for good. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/version_name.h"
#include "ops/region.h"
#include "ops/trash.h"
#include "os/file.h"
#include "store/resource.h"

#define SOFT_DELETED_TYPE "Microsoft.Compute/galleries/softDeletedArtifactTypes/artifacts/versions"

/* --- list --- */

struct references_found {
    struct reference *items;
    size_t count;
};

struct listing {
    const struct store *store;
    const struct reference *part;
    const struct reference *behind; /* the last of the page before, or NULL */
    struct ops_gate gate;
    struct references_found found;
    struct soft_deleted_list *list;
    struct ops_unread unread;
};

static int compare(const struct reference *left, const struct reference *right)
{
    struct semver a = {0}, b = {0};
    int order = strcmp(left->gallery, right->gallery);

    if (order == 0)
        order = strcmp(left->definition, right->definition);
    if (order)
        return order;
    semver_parse(left->version, &a, NULL);
    semver_parse(right->version, &b, NULL);
    return semver_compare(&a, &b);
}

static int by_name(const void *left, const void *right)
{
    return compare(left, right);
}

static int find(void *user, const struct reference *ref, struct err *err)
{
    struct listing *const listing = user;
    bool inside = false;

    if ((listing->behind && compare(ref, listing->behind) <= 0) ||
        !ops_gate_lets(&listing->gate, ACTION_VERSION_READ, ref))
        return 0;
    if (ops_trash_is_in_group(listing->store, ref, listing->part, &inside, err))
        ops_note_unread(listing->store, &listing->unread, err);
    else if (inside)
        *VEC_ADD(&listing->found) = ops_reference(ref);
    return 0;
}

/* Names as they are spelled, as far as those who have them are left. */
static void spell(const struct store *store, const struct reference *ref, struct reference *ret)
{
    struct gallery gallery = {0};
    struct definition definition = {0};
    struct err ignored = {0};

    *ret = ops_reference(ref);
    if (ops_read_gallery(store, ref, &gallery, &ignored) == 0) {
        text_replace(&ret->gallery, gallery.name);
        text_replace(&ret->resource_group, gallery.resource_group);
    }
    if (ops_read_definition(store, ref, &definition, &ignored) == 0)
        text_replace(&ret->definition, definition.name);
    shape_done(&gallery_shape, &gallery);
    shape_done(&definition_shape, &definition);
}

static void view(const struct store *store, const struct reference *ref,
                 const struct version *version, struct soft_deleted *ret)
{
    struct reference spelled = {0};
    struct buf id = {0}, was = {0}, name = {0};

    spell(store, ref, &spelled);
    soft_deleted_add_id(&id, store->info.store_id, &spelled);
    reference_add_id(&was, store->info.store_id, &spelled);
    reference_add_text(&name, &spelled);
    ret->id = buf_take(&id);
    ret->image_version = buf_take(&name);
    ret->resource_arm_id = buf_take(&was);
    ret->type = text_copy(SOFT_DELETED_TYPE);
    ret->resource_group = text_copy(spelled.resource_group);
    ret->location = text_copy(version->location);
    ret->soft_deleted_artifact_type = ARTIFACT_IMAGES;
    shape_done(&reference_shape, &spelled);
}

static int add_one(struct listing *listing, const struct reference *ref, struct err *err)
{
    struct soft_deleted record = {0};
    struct version version = {0};
    int rc = trash_read(listing->store, ref, &record, err);

    if (rc == 0)
        rc = ops_read_version(listing->store, ref, &version, err);
    if (rc == 0) {
        view(listing->store, ref, &version, &record);
        *VEC_ADD(listing->list) = record;
        record = (struct soft_deleted){0};
    }
    shape_done(&soft_deleted_shape, &record);
    shape_done(&version_shape, &version);
    if (rc == E_CORRUPT || rc == E_UNSUPPORTED || rc == E_DENIED) {
        ops_note_unread(listing->store, &listing->unread, err);
        rc = 0;
    }
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int add_all(struct listing *listing, const struct page *page, struct err *err)
{
    int rc = 0;

    if (listing->found.count > 0)
        qsort(listing->found.items, listing->found.count, sizeof *listing->found.items, by_name);
    for (size_t i = 0; rc == 0 && i < listing->found.count; i++)
        if (!page->max_items.set || listing->list->count < (size_t)page->max_items.value)
            rc = add_one(listing, &listing->found.items[i], err);
    return rc ? rc : ops_tell_unread(&listing->unread, err);
}

/* The version that the page is to begin behind: a number in the definition, or all of a name. */
static int read_token(const struct reference *ref, const char *token, struct reference *ret,
                      struct err *err)
{
    struct err ignored = {0};
    int rc = 0;

    if (ref->definition && semver_check(&token, &ignored) == 0) {
        *ret = ops_reference(ref);
        text_replace(&ret->version, token);
    } else {
        rc = reference_parse(token, ret, err);
    }
    if (rc == 0)
        rc = reference_check(ret, err);
    if (rc == 0 && (!ret->version || semver_check(&ret->version, &ignored)))
        rc = err_set(err, E_INVALID, "'%s' names no image version", token);
    if (rc == 0) {
        text_lower(ret->gallery);
        text_lower(ret->definition);
    }
    return rc;
}

/* Nothing, a gallery or a definition, which is there. */
static int check_part(struct store *store, struct reference *ref, enum action action,
                      struct err *err)
{
    enum reference_depth depth = REFERENCE_NONE;
    int rc = ops_authorise_list(store, action, ref, err);

    return rc ? rc : ops_find_part(store, ref, &depth, err);
}

int gal_version_list_soft_deleted(struct store *store, const struct list_request *request,
                                  struct soft_deleted_list *ret, struct err *err)
{
    struct reference ref = ops_reference(&request->ref);
    struct reference behind = {0};
    struct listing listing = {.store = store, .part = &ref, .list = ret};
    int rc = check_part(store, &ref, ACTION_VERSION_READ, err);

    if (rc == 0 && request->page.next_token) {
        rc = read_token(&ref, request->page.next_token, &behind, err);
        listing.behind = &behind;
    }
    if (rc == 0)
        rc = ops_gate_open(store, &listing.gate, err);
    if (rc == 0)
        rc = trash_each(store, &ref, find, &listing, err);
    if (rc == 0)
        rc = add_all(&listing, &request->page, err);
    ops_gate_close(&listing.gate);
    texts_done(&listing.unread.told);
    list_done(&listing.found, &reference_shape);
    shape_done(&reference_shape, &behind);
    shape_done(&reference_shape, &ref);
    return rc;
}

/* --- undelete --- */

static int refuse_off(const struct reference *ref, struct err *err)
{
    err_set(err, E_INVALID, "soft delete is off in gallery '%s'", ref->gallery);
    return err_hint(err, "'sig gallery update %s --soft-delete true' turns it on again",
                    ref->gallery);
}

/* It borrows. */
static struct version given_in(const struct undelete_request *request)
{
    return (struct version){
        .location = request->location,
        .tags = request->tags,
        .safety_profile.allow_deletion_of_replicated_locations =
            request->allow_deletion_of_replicated_locations,
    };
}

/* What is given is laid over the version where it lies. */
static int change(const struct store *store, const struct undelete_request *request, bool planned,
                  struct version *ret, struct err *err)
{
    struct reference gone = request->ref; /* borrows */
    const struct version given = given_in(request);
    const struct ops_change change = {
        .depth = REFERENCE_VERSION, .shape = &version_shape, .given = &given, .planned = planned};

    gone.soft_deleted = (struct opt_bool){.set = true, .value = true};
    return ops_apply(store, &gone, &change, ret, NULL, err);
}

/* Whether it may come back as it will be: what fails leaves it as it was. */
static int check_change(const struct store *store, const struct undelete_request *request,
                        struct err *err)
{
    struct version version = {0};
    int rc = change(store, request, true, &version, err);

    if (rc == 0)
        rc = ops_check_encrypted(store, &request->ref, &version, err);
    if (rc == 0)
        rc = ops_check_limit(store, REFERENCE_VERSION, version.location, err);
    if (rc == 0)
        rc = ops_check_regions_stand(store, &version_shape, &version, err);
    shape_done(&version_shape, &version);
    return rc;
}

/* Out of the trash, changed. */
static int bring_back(const struct store *store, const struct undelete_request *request,
                      struct err *err)
{
    struct version version = {0};
    int rc = check_change(store, request, err);

    if (rc == 0)
        rc = trash_intend(store, &request->ref, err);
    if (rc == 0)
        rc = change(store, request, false, &version, err);
    shape_done(&version_shape, &version);
    return rc ? rc : trash_take_back(store, &request->ref, err);
}

static int find_gone(const struct store *store, const struct reference *ref, struct err *err)
{
    bool there = false;
    int rc = trash_has(store, ref, &there, err);

    if (rc || there)
        return rc;
    err_set(err, E_NOT_FOUND, "there is no soft-deleted version of that number");
    return err_hint(err, "'sig image-version list-soft-deleted %s/%s' prints those that are",
                    ref->gallery, ref->definition);
}

/* Whether the version that is there has all that is asked already. */
static int is_as_asked(const struct store *store, const struct undelete_request *request, bool *ret,
                       struct err *err)
{
    const struct version given = given_in(request);
    const struct ops_change change = {
        .depth = REFERENCE_VERSION, .shape = &version_shape, .given = &given, .planned = true};
    struct version version = {0};
    bool changed = false;
    const int rc = ops_apply(store, &request->ref, &change, &version, &changed, err);

    shape_done(&version_shape, &version);
    *ret = rc == 0 && !changed;
    return rc == E_CONFLICT ? 0 : rc;
}

/* What is there may have been brought back by a command that was killed; or it was one that should
 * have deleted it. */
static int look_there(const struct store *store, const struct undelete_request *request, bool *ret,
                      struct err *err)
{
    const struct reference *const ref = &request->ref;
    bool back = false;
    int rc = resource_exists(store, ref, REFERENCE_VERSION, ret, err);

    if (rc == 0 && *ret)
        rc = trash_is_recorded(store, ref, &back, err);
    if (rc == 0 && *ret && back)
        rc = is_as_asked(store, request, &back, err);
    if (rc == 0 && *ret && !back)
        rc = err_set(err, E_CONFLICT, "a version of that number is there");
    if (rc == 0 && *ret)
        rc = resource_flush(store, ref, REFERENCE_VERSION, err);
    if (rc == 0 && *ret)
        rc = trash_flush(store, err);
    return rc;
}

static int check_undelete(const struct store *store, const struct reference *ref, struct err *err)
{
    struct gallery gallery = {0};
    struct definition definition = {0};
    int rc = ops_read_gallery(store, ref, &gallery, err);

    if (rc == 0 && !soft_delete_is_on(&gallery.soft_delete_policy))
        rc = refuse_off(ref, err);
    if (rc == 0)
        rc = ops_read_definition(store, ref, &definition, err);
    shape_done(&gallery_shape, &gallery);
    shape_done(&definition_shape, &definition);
    return rc;
}

static int undelete_locked(const struct store *store, const struct undelete_request *request,
                           struct version *ret, struct err *err)
{
    const struct reference *const ref = &request->ref;
    bool there = false;
    int rc = check_undelete(store, ref, err);

    if (rc == 0)
        rc = look_there(store, request, &there, err);
    if (rc == 0 && !there)
        rc = find_gone(store, ref, err);
    if (rc == 0 && !there)
        rc = ops_check_unlocked(store, ref, REFERENCE_VERSION, false, err);
    if (rc == 0 && !there)
        rc = bring_back(store, request, err);
    return rc ? rc : ops_show_version(store, ref, 0, ret, err);
}

/* A slip of the keyboard is nobody's attempt. */
static int end_refused(struct store *store, int rc, struct err *err)
{
    if (rc != E_USAGE && rc != E_INVALID)
        return ops_end(store, rc, err);
    activity_end(store, 0, NULL, NULL);
    return rc;
}

/* The store's lock keeps a sweep from what is written in the trash. */
int gal_version_undelete(struct store *store, const struct undelete_request *request,
                         struct version *ret, struct err *err)
{
    struct undelete_request asked = *request; /* borrows, but for the location */
    int names = FILE_NONE, gallery = FILE_NONE;
    int rc;

    ops_begin_service(store, "undelete", &request->ref);
    rc = ops_enter(store, ACTION_VERSION_WRITE, &request->ref, NAMING_CHANGE, err);
    if (rc)
        return end_refused(store, ops_cannot(err, "undelete", &request->ref, REFERENCE_VERSION),
                           err);
    asked.location = text_copy(request->location);
    if (asked.location)
        rc = ops_check_location(store, &asked.location, err);
    if (rc == 0)
        rc = store_lock(store, &names, err);
    if (rc == 0)
        rc = resource_lock(store, &request->ref, &gallery, err);
    if (rc == 0)
        rc = undelete_locked(store, &asked, ret, err);
    if (rc)
        ops_cannot(err, "undelete", &request->ref, REFERENCE_VERSION);
    rc = ops_end(store, rc, err);
    if (rc == 0) /* last: as long as it is there, what was cut short is done by the next one */
        trash_forget(store, &request->ref);
    file_close(&gallery);
    file_close(&names);
    free(asked.location);
    return rc;
}

/* --- purge --- */

struct purging {
    struct store *store;
    const struct reference *part;
    struct references_found found;
    bool told; /* what went wrong has an entry of its own in the activity log */
};

static int collect(void *user, const struct reference *ref, struct err *err)
{
    struct purging *const purging = user;
    bool inside = false;
    const int rc = ops_trash_is_in_group(purging->store, ref, purging->part, &inside, err);

    if (rc == 0 && inside)
        *VEC_ADD(&purging->found) = ops_reference(ref);
    return rc;
}

static int purge_one(const struct store *store, const struct reference *ref, struct err *err)
{
    int lock = FILE_NONE;
    int rc = ops_trash_lock(store, ref, &lock, err);

    if (rc == 0)
        rc = ops_check_unlocked(store, ref, REFERENCE_VERSION, true, err);
    if (rc == 0)
        rc = trash_remove(store, ref, err);
    file_close(&lock);
    return rc ? ops_cannot(err, "purge", ref, REFERENCE_VERSION) : 0;
}

/* One of several. */
static int purge_each(struct purging *purging, const struct reference *ref, struct err *err)
{
    int rc;

    ops_begin_service(purging->store, "purge", ref);
    rc = ops_end(purging->store, purge_one(purging->store, ref, err), err);
    purging->told = rc != 0;
    return rc;
}

static int purge_all(struct purging *purging, struct err *err)
{
    struct store *const store = purging->store;
    struct references_found *const found = &purging->found;
    int rc = ops_check_trash_unlocked(store, purging->part, err);

    if (rc == 0)
        rc = trash_each(store, purging->part, collect, purging, err);
    for (size_t i = 0; rc == 0 && i < found->count; i++)
        rc = purging->part->version ? purge_one(store, &found->items[i], err)
                                    : purge_each(purging, &found->items[i], err);
    if (rc == 0 && found->count == 0) { /* one that was killed may have removed them */
        store_notice(store, "there was no soft-deleted image version");
        rc = trash_flush(store, err);
    }
    list_done(found, &reference_shape);
    return rc;
}

static int check_purge(struct store *store, const struct purge_request *request,
                       enum reference_depth depth, struct err *err)
{
    struct gallery gallery = {0};
    int rc = 0;

    if (depth != REFERENCE_VERSION && !(request->all.set && request->all.value)) {
        err_set(err, E_USAGE, "which one is not said");
        return err_hint(err, "name an image version; or --all removes all that are in the trash of "
                             "what is named");
    }
    if (depth != REFERENCE_NONE)
        rc = ops_check(store, &request->ref, depth, NAMING_CHANGE, err);
    if (rc == 0)
        rc = ops_authorise(store, ACTION_VERSION_DELETE, &request->ref, err);
    if (rc == 0 && request->ref.resource_group && depth != REFERENCE_NONE)
        rc = ops_read_gallery(store, &request->ref, &gallery, err);
    shape_done(&gallery_shape, &gallery);
    return rc;
}

int gal_version_purge(struct store *store, const struct purge_request *request, struct err *err)
{
    struct purging purging = {.store = store, .part = &request->ref};
    enum reference_depth depth = REFERENCE_NONE;
    int rc = reference_depth(&request->ref, &depth, err);

    ops_begin_service(store, "purge", &request->ref);
    if (rc == 0)
        rc = check_purge(store, request, depth, err);
    if (rc)
        return end_refused(store, rc, err);
    rc = purge_all(&purging, err);
    if (purging.told)
        activity_end(store, 0, NULL, NULL);
    else
        rc = ops_end(store, rc, err);
    return rc;
}
