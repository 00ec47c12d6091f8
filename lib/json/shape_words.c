/* From the words of a command line, and of enums, to members. */
#include "json/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"

const char *choice_word(const struct choices *choices, unsigned value)
{
    if (value == 0)
        return NULL;
    for (unsigned i = 1; choices->words[i - 1]; i++)
        if (i == value)
            return choices->words[i - 1];
    return NULL;
}

unsigned choice_value(const struct choices *choices, const char *text)
{
    for (unsigned i = 0; choices->words[i]; i++)
        if (text_same_word(choices->words[i], text))
            return i + 1;
    return 0;
}

bool bool_parse(const char *word, bool *ret)
{
    static const char *const yes[] = {"true", "t", "yes", "y", "1", NULL};
    static const char *const no[] = {"false", "f", "no", "n", "0", NULL};

    for (size_t i = 0; yes[i]; i++)
        if (text_same_word(word, yes[i]) || text_same_word(word, no[i])) {
            *ret = text_same_word(word, yes[i]);
            return true;
        }
    return false;
}

static int parse_bool(const char *word, struct opt_bool *slot, const struct pass *pass)
{
    char start[SHOWN_SIZE];

    slot->set = bool_parse(word, &slot->value);
    if (slot->set)
        return 0;
    place_fault(NULL, pass, "'%s' is not true or false", shown(start, word));
    err_hint(pass->err, "one of: true, false");
    return pass->code;
}

static int parse_int(const char *word, struct opt_int *slot, const struct pass *pass)
{
    char start[SHOWN_SIZE];

    if (!number_parse(word, &slot->value))
        return place_fault(NULL, pass, "'%s' is not a whole number", shown(start, word));
    slot->set = true;
    /* Stored, it would not come back. */
    if (slot->value > JSON_INTEGER_MAX || slot->value < -JSON_INTEGER_MAX)
        return place_fault(NULL, pass, "'%s' is beyond 9007199254740992", shown(start, word));
    return 0;
}

static int parse_time(const char *word, struct opt_time *slot, const struct pass *pass)
{
    char start[SHOWN_SIZE];

    slot->set = clock_parse(word, &slot->value);
    if (slot->set)
        return 0;
    place_fault(NULL, pass, "'%s' is not a date or time", shown(start, word));
    err_hint(pass->err, "for example 2027-01-31 or 2027-01-31T12:00:00Z");
    return pass->code;
}

/* The word "" for a row that it clears. True when it was that. */
static bool parse_clearing(const struct row *row, const char *word, void *slot)
{
    struct opt_int *const number = slot;
    struct opt_time *const time = slot;

    if (!(row->rules & ROW_CLEARS) || word[0])
        return false;
    if (row->kind == KIND_INT)
        number->value = OPT_CLEARED;
    if (row->kind == KIND_TIME)
        time->value = OPT_CLEARED;
    return row->kind == KIND_INT || row->kind == KIND_TIME;
}

static int parse_choice(const struct row *row, const char *word, unsigned *slot,
                        const struct pass *pass)
{
    *slot = choice_value(row->choices, word);
    return *slot ? 0 : place_choice_fault(NULL, pass, row->choices, word);
}

static int parse_json(const struct row *row, const char *word, void *slot, const struct pass *pass)
{
    struct json *json;
    int rc = json_parse(word, strlen(word), &json, pass->err);

    if (rc) {
        err_wrap(pass->err, "not valid JSON");
        return rc;
    }
    rc = slot_read(row, json, slot, NULL, pass);
    json_free(json);
    return rc;
}

static int parse_texts(const char *const *words, size_t count, struct texts *slot)
{
    for (size_t i = 0; i < count; i++)
        texts_add(slot, words[i]);
    return 0;
}

/* Of a name given twice the last wins, as in the Azure CLI. */
static void add_tag(struct tags *tags, const char *word)
{
    const size_t length = strcspn(word, "=");
    char *name = mem_new(length + 1, 1);
    struct tag *tag = NULL;

    memcpy(name, word, length);
    for (size_t i = 0; i < tags->count && !tag; i++)
        tag = text_same_word(tags->items[i].name, name) ? &tags->items[i] : NULL;
    if (!tag)
        tag = VEC_ADD(tags);
    free(tag->name);
    tag->name = name;
    text_replace(&tag->value, word[length] ? word + length + 1 : "");
}

static int parse_tags(const char *const *words, size_t count, struct tags *slot)
{
    slot->set = true;
    if (count == 1 && !words[0][0])
        return 0;
    for (size_t i = 0; i < count; i++)
        add_tag(slot, words[i]);
    return 0;
}

static int parse_word(const struct row *row, const char *word, void *slot, const struct pass *pass)
{
    switch (row->kind) {
    case KIND_TEXT:
        text_replace(slot, word);
        return 0;
    case KIND_BOOL:
        return parse_bool(word, slot, pass);
    case KIND_INT:
        return parse_int(word, slot, pass);
    case KIND_TIME:
        return parse_time(word, slot, pass);
    case KIND_CHOICE:
        return parse_choice(row, word, slot, pass);
    case KIND_TEXTS:
        return parse_texts(&word, 1, slot);
    case KIND_TAGS:
        return parse_tags(&word, 1, slot);
    case KIND_OBJECT:
    case KIND_LIST:
        return parse_json(row, word, slot, pass);
    }
    return 0;
}

static int parse_words(const struct row *row, const char *const *words, size_t count, void *slot,
                       const struct pass *pass)
{
    if (row->parse)
        return row->parse(words, count, slot, pass->err);
    if (count == 0 && row->kind == KIND_BOOL)
        return parse_word(row, "true", slot, pass);
    if (count == 0)
        return place_fault(NULL, pass, "a value is needed");
    if (row->kind == KIND_TEXTS)
        return parse_texts(words, count, slot);
    if (row->kind == KIND_TAGS)
        return parse_tags(words, count, slot);
    if (count > 1)
        return place_fault(NULL, pass, "one value is taken, not %zu", count);
    if (parse_clearing(row, words[0], slot))
        return 0;
    return parse_word(row, words[0], slot, pass);
}

int shape_parse_words(const struct row *row, const char *const *words, size_t count, void *slot,
                      struct err *err)
{
    const struct pass pass = {.form = SHAPE_INPUT, .partial = true, .code = E_INVALID, .err = err};
    void *fresh = mem_new(1, row->size); /* so that a refused value leaves the old one */
    int rc = parse_words(row, words, count, fresh, &pass);

    if (!rc)
        rc = slot_check(row, fresh, NULL, &pass);
    if (rc) {
        slot_done(row, fresh);
    } else {
        slot_done(row, slot);
        memcpy(slot, fresh, row->size);
    }
    free(fresh);
    return rc;
}
