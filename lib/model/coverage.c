#include "model/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/room.h"
#include "model/version.h"

static const char *const state_words[] = {"Intact", "Incomplete", "Unavailable", "Damaged", NULL};
const struct choices coverage_state_choices = {.noun = "coverage state", .words = state_words};

/* clang-format off */
static const struct row covered_rows[] = {
    ROW(struct coverage_region, region, "region", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Region that the copies are wanted in"),
    ROW(struct coverage_region, name, "name", .rules = ROW_KEY | ROW_MADE, .about = "Its short name"),
    ROW(struct coverage_region, storage_account_type, "storageAccountType", .rules = ROW_MADE | ROW_COLUMN,
        .choices = &storage_type_choices, .about = "Storage type of the copies"),
    ROW(struct coverage_region, wanted, "wanted", .rules = ROW_MADE | ROW_COLUMN, .max = REPLICAS_MAX,
        .about = "Replicas that the version wants there"),
    ROW(struct coverage_region, intact, "intact", .rules = ROW_MADE | ROW_COLUMN, .max = REPLICAS_MAX,
        .about = "Replicas that were found there with all disks"),
    ROW(struct coverage_region, state, "state", .rules = ROW_MADE | ROW_COLUMN,
        .choices = &coverage_state_choices,
        .about = "Incomplete: copies are still to be made; Damaged: some that were made are not as they should be"),
    ROW(struct coverage_region, bytes, "bytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Stored bytes that its disks use there, those that other versions use too included"),
    ROW(struct coverage_region, exclusive_bytes, "exclusiveBytes", .rules = ROW_MADE, .max = BYTES_MAX,
        .about = "Of the blobs among them, those that no other version uses; of the whole store only"),
    ROW(struct coverage_region, verified_date, "verifiedDate", .rules = ROW_MADE | ROW_COLUMN,
        .about = "When the oldest of them was last read back; absent when one never was"),
    ROW(struct coverage_region, reason, "reason", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Why not all are intact"),
};

static const struct shape cell_shape =
    SHAPE(struct coverage_region, "coverage of a region", covered_rows, NULL);

static const struct row version_rows[] = {
    ROW(struct coverage_version, name, "name", .rules = ROW_KEY | ROW_MADE | ROW_COLUMN,
        .about = "Gallery, image definition and number"),
    ROW(struct coverage_version, id, "id", .rules = ROW_MADE, .about = "ARM id"),
    ROW(struct coverage_version, state, "state", .rules = ROW_MADE | ROW_COLUMN,
        .choices = &coverage_state_choices, .about = "The worst of its regions"),
    ROW(struct coverage_version, wanted, "wanted", .rules = ROW_MADE | ROW_COLUMN, .max = REPLICAS_MAX,
        .about = "Replicas that it wants in all regions"),
    ROW(struct coverage_version, intact, "intact", .rules = ROW_MADE | ROW_COLUMN, .max = REPLICAS_MAX,
        .about = "Replicas that are intact"),
    ROW(struct coverage_version, bytes, "bytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Stored bytes that its disks use in all regions"),
    ROW(struct coverage_version, verified_date, "verifiedDate", .rules = ROW_MADE | ROW_COLUMN,
        .about = "When the oldest of them was last read back; absent when one never was"),
    ROW_LIST(struct coverage_version, regions, "regions", &cell_shape, .rules = ROW_MADE | ROW_ALWAYS,
        .about = "One entry a target region"),
};

static const struct shape entry_shape =
    SHAPE(struct coverage_version, "coverage of a version", version_rows, NULL);

static const struct row storage_rows[] = {
    ROW(struct coverage_storage, region, "region", .rules = ROW_MADE | ROW_COLUMN, .about = "Region"),
    ROW(struct coverage_storage, name, "name", .rules = ROW_MADE, .about = "Its short name"),
    ROW(struct coverage_storage, storage_account_type, "storageAccountType",
        .rules = ROW_MADE | ROW_COLUMN, .choices = &storage_type_choices, .about = "Storage type"),
    ROW(struct coverage_storage, directories, "directories", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replica directories that were looked at"),
    ROW(struct coverage_storage, bytes, "bytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Stored bytes that the versions use there, each counted once"),
    ROW(struct coverage_storage, plain_bytes, "plainBytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Bytes that plain copies of the disks would take, neither shared nor compressed"),
};

static const struct shape storage_shape =
    SHAPE(struct coverage_storage, "storage of a region", storage_rows, NULL);

static const struct row rows[] = {
    ROW(struct coverage, state, "state", .rules = ROW_MADE | ROW_COLUMN, .choices = &coverage_state_choices,
        .about = "The worst of all versions"),
    ROW(struct coverage, generated_date, "generatedDate", .rules = ROW_MADE, .about = "When it was looked at"),
    ROW(struct coverage, store_id, "storeId", .rules = ROW_MADE, .about = "The store"),
    ROW(struct coverage, store_name, "storeName", .rules = ROW_MADE, .about = "Name of its directory"),
    ROW(struct coverage, image_versions, "imageVersions", .rules = ROW_MADE | ROW_COLUMN, .column = "Versions",
        .about = "Image versions that were looked at"),
    ROW(struct coverage, wanted, "wanted", .rules = ROW_MADE | ROW_COLUMN, .about = "Replicas that they want"),
    ROW(struct coverage, intact, "intact", .rules = ROW_MADE | ROW_COLUMN, .about = "Replicas that are intact"),
    ROW(struct coverage, bytes, "bytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Stored bytes that they use, each counted once in each replica"),
    ROW(struct coverage, plain_bytes, "plainBytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Bytes that plain copies of the disks would take"),
    ROW_LIST(struct coverage, versions, "versions", &entry_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "One entry a version"),
    ROW_LIST(struct coverage, storage, "storage", &storage_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "One entry a region and storage type"),
};
/* clang-format on */

const struct shape coverage_shape = SHAPE(struct coverage, "coverage", rows, NULL);

struct coverage_storage *coverage_storage_of(struct coverage *coverage, const char *name,
                                             const char *display_name, unsigned type)
{
    struct coverage_storage *storage;

    for (size_t i = 0; i < coverage->storage.count; i++) {
        storage = &coverage->storage.items[i];
        if (storage->storage_account_type == type && text_equal(storage->name, name))
            return storage;
    }
    storage = VEC_ADD(&coverage->storage);
    *storage = (struct coverage_storage){
        .region = text_copy(display_name),
        .name = text_copy(name),
        .storage_account_type = type,
        .directories = opt_int_of(0),
        .bytes = opt_int_of(0),
        .plain_bytes = opt_int_of(0),
    };
    return storage;
}

/* --- sums --- */

/* What was never read back hides when the others were. */
static struct opt_time older(struct opt_time left, struct opt_time right, bool first)
{
    if (first)
        return right;
    if (!left.set || !right.set)
        return (struct opt_time){0};
    return left.value < right.value ? left : right;
}

static void settle_version(struct coverage_version *version)
{
    bool first = true;

    version->state = COVERAGE_INTACT;
    version->wanted = version->intact = version->bytes = opt_int_of(0);
    for (size_t i = 0; i < version->regions.count; i++) {
        const struct coverage_region *const region = &version->regions.items[i];

        if (region->state > version->state)
            version->state = region->state;
        version->wanted.value += region->wanted.value;
        version->intact.value += region->intact.value;
        version->bytes.value += region->bytes.value;
        if (region->bytes.value == 0)
            continue;
        version->verified_date = older(version->verified_date, region->verified_date, first);
        first = false;
    }
}

static int by_region(const void *left, const void *right)
{
    const struct coverage_storage *const a = left;
    const struct coverage_storage *const b = right;
    const int order = strcmp(a->name, b->name);

    if (order)
        return order;
    return (a->storage_account_type > b->storage_account_type) -
           (a->storage_account_type < b->storage_account_type);
}

void coverage_settle(struct coverage *coverage)
{
    struct coverage_storages *const storage = &coverage->storage;

    coverage->state = COVERAGE_INTACT;
    coverage->image_versions = opt_int_of(coverage->versions.count);
    coverage->wanted = coverage->intact = opt_int_of(0);
    coverage->bytes = coverage->plain_bytes = opt_int_of(0);
    for (size_t i = 0; i < coverage->versions.count; i++) {
        struct coverage_version *const version = &coverage->versions.items[i];

        settle_version(version);
        if (version->state > coverage->state)
            coverage->state = version->state;
        coverage->wanted.value += version->wanted.value;
        coverage->intact.value += version->intact.value;
    }
    for (size_t i = 0; i < storage->count; i++) {
        coverage->bytes.value += storage->items[i].bytes.value;
        coverage->plain_bytes.value += storage->items[i].plain_bytes.value;
    }
    if (storage->count > 0)
        qsort(storage->items, storage->count, sizeof *storage->items, by_region);
}

/* --- by region --- */

static int by_name(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool is_listed(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(names[i], name))
            return true;
    return false;
}

const char **coverage_region_names(const struct coverage *coverage, size_t *ret_count)
{
    struct {
        const char **items;
        size_t count;
    } names = {0};

    for (size_t v = 0; v < coverage->versions.count; v++) {
        const struct coverage_regions *const regions = &coverage->versions.items[v].regions;

        for (size_t r = 0; r < regions->count; r++)
            if (!is_listed(names.items, names.count, regions->items[r].name))
                *VEC_ADD(&names) = regions->items[r].name;
    }
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, by_name);
    *ret_count = names.count;
    return names.items;
}

const struct coverage_region *coverage_find(const struct coverage_version *version,
                                            const char *name)
{
    for (size_t i = 0; i < version->regions.count; i++)
        if (text_equal(version->regions.items[i].name, name))
            return &version->regions.items[i];
    return NULL;
}
