/* version_name: what each form covers, at both of its ends, and what is no form. */
#include "model/version_name.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

enum { TOP = INT32_MAX };

START_TEST(ranges_begin_and_end_where_they_say)
{
    static const struct {
        const char *text;
        struct semver least, most;
    } ranges[] = {
        {"latest", {0, 0, 0}, {TOP, TOP, TOP}},
        {"LATEST", {0, 0, 0}, {TOP, TOP, TOP}},
        {"1.x", {1, 0, 0}, {1, TOP, TOP}},
        {"1.X.x", {1, 0, 0}, {1, TOP, TOP}},
        {"0.x", {0, 0, 0}, {0, TOP, TOP}},
        {"1.2.x", {1, 2, 0}, {1, 2, TOP}},
        {"~>1", {1, 0, 0}, {1, TOP, TOP}},
        {"~>1.2", {1, 2, 0}, {1, TOP, TOP}},
        {"~> 1.2.3", {1, 2, 3}, {1, 2, TOP}},
        {"~>0.0.0", {0, 0, 0}, {0, 0, TOP}},
        {"2147483647.x", {TOP, 0, 0}, {TOP, TOP, TOP}},
    };

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        struct version_name name = {0};
        struct err err = {0};

        ck_assert_msg(version_name_parse(ranges[i].text, &name, &err) == 0, "%s", err.text);
        ck_assert_int_eq(name.kind, VERSION_NAME_RANGE);
        ck_assert_msg(semver_compare(&name.least, &ranges[i].least) == 0, "%s", ranges[i].text);
        ck_assert_msg(semver_compare(&name.most, &ranges[i].most) == 0, "%s", ranges[i].text);
    }
}
END_TEST

START_TEST(a_range_covers_both_of_its_ends_and_nothing_beside)
{
    static const struct {
        struct semver version;
        bool covered;
    } versions[] = {
        {{1, 1, TOP}, false}, {{1, 2, 2}, false}, {{1, 2, 3}, true},
        {{1, 2, TOP}, true},  {{1, 3, 0}, false}, {{2, 2, 3}, false},
    };
    struct version_name name = {0};

    ck_assert_int_eq(version_name_parse("~>1.2.3", &name, NULL), 0);
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        ck_assert_int_eq(version_name_covers(&name, &versions[i].version), versions[i].covered);
}
END_TEST

START_TEST(a_number_covers_itself)
{
    const struct semver other = {1, 2, 4};
    struct version_name name = {0};

    ck_assert_int_eq(version_name_parse("1.2.3", &name, NULL), 0);
    ck_assert_int_eq(name.kind, VERSION_NAME_NUMBER);
    ck_assert(version_name_covers(&name, &name.least));
    ck_assert(!version_name_covers(&name, &other));
}
END_TEST

START_TEST(next_says_which_number_is_raised)
{
    static const struct {
        const char *text;
        enum semver_part part;
    } words[] = {{"next", SEMVER_PATCH},
                 {"Next:Patch", SEMVER_PATCH},
                 {"next:minor", SEMVER_MINOR},
                 {"next:MAJOR", SEMVER_MAJOR}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct version_name name = {0};

        ck_assert_int_eq(version_name_parse(words[i].text, &name, NULL), 0);
        ck_assert_int_eq(name.kind, VERSION_NAME_NEXT);
        ck_assert_int_eq(name.part, words[i].part);
    }
}
END_TEST

START_TEST(other_forms_are_refused_and_leave_the_result_alone)
{
    static const char *const bad[] = {
        "",       "x",      "x.x.x", "1",       "1.2",          "1.",
        "1x",     "1.xx",   "1.x.3", "1.x.x.x", "1.2.3.x",      "1.2.x.",
        "01.x",   "1.02.x", "1..x",  "1.2x",    "2147483648.x", "~>",
        "~> ",    "~>x",    "~>1.",  "~>1.x",   "~>1.2.3.4",    "~>01",
        "~>1.02", "~>1 ",   "~1.2",  ">1.2",    "~>2147483648", "~>1..2",
        "next:",  "next:x", "next1", "nexts",   "latest ",      "1.*",
        "-1.x",   "~>-1",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct version_name name = {.kind = VERSION_NAME_NEXT, .part = SEMVER_MAJOR};
        struct err err = {0};

        ck_assert_msg(version_name_parse(bad[i], &name, &err) == E_INVALID, "'%s'", bad[i]);
        ck_assert_int_eq(err.code, E_INVALID);
        ck_assert_int_eq(name.kind, VERSION_NAME_NEXT);
        ck_assert_int_eq(name.part, SEMVER_MAJOR);
        ck_assert_int_eq(version_name_check(&bad[i], NULL), E_INVALID);
    }
}
END_TEST

UNIT_MAIN("model/version_name", ranges_begin_and_end_where_they_say,
          a_range_covers_both_of_its_ends_and_nothing_beside, a_number_covers_itself,
          next_says_which_number_is_raised, other_forms_are_refused_and_leave_the_result_alone)
