/* From JSON to structs. */
#include "json/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"

static int read_members(const struct shape *shape, const struct json *json, void *value,
                        const struct place *place, const struct pass *pass);

/* "'x' is not a whole number", "an array is not a string". */
static int refuse_kind(const struct json *json, const char *wanted, const struct place *place,
                       const struct pass *pass)
{
    struct buf printed = {0};
    char start[SHOWN_SIZE];

    switch (json_kind(json)) {
    case JSON_ARRAY:
        return place_fault(place, pass, "an array is not %s", wanted);
    case JSON_OBJECT:
        return place_fault(place, pass, "an object is not %s", wanted);
    case JSON_STRING:
        return place_fault(place, pass, "'%s' is not %s", shown(start, json_string(json)), wanted);
    case JSON_NULL:
    case JSON_FALSE:
    case JSON_TRUE:
    case JSON_NUMBER:
        break;
    }
    json_print_line(&printed, json, false);
    place_fault(place, pass, "'%s' is not %s", shown(start, buf_text(&printed)), wanted);
    buf_done(&printed);
    return pass->code;
}

/* A number or a yes-or-no, where words stand for scalars. */
static bool is_loose_scalar(const struct json *json, const struct pass *pass)
{
    const enum json_kind kind = json_kind(json);

    return pass->form == SHAPE_EDITED &&
           (kind == JSON_NUMBER || kind == JSON_TRUE || kind == JSON_FALSE);
}

static int read_text(const struct json *json, char **text, const struct place *place,
                     const struct pass *pass)
{
    struct buf printed = {0};

    if (is_loose_scalar(json, pass)) {
        json_print_line(&printed, json, false);
        text_replace(text, buf_text(&printed));
        buf_done(&printed);
        return 0;
    }
    if (!json_string(json))
        return refuse_kind(json, "a string", place, pass);
    text_replace(text, json_string(json));
    return 0;
}

/* A text that its row spells in its own way: the name of a region. */
static int read_own_text(const struct row *row, const struct json *json, char **text,
                         const struct place *place, const struct pass *pass)
{
    int rc = read_text(json, text, place, pass);

    if (rc == 0 && pass->form == SHAPE_EDITED && row->parse && **text) {
        char *const word = text_copy(*text);
        const char *const words[] = {word};

        rc = row->parse(words, 1, text, pass->err);
        free(word);
        if (rc)
            return place_wrap(place, pass);
    }
    return rc;
}

static int read_bool(const struct json *json, struct opt_bool *slot, const struct place *place,
                     const struct pass *pass)
{
    const enum json_kind kind = json_kind(json);

    if (pass->form == SHAPE_EDITED && json_string(json))
        slot->set = bool_parse(json_string(json), &slot->value);
    if (slot->set)
        return 0;
    if (kind != JSON_TRUE && kind != JSON_FALSE)
        return refuse_kind(json, "true or false", place, pass);
    *slot = (struct opt_bool){.set = true, .value = kind == JSON_TRUE};
    return 0;
}

static int read_int(const struct json *json, struct opt_int *slot, const struct place *place,
                    const struct pass *pass)
{
    int64_t value;

    if (pass->form == SHAPE_EDITED && json_string(json)) {
        if (!number_parse(json_string(json), &value) || value > JSON_INTEGER_MAX ||
            value < -JSON_INTEGER_MAX)
            return refuse_kind(json, "a whole number", place, pass);
    } else if (!json_integer(json, &value)) {
        return refuse_kind(json, "a whole number", place, pass);
    }
    *slot = (struct opt_int){.set = true, .value = value};
    return 0;
}

static int read_time(const struct json *json, struct opt_time *slot, const struct place *place,
                     const struct pass *pass)
{
    int64_t value;

    if (!json_string(json) || !clock_parse(json_string(json), &value))
        return refuse_kind(json, "a date or time", place, pass);
    *slot = (struct opt_time){.set = true, .value = value};
    return 0;
}

static int read_choice(const struct row *row, const struct json *json, unsigned *slot,
                       const struct place *place, const struct pass *pass)
{
    if (!json_string(json))
        return refuse_kind(json, "a string", place, pass);
    *slot = choice_value(row->choices, json_string(json));
    if (!*slot)
        return place_choice_fault(place, pass, row->choices, json_string(json));
    return 0;
}

/* Whether it is an array or an object, `wanted` in words, and not too long. */
static int check_elements(const struct json *json, enum json_kind kind, const char *wanted,
                          const struct place *place, const struct pass *pass)
{
    const size_t count = json_count(json);

    if (json_kind(json) != kind)
        return refuse_kind(json, wanted, place, pass);
    if (count > SHAPE_ELEMENTS_MAX)
        return place_fault(place, pass, "%zu elements are more than %d", count, SHAPE_ELEMENTS_MAX);
    return 0;
}

static int read_texts(const struct json *json, struct texts *texts, const struct place *place,
                      const struct pass *pass)
{
    struct place here = {.up = place};
    int rc = check_elements(json, JSON_ARRAY, "an array", place, pass);

    if (rc)
        return rc;
    for (const struct json *item = json_first(json); item; item = json_next(item), here.index++) {
        rc = read_text(item, VEC_ADD(texts), &here, pass);
        if (rc) {
            texts->count--; /* the last one is NULL */
            return rc;
        }
    }
    return 0;
}

/* Names of members. What stands in one is of a newer program, or was never ours to keep. */
static int read_names(const struct json *json, struct texts *texts, const struct place *place,
                      const struct pass *pass)
{
    int rc = check_elements(json, JSON_OBJECT, "an object", place, pass);

    if (rc)
        return rc;
    for (const struct json *item = json_first(json); item; item = json_next(item)) {
        const struct place here = {.up = place, .key = json_key(item)};
        const bool empty = json_kind(item) == JSON_NULL || json_count(item) == 0;

        if (json_kind(item) != JSON_OBJECT && json_kind(item) != JSON_NULL)
            return refuse_kind(item, "an object", &here, pass);
        if (pass->form != SHAPE_MANIFEST && !empty)
            return place_fault(&here, pass, "its members cannot be set");
        texts_add(texts, json_key(item));
    }
    return 0;
}

static int read_tags(const struct json *json, struct tags *tags, const struct place *place,
                     const struct pass *pass)
{
    int rc = check_elements(json, JSON_OBJECT, "an object", place, pass);

    if (rc)
        return rc;
    tags->set = true;
    for (const struct json *item = json_first(json); item; item = json_next(item)) {
        const struct place here = {.up = place, .key = json_key(item)};
        char *value = NULL;

        rc = read_text(item, &value, &here, pass);
        if (rc)
            return rc;
        *VEC_ADD(tags) = (struct tag){.name = text_copy(json_key(item)), .value = value};
    }
    return 0;
}

static int read_list(const struct shape *shape, const struct json *json, void *list,
                     const struct place *place, const struct pass *pass)
{
    struct place here = {.up = place};
    int rc = check_elements(json, JSON_ARRAY, "an array", place, pass);

    if (rc)
        return rc;
    for (const struct json *item = json_first(json); item; item = json_next(item), here.index++) {
        rc = read_members(shape, item, list_add(list, shape), &here, pass);
        if (rc)
            return rc;
    }
    return 0;
}

static int read_kind(const struct row *row, const struct json *json, void *slot,
                     const struct place *place, const struct pass *pass)
{
    switch (row->kind) {
    case KIND_TEXT:
        return read_own_text(row, json, slot, place, pass);
    case KIND_BOOL:
        return read_bool(json, slot, place, pass);
    case KIND_INT:
        return read_int(json, slot, place, pass);
    case KIND_TIME:
        return read_time(json, slot, place, pass);
    case KIND_CHOICE:
        return read_choice(row, json, slot, place, pass);
    case KIND_TEXTS:
        return row->rules & ROW_NAMES ? read_names(json, slot, place, pass)
                                      : read_texts(json, slot, place, pass);
    case KIND_TAGS:
        return read_tags(json, slot, place, pass);
    case KIND_OBJECT:
        return read_members(row->shape, json, slot, place, pass);
    case KIND_LIST:
        return read_list(row->shape, json, slot, place, pass);
    }
    return 0;
}

int slot_read(const struct row *row, const struct json *json, void *slot, const struct place *place,
              const struct pass *pass)
{
    int rc;

    if (pass->form == SHAPE_EDITED && row->kind != KIND_TEXT && text_equal(json_string(json), ""))
        return 0; /* absent */
    rc = read_kind(row, json, slot, place, pass);
    return rc ? rc : slot_limits(row, slot, place, pass);
}

/* Rows that a user may not set are no suggestion either. */
static bool settable(const struct row *row)
{
    return !(row->rules & (ROW_MADE | ROW_VIEW));
}

static int refuse_unknown(const struct shape *shape, const char *key, const struct place *place,
                          const struct pass *pass)
{
    const char **keys = mem_new(shape->count + 1, sizeof *keys);
    const char *nearest;
    char start[SHOWN_SIZE];
    size_t count = 0;

    for (size_t i = 0; i < shape->count; i++)
        if (settable(&shape->rows[i]))
            keys[count++] = shape->rows[i].key;
    place_fault(place, pass, "unknown property '%s'", shown(start, key));
    nearest = text_nearest(key, keys);
    if (nearest)
        err_hint(pass->err, "did you mean '%s'?", nearest);
    free(keys);
    return pass->code;
}

/* A member of an object: known or not, settable or not, null or not. */
static int read_member(const struct shape *shape, const struct json *item, void *value,
                       const struct place *place, const struct pass *pass)
{
    const struct row *row = shape_row(shape, json_key(item));
    const struct place here = {.up = place, .key = json_key(item)};
    const bool from_user = pass->form == SHAPE_INPUT || pass->form == SHAPE_EDITED;
    const unsigned refused = pass->form == SHAPE_INPUT ? ROW_MADE | ROW_VIEW : ROW_VIEW;

    if (!row)
        return from_user ? refuse_unknown(shape, json_key(item), place, pass) : 0;
    if (from_user && row->rules & refused)
        return place_fault(&here, pass, "cannot be set: the tool makes it");
    if (pass->form == SHAPE_MANIFEST && row->rules & ROW_VIEW)
        return 0;
    if (json_kind(item) == JSON_NULL)
        return 0;
    return slot_read(row, item, row_slot(row, value), &here, pass);
}

static int read_members(const struct shape *shape, const struct json *json, void *value,
                        const struct place *place, const struct pass *pass)
{
    if (json_kind(json) != JSON_OBJECT)
        return refuse_kind(json, "an object", place, pass);
    for (const struct json *item = json_first(json); item; item = json_next(item)) {
        const int rc = read_member(shape, item, value, place, pass);

        if (rc)
            return rc;
    }
    return 0;
}

int shape_read(const struct shape *shape, const struct json *json, enum shape_form form,
               void *value, struct err *err)
{
    const struct pass pass = {
        .form = form, .code = form == SHAPE_MANIFEST ? E_CORRUPT : E_INVALID, .err = err};
    const int rc = read_members(shape, json, value, NULL, &pass);

    if (rc)
        shape_done(shape, value);
    return rc;
}
