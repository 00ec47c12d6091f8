/* render.h: results as text for standard output. */
#ifndef CMD_RENDER_H
#define CMD_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/column.h"
#include "cmd/flag.h"
#include "json/shape.h"
#include "query/query.h"

/* What a command gave back: one value of a shape, or a list of them. */
struct result {
    const struct shape *shape;
    const void *value; /* of the shape; with `listed` a struct { T *items; size_t count; } */
    bool listed;
};

/* How it is to be shown. */
struct look {
    enum output output;
    bool colour;  /* escape sequences for colours are welcome: there is a terminal */
    size_t width; /* columns that a table shall fit; 0: no limit */
    int64_t now;  /* seconds since the epoch, for ages */
    const struct columns *columns; /* of a table; NULL: the usual ones */
};

/* Append it in a format. Nothing in it can make a terminal do anything: see text_add_inert. */
void render(struct buf *out, const struct look *look, const struct result *result);

/* The same for what a query gives for the result, as JSON shows it: its keys sorted. JSON and YAML
 * are sorted again; a table and tsv have the order of the query, and show what is no list of
 * objects too, as the Azure CLI does. Null prints nothing, as there. E_FAILED: the query cannot be
 * run, or nothing of what it gives fits a table; nothing is appended then. */
int render_query(struct buf *out, const struct look *look, const struct result *result,
                 const struct query *query, struct err *err);

/* A tree as JSON or YAML, keys sorted, two spaces a level, with a newline behind. */
void render_json(struct buf *out, const struct json *json, const struct json_ink *ink);
void render_yaml(struct buf *out, const struct json *json, const struct json_ink *ink);
/* The same as the look says; nothing for other formats. */
void render_add_tree(struct buf *out, const struct look *look, const struct json *json);

/* The columns, in their order, titles and dashes above; an empty list is nothing. */
void render_table(struct buf *out, const struct look *look, const struct result *result);
/* A line an element: all that is shown, in order of the keys, between tabs; as the Azure CLI lists
 * count, objects are empty and what is absent is "None". */
void render_tsv(struct buf *out, const struct result *result);

/* For the formats: a value of the result as a tree in the order of JSON output, to be released with
 * json_free. */
struct json *render_tree(const struct result *result, size_t index);

/* The values one by one. */
size_t result_count(const struct result *result);
const void *result_item(const struct result *result, size_t index);

/* The title of the column of a key: it begins with a capital. */
void render_add_title(struct buf *out, const char *key);

/* A member that is no object or list, in words, inert; nothing when absent. */
void render_add_scalar(struct buf *out, const struct row *row, const void *value);

#endif
