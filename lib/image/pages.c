#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "image/kind.h"

enum { PAGE_SIZE = 1 << 16, PAGES_KEPT = 16 };

struct page {
    uint64_t number; /* plus one; 0: holds nothing */
    uint64_t used;   /* when last */
    uint8_t *bytes;  /* made at first use */
};

struct pages {
    const struct source *source;
    uint64_t clock;
    struct page items[PAGES_KEPT];
};

struct pages *pages_new(const struct source *source)
{
    struct pages *pages = mem_new(1, sizeof *pages);

    pages->source = source;
    return pages;
}

void pages_free(struct pages *pages)
{
    if (!pages)
        return;
    for (size_t i = 0; i < PAGES_KEPT; i++)
        free(pages->items[i].bytes);
    free(pages);
}

/* The place that holds the page, or the one that was not used for longest. */
static struct page *pages_place(struct pages *pages, uint64_t number)
{
    struct page *oldest = &pages->items[0];

    for (size_t i = 0; i < PAGES_KEPT; i++) {
        struct page *page = &pages->items[i];

        if (page->number == number + 1)
            return page;
        if (page->used < oldest->used)
            oldest = page;
    }
    return oldest;
}

static int pages_load(struct pages *pages, struct page *page, uint64_t number, struct err *err)
{
    const uint64_t start = number * PAGE_SIZE;
    const uint64_t size = pages->source->info.size;
    int rc;

    if (!page->bytes)
        page->bytes = mem_new(PAGE_SIZE, 1);
    page->number = 0;
    rc = source_file_read(pages->source, page->bytes,
                          (size_t)number_smaller(PAGE_SIZE, size - start), start, err);
    if (rc == 0)
        page->number = number + 1;
    return rc;
}

int pages_read(struct pages *pages, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    const uint64_t size = pages->source->info.size;
    uint8_t *out = bytes;

    if (length > size || offset > size - length)
        return source_file_read(pages->source, bytes, length, offset, err);
    while (length > 0) {
        const uint64_t number = offset / PAGE_SIZE;
        const size_t from = (size_t)(offset % PAGE_SIZE);
        const size_t part = length < PAGE_SIZE - from ? length : PAGE_SIZE - from;
        struct page *page = pages_place(pages, number);

        if (page->number != number + 1) {
            const int rc = pages_load(pages, page, number, err);

            if (rc < 0)
                return rc;
        }
        page->used = ++pages->clock;
        memcpy(out, page->bytes + from, part);
        out += part;
        offset += part;
        length -= part;
    }
    return 0;
}
