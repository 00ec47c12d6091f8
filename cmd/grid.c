#include "cmd/grid.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

void grid_done(struct grid *grid)
{
    texts_done(&grid->cells);
    *grid = (struct grid){0};
}

/* The width of each column, to be released with free. */
static size_t *widths_of(const struct grid *grid)
{
    size_t *const widths = mem_new(grid->columns, sizeof *widths);

    for (size_t i = 0; i < grid->cells.count; i++) {
        size_t *const width = &widths[i % grid->columns];
        const size_t own = text_width(grid->cells.items[i]);

        *width = own > *width ? own : *width;
    }
    return widths;
}

static void add_repeated(struct buf *out, char c, size_t count)
{
    for (; count > 0; count--)
        buf_add_char(out, c);
}

/* What is padded is the next cell's place: no line ends in blanks. */
static void add_line(struct buf *out, const struct grid *grid, const size_t *widths, size_t first)
{
    size_t pending = 0;

    for (size_t c = 0; c < grid->columns; c++) {
        const char *const cell = grid->cells.items[first + c];
        const size_t own = text_width(cell);

        if (own > 0) {
            add_repeated(out, ' ', pending);
            pending = 0;
            buf_add_text(out, cell);
        }
        pending += widths[c] - own + 2;
    }
    buf_add_char(out, '\n');
}

static void add_dashes(struct buf *out, const struct grid *grid, const size_t *widths)
{
    for (size_t c = 0; c < grid->columns; c++) {
        add_repeated(out, ' ', c > 0 ? 2 : 0);
        add_repeated(out, '-', widths[c]);
    }
    buf_add_char(out, '\n');
}

void grid_print(struct buf *out, const struct grid *grid)
{
    size_t *const widths = widths_of(grid);

    for (size_t first = 0; first + grid->columns <= grid->cells.count; first += grid->columns) {
        add_line(out, grid, widths, first);
        if (first == 0)
            add_dashes(out, grid, widths);
    }
    free(widths);
}
