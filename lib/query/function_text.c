/* Functions of strings. */
#include "query/room.h"

#include <string.h>

#include "base/text.h"

static int keep_bool(const struct call *call, bool value, const struct json **ret)
{
    *ret = value ? call->run->yes : call->run->no;
    return 0;
}

int call_contains(const struct call *call, const struct json **ret)
{
    const char *const text = json_string(call->args[0]);
    const char *const part = json_string(call->args[1]);
    bool found = false;
    int rc = 0;

    if (text)
        return keep_bool(call, part && strstr(text, part), ret);
    for (const struct json *item = json_first(call->args[0]); item && !found && !rc;
         item = json_next(item))
        rc = value_equal(call->run, call->node, item, call->args[1], &found);
    return rc ? rc : keep_bool(call, found, ret);
}

int call_starts_with(const struct call *call, const struct json **ret)
{
    return keep_bool(call, text_starts(json_string(call->args[0]), json_string(call->args[1])),
                     ret);
}

int call_ends_with(const struct call *call, const struct json **ret)
{
    const char *const text = json_string(call->args[0]);
    const char *const end = json_string(call->args[1]);
    const size_t length = strlen(text);
    const size_t end_length = strlen(end);

    return keep_bool(call, end_length <= length && strcmp(text + (length - end_length), end) == 0,
                     ret);
}

int call_join(const struct call *call, const struct json **ret)
{
    const char *const glue = json_string(call->args[0]);
    const struct json *const first = json_first(call->args[1]);
    struct buf text = {0};
    int rc = 0;

    for (const struct json *item = first; item && !rc; item = json_next(item)) {
        if (item != first)
            buf_add_text(&text, glue);
        buf_add_text(&text, json_string(item));
        /* Before it grows: what is joined may be the same again and again. */
        rc = run_room(call->run, call->node, text.length);
    }
    if (!rc)
        rc = run_keep_text(call->run, call->node, &text, ret);
    buf_done(&text);
    return rc;
}

/* The characters of a string from the last to the first. */
int reverse_text(const struct call *call, const struct json **ret)
{
    const char *const text = json_string(call->args[0]);
    const char *end = text + strlen(text);
    struct buf turned = {0};
    int rc;

    while (end > text) {
        const char *start = end - 1;

        while (start > text && ((unsigned char)*start & 0xc0) == 0x80)
            start--;
        buf_add(&turned, start, (size_t)(end - start));
        end = start;
    }
    rc = run_keep_text(call->run, call->node, &turned, ret);
    buf_done(&turned);
    return rc;
}

int call_to_string(const struct call *call, const struct json **ret)
{
    struct buf text = {0};
    int rc;

    *ret = call->args[0];
    if (json_kind(call->args[0]) == JSON_STRING)
        return 0;
    rc = run_room_printed(call->run, call->node, call->args[0]);
    if (rc)
        return rc;
    json_print_line(&text, call->args[0], false);
    rc = run_keep_text(call->run, call->node, &text, ret);
    buf_done(&text);
    return rc;
}
