/* The plans of verbs that are about versions. */
#include <stdlib.h>

#include "base/text.h"
#include "ops/plan.h"
#include "store/resource.h"
#include "store/status.h"
#include "store/work.h"

static void plan_losses(struct planning *planning, const struct reference *ref,
                        const struct version *old, const struct version *kept)
{
    const struct target_regions *const targets = &old->publishing_profile.target_regions;

    for (size_t i = 0; i < targets->count; i++) {
        const struct target_region *const target = &targets->items[i];
        const struct target_region *const still = kept ? version_target(kept, target->name) : NULL;
        struct replica_place place = place_before(target);

        while (place_next(&place, target)) {
            if (!still || place.number > (unsigned)still->regional_replica_count.value)
                planning_lose(planning, ref, &place);
        }
    }
}

/* --- update --- */

static void plan_added(struct planning *planning, const struct version *old,
                       const struct version *new)
{
    const struct target_regions *const targets = &new->publishing_profile.target_regions;

    for (size_t i = 0; i < targets->count; i++) {
        const struct target_region *const had =
            old ? version_target(old, targets->items[i].name) : NULL;

        planning_occupied(planning, &targets->items[i],
                          had ? (unsigned)had->regional_replica_count.value : 0, new);
    }
}

int planning_update(struct planning *planning, const struct version_request *request,
                    struct err *err)
{
    struct gallery gallery = {0};
    struct version old = {0}, new = {0};
    int rc = ops_read_gallery(planning->store, &request->ref, &gallery, err);

    if (rc == 0)
        rc = ops_read_version(planning->store, &request->ref, &old, err);
    if (rc == 0)
        rc = ops_change_planned(planning->store, request, &new, err);
    if (rc == 0) {
        version_fill_regions(&old);
        rc = planning_version(planning, &new, NULL, err);
    }
    if (rc == 0) {
        plan_added(planning, &old, &new);
        plan_losses(planning, &request->ref, &old, &new);
    }
    shape_done(&gallery_shape, &gallery);
    shape_done(&version_shape, &old);
    shape_done(&version_shape, &new);
    return rc;
}

int gal_version_update_plan(struct store *store, const struct version_request *request,
                            const char *prices, struct plan *ret, struct err *err)
{
    struct planning planning = {
        .store = store, .plan = ret, .operation = PLAN_UPDATE, .prices_file = prices};
    int rc = ops_enter(store, ACTION_VERSION_WRITE, &request->ref, NAMING_CHANGE, err);

    if (rc)
        return rc;
    planning_add_reference(ret, &request->ref);
    rc = planning_update(&planning, request, err);
    if (rc)
        ops_cannot(err, "update", &request->ref, REFERENCE_VERSION);
    else
        rc = planning_end(&planning, err);
    planning_done(&planning);
    return rc;
}

/* --- replicate --- */

struct replicating {
    struct planning *planning;
    bool overlap;         /* several references may cover the same version */
    struct texts regions; /* canonical; none: all targets */
};

static bool is_planned(const struct plan *plan, const struct reference *ref)
{
    struct buf name = {0};
    bool planned = false;

    reference_add_text(&name, ref);
    for (size_t i = 0; !planned && i < plan->references.count; i++)
        planned = text_same_word(plan->references.items[i], buf_text(&name));
    buf_done(&name);
    return planned;
}

static int plan_each(const struct store *store, const struct reference *ref, void *user,
                     struct err *err)
{
    struct replicating *const replicating = user;
    struct version version = {0};
    int rc;

    if (replicating->overlap && is_planned(replicating->planning->plan, ref))
        return 0;
    rc = ops_read_version(store, ref, &version, err);
    if (rc)
        return rc;
    version_fill_regions(&version);
    planning_add_reference(replicating->planning->plan, ref);
    rc = planning_version(replicating->planning, &version, &replicating->regions, err);
    shape_done(&version_shape, &version);
    return rc;
}

static int plan_depth(struct replicating *replicating, const struct reference *ref,
                      enum reference_depth depth, struct err *err);

static int plan_definition(const struct store *store, const struct reference *ref, void *user,
                           struct err *err)
{
    (void)store;
    return plan_depth(user, ref, REFERENCE_VERSION, err);
}

static int plan_gallery(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    (void)store;
    return plan_depth(user, ref, REFERENCE_DEFINITION, err);
}

static int plan_depth(struct replicating *replicating, const struct reference *ref,
                      enum reference_depth depth, struct err *err)
{
    const struct ops_each each = {
        .each = depth == REFERENCE_GALLERY      ? plan_gallery
                : depth == REFERENCE_DEFINITION ? plan_definition
                                                : plan_each,
        .user = replicating,
    };

    return ops_for_each(replicating->planning->store, ref, depth, &each, err);
}

static int plan_replication(struct replicating *replicating, const struct reference *named,
                            struct err *err)
{
    struct store *const store = replicating->planning->store;
    struct reference ref = ops_reference(named);
    enum reference_depth depth;
    int rc = reference_depth(&ref, &depth, err);

    if (rc == 0)
        rc = ops_authorise(store, ACTION_VERSION_WRITE, &ref, err);
    if (rc == 0 && depth != REFERENCE_NONE)
        rc = ops_check(store, &ref, depth, NAMING_READ, err);
    if (rc == 0 && depth == REFERENCE_VERSION) {
        rc = ops_resolve(store, &ref, NULL, err);
        rc = rc ? rc : plan_each(store, &ref, replicating, err);
    } else if (rc == 0) {
        rc = plan_depth(replicating, &ref, depth + 1, err);
    }
    shape_done(&reference_shape, &ref);
    return rc;
}

int gal_replicate_plan(struct store *store, const struct replicate_request *request,
                       const char *prices, struct plan *ret, struct err *err)
{
    struct planning planning = {
        .store = store, .plan = ret, .operation = PLAN_REPLICATE, .prices_file = prices};
    struct replicating replicating = {
        .planning = &planning,
        .overlap = request->others.count > 0,
    };
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < request->regions.count; i++) {
        const char *region;

        rc = ops_region(store, request->regions.items[i], &region, err);
        if (rc == 0)
            texts_add(&replicating.regions, region);
    }
    if (rc == 0)
        rc = plan_replication(&replicating, &request->ref, err);
    for (size_t i = 0; rc == 0 && i < request->others.count; i++)
        rc = plan_replication(&replicating, &request->others.items[i], err);
    if (rc == 0)
        rc = planning_end(&planning, err);
    texts_done(&replicating.regions);
    planning_done(&planning);
    return rc;
}
