/* cmd query: what a query gives, in each format, and nothing in it that acts on a terminal. */
#include "cmd/render.h"

#include <string.h>

#include "base/text.h"
#include "gallery.h"
#include "tests/unit/unit.h"

/* What is printed of a query over the region 'x'; to be released with free. */
static char *text_of(enum output output, const char *expression, struct err *err)
{
    struct region region = {.name = (char[]){"x"}, .zones = {.set = true, .value = true}};
    const struct result result = {.shape = &region_shape, .value = &region};
    struct query *query = NULL;
    struct buf out = {0};

    ck_assert_msg(query_parse(expression, &query, err) == 0, "%s", err->text);
    if (render_query(&out, &(struct look){.output = output}, &result, query, err))
        ck_assert_uint_eq(out.length, 0);
    query_free(query);
    return out.bytes ? buf_take(&out) : text_copy("");
}

static void expect(enum output output, const char *expression, const char *wanted)
{
    struct err err = {0};
    char *const text = text_of(output, expression, &err);

    ck_assert_msg(err.code == 0, "%s: %s", expression, err.text);
    ck_assert_msg(strcmp(text, wanted) == 0, "%s\n gives  %s\n wanted %s", expression, text,
                  wanted);
    free(text);
}

START_TEST(json_is_sorted_whatever_the_query_says)
{
    expect(OUTPUT_JSON, "@", "{\n  \"availabilityZones\": true,\n  \"name\": \"x\"\n}\n");
    expect(OUTPUT_JSON, "{z: name, a: {c: `1`, b: `2`}}",
           "{\n  \"a\": {\n    \"b\": 2,\n    \"c\": 1\n  },\n  \"z\": \"x\"\n}\n");
    expect(OUTPUT_JSON, "none", "");
    expect(OUTPUT_JSON, "`[]`", "[]\n");
    expect(OUTPUT_JSON, "'\x1b[2J'", "\"\\u001b[2J\"\n");
}
END_TEST

START_TEST(tsv_has_a_line_for_each_element)
{
    expect(OUTPUT_TSV, "@", "True\tx\n");
    expect(OUTPUT_TSV, "keys(@)", "availabilityZones\nname\n");
    expect(OUTPUT_TSV, "{z: name, a: `null`, l: `[1, 2]`, o: `{}`}", "x\tNone\t2\t\n");
    expect(OUTPUT_TSV, "`[[1, \"a\"], [true, null], {\"k\": 2.5}, [[1, 2, 3], {}], [], {}]`",
           "1\ta\nTrue\tNone\n2.5\n3\t\n\n\n");
    expect(OUTPUT_TSV, "`[true, false, null, 1e300, \"\"]`", "true\nfalse\nNone\n1e300\n\n");
    expect(OUTPUT_TSV, "`true`", "true\n");
    expect(OUTPUT_TSV, "`-3`", "-3\n");
    expect(OUTPUT_TSV, "''", "\n");
    expect(OUTPUT_TSV, "none", "");
    expect(OUTPUT_TSV, "`[]`", "");
}
END_TEST

START_TEST(a_table_has_the_columns_of_all_rows)
{
    expect(OUTPUT_TABLE, "@",
           "AvailabilityZones  Name\n-----------------  ----\nTrue"
           "               x\n");
    expect(OUTPUT_TABLE, "`[{\"b\": 1, \"n\": null, \"l\": []}, {\"a\": \"\xc3\xa9\", \"b\": 22}]`",
           "B   A\n--  -\n1\n22  \xc3\xa9\n");
    expect(OUTPUT_TABLE, "`[[1, null], [2, [3], {}], \"x\", null]`",
           "Column1  Column2  Column3  Result\n-------  -------  -------  ------\n1\n"
           "2        [3]      {}\n                           x\n\n");
    expect(OUTPUT_TABLE, "`{\"id\": 1, \"type\": 2, \"etag\": 3, \"idle\": 4}`", "Idle\n----\n4\n");
    expect(OUTPUT_TABLE, "{id: `1`, type: `2`}", "Id  Type\n--  ----\n1   2\n");
    expect(OUTPUT_TABLE, "{\"\": `1`}", "\n-\n1\n");
    expect(OUTPUT_TABLE, "`false`", "Result\n------\nFalse\n");
    expect(OUTPUT_TABLE, "none", "");
    expect(OUTPUT_TABLE, "`[]`", "");
}
END_TEST

START_TEST(what_cannot_be_shown_is_an_error_and_prints_nothing)
{
    static const char *const bad[] = {"`{}`", "`[{}, {\"a\": []}]`", "`[[]]`", "{a: none}"};
    struct err err = {0};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        free(text_of(OUTPUT_TABLE, bad[i], &err));
        ck_assert_msg(err.code == E_FAILED && strstr(err.text, "column"), "%s", bad[i]);
        err = (struct err){0};
    }
    for (enum output output = OUTPUT_JSON; output <= OUTPUT_NONE; output++) {
        free(text_of(output, "abs(name)", &err));
        ck_assert_int_eq(err.code, E_FAILED);
        ck_assert(text_starts(err.text, "query 'abs(name)', column 5: "));
        err = (struct err){0};
    }
}
END_TEST

START_TEST(no_byte_of_a_text_acts_on_a_terminal)
{
    static const char *const forms[] = {"`\"%s\"`", "`{\"%s\": 1}`", "`[[[\"%s\"]]]`", "`[\"%s\"]`",
                                        "`[{\"a\": \"%s\"}]`"};

    for (unsigned character = 1; character < 0x100; character++) {
        char escape[8];

        snprintf(escape, sizeof escape, "\\u%04x", character);
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
            const char *const behind = strstr(forms[i], "%s") + 2;
            char *const expression =
                text_printf("%.*s%s%s", (int)(behind - forms[i] - 2), forms[i], escape, behind);

            for (enum output output = OUTPUT_JSON; output <= OUTPUT_NONE; output++) {
                struct err err = {0};
                char *const text = text_of(output, expression, &err);

                for (const char *c = text; *c; c++) {
                    ck_assert_msg((unsigned char)*c >= 0x20 || *c == '\n', "%s", expression);
                    ck_assert_msg(*c != 0x7f, "%s", expression);
                    ck_assert_msg((unsigned char)c[0] != 0xc2 || (unsigned char)c[1] >= 0xa0, "%s",
                                  expression);
                }
                free(text);
            }
            free(expression);
        }
    }
}
END_TEST

UNIT_MAIN("cmd/query", json_is_sorted_whatever_the_query_says, tsv_has_a_line_for_each_element,
          a_table_has_the_columns_of_all_rows, what_cannot_be_shown_is_an_error_and_prints_nothing,
          no_byte_of_a_text_acts_on_a_terminal)
