/* The plan of a publish: its disks are read, cut, hashed and compressed, and nothing is stored. */
#include <stdlib.h>

#include "base/text.h"
#include "blob/index.h"
#include "ops/plan.h"
#include "ops/publish.h"
#include "os/dir.h"
#include "os/file.h"
#include "replica/copy_plan.h"

/* Where the home replica was never made, what is read is compared with nothing. */
static int open_home(struct publish *publish, const struct version *version, struct err *err)
{
    const int rc = publish_open_home(publish, version, false, err);

    if (rc != E_NOT_FOUND)
        return rc;
    if (!publish->home.label) {
        const struct replica_place place = place_first(version_target(version, version->location));

        publish->home.label = replica_dir_label(&place);
    }
    return 0;
}

/* Of what the home replica has already, the bytes that another one is to get. */
static int count_found(struct publish *publish, const struct replica *to, uint64_t *ret,
                       struct err *err)
{
    struct copy_plan plan = {0};
    struct index *index = NULL;
    int rc = 0;

    for (size_t i = 0; i < publish->packed.found.count; i++) {
        const struct need_blob *const item = &publish->packed.found.items[i];
        const size_t number = need_add_blob(&plan.need, &item->blob);

        for (uint32_t block = 0; block < item->blob.blocks; block++)
            if (need_has(item, block))
                need_mark(&plan.need.items[number], block);
    }
    if (to->dir != FILE_NONE)
        rc = index_open(to->dir, &index, err);
    if (rc == 0)
        rc = copy_plan_choose(&plan, &publish->home, index, err);
    if (rc == 0)
        *ret = copy_plan_size(&plan);
    index_close(index);
    copy_plan_done(&plan);
    return rc;
}

/* Whether it may have blocks that the home replica has not: they are told from no blob of it. */
static bool has_blobs_of_its_own(const struct publish *publish, const struct replica *replica)
{
    struct texts names = {0};
    struct err ignored = {0};
    bool found = false;

    if (replica->dir == FILE_NONE || dir_list(replica->blobs, ".", &names, &ignored))
        return false;
    for (size_t i = 0; !found && i < names.count; i++) {
        struct file_info info;
        bool there = false;

        if (publish->home.dir != FILE_NONE &&
            file_look(publish->home.blobs, names.items[i], &there, &info, &ignored))
            there = false;
        found = !there && names.items[i][0] != '.';
    }
    texts_done(&names);
    return found;
}

static void note_bound(struct planning *planning, const struct replica_place *place)
{
    char *const label = replica_dir_label(place);
    char *const note =
        text_printf("replica '%s': at most, as it has blobs that the home region has not", label);

    texts_add(&planning->plan->notes, note);
    free(note);
    free(label);
}

static int plan_place(struct planning *planning, struct publish *publish,
                      const struct replica_place *place, struct err *err)
{
    const bool home = text_equal(place->region, publish->version.location);
    struct replica to = REPLICA_NONE;
    uint64_t found = 0;
    int rc = planning_open(planning->store, place, &to, err);

    if (rc == E_NOT_FOUND)
        rc = 0;
    if (rc == 0)
        rc = planning_raws(planning, place, &to, &publish->version, err);
    if (rc == 0 && (!home || place->number > 1 || place->zone > 1))
        rc = count_found(publish, &to, &found, err);
    if (publish->packed.stored_bytes > 0 && has_blobs_of_its_own(publish, &to))
        note_bound(planning, place);
    found += publish->packed.stored_bytes;
    if (rc == 0)
        rc = planning_copy(planning, place, found, err);
    if (rc == 0 && !home && place->number == 1 && place->zone <= 1)
        planning_egress(planning, place, found);
    replica_close(&to);
    return rc;
}

static void plan_places(struct planning *planning, struct publish *publish)
{
    const struct target_regions *const targets =
        &publish->version.publishing_profile.target_regions;

    for (size_t i = 0; i < targets->count; i++) {
        const struct target_region *const target = &targets->items[i];
        struct replica_place place = place_before(target);

        while (place_next(&place, target)) {
            struct err why = {0};

            if (plan_place(planning, publish, &place, &why))
                planning_pass_over(planning, &place, &why);
        }
    }
    if (publish->packed.at_most)
        texts_add(&planning->plan->notes, "at most: so many blocks are new that it was not told of "
                                          "all whether they come twice");
}

static void plan_occupied(struct planning *planning, const struct publish *publish)
{
    const struct target_regions *const targets =
        &publish->version.publishing_profile.target_regions;

    for (size_t i = 0; i < targets->count; i++)
        planning_occupied(planning, &targets->items[i], 0, &publish->version);
}

static int plan_new(struct planning *planning, struct publish *publish, struct err *err)
{
    int rc = publish_prepare(publish, err);

    if (rc == 0)
        rc = open_home(publish, &publish->version, err);
    if (rc == 0)
        rc = publish_store_disks(publish, &publish->version.storage_profile, err);
    if (rc == 0 && publish->request->if_changed.value)
        rc = publish_find_same(publish, &publish->version, err);
    if (rc == 0 && !publish->unchanged)
        rc = publish_check_allowed(publish, err);
    if (rc == 0)
        rc = publish_choose_number(publish, err);
    if (rc)
        return rc;
    version_fill_regions(&publish->version);
    if (!publish->unchanged)
        plan_occupied(planning, publish);
    if (publish->unchanged || !publish->pack) /* the home region has all of its disks */
        return planning_version(planning, &publish->version, NULL, err);
    plan_places(planning, publish);
    return 0;
}

/* The disks must be what it has; then it is an update. */
static int plan_existing(struct planning *planning, struct publish *publish, struct err *err)
{
    struct version stored = {0}, found = {0};
    int rc = ops_read_version(planning->store, publish->ref, &stored, err);

    version_fill_regions(&stored);
    if (rc == 0 && !publish_has_source(publish) && publish->request->data_disks.count)
        rc = publish_other_content(err);
    if (rc == 0 && publish_has_source(publish)) {
        rc = publish_open_source(publish, err);
        if (rc == 0)
            rc = open_home(publish, &stored, err);
        if (rc == 0)
            rc = publish_store_disks(publish, &found.storage_profile, err);
        if (rc == 0 && !version_same_content(&stored, &found))
            rc = publish_other_content(err);
    }
    if (rc == 0)
        rc = planning_update(planning, publish->request, err);
    shape_done(&version_shape, &stored);
    shape_done(&version_shape, &found);
    return rc;
}

int gal_version_create_plan(struct store *store, const struct version_request *request,
                            const char *prices, struct plan *ret, struct err *err)
{
    struct planning planning = {
        .store = store, .plan = ret, .operation = PLAN_PUBLISH, .prices_file = prices};
    struct version_request call = *request; /* borrows, but for the reference */
    struct publish publish = {
        .store = store, .request = &call, .ref = &call.ref, .home = REPLICA_NONE, .planned = true};
    bool exists;
    int rc = ops_enter(store, ACTION_VERSION_WRITE, &request->ref, NAMING_CREATE, err);

    if (rc)
        return rc;
    call.ref = ops_reference(&request->ref);
    rc = publish_read_parents(&publish, &exists, err);
    if (rc == 0)
        rc = exists ? plan_existing(&planning, &publish, err) : plan_new(&planning, &publish, err);
    if (rc) {
        ops_cannot(err, "create", publish.ref, REFERENCE_VERSION);
    } else {
        texts_add(&ret->references, publish.name);
        rc = planning_end(&planning, err);
    }
    planning_done(&planning);
    publish_done(&publish);
    shape_done(&reference_shape, &call.ref);
    return rc;
}
