/* Operations on galleries. */
#include "base/text.h"
#include "ops/region.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/resource.h"
#include "store/trash.h"

static void fill_defaults(const struct store *store, const struct reference *ref,
                          struct gallery *gallery)
{
    text_replace(&gallery->name, ref->gallery);
    if (!gallery->resource_group)
        gallery->resource_group = text_copy(GROUP_DEFAULT);
    if (!gallery->location)
        gallery->location = text_copy(store->info.default_location);
    if (!gallery->compression)
        gallery->compression = COMPRESSION_ZSTD;
    soft_delete_settle(&gallery->soft_delete_policy);
}

/* Under the store's lock. */
static int create_new(const struct store *store, const struct reference *ref,
                      const struct gallery *given, struct gallery *ret, struct err *err)
{
    int rc;

    shape_copy(&gallery_shape, ret, given);
    fill_defaults(store, ref, ret);
    rc = ops_check_location(store, &ret->location, err);
    if (rc == 0)
        rc = sharing_check_community(&ret->sharing_profile, err);
    if (rc == 0)
        rc = shape_check(&gallery_shape, ret, err);
    if (rc == 0)
        rc = ops_check_regions_stand(store, &gallery_shape, ret, err);
    if (rc == 0)
        rc = ops_check_unlocked(store, ref, REFERENCE_GALLERY, false, err);
    if (rc == 0)
        rc = ops_check_limit(store, REFERENCE_GALLERY, ret->location, err);
    if (rc == 0)
        rc = resource_create(store, ref, REFERENCE_GALLERY, &gallery_shape, ret, err);
    if (rc)
        shape_done(&gallery_shape, ret);
    return rc;
}

static int settle(const struct store *store, const void *old, void *changed, const void *given,
                  struct err *err)
{
    const struct gallery *const before = old;
    struct gallery *const after = changed;

    (void)given;
    soft_delete_settle(&after->soft_delete_policy);
    return ops_settle_sharing(store, before, after, err);
}

static struct ops_change change_of(const struct gallery_request *request,
                                   const struct gallery *given)
{
    return (struct ops_change){
        .depth = REFERENCE_GALLERY,
        .shape = &gallery_shape,
        .given = given,
        .edits = &request->edits,
        .settle = settle,
    };
}

static int change(const struct store *store, const struct gallery_request *request,
                  const struct gallery *given, struct gallery *ret, struct err *err)
{
    const struct ops_change change = change_of(request, given);
    int lock = FILE_NONE;
    int rc;

    rc = resource_lock(store, &request->ref, &lock, err);
    if (rc == 0)
        rc = ops_apply(store, &request->ref, &change, ret, NULL, err);
    file_close(&lock);
    return rc;
}

int ops_adjust_gallery(const struct store *store, const struct reference *ref,
                       const struct ops_adjustment *adjustment, struct gallery *ret,
                       struct err *err)
{
    const struct gallery nothing = {0};
    const struct ops_change change = {
        .depth = REFERENCE_GALLERY,
        .shape = &gallery_shape,
        .given = &nothing,
        .adjust = adjustment->adjust,
        .user = adjustment->user,
    };
    struct gallery found = {0};
    int lock = FILE_NONE;
    int rc;

    rc = ops_read_gallery(store, ref, &found, err); /* is it in the resource group? */
    shape_done(&gallery_shape, &found);
    if (rc == 0)
        rc = resource_lock(store, ref, &lock, err);
    if (rc == 0)
        rc = ops_apply(store, ref, &change, ret, NULL, err);
    file_close(&lock);
    return rc;
}

/* What the change would turn on has to be known to whoever changes the store. The store's lock is
 * not to be asked for with the gallery's held. */
static int require_if_on(struct store *store, const struct gallery_request *request,
                         struct err *err)
{
    struct ops_change change = change_of(request, &request->values);
    struct gallery planned = {0};
    int rc;

    change.planned = true;
    rc = ops_apply(store, &request->ref, &change, &planned, NULL, err);
    if (rc == 0 && soft_delete_is_on(&planned.soft_delete_policy))
        rc = store_require(store, FEATURE_TRASH, err);
    shape_done(&gallery_shape, &planned);
    return rc;
}

/* Create it, or find that it exists; the store's lock decides who is first. */
static int create_or_find(const struct store *store, const struct gallery_request *request,
                          const struct gallery *given, bool *ret_exists, struct gallery *ret,
                          struct err *err)
{
    int lock = FILE_NONE;
    int rc;

    rc = store_lock(store, &lock, err);
    if (rc)
        return rc;
    rc = resource_exists(store, &request->ref, REFERENCE_GALLERY, ret_exists, err);
    if (rc == 0 && !*ret_exists)
        rc = create_new(store, &request->ref, given, ret, err);
    file_close(&lock);
    return rc;
}

int gal_gallery_create(struct store *store, const struct gallery_request *request,
                       struct gallery *ret, struct err *err)
{
    struct gallery given = {0};
    bool exists = false;
    int rc;

    rc = ops_begin(store, ACTION_GALLERY_WRITE, &request->ref, NAMING_CHANGE, err);
    if (rc)
        return rc;
    shape_copy(&gallery_shape, &given, &request->values);
    text_replace(&given.resource_group, request->ref.resource_group);
    if (soft_delete_is_on(&given.soft_delete_policy))
        rc = store_require(store, FEATURE_TRASH, err);
    if (rc == 0)
        rc = create_or_find(store, request, &given, &exists, ret, err);
    if (rc == 0 && exists)
        rc = change(store, request, &given, ret, err);
    shape_done(&gallery_shape, &given);
    if (rc)
        ops_cannot(err, "create", &request->ref, REFERENCE_GALLERY);
    else
        ops_view_gallery(store, ret);
    return ops_end(store, rc, err);
}

int gal_gallery_update(struct store *store, const struct gallery_request *request,
                       struct gallery *ret, struct err *err)
{
    struct gallery found = {0};
    int rc;

    rc = ops_begin(store, ACTION_GALLERY_WRITE, &request->ref, NAMING_CHANGE, err);
    if (rc)
        return rc;
    rc = ops_read_gallery(store, &request->ref, &found, err);
    if (rc)
        return ops_end(store, rc, err);
    shape_done(&gallery_shape, &found);
    rc = require_if_on(store, request, err);
    if (rc == 0)
        rc = change(store, request, &request->values, ret, err);
    if (rc)
        ops_cannot(err, "update", &request->ref, REFERENCE_GALLERY);
    else
        ops_view_gallery(store, ret);
    return ops_end(store, rc, err);
}

int gal_gallery_show(struct store *store, const struct reference *ref, struct gallery *ret,
                     struct err *err)
{
    int rc;

    rc = ops_enter(store, ACTION_GALLERY_READ, ref, NAMING_CHANGE, err);
    if (rc == 0)
        rc = ops_read_gallery(store, ref, ret, err);
    if (rc == 0)
        ops_view_gallery(store, ret);
    return rc;
}

static int add_to_list(const struct store *store, const struct reference *ref, void *user,
                       struct err *err)
{
    struct galleries *list = user;
    struct gallery gallery = {0};
    int rc;

    rc = ops_read_gallery(store, ref, &gallery, err);
    if (rc)
        return rc;
    ops_view_gallery(store, &gallery);
    *VEC_ADD(list) = gallery;
    return 0;
}

int gal_gallery_list(struct store *store, const struct list_request *request, struct galleries *ret,
                     struct err *err)
{
    const struct ops_each each = {
        .each = add_to_list, .user = ret, .page = &request->page, .seen_only = true};

    return ops_for_each(store, &request->ref, REFERENCE_GALLERY, &each, err);
}

/* The store's lock keeps creators away, the gallery's those who change what is inside. */
static int delete_locked(struct store *store, const struct reference *ref, unsigned how,
                         struct err *err)
{
    int lock = FILE_NONE;
    int rc;

    rc = resource_lock(store, ref, &lock, err);
    if (rc)
        return rc == E_NOT_FOUND ? resource_flush(store, ref, REFERENCE_GALLERY, err) : rc;
    rc = ops_delete_part(store, ref, REFERENCE_GALLERY, how, err);
    file_close(&lock);
    return rc;
}

static int delete (struct store *store, const struct reference *ref, unsigned how, struct err *err)
{
    struct gallery found = {0};
    int lock = FILE_NONE;
    int rc = ops_read_gallery(store, ref, &found, err);

    shape_done(&gallery_shape, &found);
    if (rc)
        return rc == E_NOT_FOUND ? resource_flush(store, ref, REFERENCE_GALLERY, err) : rc;
    rc = store_lock(store, &lock, err);
    if (rc == 0)
        rc = delete_locked(store, ref, how, err);
    file_close(&lock);
    return rc ? ops_cannot(err, "delete", ref, REFERENCE_GALLERY) : 0;
}

int gal_gallery_delete(struct store *store, const struct reference *ref, unsigned how,
                       struct err *err)
{
    const int rc = ops_begin(store, ACTION_GALLERY_DELETE, ref, NAMING_CHANGE, err);

    return rc ? rc : ops_end(store, delete (store, ref, how, err), err);
}
