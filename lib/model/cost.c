#include "model/cost.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "model/room.h"
#include "model/version.h"

/* clang-format off */
static const struct row cost_region_rows[] = {
    ROW(struct cost_region, region, "region", .rules = ROW_MADE | ROW_COLUMN, .about = "Region"),
    ROW(struct cost_region, name, "name", .rules = ROW_KEY | ROW_MADE, .about = "Its short name"),
    ROW(struct cost_region, storage_account_type, "storageAccountType", .rules = ROW_MADE | ROW_COLUMN,
        .choices = &storage_type_choices, .about = "Storage type of the copies"),
    ROW(struct cost_region, replicas, "replicas", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replicas that the versions want there"),
    ROW(struct cost_region, occupied_bytes, "occupiedBytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "What is no zeros in their disks, in every replica: what the service bills"),
    ROW(struct cost_region, occupied_cost, "occupiedCostPerMonth", .rules = ROW_MADE | ROW_COLUMN,
        .about = "What that costs a month"),
    ROW(struct cost_region, stored_bytes, "storedBytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "What they take here: compressed, shared blocks once, in all zones"),
    ROW(struct cost_region, storage_cost, "storageCostPerMonth", .rules = ROW_MADE | ROW_COLUMN,
        .about = "What that would cost a month"),
    ROW(struct cost_region, egress_bytes, "egressBytes", .rules = ROW_MADE, .max = BYTES_MAX,
        .about = "What comes from other regions: the first replica of each version"),
    ROW(struct cost_region, egress_cost, "egressCost", .rules = ROW_MADE | ROW_COLUMN,
        .about = "What that costs, once"),
};

static const struct shape region_cost_shape =
    SHAPE(struct cost_region, "cost of a region", cost_region_rows, NULL);

static const struct row version_rows[] = {
    ROW(struct cost_version, name, "name", .rules = ROW_KEY | ROW_MADE | ROW_COLUMN,
        .about = "Gallery, image definition and number"),
    ROW(struct cost_version, replicas, "replicas", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replicas that it wants in all regions"),
    ROW(struct cost_version, occupied_bytes, "occupiedBytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "What is no zeros in its disks, in every replica"),
    ROW(struct cost_version, occupied_cost, "occupiedCostPerMonth", .rules = ROW_MADE | ROW_COLUMN,
        .about = "What that costs a month"),
    ROW(struct cost_version, egress_bytes, "egressBytes", .rules = ROW_MADE, .max = BYTES_MAX,
        .about = "One copy for each further region"),
    ROW(struct cost_version, egress_cost, "egressCost", .rules = ROW_MADE | ROW_COLUMN,
        .about = "What that costs, once"),
};

static const struct shape version_cost_shape =
    SHAPE(struct cost_version, "cost of a version", version_rows, NULL);

static const struct row rows[] = {
    ROW(struct cost, image_versions, "imageVersions", .rules = ROW_MADE | ROW_COLUMN, .column = "Versions",
        .about = "Image versions that were counted"),
    ROW(struct cost, occupied_bytes, "occupiedBytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "What is no zeros in their disks, in every replica: what the service bills"),
    ROW(struct cost, occupied_cost, "occupiedCostPerMonth", .rules = ROW_MADE | ROW_COLUMN,
        .about = "What that costs a month; absent when a storage type in use has no price"),
    ROW(struct cost, stored_bytes, "storedBytes", .rules = ROW_MADE | ROW_COLUMN, .max = BYTES_MAX,
        .about = "What they take here: compressed, shared blocks once in each replica"),
    ROW(struct cost, storage_cost, "storageCostPerMonth", .rules = ROW_MADE | ROW_COLUMN,
        .about = "What that would cost a month"),
    ROW(struct cost, egress_bytes, "egressBytes", .rules = ROW_MADE, .max = BYTES_MAX,
        .about = "One copy of each version for each further region"),
    ROW(struct cost, egress_cost, "egressCost", .rules = ROW_MADE | ROW_COLUMN,
        .about = "What that costs, once"),
    ROW(struct cost, currency, "currency", .rules = ROW_MADE | ROW_COLUMN, .about = "What the amounts are in"),
    ROW(struct cost, prices_from, "pricesFrom", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Which prices these are, and of when"),
    ROW_LIST(struct cost, regions, "regions", &region_cost_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "One entry a region and storage type"),
    ROW_LIST(struct cost, versions, "versions", &version_cost_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "One entry a version"),
    ROW(struct cost, notes, "notes", .rules = ROW_MADE, .about = "What is to be known of the numbers"),
};
/* clang-format on */

const struct shape cost_shape = SHAPE(struct cost, "cost", rows, NULL);

/* Bytes by storage type: rounded once, whatever they are sums of. */
struct by_type {
    uint64_t bytes[STORAGE_TYPES + 1];
};

/* While it is added up. */
struct costing {
    const struct prices *prices;
    const char *from;
    struct cost *cost;
    struct by_type occupied, stored;
    bool unknown; /* the occupied size of some version */
};

/* NULL when a type in use has no price. */
static char *amount_of(const struct prices *prices, const struct by_type *sums)
{
    uint64_t amount = 0, price;

    for (unsigned type = 1; type <= STORAGE_TYPES; type++) {
        if (sums->bytes[type] == 0)
            continue;
        if (!prices_storage(prices, type, &price))
            return NULL;
        amount = number_capped_sum(amount, price_of(sums->bytes[type], price));
    }
    return amount_text(amount);
}

static char *egress_amount(const struct prices *prices, const struct opt_int *bytes)
{
    uint64_t price;

    return prices_egress(prices, &price) ? amount_text(price_of((uint64_t)bytes->value, price))
                                         : NULL;
}

static void add(struct opt_int *sum, uint64_t bytes)
{
    const uint64_t all = number_capped_sum((uint64_t)sum->value, bytes);

    *sum = opt_int_of(all < BYTES_MAX ? all : BYTES_MAX);
}

static void add_typed(struct by_type *sums, unsigned type, uint64_t bytes)
{
    if (type <= STORAGE_TYPES)
        sums->bytes[type] = number_capped_sum(sums->bytes[type], bytes);
}

static struct cost_region *region_of(struct cost *cost, const char *name, const char *display_name,
                                     unsigned type)
{
    struct cost_region *region;

    for (size_t i = 0; i < cost->regions.count; i++) {
        region = &cost->regions.items[i];
        if (region->storage_account_type == type && text_equal(region->name, name))
            return region;
    }
    region = VEC_ADD(&cost->regions);
    *region = (struct cost_region){
        .region = text_copy(display_name),
        .name = text_copy(name),
        .storage_account_type = type,
        .replicas = opt_int_of(0),
        .occupied_bytes = opt_int_of(0),
        .stored_bytes = opt_int_of(0),
        .egress_bytes = opt_int_of(0),
    };
    return region;
}

/* --- versions --- */

/* The occupied bytes of its replicas there. */
static uint64_t add_target(struct costing *costing, const struct coverage_version *covered,
                           const struct coverage_region *from, struct cost_version *version)
{
    struct cost_region *const region =
        region_of(costing->cost, from->name, from->region, from->storage_account_type);
    const uint64_t bytes = (uint64_t)covered->data_bytes.value;
    const uint64_t occupied = number_capped_product((uint64_t)from->wanted.value, bytes);
    const uint64_t egress = from->home ? 0 : bytes;

    add(&region->replicas, (uint64_t)from->wanted.value);
    add(&region->occupied_bytes, occupied);
    add(&region->egress_bytes, egress);
    add(&version->replicas, (uint64_t)from->wanted.value);
    add(&version->occupied_bytes, occupied);
    add(&version->egress_bytes, egress);
    add_typed(&costing->occupied, from->storage_account_type, occupied);
    return occupied;
}

static void note_unknown(struct costing *costing, const char *name)
{
    char *const note = text_printf("the occupied size of '%s' is not known, and not counted", name);

    texts_add(&costing->cost->notes, note);
    free(note);
    costing->unknown = true;
}

static void add_version(struct costing *costing, const struct coverage_version *covered)
{
    struct cost_version *const version = VEC_ADD(&costing->cost->versions);
    struct by_type occupied = {0};

    *version = (struct cost_version){
        .name = text_copy(covered->name),
        .replicas = opt_int_of(0),
        .occupied_bytes = opt_int_of(0),
        .egress_bytes = opt_int_of(0),
    };
    for (size_t i = 0; i < covered->regions.count; i++) {
        const struct coverage_region *const from = &covered->regions.items[i];

        add_typed(&occupied, from->storage_account_type,
                  add_target(costing, covered, from, version));
    }
    if (!covered->data_bytes.set) {
        note_unknown(costing, covered->name);
        version->occupied_bytes.set = version->egress_bytes.set = false;
        return;
    }
    version->occupied_cost = amount_of(costing->prices, &occupied);
    version->egress_cost = egress_amount(costing->prices, &version->egress_bytes);
}

/* --- regions, and the whole --- */

/* The price of zone-redundant storage is that of a replica, all of its zones together. */
static uint64_t billed(const struct cost_region *region)
{
    return (uint64_t)region->stored_bytes.value /
           (region->storage_account_type == STORAGE_STANDARD_ZRS ? REGION_ZONES : 1);
}

static void price_region(struct costing *costing, struct cost_region *region)
{
    const unsigned type = region->storage_account_type;
    uint64_t price;

    add_typed(&costing->stored, type, billed(region));
    if (prices_storage(costing->prices, type, &price)) {
        region->occupied_cost =
            amount_text(price_of((uint64_t)region->occupied_bytes.value, price));
        region->storage_cost = amount_text(price_of(billed(region), price));
    } else {
        prices_note_lacking(&costing->cost->notes, type, costing->from);
    }
    region->egress_cost = egress_amount(costing->prices, &region->egress_bytes);
}

static int by_region(const void *left, const void *right)
{
    const struct cost_region *const one = left, *const other = right;
    const int order = strcmp(one->name, other->name);

    return order ? order : (int)one->storage_account_type - (int)other->storage_account_type;
}

static void sum_up(struct costing *costing)
{
    struct cost *const cost = costing->cost;

    cost->occupied_bytes = cost->stored_bytes = cost->egress_bytes = opt_int_of(0);
    for (size_t i = 0; i < cost->regions.count; i++) {
        struct cost_region *const region = &cost->regions.items[i];

        price_region(costing, region);
        add(&cost->occupied_bytes, (uint64_t)region->occupied_bytes.value);
        add(&cost->stored_bytes, (uint64_t)region->stored_bytes.value);
        add(&cost->egress_bytes, (uint64_t)region->egress_bytes.value);
    }
    cost->storage_cost = amount_of(costing->prices, &costing->stored);
    if (costing->unknown)
        return;
    cost->occupied_cost = amount_of(costing->prices, &costing->occupied);
    cost->egress_cost = egress_amount(costing->prices, &cost->egress_bytes);
}

void cost_of(const struct coverage *coverage, const struct prices *prices, const char *from,
             struct cost *ret)
{
    struct costing costing = {.prices = prices, .from = from, .cost = ret};
    uint64_t ignored;

    ret->image_versions = opt_int_of(coverage->versions.count);
    ret->currency = text_copy(prices->currency);
    ret->prices_from = text_copy(from);
    for (size_t i = 0; i < coverage->versions.count; i++)
        add_version(&costing, &coverage->versions.items[i]);
    for (size_t i = 0; i < coverage->storage.count; i++) {
        const struct coverage_storage *const storage = &coverage->storage.items[i];

        add(&region_of(ret, storage->name, storage->region, storage->storage_account_type)
                 ->stored_bytes,
            (uint64_t)storage->bytes.value);
    }
    if (ret->regions.count)
        qsort(ret->regions.items, ret->regions.count, sizeof *ret->regions.items, by_region);
    sum_up(&costing);
    if (!prices_egress(prices, &ignored)) {
        char *const note = text_printf("no price of egress in %s: it is not counted", from);

        texts_add(&ret->notes, note);
        free(note);
    }
}
