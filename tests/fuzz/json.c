/* JSON: what is accepted prints, reads back, and prints the same. */
#include "json/value.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void check_again(const struct buf *first, bool sorted)
{
    struct json *json = NULL;
    struct buf second = {0};
    struct err err = {0};

    insist(json_parse(first->bytes, first->length, &json, &err) == 0);
    json_print(&second, json, sorted);
    insist(strcmp(first->bytes, second.bytes) == 0);
    buf_done(&second);
    json_free(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json *json = NULL;
    struct json *copy;
    struct buf text = {0};
    struct err err = {0};

    if (json_parse((const char *)data, size, &json, &err)) {
        insist(err.code == E_INVALID && !json);
        return 0;
    }
    json_print(&text, json, false);
    check_again(&text, false);
    buf_clear(&text);
    copy = json_copy(json);
    json_print(&text, copy, true);
    check_again(&text, true);
    json_free(copy);
    json_free(json);
    buf_done(&text);
    return 0;
}
