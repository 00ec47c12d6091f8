/* vec.h: lists, the same everywhere: a struct of `items` and `count`, all-zero when empty.
 *
 * There is no capacity member: a list grows when its count is 0 or a power of two.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

/* Append a zeroed item to a list { T *items; size_t count; } and give its address (T *). */
#define VEC_ADD(list)                                                                              \
    ((list)->items = vec_grow((list)->items, (list)->count, sizeof *(list)->items),                \
     &(list)->items[(list)->count++])

/* Room for one more item behind `count` of them, that item zeroed. Returns the items' address,
 * maybe a new one. */
void *vec_grow(void *items, size_t count, size_t size);

/* A list of strings, each owned by the list. */
struct texts {
    char **items;
    size_t count;
};

/* Release the strings and the list. */
void texts_done(struct texts *texts);
/* Append a copy. */
void texts_add(struct texts *texts, const char *text);

/* Byte-wise order. */
void texts_sort(struct texts *texts);

#endif
