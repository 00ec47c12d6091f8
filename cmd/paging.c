#include "cmd/paging.h"

#include <stdlib.h>

#include "base/text.h"

/* clang-format off */
static const struct row page_rows[] = {
    ROW(struct page, max_items, "maxItems", .flag = "--max-items", .metavar = "N",
        .min = 1, .max = INT32_MAX,
        .about = "Print at most so many; a note says how to go on when there are more"),
    ROW(struct page, next_token, "nextToken", .flag = "--next-token", .metavar = "NAME",
        .about = "Begin behind the item of that name, the last of the page before"),
};

const struct shape page_shape = SHAPE(struct page, "page", page_rows, NULL);

static const struct row list_rows[] = {
    ROW_OBJECT(struct list_request, ref, "reference", &reference_shape,
               .about = "What it is about"),
    ROW_OBJECT(struct list_request, page, "page", &page_shape,
               .about = "Which part of it"),
};
/* clang-format on */

const struct shape list_request_shape = SHAPE(struct list_request, "request", list_rows, NULL);

struct page paging_ask(const struct page *page)
{
    struct page asked = *page;

    asked.max_items.value++;
    return asked;
}

void paging_end(const struct run *run, const struct page *page, const struct shape *shape,
                void *list)
{
    paging_end_at(run, page, shape_row(shape, "name"), shape, list);
}

void paging_end_at(const struct run *run, const struct page *page, const struct row *row,
                   const struct shape *shape, void *list)
{
    const size_t wanted = page->max_items.set ? (size_t)page->max_items.value : 0;
    char *const *name;
    char *notice;

    if (wanted == 0 || list_count(list) <= wanted)
        return;
    list_cut(list, shape, wanted);
    name = row_value(row, list_item(list, shape, wanted - 1));
    notice = text_printf("more are left: --next-token %s goes on", *name);
    run->context->notice(run->context->user, notice);
    free(notice);
}
