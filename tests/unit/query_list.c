/* Lists that come element by element: nothing but the memory differs from lists that are there. */
#include "query/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

static const char *const elements[] = {
    "{\"n\": \"c\", \"v\": 3, \"l\": [{\"k\": 1}, {\"k\": 2}], \"o\": {\"x\": 1}}",
    "{\"n\": \"a\", \"v\": 1, \"l\": [], \"o\": {\"x\": null, \"y\": [7, [8]]}}",
    "[1, [2, 3], null, {\"n\": \"in\"}]",
    "null",
    "\"text\"",
    "{\"n\": \"b\", \"v\": 2, \"l\": [[{\"k\": 3}], {\"k\": null}]}",
};

enum { ELEMENTS = sizeof elements / sizeof *elements };

static struct json *parsed(const char *text)
{
    struct json *json = NULL;
    struct err err = {0};

    ck_assert_msg(json_parse(text, strlen(text), &json, &err) == 0, "%s", err.text);
    return json;
}

/* A list on its way. */
struct feed {
    size_t count, given;
};

static struct json *next_element(void *user)
{
    struct feed *const feed = user;

    return feed->given < feed->count ? parsed(elements[feed->given++]) : NULL;
}

static char *outcome(int rc, struct json *json, const struct err *err)
{
    struct buf text = {0};

    if (rc)
        buf_add_text(&text, err->text);
    else
        json_print_line(&text, json, false);
    json_free(json);
    return buf_take(&text);
}

static void expect_same(const char *expression, size_t count)
{
    struct json *const whole = json_new_array();
    struct feed feed = {.count = count};
    struct json *by_list = NULL, *by_element = NULL;
    struct query *query = NULL;
    struct err err = {0};
    char *wanted, *text;
    int rc;

    for (size_t i = 0; i < count; i++)
        json_append(whole, parsed(elements[i]));
    ck_assert_msg(query_parse(expression, &query, &err) == 0, "%s", err.text);
    rc = query_run(query, whole, &by_list, &err);
    wanted = outcome(rc, by_list, &err);
    rc = query_run_list(query, next_element, &feed, &by_element, &err);
    text = outcome(rc, by_element, &err);
    ck_assert_msg(strcmp(text, wanted) == 0, "%s of %zu: %s, not %s", expression, count, text,
                  wanted);
    free(text);
    free(wanted);
    query_free(query);
    json_free(whole);
}

START_TEST(result_is_that_of_the_whole_list)
{
    static const char *const expressions[] = {
        "@",
        "[]",
        "[*]",
        "[?@]",
        "[?!@]",
        "[].n",
        "[*].n",
        "[?v > `1`].n",
        "[?n == 'a']",
        "[?v > `1`].{n: n, l: l}",
        "[].[n, v]",
        "[].l",
        "[].l[]",
        "[].l[].k",
        "[].l[][].k",
        "[][]",
        "[][].n",
        "[*][]",
        "[*][*]",
        "[*].l[*].k",
        "[*].o.*",
        "[].*",
        "[].o.y[]",
        "[?l[?k]].n",
        "[].n | [0]",
        "[].n | [-1]",
        "[].n | @[1:]",
        "[0]",
        "[-1].n",
        "[0].n",
        "[1:3]",
        "[::-1].n",
        "length(@)",
        "length([])",
        "length([].n)",
        "length([?v])",
        "sort([].n)",
        "sort_by([?v], &v)",
        "sort_by([?v], &v)[].n",
        "sort_by([?v], &v)[0].n",
        "max_by([?v], &v).n",
        "reverse([].n)",
        "map(&n, [])",
        "map(&n, @)",
        "join('-', [].n)",
        "contains([].n, 'a')",
        "contains([].n, [0].n)",
        "not_null(none, [].n)",
        "![].n",
        "[].n && [].v",
        "[].v == [].v",
        "[[].n, [].v]",
        "{n: [].n, v: [].v}",
        "{n: [].n}",
        "n",
        "*",
        "[].none",
        "none[].n",
        "[].abs(v)",
        "[?abs(n) > `1`]",
        "[].n | abs(@)",
        "[?v].n | sort(@) | [0]",
        "to_array([].n)[0]",
        "type([])",
        "@[].n",
        "@ | [].n",
        "[?v] | [].{x: n} | [0].x",
    };

    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        for (size_t count = 0; count <= ELEMENTS; count++)
            expect_same(expressions[i], count);
    }
}
END_TEST

/* How many elements were asked for while the first that fails was looked at. */
START_TEST(an_error_ends_the_walk)
{
    struct feed feed = {.count = ELEMENTS};
    struct json *result = NULL;
    struct query *query = NULL;
    struct err err = {0};

    ck_assert_int_eq(query_parse("[].abs(n)", &query, &err), 0);
    ck_assert_int_eq(query_run_list(query, next_element, &feed, &result, &err), E_INVALID);
    ck_assert_uint_eq(feed.given, 1);
    ck_assert(result == NULL);
    query_free(query);
}
END_TEST

UNIT_MAIN("query/list", result_is_that_of_the_whole_list, an_error_ends_the_walk)
