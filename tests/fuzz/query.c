/* query: an expression on the first line, what it is run over behind it. What it gives is JSON that
 * reads back; what it refuses, it says why. */
#include "query/query.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

/* For an input that is all expression. */
static const char sample[] = "{\"a\": [{\"b\": 1, \"c\": \"x\"}, {\"b\": 2, \"c\": \"y\"}], "
                             "\"b\": {\"c\": null, \"d\": [1.5, true]}, \"c\": \"text\"}";

static void check_result(const struct json *result)
{
    struct buf first = {0}, second = {0};
    struct json *again = NULL;

    json_print(&first, result, false);
    insist(json_parse(first.bytes, first.length, &again, NULL) == 0);
    json_print(&second, again, false);
    insist(strcmp(first.bytes, second.bytes) == 0);
    json_free(again);
    buf_done(&first);
    buf_done(&second);
}

static void try_run(const struct query *query, const struct json *input)
{
    struct json *result = NULL;
    struct err err = {0};
    const int rc = query_run(query, input, &result, &err);

    if (rc) {
        insist(rc == E_INVALID && err.code == rc && !result);
        insist(text_starts(err.text, "query '") && strstr(err.text, "column "));
    } else {
        check_result(result);
    }
    query_names_members(query);
    json_free(result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *const line_end = size ? memchr(data, '\n', size) : NULL;
    const size_t length = line_end ? (size_t)(line_end - data) : size;
    char *const text = text_printf("%.*s", (int)length, size ? (const char *)data : "");
    struct json *input = NULL;
    struct query *query = NULL;
    struct err err = {0};

    if (!line_end || json_parse((const char *)line_end, size - length, &input, NULL))
        insist(json_parse(sample, strlen(sample), &input, NULL) == 0);
    if (query_parse(text, &query, &err) == 0)
        try_run(query, input);
    else
        insist(err.code == E_USAGE && !query && text_starts(err.text, "query '"));
    query_free(query);
    json_free(input);
    free(text);
    return 0;
}
