/* Results as a table. */
#include "cmd/render.h"

#include <stdlib.h>

#include "base/text.h"
#include "base/vec.h"
#include "cmd/grid.h"

/* A shown row, maybe of an object inside the value. */
struct column {
    const struct row *row;
    size_t offset; /* of the struct that the row is of, in the value */
};

struct columns {
    struct column *items;
    size_t count;
};

static void find_columns(struct columns *columns, const struct shape *shape, size_t offset)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];

        if (row->rules & ROW_HIDDEN)
            continue;
        if (row->kind == KIND_OBJECT)
            find_columns(columns, row->shape, offset + row->offset);
        else if (row->rules & ROW_COLUMN)
            *VEC_ADD(columns) = (struct column){.row = row, .offset = offset};
    }
}

/* The row that names an element of a list. */
static const struct row *label_row(const struct shape *shape)
{
    const struct row *label = &shape->rows[0];

    for (size_t i = 0; i < shape->count; i++) {
        if (shape->rows[i].rules & ROW_LABEL)
            return &shape->rows[i];
        if (shape->rows[i].rules & ROW_KEY)
            label = &shape->rows[i];
    }
    return label;
}

/* A list is the names of its elements. */
static void add_names(struct buf *out, const struct row *row, const void *list)
{
    const struct row *const label = label_row(row->shape);
    const struct result elements = {.shape = row->shape, .value = list, .listed = true};

    for (size_t i = 0; i < result_count(&elements); i++) {
        if (i > 0)
            buf_add_text(out, ", ");
        render_add_scalar(out, label, result_item(&elements, i));
    }
}

static void add_texts(struct buf *out, const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (i > 0)
            buf_add_text(out, ", ");
        text_add_inert(out, texts->items[i]);
    }
}

static void add_tags(struct buf *out, const struct tags *tags)
{
    for (size_t i = 0; i < tags->count; i++) {
        if (i > 0)
            buf_add_text(out, ", ");
        text_add_inert(out, tags->items[i].name);
        buf_add_char(out, '=');
        text_add_inert(out, tags->items[i].value);
    }
}

static void add_cell(struct buf *out, const struct column *column, const void *value)
{
    const void *const base = (const char *)value + column->offset;
    const void *const slot = row_value(column->row, base);

    switch (column->row->kind) {
    case KIND_LIST:
        add_names(out, column->row, slot);
        break;
    case KIND_TEXTS:
        add_texts(out, slot);
        break;
    case KIND_TAGS:
        add_tags(out, slot);
        break;
    case KIND_TEXT:
    case KIND_BOOL:
    case KIND_INT:
    case KIND_TIME:
    case KIND_CHOICE:
    case KIND_OBJECT:
        render_add_scalar(out, column->row, base);
        break;
    }
}

/* Of a single value: its lists that are wanted there, if there is something in them. */
static void add_below(struct buf *out, const struct result *result)
{
    for (size_t i = 0; !result->listed && i < result->shape->count; i++) {
        const struct row *const row = &result->shape->rows[i];
        const struct result list = {
            .shape = row->shape, .value = row_value(row, result->value), .listed = true};

        if (!(row->rules & ROW_BELOW) || result_count(&list) == 0)
            continue;
        buf_add_char(out, '\n');
        render_table(out, &list);
    }
}

void render_table(struct buf *out, const struct result *result)
{
    struct columns columns = {0};
    struct grid grid = {0};
    struct buf cell = {0};

    if (result_count(result) == 0)
        return;
    find_columns(&columns, result->shape, 0);
    grid.columns = columns.count;
    for (size_t c = 0; c < columns.count; c++) {
        const struct row *const row = columns.items[c].row;

        buf_clear(&cell);
        render_add_title(&cell, row->column ? row->column : row->key);
        texts_add(&grid.cells, buf_text(&cell));
    }
    for (size_t i = 0; i < result_count(result) * columns.count; i++) {
        buf_clear(&cell);
        add_cell(&cell, &columns.items[i % columns.count], result_item(result, i / columns.count));
        texts_add(&grid.cells, buf_text(&cell));
    }
    grid_print(out, &grid);
    grid_done(&grid);
    buf_done(&cell);
    free(columns.items);
    add_below(out, result);
}
