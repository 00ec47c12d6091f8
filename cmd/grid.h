/* grid.h: text in columns. */
#ifndef CMD_GRID_H
#define CMD_GRID_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"

/* What is in a column. */
enum grid_kind {
    GRID_WORDS,  /* the first to be cut */
    GRID_NAME,   /* names, instants: the last */
    GRID_NUMBER, /* never: a part of one is another one */
    GRID_STATE,  /* as names, and coloured by how good it is */
    GRID_MARK,   /* never; "2/2 ok", coloured by the mark at its end: ok .. ? ! */
};

/* Cells row by row; those of the first row are the titles. */
struct grid {
    size_t columns; /* at least 1 */
    struct texts cells;
    const enum grid_kind *kinds; /* one a column, or NULL: all are words */
    size_t width;                /* what lines shall fit; 0: as wide as they are */
    bool colour;
};

/* Release the cells. */
void grid_done(struct grid *grid);

/* Append it: titles, dashes, the other rows; no line ends in blanks. Columns are as wide as they
 * need. Where that is wider than the grid may be, the widest are cut: titles that are wider than
 * all below them first, words next, names last, numbers never. Each keeps a few columns, so that
 * very many of them do not fit all the same. Cells are printed as they are: see text_add_inert. */
void grid_print(struct buf *out, const struct grid *grid);

/* Whether a word is the state of something: "Succeeded", "Failed". */
bool grid_is_state(const char *word);

#endif
