/* Lists in the order of columns. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "cmd/column.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int sign(int64_t left, int64_t right)
{
    return (left > right) - (left < right);
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Two runs of digits by value, however long; both pointers go behind them. */
static int compare_digits(const char **left, const char **right)
{
    const char *const a = *left + strspn(*left, "0");
    const char *const b = *right + strspn(*right, "0");
    const size_t a_length = strspn(a, "0123456789");
    const size_t b_length = strspn(b, "0123456789");

    *left = a + a_length;
    *right = b + b_length;
    if (a_length != b_length)
        return a_length < b_length ? -1 : 1;
    return strncmp(a, b, a_length);
}

static int compare_texts(const char *left, const char *right)
{
    while (*left && *right) {
        int order;

        if (is_digit(*left) && is_digit(*right)) {
            order = compare_digits(&left, &right);
        } else {
            order = sign((unsigned char)small(*left), (unsigned char)small(*right));
            left++;
            right++;
        }
        if (order)
            return order;
    }
    return sign(*left != '\0', *right != '\0');
}

/* Of members that are there. */
static int compare_slots(const struct row *row, const void *left, const void *right)
{
    switch (row->kind) {
    case KIND_TEXT:
        return compare_texts(*(char *const *)left, *(char *const *)right);
    case KIND_BOOL:
        return sign(((const struct opt_bool *)left)->value,
                    ((const struct opt_bool *)right)->value);
    case KIND_INT:
        return sign(((const struct opt_int *)left)->value, ((const struct opt_int *)right)->value);
    case KIND_TIME:
        return sign(((const struct opt_time *)left)->value,
                    ((const struct opt_time *)right)->value);
    case KIND_CHOICE:
        return compare_texts(choice_word(row->choices, *(const unsigned *)left),
                             choice_word(row->choices, *(const unsigned *)right));
    case KIND_TEXTS:
    case KIND_LIST:
        return sign((int64_t)list_count(left), (int64_t)list_count(right));
    case KIND_TAGS:
        return sign((int64_t)((const struct tags *)left)->count,
                    (int64_t)((const struct tags *)right)->count);
    case KIND_OBJECT:
        break;
    }
    return 0;
}

static int compare_by(const struct column *column, const void *left, const void *right)
{
    const struct row *const row = column->row;
    const void *const a = (const char *)left + column->offset;
    const void *const b = (const char *)right + column->offset;
    const bool has_left = row_present(row, a);
    const bool has_right = row_present(row, b);
    int order;

    if (!has_left || !has_right)
        return sign(has_right, has_left);
    if (column->brief && row->kind == KIND_INT) {
        const struct opt_int left_sum = column_sum(column, left);
        const struct opt_int right_sum = column_sum(column, right);

        order = sign(left_sum.value, right_sum.value);
    } else {
        order = compare_slots(row, row_value(row, a), row_value(row, b));
    }
    /* The younger has the smaller age. */
    if (column->brief && row->kind == KIND_TIME)
        order = -order;
    return column->descends ? -order : order;
}

struct sorting {
    const struct columns *columns;
    const void *item;
    size_t index;
};

static int compare(const void *left, const void *right)
{
    const struct sorting *const a = left;
    const struct sorting *const b = right;

    for (size_t i = 0; i < a->columns->count; i++) {
        const int order = compare_by(&a->columns->items[i], a->item, b->item);

        if (order)
            return order;
    }
    return a->index < b->index ? -1 : 1;
}

void columns_sort(const struct columns *columns, const struct shape *shape, void *list)
{
    const size_t count = list_count(list);
    struct sorting *const sorting = mem_new(count, sizeof *sorting);
    char *const copy = mem_new(count, shape->size);

    for (size_t i = 0; i < count; i++)
        sorting[i] = (struct sorting){columns, list_item(list, shape, i), i};
    if (count > 1)
        qsort(sorting, count, sizeof *sorting, compare);
    for (size_t i = 0; i < count; i++)
        memcpy(copy + i * shape->size, sorting[i].item, shape->size);
    if (count > 0)
        memcpy(list_item(list, shape, 0), copy, count * shape->size);
    free(copy);
    free(sorting);
}
