#include "json/shape.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "json/room.h"

/* A list without its type. Its members are copied in and out, since the real struct has another
 * type. */
struct list {
    void *items;
    size_t count;
};

static struct list list_load(const void *list)
{
    struct list loaded;

    memcpy(&loaded.items, list, sizeof loaded.items);
    memcpy(&loaded.count, (const char *)list + sizeof loaded.items, sizeof loaded.count);
    return loaded;
}

static void list_store(void *list, struct list loaded)
{
    memcpy(list, &loaded.items, sizeof loaded.items);
    memcpy((char *)list + sizeof loaded.items, &loaded.count, sizeof loaded.count);
}

size_t list_count(const void *list)
{
    return list_load(list).count;
}

void *list_item(const void *list, const struct shape *shape, size_t index)
{
    return (char *)list_load(list).items + index * shape->size;
}

void *list_add(void *list, const struct shape *shape)
{
    struct list grown = list_load(list);

    grown.items = vec_grow(grown.items, grown.count, shape->size);
    grown.count++;
    list_store(list, grown);
    return list_item(list, shape, grown.count - 1);
}

void list_clear(void *list)
{
    list_store(list, (struct list){.items = mem_new(1, 1)});
}

const struct row *shape_row(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->count; i++)
        if (strcmp(shape->rows[i].key, key) == 0)
            return &shape->rows[i];
    return NULL;
}

void *row_slot(const struct row *row, void *value)
{
    return (char *)value + row->offset;
}

const void *row_value(const struct row *row, const void *value)
{
    return (const char *)value + row->offset;
}

bool row_present(const struct row *row, const void *value)
{
    return slot_present(row, row_value(row, value));
}

static bool any_present(const struct shape *shape, const void *value)
{
    for (size_t i = 0; i < shape->count; i++)
        if (row_present(&shape->rows[i], value))
            return true;
    return false;
}

bool slot_present(const struct row *row, const void *slot)
{
    switch (row->kind) {
    case KIND_TEXT:
        return *(char *const *)slot != NULL;
    case KIND_BOOL:
        return ((const struct opt_bool *)slot)->set;
    case KIND_INT:
        return ((const struct opt_int *)slot)->set;
    case KIND_TIME:
        return ((const struct opt_time *)slot)->set;
    case KIND_CHOICE:
        return *(const unsigned *)slot != 0;
    case KIND_TEXTS:
        return ((const struct texts *)slot)->count != 0;
    case KIND_TAGS:
        return ((const struct tags *)slot)->set;
    case KIND_OBJECT:
        return any_present(row->shape, slot);
    case KIND_LIST:
        return list_count(slot) != 0 || (row->rules & ROW_ALWAYS);
    }
    return false;
}

bool slot_clears(const struct row *row, const void *slot)
{
    const struct texts *const texts = slot;
    const struct opt_int *const number = slot;
    const struct opt_time *const time = slot;

    if (!(row->rules & ROW_CLEARS))
        return false;
    if (row->kind == KIND_TEXTS)
        return texts->count == 1 && !texts->items[0][0];
    if (row->kind == KIND_TIME)
        return !time->set && time->value == OPT_CLEARED;
    if (row->kind == KIND_LIST)
        return list_load(slot).items && list_count(slot) == 0;
    return row->kind == KIND_INT && !number->set && number->value == OPT_CLEARED;
}

void tags_done(struct tags *tags)
{
    for (size_t i = 0; i < tags->count; i++) {
        free(tags->items[i].name);
        free(tags->items[i].value);
    }
    free(tags->items);
    *tags = (struct tags){0};
}

void list_cut(void *list, const struct shape *shape, size_t count)
{
    struct list cut = list_load(list);

    for (; cut.count > count; cut.count--)
        shape_done(shape, list_item(list, shape, cut.count - 1));
    list_store(list, cut);
}

void list_done(void *list, const struct shape *shape)
{
    const struct list old = list_load(list);

    for (size_t i = 0; i < old.count; i++)
        shape_done(shape, list_item(list, shape, i));
    free(old.items);
    list_store(list, (struct list){0});
}

void slot_done(const struct row *row, void *slot)
{
    switch (row->kind) {
    case KIND_TEXT:
        text_replace(slot, NULL);
        break;
    case KIND_TEXTS:
        texts_done(slot);
        break;
    case KIND_TAGS:
        tags_done(slot);
        break;
    case KIND_OBJECT:
        shape_done(row->shape, slot);
        break;
    case KIND_LIST:
        list_done(slot, row->shape);
        break;
    case KIND_BOOL:
    case KIND_INT:
    case KIND_TIME:
    case KIND_CHOICE:
        memset(slot, 0, row->size);
        break;
    }
}

void shape_done(const struct shape *shape, void *value)
{
    for (size_t i = 0; i < shape->count; i++)
        slot_done(&shape->rows[i], row_slot(&shape->rows[i], value));
}

void tags_copy(struct tags *to, const struct tags *from)
{
    to->set = from->set;
    for (size_t i = 0; i < from->count; i++)
        *VEC_ADD(to) = (struct tag){.name = text_copy(from->items[i].name),
                                    .value = text_copy(from->items[i].value)};
}

/* Copy into an absent member. */
static void slot_copy(const struct row *row, void *to, const void *from)
{
    switch (row->kind) {
    case KIND_TEXT:
        text_replace(to, *(char *const *)from);
        break;
    case KIND_TEXTS:
        for (size_t i = 0; i < ((const struct texts *)from)->count; i++)
            texts_add(to, ((const struct texts *)from)->items[i]);
        break;
    case KIND_TAGS:
        tags_copy(to, from);
        break;
    case KIND_OBJECT:
        shape_copy(row->shape, to, from);
        break;
    case KIND_LIST:
        if (slot_clears(row, from))
            list_clear(to);
        for (size_t i = 0; i < list_count(from); i++)
            shape_copy(row->shape, list_add(to, row->shape), list_item(from, row->shape, i));
        break;
    case KIND_BOOL:
    case KIND_INT:
    case KIND_TIME:
    case KIND_CHOICE:
        memcpy(to, from, row->size);
        break;
    }
}

void shape_copy(const struct shape *shape, void *to, const void *from)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *row = &shape->rows[i];

        slot_copy(row, row_slot(row, to), row_value(row, from));
    }
}

void shape_take(const struct shape *shape, void *to, const struct shape *other, const void *from)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i], *const found = shape_row(other, row->key);

        if (found && found->kind == row->kind && found->shape == row->shape)
            slot_copy(row, row_slot(row, to), row_value(found, from));
    }
}

static const char *text_or_empty(const void *slot)
{
    const char *text = *(char *const *)slot;

    return text ? text : "";
}

static bool texts_equal(const struct texts *left, const struct texts *right)
{
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (strcmp(left->items[i], right->items[i]) != 0)
            return false;
    return true;
}

static bool tags_equal(const struct tags *left, const struct tags *right)
{
    if (left->set != right->set || left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (strcmp(left->items[i].name, right->items[i].name) != 0 ||
            strcmp(left->items[i].value, right->items[i].value) != 0)
            return false;
    return true;
}

static bool lists_equal(const struct shape *shape, const void *left, const void *right)
{
    const size_t count = list_count(left);

    if (count != list_count(right))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!shape_equal(shape, list_item(left, shape, i), list_item(right, shape, i)))
            return false;
    return true;
}

static bool ints_equal(const struct opt_int *left, const struct opt_int *right)
{
    return left->set == right->set && (!left->set || left->value == right->value);
}

static bool times_equal(const struct opt_time *left, const struct opt_time *right)
{
    return left->set == right->set && (!left->set || left->value == right->value);
}

static bool bools_equal(const struct opt_bool *left, const struct opt_bool *right)
{
    return left->set == right->set && (!left->set || left->value == right->value);
}

static bool slot_equal(const struct row *row, const void *left, const void *right)
{
    switch (row->kind) {
    case KIND_TEXT:
        return strcmp(text_or_empty(left), text_or_empty(right)) == 0;
    case KIND_BOOL:
        return bools_equal(left, right);
    case KIND_INT:
        return ints_equal(left, right);
    case KIND_TIME:
        return times_equal(left, right);
    case KIND_CHOICE:
        return *(const unsigned *)left == *(const unsigned *)right;
    case KIND_TEXTS:
        return texts_equal(left, right);
    case KIND_TAGS:
        return tags_equal(left, right);
    case KIND_OBJECT:
        return shape_equal(row->shape, left, right);
    case KIND_LIST:
        return lists_equal(row->shape, left, right);
    }
    return false;
}

bool shape_equal(const struct shape *shape, const void *left, const void *right)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *row = &shape->rows[i];

        if (!(row->rules & ROW_VIEW) &&
            !slot_equal(row, row_value(row, left), row_value(row, right)))
            return false;
    }
    return true;
}

static bool same_fixed(const struct row *row, const void *old, const void *given)
{
    if (row->kind == KIND_TEXT && row->rules & ROW_KEY)
        return text_same_word(text_or_empty(old), text_or_empty(given));
    return slot_equal(row, old, given);
}

/* A fixed member that was given in another spelling keeps the one it has. */
static bool keeps_spelling(const struct row *row, const void *into, const void *given)
{
    return row->rules & ROW_FIXED && row_present(row, into) &&
           same_fixed(row, row_value(row, into), row_value(row, given));
}

void shape_merge(const struct shape *shape, void *into, const void *given)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *row = &shape->rows[i];

        if (row->kind == KIND_OBJECT) {
            shape_merge(row->shape, row_slot(row, into), row_value(row, given));
        } else if (slot_clears(row, row_value(row, given))) {
            slot_done(row, row_slot(row, into));
        } else if (row_present(row, given) && !keeps_spelling(row, into, given)) {
            slot_done(row, row_slot(row, into));
            slot_copy(row, row_slot(row, into), row_value(row, given));
        }
    }
}

/* What differs: of rows with one of `rules`, or with all in an object that has it. */
struct search {
    unsigned rules;
    bool whole; /* what is absent in the other value differs, too, and so does another spelling */
    struct buf *path;
};

/* `found` when an object around has one of the rules. */
static bool find_difference(const struct shape *shape, const void *old, const void *given,
                            const struct search *search, bool found, const struct place *up)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *row = &shape->rows[i];
        const struct place here = {.up = up, .key = row->key};
        const bool counts = found || row->rules & search->rules;
        const void *old_slot = row_value(row, old);
        const void *given_slot = row_value(row, given);

        if (row->rules & ROW_VIEW)
            continue;
        if (row->kind == KIND_OBJECT) {
            if (find_difference(row->shape, old_slot, given_slot, search, counts, &here))
                return true;
        } else if (counts && (search->whole ? !slot_equal(row, old_slot, given_slot)
                                            : slot_present(row, given_slot) &&
                                                  !same_fixed(row, old_slot, given_slot))) {
            place_add(search->path, &here);
            return true;
        }
    }
    return false;
}

bool shape_fixed_difference(const struct shape *shape, const void *old, const void *given,
                            struct buf *path)
{
    const struct search search = {.rules = ROW_FIXED, .path = path};

    return find_difference(shape, old, given, &search, false, NULL);
}

bool shape_kept_difference(const struct shape *shape, const void *old, const void *changed,
                           struct buf *path)
{
    const struct search search = {.rules = ROW_FIXED | ROW_MADE, .whole = true, .path = path};

    return find_difference(shape, old, changed, &search, false, NULL);
}
