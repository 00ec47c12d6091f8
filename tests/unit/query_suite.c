/* query: the public compliance suite of JMESPath, when it is beside the project. */
#include "query/query.h"

#include <dirent.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

static char *suite_directory(void)
{
    const char *const corpus = getenv("SIG_CORPUS");

    return text_printf("%s/jmespath/tests", corpus ? corpus : "../shared/corpus");
}

static struct json *read_json(const char *path)
{
    FILE *const file = fopen(path, "rb");
    struct buf all = {0};
    struct json *json = NULL;
    struct err err = {0};
    char piece[4096];
    size_t n;

    ck_assert_msg(file != NULL, "cannot open %s", path);
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add(&all, piece, n);
    fclose(file);
    ck_assert_msg(json_parse(buf_text(&all), all.length, &json, &err) == 0, "%s: %s", path,
                  err.text);
    buf_done(&all);
    return json;
}

/* What the expression gives, as one line with sorted keys; "error: CODE" when it is refused. To be
 * released with free. */
static char *outcome(const char *expression, const struct json *given, struct err *err)
{
    struct query *query = NULL;
    struct json *result = NULL;
    struct buf text = {0};

    if (query_parse(expression, &query, err) == 0 && query_run(query, given, &result, err) == 0)
        json_print_line(&text, result, true);
    else
        buf_printf(&text, "error: %d", err->code);
    json_free(result);
    query_free(query);
    return buf_take(&text);
}

/* The elements of an array, one by one. */
static struct json *next_element(void *user)
{
    const struct json **const next = user;
    struct json *const copy = *next ? json_copy(*next) : NULL;

    *next = *next ? json_next(*next) : NULL;
    return copy;
}

/* A list that comes element by element has the outcome of one that is there as a whole. */
static void check_list(const char *expression, const struct json *given, const char *wanted)
{
    const struct json *next = json_first(given);
    struct query *query = NULL;
    struct json *result = NULL;
    struct buf text = {0};
    struct err err = {0};

    if (json_kind(given) != JSON_ARRAY || query_parse(expression, &query, &err))
        return;
    if (query_run_list(query, next_element, &next, &result, &err) == 0)
        json_print_line(&text, result, true);
    else
        buf_printf(&text, "error: %d", err.code);
    ck_assert_msg(strcmp(buf_text(&text), wanted) == 0, "%s over a list: %s, not %s", expression,
                  buf_text(&text), wanted);
    json_free(result);
    query_free(query);
    buf_done(&text);
}

struct tally {
    size_t cases, errors;
};

/* What can be known without running is refused before: a slice's step, a function's name and the
 * number of its arguments as well. */
static void check_refusal(const char *expression, const char *kind, const struct err *err)
{
    if (strcmp(kind, "invalid-type") != 0)
        ck_assert_msg(err->code == E_USAGE, "%s: %s", expression, err->text);
    ck_assert_msg(text_starts(err->text, "query '") && strstr(err->text, "', column "), "%s: %s",
                  expression, err->text);
}

static void check_case(const struct json *item, const struct json *given, struct tally *tally)
{
    const char *const expression = json_string(json_get(item, "expression"));
    const char *const error = json_get(item, "error") ? json_string(json_get(item, "error")) : NULL;
    struct err err = {0};
    char *const text = outcome(expression, given, &err);
    struct buf wanted = {0};

    check_list(expression, given, text);
    tally->cases++;
    tally->errors += error != NULL;
    if (json_get(item, "result"))
        json_print_line(&wanted, json_get(item, "result"), true);
    if (error) {
        ck_assert_msg(text_starts(text, "error: "), "%s is %s, not refused", expression, text);
        check_refusal(expression, error, &err);
    } else if (wanted.length > 0) {
        ck_assert_msg(strcmp(text, buf_text(&wanted)) == 0, "%s is %s %s, not %s", expression, text,
                      err.text, buf_text(&wanted));
    } else {
        ck_assert_msg(!text_starts(text, "error: "), "%s: %s", expression, err.text);
    }
    buf_done(&wanted);
    free(text);
}

static void check_file(const char *path, struct tally *tally)
{
    struct json *const suites = read_json(path);

    for (const struct json *suite = json_first(suites); suite; suite = json_next(suite)) {
        const struct json *item = json_first(json_get(suite, "cases"));

        for (; item; item = json_next(item))
            check_case(item, json_get(suite, "given"), tally);
    }
    json_free(suites);
}

START_TEST(public_suite_is_passed)
{
    char *const directory = suite_directory();
    DIR *const dir = opendir(directory);
    const struct dirent *entry;
    struct tally tally = {0};

    if (!dir) {
        free(directory);
        UNIT_SKIP("the suite is not there");
    }
    while ((entry = readdir(dir)) != NULL) {
        char *const path = text_printf("%s/%s", directory, entry->d_name);

        if (entry->d_name[0] != '.')
            check_file(path, &tally);
        free(path);
    }
    closedir(dir);
    ck_assert_uint_ge(tally.cases, 908);
    ck_assert_uint_ge(tally.errors, 150);
    free(directory);
}
END_TEST

UNIT_MAIN("query/suite", public_suite_is_passed)
