/* From a path to its place in the tree of a value, led by the rows. */
#include "json/edit_room.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static enum spot_kind kind_of(const struct row *row)
{
    switch (row->kind) {
    case KIND_OBJECT:
        return SPOT_OBJECT;
    case KIND_LIST:
        return SPOT_LIST;
    case KIND_TEXTS:
        return row->rules & ROW_NAMES ? SPOT_NAMES : SPOT_TEXTS;
    case KIND_TAGS:
        return SPOT_TAGS;
    case KIND_TEXT:
    case KIND_BOOL:
    case KIND_INT:
    case KIND_TIME:
    case KIND_CHOICE:
        break;
    }
    return SPOT_SCALAR;
}

static const struct row *find_row(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->count; i++)
        if (text_same_word(shape->rows[i].key, key))
            return &shape->rows[i];
    return NULL;
}

/* The message has the keys that can be set, the hint the nearest. */
static int refuse_key(const struct shape *shape, const char *key, struct err *err)
{
    const char **const keys = mem_new(shape->count + 1, sizeof *keys);
    const char *nearest;
    struct buf all = {0};
    char start[SHOWN_SIZE];
    size_t count = 0;

    for (size_t i = 0; i < shape->count; i++) {
        if (shape->rows[i].rules & (ROW_MADE | ROW_VIEW | ROW_FIXED))
            continue;
        keys[count++] = shape->rows[i].key;
        buf_printf(&all, "%s%s", all.length ? ", " : "", shape->rows[i].key);
    }
    err_set(err, E_INVALID, "unknown property '%s'; there are %s", shown(start, key),
            buf_text(&all));
    nearest = text_nearest(key, keys);
    if (nearest)
        err_hint(err, "did you mean '%s'?", nearest);
    buf_done(&all);
    free(keys);
    return E_INVALID;
}

static cJSON *get_member(cJSON *object, const char *key)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

static int enter_object(const struct spot *from, const struct step *step, struct spot *ret,
                        struct err *err)
{
    const struct row *row;

    if (step->kind != STEP_KEY)
        return err_set(err, E_INVALID, "is no list");
    row = find_row(from->shape, step->key);
    if (!row)
        return refuse_key(from->shape, step->key, err);
    if (row->rules & ROW_VIEW)
        return err_set(err, E_CONFLICT, "property '%s' cannot be set: the tool makes it", row->key);
    *ret = (struct spot){
        .kind = kind_of(row),
        .shape = row->shape,
        .node = get_member(from->node, row->key),
        .key = row->key,
        .around = from->node,
    };
    return 0;
}

/* Tags and names are one in any case; the spelling that is there stays. */
static int enter_tags(const struct spot *from, const struct step *step, struct spot *ret,
                      struct err *err)
{
    if (step->kind != STEP_KEY)
        return err_set(err, E_INVALID, "is no list");
    *ret = (struct spot){
        .kind = from->kind == SPOT_TAGS ? SPOT_SCALAR : SPOT_NAME,
        .key = step->key,
        .around = from->node,
    };
    if (!cJSON_IsObject(from->node))
        return 0;
    for (cJSON *tag = from->node->child; tag && !ret->node; tag = tag->next)
        if (text_same_word(tag->string, step->key)) {
            ret->node = tag;
            ret->key = tag->string;
        }
    return 0;
}

/* Whether what the tree has there is what `word` says, in the row's own way: "West US 2" is
 * "westus2". */
static bool is_same(const struct row *row, const cJSON *node, const char *word)
{
    const struct json *const json = (const struct json *)node;
    void *slot;
    struct json *wanted = NULL;
    bool same;

    if (!node)
        return false;
    if (json_string(json) && text_same_word(json_string(json), word))
        return true;
    slot = mem_new(1, row->size);
    if (shape_parse_words(row, &word, 1, slot, NULL) == 0)
        wanted = slot_write(row, slot, SHAPE_MANIFEST);
    same = wanted && (text_same_word(json_string(json), json_string(wanted)) ||
                      cJSON_Compare(node, json_const_node(wanted), true));
    json_free(wanted);
    slot_done(row, slot);
    free(slot);
    return same;
}

static int find_match(const struct spot *from, const struct step *step, cJSON **ret,
                      struct err *err)
{
    const struct row *const row = find_row(from->shape, step->key);
    size_t count = 0;

    if (!row)
        return refuse_key(from->shape, step->key, err);
    for (cJSON *item = from->node ? from->node->child : NULL; item; item = item->next)
        if (is_same(row, get_member(item, row->key), step->value)) {
            *ret = item;
            count++;
        }
    if (count == 0)
        return err_set(err, E_INVALID, "no element has %s '%s'", row->key, step->value);
    if (count > 1)
        return err_set(err, E_INVALID, "%zu elements have %s '%s'", count, row->key, step->value);
    return 0;
}

static int enter_list(const struct spot *from, const struct step *step, struct spot *ret,
                      struct err *err)
{
    const size_t count = from->node ? (size_t)cJSON_GetArraySize(from->node) : 0;

    if (step->kind == STEP_KEY || (step->kind == STEP_MATCH && from->kind == SPOT_TEXTS)) {
        err_set(err, E_INVALID, "'%s' names no element of a list", step->key);
        return err_hint(err, "write [0]%s", from->shape ? " or [key=value]" : "");
    }
    *ret = (struct spot){
        .kind = from->kind == SPOT_LIST ? SPOT_OBJECT : SPOT_SCALAR,
        .shape = from->shape,
        .around = from->node,
    };
    if (step->kind == STEP_MATCH)
        return find_match(from, step, &ret->node, err);
    if (step->index >= count)
        return err_set(err, E_INVALID, "index %zu is out of range for a list of %zu", step->index,
                       count);
    ret->node = cJSON_GetArrayItem(from->node, (int)step->index);
    return 0;
}

static int enter(const struct spot *from, const struct step *step, struct spot *ret,
                 struct err *err)
{
    switch (from->kind) {
    case SPOT_OBJECT:
        return enter_object(from, step, ret, err);
    case SPOT_LIST:
    case SPOT_TEXTS:
        return enter_list(from, step, ret, err);
    case SPOT_TAGS:
    case SPOT_NAMES:
        return enter_tags(from, step, ret, err);
    case SPOT_NAME:
    case SPOT_SCALAR:
        break;
    }
    return err_set(err, E_INVALID, "has nothing inside");
}

void spot_put(struct spot *spot, cJSON *value)
{
    cJSON *old = spot->node;

    if (cJSON_IsNull(value)) {
        cJSON_Delete(value);
        spot->node = NULL;
        if (old)
            cJSON_Delete(cJSON_DetachItemViaPointer(spot->around, old));
        return;
    }
    spot->node = value;
    if (spot->key) {
        json_set((struct json *)spot->around, spot->key, (struct json *)value);
        spot->key = value->string;
    } else {
        json_need(cJSON_ReplaceItemViaPointer(spot->around, old, value) ? value : NULL);
    }
}

int spot_fill(struct spot *spot, struct err *err)
{
    const bool array = spot->kind == SPOT_LIST || spot->kind == SPOT_TEXTS;

    if (!spot->node)
        spot_put(spot, json_need(array ? cJSON_CreateArray() : cJSON_CreateObject()));
    if (array ? cJSON_IsArray(spot->node) : cJSON_IsObject(spot->node))
        return 0;
    return err_set(err, E_INVALID, array ? "is no list" : "is no object");
}

/* Put the path up to the step that failed in front. */
static int refuse(const struct path *path, size_t count, struct err *err)
{
    struct buf text = {0};
    const int rc = err->code;

    path_add(&text, path, count);
    if (text.length)
        err_wrap(err, "%s", buf_text(&text));
    buf_done(&text);
    return rc;
}

static bool is_leaf(const struct spot *spot)
{
    return spot->kind == SPOT_SCALAR || spot->kind == SPOT_NAME;
}

int spot_find(const struct spot *from, const struct path *path, bool make, struct spot *ret,
              struct err *err)
{
    struct spot spot = *from;

    for (size_t i = 0; i < path->count; i++) {
        struct spot next = {0};

        if (i > 0 && !is_leaf(&spot) && (make || spot.node) && spot_fill(&spot, err))
            return refuse(path, i, err);
        if (enter(&spot, &path->items[i], &next, err))
            return refuse(path, i, err);
        spot = next;
    }
    *ret = spot;
    return 0;
}
