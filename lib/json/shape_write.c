/* From structs to JSON. */
#include "json/room.h"

#include "base/clock.h"
#include "base/text.h"

static struct json *write_text(const char *text)
{
    return text && *text ? json_new_string(text) : NULL;
}

static struct json *write_time(const struct opt_time *slot)
{
    char text[CLOCK_TEXT_SIZE];

    if (!slot->set)
        return NULL;
    clock_text(slot->value, text);
    return json_new_string(text);
}

static struct json *write_texts(const struct texts *texts)
{
    struct json *array = texts->count ? json_new_array() : NULL;

    for (size_t i = 0; i < texts->count; i++)
        json_append(array, json_new_string(texts->items[i]));
    return array;
}

/* The texts as members that say nothing. */
static struct json *write_names(const struct texts *texts)
{
    struct json *object = texts->count ? json_new_object() : NULL;

    for (size_t i = 0; i < texts->count; i++)
        json_set(object, texts->items[i], json_new_object());
    return object;
}

static struct json *write_tags(const struct tags *tags)
{
    struct json *object = tags->set ? json_new_object() : NULL;

    for (size_t i = 0; object && i < tags->count; i++)
        json_set(object, tags->items[i].name, json_new_string(tags->items[i].value));
    return object;
}

/* An object of which nothing is left in this form is absent. */
static struct json *write_object(const struct shape *shape, const void *value, enum shape_form form)
{
    struct json *object = shape_write(shape, value, form);

    if (json_first(object))
        return object;
    json_free(object);
    return NULL;
}

static struct json *write_list(const struct row *row, const void *list, enum shape_form form)
{
    struct json *array = slot_present(row, list) ? json_new_array() : NULL;

    for (size_t i = 0; i < list_count(list); i++)
        json_append(array, shape_write(row->shape, list_item(list, row->shape, i), form));
    return array;
}

struct json *slot_write(const struct row *row, const void *slot, enum shape_form form)
{
    const struct opt_bool *yes_or_no = slot;
    const struct opt_int *number = slot;

    switch (row->kind) {
    case KIND_TEXT:
        return row->rules & ROW_ALWAYS && *(char *const *)slot
                   ? json_new_string(*(char *const *)slot)
                   : write_text(*(char *const *)slot);
    case KIND_BOOL:
        return yes_or_no->set ? json_new_bool(yes_or_no->value) : NULL;
    case KIND_INT:
        return number->set ? json_new_integer(number->value) : NULL;
    case KIND_TIME:
        return write_time(slot);
    case KIND_CHOICE:
        return write_text(choice_word(row->choices, *(const unsigned *)slot));
    case KIND_TEXTS:
        if (slot_clears(row, slot))
            return NULL;
        return row->rules & ROW_NAMES ? write_names(slot) : write_texts(slot);
    case KIND_TAGS:
        return write_tags(slot);
    case KIND_OBJECT:
        return write_object(row->shape, slot, form);
    case KIND_LIST:
        return write_list(row, slot, form);
    }
    return NULL;
}

struct json *shape_write(const struct shape *shape, const void *value, enum shape_form form)
{
    const unsigned left_out = form == SHAPE_MANIFEST ? ROW_VIEW : ROW_HIDDEN;
    struct json *object = json_new_object();

    for (size_t i = 0; i < shape->count; i++) {
        const struct row *row = &shape->rows[i];
        struct json *member = NULL;

        if (!(row->rules & left_out))
            member = slot_write(row, row_value(row, value), form);
        if (member)
            json_add(object, row->key, member);
    }
    return object;
}

/* Whether two elements have the same ROW_KEY members, and have some. */
static bool same_element(const struct shape *shape, const struct json *left,
                         const struct json *right)
{
    bool any = false;

    for (size_t i = 0; i < shape->count; i++) {
        const char *key = shape->rows[i].key;
        const struct json *a = json_get(left, key);
        const struct json *b = json_get(right, key);

        if (!(shape->rows[i].rules & ROW_KEY))
            continue;
        if (!a || !b || !text_same_word(json_string(a), json_string(b)) ||
            json_number(a) < json_number(b) || json_number(a) > json_number(b))
            return false;
        any = true;
    }
    return any;
}

/* Elements mostly stand where they stood, so the search begins at `hint` and goes round. */
static const struct json *find_element(const struct shape *shape, const struct json *stored,
                                       const struct json *hint, const struct json *wanted)
{
    for (const struct json *item = hint; item; item = json_next(item))
        if (same_element(shape, item, wanted))
            return item;
    for (const struct json *item = json_first(stored); item != hint; item = json_next(item))
        if (same_element(shape, item, wanted))
            return item;
    return NULL;
}

static void keep_in_list(const struct shape *shape, const struct json *stored, cJSON *fresh)
{
    const struct json *hint = json_first(stored);

    if (!cJSON_IsArray(fresh))
        return;
    for (cJSON *item = fresh->child; item; item = item->next) {
        struct json *element = (struct json *)item;
        const struct json *found = find_element(shape, stored, hint, element);

        if (!found)
            continue;
        shape_keep_unknown(shape, found, element);
        hint = json_next(found);
    }
}

static void keep_in_object(const struct row *row, const struct json *stored, struct json *fresh)
{
    cJSON *there = cJSON_GetObjectItemCaseSensitive(json_node(fresh), row->key);
    struct json *object = there ? (struct json *)there : json_new_object();

    shape_keep_unknown(row->shape, stored, object);
    if (there)
        return;
    if (json_first(object))
        json_set(fresh, row->key, object);
    else
        json_free(object);
}

void shape_keep_unknown(const struct shape *shape, const struct json *stored, struct json *fresh)
{
    if (json_kind(stored) != JSON_OBJECT || json_kind(fresh) != JSON_OBJECT)
        return;
    for (const struct json *item = json_first(stored); item; item = json_next(item)) {
        const struct row *row = shape_row(shape, json_key(item));

        if (!row && !json_get(fresh, json_key(item)))
            json_set(fresh, json_key(item), json_copy(item));
        else if (row && row->kind == KIND_OBJECT)
            keep_in_object(row, item, fresh);
        else if (row && row->kind == KIND_LIST)
            keep_in_list(row->shape, item,
                         cJSON_GetObjectItemCaseSensitive(json_node(fresh), row->key));
    }
}
