/* clock: instants to text and back. */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

#include "tests/unit/unit.h"

static void check_text(int64_t seconds, const char *expected)
{
    char text[CLOCK_TEXT_SIZE];

    clock_text(seconds, text);
    ck_assert_str_eq(text, expected);
}

START_TEST(instants_become_texts)
{
    check_text(0, "1970-01-01T00:00:00+00:00");
    check_text(-1, "1969-12-31T23:59:59+00:00");
    check_text(951782400, "2000-02-29T00:00:00+00:00");
    check_text(1795352652, "2026-11-22T13:04:12+00:00");
}
END_TEST

START_TEST(years_are_clamped)
{
    check_text(-62135596800, "0001-01-01T00:00:00+00:00");
    check_text(-62135596801, "0001-01-01T00:00:00+00:00");
    check_text(INT64_MIN, "0001-01-01T00:00:00+00:00");
    check_text(253402300799, "9999-12-31T23:59:59+00:00");
    check_text(253402300800, "9999-12-31T23:59:59+00:00");
    check_text(INT64_MAX, "9999-12-31T23:59:59+00:00");
}
END_TEST

/* Each day of four centuries and more, against the C library. */
START_TEST(every_day_agrees_with_the_c_library)
{
    for (int64_t at = -62135596800; at <= 253402300799; at += 3 * 86400 + 4711) {
        char text[CLOCK_TEXT_SIZE], expected[160];
        const time_t time = (time_t)at;
        struct tm tm;
        int64_t back = 0;

        gmtime_r(&time, &tm);
        snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02d+00:00",
                 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
        clock_text(at, text);
        if (!clock_parse(text, &back) || back != at)
            ck_abort_msg("%s was read as %lld", text, (long long)back);
        ck_assert_str_eq(text, expected);
    }
}
END_TEST

START_TEST(dates_and_times_are_read)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"1970-01-01T00:00Z", 0},
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01 00:00:00", 0},
        {"1970-01-01T00:00", 0},
        {"1970-01-01T00:00:01.999999999Z", 1},
        {"1970-01-01T01:30:00+01:30", 0},
        {"1969-12-31T23:00:00-01:00", 0},
        {"1970-01-01T00:00:00.5-00:00", 0},
        {"1970-01-01", 86399},
        {"2027-01-31", 1801439999},
        {"2000-02-29T00:00Z", 951782400},
        {"9999-12-31T23:59:59Z", 253402300799},
        {"0001-01-01T00:00:00Z", -62135596800},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -7;

        ck_assert_msg(clock_parse(cases[i].text, &seconds), "'%s' was refused", cases[i].text);
        ck_assert_int_eq(seconds, cases[i].seconds);
    }
}
END_TEST

START_TEST(what_is_no_instant_is_refused)
{
    static const char *const wrong[] = {
        "",
        "2027",
        "2027-1-31",
        "2027-00-10",
        "2027-13-10",
        "2027-01-00",
        "2027-01-32",
        "2027-02-29",
        "1900-02-29",
        "2027-04-31",
        "0000-01-01",
        "2027-01-31Z",
        "2027-01-31 ",
        "2027-01-31T",
        "2027-01-31T12",
        "2027-01-31T24:00",
        "2027-01-31T23:60",
        "2027-01-31T23:59:60",
        "2027-01-31T23:59:5",
        "2027-01-31T23:59:59.",
        "2027-01-31T23:59:59.Z",
        "2027-01-31T23:59:59Zx",
        "2027-01-31T23:59:59Z+01:00",
        "2027-01-31T23:59:59z",
        "2027-01-31T23:59+1:00",
        "2027-01-31T23:59+01",
        "2027-01-31T23:59+24:00",
        "2027-01-31T23:59+01:60",
        "2027-01-31t23:59",
        " 2027-01-31",
        "+027-01-31",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t seconds = -7;

        ck_assert_msg(!clock_parse(wrong[i], &seconds), "'%s' was taken", wrong[i]);
        ck_assert_int_eq(seconds, -7);
    }
}
END_TEST

START_TEST(spans_are_numbers_with_a_unit)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } right[] = {
        {"1s", 1},       {"010m", 600},    {"12h", 43200},      {"30d", 2592000},
        {"4w", 2419200}, {"1y", 31536000}, {"999999s", 999999}, {"999999y", 31535968464000},
    };
    static const char *const wrong[] = {"",    "d",        "30",  "0d",   "-1d", "+1d",
                                        " 1d", "1d ",      "1 d", "1.5d", "1D",  "1mo",
                                        "1dd", "1000000s", "1x",  "1h30m"};

    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        int64_t seconds = -7;

        ck_assert_msg(clock_parse_span(right[i].text, "smhdwy", &seconds), "'%s'", right[i].text);
        ck_assert_int_eq(seconds, right[i].seconds);
        ck_assert(!clock_parse_span(right[i].text, "x", &seconds));
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t seconds = -7;

        ck_assert_msg(!clock_parse_span(wrong[i], "smhdwy", &seconds), "'%s' was taken", wrong[i]);
        ck_assert_int_eq(seconds, -7);
    }
}
END_TEST

UNIT_MAIN("base/clock", instants_become_texts, years_are_clamped,
          every_day_agrees_with_the_c_library, dates_and_times_are_read,
          what_is_no_instant_is_refused, spans_are_numbers_with_a_unit)
