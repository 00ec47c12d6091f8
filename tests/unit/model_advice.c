/* model advice: the rules of the documentation at their bounds, and coverage summed up. */
#include "model/advice.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/coverage.h"
#include "model/version.h"
#include "tests/unit/unit.h"

START_TEST(the_rules_at_their_bounds)
{
    static const struct {
        int64_t instances, scale_sets, needed;
    } cases[] = {
        {1, 0, 1},    {20, 0, 1},   {21, 0, 2},  {120, 0, 6},  {ADVICE_INSTANCES_MAX, 0, 50000},
        {1, 1, 1},    {600, 1, 1},  {601, 1, 2}, {3000, 5, 5}, {3001, 5, 10},
        {3001, 6, 6}, {1000, 1, 2}, {7, 7, 7},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_int_eq(advice_needed(cases[i].instances, cases[i].scale_sets), cases[i].needed);
}
END_TEST

START_TEST(a_rule_is_named_with_its_numbers)
{
    char *text = advice_rule(120, 0);

    ck_assert_str_eq(text, "one replica for every 20 deployments at the same time: 6 for 120");
    free(text);
    text = advice_other_rule(120, 0);
    ck_assert_ptr_nonnull(strstr(text, "one for every 50: 3"));
    free(text);
    text = advice_rule(3000, 5);
    ck_assert_ptr_nonnull(strstr(text, "up to 600 instances: 5 for 5 of 600"));
    free(text);
}
END_TEST

START_TEST(storage_is_one_row_a_region_and_type_in_order)
{
    struct coverage coverage = {0};

    coverage_storage_of(&coverage, "westus2", "West US 2", STORAGE_STANDARD_ZRS)->bytes.value = 1;
    coverage_storage_of(&coverage, "westus2", "West US 2", STORAGE_STANDARD_LRS)->bytes.value = 2;
    coverage_storage_of(&coverage, "eastus", "East US", STORAGE_STANDARD_ZRS)->bytes.value = 4;
    coverage_storage_of(&coverage, "westus2", "West US 2", STORAGE_STANDARD_ZRS)->bytes.value += 8;
    coverage_settle(&coverage);
    ck_assert_uint_eq(coverage.storage.count, 3);
    ck_assert_str_eq(coverage.storage.items[0].name, "eastus");
    ck_assert_uint_eq(coverage.storage.items[1].storage_account_type, STORAGE_STANDARD_LRS);
    ck_assert_int_eq(coverage.storage.items[2].bytes.value, 9);
    ck_assert_int_eq(coverage.bytes.value, 15);
    shape_done(&coverage_shape, &coverage);
}
END_TEST

UNIT_MAIN("model/advice", the_rules_at_their_bounds, a_rule_is_named_with_its_numbers,
          storage_is_one_row_a_region_and_type_in_order)
