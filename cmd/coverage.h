/* coverage.h: coverage, for people: as a table and as a page. */
#ifndef CMD_COVERAGE_H
#define CMD_COVERAGE_H

#include "base/buf.h"
#include "cmd/render.h"
#include "gallery.h"

/* How a state is marked beside its counts: "ok", "..", "?", "!". */
const char *coverage_mark(unsigned state);
/* What the mark says: "intact", "to be copied". */
const char *coverage_meaning(unsigned state);

/* One reason why copies are not intact, and how many versions have it. */
struct coverage_trouble {
    const struct coverage_region *region; /* one that has it, borrowed */
    size_t versions;
};

struct coverage_troubles {
    struct coverage_trouble *items;
    size_t count;
};

/* Each reason once, the worst first, else by region. Items to be released with free. */
void coverage_troubles(const struct coverage *coverage, struct coverage_troubles *ret);

/* One row a version, one column a region: those that do not fit beside each other stand below.
 * Under it what the marks mean, and why copies are not intact. `result` is a struct coverage. */
void coverage_add_table(struct buf *out, const struct look *look, const void *result);

/* The part of the page about storage: what is stored in each region, beside what plain copies take.
 */
void coverage_add_chart(struct buf *out, const struct coverage *coverage);

/* One HTML page that needs nothing else. */
void coverage_add_page(struct buf *out, const struct coverage *coverage);

#endif
