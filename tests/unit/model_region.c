/* region: the table's own order and spelling, looking up, clouds. */
#include "model/region.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/version.h"
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

        ck_assert_ptr_eq(region_find(NULL, row->name), row);
        ck_assert_ptr_eq(region_find(NULL, row->display_name), row);
        for (const char *at = row->display_name; *at; at++)
            loud[strlen(loud)] = (char)toupper((unsigned char)*at);
        strncat(loud, "  ", 3);
        ck_assert_ptr_eq(region_find(NULL, loud), row);
    }
    ck_assert_str_eq(region_find(NULL, "WestUS2")->display_name, "West US 2");
}
END_TEST

START_TEST(an_unknown_region_is_refused_with_the_nearest)
{
    const struct region_row *row = NULL;
    struct err err = {0};

    ck_assert_int_eq(region_parse(NULL, "westeurop", &row, &err), E_INVALID);
    ck_assert_str_eq(err.text, "region 'westeurop' is unknown");
    ck_assert_str_eq(err.hint, "did you mean 'westeurope'?");
    ck_assert_ptr_null(row);
    ck_assert_int_eq(region_parse(NULL, "West Eurpoe", &row, &err), E_INVALID);
    ck_assert_str_eq(err.hint, "did you mean 'westeurope'?");
    ck_assert_int_eq(region_parse(NULL, "atlantis-on-sea", &row, &err), E_INVALID);
    ck_assert_str_eq(err.hint, "'sig region list' prints those that there are");
    ck_assert_int_eq(region_parse(NULL, "", &row, &err), E_INVALID);
    ck_assert_int_eq(region_parse(NULL, "westus 2x", &row, NULL), E_INVALID);
    ck_assert_int_eq(region_parse(NULL, "North Europe", &row, &err), 0);
    ck_assert_str_eq(row->name, "northeurope");
}
END_TEST

START_TEST(words_become_the_canonical_name)
{
    const char *const one[] = {"East US 2"}, *const two[] = {"East", "US 2"};
    const char *const bad[] = {"../eastus"};
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
    const struct region_row *const local = region_find(NULL, REGION_LOCAL);
    const struct region_row *const europe = region_find(NULL, "westeurope");
    const struct region_row *const america = region_find(NULL, "eastus");
    const struct region_row *const china = region_find(NULL, "chinanorth3");
    const struct region_row *const government = region_find(NULL, "usgovvirginia");

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
    ck_assert(region_find(NULL, "westeurope")->zones);
    ck_assert(region_find(NULL, "mexicocentral")->zones);
    ck_assert(region_find(NULL, "chinanorth3")->zones);
    ck_assert(region_find(NULL, "usgovvirginia")->zones);
    ck_assert(!region_find(NULL, "westus")->zones);
    ck_assert(!region_find(NULL, "chinaeast2")->zones);
    ck_assert(!region_find(NULL, "local")->zones);
}
END_TEST

static void add(struct region_book *book, const char *name, const char *display, unsigned cloud)
{
    struct region region = {
        .name = text_copy(name), .display_name = text_copy(display), .cloud = cloud};

    region_book_add(book, &region, 0, NULL);
    ck_assert_ptr_null(region.name);
}

START_TEST(a_book_adds_regions_to_those_that_are_built_in)
{
    struct region_book book = {0};
    const struct region_row *row = NULL;
    struct err err = {0};

    add(&book, "rack", "Basement Rack", 0);
    add(&book, "attic", NULL, CLOUD_CHINA);
    add(&book, "lab-2", "Lab: second floor", CLOUD_NONE);
    ck_assert_str_eq(book.items[0].row.name, "attic");
    ck_assert_str_eq(book.items[2].row.name, "rack");
    ck_assert_ptr_eq(region_find(&book, "RACK"), &book.items[2].row);
    ck_assert_ptr_eq(region_find(&book, "basement rack"), &book.items[2].row);
    ck_assert_str_eq(region_find(&book, "attic")->display_name, "attic");
    ck_assert_int_eq((int)region_find(&book, "attic")->cloud, CLOUD_CHINA);
    ck_assert_int_eq((int)region_find(&book, "rack")->cloud, CLOUD_NONE);
    ck_assert_ptr_null(region_find(NULL, "rack"));
    ck_assert_ptr_eq(region_find(&book, "westus2"), region_find(NULL, "westus2"));
    ck_assert_int_eq(region_parse(&book, "rakc", &row, &err), E_INVALID);
    ck_assert_str_eq(err.hint, "did you mean 'rack'?");
    ck_assert_int_eq(region_parse(&book, "westeurop", &row, &err), E_INVALID);
    ck_assert_str_eq(err.hint, "did you mean 'westeurope'?");
    region_book_done(&book);
}
END_TEST

START_TEST(a_book_changes_nothing_of_a_built_in_region_but_what_is_the_users)
{
    struct region_book book = {0};
    struct region region = {.name = text_copy("westus"), .zones = {true, true}};
    const struct region_row *row;

    region_book_add(&book, &region, 0, NULL);
    add(&book, "westus2", "My West", CLOUD_CHINA);
    row = region_find(&book, "West US");
    ck_assert_str_eq(row->display_name, "West US");
    ck_assert(row->zones);
    row = region_find(&book, "westus2");
    ck_assert_str_eq(row->display_name, "West US 2");
    ck_assert_int_eq((int)row->cloud, CLOUD_PUBLIC);
    ck_assert(row->zones);
    ck_assert_ptr_null(region_find(&book, "My West"));
    region_book_done(&book);
}
END_TEST

START_TEST(a_damaged_region_is_found_by_its_name)
{
    struct region_book book = {0};
    struct region region = {.name = text_copy("rack")};

    region_book_add(&book, &region, E_CORRUPT, "its manifest is damaged");
    ck_assert_ptr_nonnull(region_find(&book, "Rack"));
    ck_assert_int_eq(region_book_entry(&book, "rack")->damage, E_CORRUPT);
    ck_assert_str_eq(region_book_entry(&book, "rack")->why, "its manifest is damaged");
    ck_assert_ptr_null(region_book_entry(&book, "westus2"));
    region_book_done(&book);
}
END_TEST

START_TEST(words_wait_for_the_book)
{
    const char *const words[] = {"Basement Rack", "West US 2", "rack"};
    struct region_book book = {0};
    struct texts regions = {0};
    struct err err = {0};
    struct version version = {.location = text_copy("basement RACK")};

    add(&book, "rack", "Basement Rack", 0);
    ck_assert_int_eq(regions_parse_words(words, 3, &regions, &err), 0);
    ck_assert_str_eq(regions.items[0], "Basement Rack");
    ck_assert_str_eq(regions.items[1], "westus2");
    region_settle(NULL, &version_shape, &version);
    ck_assert_str_eq(version.location, "basement RACK");
    region_settle(&book, &version_shape, &version);
    ck_assert_str_eq(version.location, "rack");
    texts_done(&regions);
    shape_done(&version_shape, &version);
    region_book_done(&book);
}
END_TEST

START_TEST(what_cannot_name_a_region_is_refused_without_a_book)
{
    static const char *const bad[] = {"",    "  ",  ".",    "..", "a/b",
                                      "a=b", "a,b", "a\nb", "{}", "a\\b"};
    char *slot = NULL;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_int_eq(region_parse_words(&bad[i], 1, &slot, NULL), E_INVALID);
        ck_assert_ptr_null(slot);
    }
}
END_TEST

START_TEST(names_of_own_regions_are_those_of_files_too)
{
    static const char *const good[] = {"rack", "r2", "2r", "lab-2"};
    static const char *const bad[] = {"",    "-r",  "Rack", "a b",     "a.b",
                                      "a_b", "a/b", "..",   "\xc3\xa9"};
    char longest[REGION_NAME_MAX + 2];
    const char *at = longest;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_int_eq(region_check_name(&good[i], NULL), 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(region_check_name(&bad[i], NULL), E_INVALID);
    memset(longest, 'a', sizeof longest);
    longest[REGION_NAME_MAX] = '\0';
    ck_assert_int_eq(region_check_name(&at, NULL), 0);
    longest[REGION_NAME_MAX] = 'a';
    longest[REGION_NAME_MAX + 1] = '\0';
    ck_assert_int_eq(region_check_name(&at, NULL), E_INVALID);
}
END_TEST

UNIT_MAIN("model/region", rows_are_sorted_and_spelled_like_their_display_names,
          every_region_is_found_by_both_names_in_any_case_and_spacing,
          an_unknown_region_is_refused_with_the_nearest, words_become_the_canonical_name,
          data_stays_inside_one_cloud, zones_are_where_the_documentation_says,
          a_book_adds_regions_to_those_that_are_built_in,
          a_book_changes_nothing_of_a_built_in_region_but_what_is_the_users,
          a_damaged_region_is_found_by_its_name, words_wait_for_the_book,
          what_cannot_name_a_region_is_refused_without_a_book,
          names_of_own_regions_are_those_of_files_too)
