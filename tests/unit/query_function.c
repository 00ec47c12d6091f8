/* query functions: each with what it takes, and with what it refuses. */
#include "tests/unit/query_trial.h"

#define INPUT                                                                                      \
    "{'n': [3, -1.5, 2], 'w': ['pear', 'apple', 'fig'], 'e': [], 'm': [1, 'x', null], "            \
    "'o': {'k': 1, 'j': [2]}, 's': 'Grün', 't': true, 'z': null, "                                \
    "'p': [{'a': 'x', 'v': 2, 'i': 0}, {'a': 'b', 'v': 1, 'i': 1}, {'a': 'x', 'v': 1, 'i': 2}]}"

START_TEST(numbers)
{
    TRIALS(
        INPUT, {"abs(`-1.5`)", "1.5"}, {"abs(n[0])", "3"}, {"ceil(`1.2`)", "2"},
        {"ceil(`-1.2`)", "-1"}, {"ceil(`-0.2`)", "0"}, {"floor(`1.8`)", "1"},
        {"floor(`-1.2`)", "-2"}, {"avg(n)", "1.1666666666666667"}, {"avg(e)", "null"},
        {"avg(`[1,2]`)", "1.5"}, {"sum(n)", "3.5"}, {"sum(e)", "0"},
        {"sum(`[1e308,1e308]`)", "1: the result of sum() is beyond the range of numbers"},
        {"max(n)", "3"}, {"min(n)", "-1.5"}, {"sum(`[9007199254740991,1]`)", "9007199254740992"},
        {"abs('1')", "5: argument 1 of abs() is a string, not a number"},
        {"ceil(z)", "6: argument 1 of ceil() is null, not a number"},
        {"floor(t)", "7: argument 1 of floor() is a boolean, not a number"},
        {"avg(m)", "5: argument 1 of avg() is an array with other values, not an array of numbers"},
        {"sum(w)", "5: argument 1 of sum() is an array with other values, not an array of numbers"},
        {"sum(s)", "5: argument 1 of sum() is a string, not an array of numbers"});
}
END_TEST

START_TEST(strings)
{
    TRIALS(
        INPUT, {"contains(s, 'rü')", "true"}, {"contains(s, 'x')", "false"},
        {"contains(s, '')", "true"}, {"contains(s, `1`)", "false"},
        {"starts_with(s, 'Gr')", "true"}, {"starts_with(s, 'r')", "false"},
        {"ends_with(s, 'ün')", "true"}, {"ends_with(s, 'xGrün')", "false"},
        {"ends_with(s, '')", "true"}, {"join(', ', w)", "'pear, apple, fig'"},
        {"join('', e)", "''"}, {"join('-', `[\"a\"]`)", "'a'"}, {"length(s)", "4"},
        {"length('')", "0"}, {"length('👍é')", "2"}, {"reverse(s)", "'nürG'"}, {"reverse('')", "''"},
        {"starts_with(z, 'a')", "13: argument 1 of starts_with() is null, not a string"},
        {"starts_with(s, \"G\")", "16: argument 2 of starts_with() is null, not a string; double "
                                  "quotes name a member; a string is written 'G'"},
        {"ends_with(s, `1`)", "14: argument 2 of ends_with() is a number, not a string"},
        {"contains(t, 'x')", "10: argument 1 of contains() is a boolean, not a string or an array"},
        {"join(`1`, w)", "6: argument 1 of join() is a number, not a string"},
        {"join(',', m)",
         "11: argument 2 of join() is an array with other values, not an array of strings"},
        {"length(t)",
         "8: argument 1 of length() is a boolean, not a string, an array or an object"});
}
END_TEST

START_TEST(u0000_counts_and_comes_first)
{
    TRIALS(INPUT, {"length(`\"a\\u0000b\"`)", "3"},
           {"sort(`[\"a!\", \"a\\u0000\", \"a\"]`)", "['a','a\\u0000','a!']"},
           {"reverse(`\"a\\u0000b\"`)", "'b\\u0000a'"});
}
END_TEST

START_TEST(arrays)
{
    TRIALS(INPUT, {"contains(n, `2`)", "true"}, {"contains(m, z)", "true"},
           {"contains(n, `[2]`)", "false"}, {"contains(p[*].[a, v], `[\"b\", 1]`)", "true"},
           {"length(n)", "3"}, {"length(e)", "0"}, {"reverse(n)", "[2,-1.5,3]"},
           {"reverse(e)", "[]"}, {"sort(n)", "[-1.5,2,3]"}, {"sort(w)", "['apple','fig','pear']"},
           {"sort(e)", "[]"}, {"sort(`[\"é\", \"z\", \"Z\", \"\"]`)", "['','Z','z','é']"},
           {"max(w)", "'pear'"}, {"min(w)", "'apple'"}, {"max(e)", "null"}, {"min(e)", "null"},
           {"to_array(n)", "[3,-1.5,2]"}, {"to_array(s)", "['Grün']"}, {"to_array(z)", "[null]"},
           {"to_array(o)", "[{'k':1,'j':[2]}]"}, {"map(&a, p)", "['x','b','x']"},
           {"map(&q, p)", "[null,null,null]"}, {"map(&[@, @], e)", "[]"},
           {"map(&map(&@, @), `[[1],[2,3]]`)", "[[1],[2,3]]"},
           {"sort(m)", "6: argument 1 of sort() is an array with other values, not an array of "
                       "numbers or an array of strings"},
           {"max(o)",
            "5: argument 1 of max() is an object, not an array of numbers or an array of strings"},
           {"min(t)",
            "5: argument 1 of min() is a boolean, not an array of numbers or an array of strings"},
           {"reverse(o)", "9: argument 1 of reverse() is an object, not a string or an array"},
           {"map(&a, o)", "9: argument 2 of map() is an object, not an array"});
}
END_TEST

START_TEST(order_by_an_expression)
{
    TRIALS(INPUT, {"sort_by(p, &v)[].i", "[1,2,0]"}, {"sort_by(p, &a)[].i", "[1,0,2]"},
           {"sort_by(p, &to_string(v))[].i", "[1,2,0]"}, {"sort_by(e, &a)", "[]"},
           {"reverse(sort_by(p, &v))[].i", "[0,2,1]"}, {"sort_by(p, &abs(i))[-1].i", "2"},
           {"max_by(p, &v).i", "0"}, {"min_by(p, &v).i", "1"}, {"max_by(p, &a).i", "0"},
           {"min_by(p, &a).i", "1"}, {"max_by(e, &a)", "null"}, {"min_by(e, &a)", "null"},
           {"sort_by(p, &q)", "13: sort_by() orders by numbers or by strings, all of one type; for "
                              "element 0 there is null"},
           {"max_by(m, &@)", "12: max_by() orders by numbers or by strings, all of one type; for "
                             "element 1 there is a string"},
           {"min_by(p, &t)", "12: min_by() orders by numbers or by strings, all of one type; for "
                             "element 0 there is null"},
           {"sort_by(o, &a)", "9: argument 1 of sort_by() is an object, not an array"});
}
END_TEST

START_TEST(objects_and_any_type)
{
    TRIALS(INPUT, {"keys(o)", "['k','j']"}, {"keys(`{}`)", "[]"}, {"values(o)", "[1,[2]]"},
           {"length(o)", "2"}, {"merge(o, `{\"j\": 3, \"l\": 4}`)", "{'k':1,'j':3,'l':4}"},
           {"merge(o)", "{'k':1,'j':[2]}"},
           {"merge(`{\"a\":1}`, `{\"b\":2}`, `{\"a\":3}`)", "{'a':3,'b':2}"},
           {"not_null(z, none, s, t)", "'Grün'"}, {"not_null(z)", "null"}, {"not_null(e, s)", "[]"},
           {"to_number('12')", "12"}, {"to_number('-1.5e2')", "-150"}, {"to_number('1 ')", "null"},
           {"to_number(' 1')", "null"}, {"to_number('0x1')", "null"}, {"to_number('')", "null"},
           {"to_number('true')", "null"}, {"to_number('9007199254740993')", "null"},
           {"to_number(`2.5`)", "2.5"}, {"to_number(t)", "null"}, {"to_number(n)", "null"},
           {"to_string(s)", "'Grün'"}, {"to_string(`1.50`)", "'1.5'"},
           {"to_string(`null`)", "'null'"}, {"to_string(t)", "'true'"},
           {"to_string(o)", "'{\\'k\\':1,\\'j\\':[2]}'"}, {"to_string(w[0:1])", "'[\\'pear\\']'"},
           {"map(&type(@), [n[0], s, t, z, e, o])",
            "['number','string','boolean','null','array','object']"},
           {"keys(n)", "6: argument 1 of keys() is an array, not an object"},
           {"values(s)", "8: argument 1 of values() is a string, not an object"},
           {"merge(o, z)", "10: argument 2 of merge() is null, not an object"});
}
END_TEST

START_TEST(calls_are_looked_at_before_they_run)
{
    TRIALS(
        INPUT, {"lenght(s)", "1: there is no function 'lenght'; did you mean 'length'?"},
        {"s.startswith(@)", "3: there is no function 'startswith'; did you mean 'starts_with'?"},
        {"foo(s)", "1: there is no function 'foo'; the functions are: abs avg ceil contains "
                   "ends_with floor join keys length map max max_by merge min min_by not_null "
                   "reverse sort sort_by starts_with sum to_array to_number to_string type values"},
        {"abs()", "1: abs() takes 1 argument, not 0"},
        {"abs(`1`, `2`)", "1: abs() takes 1 argument, not 2"},
        {"join(w)", "1: join() takes 2 arguments, not 1"},
        {"merge()", "1: merge() takes at least 1 argument, not 0"},
        {"not_null()", "1: not_null() takes at least 1 argument, not 0"},
        {"sort_by(p, v)", "12: argument 2 of sort_by() is an expression with '&' before it; as in "
                          "sort_by(@, &name)"},
        {"map(a, p)",
         "5: argument 1 of map() is an expression with '&' before it; as in map(&name, @)"},
        {"length(&s)", "8: argument 1 of length() takes no '&' before it"},
        {"z && abs('x', 'y')", "6: abs() takes 1 argument, not 2"}, {"z && abs(s)", "null"});
}
END_TEST

/* Too few and too many, for each there is. */
START_TEST(each_function_counts_its_arguments)
{
    static const struct {
        const char *name;
        size_t count; /* of arguments; 0: one or more */
    } functions[] = {
        {"abs", 1},      {"avg", 1},      {"ceil", 1},      {"contains", 2},  {"ends_with", 2},
        {"floor", 1},    {"join", 2},     {"keys", 1},      {"length", 1},    {"map", 2},
        {"max", 1},      {"max_by", 2},   {"merge", 0},     {"min", 1},       {"min_by", 2},
        {"not_null", 0}, {"reverse", 1},  {"sort", 1},      {"sort_by", 2},   {"starts_with", 2},
        {"sum", 1},      {"to_array", 1}, {"to_number", 1}, {"to_string", 1}, {"type", 1},
        {"values", 1},
    };

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        for (size_t given = 0; given < 4; given++) {
            const bool counted = functions[i].count > 0;
            struct buf text = {0};
            struct query *query = NULL;
            struct err err = {0};

            buf_printf(&text, "%s(%s", functions[i].name, given > 0 ? "@" : "");
            for (size_t k = 1; k < given; k++)
                buf_add_text(&text, ", @");
            buf_add_char(&text, ')');
            query_parse(buf_text(&text), &query, &err);
            ck_assert_msg((strstr(err.text, "() takes ") && strstr(err.text, ", not ")) ==
                              (counted ? given != functions[i].count : given == 0),
                          "%s: %s", buf_text(&text), err.text);
            query_free(query);
            buf_done(&text);
        }
    }
}
END_TEST

/* The text doubled by each of `count` stages. */
static void expect_limit(const char *first, const char *stage, size_t count, const char *fault)
{
    struct json *const null = json_new_null();
    struct buf text = {0};
    char *outcome;

    buf_add_text(&text, first);
    for (size_t i = 0; i < count; i++)
        buf_printf(&text, " | %s", stage);
    outcome = trial_outcome(buf_text(&text), null);
    ck_assert_msg(strstr(outcome, fault), "%s: %.200s", stage, outcome);
    free(outcome);
    buf_done(&text);
    json_free(null);
}

START_TEST(limits_end_in_an_error)
{
    static const char memory[] = "it takes more than 256 MiB of memory";
    static const char steps[] = "it takes more than 10000000 steps";

    expect_limit("'x'", "join(@, ['', '', ''])", 1, "'xx'");
    expect_limit("'0123456789abcdef'", "join('', [@, @])", 40, memory);
    expect_limit("`[0]`", "[@, @][]", 40, memory);
    expect_limit("`[\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"]`",
                 "[join('', @), join('', @), join('', @), join('', @)]", 40, memory);
    expect_limit("`[0,0,0,0,0,0,0,0,0,0]`",
                 "map(&(`[0,0,0,0,0,0,0,0,0,0]` | map(&(`[0,0,0,0,0,0,0,0,0,0]` | "
                 "map(&(`[0,0,0,0,0,0,0,0,0,0]` | map(&(`[0,0,0,0,0,0,0,0,0,0]` | "
                 "map(&(`[0,0,0,0,0,0,0,0,0,0]` | map(&(`[0,0,0,0,0,0,0,0,0,0]` | "
                 "map(&(`[0,0,0,0,0,0,0,0,0,0]` | map(&@, @)), @)), @)), @)), @)), @)), @)), @)",
                 1, steps);
    expect_limit("`0`", "[@]", 64, "[[[[");
    expect_limit("`0`", "[@]", 65, "more than 64 arrays and objects are inside each other");
    expect_limit("`0`", "{a: @}", 65, "more than 64 arrays and objects are inside each other");
    expect_limit("`0`", "to_array([@])", 65, "more than 64 arrays and objects");
}
END_TEST

UNIT_MAIN("query/function", numbers, strings, u0000_counts_and_comes_first, arrays,
          order_by_an_expression, objects_and_any_type, calls_are_looked_at_before_they_run,
          each_function_counts_its_arguments, limits_end_in_an_error)
