/* Functions of objects, and of values of any type. */
#include "query/room.h"

int call_keys(const struct call *call, const struct json **ret)
{
    const size_t place = run_begin(call->run, json_new_array());
    int rc = 0;

    for (const struct json *item = json_first(call->args[0]); item && !rc; item = json_next(item)) {
        struct json *const key = json_new_string(json_key(item));

        rc = run_append(call->run, call->node, place, key);
        json_free(key);
    }
    *ret = call->run->items[place].json;
    return rc;
}

int call_values(const struct call *call, const struct json **ret)
{
    const size_t place = run_begin(call->run, json_new_array());
    int rc = 0;

    for (const struct json *item = json_first(call->args[0]); item && !rc; item = json_next(item))
        rc = run_append(call->run, call->node, place, item);
    *ret = call->run->items[place].json;
    return rc;
}

int call_merge(const struct call *call, const struct json **ret)
{
    const size_t place = run_begin(call->run, json_new_object());
    int rc = 0;

    for (size_t i = 0; i < call->count; i++) {
        const struct json *item = json_first(call->args[i]);

        for (; item && !rc; item = json_next(item))
            rc = run_set(call->run, call->node, place, item, json_key(item));
    }
    *ret = call->run->items[place].json;
    return rc;
}

int call_not_null(const struct call *call, const struct json **ret)
{
    *ret = call->run->null;
    for (size_t i = 0; i < call->count && json_kind(*ret) == JSON_NULL; i++)
        *ret = call->args[i];
    return 0;
}

int call_type(const struct call *call, const struct json **ret)
{
    static const char *const names[] = {
        [JSON_NULL] = "null",     [JSON_FALSE] = "boolean", [JSON_TRUE] = "boolean",
        [JSON_NUMBER] = "number", [JSON_STRING] = "string", [JSON_ARRAY] = "array",
        [JSON_OBJECT] = "object",
    };

    return run_keep(call->run, call->node, json_new_string(names[json_kind(call->args[0])]), ret);
}
