/* Results as a table. */
#include "cmd/render.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "cmd/grid.h"

/* Of a single value: its lists that are wanted there, if there is something in them. */
static void add_below(struct buf *out, const struct look *look, const struct result *result)
{
    struct look all = *look;

    all.columns = NULL;
    for (size_t i = 0; !result->listed && i < result->shape->count; i++) {
        const struct row *const row = &result->shape->rows[i];
        const struct result list = {
            .shape = row->shape, .value = row_value(row, result->value), .listed = true};

        if (!(row->rules & ROW_BELOW) || result_count(&list) == 0)
            continue;
        buf_add_char(out, '\n');
        render_table(out, &all, &list);
    }
}

static enum grid_kind kind_of(const struct row *row)
{
    switch (row->kind) {
    case KIND_CHOICE:
        return GRID_STATE;
    case KIND_INT:
        return GRID_NUMBER;
    case KIND_BOOL:
    case KIND_TIME:
        return GRID_NAME;
    case KIND_TEXT:
        return strcmp(row->key, "name") == 0 ? GRID_NAME : GRID_WORDS;
    case KIND_TEXTS:
    case KIND_TAGS:
    case KIND_OBJECT:
    case KIND_LIST:
        break;
    }
    return GRID_WORDS;
}

static void add_grid(struct buf *out, const struct look *look, const struct result *result,
                     const struct columns *columns)
{
    enum grid_kind *const kinds = mem_new(columns->count, sizeof *kinds);
    struct grid grid = {
        .columns = columns->count, .kinds = kinds, .width = look->width, .colour = look->colour};
    struct buf cell = {0};

    for (size_t c = 0; c < columns->count; c++) {
        buf_clear(&cell);
        column_add_title(&cell, &columns->items[c]);
        texts_add(&grid.cells, buf_text(&cell));
        kinds[c] = kind_of(columns->items[c].row);
    }
    for (size_t i = 0; i < result_count(result) * columns->count; i++) {
        buf_clear(&cell);
        column_add_cell(&cell, &columns->items[i % columns->count],
                        result_item(result, i / columns->count), look->now);
        texts_add(&grid.cells, buf_text(&cell));
    }
    grid_print(out, &grid);
    grid_done(&grid);
    buf_done(&cell);
    free(kinds);
}

void render_table(struct buf *out, const struct look *look, const struct result *result)
{
    struct columns usual = {0};

    if (result_count(result) == 0)
        return;
    if (!look->columns)
        columns_find(&usual, result->shape);
    add_grid(out, look, result, look->columns ? look->columns : &usual);
    columns_done(&usual);
    add_below(out, look, result);
}
