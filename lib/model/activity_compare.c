/* What differs between two manifests, for the activity log. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/activity.h"

/* Where the walk is, and what it has found. */
struct comparing {
    struct buf path;
    struct activity_changes *changes;
};

/* What is not there has none. */
static const struct json *first(const struct json *json)
{
    return json ? json_first(json) : NULL;
}

static const struct json *get(const struct json *json, const char *key)
{
    return json ? json_get(json, key) : NULL;
}

/* The end of the longest beginning of at most `most` bytes that is not cut within a character. */
static size_t cut_at(const char *text, size_t most)
{
    size_t end = most;

    while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80)
        end--;
    return end;
}

static bool is_nothing(const struct json *json)
{
    return !json || json_kind(json) == JSON_NULL;
}

/* NULL for what is not there. */
static char *value_text(const struct json *json)
{
    struct buf text = {0};

    if (is_nothing(json))
        return NULL;
    if (json_string(json))
        buf_add_text(&text, json_string(json));
    else
        json_print_line(&text, json, false);
    if (text.length > ACTIVITY_VALUE_MAX) {
        struct buf cut = {0};

        buf_add(&cut, text.bytes, cut_at(text.bytes, ACTIVITY_VALUE_MAX));
        buf_add_text(&cut, "…");
        buf_done(&text);
        text = cut;
    }
    return buf_take(&text);
}

static bool same(const struct json *left, const struct json *right)
{
    struct buf one = {0}, other = {0};
    bool equal;

    json_print_line(&one, left, true);
    json_print_line(&other, right, true);
    equal = text_equal(buf_text(&one), buf_text(&other));
    buf_done(&one);
    buf_done(&other);
    return equal;
}

static void add(struct comparing *comparing, const struct json *before, const struct json *after)
{
    struct activity_changes *const changes = comparing->changes;

    if (changes->count >= ACTIVITY_CHANGES_MAX)
        return;
    if (changes->count == ACTIVITY_CHANGES_MAX - 1)
        *VEC_ADD(changes) = (struct activity_change){.property = text_copy("…")};
    else
        *VEC_ADD(changes) = (struct activity_change){
            .property = text_copy(buf_text(&comparing->path)),
            .old_value = value_text(before),
            .new_value = value_text(after),
        };
}

/* Each element on one line, in their order. */
static void print_elements(const struct json *array, struct texts *ret)
{
    for (const struct json *at = first(array); at; at = json_next(at)) {
        struct buf text = {0};

        json_print_line(&text, at, true);
        texts_add(ret, buf_text(&text));
        buf_done(&text);
    }
}

static bool has(const struct texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (text_equal(texts->items[i], text))
            return true;
    return false;
}

/* Elements that both have, in whatever order, are not told, unless nothing but the order differs.
 */
static void compare_arrays(struct comparing *comparing, const struct json *before,
                           const struct json *after)
{
    const size_t told = comparing->changes->count;
    struct texts old = {0}, new = {0};
    size_t i = 0;

    print_elements(before, &old);
    print_elements(after, &new);
    for (const struct json *at = first(before); at; at = json_next(at))
        if (!has(&new, old.items[i++]))
            add(comparing, at, NULL);
    i = 0;
    for (const struct json *at = first(after); at; at = json_next(at))
        if (!has(&old, new.items[i++]))
            add(comparing, NULL, at);
    if (comparing->changes->count == told && before && after && !same(before, after))
        add(comparing, before, after);
    texts_done(&old);
    texts_done(&new);
}

static void compare(struct comparing *comparing, const struct json *before,
                    const struct json *after);

/* Of an object. */
static void compare_member(struct comparing *comparing, const char *key, const struct json *before,
                           const struct json *after)
{
    const size_t length = comparing->path.length;

    buf_printf(&comparing->path, "%s%s", length ? "." : "", key);
    compare(comparing, before, after);
    buf_cut(&comparing->path, length);
}

/* What a manifest has beside its rows. */
static bool is_own(const struct comparing *comparing, const char *key)
{
    return comparing->path.length == 0 &&
           (text_equal(key, "checksum") || text_equal(key, "format") ||
            text_equal(key, "correlationId"));
}

static void compare_objects(struct comparing *comparing, const struct json *before,
                            const struct json *after)
{
    for (const struct json *at = first(before); at; at = json_next(at))
        if (!is_own(comparing, json_key(at)))
            compare_member(comparing, json_key(at), at, get(after, json_key(at)));
    for (const struct json *at = first(after); at; at = json_next(at))
        if (!is_own(comparing, json_key(at)) && !get(before, json_key(at)))
            compare_member(comparing, json_key(at), NULL, at);
}

static void compare(struct comparing *comparing, const struct json *before,
                    const struct json *after)
{
    const struct json *const either = before ? before : after;
    const enum json_kind kind =
        !before || !after || json_kind(before) == json_kind(after) ? json_kind(either) : JSON_NULL;

    if (kind == JSON_OBJECT) /* what is not there has no members */
        compare_objects(comparing, before, after);
    else if (kind == JSON_ARRAY)
        compare_arrays(comparing, before, after);
    else if (!(is_nothing(before) && is_nothing(after)) &&
             (!before || !after || !same(before, after)))
        add(comparing, before, after);
}

void activity_compare(const struct json *before, const struct json *after,
                      struct activity_changes *ret)
{
    struct comparing comparing = {.changes = ret};

    compare(&comparing, before, after);
    buf_done(&comparing.path);
}
