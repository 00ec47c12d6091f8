/* The paths of edits: "publishingProfile.targetRegions[name=westus2].regionalReplicaCount". */
#include "json/edit_room.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

static char *piece(const char *start, size_t length)
{
    char *const copy = mem_new(length + 1, 1);

    memcpy(copy, start, length);
    return copy;
}

/* What stands in quotes at *at, which is then behind them. */
static int read_quoted(const char **at, char **ret, struct err *err)
{
    const char *const start = *at + 1;
    const char *const end = strchr(start, **at);

    if (!end)
        return err_set(err, E_USAGE, "nothing closes the quote %c", **at);
    *ret = piece(start, (size_t)(end - start));
    *at = end + 1;
    return 0;
}

static bool is_quote(char c)
{
    return c == '\'' || c == '"';
}

/* Up to one of `ends`, or what stands in quotes. */
static int read_word(const char **at, const char *ends, char **ret, struct err *err)
{
    size_t length;

    if (is_quote(**at))
        return read_quoted(at, ret, err);
    length = strcspn(*at, ends);
    *ret = piece(*at, length);
    *at += length;
    return 0;
}

static int read_key(const char **at, struct step *step, struct err *err)
{
    const int rc = read_word(at, ".[=", &step->key, err);

    if (rc == 0 && step->key[0] == '\0')
        return err_set(err, E_USAGE, "a key is empty");
    return rc;
}

/* Behind '[': 0], name=x] or 'a.b']. */
static int read_bracket(const char **at, struct step *step, struct err *err)
{
    const bool quoted = is_quote(**at);
    int64_t number;
    int rc = read_word(at, "]=", &step->key, err);

    if (rc == 0 && step->key[0] == '\0')
        rc = err_set(err, E_USAGE, "nothing stands in the brackets");
    if (rc == 0 && **at == '=') {
        ++*at;
        step->kind = STEP_MATCH;
        rc = read_word(at, "]", &step->value, err);
    }
    if (rc == 0 && **at != ']')
        rc = err_set(err, E_USAGE, "nothing closes the bracket");
    if (rc)
        return rc;
    ++*at;
    if (step->kind == STEP_MATCH || quoted)
        return 0;
    if (!number_parse(step->key, &number) || number < 0) {
        err_set(err, E_USAGE, "'[%s]' is no element", step->key);
        return err_hint(err, "write [0] or [key=value]; a key with dots is written ['a.b']");
    }
    step->kind = STEP_INDEX;
    step->index = (size_t)number;
    return 0;
}

int path_parse(const char *text, struct path *ret, const char **ret_rest, struct err *err)
{
    const char *at = text;
    struct path path = {0};
    int rc;

    rc = read_key(&at, VEC_ADD(&path), err);
    while (rc == 0 && *at != '\0' && *at != '=') {
        const char sign = *at++;

        if (path.count == JSON_DEPTH_MAX)
            rc = err_set(err, E_USAGE, "more than %d keys", JSON_DEPTH_MAX);
        else if (sign == '.')
            rc = read_key(&at, VEC_ADD(&path), err);
        else if (sign == '[')
            rc = read_bracket(&at, VEC_ADD(&path), err);
        else
            rc = err_set(err, E_USAGE, "'%c' stands behind a quoted key", sign);
    }
    if (rc) {
        path_done(&path);
        return rc;
    }
    *ret = path;
    *ret_rest = at;
    return 0;
}

void path_done(struct path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        free(path->items[i].key);
        free(path->items[i].value);
    }
    free(path->items);
    *path = (struct path){0};
}

void path_add(struct buf *out, const struct path *path, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct step *const step = &path->items[i];

        if (step->kind == STEP_INDEX)
            buf_printf(out, "[%zu]", step->index);
        else if (step->kind == STEP_MATCH)
            buf_printf(out, "[%s=%s]", step->key, step->value);
        else
            buf_printf(out, "%s%s", i ? "." : "", step->key);
    }
}
