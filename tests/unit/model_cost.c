/* cost: versions are billed as the documentation says. */
#include "model/cost.h"

#include "base/text.h"
#include "model/region.h"
#include "model/room.h"
#include "model/version.h"
#include "tests/unit/unit.h"

#define GIB (INT64_C(1) << 30)

static void want(struct coverage_version *version, const char *region, unsigned type,
                 uint64_t replicas, bool home)
{
    *VEC_ADD(&version->regions) = (struct coverage_region){
        .name = text_copy(region),
        .region = text_copy(region),
        .storage_account_type = type,
        .wanted = opt_int_of(replicas),
        .home = home,
    };
}

static void store(struct coverage *coverage, const char *region, unsigned type, int64_t bytes)
{
    coverage_storage_of(coverage, region, region, type)->bytes.value = bytes;
}

static struct coverage_version *add_version(struct coverage *coverage, const char *name,
                                            int64_t data_bytes)
{
    struct coverage_version *const version = VEC_ADD(&coverage->versions);

    *version = (struct coverage_version){.name = text_copy(name),
                                         .data_bytes = opt_int_of((uint64_t)data_bytes)};
    return version;
}

static struct cost cost_by(struct coverage *coverage, const char *prices)
{
    struct cost cost = {0};
    struct prices list = {0};
    struct err err = {0};

    ck_assert_int_eq(prices_parse(prices, strlen(prices), &list, &err), 0);
    cost_of(coverage, &list, "a list", &cost);
    shape_done(&prices_shape, &list);
    shape_done(&coverage_shape, coverage);
    return cost;
}

#define STANDARD "{\"storageAccountType\": \"Standard_LRS\", \"perGiBMonth\": \"0.05\"}"
#define PRICES(types)                                                                              \
    "{\"currency\": \"USD\", \"asOf\": \"now\", \"storage\": [" types                              \
    "], \"egressPerGiB\": \"0.02\"}"

/* A disk of 127 GB of which 10 GB are occupied, in three regions with two replicas each: six times
 * 10 GB are stored, and 10 GB go to each of the two further regions. */
START_TEST(the_example_of_the_documentation)
{
    struct coverage coverage = {0};
    struct coverage_version *const version = add_version(&coverage, "a/b/1.0.0", 10 * GIB);
    struct cost cost;

    want(version, "westeurope", STORAGE_STANDARD_LRS, 2, false);
    want(version, "westus2", STORAGE_STANDARD_LRS, 2, true);
    want(version, "northeurope", STORAGE_STANDARD_LRS, 2, false);
    cost = cost_by(&coverage, PRICES(STANDARD));
    ck_assert_int_eq(cost.occupied_bytes.value, 6 * 10 * GIB);
    ck_assert_int_eq(cost.egress_bytes.value, 2 * 10 * GIB);
    ck_assert_str_eq(cost.occupied_cost, "3.00");
    ck_assert_str_eq(cost.egress_cost, "0.40");
    ck_assert_uint_eq(cost.regions.count, 3);
    ck_assert_str_eq(cost.regions.items[0].name, "northeurope");
    ck_assert_str_eq(cost.regions.items[2].name, "westus2");
    ck_assert_str_eq(cost.regions.items[2].occupied_cost, "1.00");
    ck_assert_str_eq(cost.regions.items[2].egress_cost, "0.00");
    ck_assert_str_eq(cost.regions.items[0].egress_cost, "0.20");
    ck_assert_str_eq(cost.versions.items[0].occupied_cost, "3.00");
    ck_assert_str_eq(cost.versions.items[0].egress_cost, "0.40");
    ck_assert_int_eq(cost.versions.items[0].replicas.value, 6);
    ck_assert_uint_eq(cost.notes.count, 0);
    shape_done(&cost_shape, &cost);
}
END_TEST

START_TEST(what_is_stored_is_priced_beside_that)
{
    struct coverage coverage = {0};
    struct cost cost;

    want(add_version(&coverage, "a/b/1.0.0", 10 * GIB), "westus2", STORAGE_STANDARD_LRS, 1, true);
    want(add_version(&coverage, "a/b/1.1.0", 10 * GIB), "westus2", STORAGE_STANDARD_LRS, 1, true);
    want(add_version(&coverage, "a/b/1.2.0", 10 * GIB), "westus2", STORAGE_STANDARD_ZRS, 1, true);
    store(&coverage, "westus2", STORAGE_STANDARD_LRS, 4 * GIB);
    store(&coverage, "westus2", STORAGE_STANDARD_ZRS, 3 * 2 * GIB); /* in three zones */
    cost = cost_by(&coverage, PRICES(STANDARD ", {\"storageAccountType\": \"Standard_ZRS\", "
                                              "\"perGiBMonth\": 1}"));
    ck_assert_int_eq(cost.image_versions.value, 3);
    ck_assert_uint_eq(cost.regions.count, 2);
    ck_assert_str_eq(cost.regions.items[0].occupied_cost, "1.00");
    ck_assert_str_eq(cost.regions.items[0].storage_cost, "0.20");
    ck_assert_str_eq(cost.regions.items[1].occupied_cost, "10.00");
    ck_assert_str_eq(cost.regions.items[1].storage_cost, "2.00");
    ck_assert_int_eq(cost.stored_bytes.value, 10 * GIB);
    ck_assert_str_eq(cost.occupied_cost, "11.00");
    ck_assert_str_eq(cost.storage_cost, "2.20");
    ck_assert_str_eq(cost.egress_cost, "0.00");
    shape_done(&cost_shape, &cost);
}
END_TEST

START_TEST(a_type_without_a_price_leaves_no_sum)
{
    struct coverage coverage = {0};
    struct coverage_version *const version = add_version(&coverage, "a/b/1.0.0", GIB);
    struct cost cost;

    want(version, "westus2", STORAGE_STANDARD_LRS, 1, true);
    want(version, "local", STORAGE_PREMIUM_LRS, 1, false);
    store(&coverage, "local", STORAGE_PREMIUM_LRS, GIB);
    cost = cost_by(&coverage, PRICES(STANDARD));
    ck_assert_ptr_null(cost.occupied_cost);
    ck_assert_ptr_null(cost.storage_cost);
    ck_assert_ptr_null(cost.versions.items[0].occupied_cost);
    ck_assert_str_eq(cost.regions.items[1].occupied_cost, "0.05");
    ck_assert_str_eq(cost.egress_cost, "0.02");
    ck_assert_uint_eq(cost.notes.count, 1);
    ck_assert_str_eq(cost.notes.items[0],
                     "no price of Premium_LRS in a list: the costs of storage are not summed up");
    shape_done(&cost_shape, &cost);
}
END_TEST

START_TEST(nothing_costs_nothing)
{
    struct coverage coverage = {0};
    struct cost cost = cost_by(&coverage, PRICES(""));

    ck_assert_int_eq(cost.image_versions.value, 0);
    ck_assert_str_eq(cost.occupied_cost, "0.00");
    ck_assert_str_eq(cost.storage_cost, "0.00");
    ck_assert_str_eq(cost.egress_cost, "0.00");
    shape_done(&cost_shape, &cost);
}
END_TEST

START_TEST(sums_that_are_too_large_stay_the_largest)
{
    struct coverage coverage = {0};
    struct cost cost;

    for (int i = 0; i < 3; i++)
        want(add_version(&coverage, "a/b/1.0.0", INT64_C(1) << 59), "westus2", STORAGE_STANDARD_LRS,
             REPLICAS_MAX, false);
    cost = cost_by(&coverage, PRICES(STANDARD));
    ck_assert_int_eq(cost.occupied_bytes.value, BYTES_MAX);
    ck_assert_int_eq(cost.egress_bytes.value, BYTES_MAX);
    ck_assert_ptr_nonnull(cost.occupied_cost);
    shape_done(&cost_shape, &cost);
}
END_TEST

START_TEST(a_size_that_is_not_known_is_told)
{
    struct coverage coverage = {0};
    struct coverage_version *version = add_version(&coverage, "a/b/1.0.0", 0);
    struct cost cost;

    version->data_bytes = (struct opt_int){0};
    want(version, "westus2", STORAGE_STANDARD_LRS, 1, true);
    want(add_version(&coverage, "a/b/1.1.0", GIB), "westus2", STORAGE_STANDARD_LRS, 1, true);
    cost = cost_by(&coverage, PRICES(STANDARD));
    ck_assert_ptr_null(cost.occupied_cost);
    ck_assert_ptr_null(cost.versions.items[0].occupied_cost);
    ck_assert(!cost.versions.items[0].occupied_bytes.set);
    ck_assert_str_eq(cost.versions.items[1].occupied_cost, "0.05");
    ck_assert_uint_eq(cost.notes.count, 1);
    ck_assert_str_eq(cost.notes.items[0],
                     "the occupied size of 'a/b/1.0.0' is not known, and not counted");
    shape_done(&cost_shape, &cost);
}
END_TEST

UNIT_MAIN("model/cost", the_example_of_the_documentation, what_is_stored_is_priced_beside_that,
          a_type_without_a_price_leaves_no_sum, nothing_costs_nothing,
          sums_that_are_too_large_stay_the_largest, a_size_that_is_not_known_is_told)
