/* paging.h: --max-items and --next-token of the verbs that list. */
#ifndef CMD_PAGING_H
#define CMD_PAGING_H

#include "cmd/command.h"

extern const struct shape page_shape;

/* A paragraph for those verbs. */
#define ABOUT_PAGES                                                                                \
    "With --max-items a note on standard error has the flag for the next page when there is one. " \
    "A page begins behind a name, so what is made or deleted meanwhile moves nothing from one "    \
    "page to another."

/* Galleries or image definitions, page by page. */
extern const struct shape list_request_shape;

/* What is asked of the library: one item more than is wanted, so that it shows whether more are
 * left. It borrows. */
struct page paging_ask(const struct page *page);

/* Take that item away again from the list, which may be part of what was asked for, and say how to
 * go on. */
void paging_end(const struct run *run, const struct page *page, const struct shape *shape,
                void *list);
/* The same where another row of the shape names an item. */
void paging_end_at(const struct run *run, const struct page *page, const struct row *row,
                   const struct shape *shape, void *list);

#endif
