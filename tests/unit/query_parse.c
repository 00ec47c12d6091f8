/* query parse: every production of the grammar, and what is said of what is none. */
#include "tests/unit/query_trial.h"

#define INPUT                                                                                      \
    "{'a': 1, 'b': {'c': [1, 2, [3, [4]]], 'd e': 'x'}, 's': 'text', 'z': null, "                  \
    "'l': [{'n': 'p', 'k': 3}, {'n': 'q', 'k': 1, 'm': [7]}, {'n': 'r', 'm': [8, 9]}], "           \
    "'o': {'x': {'v': 1}, 'y': {'v': 2}, 'w': 5}}"

START_TEST(names_and_steps)
{
    TRIALS(INPUT, {"a", "1"}, {"\"a\"", "1"}, {"\"\\u0061\"", "1"}, {"none", "null"},
           {"b.\"d e\"", "'x'"}, {"_x9", "null"}, {"b.c", "[1,2,[3,[4]]]"},
           {" b .\n c\t[ 0 ] ", "1"}, {"@.a", "1"}, {"a.b.c", "null"}, {"z.a", "null"},
           {"s.a", "null"}, {"@.s | @", "'text'"});
}
END_TEST

START_TEST(literals)
{
    TRIALS(INPUT, {"'raw'", "'raw'"}, {"'it\\'s'", "'it's'"}, {"'\\\\n'", "'\\\\\\\\n'"},
           {"''", "''"}, {"'é'", "'é'"}, {"`1`", "1"}, {"` -1.5e2 `", "-150"}, {"`null`", "null"},
           {"`{\"x\": [true, \"t\"]}`.x[1]", "'t'"}, {"`\"a\\`b\"`", "'a`b'"},
           {"`\"\\u00e9\"`", "'é'"}, {"`word`", "'word'"}, {"` 1.0.0`", "'1.0.0'"},
           {"`9007199254740993`", "'9007199254740993'"});
}
END_TEST

START_TEST(indices_and_slices)
{
    TRIALS(INPUT, {"b.c[0]", "1"}, {"b.c[-1]", "[3,[4]]"}, {"b.c[-1][1][0]", "4"},
           {"b.c[3]", "null"}, {"b.c[-4]", "null"}, {"s[0]", "null"}, {"o[0]", "null"},
           {"b.c[1:]", "[2,[3,[4]]]"}, {"b.c[:1]", "[1]"}, {"b.c[::2]", "[1,[3,[4]]]"},
           {"b.c[::-1]", "[[3,[4]],2,1]"}, {"b.c[-2:-1]", "[2]"}, {"b.c[5:]", "[]"},
           {"b.c[:-9]", "[]"}, {"b.c[9::-2]", "[[3,[4]],1]"}, {"b.c[:0:-1]", "[[3,[4]],2]"},
           {"b.c[-9::-1]", "[]"}, {"b.c[9223372036854775807:]", "[]"},
           {"b.c[-9223372036854775807:]", "[1,2,[3,[4]]]"}, {"b.c[::9223372036854775807]", "[1]"},
           {"b.c[::-9223372036854775807]", "[[3,[4]]]"}, {"s[1:]", "null"}, {"o[:]", "null"},
           {"l[:2].n", "['p','q']"}, {"l[1:].m[0]", "[7,8]"});
}
END_TEST

START_TEST(projections)
{
    TRIALS(INPUT, {"l[*].n", "['p','q','r']"}, {"l[*].k", "[3,1]"}, {"l[].m", "[[7],[8,9]]"},
           {"l[].m[]", "[7,8,9]"}, {"l[*].m[]", "[7,8,9]"}, {"l[*].m[0]", "[7,8]"},
           {"l[*].m | [0]", "[7]"}, {"(l[*].m)[0]", "[7]"}, {"b.c[]", "[1,2,3,[4]]"},
           {"b.c[][]", "[1,2,3,4]"}, {"o.*.v", "[1,2]"}, {"o.*", "[{'v':1},{'v':2},5]"},
           {"o.*.v | length(@)", "2"}, {"*.x.v", "[1]"}, {"*.*.v", "[[],[1,2]]"}, {"s[*]", "null"},
           {"a.*", "null"}, {"s[]", "null"}, {"l.*", "null"}, {"o[*]", "null"}, {"l[*].n.x", "[]"},
           {"o.*.x.y", "[]"}, {"@.o.*.v[]", "[1,2]"}, {"l[*].[n]", "[['p'],['q'],['r']]"},
           {"l[].{n: n}[0]", "{'n':'p'}"}, {"l[].{n: n}[?n == 'q']", "[{'n':'q'}]"},
           {"l[*].[n, k][]", "['p',3,'q',1,'r']"});
}
END_TEST

START_TEST(a_projection_begins_an_expression)
{
    TRIALS("[{'x': 1}, {'x': 2}, [{'x': 3}]]", {"[0]", "{'x':1}"}, {"[*].x", "[1,2]"},
           {"[].x", "[1,2,3]"}, {"[?x > `1`].x", "[2]"}, {"[-1][0].x", "3"}, {"[:1]", "[{'x':1}]"},
           {"[::-1][*].x", "[[3]]"}, {"[::-1].x", "[2,1]"}, {"*", "null"},
           {"[@]", "[[{'x':1},{'x':2},[{'x':3}]]]"}, {"[[0].x, [1].x]", "[1,2]"},
           {"[*]", "[{'x':1},{'x':2},[{'x':3}]]"}, {"[*, [0].x]", "[null,1]"});
}
END_TEST

START_TEST(filters_and_comparisons)
{
    TRIALS(INPUT, {"l[?n == 'q'].k", "[1]"}, {"l[?n != 'q'].n", "['p','r']"},
           {"l[?k < `3`].n", "['q']"}, {"l[?k <= `3`].n", "['p','q']"}, {"l[?k > `1`].n", "['p']"},
           {"l[?k >= `1`].n", "['p','q']"}, {"l[?m].n", "['q','r']"}, {"l[?!m].n", "['p']"},
           {"l[?m[0] == `7` && k].n", "['q']"}, {"l[?m][].m[]", "[7,8,9]"}, {"l[?m][0]", "[]"},
           {"l[?m] | [0].n", "'q'"}, {"l[?none]", "[]"}, {"s[?@]", "null"}, {"o[?@]", "null"},
           {"'a' < 'b'", "true"}, {"'b' <= 'a'", "false"}, {"'é' > 'z'", "true"},
           {"'a' < 'ab'", "true"}, {"'a' < `1`", "null"}, {"`[1]` < `[2]`", "null"},
           {"`true` > `false`", "null"}, {"b.c == `[1,2,[3,[4]]]`", "true"},
           {"`{\"x\":1,\"y\":[2]}` == `{\"y\":[2],\"x\":1}`", "true"},
           {"`{\"x\":1}` == `{\"x\":1,\"y\":2}`", "false"}, {"`{\"x\":1}` == `{\"y\":1}`", "false"},
           {"`[1]` == `[1,2]`", "false"}, {"`1` == `1.0`", "true"}, {"`1` == '1'", "false"},
           {"`null` == none", "true"}, {"z != none", "false"}, {"`1` == `1` == `true`", "true"});
}
END_TEST

START_TEST(logic_goes_by_what_is_there)
{
    TRIALS(INPUT, {"none || a", "1"}, {"a || s", "1"}, {"none || z || s", "'text'"},
           {"a && s", "'text'"}, {"none && a", "null"}, {"`[]` && a", "[]"}, {"'' || `0`", "0"},
           {"`{}` || `[]` || `false`", "false"}, {"!a", "false"}, {"!none", "true"},
           {"!!a", "true"}, {"!`[]`", "true"}, {"!`{}`", "true"}, {"!''", "true"},
           {"!`0`", "false"}, {"!b.none", "true"}, {"!b.c", "false"}, {"!b.c[9]", "true"},
           {"!a == `false`", "true"}, {"!l[?none]", "true"}, {"none && a || s", "'text'"},
           {"s || none && a", "'text'"}, {"(s || none) && a", "1"},
           {"a == `1` && s == 'text'", "true"}, {"none | a", "null"}, {"none || a | @", "1"},
           {"b | c | [0]", "1"});
}
END_TEST

START_TEST(multiselects)
{
    TRIALS(INPUT, {"[a, s]", "[1,'text']"}, {"[a]", "[1]"}, {"b.[c[0], none]", "[1,null]"},
           {"none.[a]", "null"}, {"z.{a: a}", "null"}, {"{s: s, a: a}", "{'s':'text','a':1}"},
           {"{\"x y\": a}", "{'x y':1}"}, {"{a: a, a: s}", "{'a':'text'}"},
           {"l[0].{z: n, k: k, a: none}", "{'z':'p','k':3,'a':null}"},
           {"{x: {y: [a]}}.x.y[0]", "1"}, {"l[*].{n: n} | [1:]", "[{'n':'q'},{'n':'r'}]"},
           {"a.{x: @}", "{'x':1}"});
}
END_TEST

START_TEST(calls_and_references)
{
    TRIALS(INPUT, {"length(s)", "4"}, {"length( s )", "4"}, {"l.length(@)", "3"},
           {"l[*].length(n)", "[1,1,1]"}, {"sort_by(l, &n)[0].n", "'p'"},
           {"sort_by(l[?k], &k)[*].n", "['q','p']"}, {"map(&n, l)", "['p','q','r']"},
           {"not_null(none, z, 'x')", "'x'"}, {"length(l[*].m | [])", "3"},
           {"max_by(l[?k], & k).n", "'p'"});
}
END_TEST

START_TEST(what_is_no_expression)
{
    TRIALS(INPUT, {"", "1: an expression is missing"}, {"  ", "3: an expression is missing"},
           {"a.", "3: a name, '*', '[' or '{' behind '.' is missing"},
           {"a..b", "3: a name, '*', '[' or '{' behind '.' is missing before '.'"},
           {"é", "1: 'é' is no part of an expression; a name with such letters stands in double "
                 "quotes"},
           {"\"é\".#", "5: '#' is no part of an expression"},
           {"'é'.é", "5: 'é' is no part of an expression; a name with such letters stands in "
                     "double quotes"},
           {"a b", "3: an operator is missing before 'b'"},
           {"a and b", "3: an operator is missing before 'and'; 'and' is written '&&', 'or' is "
                       "'||', 'not' is '!'"},
           {"a & b", "3: an operator is missing before '&'; 'and' is written '&&'"},
           {"a[b]", "3: a number, ':', '*' or '?' behind '[' is missing before 'b'"},
           {"a[0", "4: a number, ':' or ']' is missing"},
           {"a[1 2]", "5: ':' or ']' is missing before '2'"},
           {"a[1:2:3:4]", "8: ']' is missing before ':'"}, {"a[*", "4: ']' is missing"},
           {"a[::0]", "5: the step of a slice is 0"}, {"a[?b", "5: ']' of the filter is missing"},
           {"a[?b = c]", "6: '=' is no operator; '==' compares"},
           {"a[ ?b]", "4: '?' stands alone; a filter begins with '[?'"},
           {"a[?b == 1]", "9: an expression is missing before '1'; a number stands in backticks, a "
                          "string in single quotes"},
           {"[a,]", "4: an expression is missing before ']'"}, {"[a", "3: ',' or ']' is missing"},
           {"{a}", "3: ':' behind the name of a member is missing before '}'"},
           {"{'a': b}", "2: the name of a member is missing before ''a''"},
           {"{a: b", "6: ',' or '}' is missing"},
           {"{}", "2: the name of a member is missing before '}'"}, {"(a", "3: ')' is missing"},
           {"!", "2: an expression is missing"}, {"a ||", "5: an expression is missing"},
           {"'a", "1: the string has no closing '''"}, {"\"a", "1: the name has no closing '''"},
           {"`1", "1: the literal has no closing backtick"},
           {"\"\\x\"", "1: what stands in double quotes is not a string of JSON"},
           {"`{\"a\"}`", "1: what stands between the backticks is not JSON; a string is written "
                         "in single quotes: 'text'"},
           {"``", "1: what stands between the backticks is not JSON; a string is written in "
                  "single quotes: 'text'"},
           {"a[-]", "3: '-' has no digits behind it"},
           {"a[9223372036854775808]", "3: the number is too large"},
           {"&a", "1: an expression is missing before '&'; '&' stands only before an argument of a "
                  "function"},
           {"\"length\"(a)", "1: the name of a function stands in quotes"},
           {"a.'b'", "3: a name, '*', '[' or '{' behind '.' is missing before ''b''"},
           {"length(a", "9: ',' or ')' is missing"},
           {"length(a,)", "10: an expression is missing before ')'"},
           {"b.@", "3: a name, '*', '[' or '{' behind '.' is missing before '@'"},
           {"1", "1: an expression is missing before '1'; a number stands in backticks, a string "
                 "in single quotes"},
           {"a.\"0123456789012345678901234567890123456789012345\" b",
            "52: an operator is missing before 'b'"},
           {"a '0123456789012345678901234567890123456789'",
            "3: an operator is missing before ''012345678901234567890123456789012345678'"});
}
END_TEST

/* The text `count` times, to be released with free. */
static char *repeated(const char *before, const char *text, size_t count, const char *behind)
{
    struct buf all = {0};

    buf_add_text(&all, before);
    for (size_t i = 0; i < count; i++)
        buf_add_text(&all, text);
    buf_add_text(&all, behind);
    return buf_take(&all);
}

static void expect_parse(char *text, const char *fault)
{
    struct query *query = NULL;
    struct err err = {0};
    const int rc = query_parse(text, &query, &err);

    if (fault)
        ck_assert_msg(rc == E_USAGE && strstr(err.text, fault), "%.80s: %s", text, err.text);
    else
        ck_assert_msg(rc == 0, "%.80s: %s", text, err.text);
    query_free(query);
    free(text);
}

START_TEST(limits_end_in_an_error)
{
    static const char deep[] = "more than 500 expressions are inside each other";

    expect_parse(repeated("", "(", QUERY_DEPTH_MAX - 1, "a"), "')' is missing");
    expect_parse(repeated("", "(", QUERY_DEPTH_MAX, "a"), deep);
    expect_parse(repeated("a", ".b", QUERY_DEPTH_MAX - 1, ""), NULL);
    expect_parse(repeated("a", ".b", QUERY_DEPTH_MAX, ""), deep);
    expect_parse(repeated("", "[*].a", 2 * QUERY_DEPTH_MAX, ""), deep);
    expect_parse(repeated("", "!", QUERY_TEXT_MAX, ""), deep);
    expect_parse(repeated("", "{a:", QUERY_TEXT_MAX / 3, ""), deep);
    expect_parse(repeated("", "[?", QUERY_TEXT_MAX / 2, ""), deep);
    expect_parse(repeated("", "length(", QUERY_TEXT_MAX / 8, ""), deep);
    expect_parse(repeated("a", " || a", QUERY_DEPTH_MAX - 1, ""), NULL);
    expect_parse(repeated("'", "x", QUERY_TEXT_MAX - 2, "'"), NULL);
    expect_parse(repeated("'", "x", QUERY_TEXT_MAX - 1, "'"),
                 "has 65537 bytes; 65536 are the most");
    expect_parse(text_copy("a\xff"), "is not UTF-8");
}
END_TEST

START_TEST(a_long_expression_is_shown_around_the_place)
{
    char *const text = repeated("'", "\xc3\xa9", 300, "' ? a");
    struct query *query = NULL;
    struct err err = {0};

    ck_assert_int_eq(query_parse(text, &query, &err), E_USAGE);
    ck_assert_msg(text_starts(err.text, "query '...\xc3\xa9"), "%s", err.text);
    ck_assert(text_is_utf8(err.text, strlen(err.text)));
    ck_assert_ptr_nonnull(strstr(err.text, "\xc3\xa9' ? a', column 304: '?' stands alone"));
    ck_assert_int_eq(query_parse("a b", &query, NULL), E_USAGE);
    ck_assert_ptr_null(query);
    free(text);
}
END_TEST

START_TEST(members_are_named_by_a_hash_at_the_end)
{
    static const struct {
        const char *text;
        bool named;
    } cases[] = {
        {"{a: b}", true},
        {"[].{a: b}", true},
        {"[?x].{a: b} | [0]", true},
        {"[].{a: b}[?a] | [1:]", true},
        {"sort_by([].{a: b}, &a)", true},
        {"map(&{a: b}, @)", true},
        {"x.{a: b} || y", true},
        {"[{a: b}]", true},
        {"@", false},
        {"[?a == `{}`]", false},
        {"{a: b}.a", false},
        {"sort_by(@, &{a: b}.a)", false},
        {"*", false},
        {"[0]", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct query *query = NULL;

        ck_assert_int_eq(query_parse(cases[i].text, &query, NULL), 0);
        ck_assert_msg(query_names_members(query) == cases[i].named, "%s", cases[i].text);
        query_free(query);
    }
}
END_TEST

UNIT_MAIN("query/parse", names_and_steps, literals, indices_and_slices, projections,
          a_projection_begins_an_expression, filters_and_comparisons, logic_goes_by_what_is_there,
          multiselects, calls_and_references, what_is_no_expression, limits_end_in_an_error,
          a_long_expression_is_shown_around_the_place, members_are_named_by_a_hash_at_the_end)
