#include "cmd/ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "json/value.h"

#define BLANKS " \t\r\n"

/* --- reading --- */

static void add_id(struct texts *ids, const char *id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (text_same_word(ids->items[i], id))
            return;
    texts_add(ids, id);
}

static int add_element(struct texts *ids, const struct json *json, struct err *err)
{
    const struct json *const id = json_kind(json) == JSON_OBJECT ? json_get(json, "id") : json;

    if (!id || !json_string(id)) {
        err_set(err, E_INVALID, "the JSON has something that is no id, and no object with one");
        return err_hint(err, "--query '[].id' picks the ids out of a list");
    }
    add_id(ids, json_string(id));
    return 0;
}

static int add_json(struct texts *ids, const char *text, struct err *err)
{
    struct json *json = NULL;
    int rc = json_parse(text, strlen(text), &json, err);

    if (rc)
        return err_wrap(err, "not valid JSON");
    if (json_kind(json) == JSON_ARRAY) {
        for (const struct json *item = json_first(json); item && !rc; item = json_next(item))
            rc = add_element(ids, item, err);
    } else {
        rc = add_element(ids, json, err);
    }
    json_free(json);
    return rc;
}

static int add_text(struct texts *ids, const char *text, struct err *err)
{
    char *const copy = text_copy(text);
    char *at = copy + strspn(copy, BLANKS);
    int rc = 0;

    if (*at == '[' || *at == '{' || *at == '"') {
        rc = add_json(ids, at, err);
        at += strlen(at);
    }
    while (*at && !rc) {
        char *const end = at + strcspn(at, BLANKS);
        char *const next = end + strspn(end, BLANKS);

        *end = '\0';
        add_id(ids, at);
        at = next;
    }
    free(copy);
    return rc;
}

static int add_input(struct texts *ids, struct err *err)
{
    char *text = NULL;
    int rc = gal_read_text("-", &text, err);

    if (!rc)
        rc = add_text(ids, text, err);
    free(text);
    return rc;
}

int ids_parse(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct texts *const ret = slot;
    struct texts ids = {0};
    int rc = 0;

    for (size_t i = 0; i < count && !rc; i++) {
        if (words[i][strspn(words[i], BLANKS)] == '\0') {
            err_set(err, E_USAGE, "an id is empty");
            rc = err_hint(err, "is the variable that it comes from set?");
        } else {
            rc = strcmp(words[i], "-") == 0 ? add_input(&ids, err) : add_text(&ids, words[i], err);
        }
    }
    if (rc) {
        texts_done(&ids);
        return rc;
    }
    texts_done(ret);
    *ret = ids;
    if (ids.count == 0) /* a list may be empty: then there is nothing to do */
        list_clear(ret);
    return 0;
}

int references_parse_words(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct references *const ret = slot;
    int rc = 0;

    for (size_t i = 0; i < count && rc == 0; i++)
        rc = reference_parse(words[i], VEC_ADD(ret), err);
    if (rc)
        list_done(ret, &reference_shape);
    return rc;
}

/* --- running --- */

/* That something is still to do is better than any failure; otherwise the statuses grow worse. */
static int worse(int one, int other)
{
    if (one == 0 || one == E_PARTIAL)
        return other;
    if (other == E_PARTIAL)
        return one;
    return err_kind(one)->exit_status >= err_kind(other)->exit_status ? one : other;
}

/* Room for one more result, zeroed. */
static void *next_result(const struct command *command, struct results *results)
{
    if (!command->result)
        return NULL;
    results->items = vec_grow(results->items, results->count, command->result->size);
    return results->items + results->count * command->result->size;
}

int ids_run(const struct invocation *invocation, struct run *run, struct results *ret,
            void (*failed)(const struct err *err), struct err *err)
{
    const struct command *const command = invocation->command;
    struct reference *const slot = row_slot(command_reference(command), invocation->request);
    size_t failures = 0;
    int worst = 0;

    for (size_t i = 0; i < invocation->refs.count; i++) {
        void *const result = next_result(command, ret);
        struct err why = {0};
        int rc;

        shape_done(&reference_shape, slot);
        shape_copy(&reference_shape, slot, &invocation->refs.items[i]);
        rc = command->run(run, invocation->request, result, &why);
        if (result && (rc == 0 || rc == E_PARTIAL))
            ret->count++;
        if (rc == 0)
            continue;
        failed(&why);
        failures++;
        worst = worse(worst, rc);
    }
    if (failures == 0)
        return 0;
    return err_set(err, worst, "%zu of %zu failed", failures, invocation->refs.count);
}

void results_done(const struct command *command, struct results *results)
{
    for (size_t i = 0; i < results->count; i++)
        shape_done(command->result, results->items + i * command->result->size);
    free(results->items);
    *results = (struct results){0};
}
