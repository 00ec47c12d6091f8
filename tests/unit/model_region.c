/* region: the table's own order and spelling, looking up, clouds. */
#include "model/region.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"

START_TEST(rows_are_sorted_and_spelled_like_their_display_names)
{
    size_t count = 0;

    for (const struct region_row *row = region_rows; row->name; row++, count++) {
        char plain[64] = "";
        size_t length = 0;

        for (const char *at = row->display_name; *at; at++)
            if (*at != ' ')
                plain[length++] = (char)tolower((unsigned char)*at);
        plain[length] = '\0';
        ck_assert_str_eq(plain, row->name);
        ck_assert_int_ge((int)row->cloud, CLOUD_NONE);
        ck_assert_ptr_nonnull(choice_word(&cloud_choices, row->cloud));
        if (row > region_rows)
            ck_assert_msg(strcmp(row[-1].name, row->name) < 0, "%s", row->name);
    }
    ck_assert_uint_gt(count, 75);
}
END_TEST

START_TEST(every_region_is_found_by_both_names_in_any_case_and_spacing)
{
    for (const struct region_row *row = region_rows; row->name; row++) {
        char loud[80] = " ";

        ck_assert_ptr_eq(region_find(row->name), row);
        ck_assert_ptr_eq(region_find(row->display_name), row);
        for (const char *at = row->display_name; *at; at++)
            loud[strlen(loud)] = (char)toupper((unsigned char)*at);
        strncat(loud, "  ", 3);
        ck_assert_ptr_eq(region_find(loud), row);
    }
    ck_assert_str_eq(region_find("WestUS2")->display_name, "West US 2");
}
END_TEST

START_TEST(an_unknown_region_is_refused_with_the_nearest)
{
    const struct region_row *row = NULL;
    struct err err = {0};

    ck_assert_int_eq(region_parse("westeurop", &row, &err), E_INVALID);
    ck_assert_str_eq(err.text, "region 'westeurop' is unknown");
    ck_assert_str_eq(err.hint, "did you mean 'westeurope'?");
    ck_assert_ptr_null(row);
    ck_assert_int_eq(region_parse("West Eurpoe", &row, &err), E_INVALID);
    ck_assert_str_eq(err.hint, "did you mean 'westeurope'?");
    ck_assert_int_eq(region_parse("atlantis-on-sea", &row, &err), E_INVALID);
    ck_assert_str_eq(err.hint, "'sig region list' prints those that there are");
    ck_assert_int_eq(region_parse("", &row, &err), E_INVALID);
    ck_assert_int_eq(region_parse("westus 2x", &row, NULL), E_INVALID);
    ck_assert_int_eq(region_parse("North Europe", &row, &err), 0);
    ck_assert_str_eq(row->name, "northeurope");
}
END_TEST

START_TEST(words_become_the_canonical_name)
{
    const char *const one[] = {"East US 2"}, *const two[] = {"East", "US 2"};
    const char *const bad[] = {"eastus9000"};
    char *slot = NULL;
    struct err err = {0};

    ck_assert_int_eq(region_parse_words(one, 1, &slot, &err), 0);
    ck_assert_str_eq(slot, "eastus2");
    ck_assert_int_eq(region_check(&slot, &err), 0);
    ck_assert_int_eq(region_parse_words(two, 2, &slot, &err), E_INVALID);
    ck_assert_int_eq(region_parse_words(one, 0, &slot, &err), E_INVALID);
    ck_assert_int_eq(region_parse_words(bad, 1, &slot, &err), E_INVALID);
    ck_assert_int_eq(region_check(&bad[0], &err), E_INVALID);
    ck_assert_str_eq(slot, "eastus2");
    free(slot);
}
END_TEST

START_TEST(data_stays_inside_one_cloud)
{
    const struct region_row *const local = region_find(REGION_LOCAL);
    const struct region_row *const europe = region_find("westeurope");
    const struct region_row *const america = region_find("eastus");
    const struct region_row *const china = region_find("chinanorth3");
    const struct region_row *const government = region_find("usgovvirginia");

    ck_assert_str_eq(local->display_name, "Local");
    ck_assert_int_eq((int)local->cloud, CLOUD_NONE);
    ck_assert(region_may_replicate(europe, america));
    ck_assert(region_may_replicate(europe, europe));
    ck_assert(!region_may_replicate(europe, china));
    ck_assert(!region_may_replicate(china, europe));
    ck_assert(!region_may_replicate(government, america));
    ck_assert(!region_may_replicate(government, china));
    ck_assert(region_may_replicate(local, china));
    ck_assert(region_may_replicate(government, local));
    ck_assert(region_may_replicate(local, local));
}
END_TEST

START_TEST(zones_are_where_the_documentation_says)
{
    ck_assert(region_find("westeurope")->zones);
    ck_assert(region_find("mexicocentral")->zones);
    ck_assert(region_find("chinanorth3")->zones);
    ck_assert(region_find("usgovvirginia")->zones);
    ck_assert(!region_find("westus")->zones);
    ck_assert(!region_find("chinaeast2")->zones);
    ck_assert(!region_find("local")->zones);
}
END_TEST

UNIT_MAIN("model/region", rows_are_sorted_and_spelled_like_their_display_names,
          every_region_is_found_by_both_names_in_any_case_and_spacing,
          an_unknown_region_is_refused_with_the_nearest, words_become_the_canonical_name,
          data_stays_inside_one_cloud, zones_are_where_the_documentation_says)
