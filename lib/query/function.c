/* The table of functions, and the one place where what they are given is checked. */
#include "query/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define ANY     FUNCTION_ANY_COUNT
#define COUNTED (TYPE_ARRAY | TYPE_OBJECT | TYPE_STRING)

/* clang-format off */
static const struct function functions[] = {
    {"abs",         1, 1,   {TYPE_NUMBER}, call_abs},
    {"avg",         1, 1,   {TYPE_NUMBERS}, call_avg},
    {"ceil",        1, 1,   {TYPE_NUMBER}, call_ceil},
    {"contains",    2, 2,   {TYPE_ARRAY | TYPE_STRING, TYPE_ANY}, call_contains},
    {"ends_with",   2, 2,   {TYPE_STRING, TYPE_STRING}, call_ends_with},
    {"floor",       1, 1,   {TYPE_NUMBER}, call_floor},
    {"join",        2, 2,   {TYPE_STRING, TYPE_STRINGS}, call_join},
    {"keys",        1, 1,   {TYPE_OBJECT}, call_keys},
    {"length",      1, 1,   {COUNTED}, call_length},
    {"map",         2, 2,   {TYPE_EXPRESSION, TYPE_ARRAY}, call_map},
    {"max",         1, 1,   {TYPE_NUMBERS | TYPE_STRINGS}, call_max},
    {"max_by",      2, 2,   {TYPE_ARRAY, TYPE_EXPRESSION}, call_max_by},
    {"merge",       1, ANY, {TYPE_OBJECT, TYPE_OBJECT}, call_merge},
    {"min",         1, 1,   {TYPE_NUMBERS | TYPE_STRINGS}, call_min},
    {"min_by",      2, 2,   {TYPE_ARRAY, TYPE_EXPRESSION}, call_min_by},
    {"not_null",    1, ANY, {TYPE_ANY, TYPE_ANY}, call_not_null},
    {"reverse",     1, 1,   {TYPE_ARRAY | TYPE_STRING}, call_reverse},
    {"sort",        1, 1,   {TYPE_NUMBERS | TYPE_STRINGS}, call_sort},
    {"sort_by",     2, 2,   {TYPE_ARRAY, TYPE_EXPRESSION}, call_sort_by},
    {"starts_with", 2, 2,   {TYPE_STRING, TYPE_STRING}, call_starts_with},
    {"sum",         1, 1,   {TYPE_NUMBERS}, call_sum},
    {"to_array",    1, 1,   {TYPE_ANY}, call_to_array},
    {"to_number",   1, 1,   {TYPE_ANY}, call_to_number},
    {"to_string",   1, 1,   {TYPE_ANY}, call_to_string},
    {"type",        1, 1,   {TYPE_ANY}, call_type},
    {"values",      1, 1,   {TYPE_OBJECT}, call_values},
};
/* clang-format on */

enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static unsigned types_of(const struct function *function, size_t index)
{
    return function->types[index < FUNCTION_TYPED_MAX ? index : FUNCTION_TYPED_MAX - 1];
}

static int refuse_name(const struct spot *spot, const char *name)
{
    const char *names[FUNCTION_COUNT + 1] = {NULL};
    const char *nearest;
    struct buf all = {0};

    for (size_t i = 0; i < FUNCTION_COUNT; i++) {
        names[i] = functions[i].name;
        buf_printf(&all, "%s%s", i > 0 ? " " : "", names[i]);
    }
    nearest = text_nearest(name, names);
    query_fault(spot, "there is no function '%s'", name);
    if (nearest)
        err_hint(spot->err, "did you mean '%s'?", nearest);
    else
        err_hint(spot->err, "the functions are: %s", buf_text(&all));
    buf_done(&all);
    return spot->code;
}

static int check_count(const struct spot *spot, const struct function *function, size_t count)
{
    if (count >= function->least && (count <= function->most || function->most == ANY))
        return 0;
    return query_fault(spot, "%s() takes %s%u argument%s, not %zu", function->name,
                       function->most == ANY ? "at least " : "", function->least,
                       function->least == 1 ? "" : "s", count);
}

static int check_expressions(struct spot *spot, const struct node *call)
{
    for (size_t i = 0; i < call->count; i++) {
        const bool wanted = types_of(call->function, i) == TYPE_EXPRESSION;
        const bool given = call->parts[i]->kind == NODE_REFERENCE;

        spot->offset = call->parts[i]->offset;
        if (wanted && !given) {
            query_fault(spot, "argument %zu of %s() is an expression with '&' before it", i + 1,
                        call->function->name);
            err_hint(spot->err, "as in %s",
                     call->function->types[0] == TYPE_EXPRESSION ? "map(&name, @)"
                                                                 : "sort_by(@, &name)");
            return spot->code;
        }
        if (given && !wanted)
            return query_fault(spot, "argument %zu of %s() takes no '&' before it", i + 1,
                               call->function->name);
    }
    return 0;
}

int function_bind(const char *text, const char *name, struct node *call, struct err *err)
{
    struct spot spot = {text, call->offset, E_USAGE, err};
    int rc;

    for (size_t i = 0; i < FUNCTION_COUNT && !call->function; i++) {
        if (strcmp(functions[i].name, name) == 0)
            call->function = &functions[i];
    }
    if (!call->function)
        return refuse_name(&spot, name);
    rc = check_count(&spot, call->function, call->count);
    return rc ? rc : check_expressions(&spot, call);
}

static bool holds_only(const struct json *array, enum json_kind kind)
{
    const struct json *item = json_first(array);

    while (item && json_kind(item) == kind)
        item = json_next(item);
    return json_kind(array) == JSON_ARRAY && !item;
}

static bool fits(const struct json *value, unsigned types)
{
    static const unsigned type_of[] = {
        [JSON_NULL] = TYPE_NULL,     [JSON_FALSE] = TYPE_BOOLEAN, [JSON_TRUE] = TYPE_BOOLEAN,
        [JSON_NUMBER] = TYPE_NUMBER, [JSON_STRING] = TYPE_STRING, [JSON_ARRAY] = TYPE_ARRAY,
        [JSON_OBJECT] = TYPE_OBJECT,
    };

    return types & type_of[json_kind(value)] ||
           (types & TYPE_NUMBERS && holds_only(value, JSON_NUMBER)) ||
           (types & TYPE_STRINGS && holds_only(value, JSON_STRING));
}

/* "a string or an array". */
static void add_types(struct buf *out, unsigned types)
{
    static const struct {
        unsigned type;
        const char *words;
    } names[] = {
        {TYPE_NUMBER, "a number"},
        {TYPE_STRING, "a string"},
        {TYPE_ARRAY, "an array"},
        {TYPE_OBJECT, "an object"},
        {TYPE_NUMBERS, "an array of numbers"},
        {TYPE_STRINGS, "an array of strings"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!(types & names[i].type))
            continue;
        types &= ~names[i].type;
        buf_printf(out, "%s%s", out->length == 0 ? "" : types ? ", " : " or ", names[i].words);
    }
}

static int refuse_value(const struct call *call, size_t index, const struct json *value)
{
    const struct node *const part = call->node->parts[index];
    const struct function *const function = call->node->function;
    const unsigned types = types_of(function, index);
    const bool mixed = json_kind(value) == JSON_ARRAY && types & (TYPE_NUMBERS | TYPE_STRINGS);
    struct buf wanted = {0};

    add_types(&wanted, types);
    run_fault(call->run, part, "argument %zu of %s() is %s, not %s", index + 1, function->name,
              mixed ? "an array with other values" : value_phrase(value), buf_text(&wanted));
    if (part->kind == NODE_FIELD && part->quoted && types & TYPE_STRING)
        err_hint(call->run->err, "double quotes name a member; a string is written '%s'",
                 part->name);
    buf_done(&wanted);
    return E_INVALID;
}

static int eval_arguments(const struct call *call, const struct json *in)
{
    for (size_t i = 0; i < call->count; i++) {
        const unsigned types = types_of(call->node->function, i);
        int rc;

        if (types == TYPE_EXPRESSION)
            continue;
        rc = query_eval(call->run, call->node->parts[i], in, &call->args[i]);
        if (!rc)
            rc = run_charge_value(call->run, call->node, call->args[i]);
        if (rc)
            return rc;
        if (!fits(call->args[i], types))
            return refuse_value(call, i, call->args[i]);
    }
    return 0;
}

int function_eval(struct run *run, const struct node *node, const struct json *in,
                  const struct json **ret)
{
    const struct call call = {
        .run = run,
        .node = node,
        .args = mem_new(node->count, sizeof(const struct json *)),
        .count = node->count,
    };
    int rc = eval_arguments(&call, in);

    if (!rc)
        rc = node->function->run(&call, ret);
    free(call.args);
    return rc;
}
