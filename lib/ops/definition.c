/* Operations on image definitions. */
#include "base/text.h"
#include "ops/region.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/resource.h"

/* Only where the definition says so, or says so with this change: versions rely on them. */
static int settle_features(const struct definition *old, struct definition *changed,
                           struct err *err)
{
    if (features_equal(&old->features, &changed->features))
        return 0;
    definition_settle_features(changed, &old->features);
    if (changed->allow_update_image.value || features_equal(&old->features, &changed->features))
        return 0;
    err_set(err, E_CONFLICT, "property 'features' changes only when allowUpdateImage is true");
    return err_hint(err, "--allow-update-image true allows it");
}

static int settle(const struct store *store, const void *old, void *changed, const void *given,
                  struct err *err)
{
    const int rc = settle_features(old, changed, err);
    const struct opt_time before = ((const struct definition *)old)->end_of_life_date;
    const struct opt_time after = ((const struct definition *)changed)->end_of_life_date;

    (void)given;
    if (rc || (before.set && after.set && before.value == after.value)) /* a script run again */
        return rc;
    return definition_check_dates(changed, store_now(store), err);
}

static int settle_shared(const struct store *store, const void *old, void *changed,
                         const void *given, struct err *err)
{
    const int rc = settle(store, old, changed, given, err);

    return rc ? rc : ops_refuse_private_only(changed, err);
}

static int change(const struct store *store, const struct definition_request *request,
                  struct definition *ret, struct err *err)
{
    struct ops_change change = {
        .depth = REFERENCE_DEFINITION,
        .shape = &definition_shape,
        .given = &request->values,
        .edits = &request->edits,
        .settle = settle,
    };
    bool shared = false;
    const int rc = ops_gallery_is_shared(store, &request->ref, &shared, err);

    if (shared)
        change.settle = settle_shared;
    return rc ? rc : ops_apply(store, &request->ref, &change, ret, NULL, err);
}

static int compare_identifier(const struct store *store, const struct reference *ref, void *user,
                              struct err *err)
{
    const struct definition *fresh = user;
    struct definition other = {0};
    int rc;

    rc = ops_read_definition(store, ref, &other, err);
    if (rc == E_CORRUPT || rc == E_UNSUPPORTED || rc == E_DENIED) {
        store_notice(store, "%s", err->text); /* a bad neighbour does not block; a bad list does */
        return 0;
    }
    if (rc)
        return rc;
    if (identifier_same(&other.identifier, &fresh->identifier)) {
        struct err ignored = {0};
        const bool seen = ops_authorise(store, ACTION_DEFINITION_READ, ref, &ignored) == 0;

        rc =
            err_set(err, E_CONFLICT,
                    "image definition '%s' has the publisher '%s', offer '%s' and sku '%s' already",
                    seen ? other.name : "(one that you may not see)", other.identifier.publisher,
                    other.identifier.offer, other.identifier.sku);
        err_hint(err, "the three together must be unique in a gallery");
    }
    shape_done(&definition_shape, &other);
    return rc;
}

/* All that is missing at once, rather than one after the other. */
static int check_needed(const struct definition *definition, struct err *err)
{
    const struct {
        const char *word, *flag;
        bool there;
    } needed[] = {
        {"publisher", "--publisher", definition->identifier.publisher},
        {"offer", "--offer", definition->identifier.offer},
        {"sku", "--sku", definition->identifier.sku},
        {"OS type", "--os-type", definition->os_type},
    };
    struct buf words = {0};
    struct buf flags = {0};
    int rc = 0;

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (needed[i].there)
            continue;
        buf_printf(&words, "%s%s", words.length ? ", " : "", needed[i].word);
        buf_printf(&flags, "%s%s", flags.length ? " " : "", needed[i].flag);
    }
    if (words.length) {
        rc = err_set(err, E_USAGE, "not given: %s", buf_text(&words));
        err_hint(err, "a new image definition needs %s", buf_text(&flags));
    }
    buf_done(&words);
    buf_done(&flags);
    return rc;
}

static int create_new(const struct store *store, const struct definition_request *request,
                      const struct gallery *gallery, struct definition *ret, struct err *err)
{
    const struct ops_each each = {.each = compare_identifier, .user = ret};
    bool shared = false;
    int rc;

    shape_copy(&definition_shape, ret, &request->values);
    text_replace(&ret->name, request->ref.definition);
    definition_defaults(ret, gallery->location);
    rc = check_needed(ret, err);
    if (rc == 0)
        rc = ops_check_location(store, &ret->location, err);
    if (rc == 0)
        rc = shape_check(&definition_shape, ret, err);
    if (rc == 0)
        rc = definition_check_dates(ret, store_now(store), err);
    if (rc == 0)
        rc = ops_for_each(store, &request->ref, REFERENCE_DEFINITION, &each, err);
    if (rc == 0)
        rc = ops_check_regions_stand(store, &definition_shape, ret, err);
    if (rc == 0)
        rc = ops_gallery_is_shared(store, &request->ref, &shared, err);
    if (rc == 0 && shared)
        rc = ops_refuse_private_only(ret, err);
    if (rc == 0)
        rc = ops_check_unlocked(store, &request->ref, REFERENCE_DEFINITION, false, err);
    if (rc == 0)
        rc = ops_check_limit(store, REFERENCE_DEFINITION, ret->location, err);
    if (rc == 0)
        rc = resource_create(store, &request->ref, REFERENCE_DEFINITION, &definition_shape, ret,
                             err);
    if (rc)
        shape_done(&definition_shape, ret);
    return rc;
}

static int create_locked(const struct store *store, const struct definition_request *request,
                         const struct gallery *gallery, struct definition *ret, struct err *err)
{
    bool exists;
    int rc;

    rc = resource_exists(store, &request->ref, REFERENCE_DEFINITION, &exists, err);
    if (rc)
        return rc;
    return exists ? change(store, request, ret, err)
                  : create_new(store, request, gallery, ret, err);
}

/* Both verbs: read the gallery, take its lock, do `work`, show the result. */
static int with_lock(struct store *store, const struct definition_request *request, bool create,
                     struct definition *ret, struct err *err)
{
    struct gallery gallery = {0};
    int lock = FILE_NONE;
    int rc;

    rc = ops_begin(store, ACTION_DEFINITION_WRITE, &request->ref, NAMING_CHANGE, err);
    if (rc)
        return rc;
    rc = ops_read_gallery(store, &request->ref, &gallery, err);
    if (rc == 0)
        rc = resource_lock(store, &request->ref, &lock, err);
    if (rc == 0)
        rc = create ? create_locked(store, request, &gallery, ret, err)
                    : change(store, request, ret, err);
    file_close(&lock);
    if (rc)
        ops_cannot(err, create ? "create" : "update", &request->ref, REFERENCE_DEFINITION);
    else
        ops_view_definition(store, &gallery, ret);
    shape_done(&gallery_shape, &gallery);
    return ops_end(store, rc, err);
}

int gal_definition_create(struct store *store, const struct definition_request *request,
                          struct definition *ret, struct err *err)
{
    return with_lock(store, request, true, ret, err);
}

int gal_definition_update(struct store *store, const struct definition_request *request,
                          struct definition *ret, struct err *err)
{
    return with_lock(store, request, false, ret, err);
}

int gal_definition_show(struct store *store, const struct reference *ref, struct definition *ret,
                        struct err *err)
{
    struct gallery gallery = {0};
    int rc;

    rc = ops_enter(store, ACTION_DEFINITION_READ, ref, NAMING_CHANGE, err);
    if (rc == 0)
        rc = ops_read_gallery(store, ref, &gallery, err);
    if (rc == 0)
        rc = ops_read_definition(store, ref, ret, err);
    if (rc == 0)
        ops_view_definition(store, &gallery, ret);
    shape_done(&gallery_shape, &gallery);
    return rc;
}

struct listing {
    const struct gallery *gallery;
    struct definitions *list;
};

static int add_to_list(const struct store *store, const struct reference *ref, void *user,
                       struct err *err)
{
    const struct listing *listing = user;
    struct definition definition = {0};
    int rc;

    rc = ops_read_definition(store, ref, &definition, err);
    if (rc)
        return rc;
    ops_view_definition(store, listing->gallery, &definition);
    *VEC_ADD(listing->list) = definition;
    return 0;
}

int gal_definition_list(struct store *store, const struct list_request *request,
                        struct definitions *ret, struct err *err)
{
    struct gallery gallery = {0};
    struct listing listing = {.gallery = &gallery, .list = ret};
    const struct ops_each each = {
        .each = add_to_list, .user = &listing, .page = &request->page, .seen_only = true};
    int rc;

    rc = ops_check(store, &request->ref, REFERENCE_GALLERY, NAMING_CHANGE, err);
    if (rc == 0)
        rc = ops_authorise_list(store, ACTION_DEFINITION_READ, &request->ref, err);
    if (rc == 0)
        rc = ops_read_gallery(store, &request->ref, &gallery, err);
    if (rc == 0)
        rc = ops_for_each(store, &request->ref, REFERENCE_DEFINITION, &each, err);
    shape_done(&gallery_shape, &gallery);
    return rc;
}

int gal_definition_delete(struct store *store, const struct reference *ref, unsigned how,
                          struct err *err)
{
    struct gallery gallery = {0};
    int lock = FILE_NONE;
    bool exists = false;
    int rc;

    rc = ops_begin(store, ACTION_DEFINITION_DELETE, ref, NAMING_CHANGE, err);
    if (rc)
        return rc;
    rc = ops_read_gallery(store, ref, &gallery, err);
    if (rc == 0)
        rc = resource_lock(store, ref, &lock, err);
    if (rc == 0)
        rc = resource_exists(store, ref, REFERENCE_DEFINITION, &exists, err);
    if (rc == 0 && exists)
        rc = ops_delete_part(store, ref, REFERENCE_DEFINITION, how, err);
    file_close(&lock);
    shape_done(&gallery_shape, &gallery);
    if (rc == E_NOT_FOUND || (rc == 0 && !exists))
        rc = resource_flush(store, ref, REFERENCE_DEFINITION, err);
    return ops_end(store, rc ? ops_cannot(err, "delete", ref, REFERENCE_DEFINITION) : 0, err);
}
