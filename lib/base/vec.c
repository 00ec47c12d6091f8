#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

void *vec_grow(void *items, size_t count, size_t size)
{
    if ((count & (count - 1)) == 0)
        items = mem_resize(items, count ? 2 * count : 1, size);
    memset((char *)items + count * size, 0, size);
    return items;
}

void texts_done(struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        free(texts->items[i]);
    free(texts->items);
    *texts = (struct texts){0};
}

void texts_add(struct texts *texts, const char *text)
{
    *VEC_ADD(texts) = text_copy(text);
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

void texts_sort(struct texts *texts)
{
    if (texts->count)
        qsort(texts->items, texts->count, sizeof *texts->items, compare);
}
