#include "cmd/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Two blanks are between columns. */
enum { GAP = 2 };

/* Few words say less in 8 columns, and nothing in less than 4. */
enum { LEAST_CELL = 8, LEAST = 4 };

#define BOLD   "\033[1m"
#define RED    "\033[31m"
#define GREEN  "\033[32m"
#define YELLOW "\033[33m"
#define PLAIN  "\033[0m"

void grid_done(struct grid *grid)
{
    texts_done(&grid->cells);
    *grid = (struct grid){0};
}

/* --- widths --- */

/* The largest width in each column from the row on, to be released with free. */
static size_t *widths_from(const struct grid *grid, size_t row)
{
    size_t *const widths = mem_new(grid->columns, sizeof *widths);

    for (size_t i = row * grid->columns; i < grid->cells.count; i++) {
        size_t *const width = &widths[i % grid->columns];
        const size_t own = text_width(grid->cells.items[i]);

        *width = own > *width ? own : *width;
    }
    return widths;
}

static size_t whole_width(const struct grid *grid, const size_t *widths)
{
    size_t total = (grid->columns - 1) * GAP;

    for (size_t c = 0; c < grid->columns; c++)
        total += widths[c];
    return total;
}

/* Cut the widest column that may be cut by one, until the lines fit or none may any more. */
static void shrink(const struct grid *grid, size_t *widths, const size_t *least)
{
    for (size_t total = whole_width(grid, widths); total > grid->width; total--) {
        size_t *widest = NULL;

        for (size_t c = 0; c < grid->columns; c++) {
            if (widths[c] > least[c] && (!widest || widths[c] > *widest))
                widest = &widths[c];
        }
        if (!widest)
            return;
        --*widest;
    }
}

static enum grid_kind kind_of(const struct grid *grid, size_t column)
{
    return grid->kinds ? grid->kinds[column] : GRID_WORDS;
}

/* Whether a part of what is in the column would say something else. */
static bool is_whole(const struct grid *grid, size_t column)
{
    return kind_of(grid, column) == GRID_NUMBER || kind_of(grid, column) == GRID_MARK;
}

static void fit(const struct grid *grid, size_t *widths)
{
    size_t *const least = widths_from(grid, 1);

    for (size_t c = 0; c < grid->columns; c++)
        least[c] = least[c] < LEAST ? LEAST : least[c];
    shrink(grid, widths, least);
    for (size_t c = 0; c < grid->columns; c++)
        least[c] = kind_of(grid, c) == GRID_WORDS ? LEAST_CELL : widths[c];
    shrink(grid, widths, least);
    for (size_t round = 0; round < 2; round++) {
        for (size_t c = 0; c < grid->columns; c++)
            least[c] = is_whole(grid, c) ? widths[c] : round ? LEAST : LEAST_CELL;
        shrink(grid, widths, least);
    }
    free(least);
}

/* --- lines --- */

static const char *colour_of_state(const char *word)
{
    static const struct {
        const char *word, *colour;
    } states[] = {
        {"Succeeded", GREEN},  {"Completed", GREEN},    {"Enabled", GREEN},
        {"Creating", YELLOW},  {"Updating", YELLOW},    {"Deleting", YELLOW},
        {"Migrating", YELLOW}, {"Replicating", YELLOW}, {"InProgress", YELLOW},
        {"Unknown", YELLOW},   {"warning", YELLOW},     {"Failed", RED},
        {"Canceled", RED},     {"error", RED},
    };

    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(word, states[i].word) == 0)
            return states[i].colour;
    }
    return NULL;
}

bool grid_is_state(const char *word)
{
    return colour_of_state(word) != NULL;
}

static const char *colour_of_mark(const char *cell)
{
    const char *const blank = strrchr(cell, ' ');

    if (!blank)
        return NULL;
    if (strcmp(blank, " ok") == 0)
        return GREEN;
    if (strcmp(blank, " ..") == 0)
        return YELLOW;
    return strcmp(blank, " ?") == 0 || strcmp(blank, " !") == 0 ? RED : NULL;
}

static void add_repeated(struct buf *out, char c, size_t count)
{
    for (; count > 0; count--)
        buf_add_char(out, c);
}

static void add_cell(struct buf *out, const struct grid *grid, size_t index, size_t width)
{
    const char *const cell = grid->cells.items[index];
    const char *colour = NULL;

    if (grid->colour && index < grid->columns)
        colour = BOLD;
    else if (grid->colour && kind_of(grid, index % grid->columns) == GRID_STATE)
        colour = colour_of_state(cell);
    else if (grid->colour && kind_of(grid, index % grid->columns) == GRID_MARK)
        colour = colour_of_mark(cell);
    if (colour)
        buf_add_text(out, colour);
    text_add_cut(out, cell, width);
    if (colour)
        buf_add_text(out, PLAIN);
}

/* What is padded is the next cell's place: no line ends in blanks. */
static void add_line(struct buf *out, const struct grid *grid, const size_t *widths, size_t first)
{
    size_t pending = 0;

    for (size_t c = 0; c < grid->columns; c++) {
        const size_t own = text_width(grid->cells.items[first + c]);

        if (own > 0) {
            add_repeated(out, ' ', pending);
            pending = 0;
            add_cell(out, grid, first + c, widths[c]);
        }
        pending += GAP + (own < widths[c] ? widths[c] - own : 0);
    }
    buf_add_char(out, '\n');
}

static void add_dashes(struct buf *out, const struct grid *grid, const size_t *widths)
{
    for (size_t c = 0; c < grid->columns; c++) {
        add_repeated(out, ' ', c > 0 ? GAP : 0);
        add_repeated(out, '-', widths[c]);
    }
    buf_add_char(out, '\n');
}

void grid_print(struct buf *out, const struct grid *grid)
{
    size_t *const widths = widths_from(grid, 0);

    if (grid->width > 0)
        fit(grid, widths);
    for (size_t first = 0; first + grid->columns <= grid->cells.count; first += grid->columns) {
        add_line(out, grid, widths, first);
        if (first == 0)
            add_dashes(out, grid, widths);
    }
    free(widths);
}
