/* What a run makes, and how much of it. */
#include "query/room.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

/* About what a value takes beside its texts, and the bytes of text that count as one step. */
enum { VALUE_BYTES = 96, STEP_BYTES = 64, STEP_MEMBERS = 4, WHAT_SIZE = 512 };

void run_init(struct run *run)
{
    run->null = json_new_null();
    run->yes = json_new_bool(true);
    run->no = json_new_bool(false);
}

void run_done(struct run *run)
{
    run_release(run, 0);
    free(run->items);
    json_free(run->null);
    json_free(run->yes);
    json_free(run->no);
}

int run_fault(const struct run *run, const struct node *node, const char *format, ...)
{
    const struct spot spot = {run->query->text, node->offset, E_INVALID, run->err};
    char what[WHAT_SIZE];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    return query_fault(&spot, "%s", what);
}

int run_charge(struct run *run, const struct node *node, uint64_t work)
{
    run->work += work;
    if (run->work <= QUERY_WORK_MAX)
        return 0;
    return run_fault(run, node, "it takes more than %d steps", QUERY_WORK_MAX);
}

int run_room(const struct run *run, const struct node *node, size_t bytes)
{
    if (run->bytes <= QUERY_MEMORY_MAX && bytes <= QUERY_MEMORY_MAX - run->bytes)
        return 0;
    return run_fault(run, node, "it takes more than %d MiB of memory",
                     QUERY_MEMORY_MAX / (1024 * 1024));
}

int run_charge_value(struct run *run, const struct node *node, const struct json *json)
{
    const char *const text = json_string(json);

    return run_charge(run, node,
                      text ? strlen(text) / STEP_BYTES : json_count(json) / STEP_MEMBERS);
}

static void add_made(struct run *run, struct json *json, size_t bytes)
{
    *VEC_ADD(run) = (struct made){json, bytes};
    run->bytes += bytes;
}

int run_keep(struct run *run, const struct node *node, struct json *made, const struct json **ret)
{
    const char *const text = json_string(made);
    const size_t length = text ? strlen(text) : 0;
    int rc;

    add_made(run, made, VALUE_BYTES + length);
    rc = run_room(run, node, 0);
    if (!rc)
        rc = run_charge(run, node, 1 + length / STEP_BYTES);
    if (!rc)
        *ret = made;
    return rc;
}

int run_keep_text(struct run *run, const struct node *node, const struct buf *text,
                  const struct json **ret)
{
    return run_keep(run, node, json_new_string(buf_text(text)), ret);
}

size_t run_begin(struct run *run, struct json *empty)
{
    add_made(run, empty, VALUE_BYTES);
    return run->count - 1;
}

/* What a copy would cost. */
struct cost {
    uint64_t values;
    size_t bytes;
};

/* False when it is nested deeper than may be, counted from `level`. */
static bool measure(const struct json *json, unsigned level, struct cost *cost)
{
    const enum json_kind kind = json_kind(json);
    const char *const text = json_string(json);
    const char *const key = json_key(json);
    const size_t length = (text ? strlen(text) : 0) + (key ? strlen(key) : 0);

    cost->values += 1 + length / STEP_BYTES;
    cost->bytes += VALUE_BYTES + length;
    if (kind != JSON_ARRAY && kind != JSON_OBJECT)
        return true;
    if (level >= JSON_DEPTH_MAX)
        return false;
    for (const struct json *item = json_first(json); item; item = json_next(item)) {
        if (!measure(item, level + 1, cost))
            return false;
    }
    return true;
}

/* A copy that will lie `level` arrays and objects deep. */
static int copy(struct run *run, const struct node *node, const struct json *json, unsigned level,
                struct made *ret)
{
    struct cost cost = {0};
    int rc;

    if (!measure(json, level, &cost))
        return run_fault(run, node, "more than %d arrays and objects are inside each other",
                         JSON_DEPTH_MAX);
    rc = run_charge(run, node, cost.values);
    if (!rc)
        rc = run_room(run, node, cost.bytes);
    if (rc)
        return rc;
    *ret = (struct made){json_copy(json), cost.bytes};
    return 0;
}

int run_room_printed(struct run *run, const struct node *node, const struct json *json)
{
    struct cost cost = {0};
    int rc;

    measure(json, 0, &cost);
    rc = run_charge(run, node, cost.values);
    /* No text in it gets longer than by "\\u0000" for each byte. */
    return rc ? rc : run_room(run, node, cost.bytes * strlen("\\u0000"));
}

static void add_bytes(struct run *run, size_t place, size_t bytes)
{
    run->items[place].bytes += bytes;
    run->bytes += bytes;
}

int run_append(struct run *run, const struct node *node, size_t place, const struct json *item)
{
    struct made own;
    const int rc = copy(run, node, item, 1, &own);

    if (rc)
        return rc;
    json_append(run->items[place].json, own.json);
    add_bytes(run, place, own.bytes);
    return 0;
}

int run_set(struct run *run, const struct node *node, size_t place, const struct json *item,
            const char *key)
{
    struct made own;
    size_t members;
    /* The object looks through its members for the key. */
    int rc = run_count(run, node, run->items[place].json, &members);

    if (!rc)
        rc = copy(run, node, item, 1, &own);
    if (rc)
        return rc;
    json_set(run->items[place].json, key, own.json);
    add_bytes(run, place, own.bytes + strlen(key));
    return 0;
}

void run_release(struct run *run, size_t mark)
{
    while (run->count > mark) {
        const struct made *const last = &run->items[--run->count];

        run->bytes -= last->bytes;
        json_free(last->json);
    }
}

int run_take(struct run *run, const struct node *node, const struct json *value, struct json **ret)
{
    struct made own;
    int rc;

    for (size_t i = run->count; i-- > 0;) {
        if (run->items[i].json == value) {
            *ret = run->items[i].json;
            run->items[i].json = NULL;
            return 0;
        }
    }
    rc = copy(run, node, value, 0, &own);
    if (!rc)
        *ret = own.json;
    return rc;
}

int run_count(struct run *run, const struct node *node, const struct json *json, size_t *ret)
{
    *ret = json_count(json);
    return run_charge(run, node, *ret / STEP_MEMBERS);
}

int run_elements(struct run *run, const struct node *node, const struct json *array,
                 struct elements *ret)
{
    size_t count;
    const int rc = run_count(run, node, array, &count);

    if (rc)
        return rc;
    ret->items = mem_new(count, sizeof *ret->items);
    ret->count = 0;
    for (const struct json *item = json_first(array); item; item = json_next(item))
        ret->items[ret->count++] = item;
    return 0;
}

int run_member(struct run *run, const struct node *node, const struct json *object,
               const struct json **ret)
{
    const struct json *member = json_first(object);
    size_t passed = 0;

    for (; member && strcmp(json_key(member), node->name) != 0; member = json_next(member))
        passed++;
    *ret = member ? member : run->null;
    return run_charge(run, node, passed / STEP_MEMBERS);
}
