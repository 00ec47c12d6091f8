/* Functions of numbers. */
#include "query/room.h"

#include <math.h>
#include <string.h>

static int keep_number(const struct call *call, double number, const struct json **ret)
{
    if (!isfinite(number))
        return run_fault(call->run, call->node, "the result of %s() is beyond the range of numbers",
                         call->node->function->name);
    return run_keep(call->run, call->node, json_new_number(number), ret);
}

int call_abs(const struct call *call, const struct json **ret)
{
    return keep_number(call, fabs(json_number(call->args[0])), ret);
}

int call_ceil(const struct call *call, const struct json **ret)
{
    return keep_number(call, ceil(json_number(call->args[0])), ret);
}

int call_floor(const struct call *call, const struct json **ret)
{
    return keep_number(call, floor(json_number(call->args[0])), ret);
}

/* The sum, and of how many. */
static int add_up(const struct call *call, double *ret_sum, size_t *ret_count)
{
    *ret_sum = 0;
    for (const struct json *item = json_first(call->args[0]); item; item = json_next(item))
        *ret_sum += json_number(item);
    return run_count(call->run, call->node, call->args[0], ret_count);
}

int call_sum(const struct call *call, const struct json **ret)
{
    double sum;
    size_t count;
    const int rc = add_up(call, &sum, &count);

    return rc ? rc : keep_number(call, sum, ret);
}

int call_avg(const struct call *call, const struct json **ret)
{
    double sum;
    size_t count;
    const int rc = add_up(call, &sum, &count);

    *ret = call->run->null;
    return rc || count == 0 ? rc : keep_number(call, sum / (double)count, ret);
}

/* A string that is a number of JSON, and nothing else. */
int call_to_number(const struct call *call, const struct json **ret)
{
    const char *const text = json_string(call->args[0]);
    const size_t length = text ? strlen(text) : 0;
    struct json *number = NULL;

    *ret = json_kind(call->args[0]) == JSON_NUMBER ? call->args[0] : call->run->null;
    if (length == 0 || !strchr("-0123456789", text[0]) || strpbrk(text, " \t\r\n") ||
        json_parse(text, length, &number, NULL))
        return 0;
    return run_keep(call->run, call->node, number, ret);
}
