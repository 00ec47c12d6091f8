/* JSON text and trees: what is accepted, what is refused and where, printing, editing. */
#include "json/value.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tests/unit/unit.h"

static struct json *parsed(const char *text)
{
    struct json *json = NULL;
    struct err err = {0};

    ck_assert_msg(json_parse(text, strlen(text), &json, &err) == 0, "%s: %s", text, err.text);
    return json;
}

static void check_refused(const char *text, size_t length, const char *message)
{
    struct json *json = NULL;
    struct err err = {0};
    char *tight = mem_copy(text, length);

    ck_assert_msg(json_parse(tight, length, &json, &err) == E_INVALID, "accepted: %s", text);
    ck_assert_str_eq(err.text, message);
    ck_assert_ptr_null(json);
    free(tight);
}

/* Parse, print on one line, compare. */
static void check_line(const char *text, const char *expected)
{
    struct json *json = parsed(text);
    struct buf out = {0};

    json_print_line(&out, json, false);
    ck_assert_str_eq(buf_text(&out), expected);
    buf_done(&out);
    json_free(json);
}

START_TEST(refusals_say_the_place)
{
    /* clang-format off */
    static const struct { const char *text, *message; } cases[] = {
        {"", "line 1, column 1: expected a value"},
        {"  \n\t nul", "line 2, column 3: expected a value"},
        {"[1 2]", "line 1, column 4: expected ',' or ']'"},
        {"[1,]", "line 1, column 4: expected a value"},
        {"{\"a\":1,}", "line 1, column 8: expected a key in double quotes"},
        {"{\"a\" 1}", "line 1, column 6: expected ':'"},
        {"{\"a\":1 \"b\"", "line 1, column 8: expected ',' or '}'"},
        {"{a:1}", "line 1, column 2: expected a key in double quotes"},
        {"{\n  \"\xc3\xa9\": tru\n}", "line 2, column 8: expected a value"},
        {"1 1", "line 1, column 3: expected the end of the text"},
        {"{}}", "line 1, column 3: expected the end of the text"},
        {"\xef\xbb\xbf{}", "line 1, column 1: expected a value"},
        {"\"abc", "line 1, column 1: string without an end"},
        {"\"a\tb\"", "line 1, column 3: control character in a string"},
        {"\"a\\x\"", "line 1, column 3: unknown escape"},
        {"\"a\\", "line 1, column 3: unknown escape"},
        {"\"\\u12g4\"", "line 1, column 2: expected four hexadecimal digits after '\\u'"},
        {"\"\\u12", "line 1, column 2: expected four hexadecimal digits after '\\u'"},
        {"\"\\ud800\"", "line 1, column 2: half of a surrogate pair"},
        {"\"\\ud800\\u0041\"", "line 1, column 2: half of a surrogate pair"},
        {"\"\\ud800\\ud800\"", "line 1, column 2: half of a surrogate pair"},
        {"\"\\udc00\"", "line 1, column 2: half of a surrogate pair"},
        {"\"\xc0\x80\"", "line 1, column 2: not valid UTF-8"},
        {"\"\xed\xa0\x80\"", "line 1, column 2: not valid UTF-8"},
        {"\"\xf5\x80\x80\x80\"", "line 1, column 2: not valid UTF-8"},
        {"\"\xe2\x82", "line 1, column 2: not valid UTF-8"},
        {"\"\x80\"", "line 1, column 2: not valid UTF-8"},
        {"-", "line 1, column 2: expected a digit after '-'"},
        {"+1", "line 1, column 1: expected a value"},
        {"01", "line 1, column 1: number with a leading zero"},
        {"-01", "line 1, column 1: number with a leading zero"},
        {"1.", "line 1, column 3: expected a digit after '.'"},
        {"1e", "line 1, column 3: expected a digit in the exponent"},
        {"1e+", "line 1, column 4: expected a digit in the exponent"},
        {".5", "line 1, column 1: expected a value"},
        {"9007199254740993", "line 1, column 1: whole number beyond 9007199254740992"},
        {"-9007199254740993", "line 1, column 1: whole number beyond 9007199254740992"},
        {"100000000000000000000000000000000000000000", "line 1, column 1: whole number beyond 9007199254740992"},
        {"1e400", "line 1, column 1: number too large"},
        {"{\"a\":1,\"b\":2,\"a\":3}", "line 1, column 14: key 'a' stands here again"},
        {"{\"a\":1,\n \"\\u0061\":2}", "line 2, column 2: key 'a' stands here again"},
        {"[{\"x\":{\"b\":1,\"a\":2,\"b\":3,\"a\":3}}]", "line 1, column 20: key 'b' stands here again"},
    };
    /* clang-format on */

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_refused(cases[i].text, strlen(cases[i].text), cases[i].message);
    check_refused("[1,\0 2]", 7, "line 1, column 4: expected a value");
    check_refused("\"a\0b\"", 5, "line 1, column 3: control character in a string");
}
END_TEST

START_TEST(equal_keys_of_different_objects_and_cases_are_no_duplicates)
{
    check_line("{\"a\":{\"a\":1},\"A\":{\"a\":2},\"b\":[{\"a\":1},{\"a\":1}]}",
               "{\"a\":{\"a\":1},\"A\":{\"a\":2},\"b\":[{\"a\":1},{\"a\":1}]}");
    check_line("{\"a\\u0000b\":1,\"a\":2,\"a\\u0000c\":3}",
               "{\"a\\u0000b\":1,\"a\":2,\"a\\u0000c\":3}");
}
END_TEST

START_TEST(depth_is_bounded)
{
    struct buf text = {0};
    struct json *json = NULL;
    struct err err = {0};

    for (int depth = JSON_DEPTH_MAX - 1; depth <= JSON_DEPTH_MAX + 1; depth++) {
        int code;

        buf_clear(&text);
        for (int i = 0; i < depth; i++)
            buf_add_text(&text, i % 2 ? "{\"a\":" : "[");
        buf_add_text(&text, "1");
        for (int i = depth; i-- > 0;)
            buf_add_text(&text, i % 2 ? "}" : "]");
        json = NULL;
        code = json_parse(text.bytes, text.length, &json, &err);
        ck_assert_int_eq(code, depth <= JSON_DEPTH_MAX ? 0 : E_INVALID);
        json_free(json);
    }
    ck_assert_ptr_nonnull(strstr(err.text, "nested too deeply"));
    buf_done(&text);
}
END_TEST

START_TEST(length_is_bounded)
{
    char *text = mem_new(JSON_TEXT_MAX + 1, 1);
    struct json *json = NULL;
    struct err err = {0};

    memset(text, ' ', JSON_TEXT_MAX + 1);
    text[0] = '1';
    ck_assert_int_eq(json_parse(text, JSON_TEXT_MAX, &json, &err), 0);
    json_free(json);
    ck_assert_int_eq(json_parse(text, JSON_TEXT_MAX + 1, &json, &err), E_INVALID);
    ck_assert_str_eq(err.text, "16777217 bytes of JSON are more than 16777216");
    free(text);
}
END_TEST

START_TEST(numbers_print_canonically)
{
    /* clang-format off */
    static const struct { const char *text, *printed; } cases[] = {
        {"0", "0"}, {"-0", "0"}, {"-1", "-1"}, {"1.0", "1"}, {"1e2", "100"}, {"1E+2", "100"},
        {"9007199254740991", "9007199254740991"}, {"9007199254740992", "9007199254740992"},
        {"-9007199254740992", "-9007199254740992"}, {"9007199254740994.0", "9.007199254740994e15"},
        {"1e22", "1e22"}, {"0.1", "0.1"}, {"1.5e-7", "1.5e-7"}, {"100.25", "100.25"},
        {"1e-400", "0"}, {"5e-324", "5e-324"}, {"1.7976931348623157e308", "1.7976931348623157e308"},
        {"0.30000000000000004", "0.30000000000000004"}, {"4503599627370495.5", "4503599627370495.5"},
        {"1.00000000000000000000000000000000000000000000000000000000000000000000000000000000", "1"},
    };
    /* clang-format on */

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_line(cases[i].text, cases[i].printed);
}
END_TEST

START_TEST(numbers_do_not_follow_the_locale)
{
    /* Where none with a comma is installed, this repeats the C locale. */
    setlocale(LC_ALL, "de_DE.UTF-8");
    check_line("[1.5,0.25]", "[1.5,0.25]");
    setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(strings_print_so_that_nothing_steers)
{
    check_line("\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\"", "\"\\\" \\\\ / \\b \\f \\n \\r \\t\"");
    check_line("\"\\u001B[31m \x7f \xc2\x9b \xd8\x9c \xe2\x80\x8e \xe2\x80\xae \xe2\x81\xa6\"",
               "\"\\u001b[31m \\u007f \\u009b \\u061c \\u200e \\u202e \\u2066\"");
    check_line("\"\\u00e9\\u20AC\\ud83d\\ude00 \xc2\xa0 \xe2\x80\xaf\"",
               "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 \xc2\xa0 \xe2\x80\xaf\"");
    check_line("[\"\\u0000\",\"a\\u0000b\"]", "[\"\\u0000\",\"a\\u0000b\"]");
    check_line("\"\xe2\x80\xa8 \xe2\x80\xa9 \xef\xbb\xbf \xef\xbf\xbe\"",
               "\"\\u2028 \\u2029 \\ufeff \\ufffe\"");
    check_line("\"\\uffff\\ud800\\udc00\\udbff\\udfff\"",
               "\"\\uffff\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"");
}
END_TEST

START_TEST(bytes_that_are_no_utf8_print_as_replacement)
{
    struct json *json = json_new_string("a\xff"
                                        "b\xe2\x82");
    struct buf out = {0};

    json_print_line(&out, json, false);
    ck_assert_str_eq(buf_text(&out), "\"a\xef\xbf\xbd"
                                     "b\xef\xbf\xbd\xef\xbf\xbd\"");
    buf_done(&out);
    json_free(json);
}
END_TEST

START_TEST(nul_characters_do_not_cut_a_string)
{
    struct json *json = parsed("\"a\\u0000b\"");

    ck_assert_str_eq(json_string(json), "a\xc0\x80"
                                        "b");
    json_free(json);
}
END_TEST

START_TEST(print_is_indented_and_sorted_on_request)
{
    struct json *json = parsed("{\"b\":[1,{}],\"a\":{\"d\":null,\"c\":[]},\"B\":true}");
    struct buf out = {0};

    json_print(&out, json, false);
    ck_assert_str_eq(buf_text(&out), "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": {\n    \"d\": "
                                     "null,\n    \"c\": []\n  },\n  \"B\": true\n}");
    buf_clear(&out);
    json_print_line(&out, json, true);
    ck_assert_str_eq(buf_text(&out), "{\"B\":true,\"a\":{\"c\":[],\"d\":null},\"b\":[1,{}]}");
    buf_done(&out);
    json_free(json);
}
END_TEST

START_TEST(members_are_looked_up_by_the_exact_key)
{
    struct json *json = parsed("{\"Name\":1,\"name\":2,\"list\":[3]}");
    const struct json *list = json_get(json, "list");
    int64_t number;

    ck_assert(json_integer(json_get(json, "name"), &number));
    ck_assert_int_eq(number, 2);
    ck_assert_ptr_null(json_get(json, "NAME"));
    ck_assert_ptr_null(json_get(list, "name"));
    ck_assert_uint_eq(json_count(json), 3);
    ck_assert_uint_eq(json_count(list), 1);
    ck_assert_str_eq(json_key(list), "list");
    ck_assert_ptr_null(json_key(json_first(list)));
    ck_assert_ptr_null(json_next(json_first(list)));
    ck_assert_ptr_null(json_first(json_first(list)));
    json_free(json);
}
END_TEST

START_TEST(kinds_and_values_are_told_apart)
{
    struct json *json = parsed("[null,false,true,1.5,\"s\",[],{},7]");
    const struct json *item = json_first(json);
    int64_t number;

    for (enum json_kind kind = JSON_NULL; kind <= JSON_OBJECT; kind++, item = json_next(item)) {
        ck_assert_int_eq(json_kind(item), kind);
        ck_assert(!json_integer(item, &number));
        ck_assert_int_eq(json_string(item) != NULL, kind == JSON_STRING);
    }
    ck_assert(json_integer(item, &number));
    ck_assert_int_eq(number, 7);
    ck_assert_double_eq(json_number(item), 7);
    json_free(json);
    json = parsed("1e20");
    ck_assert(!json_integer(json, &number));
    json_free(json);
}
END_TEST

START_TEST(trees_are_built_and_edited_in_order)
{
    struct json *json = json_new_object(), *list = json_new_array(), *copy;
    struct buf out = {0};

    json_append(list, json_new_integer(INT64_C(9007199254740992)));
    json_append(list, json_new_null());
    json_append(list, json_new_bool(true));
    json_append(list, json_new_number(0.5));
    json_set(json, "a", json_new_integer(1));
    json_set(json, "b", list);
    json_set(json, "c", json_new_string("x"));
    json_set(json, "a", json_new_bool(false)); /* first */
    json_set(json, "c", json_new_string("y")); /* last */
    json_set(json, "e", json_copy(json_get(json, "b")));
    copy = json_copy(json_get(json, "c"));
    ck_assert_ptr_null(json_key(copy));
    json_append(list, copy);
    json_print_line(&out, json, false);
    ck_assert_str_eq(buf_text(&out), "{\"a\":false,\"b\":[9007199254740992,null,true,0.5,\"y\"],"
                                     "\"c\":\"y\",\"e\":[9007199254740992,null,true,0.5]}");
    buf_done(&out);
    json_free(json);
    json_free(NULL);
}
END_TEST

/* Quadratic work here would take minutes. */
START_TEST(wide_values_take_linear_time)
{
    struct buf text = {0}, out = {0};
    struct json *json = NULL;
    struct err err = {0};

    buf_add_text(&text, "{\"list\":[0");
    for (int i = 1; i < 300000; i++)
        buf_printf(&text, ",%d", i);
    buf_add_text(&text, "]");
    for (int i = 0; i < 300000; i++)
        buf_printf(&text, ",\"k%d\":%d", i, i);
    buf_add_text(&text, "}");
    ck_assert_int_eq(json_parse(text.bytes, text.length, &json, &err), 0);
    ck_assert_uint_eq(json_count(json), 300001);
    json_print_line(&out, json, false);
    ck_assert_str_eq(buf_text(&out), buf_text(&text));
    json_free(json);
    buf_done(&text);
    buf_done(&out);
}
END_TEST

UNIT_MAIN("json/value", refusals_say_the_place,
          equal_keys_of_different_objects_and_cases_are_no_duplicates, depth_is_bounded,
          length_is_bounded, numbers_print_canonically, numbers_do_not_follow_the_locale,
          strings_print_so_that_nothing_steers, bytes_that_are_no_utf8_print_as_replacement,
          nul_characters_do_not_cut_a_string, print_is_indented_and_sorted_on_request,
          members_are_looked_up_by_the_exact_key, kinds_and_values_are_told_apart,
          trees_are_built_and_edited_in_order, wide_values_take_linear_time)
