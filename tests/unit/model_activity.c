/* activity: what differs between two manifests. */
#include "model/activity.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

/* "property:old>new;" of each change. */
static char *compare(const char *before, const char *after)
{
    struct activity_entry entry = {0};
    struct json *left = NULL, *right = NULL;
    struct buf out = {0};
    struct err err = {0};

    ck_assert_int_eq(before ? json_parse(before, strlen(before), &left, &err) : 0, 0);
    ck_assert_int_eq(json_parse(after, strlen(after), &right, &err), 0);
    activity_compare(left, right, &entry.changes);
    for (size_t i = 0; i < entry.changes.count; i++) {
        const struct activity_change *const change = &entry.changes.items[i];

        buf_printf(&out, "%s:%s>%s;", change->property, change->old_value ? change->old_value : "",
                   change->new_value ? change->new_value : "");
    }
    shape_done(&activity_entry_shape, &entry);
    json_free(left);
    json_free(right);
    buf_reserve(&out, 1);
    return buf_take(&out);
}

static void expect(const char *before, const char *after, const char *changes)
{
    char *const found = compare(before, after);

    ck_assert_str_eq(found, changes);
    free(found);
}

START_TEST(each_property_that_differs_is_told_by_its_path)
{
    expect("{\"a\":1,\"b\":{\"c\":\"x\",\"d\":true}}", "{\"a\":2,\"b\":{\"c\":\"y\",\"d\":true}}",
           "a:1>2;b.c:x>y;");
    expect("{\"a\":1}", "{\"b\":\"t\"}", "a:1>;b:>t;");
    expect("{\"a\":{\"x\":1}}", "{}", "a.x:1>;");
    expect("{\"a\":null}", "{}", "");
    expect("{\"a\":{\"x\":1}}", "{\"a\":[1]}", "a:{\"x\":1}>[1];");
    expect("{\"a\":1}", "{\"a\":1}", "");
}
END_TEST

START_TEST(what_every_manifest_has_of_its_own_is_no_change)
{
    expect("{\"checksum\":\"1\",\"format\":1,\"correlationId\":\"x\"}", "{\"correlationId\":\"y\"}",
           "");
    expect("{\"a\":{\"format\":1}}", "{\"a\":{\"format\":2}}", "a.format:1>2;");
}
END_TEST

START_TEST(of_a_list_its_elements_are_told)
{
    expect("{\"l\":[1,2,3]}", "{\"l\":[3,1,4]}", "l:2>;l:>4;");
    expect("{\"l\":[{\"n\":\"a\",\"v\":1}]}", "{\"l\":[{\"v\":1,\"n\":\"a\"},{\"n\":\"b\"}]}",
           "l:>{\"n\":\"b\"};");
    expect("{\"l\":[1,2]}", "{\"l\":[2,1]}", "l:[1,2]>[2,1];");
    expect("{\"l\":[1,1]}", "{\"l\":[1]}", "l:[1,1]>[1];");
    expect("{}", "{\"l\":[1,2]}", "l:>1;l:>2;");
    expect(NULL, "{\"l\":[],\"b\":{\"c\":1}}", "b.c:>1;");
}
END_TEST

START_TEST(a_long_value_is_cut_between_characters)
{
    struct buf after = {0};
    char *found;

    buf_add_text(&after, "{\"a\":\"x");
    for (int i = 0; i < ACTIVITY_VALUE_MAX; i++)
        buf_add_text(&after, "é");
    buf_add_text(&after, "\"}");
    found = compare("{}", buf_text(&after));
    ck_assert(text_is_utf8(found, strlen(found)));
    ck_assert_uint_eq(strlen(found), strlen("a:>") + ACTIVITY_VALUE_MAX - 1 + strlen("…;"));
    free(found);
    buf_done(&after);
}
END_TEST

START_TEST(no_more_changes_than_there_may_be)
{
    struct buf after = {0};
    char *found;
    size_t count = 0;

    buf_add_text(&after, "{\"a\":1");
    for (int i = 0; i < 2 * ACTIVITY_CHANGES_MAX; i++)
        buf_printf(&after, ",\"p%d\":1", i);
    buf_add_char(&after, '}');
    found = compare("{}", buf_text(&after));
    for (const char *at = found; *at; at++)
        count += *at == ';';
    ck_assert_uint_eq(count, ACTIVITY_CHANGES_MAX);
    ck_assert_str_eq(found + strlen(found) - strlen("…:>;"), "…:>;");
    free(found);
    buf_done(&after);
}
END_TEST

START_TEST(spans_of_time_are_read)
{
    static const char *const good[] = {"30m", "6h", "1d", "4w", "10s"};
    static const char *const bad[] = {"", "5", "1y", "-1d", "1 d", "1d2h"};
    struct opt_int seconds = {0};
    struct err err = {0};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_int_eq(activity_parse_span(&good[i], 1, &seconds, &err), 0);
    ck_assert_int_eq(seconds.value, 10);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(activity_parse_span(&bad[i], 1, &seconds, &err), E_INVALID);
}
END_TEST

UNIT_MAIN("model/activity", each_property_that_differs_is_told_by_its_path,
          what_every_manifest_has_of_its_own_is_no_change, of_a_list_its_elements_are_told,
          a_long_value_is_cut_between_characters, no_more_changes_than_there_may_be,
          spans_of_time_are_read)
