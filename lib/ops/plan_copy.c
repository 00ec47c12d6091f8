/* What a replica directory would get, and what it would lose. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "blob/index.h"
#include "ops/plan.h"
#include "ops/sweep.h"
#include "os/file.h"
#include "replica/copy_plan.h"
#include "replica/raw.h"

int planning_copied_bytes(const struct replica *from, const struct replica *to,
                          const struct disk_digest *digests, size_t count, uint64_t *ret,
                          struct err *err)
{
    struct copy_plan plan = {0};
    struct index *index = NULL;
    int rc = to ? index_open(to->dir, &index, err) : 0;

    if (rc == 0)
        rc = copy_plan_make(&plan, from, index, digests, count, err);
    if (rc == 0)
        *ret = copy_plan_size(&plan);
    copy_plan_done(&plan);
    index_close(index);
    return rc;
}

int planning_unused(struct store *store, const struct replica_place *place,
                    const struct reference *without, uint64_t *ret, struct err *err)
{
    struct sweeping sweeping = {
        .store = store, .plan = true, .quiet = !without, .without = without};
    const int rc = sweep_replica(&sweeping, place, err);

    *ret = sweeping.swept.bytes;
    if (rc == 0 && sweeping.failed)
        *err = sweeping.last;
    return rc ? rc : sweeping.failed ? err->code : 0;
}

/* --- which disks from where --- */

int planning_open(const struct store *store, const struct replica_place *place, struct replica *ret,
                  struct err *err)
{
    char *const label = replica_dir_label(place);
    int dir = FILE_NONE;
    int rc = replica_dir_open(store, place, false, &dir, err);

    if (rc == 0)
        rc = replica_open(dir, label, false, 0, ret, err);
    free(label);
    return rc;
}

/* --- raw files --- */

static bool is_planned(const struct planning *planning, const struct replica_place *place,
                       const struct disk_digest *digest)
{
    for (size_t i = 0; i < planning->raws.count; i++) {
        const struct planned_raw *const raw = &planning->raws.items[i];

        if (place_equal(&raw->place, place) && memcmp(&raw->digest, digest, sizeof *digest) == 0)
            return true;
    }
    return false;
}

static int plan_raw(struct planning *planning, const struct replica_place *place,
                    const struct replica *replica, const struct disk_image *image, struct err *err)
{
    struct disk_digest digest;
    struct planned_raw *raw;
    bool there = false;
    int rc = 0;

    if (!image->disk_digest || !disk_digest_parse(image->disk_digest, &digest) ||
        is_planned(planning, place, &digest))
        return 0;
    if (replica->dir != FILE_NONE)
        rc = replica_has_disk(replica, &digest, &there, NULL, err);
    if (rc == 0 && there)
        rc = raw_is_there(replica, &digest, &there, err);
    if (rc || there)
        return rc;
    raw = VEC_ADD(&planning->raws);
    *raw = (struct planned_raw){.place = *place, .digest = digest};
    raw->place.region = plan_region(planning->plan, place->region, place->type)->region;
    return planning_copy(planning, place, (uint64_t)image->data_size_in_bytes.value, err);
}

int planning_raws(struct planning *planning, const struct replica_place *place,
                  const struct replica *replica, const struct version *version, struct err *err)
{
    const struct disk_images *const data = &version->storage_profile.data_disk_images;
    int rc = 0;

    if (place->type != STORAGE_PREMIUM_LRS)
        return 0;
    rc = plan_raw(planning, place, replica, &version->storage_profile.os_disk_image, err);
    for (size_t i = 0; rc == 0 && i < data->count; i++)
        rc = plan_raw(planning, place, replica, &data->items[i], err);
    return rc;
}

/* Those of the disks that are not there. */
static int find_missing(const struct replica *replica, const struct disk_digest *all, size_t count,
                        struct planned_copy *ret, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        bool has = false;

        if (replica->dir != FILE_NONE)
            rc = replica_has_disk(replica, &all[i], &has, NULL, err);
        if (rc == 0 && !has)
            *VEC_ADD(&ret->digests) = all[i];
    }
    return rc;
}

/* The first that has them: those of the region, then of the home region, then any. */
static bool find_source(struct planning *planning, const struct version *version,
                        struct planned_copy *copy)
{
    struct replica_set set = {0};
    bool found = false;

    replica_set_open(planning->store, version, copy->to.region, &set);
    for (size_t i = 0; !found && i < set.count; i++) {
        struct err ignored = {0};

        if (set.items[i].why || ops_has_disks(&set.items[i], copy->digests.items,
                                              copy->digests.count, &found, &ignored))
            found = false;
        if (found)
            copy->from = set.places[i];
    }
    replica_set_close(&set);
    return found;
}

static void forget_copy(struct planned_copy *copy)
{
    free(copy->digests.items);
    free(copy->regions[0]);
    free(copy->regions[1]);
}

static void add_copy(struct planning *planning, struct planned_copy *takes)
{
    takes->regions[0] = text_copy(takes->to.region);
    takes->regions[1] = text_copy(takes->from.region);
    takes->to.region = takes->regions[0];
    takes->from.region = takes->regions[1];
    for (size_t i = 0; i < planning->copies.count; i++) {
        struct planned_copy *const other = &planning->copies.items[i];

        if (!place_equal(&other->to, &takes->to) || !place_equal(&other->from, &takes->from))
            continue;
        for (size_t d = 0; d < takes->digests.count; d++)
            *VEC_ADD(&other->digests) = takes->digests.items[d];
        forget_copy(takes);
        return;
    }
    *VEC_ADD(&planning->copies) = *takes;
}

static int plan_place(struct planning *planning, const struct version *version,
                      const struct replica_place *place, struct err *err)
{
    struct planned_copy copy = {
        .to = *place,
        .first =
            !text_equal(place->region, version->location) && place->number == 1 && place->zone <= 1,
    };
    struct replica replica = REPLICA_NONE;
    struct disk_digest *digests = NULL;
    size_t count = 0;
    int rc = ops_digests(version, &digests, &count, err);

    if (rc == 0)
        rc = planning_open(planning->store, place, &replica, err);
    if (rc == 0 || rc == E_NOT_FOUND)
        rc = find_missing(&replica, digests, count, &copy, err);
    if (rc == 0 && copy.digests.count > 0 && !find_source(planning, version, &copy))
        rc = err_set(err, E_CORRUPT, "no intact replica was found to copy from");
    if (rc == 0)
        rc = planning_raws(planning, place, &replica, version, err);
    if (rc == 0 && copy.digests.count > 0)
        add_copy(planning, &copy);
    else
        forget_copy(&copy);
    replica_close(&replica);
    free(digests);
    return rc;
}

static bool is_wanted(const struct texts *regions, const char *region)
{
    for (size_t i = 0; regions && i < regions->count; i++)
        if (text_equal(regions->items[i], region))
            return true;
    return !regions || regions->count == 0;
}

int planning_version(struct planning *planning, const struct version *version,
                     const struct texts *regions, struct err *err)
{
    const struct target_regions *const targets = &version->publishing_profile.target_regions;

    (void)err;
    for (size_t i = 0; i < targets->count; i++) {
        const struct target_region *const target = &targets->items[i];
        struct replica_place place = place_before(target);

        if (!is_wanted(regions, target->name))
            continue;
        plan_region(planning->plan, target->name, target->storage_account_type);
        while (place_next(&place, target)) {
            struct err why = {0};

            if (plan_place(planning, version, &place, &why))
                planning_pass_over(planning, &place, &why);
        }
    }
    return 0;
}

/* --- how much that is --- */

static int count_copy(struct planning *planning, const struct planned_copy *copy, struct err *err)
{
    struct replica from = REPLICA_NONE, to = REPLICA_NONE;
    uint64_t bytes = 0;
    int rc = planning_open(planning->store, &copy->from, &from, err);

    if (rc == 0)
        rc = planning_open(planning->store, &copy->to, &to, err);
    if (rc == 0 || (rc == E_NOT_FOUND && from.dir != FILE_NONE))
        rc = planning_copied_bytes(&from, to.dir == FILE_NONE ? NULL : &to, copy->digests.items,
                                   copy->digests.count, &bytes, err);
    if (rc == 0)
        rc = planning_copy(planning, &copy->to, bytes, err);
    if (rc == 0 && copy->first)
        planning_egress(planning, &copy->to, bytes);
    replica_close(&from);
    replica_close(&to);
    return rc;
}

int planning_count_copies(struct planning *planning, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < planning->copies.count; i++)
        rc = count_copy(planning, &planning->copies.items[i], err);
    return rc;
}
