/* Results as tab-separated lines, as the Azure CLI prints them. */
#include "cmd/render.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int compare_keys(const void *left, const void *right)
{
    const struct row *const *const a = left;
    const struct row *const *const b = right;

    return strcmp((*a)->key, (*b)->key);
}

/* The shown rows in order of their keys; *ret_count of them, to be released with free. */
static const struct row **sorted_rows(const struct shape *shape, size_t *ret_count)
{
    const struct row **const rows = mem_new(shape->count, sizeof *rows);
    size_t count = 0;

    for (size_t i = 0; i < shape->count; i++) {
        if (!(shape->rows[i].rules & ROW_HIDDEN))
            rows[count++] = &shape->rows[i];
    }
    qsort(rows, count, sizeof *rows, compare_keys);
    *ret_count = count;
    return rows;
}

static void add_field(struct buf *out, const struct row *row, const void *value)
{
    switch (row->kind) {
    case KIND_TEXTS:
    case KIND_LIST:
        buf_printf(out, "%zu", list_count(row_value(row, value)));
        break;
    case KIND_TAGS:
    case KIND_OBJECT:
        break;
    case KIND_TEXT:
    case KIND_BOOL:
    case KIND_INT:
    case KIND_TIME:
    case KIND_CHOICE:
        if (row_present(row, value))
            render_add_scalar(out, row, value);
        else
            buf_add_text(out, "None");
        break;
    }
}

void render_tsv(struct buf *out, const struct result *result)
{
    size_t count;
    const struct row **const rows = sorted_rows(result->shape, &count);

    for (size_t i = 0; i < result_count(result); i++) {
        for (size_t r = 0; r < count; r++) {
            if (r > 0)
                buf_add_char(out, '\t');
            add_field(out, rows[r], result_item(result, i));
        }
        buf_add_char(out, '\n');
    }
    free(rows);
}
