/* Results as a table. */
#include "cmd/render.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"

/* A shown row, maybe of an object inside the value. */
struct column {
    const struct row *row;
    size_t offset; /* of the struct that the row is of, in the value */
    size_t width;
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

static void add_title(struct buf *out, const struct row *row)
{
    const char *const title = row->column ? row->column : row->key;
    const char first = title[0];

    buf_add_char(out, first >= 'a' && first <= 'z' ? (char)(first - 'a' + 'A') : first);
    buf_add_text(out, title + 1);
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

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void measure(struct columns *columns, const struct result *result)
{
    struct buf cell = {0};

    for (size_t c = 0; c < columns->count; c++) {
        struct column *const column = &columns->items[c];

        buf_clear(&cell);
        add_title(&cell, column->row);
        column->width = text_width(buf_text(&cell));
        for (size_t i = 0; i < result_count(result); i++) {
            buf_clear(&cell);
            add_cell(&cell, column, result_item(result, i));
            column->width = larger(column->width, text_width(buf_text(&cell)));
        }
    }
    buf_done(&cell);
}

/* What is padded is the next cell's place: no line ends in blanks. */
static void add_padded(struct buf *out, const char *text, size_t *pending, size_t width)
{
    const size_t own = text_width(text);

    if (own > 0) {
        for (; *pending > 0; --*pending)
            buf_add_char(out, ' ');
        buf_add_text(out, text);
    }
    *pending += width - own + 2;
}

static void add_line(struct buf *out, const struct columns *columns, const void *value)
{
    struct buf cell = {0};
    size_t pending = 0;

    for (size_t c = 0; c < columns->count; c++) {
        buf_clear(&cell);
        if (value)
            add_cell(&cell, &columns->items[c], value);
        else
            add_title(&cell, columns->items[c].row);
        add_padded(out, buf_text(&cell), &pending, columns->items[c].width);
    }
    buf_add_char(out, '\n');
    buf_done(&cell);
}

static void add_dashes(struct buf *out, const struct columns *columns)
{
    for (size_t c = 0; c < columns->count; c++) {
        if (c > 0)
            buf_add_text(out, "  ");
        for (size_t i = 0; i < columns->items[c].width; i++)
            buf_add_char(out, '-');
    }
    buf_add_char(out, '\n');
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

    if (result_count(result) == 0)
        return;
    find_columns(&columns, result->shape, 0);
    measure(&columns, result);
    add_line(out, &columns, NULL);
    add_dashes(out, &columns);
    for (size_t i = 0; i < result_count(result); i++)
        add_line(out, &columns, result_item(result, i));
    free(columns.items);
    add_below(out, result);
}
