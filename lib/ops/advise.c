/* How many replicas a version needs, held against what it has. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "ops/room.h"

struct advising {
    const struct store *store;
    const struct advise_request *request;
    struct reference ref;
    struct version now;    /* as stored, every region with its count and type */
    struct version wanted; /* as it should be */
    bool changed;
    struct advice *advice;
};

/* --- what is needed --- */

/* What the version shall want there: never less than it does. */
static void raise(struct advising *advising, const char *region)
{
    struct target_regions *const targets = &advising->wanted.publishing_profile.target_regions;
    const int64_t needed = advising->advice->needed.value;
    struct target_region *target;

    for (size_t i = 0; i < targets->count; i++) {
        target = &targets->items[i];
        if (!text_equal(target->name, region))
            continue;
        if (target->regional_replica_count.value < needed) {
            target->regional_replica_count.value = needed;
            advising->changed = true;
        }
        return;
    }
    target = VEC_ADD(targets);
    *target = (struct target_region){
        .name = text_copy(region),
        .regional_replica_count = opt_int_of((uint64_t)needed),
        .storage_account_type = advising->now.publishing_profile.storage_account_type,
    };
    advising->changed = true;
}

static int64_t served_by(const struct advice *advice, int64_t replicas)
{
    return replicas * (advice->scale_sets.set ? ADVICE_SCALE_SET : ADVICE_MACHINES);
}

static void add_region(struct advising *advising, const char *name,
                       const struct coverage_region *has)
{
    struct advice *const advice = advising->advice;
    const struct region_row *const row = region_find(&advising->store->regions, name);
    struct advice_region *const region = VEC_ADD(&advice->regions);

    *region = (struct advice_region){
        .region = text_copy(row ? row->display_name : name),
        .name = text_copy(name),
        .storage_account_type =
            has ? has->storage_account_type : advising->now.publishing_profile.storage_account_type,
        .wanted = has ? has->wanted : opt_int_of(0),
        .intact = has ? has->intact : opt_int_of(0),
        .needed = advice->needed,
    };
    region->serves = opt_int_of((uint64_t)served_by(advice, region->intact.value));
    advice->enough.value &= region->intact.value >= advice->needed.value;
    raise(advising, name);
}

static int add_regions(struct advising *advising, const struct coverage_version *has,
                       struct err *err)
{
    const struct texts *const asked = &advising->request->regions;
    int rc = 0;

    for (size_t i = 0; asked->count == 0 && i < has->regions.count; i++)
        add_region(advising, has->regions.items[i].name, &has->regions.items[i]);
    for (size_t i = 0; rc == 0 && i < asked->count; i++) {
        const char *region;

        rc = ops_region(advising->store, asked->items[i], &region, err);
        if (rc == 0)
            add_region(advising, region, coverage_find(has, region));
    }
    return rc;
}

/* --- how it gets there --- */

/* What --target-regions has no place for is kept by --add-regions, which leaves the rest as it is.
 */
static bool says_more(const struct target_regions *targets)
{
    for (size_t i = 0; i < targets->count; i++)
        if (targets->items[i].exclude_from_latest.set)
            return true;
    return false;
}

static void add_target(struct buf *out, const struct target_region *target,
                       const struct version *version)
{
    buf_printf(out, " %s=%" PRId64, target->name, target->regional_replica_count.value);
    if (target->storage_account_type != version->publishing_profile.storage_account_type)
        buf_printf(out, "=%s", choice_word(&storage_type_choices, target->storage_account_type));
}

static bool is_raised(const struct advising *advising, const struct target_region *target)
{
    const struct target_region *const before = version_target(&advising->now, target->name);

    return !before || before->regional_replica_count.value != target->regional_replica_count.value;
}

static void write_command(struct advising *advising)
{
    const struct target_regions *const targets =
        &advising->wanted.publishing_profile.target_regions;
    const bool some = says_more(targets);
    struct buf command = {0};

    buf_add_text(&command, "sig image-version update ");
    reference_add_text(&command, &advising->ref);
    buf_add_text(&command, some ? " --add-regions" : " --target-regions");
    for (size_t i = 0; i < targets->count; i++)
        if (!some || is_raised(advising, &targets->items[i]))
            add_target(&command, &targets->items[i], &advising->now);
    advising->advice->command = buf_take(&command);
}

/* Copies that it wants already and has not are made by replicating. */
static void find_way(struct advising *advising)
{
    struct advice *const advice = advising->advice;
    struct err why = {0};
    struct buf command = {0};

    if (advising->changed) {
        if (version_check_regions(&advising->store->regions, &advising->wanted, &why))
            advice->reason = text_copy(why.text);
        else
            write_command(advising);
    } else if (!advice->enough.value) {
        buf_add_text(&command, "sig replicate ");
        reference_add_text(&command, &advising->ref);
        buf_add_text(&command, " --verify");
        advice->command = buf_take(&command);
    }
}

/* --- the verb --- */

static int check_numbers(const struct advise_request *request, struct err *err)
{
    if (request->scale_sets.set && request->scale_sets.value > request->instances.value)
        return err_set(err, E_INVALID, "%" PRId64 " instances cannot be in %" PRId64 " scale sets",
                       request->instances.value, request->scale_sets.value);
    return 0;
}

static int advise(struct advising *advising, struct store *store, struct err *err)
{
    const struct coverage_request asked = {.ref = advising->ref};
    struct advice *const advice = advising->advice;
    const int64_t sets = advice->scale_sets.value;
    struct coverage coverage = {0};
    struct buf name = {0};
    int rc = ops_read_version(store, &advising->ref, &advising->now, err);

    if (rc)
        return rc;
    version_fill_regions(&advising->now);
    shape_copy(&version_shape, &advising->wanted, &advising->now);
    reference_add_text(&name, &advising->ref);
    advice->name = buf_take(&name);
    advice->enough = (struct opt_bool){.set = true, .value = true};
    advice->needed = opt_int_of((uint64_t)advice_needed(advice->instances.value, sets));
    advice->rule = advice_rule(advice->instances.value, sets);
    advice->other_rule = advice_other_rule(advice->instances.value, sets);
    rc = gal_coverage(store, &asked, &coverage, err);
    if (rc == 0)
        rc = add_regions(advising, &coverage.versions.items[0], err);
    if (rc == 0)
        find_way(advising);
    shape_done(&coverage_shape, &coverage);
    return rc;
}

int gal_advise(struct store *store, const struct advise_request *request, struct advice *ret,
               struct err *err)
{
    struct advising advising = {
        .store = store, .request = request, .ref = ops_reference(&request->ref), .advice = ret};
    const char *region;
    int rc = check_numbers(request, err);

    ret->instances = request->instances;
    ret->scale_sets = request->scale_sets;
    if (rc == 0)
        rc = ops_find_version(store, &advising.ref, NULL, &region, err);
    if (rc == 0)
        rc = advise(&advising, store, err);
    if (rc)
        shape_done(&advice_shape, ret);
    shape_done(&version_shape, &advising.now);
    shape_done(&version_shape, &advising.wanted);
    shape_done(&reference_shape, &advising.ref);
    return rc;
}
