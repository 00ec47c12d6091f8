#include "model/plan.h"

#include <stdlib.h>

#include "base/text.h"
#include "model/region.h"
#include "model/room.h"

static const char *const operation_words[] = {"Publish", "Update", "Replicate",
                                              "Delete",  "Sweep",  NULL};
static const struct choices operation_choices = {.noun = "operation", .words = operation_words};

/* clang-format off */
#define BYTES(type, member, name, ...)                                                             \
    ROW(type, member, name, .min = 0, .max = BYTES_MAX, __VA_ARGS__)

static const struct row planned_rows[] = {
    ROW(struct plan_region, region, "region", .rules = ROW_MADE | ROW_COLUMN, .about = "Where"),
    ROW(struct plan_region, storage_account_type, "storageAccountType", .rules = ROW_MADE | ROW_COLUMN,
        .column = "Type", .choices = &storage_type_choices, .about = "The storage type"),
    ROW(struct plan_region, replicas, "replicas", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replicas in which something is copied or freed"),
    BYTES(struct plan_region, bytes_to_copy, "bytesToCopy", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Bytes of blobs and raw files written to all their zones, after deduplication"),
    BYTES(struct plan_region, bytes_to_free, "bytesToFree", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Bytes of blobs and disk maps that a sweep frees there"),
    BYTES(struct plan_region, free_space, "freeSpace", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Bytes that are free in the file system, the fullest when there are several"),
    BYTES(struct plan_region, capacity_left, "capacityLeft", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Bytes that are left of the region's capacity, where it has one"),
    ROW(struct plan_region, fits, "fits", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Whether there is room for what is to be copied; absent when that cannot be told"),
    ROW(struct plan_region, storage_cost, "storageCostPerMonth", .rules = ROW_MADE | ROW_COLUMN,
        .column = "CostPerMonth", .about = "What the bytes to copy cost a month"),
    ROW(struct plan_region, storage_saved, "storageSavedPerMonth", .rules = ROW_MADE | ROW_COLUMN,
        .column = "SavedPerMonth", .about = "What the bytes to free cost a month"),
    ROW(struct plan_region, egress_cost, "egressCost", .rules = ROW_MADE | ROW_COLUMN,
        .column = "Egress", .about = "The way of the first replica to a further region, once"),
    ROW(struct plan_region, occupied_cost, "occupiedCostPerMonth", .rules = ROW_MADE,
        .about = "A month as the service bills it: the occupied size of every replica"),
    ROW(struct plan_region, egress_bytes, "egressBytes", .rules = ROW_MADE | ROW_HIDDEN,
        .about = "Bytes on that way"),
    ROW(struct plan_region, occupied_bytes, "occupiedBytes", .rules = ROW_MADE | ROW_HIDDEN,
        .about = "Occupied size of the replicas that are added"),
};

static const struct shape planned_shape = SHAPE(struct plan_region, "planned region", planned_rows, NULL);

static const struct row rows[] = {
    ROW(struct plan, operation, "operation", .rules = ROW_MADE | ROW_COLUMN, .choices = &operation_choices,
        .about = "What was planned, and not done"),
    ROW(struct plan, version, "imageVersion", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The image version it is about, when it is one; also the number that next would be"),
    ROW(struct plan, references, "references", .rules = ROW_MADE, .about = "The image versions it is about"),
    ROW_LIST(struct plan, regions, "regions", &planned_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "What would be done, by region and storage type"),
    BYTES(struct plan, bytes_to_copy, "bytesToCopy", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Bytes to copy, in all regions"),
    BYTES(struct plan, bytes_to_free, "bytesToFree", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Bytes to free, in all regions"),
    ROW(struct plan, fits, "fits", .rules = ROW_MADE | ROW_COLUMN, .about = "Whether there is room everywhere"),
    ROW(struct plan, storage_cost, "storageCostPerMonth", .rules = ROW_MADE | ROW_COLUMN,
        .column = "CostPerMonth", .about = "What the bytes to copy cost a month; absent when a price is missing"),
    ROW(struct plan, storage_saved, "storageSavedPerMonth", .rules = ROW_MADE | ROW_COLUMN,
        .column = "SavedPerMonth", .about = "What the bytes to free cost a month; absent when a price is missing"),
    ROW(struct plan, egress_cost, "egressCost", .rules = ROW_MADE | ROW_COLUMN, .column = "Egress",
        .about = "The ways to further regions, once"),
    ROW(struct plan, occupied_cost, "occupiedCostPerMonth", .rules = ROW_MADE,
        .about = "A month as the service bills it: the occupied size of every replica"),
    ROW(struct plan, currency, "currency", .rules = ROW_MADE | ROW_COLUMN, .about = "What the costs are in"),
    ROW(struct plan, prices_from, "pricesFrom", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Where the prices are from, and of when they are"),
    ROW(struct plan, disks, "disks", .rules = ROW_MADE, .about = "Of a sweep: disk maps that no version names"),
    ROW(struct plan, blobs, "blobs", .rules = ROW_MADE, .about = "Of a sweep: blobs that no such map names"),
    ROW(struct plan, rewritten, "rewritten", .rules = ROW_MADE,
        .about = "Of a sweep: blobs of which little is needed, which is moved out of them"),
    ROW(struct plan, scratch, "scratch", .rules = ROW_MADE,
        .about = "Of a sweep: what killed commands have left"),
    ROW(struct plan, notes, "notes", .rules = ROW_MADE, .about = "What is to be known of the numbers"),
};
/* clang-format on */

const struct shape plan_shape = SHAPE(struct plan, "plan", rows, NULL);

struct plan_region *plan_region(struct plan *plan, const char *region, unsigned type)
{
    struct plan_region *entry;

    for (size_t i = 0; i < plan->regions.count; i++) {
        entry = &plan->regions.items[i];
        if (text_equal(entry->region, region) && entry->storage_account_type == type)
            return entry;
    }
    entry = VEC_ADD(&plan->regions);
    *entry = (struct plan_region){
        .region = text_copy(region),
        .storage_account_type = type,
        .replicas = opt_int_of(0),
        .bytes_to_copy = opt_int_of(0),
        .bytes_to_free = opt_int_of(0),
        .fits = {.set = true, .value = true},
    };
    return entry;
}

/* Amounts of the whole. */
struct sums {
    uint64_t storage, saved, egress, occupied;
    bool priced, egress_priced;
    bool lacking; /* a type in use has no price: what costs cannot be told */
};

/* The price of zone-redundant storage is that of a replica, all of its zones together. */
static uint64_t billed(const struct plan_region *region, const struct opt_int *bytes)
{
    return (uint64_t)bytes->value /
           (region->storage_account_type == STORAGE_STANDARD_ZRS ? REGION_ZONES : 1);
}

static bool is_used(const struct plan_region *region)
{
    return region->bytes_to_copy.value > 0 || region->bytes_to_free.value > 0 ||
           region->occupied_bytes.value > 0;
}

static void price_region(struct plan_region *region, const struct prices *prices, struct sums *sums)
{
    uint64_t storage = 0, egress = 0, cost;

    if (prices_storage(prices, region->storage_account_type, &storage)) {
        cost = price_of(billed(region, &region->bytes_to_copy), storage);
        sums->storage += cost;
        if (region->bytes_to_copy.set)
            region->storage_cost = amount_text(cost);
        cost = price_of(billed(region, &region->bytes_to_free), storage);
        sums->saved += cost;
        if (region->bytes_to_free.set)
            region->storage_saved = amount_text(cost);
        cost = price_of((uint64_t)region->occupied_bytes.value, storage);
        sums->occupied += cost;
        if (region->occupied_bytes.set)
            region->occupied_cost = amount_text(cost);
        sums->priced = true;
    }
    if (prices_egress(prices, &egress)) {
        cost = price_of((uint64_t)region->egress_bytes.value, egress);
        sums->egress += cost;
        if (region->bytes_to_copy.set)
            region->egress_cost = amount_text(cost);
        sums->egress_priced = true;
    }
}

void plan_finish(struct plan *plan, const struct prices *prices, const char *from)
{
    struct sums sums = {0};
    bool occupied = false;

    plan->bytes_to_copy = plan->bytes_to_free = opt_int_of(0);
    plan->fits = (struct opt_bool){.set = true, .value = true};
    for (size_t i = 0; i < plan->regions.count; i++) {
        struct plan_region *const region = &plan->regions.items[i];

        plan->bytes_to_copy.value += region->bytes_to_copy.value;
        plan->bytes_to_free.value += region->bytes_to_free.value;
        plan->fits.value = plan->fits.value && region->fits.value;
        plan->fits.set = plan->fits.set && region->fits.set;
        occupied = occupied || region->occupied_bytes.set;
        price_region(region, prices, &sums);
        if (is_used(region) && region->bytes_to_copy.set && !region->storage_cost) {
            sums.lacking = true;
            prices_note_lacking(&plan->notes, region->storage_account_type, from);
        }
    }
    if (!sums.lacking && (sums.priced || plan->regions.count == 0)) {
        plan->storage_cost = amount_text(sums.storage);
        plan->storage_saved = amount_text(sums.saved);
    }
    if (!sums.lacking && sums.priced && occupied)
        plan->occupied_cost = amount_text(sums.occupied);
    if (sums.egress_priced || plan->regions.count == 0)
        plan->egress_cost = amount_text(sums.egress);
    plan->currency = text_copy(prices->currency);
    plan->prices_from = text_copy(from);
}
