/* semver: the form, the limits, the order. */
#include "model/semver.h"

#include <string.h>

#include "tests/unit/unit.h"

START_TEST(versions_come_back_as_they_were_written)
{
    static const char *const good[] = {"0.0.0",     "1.0.0",  "1.10.0",
                                       "2018.12.1", "10.0.9", "2147483647.2147483647.2147483647"};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct semver version;
        char text[SEMVER_TEXT_SIZE];
        struct err err = {0};

        ck_assert_int_eq(semver_parse(good[i], &version, &err), 0);
        semver_text(&version, text);
        ck_assert_str_eq(text, good[i]);
        ck_assert_int_eq(semver_check(&good[i], &err), 0);
    }
}
END_TEST

START_TEST(other_forms_are_refused_and_leave_the_result_alone)
{
    static const char *const bad[] = {
        "",
        "1",
        "1.2",
        "1.2.",
        "1.2.3.",
        "1.2.3.4",
        ".1.2",
        "1..2",
        "v1.2.3",
        "1.2.3-rc1",
        "1.2.3 ",
        " 1.2.3",
        "+1.2.3",
        "-1.2.3",
        "1,2,3",
        "1.2.2147483648",
        "2147483648.0.0",
        "0.4294967296.0",
        "0.0.9999999999999999999999999",
        "1.2.0x3",
        "latest",
        "1.2.\xd9\xa3",
        "1.2.3\n",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct semver version = {.major = 7, .minor = 7, .patch = 7};
        struct err err = {0};

        ck_assert_msg(semver_parse(bad[i], &version, &err) == E_INVALID, "'%s'", bad[i]);
        ck_assert_int_eq(err.code, E_INVALID);
        ck_assert_int_eq(version.major + version.minor + version.patch, 21);
        ck_assert_int_eq(semver_check(&bad[i], NULL), E_INVALID);
    }
}
END_TEST

START_TEST(leading_zeros_are_refused_with_the_right_spelling)
{
    struct semver version;
    struct err err = {0};

    ck_assert_int_eq(semver_parse("01.2.003", &version, &err), E_INVALID);
    ck_assert_str_eq(err.text, "version '01.2.003' has a leading zero");
    ck_assert_str_eq(err.hint, "did you mean '1.2.3'?");
    ck_assert_int_eq(semver_parse("1.00.0", &version, NULL), E_INVALID);
    ck_assert_int_eq(semver_parse("01.2.9999999999", &version, &err), E_INVALID);
    ck_assert_str_eq(err.hint, "");
}
END_TEST

START_TEST(order_is_by_number)
{
    static const struct semver rising[] = {{0, 0, 0},  {0, 0, 9}, {0, 0, 10}, {0, 1, 0},
                                           {1, 0, 0},  {1, 0, 9}, {1, 0, 12}, {1, 9, 9},
                                           {1, 10, 0}, {2, 0, 0}, {10, 0, 0}, {2147483647, 0, 0}};
    const size_t count = sizeof rising / sizeof *rising;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            const int sign = semver_compare(&rising[i], &rising[j]);

            ck_assert_int_eq((sign > 0) - (sign < 0), (i > j) - (i < j));
        }
}
END_TEST

START_TEST(the_next_one_raises_one_number_and_drops_those_behind)
{
    static const struct {
        struct semver highest;
        enum semver_part part;
        struct semver next;
    } steps[] = {
        {{1, 2, 3}, SEMVER_PATCH, {1, 2, 4}},
        {{1, 2, 3}, SEMVER_MINOR, {1, 3, 0}},
        {{1, 2, 3}, SEMVER_MAJOR, {2, 0, 0}},
        {{0, 0, 9}, SEMVER_PATCH, {0, 0, 10}},
        {{1, 2, INT32_MAX}, SEMVER_MINOR, {1, 3, 0}},
        {{1, INT32_MAX, INT32_MAX}, SEMVER_MAJOR, {2, 0, 0}},
        {{1, 2, INT32_MAX - 1}, SEMVER_PATCH, {1, 2, INT32_MAX}},
    };
    struct semver next;

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        ck_assert_int_eq(semver_next(&steps[i].highest, steps[i].part, &next, NULL), 0);
        ck_assert_int_eq(semver_compare(&next, &steps[i].next), 0);
    }
    for (enum semver_part part = SEMVER_PATCH; part <= SEMVER_MAJOR; part++) {
        ck_assert_int_eq(semver_next(NULL, part, &next, NULL), 0);
        ck_assert_int_eq(semver_compare(&next, &(struct semver){1, 0, 0}), 0);
    }
}
END_TEST

START_TEST(nothing_follows_the_highest_number)
{
    static const struct {
        struct semver highest;
        enum semver_part part;
    } ends[] = {{{1, 2, INT32_MAX}, SEMVER_PATCH},
                {{1, INT32_MAX, 0}, SEMVER_MINOR},
                {{INT32_MAX, 0, 0}, SEMVER_MAJOR}};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct semver next = {.major = 7};
        struct err err = {0};

        ck_assert_int_eq(semver_next(&ends[i].highest, ends[i].part, &next, &err), E_INVALID);
        ck_assert_int_eq(next.major, 7);
    }
}
END_TEST

UNIT_MAIN("model/semver", versions_come_back_as_they_were_written,
          other_forms_are_refused_and_leave_the_result_alone,
          leading_zeros_are_refused_with_the_right_spelling, order_is_by_number,
          the_next_one_raises_one_number_and_drops_those_behind, nothing_follows_the_highest_number)
