/* What a query gives, in each format. */
#include "cmd/render.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "cmd/grid.h"
#include "json/value.h"

/* --- tsv --- */

static bool is_container(const struct json *json)
{
    return json_kind(json) == JSON_ARRAY || json_kind(json) == JSON_OBJECT;
}

/* A scalar, inert. */
static void add_scalar(struct buf *out, const struct json *json, const char *null)
{
    const enum json_kind kind = json_kind(json);

    if (kind == JSON_NULL)
        buf_add_text(out, null);
    else if (kind == JSON_STRING)
        text_add_inert(out, json_string(json));
    else if (kind == JSON_TRUE || kind == JSON_FALSE)
        buf_add_text(out, kind == JSON_TRUE ? "True" : "False");
    else
        json_print_line(out, json, false);
}

/* As without a query: a list is its length, an object nothing. */
static void add_field(struct buf *out, const struct json *json)
{
    if (json_kind(json) == JSON_ARRAY)
        buf_printf(out, "%zu", json_count(json));
    else if (json_kind(json) != JSON_OBJECT)
        add_scalar(out, json, "None");
}

static void add_tsv_line(struct buf *out, const struct json *json)
{
    const enum json_kind kind = json_kind(json);
    const struct json *const first = is_container(json) ? json_first(json) : NULL;

    for (const struct json *field = first; field; field = json_next(field)) {
        if (field != first)
            buf_add_char(out, '\t');
        add_field(out, field);
    }
    /* Alone on a line the Azure CLI writes them small, beside others it does not. */
    if (kind == JSON_TRUE || kind == JSON_FALSE)
        buf_add_text(out, kind == JSON_TRUE ? "true" : "false");
    else if (!is_container(json))
        add_field(out, json);
    buf_add_char(out, '\n');
}

static void add_tsv(struct buf *out, const struct json *json)
{
    if (json_kind(json) == JSON_ARRAY) {
        for (const struct json *item = json_first(json); item; item = json_next(item))
            add_tsv_line(out, item);
    } else if (json_kind(json) != JSON_NULL) {
        add_tsv_line(out, json);
    }
}

/* --- table --- */

/* A cell of a row. */
struct entry {
    char *title;
    const struct json *value;
};

struct entries {
    struct entry *items;
    size_t count;
};

static void add_entry(struct entries *entries, const char *key, const struct json *value)
{
    struct buf title = {0};

    render_add_title(&title, key);
    *VEC_ADD(entries) = (struct entry){text_copy(buf_text(&title)), value};
    buf_done(&title);
}

static void entries_done(struct entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        free(entries->items[i].title);
    free(entries->items);
}

/* Too wide, and the same in every row: shown only when the query names them itself. */
static bool is_left_out(const char *key)
{
    return strcmp(key, "id") == 0 || strcmp(key, "type") == 0 || strcmp(key, "etag") == 0;
}

/* The cells of one row: members that are scalars, elements by number, or the value itself. */
static struct entries entries_of(const struct json *json, bool named)
{
    struct entries entries = {0};
    const enum json_kind kind = json_kind(json);

    if (!is_container(json))
        add_entry(&entries, "Result", json);
    for (const struct json *item = is_container(json) ? json_first(json) : NULL; item;
         item = json_next(item)) {
        char *const number = text_printf("Column%zu", entries.count + 1);

        if (kind == JSON_ARRAY)
            add_entry(&entries, number, item);
        else if (!is_container(item) && json_kind(item) != JSON_NULL &&
                 (named || !is_left_out(json_key(item))))
            add_entry(&entries, json_key(item), item);
        free(number);
    }
    return entries;
}

/* The titles of all rows, each where it first stands. */
static void add_titles(struct texts *titles, const struct json *json, bool named)
{
    struct entries entries = entries_of(json, named);

    for (size_t i = 0; i < entries.count; i++) {
        bool known = false;

        for (size_t k = 0; k < titles->count && !known; k++)
            known = strcmp(titles->items[k], entries.items[i].title) == 0;
        if (!known)
            texts_add(titles, entries.items[i].title);
    }
    entries_done(&entries);
}

static void add_row(struct grid *grid, const struct json *json, bool named)
{
    struct entries entries = entries_of(json, named);

    for (size_t c = 0; c < grid->columns; c++) {
        struct buf cell = {0};

        for (size_t i = 0; i < entries.count; i++) {
            if (strcmp(grid->cells.items[c], entries.items[i].title) != 0)
                continue;
            buf_clear(&cell);
            add_scalar(&cell, entries.items[i].value, "");
        }
        texts_add(&grid->cells, buf_text(&cell));
        buf_done(&cell);
    }
    entries_done(&entries);
}

/* What the cells of each column let one think; to be released with free. */
static enum grid_kind *kinds_of(const struct grid *grid)
{
    enum grid_kind *const kinds = mem_new(grid->columns, sizeof *kinds);

    for (size_t c = 0; c < grid->columns; c++) {
        bool states = true;

        for (size_t i = grid->columns + c; i < grid->cells.count && states; i += grid->columns)
            states = *grid->cells.items[i] == '\0' || grid_is_state(grid->cells.items[i]);
        kinds[c] = states ? GRID_STATE : GRID_WORDS;
        if (text_same_word(grid->cells.items[c], "name"))
            kinds[c] = GRID_NAME;
    }
    return kinds;
}

static int add_table(struct buf *out, const struct look *look, const struct json *json, bool named,
                     struct err *err)
{
    const bool listed = json_kind(json) == JSON_ARRAY;
    struct grid grid = {.width = look->width, .colour = look->colour};
    enum grid_kind *kinds;

    if (json_kind(json) == JSON_NULL || (listed && json_count(json) == 0))
        return 0;
    if (!listed)
        add_titles(&grid.cells, json, named);
    for (const struct json *item = listed ? json_first(json) : NULL; item; item = json_next(item))
        add_titles(&grid.cells, item, named);
    if (grid.cells.count == 0) {
        err_set(err, E_FAILED, "nothing in what the query gives is a value for a column");
        return err_hint(err, "name the columns, as in --query '{Name: name}'");
    }
    grid.columns = grid.cells.count;
    if (!listed)
        add_row(&grid, json, named);
    for (const struct json *item = listed ? json_first(json) : NULL; item; item = json_next(item))
        add_row(&grid, item, named);
    grid.kinds = kinds = kinds_of(&grid);
    grid_print(out, &grid);
    free(kinds);
    grid_done(&grid);
    return 0;
}

/* --- running it --- */

/* A list on its way into a query: no more than one element of it has to be in memory as a tree. */
struct feed {
    const struct result *result;
    size_t next;
};

static struct json *next_element(void *user)
{
    struct feed *const feed = user;

    return feed->next < result_count(feed->result) ? render_tree(feed->result, feed->next++) : NULL;
}

static int run_query(const struct query *query, const struct result *result, struct json **ret,
                     struct err *err)
{
    struct feed feed = {.result = result};
    struct json *tree;
    int rc;

    if (result->listed)
        return query_run_list(query, next_element, &feed, ret, err);
    tree = render_tree(result, 0);
    rc = query_run(query, tree, ret, err);
    json_free(tree);
    return rc;
}

int render_query(struct buf *out, const struct look *look, const struct result *result,
                 const struct query *query, struct err *err)
{
    struct json *json = NULL;
    int rc = run_query(query, result, &json, err);

    if (rc) {
        /* What is invalid is the query; the command has done its work. */
        rc = err->code = E_FAILED;
    } else if (look->output == OUTPUT_TABLE) {
        rc = add_table(out, look, json, query_names_members(query), err);
    } else if (look->output == OUTPUT_TSV) {
        add_tsv(out, json);
    } else if (json_kind(json) != JSON_NULL) {
        render_add_tree(out, look, json);
    }
    json_free(json);
    return rc;
}
