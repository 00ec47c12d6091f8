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

/* While it is added up. */
struct costing {
    const struct prices *prices;
    const char *from;
    struct cost *cost;
    uint64_t occupied, stored, egress; /* amounts */
    bool lacking;                      /* a type in use has no price */
};

static void add(struct opt_int *sum, int64_t bytes)
{
    const uint64_t all = number_capped_sum((uint64_t)sum->value, (uint64_t)bytes);

    *sum = opt_int_of(all < BYTES_MAX ? all : BYTES_MAX);
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

/* --- bytes --- */

/* *ret_amount: of its storage, a month; false when a type has no price. */
static bool count_version(struct costing *costing, const struct coverage_version *covered,
                          struct cost_version *version, uint64_t *ret_amount)
{
    bool priced = true;

    *ret_amount = 0;
    for (size_t i = 0; i < covered->regions.count; i++) {
        const struct coverage_region *const from = &covered->regions.items[i];
        struct cost_region *const region =
            region_of(costing->cost, from->name, from->region, from->storage_account_type);
        const int64_t occupied = from->wanted.value * covered->data_bytes;
        const int64_t egress = from->home ? 0 : covered->data_bytes;
        uint64_t price = 0;

        priced = prices_storage(costing->prices, from->storage_account_type, &price) && priced;
        *ret_amount = number_capped_sum(*ret_amount, price_of((uint64_t)occupied, price));
        add(&region->replicas, from->wanted.value);
        add(&region->occupied_bytes, occupied);
        add(&region->egress_bytes, egress);
        add(&version->replicas, from->wanted.value);
        add(&version->occupied_bytes, occupied);
        add(&version->egress_bytes, egress);
    }
    return priced;
}

static void add_version(struct costing *costing, const struct coverage_version *covered)
{
    struct cost_version *const version = VEC_ADD(&costing->cost->versions);
    uint64_t price, amount;

    *version = (struct cost_version){
        .name = text_copy(covered->name),
        .replicas = opt_int_of(0),
        .occupied_bytes = opt_int_of(0),
        .egress_bytes = opt_int_of(0),
    };
    if (count_version(costing, covered, version, &amount))
        version->occupied_cost = amount_text(amount);
    if (prices_egress(costing->prices, &price))
        version->egress_cost = amount_text(price_of((uint64_t)version->egress_bytes.value, price));
}

/* --- amounts --- */

static void price_region(struct costing *costing, struct cost_region *region)
{
    /* The price of zone-redundant storage is that of a replica, all of its zones together. */
    const uint64_t stored =
        (uint64_t)region->stored_bytes.value /
        (region->storage_account_type == STORAGE_STANDARD_ZRS ? REGION_ZONES : 1);
    uint64_t price, cost;

    if (prices_storage(costing->prices, region->storage_account_type, &price)) {
        cost = price_of((uint64_t)region->occupied_bytes.value, price);
        costing->occupied = number_capped_sum(costing->occupied, cost);
        region->occupied_cost = amount_text(cost);
        cost = price_of(stored, price);
        costing->stored = number_capped_sum(costing->stored, cost);
        region->storage_cost = amount_text(cost);
    } else {
        costing->lacking = true;
        prices_note_lacking(&costing->cost->notes, region->storage_account_type, costing->from);
    }
    if (prices_egress(costing->prices, &price)) {
        cost = price_of((uint64_t)region->egress_bytes.value, price);
        costing->egress = number_capped_sum(costing->egress, cost);
        region->egress_cost = amount_text(cost);
    }
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
    uint64_t ignored;

    cost->occupied_bytes = cost->stored_bytes = cost->egress_bytes = opt_int_of(0);
    for (size_t i = 0; i < cost->regions.count; i++) {
        struct cost_region *const region = &cost->regions.items[i];

        price_region(costing, region);
        add(&cost->occupied_bytes, region->occupied_bytes.value);
        add(&cost->stored_bytes, region->stored_bytes.value);
        add(&cost->egress_bytes, region->egress_bytes.value);
    }
    if (!costing->lacking) {
        cost->occupied_cost = amount_text(costing->occupied);
        cost->storage_cost = amount_text(costing->stored);
    }
    if (prices_egress(costing->prices, &ignored))
        cost->egress_cost = amount_text(costing->egress);
}

void cost_of(const struct coverage *coverage, const struct prices *prices, const char *from,
             struct cost *ret)
{
    struct costing costing = {.prices = prices, .from = from, .cost = ret};

    ret->image_versions = opt_int_of(coverage->versions.count);
    ret->currency = text_copy(prices->currency);
    ret->prices_from = text_copy(from);
    for (size_t i = 0; i < coverage->versions.count; i++)
        add_version(&costing, &coverage->versions.items[i]);
    for (size_t i = 0; i < coverage->storage.count; i++) {
        const struct coverage_storage *const storage = &coverage->storage.items[i];

        add(&region_of(ret, storage->name, storage->region, storage->storage_account_type)
                 ->stored_bytes,
            storage->bytes.value);
    }
    if (ret->regions.count)
        qsort(ret->regions.items, ret->regions.count, sizeof *ret->regions.items, by_region);
    sum_up(&costing);
}
