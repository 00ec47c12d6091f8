/* What deleting frees. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/number.h"
#include "ops/plan.h"
#include "ops/trash.h"

/* What goes when nothing of `ref` has copies there any more. */
static int lose(struct planning *planning, const struct reference *ref,
                const struct replica_place *place, uint64_t *ret, struct err *err)
{
    uint64_t now = 0, then = 0;
    int rc = planning_unused(planning->store, place, NULL, &now, err);

    if (rc == 0)
        rc = planning_unused(planning->store, place, ref, &then, err);
    if (rc == 0)
        *ret = then > now ? then - now : 0;
    return rc;
}

void planning_lose(struct planning *planning, const struct reference *ref,
                   const struct replica_place *place)
{
    struct err why = {0};
    uint64_t bytes = 0;

    if (lose(planning, ref, place, &bytes, &why))
        planning_keep(planning, place, &why);
    else
        planning_free(planning, place, bytes);
}

/* What is to go, and where it is. */
struct leaving {
    struct planning *planning;
    struct {
        struct replica_place *items;
        size_t count;
    } places; /* each once */
    size_t definitions, versions, soft_deleted;
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

static int add_trashed(void *user, const struct reference *ref, struct err *err)
{
    struct leaving *const leaving = user;
    struct err why = {0};

    (void)err;
    if (add_version(leaving->planning->store, ref, user, &why))
        note_unreadable(user, REFERENCE_VERSION, &why);
    leaving->versions--;
    leaving->soft_deleted++;
    return 0;
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
    return rc ? rc : ops_check_part_deletable(store, ref, depth, request->how, err);
}

/* It frees nothing as long as it is in the trash. */
static void tell_trash(const struct leaving *leaving, const struct reference *ref,
                       const struct soft_deleted *record)
{
    char until[CLOCK_TEXT_SIZE];
    struct buf text = {0};
    uint64_t bytes = 0;

    for (size_t i = 0; i < leaving->places.count; i++) {
        const struct replica_place *const place = &leaving->places.items[i];
        struct err why = {0};
        uint64_t freed = 0;

        if (lose(leaving->planning, ref, place, &freed, &why))
            planning_keep(leaving->planning, place, &why);
        else
            planning_free(leaving->planning, place, 0);
        bytes += freed;
    }
    number_add_size(&text, bytes);
    clock_text(record->hard_deletion_target_time.value, until);
    store_notice(leaving->planning->store,
                 "it would go to the trash, which frees nothing now, and %s after %s",
                 buf_text(&text), until);
    buf_done(&text);
}

static int free_places(const struct leaving *leaving, const struct delete_plan *request,
                       enum reference_depth depth, struct err *err)
{
    struct soft_deleted record = {0};
    bool kept = false;
    int rc = 0;

    if (depth == REFERENCE_VERSION)
        rc =
            ops_foresee(leaving->planning->store, &request->ref, request->how, &kept, &record, err);
    if (rc == 0 && kept)
        tell_trash(leaving, &request->ref, &record);
    for (size_t i = 0; rc == 0 && !kept && i < leaving->places.count; i++)
        planning_lose(leaving->planning, &request->ref, &leaving->places.items[i]);
    shape_done(&soft_deleted_shape, &record);
    return rc;
}

static void tell_counts(const struct leaving *leaving)
{
    const struct store *const store = leaving->planning->store;

    store_notice(store, "%zu %s and %zu %s would go", leaving->definitions,
                 leaving->definitions == 1 ? "image definition" : "image definitions",
                 leaving->versions, leaving->versions == 1 ? "image version" : "image versions");
    if (leaving->soft_deleted)
        store_notice(store, "%zu soft-deleted %s would go for good", leaving->soft_deleted,
                     leaving->soft_deleted == 1 ? "image version" : "image versions");
}

static int plan_delete(struct planning *planning, const struct delete_plan *request,
                       enum reference_depth depth, struct err *err)
{
    const struct reference *const ref = &request->ref;
    const struct reference part = {.gallery = ref->gallery, .definition = ref->definition};
    struct leaving leaving = {.planning = planning};
    struct store *const store = planning->store;
    int rc = check(store, request, depth, err);

    if (rc == 0)
        rc = depth == REFERENCE_VERSION      ? add_version(store, ref, &leaving, err)
             : depth == REFERENCE_DEFINITION ? add_definition(store, ref, &leaving, err)
                                             : add_gallery(store, ref, &leaving, err);
    if (rc == 0 && depth != REFERENCE_VERSION)
        rc = trash_each(store, &part, add_trashed, &leaving, err);
    if (rc == 0)
        rc = free_places(&leaving, request, depth, err);
    free(leaving.places.items);
    if (rc == E_NOT_FOUND) { /* what is absent is deleted already */
        store_notice(store, "%s", err->text);
        return 0;
    }
    if (rc == 0 && request->how & DELETE_RECURSIVE)
        tell_counts(&leaving);
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
