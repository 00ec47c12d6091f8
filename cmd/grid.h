/* grid.h: text in columns. */
#ifndef CMD_GRID_H
#define CMD_GRID_H

#include "base/buf.h"
#include "base/vec.h"

/* Cells row by row; those of the first row are the titles. */
struct grid {
    size_t columns; /* at least 1 */
    struct texts cells;
};

/* Release the cells. */
void grid_done(struct grid *grid);

/* Append it: titles, dashes, the other rows. Columns are as wide as they need; no line ends in
 * blanks. Cells are printed as they are: see text_add_inert. */
void grid_print(struct buf *out, const struct grid *grid);

#endif
