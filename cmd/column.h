/* column.h: parts of a result by name: what a table shows, what a list is sorted by.
 *
 * A name is the JSON path of a member ("publishingProfile.publishedDate"), its key alone
 * ("publishedDate"), the title of its column, or the short word of its row ("age"): in any case,
 * the first of these that fits; of equal keys the one that lies least deep. What is named by its
 * short word is shown in short: an instant as how long ago it was, bytes of all disks together as a
 * size.
 */
#ifndef CMD_COLUMN_H
#define CMD_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/shape.h"

struct column {
    const struct row *row;
    size_t offset;             /* of the struct that the row is of, in the value */
    const struct shape *shape; /* of the value */
    bool brief;                /* named by its short word */
    bool descends;             /* to sort by it: the largest first */
};

struct columns {
    struct column *items;
    size_t count;
};

void columns_done(struct columns *columns);

/* Those that a table of the shape has when nobody says: its ROW_COLUMN rows. */
void columns_find(struct columns *columns, const struct shape *shape);

/* Read names between commas, in front of which '-' may stand when `sorted`. E_USAGE: there is no
 * such column; the hint names the nearest and the usual ones. */
int columns_parse(const char *text, bool sorted, const struct shape *shape, struct columns *ret,
                  struct err *err);

/* The title, appended. */
void column_add_title(struct buf *out, const struct column *column);

/* What it shows of a value, inert; `now` in seconds since the epoch. */
void column_add_cell(struct buf *out, const struct column *column, const void *value, int64_t now);

/* The bytes that a short word of sizes stands for. */
struct opt_int column_sum(const struct column *column, const void *value);

/* Put a list { T *items; size_t count; } of the shape in the order of the columns; elements that
 * are equal there keep theirs. Texts by number where they have digits ("1.9.0" before "1.10.0"),
 * without case; lists by how many elements they have; what is absent comes last, either way. */
void columns_sort(const struct columns *columns, const struct shape *shape, void *list);

#endif
