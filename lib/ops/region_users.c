/* Who names which region: galleries, image definitions, image versions, and accepted work. */
#include "model/work.h"
#include "ops/region.h"
#include "ops/room.h"
#include "ops/work.h"
#include "os/file.h"
#include "store/region.h"
#include "store/trash.h"
#include "store/work.h"

struct visiting {
    const struct store *store;
    const struct region_visitor *visitor;
    struct region_use use;
};

/* --- one resource --- */

static int visit_name(void *user, const struct row *row, char **name, struct err *err)
{
    struct visiting *const visiting = user;
    const struct region_row *const known = region_find(&visiting->store->regions, *name);

    (void)row;
    (void)err;
    visiting->use.region = known ? known->name : *name;
    visiting->use.known = known;
    visiting->visitor->each(visiting->visitor->user, &visiting->use);
    return 0;
}

static void visit_names(struct visiting *visiting, const struct reference *ref,
                        enum reference_depth depth, const struct shape *shape, void *value)
{
    struct err ignored = {0};

    visiting->use.ref = ref;
    visiting->use.depth = depth;
    region_members(shape, value, visit_name, visiting, &ignored);
}

/* --- all of them --- */

/* Said when the resources are read for their own sake. */
static void pass_over(void *user, enum reference_depth depth, const struct err *why)
{
    (void)user;
    (void)depth;
    (void)why;
}

static int walk(struct visiting *visiting, const struct reference *ref, enum reference_depth depth,
                int (*each)(const struct store *store, const struct reference *ref, void *user,
                            struct err *err),
                struct err *err)
{
    const struct ops_each strict = {.each = each, .user = visiting};
    const struct ops_visitor quiet = {each, pass_over, visiting, NULL};

    return visiting->visitor->quiet ? ops_walk(visiting->store, ref, depth, &quiet, err)
                                    : ops_for_each(visiting->store, ref, depth, &strict, err);
}

static int visit_version(const struct store *store, const struct reference *ref, void *user,
                         struct err *err)
{
    struct version version = {0};
    const int rc = ops_read_version(store, ref, &version, err);

    if (rc == 0)
        visit_names(user, ref, REFERENCE_VERSION, &version_shape, &version);
    shape_done(&version_shape, &version);
    return rc;
}

static int visit_definition(const struct store *store, const struct reference *ref, void *user,
                            struct err *err)
{
    struct definition definition = {0};
    const int rc = ops_read_definition(store, ref, &definition, err);

    if (rc == 0)
        visit_names(user, ref, REFERENCE_DEFINITION, &definition_shape, &definition);
    shape_done(&definition_shape, &definition);
    return rc ? rc : walk(user, ref, REFERENCE_VERSION, visit_version, err);
}

static int visit_gallery(const struct store *store, const struct reference *ref, void *user,
                         struct err *err)
{
    struct gallery gallery = {0};
    const int rc = ops_read_gallery(store, ref, &gallery, err);

    if (rc == 0)
        visit_names(user, ref, REFERENCE_GALLERY, &gallery_shape, &gallery);
    shape_done(&gallery_shape, &gallery);
    return rc ? rc : walk(user, ref, REFERENCE_DEFINITION, visit_definition, err);
}

/* What has failed is not taken up again. */
static int visit_work(void *user, const struct reference *ref, struct err *err)
{
    struct visiting *const visiting = user;
    struct work work = {0};
    int rc = ops_work_read(visiting->store, ref, &work, err);

    if (rc == 0 && !work.error)
        visit_names(visiting, ref, REFERENCE_VERSION, &work_shape, &work);
    shape_done(&work_shape, &work);
    return rc == E_NOT_FOUND || visiting->visitor->quiet ? 0 : rc;
}

/* It comes back with its copies. */
static int visit_trashed(void *user, const struct reference *ref, struct err *err)
{
    struct visiting *const visiting = user;
    struct err why = {0};
    const int rc = visit_version(visiting->store, ref, user, &why);

    if (rc == 0 || rc == E_NOT_FOUND || visiting->visitor->quiet)
        return 0;
    *err = why;
    return rc;
}

int ops_each_region_use(const struct store *store, const struct region_visitor *visitor,
                        struct err *err)
{
    const struct reference all = {0};
    struct visiting visiting = {.store = store, .visitor = visitor};
    int rc = work_each(store, &all, visit_work, &visiting, err);

    if (rc == 0)
        rc = walk(&visiting, &all, REFERENCE_GALLERY, visit_gallery, err);
    return rc ? rc : trash_each(store, &all, visit_trashed, &visiting, err);
}

/* --- that it stays known --- */

/* A built-in one is always. */
static int refuse_if_gone(void *user, const struct row *row, char **name, struct err *err)
{
    const struct store *const *const stores = user;
    const struct store *const store = *stores;
    bool there = true;
    int rc = 0;

    (void)row;
    if (region_book_entry(&store->regions, *name) && !region_find(NULL, *name))
        rc = region_is_kept(store, *name, &there, err);
    if (rc == 0 && !there)
        rc = err_set(err, E_CONFLICT, "region '%s' was deleted meanwhile", *name);
    return rc;
}

int ops_check_regions_stand(const struct store *store, const struct shape *shape, void *value,
                            struct err *err)
{
    return region_members(shape, value, refuse_if_gone, &store, err);
}
