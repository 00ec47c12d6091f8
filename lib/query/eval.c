/* From tree and input to a value. */
#include "query/room.h"

/* A step of a projection: what `right` gives for one element, unless it is null. */
static int project_one(struct run *run, const struct node *node, size_t place,
                       const struct json *item)
{
    const size_t mark = run->count;
    const struct json *value;
    int rc = query_eval(run, node->right, item, &value);

    if (!rc && json_kind(value) != JSON_NULL)
        rc = run_append(run, node, place, value);
    run_release(run, mark);
    return rc;
}

int condition_eval(struct run *run, const struct node *node, const struct json *item, bool *ret)
{
    const size_t mark = run->count;
    const struct json *value;
    int rc;

    *ret = true;
    if (!node->condition)
        return 0;
    rc = query_eval(run, node->condition, item, &value);
    if (!rc)
        *ret = value_holds(value);
    run_release(run, mark);
    return rc;
}

static int project(struct run *run, const struct node *node, size_t place, const struct json *item)
{
    bool holds;
    const int rc = condition_eval(run, node, item, &holds);

    return rc || !holds ? rc : project_one(run, node, place, item);
}

static int flatten(struct run *run, const struct node *node, size_t place, const struct json *item)
{
    int rc = 0;

    if (json_kind(item) != JSON_ARRAY)
        return run_append(run, node, place, item);
    for (const struct json *inner = json_first(item); inner && !rc; inner = json_next(inner))
        rc = run_append(run, node, place, inner);
    return rc;
}

/* An array of what `add` makes of each element (or member) of the left side. */
static int eval_each(struct run *run, const struct node *node, const struct json *in,
                     int (*add)(struct run *, const struct node *, size_t, const struct json *),
                     const struct json **ret)
{
    const struct json *left;
    size_t place;
    int rc = query_eval(run, node->left, in, &left);

    if (rc)
        return rc;
    if (json_kind(left) != (node->kind == NODE_PROJECT_VALUES ? JSON_OBJECT : JSON_ARRAY)) {
        *ret = run->null;
        return 0;
    }
    place = run_begin(run, json_new_array());
    for (const struct json *item = json_first(left); item && !rc; item = json_next(item))
        rc = add(run, node, place, item);
    *ret = run->items[place].json;
    return rc;
}

static int eval_projection(struct run *run, const struct node *node, const struct json *in,
                           const struct json **ret)
{
    return eval_each(run, node, in, project, ret);
}

static int eval_flatten(struct run *run, const struct node *node, const struct json *in,
                        const struct json **ret)
{
    return eval_each(run, node, in, flatten, ret);
}

static int eval_current(struct run *run, const struct node *node, const struct json *in,
                        const struct json **ret)
{
    (void)run;
    (void)node;
    *ret = in;
    return 0;
}

static int eval_literal(struct run *run, const struct node *node, const struct json *in,
                        const struct json **ret)
{
    (void)run;
    (void)in;
    *ret = node->value;
    return 0;
}

static int eval_field(struct run *run, const struct node *node, const struct json *in,
                      const struct json **ret)
{
    *ret = run->null;
    return json_kind(in) == JSON_OBJECT ? run_member(run, node, in, ret) : 0;
}

static int eval_chain(struct run *run, const struct node *node, const struct json *in,
                      const struct json **ret)
{
    const struct json *left;
    const int rc = query_eval(run, node->left, in, &left);

    return rc ? rc : query_eval(run, node->right, left, ret);
}

static int eval_index(struct run *run, const struct node *node, const struct json *in,
                      const struct json **ret)
{
    const struct json *item;
    size_t count;
    int64_t index = node->index;
    int rc = query_eval(run, node->left, in, &item);

    if (rc)
        return rc;
    *ret = run->null;
    if (json_kind(item) != JSON_ARRAY)
        return 0;
    rc = run_count(run, node, item, &count);
    if (index < 0)
        index += (int64_t)count;
    if (rc || index < 0 || index >= (int64_t)count)
        return rc;
    item = json_first(item);
    for (; index > 0; index--)
        item = json_next(item);
    *ret = item;
    return 0;
}

static int eval_slice(struct run *run, const struct node *node, const struct json *in,
                      const struct json **ret)
{
    const struct json *left;
    const int rc = query_eval(run, node->left, in, &left);

    return rc ? rc : slice_eval(run, node, left, ret);
}

static int eval_list(struct run *run, const struct node *node, const struct json *in,
                     const struct json **ret)
{
    size_t place;
    int rc = 0;

    *ret = run->null;
    if (json_kind(in) == JSON_NULL)
        return 0;
    place = run_begin(run, json_new_array());
    for (size_t i = 0; i < node->count && !rc; i++) {
        const size_t mark = run->count;
        const struct json *value;

        rc = query_eval(run, node->parts[i], in, &value);
        if (!rc)
            rc = run_append(run, node->parts[i], place, value);
        run_release(run, mark);
    }
    *ret = run->items[place].json;
    return rc;
}

static int eval_hash(struct run *run, const struct node *node, const struct json *in,
                     const struct json **ret)
{
    size_t place;
    int rc = 0;

    *ret = run->null;
    if (json_kind(in) == JSON_NULL)
        return 0;
    place = run_begin(run, json_new_object());
    for (size_t i = 0; i < node->count && !rc; i++) {
        const struct node *const member = node->parts[i];
        const size_t mark = run->count;
        const struct json *value;

        rc = query_eval(run, member->left, in, &value);
        if (!rc)
            rc = run_set(run, member, place, value, member->name);
        run_release(run, mark);
    }
    *ret = run->items[place].json;
    return rc;
}

static int eval_not(struct run *run, const struct node *node, const struct json *in,
                    const struct json **ret)
{
    const size_t mark = run->count;
    const struct json *left;
    const int rc = query_eval(run, node->left, in, &left);

    if (!rc)
        *ret = value_holds(left) ? run->no : run->yes;
    run_release(run, mark);
    return rc;
}

/* The side that decides. */
static int eval_logic(struct run *run, const struct node *node, const struct json *in,
                      const struct json **ret)
{
    const int rc = query_eval(run, node->left, in, ret);

    if (rc || value_holds(*ret) == (node->kind == NODE_OR))
        return rc;
    return query_eval(run, node->right, in, ret);
}

static int compare(struct run *run, const struct node *node, const struct json *left,
                   const struct json *right, const struct json **ret)
{
    const enum token_kind sign = node->comparator;
    bool holds;
    int order, rc;

    if (sign == TOKEN_EQUAL || sign == TOKEN_UNEQUAL) {
        rc = value_equal(run, node, left, right, &holds);

        *ret = !rc && holds == (sign == TOKEN_EQUAL) ? run->yes : run->no;
        return rc;
    }
    *ret = run->null;
    rc = run_charge_value(run, node, left);
    if (rc || !value_comparable(left, right))
        return rc;
    order = value_compare(left, right);
    if (sign == TOKEN_BELOW)
        holds = order < 0;
    else if (sign == TOKEN_AT_MOST)
        holds = order <= 0;
    else if (sign == TOKEN_ABOVE)
        holds = order > 0;
    else
        holds = order >= 0;
    *ret = holds ? run->yes : run->no;
    return 0;
}

static int eval_compare(struct run *run, const struct node *node, const struct json *in,
                        const struct json **ret)
{
    const size_t mark = run->count;
    const struct json *left, *right;
    int rc = query_eval(run, node->left, in, &left);

    if (!rc)
        rc = query_eval(run, node->right, in, &right);
    if (!rc)
        rc = compare(run, node, left, right, ret);
    run_release(run, mark);
    return rc;
}

int query_eval(struct run *run, const struct node *node, const struct json *in,
               const struct json **ret)
{
    /* Members and references are evaluated by what they are part of. */
    static int (*const evals[])(struct run *, const struct node *, const struct json *,
                                const struct json **) = {
        [NODE_CURRENT] = eval_current,
        [NODE_LITERAL] = eval_literal,
        [NODE_FIELD] = eval_field,
        [NODE_CHAIN] = eval_chain,
        [NODE_INDEX] = eval_index,
        [NODE_SLICE] = eval_slice,
        [NODE_FLATTEN] = eval_flatten,
        [NODE_PROJECT_LIST] = eval_projection,
        [NODE_PROJECT_VALUES] = eval_projection,
        [NODE_PROJECT_FILTER] = eval_projection,
        [NODE_LIST] = eval_list,
        [NODE_HASH] = eval_hash,
        [NODE_NOT] = eval_not,
        [NODE_AND] = eval_logic,
        [NODE_OR] = eval_logic,
        [NODE_COMPARE] = eval_compare,
        [NODE_CALL] = function_eval,
    };
    const int rc = run_charge(run, node, 1);

    if (node == run->known)
        *ret = run->known_value;
    return rc || node == run->known ? rc : evals[node->kind](run, node, in, ret);
}
