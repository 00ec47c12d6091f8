/* number: whole numbers and sizes at their edges. */
#include "base/number.h"

#include "tests/unit/unit.h"

START_TEST(numbers_are_read_at_their_limits)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"0", 0},
        {"1", 1},
        {"-1", -1},
        {"10", 10},
        {"9223372036854775806", INT64_MAX - 1},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775807", INT64_MIN + 1},
        {"-9223372036854775808", INT64_MIN},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = 77;

        ck_assert_msg(number_parse(cases[i].text, &value), "'%s' was refused", cases[i].text);
        ck_assert_int_eq(value, cases[i].value);
    }
}
END_TEST

START_TEST(all_else_is_refused)
{
    static const char *const wrong[] = {"",
                                        "-",
                                        "+1",
                                        " 1",
                                        "1 ",
                                        "01",
                                        "-0",
                                        "00",
                                        "--1",
                                        "1a",
                                        "0x1",
                                        "1.0",
                                        "1e3",
                                        "1_0",
                                        "\n1",
                                        "9223372036854775808",
                                        "-9223372036854775809",
                                        "18446744073709551616",
                                        "99999999999999999999999999"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t value = 77;

        ck_assert_msg(!number_parse(wrong[i], &value), "'%s' was taken", wrong[i]);
        ck_assert_int_eq(value, 77);
    }
}
END_TEST

START_TEST(sizes_have_two_or_three_digits)
{
    static const struct {
        uint64_t bytes;
        const char *text;
    } cases[] = {
        {0, "0 B"},
        {999, "999 B"},
        {1000, "1.0 KiB"},
        {1024, "1.0 KiB"},
        {1229, "1.2 KiB"},
        {10137, "9.9 KiB"},
        {10189, "10 KiB"},
        {10240, "10 KiB"},
        {999 * 1024, "999 KiB"},
        {999 * 1024 + 511, "999 KiB"},
        {999 * 1024 + 512, "1.0 MiB"},
        {UINT64_C(34) << 20, "34 MiB"},
        {UINT64_C(127) << 30, "127 GiB"},
        {UINT64_C(2) << 40, "2.0 TiB"},
        {UINT64_C(3) << 50, "3.0 PiB"},
        {UINT64_MAX, "16 EiB"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};

        number_add_size(&out, cases[i].bytes);
        ck_assert_str_eq(buf_text(&out), cases[i].text);
        buf_done(&out);
    }
}
END_TEST

START_TEST(division_rounds_up_without_overflow)
{
    ck_assert_uint_eq(number_divide_up(0, 5), 0);
    ck_assert_uint_eq(number_divide_up(4, 5), 1);
    ck_assert_uint_eq(number_divide_up(5, 5), 1);
    ck_assert_uint_eq(number_divide_up(6, 5), 2);
    ck_assert_uint_eq(number_divide_up(UINT64_MAX, 1), UINT64_MAX);
    ck_assert_uint_eq(number_divide_up(UINT64_MAX, UINT64_MAX - 1), 2);
}
END_TEST

START_TEST(sizes_are_read_with_their_units)
{
    static const struct {
        const char *text;
        uint64_t size;
    } good[] = {{"0", 0},
                {"512", 512},
                {"1k", 1024},
                {"500G", UINT64_C(500) << 30},
                {"2TiB", UINT64_C(2) << 40},
                {"3MB", 3 << 20},
                {"8191P", UINT64_C(8191) << 50},
                {"9223372036854775807", INT64_MAX}};
    static const char *const bad[] = {"",
                                      "G",
                                      "-1",
                                      "1.5G",
                                      "01",
                                      "1X",
                                      "1GG",
                                      "1G ",
                                      "1Gib",
                                      "8192P",
                                      "9223372036854775808",
                                      "99999999999999999999999999"};
    uint64_t size = 7;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert_msg(number_parse_size(good[i].text, &size), "%s", good[i].text);
        ck_assert_uint_eq(size, good[i].size);
    }
    size = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!number_parse_size(bad[i], &size), "%s", bad[i]);
    ck_assert_uint_eq(size, 7);
}
END_TEST

UNIT_MAIN("base/number", numbers_are_read_at_their_limits, all_else_is_refused,
          sizes_have_two_or_three_digits, division_rounds_up_without_overflow,
          sizes_are_read_with_their_units)
