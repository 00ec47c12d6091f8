/* query_trial.h: an expression, what it is given, and what it shall give. */
#ifndef UNIT_QUERY_TRIAL_H
#define UNIT_QUERY_TRIAL_H

#include <string.h>

#include "base/text.h"
#include "query/query.h"
#include "tests/unit/unit.h"

struct trial {
    const char *expression;
    /* On one line, with ' for "; of a refusal the message behind "column ", and "; hint". */
    const char *wanted;
};

/* From JSON with ' for ", so that tables stay readable. */
static inline struct json *trial_json(const char *text)
{
    char *const copy = text_copy(text);
    struct json *json = NULL;
    struct err err = {0};

    for (char *c = copy; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    ck_assert_msg(json_parse(copy, strlen(copy), &json, &err) == 0, "%s: %s", text, err.text);
    free(copy);
    return json;
}

/* The result as a line; of an error the code, the column and what is behind it, and the hint. To be
 * released with free. */
static inline char *trial_outcome(const char *expression, const struct json *input)
{
    struct query *query = NULL;
    struct json *result = NULL;
    struct err err = {0};
    struct buf text = {0};

    if (query_parse(expression, &query, &err) == 0 && query_run(query, input, &result, &err) == 0) {
        json_print_line(&text, result, false);
    } else {
        const char *const place = strstr(err.text, "', column ");

        ck_assert_msg(text_starts(err.text, "query '") && place, "%s: %s", expression, err.text);
        ck_assert_int_eq(err.code, query ? E_INVALID : E_USAGE);
        buf_printf(&text, "%s%s%s", place + strlen("', column "), err.hint[0] ? "; " : "",
                   err.hint);
    }
    for (size_t i = 0; i < text.length; i++)
        text.bytes[i] = text.bytes[i] == '"' ? '\'' : text.bytes[i];
    json_free(result);
    query_free(query);
    return buf_take(&text);
}

/* Try them all on one input. */
static inline void trial_all(const char *input, const struct trial *trials, size_t count)
{
    struct json *const json = trial_json(input);

    for (size_t i = 0; i < count; i++) {
        char *const text = trial_outcome(trials[i].expression, json);

        ck_assert_msg(strcmp(text, trials[i].wanted) == 0, "%s\n gives  %s\n wanted %s",
                      trials[i].expression, text, trials[i].wanted);
        free(text);
    }
    json_free(json);
}

#define TRIALS(input, ...)                                                                         \
    do {                                                                                           \
        static const struct trial trials[] = {__VA_ARGS__};                                        \
        trial_all(input, trials, sizeof trials / sizeof *trials);                                  \
    } while (0)

#endif
