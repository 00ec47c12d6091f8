/* What deleting frees. */
#include <stdlib.h>

#include "ops/plan.h"

/* What goes when nothing of `ref` has copies there any more. */
static int lose(struct planning *planning, const struct reference *ref,
                const struct replica_place *place, struct err *err)
{
    uint64_t now = 0, then = 0;
    int rc = planning_unused(planning->store, place, NULL, &now, err);

    if (rc == 0)
        rc = planning_unused(planning->store, place, ref, &then, err);
    if (rc == 0)
        planning_free(planning, place, then > now ? then - now : 0);
    return rc;
}

void planning_lose(struct planning *planning, const struct reference *ref,
                   const struct replica_place *place)
{
    struct err why = {0};

    if (lose(planning, ref, place, &why))
        planning_keep(planning, place, &why);
}

/* What is to go, and where it is. */
struct leaving {
    struct planning *planning;
    struct {
        struct replica_place *items;
        size_t count;
    } places; /* each once */
    size_t definitions, versions;
};

static void add_place(struct leaving *leaving, const struct replica_place *place)
{
    for (size_t i = 0; i < leaving->places.count; i++)
        if (place_equal(&leaving->places.items[i], place))
            return;
    *VEC_ADD(&leaving->places) = *place;
}

/* The region's name is borrowed from the store: places outlive the version. */
static int add_places(struct leaving *leaving, const struct target_region *target, struct err *err)
{
    struct replica_place place = place_before(target);
    const char *region;
    const int rc = ops_region(leaving->planning->store, target->name, &region, err);

    while (rc == 0 && place_next(&place, target)) {
        struct replica_place kept = place;

        kept.region = region;
        add_place(leaving, &kept);
    }
    return rc;
}

static int add_version(const struct store *store, const struct reference *ref, void *user,
                       struct err *err)
{
    struct leaving *const leaving = user;
    struct version version = {0};
    int rc = ops_read_version(store, ref, &version, err);

    leaving->versions++;
    if (rc == 0)
        version_fill_regions(&version);
    for (size_t i = 0; rc == 0 && i < version.publishing_profile.target_regions.count; i++) {
        const struct target_region *const target =
            &version.publishing_profile.target_regions.items[i];

        rc = add_places(leaving, target, err);
    }
    shape_done(&version_shape, &version);
    return rc;
}

static void note_unreadable(void *user, enum reference_depth depth, const struct err *why)
{
    struct leaving *const leaving = user;

    (void)depth;
    store_notice(leaving->planning->store, "%s; what it frees is not counted", why->text);
}

static int add_definition(const struct store *store, const struct reference *ref, void *user,
                          struct err *err)
{
    const struct ops_visitor visitor = {add_version, note_unreadable, user, NULL};
    struct leaving *const leaving = user;

    leaving->definitions++;
    return ops_walk(store, ref, REFERENCE_VERSION, &visitor, err);
}

static int add_gallery(const struct store *store, const struct reference *ref, void *user,
                       struct err *err)
{
    const struct ops_visitor visitor = {add_definition, note_unreadable, user, NULL};

    return ops_walk(store, ref, REFERENCE_DEFINITION, &visitor, err);
}

/* What the deletion itself would refuse, as far as it is there. */
static int check(const struct store *store, const struct delete_plan *request,
                 enum reference_depth depth, struct err *err)
{
    const struct reference *const ref = &request->ref;
    struct gallery gallery = {0};
    int rc = ops_read_gallery(store, ref, &gallery, err);

    shape_done(&gallery_shape, &gallery);
    if (rc == 0 && depth == REFERENCE_VERSION)
        return ops_check_deletable(store, ref, err);
    if (rc == 0)
        rc = ops_check_unlocked(store, ref, depth, true, err);
    if (rc)
        return rc;
    return request->recursive ? ops_check_inside(store, ref, depth, err)
                              : ops_refuse_if_not_empty(store, ref, depth, err);
}

static int plan_delete(struct planning *planning, const struct delete_plan *request,
                       enum reference_depth depth, struct err *err)
{
    const struct reference *const ref = &request->ref;
    struct leaving leaving = {.planning = planning};
    struct store *const store = planning->store;
    int rc = check(store, request, depth, err);

    if (rc == 0)
        rc = depth == REFERENCE_VERSION      ? add_version(store, ref, &leaving, err)
             : depth == REFERENCE_DEFINITION ? add_definition(store, ref, &leaving, err)
                                             : add_gallery(store, ref, &leaving, err);
    for (size_t i = 0; rc == 0 && i < leaving.places.count; i++)
        planning_lose(planning, ref, &leaving.places.items[i]);
    free(leaving.places.items);
    if (rc == E_NOT_FOUND) { /* what is absent is deleted already */
        store_notice(store, "%s", err->text);
        return 0;
    }
    if (rc == 0 && request->recursive)
        store_notice(store, "%zu %s and %zu %s would go", leaving.definitions,
                     leaving.definitions == 1 ? "image definition" : "image definitions",
                     leaving.versions, leaving.versions == 1 ? "image version" : "image versions");
    return rc;
}

int gal_delete_plan(struct store *store, const struct delete_plan *request, struct plan *ret,
                    struct err *err)
{
    const struct reference *const ref = &request->ref;
    struct planning planning = {
        .store = store, .plan = ret, .operation = PLAN_DELETE, .prices_file = request->prices};
    enum reference_depth depth = REFERENCE_NONE;
    int rc = reference_depth(ref, &depth, err);

    if (rc == 0 && depth == REFERENCE_NONE)
        depth = REFERENCE_GALLERY; /* ops_enter says what is missing */
    if (rc == 0)
        rc = ops_enter(store, action_delete(depth), ref, NAMING_CHANGE, err);
    if (rc)
        return rc;
    planning_add_reference(ret, ref);
    rc = plan_delete(&planning, request, depth, err);
    if (rc)
        ops_cannot(err, "delete", ref, depth);
    else
        rc = planning_end(&planning, err);
    planning_done(&planning);
    return rc;
}
