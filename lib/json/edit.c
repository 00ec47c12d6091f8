#include "json/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "json/edit_room.h"

/* --- words of the command line --- */

/* The path at the start of a word, and what stands behind its '='. *ret_value is NULL when there is
 * none. `ret` to be released with path_done. */
static int split(const char *word, struct path *ret, const char **ret_value, struct err *err)
{
    const char *rest = NULL;
    char start[SHOWN_SIZE];

    if (path_parse(word, ret, &rest, err))
        return err_wrap(err, "'%s'", shown(start, word));
    *ret_value = *rest == '=' ? rest + 1 : NULL;
    return 0;
}

static int refuse_form(const char *word, const char *what, const char *hint, struct err *err)
{
    char start[SHOWN_SIZE];

    err_set(err, E_USAGE, "'%s' %s", shown(start, word), what);
    return err_hint(err, "%s", hint);
}

static int check_assignment(const char *word, struct err *err)
{
    struct path path = {0};
    const char *value;
    int rc = split(word, &path, &value, err);

    if (rc == 0 && !value)
        rc = refuse_form(word, "has no '='", "write PATH=VALUE; an empty VALUE clears", err);
    path_done(&path);
    return rc;
}

static int check_path(const char *word, struct err *err)
{
    struct path path = {0};
    const char *value;
    int rc = split(word, &path, &value, err);

    if (rc == 0 && value)
        rc = refuse_form(word, "is no path: it has a '='", "the PATH comes first", err);
    path_done(&path);
    return rc;
}

static int check_set(const char *const *words, size_t count, struct err *err)
{
    int rc = count ? 0 : err_set(err, E_USAGE, "PATH=VALUE is missing");

    for (size_t i = 0; i < count && rc == 0; i++)
        rc = check_assignment(words[i], err);
    return rc;
}

static int check_add(const char *const *words, size_t count, struct err *err)
{
    int rc = count ? check_path(words[0], err) : err_set(err, E_USAGE, "PATH is missing");

    if (rc == 0 && count < 2)
        rc = refuse_form(words[0], "is to get nothing", "write PATH VALUE, or PATH KEY=VALUE...",
                         err);
    return rc;
}

static int check_remove(const char *const *words, size_t count, struct err *err)
{
    int64_t index;
    int rc = count ? check_path(words[0], err) : err_set(err, E_USAGE, "PATH is missing");

    if (rc == 0 && count > 1 && (!number_parse(words[1], &index) || index < 0))
        rc = refuse_form(words[1], "is no index", "a second PATH needs a flag of its own", err);
    if (rc == 0 && count > 2)
        rc = refuse_form(words[2], "is one too many", "write PATH, or PATH INDEX", err);
    return rc;
}

static int check_words(unsigned verb, const char *const *words, size_t count, struct err *err)
{
    static int (*const checks[])(const char *const *, size_t, struct err *) = {
        [VERB_SET] = check_set,
        [VERB_ADD] = check_add,
        [VERB_REMOVE] = check_remove,
    };

    return checks[verb](words, count, err);
}

static int parse_words(unsigned verb, const char *const *words, size_t count, void *slot,
                       struct err *err)
{
    struct edit_list *const list = slot;
    struct edit *edit;
    int rc = check_words(verb, words, count, err);

    if (rc)
        return rc;
    edit = VEC_ADD(list);
    edit->verb = verb;
    for (size_t i = 0; i < count; i++)
        texts_add(&edit->words, words[i]);
    return 0;
}

static int parse_set(const char *const *words, size_t count, void *slot, struct err *err)
{
    return parse_words(VERB_SET, words, count, slot, err);
}

static int parse_add(const char *const *words, size_t count, void *slot, struct err *err)
{
    return parse_words(VERB_ADD, words, count, slot, err);
}

static int parse_remove(const char *const *words, size_t count, void *slot, struct err *err)
{
    return parse_words(VERB_REMOVE, words, count, slot, err);
}

static const struct choices verb_choices = {
    .noun = "edit",
    .words = (const char *const[]){"set", "add", "remove", NULL},
};

/* clang-format off */
static const struct row edit_rows[] = {
    ROW(struct edit, verb, "verb", .rules = ROW_NEEDED, .choices = &verb_choices,
        .about = "What to do"),
    ROW(struct edit, words, "words", .rules = ROW_NEEDED, .about = "A path, and what belongs to it"),
};

static const struct shape edit_shape = SHAPE(struct edit, "edit", edit_rows, NULL);

/* Three flags fill one list, so that their order is kept. */
static const struct row rows[] = {
    ROW_LIST(struct edits, list, "set", &edit_shape, .rules = ROW_IN_TURN, .parse = parse_set,
        .flag = "--set", .metavar = "PATH=VALUE",
        .about = "Set any property by its path, as in tags.team=os or list[0].name=x"),
    ROW_LIST(struct edits, list, "add", &edit_shape, .rules = ROW_IN_TURN, .parse = parse_add,
        .flag = "--add", .metavar = "PATH VALUE|KEY=VALUE",
        .about = "Append to the list at PATH: one object of the KEY=VALUE words, or each VALUE"),
    ROW_LIST(struct edits, list, "remove", &edit_shape, .rules = ROW_IN_TURN, .parse = parse_remove,
        .flag = "--remove", .metavar = "PATH [INDEX]",
        .about = "Take a property away, or the element INDEX of the list at PATH"),
    ROW(struct edits, force_string, "forceString", .flag = "--force-string", .metavar = "",
        .about = "In --set and --add a VALUE that looks like JSON is text all the same"),
};
/* clang-format on */

const struct shape edits_shape = SHAPE(struct edits, "edits", rows, NULL);

/* --- applying --- */

/* Where no text can stand: what begins as JSON is meant to be some. */
static bool wants_json(const char *word, enum spot_kind kind)
{
    return (word[0] == '{' || word[0] == '[') &&
           (kind == SPOT_OBJECT || kind == SPOT_LIST || kind == SPOT_TAGS);
}

/* A word as JSON; the caller owns *ret. */
static int value_of(const char *word, enum spot_kind kind, bool as_text, cJSON **ret,
                    struct err *err)
{
    struct json *json = NULL;
    struct err why = {0};
    enum json_kind found;

    if (as_text || json_parse(word, strlen(word), &json, &why)) {
        if (!as_text && wants_json(word, kind))
            return err_set(err, E_INVALID, "not valid JSON: %s", why.text);
        *ret = json_node(json_new_string(word));
        return 0;
    }
    *ret = json_node(json);
    found = json_kind(json);
    if (found == JSON_STRING || found == JSON_NULL ||
        (kind != SPOT_SCALAR && (found == JSON_ARRAY || found == JSON_OBJECT)))
        return 0;
    /* Numbers too: the row knows whether it is one, and 1.10 is another tag than 1.1. */
    json_free(json);
    *ret = json_node(json_new_string(word));
    return 0;
}

static int set_word(const struct spot *whole, const char *word, bool as_text, struct err *err)
{
    struct path path = {0};
    struct spot spot = {0};
    const char *value;
    cJSON *node = NULL;
    int rc = split(word, &path, &value, err);

    if (rc == 0)
        rc = spot_find(whole, &path, true, &spot, err);
    if (rc == 0) {
        rc = value_of(value, spot.kind, as_text, &node, err);
        if (rc)
            err_wrap(err, "%.*s", (int)(value - 1 - word), word);
    }
    if (rc == 0)
        spot_put(&spot, node);
    path_done(&path);
    return rc;
}

static bool is_pair(const char *word)
{
    struct path path = {0};
    struct err ignored = {0};
    const char *value = NULL;
    const bool pair = split(word, &path, &value, &ignored) == 0 && value;

    path_done(&path);
    return pair;
}

static void append(cJSON *array, cJSON *item)
{
    json_append((struct json *)array, (struct json *)item);
}

/* An array is its elements. */
static int append_value(struct spot *list, const char *word, bool as_text, struct err *err)
{
    cJSON *value = NULL;
    const int rc = value_of(word, list->kind, as_text, &value, err);

    if (rc)
        return rc;
    if (!cJSON_IsArray(value)) {
        append(list->node, value);
        return 0;
    }
    while (value->child)
        append(list->node, cJSON_DetachItemViaPointer(value, value->child));
    cJSON_Delete(value);
    return 0;
}

/* Pairs one behind the other are members of one object. */
static int append_objects(struct spot *list, const struct texts *words, bool as_text,
                          struct err *err)
{
    struct spot element = {.kind = SPOT_OBJECT, .shape = list->shape, .around = list->node};
    int rc = 0;

    for (size_t i = 1; i < words->count && rc == 0; i++) {
        const char *const word = words->items[i];

        if (word[0] == '{' || word[0] == '[' || !is_pair(word)) {
            rc = append_value(list, word, as_text, err);
            element.node = NULL;
            continue;
        }
        if (!element.node) {
            element.node = json_node(json_new_object());
            append(list->node, element.node);
        }
        rc = set_word(&element, word, as_text, err);
    }
    return rc;
}

static int add_tags(struct spot *tags, const struct texts *words, bool as_text, struct err *err)
{
    for (size_t i = 1; i < words->count; i++) {
        const int rc = is_pair(words->items[i])
                           ? set_word(tags, words->items[i], as_text, err)
                           : refuse_form(words->items[i], "is no tag", "write NAME=VALUE", err);

        if (rc)
            return rc;
    }
    return 0;
}

static int add_names(struct spot *names, const struct texts *words)
{
    for (size_t i = 1; i < words->count; i++)
        json_set((struct json *)names->node, words->items[i], json_new_object());
    return 0;
}

static int add_words(struct spot *spot, const struct texts *words, bool as_text, struct err *err)
{
    int rc = 0;

    if (spot->kind == SPOT_OBJECT || spot->kind == SPOT_NAME || spot->kind == SPOT_SCALAR) {
        err_set(err, E_INVALID, "is no list");
        return err_hint(err, "--set gives it a value");
    }
    if (spot_fill(spot, err))
        return err->code;
    if (spot->kind == SPOT_TAGS)
        return add_tags(spot, words, as_text, err);
    if (spot->kind == SPOT_NAMES)
        return add_names(spot, words);
    if (spot->kind == SPOT_LIST)
        return append_objects(spot, words, as_text, err);
    for (size_t i = 1; i < words->count && rc == 0; i++)
        rc = append_value(spot, words->items[i], as_text, err);
    return rc;
}

static int add(const struct spot *whole, const struct texts *words, bool as_text, struct err *err)
{
    struct path path = {0};
    struct spot spot = {0};
    const char *value;
    int rc = split(words->items[0], &path, &value, err);

    if (rc == 0)
        rc = spot_find(whole, &path, true, &spot, err);
    if (rc == 0) {
        rc = add_words(&spot, words, as_text, err);
        if (rc)
            err_wrap(err, "%s", words->items[0]);
    }
    path_done(&path);
    return rc;
}

static int remove_path(const struct spot *whole, const struct texts *words, struct err *err)
{
    struct path path = {0};
    struct spot spot = {0};
    const char *value;
    int64_t index = 0;
    int rc = split(words->items[0], &path, &value, err);

    if (rc == 0 && words->count > 1) {
        number_parse(words->items[1], &index);
        *VEC_ADD(&path) = (struct step){.kind = STEP_INDEX, .index = (size_t)index};
    }
    if (rc == 0)
        rc = spot_find(whole, &path, false, &spot, err);
    if (rc == 0)
        spot_put(&spot, json_need(cJSON_CreateNull()));
    path_done(&path);
    return rc;
}

static int apply(const struct edit *edit, const struct spot *whole, bool as_text, struct err *err)
{
    int rc =
        check_words(edit->verb, (const char *const *)edit->words.items, edit->words.count, err);

    if (rc == 0 && edit->verb == VERB_ADD)
        return add(whole, &edit->words, as_text, err);
    if (rc == 0 && edit->verb == VERB_REMOVE)
        return remove_path(whole, &edit->words, err);
    for (size_t i = 0; i < edit->words.count && rc == 0; i++)
        rc = set_word(whole, edit->words.items[i], as_text, err);
    return rc;
}

static int refuse_kept(const struct shape *shape, const void *old, const void *changed,
                       struct err *err)
{
    struct buf path = {0};
    int rc = 0;

    if (shape_kept_difference(shape, old, changed, &path))
        rc =
            err_set(err, E_CONFLICT, "property '%s' cannot change after creation", buf_text(&path));
    buf_done(&path);
    return rc;
}

int edits_apply(const struct edits *edits, const struct shape *shape, void *value, struct err *err)
{
    struct json *const tree = shape_write(shape, value, SHAPE_MANIFEST);
    const struct spot whole = {.kind = SPOT_OBJECT, .shape = shape, .node = json_node(tree)};
    const bool as_text = edits->force_string.set && edits->force_string.value;
    void *const changed = mem_new(1, shape->size);
    int rc = 0;

    for (size_t i = 0; i < edits->list.count && rc == 0; i++)
        rc = apply(&edits->list.items[i], &whole, as_text, err);
    if (rc == 0 && edits->list.count)
        rc = shape_read(shape, tree, SHAPE_EDITED, changed, err);
    if (rc == 0 && edits->list.count)
        rc = refuse_kept(shape, value, changed, err);
    if (rc == 0 && edits->list.count) {
        shape_done(shape, value);
        memcpy(value, changed, shape->size);
    } else {
        shape_done(shape, changed);
    }
    free(changed);
    json_free(tree);
    return rc;
}
