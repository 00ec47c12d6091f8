/* Functions of arrays. */
#include "query/room.h"

#include <stdlib.h>

#include "base/mem.h"

/* An element, and what it is ordered by. */
struct ranked {
    const struct json *item;
    const struct json *key;
    size_t index;
};

struct ranking {
    struct ranked *items;
    size_t count;
};

int call_length(const struct call *call, const struct json **ret)
{
    const char *const text = json_string(call->args[0]);
    size_t length;
    int rc = 0;

    if (text)
        length = value_length(text);
    else
        rc = run_count(call->run, call->node, call->args[0], &length);
    return rc ? rc : run_keep(call->run, call->node, json_new_integer((int64_t)length), ret);
}

int call_map(const struct call *call, const struct json **ret)
{
    const struct node *const expression = call->node->parts[0]->left;
    const size_t place = run_begin(call->run, json_new_array());
    int rc = 0;

    for (const struct json *item = json_first(call->args[1]); item && !rc; item = json_next(item)) {
        const size_t mark = call->run->count;
        const struct json *value;

        rc = query_eval(call->run, expression, item, &value);
        if (!rc)
            rc = run_append(call->run, call->node, place, value);
        run_release(call->run, mark);
    }
    *ret = call->run->items[place].json;
    return rc;
}

int call_to_array(const struct call *call, const struct json **ret)
{
    size_t place;
    int rc;

    *ret = call->args[0];
    if (json_kind(call->args[0]) == JSON_ARRAY)
        return 0;
    place = run_begin(call->run, json_new_array());
    rc = run_append(call->run, call->node, place, call->args[0]);
    *ret = call->run->items[place].json;
    return rc;
}

int call_reverse(const struct call *call, const struct json **ret)
{
    struct elements all;
    size_t place;
    int rc;

    if (json_string(call->args[0]))
        return reverse_text(call, ret);
    rc = run_elements(call->run, call->node, call->args[0], &all);
    if (rc)
        return rc;
    place = run_begin(call->run, json_new_array());
    for (size_t i = all.count; i > 0 && !rc; i--)
        rc = run_append(call->run, call->node, place, all.items[i - 1]);
    free(all.items);
    *ret = call->run->items[place].json;
    return rc;
}

/* What each element is ordered by: itself, or what the expression gives for it, which must be
 * numbers or strings throughout. Release with free(ret->items), even on error. */
static int rank_all(const struct call *call, struct ranking *ret)
{
    const struct node *const expression = call->count > 1 ? call->node->parts[1]->left : NULL;
    struct elements all;
    int rc = run_elements(call->run, call->node, call->args[0], &all);

    *ret = (struct ranking){0};
    if (rc)
        return rc;
    ret->items = mem_new(all.count, sizeof *ret->items);
    for (; ret->count < all.count && !rc; ret->count++) {
        struct ranked *const ranked = &ret->items[ret->count];

        *ranked = (struct ranked){all.items[ret->count], all.items[ret->count], ret->count};
        if (!expression)
            continue;
        rc = query_eval(call->run, expression, ranked->item, &ranked->key);
        if (!rc && !value_comparable(ret->items[0].key, ranked->key))
            rc = run_fault(call->run, expression,
                           "%s() orders by numbers or by strings, all of one type; "
                           "for element %zu there is %s",
                           call->node->function->name, ret->count, value_phrase(ranked->key));
    }
    free(all.items);
    return rc;
}

/* Equal ones stay as they were. */
static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *const a = left;
    const struct ranked *const b = right;
    const int order = value_compare(a->key, b->key);

    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static int sort(const struct call *call, const struct json **ret)
{
    struct run *const run = call->run;
    const size_t place = run_begin(run, json_new_array());
    const size_t mark = run->count;
    struct ranking ranking;
    int rc = rank_all(call, &ranking);

    if (!rc) {
        qsort(ranking.items, ranking.count, sizeof *ranking.items, compare_ranked);
        /* Comparisons grow faster than elements, by a factor that stays below this. */
        rc = run_charge(run, call->node, ranking.count * 20);
    }
    for (size_t i = 0; i < ranking.count && !rc; i++)
        rc = run_append(run, call->node, place, ranking.items[i].item);
    free(ranking.items);
    run_release(run, mark);
    *ret = run->items[place].json;
    return rc;
}

int call_sort(const struct call *call, const struct json **ret)
{
    return sort(call, ret);
}

int call_sort_by(const struct call *call, const struct json **ret)
{
    return sort(call, ret);
}

/* The first element that none goes beyond, upwards or (`sign` -1) downwards; null of none. */
static int pick(const struct call *call, int sign, const struct json **ret)
{
    const size_t mark = call->run->count;
    struct ranking ranking;
    const int rc = rank_all(call, &ranking);
    size_t best = 0;

    for (size_t i = 1; i < ranking.count && !rc; i++) {
        const int order = value_compare(ranking.items[i].key, ranking.items[best].key);

        if (sign < 0 ? order < 0 : order > 0)
            best = i;
    }
    *ret = ranking.count > 0 && !rc ? ranking.items[best].item : call->run->null;
    free(ranking.items);
    run_release(call->run, mark);
    return rc;
}

int call_max(const struct call *call, const struct json **ret)
{
    return pick(call, 1, ret);
}

int call_max_by(const struct call *call, const struct json **ret)
{
    return pick(call, 1, ret);
}

int call_min(const struct call *call, const struct json **ret)
{
    return pick(call, -1, ret);
}

int call_min_by(const struct call *call, const struct json **ret)
{
    return pick(call, -1, ret);
}
