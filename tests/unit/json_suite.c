/* The public suite of JSON texts: y_ accepted, n_ refused, i_ either, and what is accepted prints
 * and reads back the same. SIG_CORPUS is the directory of the suites, "../shared/corpus" by
 * default; without it the cases pass and say so. */
#include "json/value.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tests/unit/unit.h"

static char *suite_directory(void)
{
    const char *corpus = getenv("SIG_CORPUS");

    return text_printf("%s/json-test-suite/test_parsing", corpus ? corpus : "../shared/corpus");
}

/* The whole file, in a block of exactly its size. */
static char *contents(const char *path, size_t *ret_length)
{
    FILE *file = fopen(path, "rb");
    struct buf all = {0};
    char piece[4096];
    char *exact;
    size_t n;

    ck_assert_msg(file != NULL, "cannot open %s", path);
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add(&all, piece, n);
    fclose(file);
    exact = mem_copy(buf_text(&all), all.length);
    *ret_length = all.length;
    buf_done(&all);
    return exact;
}

/* What a parser that keeps one of two equal keys may accept, ours refuses. */
static bool has_duplicate_key(const char *name)
{
    return strcmp(name, "y_object_duplicated_key.json") == 0 ||
           strcmp(name, "y_object_duplicated_key_and_value.json") == 0;
}

static void check_round_trip(const char *name, const struct json *json)
{
    struct buf first = {0}, second = {0};
    struct json *again = NULL;
    struct err err = {0};

    json_print(&first, json, false);
    ck_assert_msg(json_parse(first.bytes, first.length, &again, &err) == 0, "%s: %s in %s", name,
                  err.text, first.bytes);
    json_print(&second, again, false);
    ck_assert_msg(strcmp(first.bytes, second.bytes) == 0, "%s prints otherwise again", name);
    json_free(again);
    buf_done(&first);
    buf_done(&second);
}

static void check_file(const char *directory, const char *name)
{
    char *path = text_printf("%s/%s", directory, name);
    struct json *json = NULL;
    struct err err = {0};
    size_t length;
    char *text = contents(path, &length);
    int code = json_parse(text, length, &json, &err);

    if (name[0] == 'n' || has_duplicate_key(name))
        ck_assert_msg(code == E_INVALID, "%s is accepted", name);
    else if (name[0] == 'y')
        ck_assert_msg(code == 0, "%s is refused: %s", name, err.text);
    if (code == 0)
        check_round_trip(name, json);
    json_free(json);
    free(text);
    free(path);
}

START_TEST(public_suite_is_judged_as_it_asks)
{
    char *directory = suite_directory();
    DIR *dir = opendir(directory);
    size_t count = 0;
    const struct dirent *entry;

    if (!dir) {
        free(directory);
        UNIT_SKIP("the suite is not there");
    }
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        check_file(directory, entry->d_name);
        count++;
    }
    closedir(dir);
    ck_assert_uint_ge(count, 300);
    free(directory);
}
END_TEST

UNIT_MAIN("json/suite", public_suite_is_judged_as_it_asks)
