/* cmd yaml: what is printed as YAML reads back as what JSON shows: golden cases, and every shape. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cmd/render.h"
#include "gallery.h"
#include "tests/unit/unit.h"

static void expect(const char *json, const char *wanted)
{
    struct buf out = {0};
    struct err err = {0};
    struct json *tree = NULL;

    ck_assert_msg(json_parse(json, strlen(json), &tree, &err) == 0, "%s: %s", json, err.text);
    render_yaml(&out, tree, NULL);
    ck_assert_msg(strcmp(buf_text(&out), wanted) == 0, "%s\n gives\n%s wanted\n%s", json,
                  buf_text(&out), wanted);
    json_free(tree);
    buf_done(&out);
}

START_TEST(blocks_are_laid_out_as_the_azure_cli_does)
{
    expect("{}", "{}\n");
    expect("[]", "[]\n");
    expect("{\"b\": 1, \"a\": {\"d\": true, \"c\": null}}", "a:\n  c: null\n  d: true\nb: 1\n");
    expect("{\"a\": [1, {\"y1\": [], \"x\": {}}, [2, [3]]]}",
           "a:\n- 1\n- x: {}\n  y1: []\n- - 2\n  - - 3\n");
    expect("[{\"b\": [{\"c\": \"d\"}], \"a\": 1}]", "- a: 1\n  b:\n  - c: d\n");
}
END_TEST

START_TEST(strings_stay_strings)
{
    static const char *const quoted[] = {
        "",     "y",     "N",    "yes",   "No",      "ON",         "off",
        "true", "False", "null", "NULL",  "~",       "1",          "1.5",
        "1.0",  "0x1f",  "0o17", "1_000", "1e3",     "-1",         "+1",
        ".5",   ".inf",  ".nan", "12:30", "1.2.3.4", "2026-01-02", "2026-01-02T03:04:05+00:00",
        "-",    "- a",   "?",    "? a",   ":",       "a: b",       "a:",
        "a #b", "#a",    "&a",   "*a",    "!a",      "|",          ">",
        "'a'",  "%a",    "@a",   "`a",    "[a]",     "{a}",        ",a",
        " a",   "a ",    "---",  "...",   "<<",      "=",          "[",
        "]",    "^a",    "^",
    };
    static const char *const plain[] = {"a",
                                        "Y1",
                                        "yesno",
                                        "1.0.0",
                                        "10.20.30",
                                        "a b c",
                                        "a,b",
                                        "a:b",
                                        "it's",
                                        "/subscriptions/1",
                                        "_a",
                                        "a#b",
                                        "a - b",
                                        "West US 2",
                                        "nan",
                                        "\xc3\xa4",
                                        "\xe6\xbc\xa2\xe5\xad\x97"};

    for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++) {
        char *const json = text_printf("\"%s\"", quoted[i]);
        char *const wanted = text_printf("\"%s\"\n", quoted[i]);

        expect(json, wanted);
        free(json);
        free(wanted);
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        char *const json = text_printf("\"%s\"", plain[i]);
        char *const wanted = text_printf("%s\n", plain[i]);

        expect(json, wanted);
        free(json);
        free(wanted);
    }
    expect("{\"no\": \"a\\nb\", \"1\": \"\\u0000\\u001b[2J\\u0085\\u2028\\ufeff\\t\\\"\\\\\"}",
           "\"1\": \"\\u0000\\u001b[2J\\u0085\\u2028\\ufeff\\t\\\"\\\\\"\n\"no\": \"a\\nb\"\n");
}
END_TEST

START_TEST(numbers_are_numbers_in_yaml_1_1_too)
{
    expect("[0, -7, 9007199254740992, 2.5, 1e300, 1.5e-7, -2e22]",
           "- 0\n- -7\n- 9007199254740992\n- 2.5\n- 1.0e+300\n- 1.5e-7\n- -2.0e+22\n");
}
END_TEST

START_TEST(a_long_key_is_said_to_be_one)
{
    char key[1101] = {0};
    char *json, *wanted;

    memset(key, 'k', sizeof key - 1);
    json = text_printf("[{\"%s\": [1], \"a\": 2}]", key);
    wanted = text_printf("- a: 2\n  ? %s\n  :\n  - 1\n", key);
    expect(json, wanted);
    free(json);
    free(wanted);
}
END_TEST

/* --- every shape --- */

static void fill(const struct shape *shape, void *value);

/* A value that is there, and that is hard to write if it is a text. */
static void fill_row(const struct row *row, void *value)
{
    void *const slot = row_slot(row, value);
    struct {
        void *items;
        size_t count;
    } *const list = slot;

    switch (row->kind) {
    case KIND_TEXT:
        *(char **)slot = text_printf("%s: \"no\"\n# \\", row->key);
        break;
    case KIND_BOOL:
        *(struct opt_bool *)slot = (struct opt_bool){.set = true, .value = true};
        break;
    case KIND_INT:
        *(struct opt_int *)slot = opt_int_of(12);
        break;
    case KIND_TIME:
        *(struct opt_time *)slot = (struct opt_time){.set = true, .value = 1000000000};
        break;
    case KIND_CHOICE:
        *(unsigned *)slot = 1;
        break;
    case KIND_TEXTS:
        texts_add(slot, "yes");
        texts_add(slot, "- no");
        break;
    case KIND_TAGS:
        ((struct tags *)slot)->set = true;
        *VEC_ADD((struct tags *)slot) =
            (struct tag){.name = text_copy("on: off"), .value = text_copy("1")};
        break;
    case KIND_OBJECT:
        fill(row->shape, slot);
        break;
    case KIND_LIST:
        list->items = calloc(2, row->shape->size);
        list->count = 2;
        fill(row->shape, list->items);
        fill(row->shape, (char *)list->items + row->shape->size);
        break;
    }
}

static void fill(const struct shape *shape, void *value)
{
    for (size_t i = 0; i < shape->count; i++)
        fill_row(&shape->rows[i], value);
}

/* A reader of just the lines that we write; anything else ends the test. */
struct reader {
    const char *text; /* not read yet */
    size_t column;    /* of it in its line */
};

static struct json *read_block(struct reader *reader, size_t column);

/* Where the next line begins, blanks left out. */
static void next_line(struct reader *reader)
{
    ck_assert_int_eq(*reader->text, '\n');
    reader->text++;
    reader->column = strspn(reader->text, " ");
    reader->text += reader->column;
}

/* A word up to `end`, quoted or not. */
static struct json *read_word(struct reader *reader, const char *end)
{
    struct err err = {0};
    struct json *json = NULL;
    size_t length = (size_t)(strstr(reader->text, end) - reader->text);

    if (*reader->text == '"') {
        for (length = 1; reader->text[length] != '"'; length++)
            length += reader->text[length] == '\\';
        length++;
    }
    if (json_parse(reader->text, length, &json, &err)) {
        char *const word = text_printf("%.*s", (int)length, reader->text);

        json = json_new_string(word);
        free(word);
    }
    reader->text += length;
    reader->column += length;
    return json;
}

static struct json *read_list(struct reader *reader, size_t column)
{
    struct json *const list = json_new_array();

    while (reader->column == column && text_starts(reader->text, "- ")) {
        reader->text += 2;
        reader->column += 2;
        json_append(list, read_block(reader, column + 2));
    }
    return list;
}

static struct json *read_object(struct reader *reader, size_t column)
{
    struct json *const object = json_new_object();

    while (reader->column == column && *reader->text && *reader->text != '-') {
        struct json *const key = read_word(reader, ":");

        ck_assert_int_eq(*reader->text++, ':');
        if (*reader->text == '\n')
            next_line(reader);
        else
            ck_assert_int_eq(*reader->text++, ' ');
        json_set(object, json_string(key), read_block(reader, reader->column));
        json_free(key);
    }
    return object;
}

static bool is_key_next(const struct reader *reader)
{
    struct reader trial = *reader;

    json_free(read_word(&trial, trial.text[strcspn(trial.text, ":\n")] == ':' ? ":" : "\n"));
    return *trial.text == ':' && strchr(" \n", trial.text[1]);
}

static struct json *read_block(struct reader *reader, size_t column)
{
    struct json *json;

    if (text_starts(reader->text, "- "))
        return read_list(reader, column);
    if (is_key_next(reader))
        return read_object(reader, column);
    json = read_word(reader, "\n");
    next_line(reader);
    return json;
}

START_TEST(every_shape_reads_back_as_json_shows_it)
{
    static const struct shape *const shapes[] = {
        &gallery_shape, &definition_shape, &version_shape, &region_shape, &inspection_shape,
        &audit_shape,   &sweep_shape,      &plan_shape,    &repair_shape,
    };

    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        void *const value = calloc(1, shapes[i]->size);
        struct buf json = {0}, yaml = {0}, back = {0};
        struct reader reader;
        struct json *tree, *read;

        fill(shapes[i], value);
        tree = shape_write(shapes[i], value, SHAPE_VIEW);
        render_json(&json, tree, NULL);
        render_yaml(&yaml, tree, NULL);
        reader = (struct reader){.text = buf_text(&yaml)};
        read = read_block(&reader, 0);
        ck_assert_str_eq(reader.text, "");
        render_json(&back, read, NULL);
        ck_assert_str_eq(buf_text(&back), buf_text(&json));
        json_free(read);
        json_free(tree);
        buf_done(&json);
        buf_done(&yaml);
        buf_done(&back);
        shape_done(shapes[i], value);
        free(value);
    }
}
END_TEST

START_TEST(colours_go_around_keys_and_values_and_nowhere_else)
{
    static const char text[] = "{\"k\": [\"s\", 1, true, null], \"o\": {}}";
    const struct json_ink ink = {"<k>", "<s>", "<n>", "<w>", "</>"};
    struct err err = {0};
    struct json *tree = NULL;
    struct buf out = {0};

    ck_assert_int_eq(json_parse(text, strlen(text), &tree, &err), 0);
    render_yaml(&out, tree, &ink);
    ck_assert_str_eq(buf_text(&out), "<k>k</>:\n- <s>s</>\n- <n>1</>\n- <w>true</>\n- <w>null</>\n"
                                     "<k>o</>: {}\n");
    buf_clear(&out);
    render_json(&out, tree, &ink);
    ck_assert_str_eq(buf_text(&out),
                     "{\n  <k>\"k\"</>: [\n    <s>\"s\"</>,\n    <n>1</>,\n"
                     "    <w>true</>,\n    <w>null</>\n  ],\n  <k>\"o\"</>: {}\n}\n");
    json_free(tree);
    buf_done(&out);
}
END_TEST

UNIT_MAIN("cmd/yaml", blocks_are_laid_out_as_the_azure_cli_does, strings_stay_strings,
          numbers_are_numbers_in_yaml_1_1_too, a_long_key_is_said_to_be_one,
          every_shape_reads_back_as_json_shows_it,
          colours_go_around_keys_and_values_and_nowhere_else)
