/* Operations on image versions that move no disks: show, list, update, delete. */
#include "base/text.h"
#include "model/version_name.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/resource.h"
#include "store/status.h"

/* What is shown only when asked for, as in the Azure CLI. */
static void hide(struct version *version, unsigned expand)
{
    if (!(expand & PART_UEFI_SETTINGS))
        shape_done(&security_profile_shape, &version->security_profile);
}

int ops_show_version(const struct store *store, const struct reference *ref, unsigned expand,
                     struct version *ret, struct err *err)
{
    struct gallery gallery = {0};
    struct definition definition = {0};
    int rc;

    rc = ops_read_gallery(store, ref, &gallery, err);
    if (rc == 0)
        rc = ops_read_definition(store, ref, &definition, err);
    if (rc == 0)
        rc = ops_read_version(store, ref, ret, err);
    if (rc == 0 && expand & PART_REPLICATION_STATUS)
        rc = status_read_all(store, ref, ret, &ret->replication_status, err);
    if (rc == 0) {
        version_fill_regions(ret);
        ops_view_version(store, &gallery, &definition, ret);
        hide(ret, expand);
    } else {
        shape_done(&version_shape, ret);
    }
    shape_done(&gallery_shape, &gallery);
    shape_done(&definition_shape, &definition);
    return rc;
}

int gal_version_show(struct store *store, const struct version_show *request, struct version *ret,
                     struct err *err)
{
    struct reference ref = ops_reference(&request->ref);
    const char *region;
    int rc;

    rc = ops_find_version(store, &ref, request->region, &region, err);
    if (rc == 0)
        rc = ops_show_version(store, &ref, request->expand, ret, err);
    shape_done(&reference_shape, &ref);
    return rc;
}

struct listing {
    const struct version_name *range; /* only what it covers; NULL: all */
    const struct gallery *gallery;
    const struct definition *definition;
    unsigned expand;
    struct versions *list;
};

static bool is_in_range(const char *name, const struct version_name *range)
{
    struct semver number;

    return semver_parse(name, &number, NULL) == 0 && version_name_covers(range, &number);
}

static int add_to_list(const struct store *store, const struct reference *ref, void *user,
                       struct err *err)
{
    const struct listing *listing = user;
    struct version version = {0};
    int rc;

    if (listing->range && !is_in_range(ref->version, listing->range))
        return 0;
    rc = ops_read_version(store, ref, &version, err);
    if (rc == 0 && listing->expand & PART_REPLICATION_STATUS)
        rc = status_read_all(store, ref, &version, &version.replication_status, err);
    if (rc) {
        shape_done(&version_shape, &version);
        return rc;
    }
    version_fill_regions(&version);
    ops_view_version(store, listing->gallery, listing->definition, &version);
    hide(&version, listing->expand);
    *VEC_ADD(listing->list) = version;
    return 0;
}

/* What of the definition is to be listed: it is `ref`, without the range that may be there. */
static int check_list(const struct store *store, struct reference *ref, struct version_name *range,
                      struct listing *listing, struct err *err)
{
    const enum reference_depth depth = ref->version ? REFERENCE_VERSION : REFERENCE_DEFINITION;
    int rc = ops_check(store, ref, depth, NAMING_READ, err);

    if (rc || !ref->version)
        return rc;
    if (text_same_word(ref->version, "latest")) {
        err_set(err, E_INVALID, "'latest' is one version, and no list");
        return err_hint(err, "'sig image-version latest' says which it is");
    }
    listing->range = range;
    rc = version_name_parse(ref->version, range, err);
    text_replace(&ref->version, NULL);
    return rc;
}

int gal_version_list(struct store *store, const struct version_show *request, struct versions *ret,
                     struct err *err)
{
    struct reference ref = ops_reference(&request->ref);
    struct version_name range;
    struct gallery gallery = {0};
    struct definition definition = {0};
    struct listing listing = {
        .gallery = &gallery,
        .definition = &definition,
        .expand = request->expand,
        .list = ret,
    };
    int rc;

    rc = check_list(store, &ref, &range, &listing, err);
    if (rc == 0)
        rc = ops_read_gallery(store, &ref, &gallery, err);
    if (rc == 0)
        rc = ops_read_definition(store, &ref, &definition, err);
    if (rc == 0)
        rc = ops_for_each(store, &ref, REFERENCE_VERSION, add_to_list, &listing, err);
    shape_done(&reference_shape, &ref);
    shape_done(&gallery_shape, &gallery);
    shape_done(&definition_shape, &definition);
    return rc;
}

/* A new default count moves the regions that followed the old one; counts given for a region of its
 * own stay. */
static void follow_default_count(const struct version *old, struct version *changed,
                                 const struct version *given)
{
    struct target_regions *targets = &changed->publishing_profile.target_regions;

    if (!given->publishing_profile.replica_count.set ||
        given->publishing_profile.target_regions.count)
        return;
    for (size_t i = 0; i < targets->count; i++)
        if (targets->items[i].regional_replica_count.value ==
            old->publishing_profile.replica_count.value)
            targets->items[i].regional_replica_count.value =
                changed->publishing_profile.replica_count.value;
}

static int change_regions(const struct store *store, const void *user, void *changed,
                          struct err *err)
{
    const struct version_request *const request = user;
    struct texts absent = {0};
    const int rc = region_changes_apply(&request->regions, changed, &absent, err);

    for (size_t i = 0; i < absent.count; i++)
        store_notice(store, "region '%s' was no target region", absent.items[i]);
    texts_done(&absent);
    return rc;
}

static int settle(const struct store *store, const void *old, void *changed, const void *given,
                  struct err *err)
{
    const struct opt_time before =
        ((const struct version *)old)->publishing_profile.end_of_life_date;
    const struct opt_time after = ((struct version *)changed)->publishing_profile.end_of_life_date;
    int rc = 0;

    follow_default_count(old, changed, given);
    version_fill_regions(changed);
    version_keep_encryption(old, changed);
    if (!before.set || before.value != after.value) /* else a script is run again */
        rc = version_check_dates(changed, store_now(store), err);
    if (rc == 0)
        rc = version_check_regions(changed, err);
    if (rc == 0)
        rc = version_check_change(old, changed, err);
    return rc;
}

/* An update that was killed may have left more in the states than the version wants. What is wanted
 * again would pass for proven then, while a sweep is removing it. */
static int forget_before(const struct store *store, const struct reference *ref, struct err *err)
{
    struct version version = {0};
    int rc = ops_read_version(store, ref, &version, err);

    if (rc == 0) {
        version_fill_regions(&version);
        rc = status_forget_others(store, ref, &version, err);
    }
    shape_done(&version_shape, &version);
    return rc;
}

int ops_change_locked(const struct store *store, const struct version_request *request,
                      struct version *ret, bool *ret_changed, struct err *err)
{
    const struct ops_change change = {
        .depth = REFERENCE_VERSION,
        .shape = &version_shape,
        .given = &request->values,
        .adjust = change_regions,
        .user = request,
        .edits = &request->edits,
        .settle = settle,
    };
    int rc;

    rc = forget_before(store, &request->ref, err);
    if (rc == 0)
        rc = ops_apply(store, &request->ref, &change, ret, ret_changed, err);
    if (rc == 0 && *ret_changed)
        rc = status_forget_others(store, &request->ref, ret, err);
    return rc;
}

static int change_version(const struct store *store, const struct version_request *request,
                          struct version *ret, struct err *err)
{
    int lock = FILE_NONE;
    bool changed;
    int rc;

    rc = resource_lock(store, &request->ref, &lock, err);
    if (rc == 0)
        rc = ops_change_locked(store, request, ret, &changed, err);
    file_close(&lock);
    return rc;
}

int gal_version_update(struct store *store, const struct version_request *request,
                       struct version *ret, struct err *err)
{
    struct gallery gallery = {0};
    struct version version = {0};
    struct replicate_job job = {.ref = &request->ref, .version = &version};
    int rc;

    rc = ops_check(store, &request->ref, REFERENCE_VERSION, NAMING_CHANGE, err);
    if (rc)
        return rc;
    rc = ops_read_gallery(store, &request->ref, &gallery, err);
    if (rc == 0)
        rc = change_version(store, request, &version, err);
    shape_done(&gallery_shape, &gallery);
    if (rc)
        ops_cannot(err, "update", &request->ref, REFERENCE_VERSION);
    else
        rc = ops_replicate_and_show(store, &job, "update", request->expand_replication_status, ret,
                                    err);
    shape_done(&version_shape, &version);
    return rc;
}

/* One that cannot be read says nothing against it. */
static int check_deletion(const struct store *store, const struct reference *ref, struct err *err)
{
    struct version version = {0};
    struct err ignored = {0};
    int rc = 0;

    if (ops_read_version(store, ref, &version, &ignored) == 0)
        rc = version_check_deletion(&version, store_now(store), err);
    shape_done(&version_shape, &version);
    return rc;
}

int gal_version_delete(struct store *store, const struct reference *ref, struct err *err)
{
    struct gallery gallery = {0};
    int lock = FILE_NONE;
    int rc;

    rc = ops_check(store, ref, REFERENCE_VERSION, NAMING_CHANGE, err);
    if (rc)
        return rc;
    rc = ops_read_gallery(store, ref, &gallery, err);
    shape_done(&gallery_shape, &gallery);
    if (rc == 0)
        rc = resource_lock(store, ref, &lock, err);
    if (rc == 0)
        rc = check_deletion(store, ref, err);
    if (rc == 0)
        rc = resource_remove(store, ref, REFERENCE_VERSION, err);
    file_close(&lock);
    if (rc == E_NOT_FOUND)
        rc = resource_flush(store, ref, REFERENCE_VERSION, err);
    return rc ? ops_cannot(err, "delete", ref, REFERENCE_VERSION) : 0;
}
