/* 'sig replicate': every version that a reference of any depth covers. */
#include "ops/room.h"

struct walk {
    struct store *store;
    struct texts regions; /* canonical */
    bool verify;
    struct versions *versions;
    struct err last; /* of the last version that is not complete */
    size_t incomplete;
};

static bool has_a_region(const struct walk *walk, const struct version *version)
{
    for (size_t i = 0; i < walk->regions.count; i++)
        if (version_target(version, walk->regions.items[i]))
            return true;
    return walk->regions.count == 0;
}

/* As it is now; E_CONFLICT when it is another one by the end. */
static int replicate_version(const struct walk *walk, const struct reference *ref, bool *ret_asked,
                             struct err *err)
{
    struct version version = {0};
    const struct replicate_job job = {
        .ref = ref, .version = &version, .regions = &walk->regions, .verify = walk->verify};
    int rc = ops_read_version(walk->store, ref, &version, err);

    if (rc)
        return rc;
    version_fill_regions(&version);
    *ret_asked = has_a_region(walk, &version);
    if (*ret_asked)
        rc = ops_replicate(walk->store, &job, err);
    shape_done(&version_shape, &version);
    return rc;
}

static int each_version(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    struct walk *walk = user;
    struct version shown = {0};
    bool asked = false;
    int rc;

    do {
        rc = replicate_version(walk, ref, &asked, err);
    } while (rc == E_CONFLICT);
    if (rc == 0 && !asked)
        return 0;
    if (rc && rc != E_PARTIAL)
        return ops_cannot(err, "replicate", ref, REFERENCE_VERSION);
    if (rc == E_PARTIAL) {
        if (walk->incomplete++)
            store_notice(store, "%s", walk->last.text);
        walk->last = *err;
    }
    rc = ops_show_version(store, ref, true, &shown, err);
    if (rc == 0)
        *VEC_ADD(walk->versions) = shown;
    return rc;
}

static int each_definition(const struct store *store, const struct reference *ref, void *user,
                           struct err *err)
{
    return ops_for_each(store, ref, REFERENCE_VERSION, each_version, user, err);
}

static int each_gallery(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    struct gallery gallery = {0};
    int rc = ops_read_gallery(store, ref, &gallery, err);

    shape_done(&gallery_shape, &gallery);
    return rc ? rc : ops_for_each(store, ref, REFERENCE_DEFINITION, each_definition, user, err);
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

static int walk_from(struct walk *walk, struct reference *ref, enum reference_depth depth,
                     struct err *err)
{
    struct gallery gallery = {0};
    int rc;

    if (depth == REFERENCE_NONE)
        return ops_for_each(walk->store, ref, REFERENCE_GALLERY, each_gallery, walk, err);
    rc = ops_check(walk->store, ref, depth, true, err);
    if (rc == 0)
        rc = ops_read_gallery(walk->store, ref, &gallery, err);
    shape_done(&gallery_shape, &gallery);
    if (rc)
        return rc;
    if (depth == REFERENCE_GALLERY)
        return ops_for_each(walk->store, ref, REFERENCE_DEFINITION, each_definition, walk, err);
    if (depth == REFERENCE_DEFINITION)
        return ops_for_each(walk->store, ref, REFERENCE_VERSION, each_version, walk, err);
    return one_version(walk, ref, err);
}

int gal_replicate(struct store *store, const struct replicate_request *request,
                  struct versions *ret, struct err *err)
{
    struct reference ref = ops_reference(&request->ref);
    struct walk walk = {
        .store = store,
        .versions = ret,
        .verify = request->verify.set && request->verify.value,
    };
    enum reference_depth depth;
    int rc;

    rc = reference_depth(&ref, &depth, err);
    for (size_t i = 0; rc == 0 && i < request->regions.count; i++) {
        const char *region;

        rc = ops_region(request->regions.items[i], &region, err);
        if (rc == 0)
            texts_add(&walk.regions, region);
    }
    if (rc == 0)
        rc = walk_from(&walk, &ref, depth, err);
    if (rc == 0 && walk.incomplete == 1) {
        *err = walk.last;
        rc = E_PARTIAL;
    } else if (rc == 0 && walk.incomplete) {
        store_notice(store, "%s", walk.last.text);
        rc = err_set(err, E_PARTIAL, "%zu of %zu image versions are not complete", walk.incomplete,
                     ret->count);
    }
    texts_done(&walk.regions);
    shape_done(&reference_shape, &ref);
    return rc;
}
