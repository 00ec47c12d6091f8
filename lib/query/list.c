/* A query over a list that comes element by element. */
#include "query/room.h"

/* The steps that take each element by itself, the first one last: of [?a].b[] the flattening and
 * then the projection. */
struct steps {
    const struct node *items[QUERY_DEPTH_MAX];
    size_t count;
};

static bool is_step(const struct node *node)
{
    return node->kind == NODE_FLATTEN || node->kind == NODE_PROJECT_LIST ||
           node->kind == NODE_PROJECT_FILTER;
}

/* Whether the value of the node is that of each element of the input, one behind the other. */
static bool goes_through(const struct node *node)
{
    while (is_step(node))
        node = node->left;
    return node->kind == NODE_CURRENT;
}

/* Whether the call looks at its input in its first argument only. */
static bool has_one_input(const struct node *call)
{
    for (size_t i = 1; i < call->count; i++) {
        if (call->parts[i]->kind != NODE_REFERENCE && call->parts[i]->kind != NODE_LITERAL)
            return false;
    }
    return call->count > 0;
}

/* The node that goes through the input, if nothing else of the expression looks at that; else NULL.
 */
static const struct node *find_walk(const struct node *node)
{
    while (!is_step(node) || !goes_through(node)) {
        switch (node->kind) {
        case NODE_CHAIN:
        case NODE_INDEX:
        case NODE_SLICE:
        case NODE_FLATTEN:
        case NODE_PROJECT_LIST:
        case NODE_PROJECT_VALUES:
        case NODE_PROJECT_FILTER:
        case NODE_NOT:
            node = node->left;
            break;
        case NODE_CALL:
            if (!has_one_input(node))
                return NULL;
            node = node->parts[0];
            break;
        case NODE_CURRENT:
        case NODE_LITERAL:
        case NODE_FIELD:
        case NODE_LIST:
        case NODE_HASH:
        case NODE_MEMBER:
        case NODE_AND:
        case NODE_OR:
        case NODE_COMPARE:
        case NODE_REFERENCE:
            return NULL;
        }
    }
    return node;
}

static struct steps steps_of(const struct node *walk)
{
    struct steps steps = {.count = 0};

    for (; is_step(walk); walk = walk->left)
        steps.items[steps.count++] = walk;
    return steps;
}

static int walk_on(struct run *run, const struct steps *steps, size_t left,
                   const struct json *item);

/* An array is its elements. */
static int flatten(struct run *run, const struct steps *steps, size_t left, const struct json *item)
{
    int rc = 0;

    if (json_kind(item) != JSON_ARRAY)
        return walk_on(run, steps, left, item);
    for (const struct json *inner = json_first(item); inner && !rc; inner = json_next(inner))
        rc = walk_on(run, steps, left, inner);
    return rc;
}

static int project(struct run *run, const struct steps *steps, size_t left, const struct json *item)
{
    const struct node *const step = steps->items[left];
    const size_t mark = run->count;
    const struct json *value;
    bool holds;
    int rc = condition_eval(run, step, item, &holds);

    if (rc || !holds)
        return rc;
    rc = query_eval(run, step->right, item, &value);
    if (!rc && json_kind(value) != JSON_NULL)
        rc = walk_on(run, steps, left, value);
    run_release(run, mark);
    return rc;
}

/* Through the steps that are left; what comes out is put behind what is there, the first that the
 * run made. */
static int walk_on(struct run *run, const struct steps *steps, size_t left, const struct json *item)
{
    if (left == 0)
        return run_append(run, steps->items[0], 0, item);
    left--;
    return steps->items[left]->kind == NODE_FLATTEN ? flatten(run, steps, left, item)
                                                    : project(run, steps, left, item);
}

static int walk(struct run *run, struct json *(*next)(void *user), void *user)
{
    const struct steps steps = steps_of(run->known);
    struct json *item;
    int rc = 0;

    run_begin(run, json_new_array());
    while (!rc && (item = next(user))) {
        rc = walk_on(run, &steps, steps.count, item);
        json_free(item);
    }
    run->known_value = run->items[0].json;
    return rc;
}

static int run_whole(const struct query *query, struct json *(*next)(void *user), void *user,
                     struct json **ret, struct err *err)
{
    struct json *const list = json_new_array();
    struct json *item;
    int rc;

    while ((item = next(user)))
        json_append(list, item);
    rc = query_run(query, list, ret, err);
    json_free(list);
    return rc;
}

int query_run_list(const struct query *query, struct json *(*next)(void *user), void *user,
                   struct json **ret, struct err *err)
{
    struct run run = {.query = query, .known = find_walk(query->top), .err = err};
    const struct json *result;
    int rc;

    if (!run.known)
        return run_whole(query, next, user, ret, err);
    run_init(&run);
    rc = walk(&run, next, user);
    if (!rc)
        rc = query_eval(&run, query->top, run.null, &result);
    if (!rc)
        rc = run_take(&run, query->top, result, ret);
    run_done(&run);
    return rc;
}
