/* --ids: what is read as ids, and what is not. */
#include "cmd/ids.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

/* What `word` has, joined by blanks, or "!" and the message. */
static void expect(const char *word, const char *expected)
{
    struct texts ids = {0};
    struct buf out = {0};
    struct err err = {0};

    if (ids_parse(&word, 1, &ids, &err))
        buf_printf(&out, "!%s", err.text);
    for (size_t i = 0; i < ids.count; i++)
        buf_printf(&out, "%s%s", i ? " " : "", ids.items[i]);
    ck_assert_msg(strcmp(buf_text(&out), expected) == 0, "'%s': %s", word, buf_text(&out));
    texts_done(&ids);
    buf_done(&out);
}

START_TEST(ids_stand_between_blanks)
{
    expect("/a", "/a");
    expect("/a /b\t/c\r\n/d\n\n", "/a /b /c /d");
    expect(" /a", "/a");
    expect("/a /A /b", "/a /b");
    expect("/a b", "/a b"); /* what is no id is a reference, and not judged here */
    expect("", "!an id is empty");
    expect(" \n", "!an id is empty");
}
END_TEST

START_TEST(ids_are_picked_from_json)
{
    expect("\"/a\"", "/a");
    expect("[\"/a\", \"/b\"]", "/a /b");
    expect("{\"name\": \"x\", \"id\": \"/a\"}", "/a");
    expect(" [{\"id\": \"/a\"}, \"/b\"]\n", "/a /b");
    expect("[]", "");
    expect("[{\"ID\": \"/a\"}]", "!the JSON has something that is no id, and no object with one");
    expect("[null]", "!the JSON has something that is no id, and no object with one");
    expect("[[\"/a\"]]", "!the JSON has something that is no id, and no object with one");
    expect("{\"id\": 3}", "!the JSON has something that is no id, and no object with one");
    expect("[\"a\"]", "a");
    expect("[\"/a\"", "!not valid JSON: line 1, column 6: expected ',' or ']'");
}
END_TEST

START_TEST(several_words_are_one_list)
{
    static const char *const words[] = {"/a", "/b /c", "[\"/d\"]"};
    struct texts ids = {0};
    struct err err = {0};

    texts_add(&ids, "/old");
    ck_assert_int_eq(ids_parse(words, 3, &ids, &err), 0);
    ck_assert_uint_eq(ids.count, 4);
    ck_assert_str_eq(ids.items[3], "/d");
    ck_assert_int_eq(ids_parse((const char *const[]){"/a", ""}, 2, &ids, &err), E_USAGE);
    ck_assert_uint_eq(ids.count, 4);
    /* A list of none is not the same as no list. */
    ck_assert_int_eq(ids_parse((const char *const[]){"[]"}, 1, &ids, &err), 0);
    ck_assert_uint_eq(ids.count, 0);
    ck_assert_ptr_nonnull(ids.items);
    texts_done(&ids);
}
END_TEST

UNIT_MAIN("cmd/ids", ids_stand_between_blanks, ids_are_picked_from_json, several_words_are_one_list)
