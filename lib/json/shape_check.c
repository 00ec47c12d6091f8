/* What a value may be: limits, needed members, keys that stand once. */
#include "json/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static int check_members(const struct shape *shape, const void *value, const struct place *place,
                         const struct pass *pass);

static int limit_text(const struct row *row, const char *text, const struct place *place,
                      const struct pass *pass)
{
    const size_t max = row->kind != KIND_TAGS && row->max ? (size_t)row->max : SHAPE_TEXT_MAX;
    const size_t length = strlen(text);

    if (length > max)
        return place_fault(place, pass, "%zu bytes are more than %zu", length, max);
    /* U+0000 fails here as well: in a tree it is C0 80. */
    if (!text_is_utf8(text, length))
        return place_fault(place, pass, "not valid UTF-8");
    return 0;
}

static int limit_int(const struct row *row, const struct opt_int *slot, const struct place *place,
                     const struct pass *pass)
{
    const long long value = slot->value;

    if (!slot->set || (row->min == 0 && row->max == 0))
        return 0;
    if (slot->value < row->min)
        return place_fault(place, pass, "%lld is below %lld", value, (long long)row->min);
    if (slot->value > row->max)
        return place_fault(place, pass, "%lld is above %lld", value, (long long)row->max);
    return 0;
}

static int limit_choice(const struct row *row, unsigned value, const struct place *place,
                        const struct pass *pass)
{
    if (!value || choice_word(row->choices, value))
        return 0;
    return place_fault(place, pass, "%u is not a known %s", value, row->choices->noun);
}

static int limit_texts(const struct row *row, const struct texts *texts, const struct place *place,
                       const struct pass *pass)
{
    for (size_t i = 0; i < texts->count; i++) {
        const struct place here = {.up = place, .index = i};
        const int rc = limit_text(row, texts->items[i], &here, pass);

        if (rc)
            return rc;
    }
    return 0;
}

/* Order without the case of ASCII letters. */
static int compare_words(const char *left, const char *right)
{
    size_t i = 0;

    for (;; i++) {
        const unsigned char a = (unsigned char)left[i];
        const unsigned char b = (unsigned char)right[i];
        const int x = a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a;
        const int y = b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;

        if (x != y || !x)
            return (x > y) - (x < y);
    }
}

static int compare_tags(const void *left, const void *right)
{
    const struct tag *const *a = left;
    const struct tag *const *b = right;

    return compare_words((*a)->name, (*b)->name);
}

/* Tags lie in any order and may be many, so they are sorted to find a name that stands twice. */
static int refuse_equal_tags(const struct tags *tags, const struct place *place,
                             const struct pass *pass)
{
    const struct tag **sorted = mem_new(tags->count, sizeof *sorted);
    char start[SHOWN_SIZE];
    int rc = 0;

    for (size_t i = 0; i < tags->count; i++)
        sorted[i] = &tags->items[i];
    if (tags->count)
        qsort(sorted, tags->count, sizeof *sorted, compare_tags);
    for (size_t i = 1; i < tags->count && !rc; i++)
        if (compare_tags(&sorted[i - 1], &sorted[i]) == 0)
            rc = place_fault(place, pass, "tag '%s' is given twice", shown(start, sorted[i]->name));
    free(sorted);
    return rc;
}

static int limit_tags(const struct row *row, const struct tags *tags, const struct place *place,
                      const struct pass *pass)
{
    for (size_t i = 0; i < tags->count; i++) {
        const struct tag *tag = &tags->items[i];
        const struct place here = {.up = place, .key = tag->name};
        int rc;

        if (!tag->name[0])
            return place_fault(place, pass, "a tag has no name");
        rc = limit_text(row, tag->name, place, pass);
        if (!rc)
            rc = limit_text(row, tag->value, &here, pass);
        if (rc)
            return rc;
    }
    return refuse_equal_tags(tags, place, pass);
}

int slot_limits(const struct row *row, const void *slot, const struct place *place,
                const struct pass *pass)
{
    const char *text;

    switch (row->kind) {
    case KIND_TEXT:
        text = *(char *const *)slot;
        return text ? limit_text(row, text, place, pass) : 0;
    case KIND_INT:
        return limit_int(row, slot, place, pass);
    case KIND_CHOICE:
        return limit_choice(row, *(const unsigned *)slot, place, pass);
    case KIND_TEXTS:
        return limit_texts(row, slot, place, pass);
    case KIND_TAGS:
        return limit_tags(row, slot, place, pass);
    case KIND_BOOL:
    case KIND_TIME:
    case KIND_OBJECT:
    case KIND_LIST:
        break;
    }
    return 0;
}

/* An element of a list, for sorting. */
struct element {
    const struct shape *shape;
    const void *value;
    size_t index;
};

/* Order of one ROW_KEY member. */
static int compare_slots(const struct row *row, const void *left, const void *right)
{
    if (row->kind == KIND_TEXT)
        return compare_words(*(char *const *)left, *(char *const *)right);
    if (row->kind == KIND_INT) {
        const int64_t a = ((const struct opt_int *)left)->value;
        const int64_t b = ((const struct opt_int *)right)->value;

        return (a > b) - (a < b);
    }
    if (row->kind == KIND_CHOICE) {
        const unsigned a = *(const unsigned *)left;
        const unsigned b = *(const unsigned *)right;

        return (a > b) - (a < b);
    }
    return 0;
}

static int compare_identities(const struct element *left, const struct element *right)
{
    for (size_t i = 0; i < left->shape->count; i++) {
        const struct row *row = &left->shape->rows[i];
        const int order = row->rules & ROW_KEY ? compare_slots(row, row_value(row, left->value),
                                                               row_value(row, right->value))
                                               : 0;

        if (order)
            return order;
    }
    return 0;
}

static int compare_elements(const void *left, const void *right)
{
    const struct element *a = left;
    const struct element *b = right;
    const int order = compare_identities(a, b);

    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* The first ROW_KEY row of the shape whose ROW_KEY members are all present in `value`; else NULL.
 */
static const struct row *identity(const struct shape *shape, const void *value)
{
    const struct row *first = NULL;

    for (size_t i = 0; i < shape->count; i++) {
        const struct row *row = &shape->rows[i];

        if (!(row->rules & ROW_KEY))
            continue;
        if (!row_present(row, value))
            return NULL;
        if (!first)
            first = row;
    }
    return first;
}

static int refuse_element(const struct element *element, const struct place *place,
                          const struct pass *pass)
{
    const struct row *row = identity(element->shape, element->value);
    const struct place up = {.up = place, .index = element->index};
    const struct place here = {.up = &up, .key = row->key};
    const void *slot = row_value(row, element->value);
    char start[SHOWN_SIZE];

    if (row->kind == KIND_INT)
        return place_fault(&here, pass, "%lld is given twice",
                           (long long)((const struct opt_int *)slot)->value);
    return place_fault(&here, pass, "'%s' is given twice",
                       row->kind == KIND_TEXT ? shown(start, *(char *const *)slot)
                                              : choice_word(row->choices, *(const unsigned *)slot));
}

/* Sorted, because comparing each with each takes minutes for a list as long as a text may hold. */
static int refuse_equal_elements(const struct shape *shape, const void *list,
                                 const struct place *place, const struct pass *pass)
{
    const size_t all = list_count(list);
    struct element *elements = mem_new(all, sizeof *elements);
    const struct element *again = NULL;
    size_t count = 0;
    int rc = 0;

    for (size_t i = 0; i < all; i++)
        if (identity(shape, list_item(list, shape, i)))
            elements[count++] = (struct element){shape, list_item(list, shape, i), i};
    if (count)
        qsort(elements, count, sizeof *elements, compare_elements);
    for (size_t i = 1; i < count; i++)
        if (compare_identities(&elements[i - 1], &elements[i]) == 0 &&
            (!again || elements[i].index < again->index))
            again = &elements[i];
    if (again)
        rc = refuse_element(again, place, pass);
    free(elements);
    return rc;
}

static int check_list(const struct shape *shape, const void *list, const struct place *place,
                      const struct pass *pass)
{
    const struct pass whole = {.form = pass->form, .code = pass->code, .err = pass->err};

    for (size_t i = 0; i < list_count(list); i++) {
        const struct place here = {.up = place, .index = i};
        const int rc = check_members(shape, list_item(list, shape, i), &here, &whole);

        if (rc)
            return rc;
    }
    return refuse_equal_elements(shape, list, place, pass);
}

int slot_check(const struct row *row, const void *slot, const struct place *place,
               const struct pass *pass)
{
    int rc = slot_limits(row, slot, place, pass);

    if (rc || !slot_present(row, slot))
        return rc;
    if (row->kind == KIND_OBJECT)
        rc = check_members(row->shape, slot, place, pass);
    if (row->kind == KIND_LIST)
        rc = check_list(row->shape, slot, place, pass);
    if (!rc && row->check && row->check(slot, pass->err))
        rc = place_wrap(place, pass);
    return rc;
}

static bool is_empty(const struct row *row, const void *slot)
{
    return !slot_present(row, slot) || (row->kind == KIND_TEXT && !(*(char *const *)slot)[0]);
}

static int refuse_missing(const struct row *row, const struct place *place, const struct pass *pass)
{
    place_fault(place, pass, "is needed");
    if (row->flag)
        err_hint(pass->err, "give it with %s", row->flag);
    return pass->code;
}

static int check_members(const struct shape *shape, const void *value, const struct place *place,
                         const struct pass *pass)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *row = &shape->rows[i];
        const struct place here = {.up = place, .key = row->key};
        const void *slot = row_value(row, value);
        int rc;

        if (!pass->partial && row->rules & ROW_NEEDED && is_empty(row, slot))
            return refuse_missing(row, &here, pass);
        rc = slot_check(row, slot, &here, pass);
        if (rc)
            return rc;
    }
    if (!pass->partial && shape->check && shape->check(value, pass->err))
        return place_wrap(place, pass);
    return 0;
}

int shape_check(const struct shape *shape, const void *value, struct err *err)
{
    const struct pass pass = {.code = E_INVALID, .err = err};

    return check_members(shape, value, NULL, &pass);
}
