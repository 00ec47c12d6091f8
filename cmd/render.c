#include "cmd/render.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"

/* Element by element, so that a long list never is in memory as a tree. As each is shown as a list
 * of its own, JSON has brackets too many. */
static void add_list(struct buf *out, const struct look *look, const struct result *result)
{
    static const char open[] = "[", close[] = "\n]\n";
    const bool json = look->output == OUTPUT_JSON || look->output == OUTPUT_JSONC;
    const size_t before = json ? sizeof open - 1 : 0;
    const size_t behind = json ? sizeof close - 1 : 0;
    struct buf piece = {0};

    buf_add(out, open, before);
    for (size_t i = 0; i < result_count(result); i++) {
        struct json *const list = json_new_array();

        json_append(list, shape_write(result->shape, result_item(result, i), SHAPE_VIEW));
        buf_clear(&piece);
        render_add_tree(&piece, look, list);
        if (json && i > 0)
            buf_add_char(out, ',');
        buf_add(out, piece.bytes + before, piece.length - before - behind);
        json_free(list);
    }
    buf_add(out, close, behind);
    buf_done(&piece);
}

static void add_value(struct buf *out, const struct look *look, const struct result *result)
{
    struct json *tree;

    if (result->listed && result_count(result) > 0) {
        add_list(out, look, result);
        return;
    }
    tree = result->listed ? json_new_array() : render_tree(result, 0);
    render_add_tree(out, look, tree);
    json_free(tree);
}

void render(struct buf *out, const struct look *look, const struct result *result)
{
    switch (look->output) {
    case OUTPUT_JSON:
    case OUTPUT_JSONC:
    case OUTPUT_YAML:
    case OUTPUT_YAMLC:
        add_value(out, look, result);
        break;
    case OUTPUT_TABLE:
        render_table(out, look, result);
        break;
    case OUTPUT_TSV:
        render_tsv(out, result);
        break;
    case OUTPUT_NONE:
        break;
    }
}

void render_add_tree(struct buf *out, const struct look *look, const struct json *json)
{
    static const struct json_ink ink = {
        .key = "\033[1;34m",  /* bold blue */
        .string = "\033[32m", /* green */
        .number = "\033[36m", /* cyan */
        .word = "\033[33m",   /* yellow */
        .end = "\033[0m",
    };
    const bool coloured = look->output == OUTPUT_JSONC || look->output == OUTPUT_YAMLC;
    const struct json_ink *const used = coloured && look->colour ? &ink : NULL;

    if (look->output == OUTPUT_JSON || look->output == OUTPUT_JSONC)
        render_json(out, json, used);
    if (look->output == OUTPUT_YAML || look->output == OUTPUT_YAMLC)
        render_yaml(out, json, used);
}

struct json *render_tree(const struct result *result, size_t index)
{
    struct json *const tree = shape_write(result->shape, result_item(result, index), SHAPE_VIEW);

    json_sort(tree);
    return tree;
}

void render_add_title(struct buf *out, const char *key)
{
    char *const title = text_copy(key);

    if (title[0] >= 'a' && title[0] <= 'z')
        title[0] = (char)(title[0] - 'a' + 'A');
    text_add_inert(out, title);
    free(title);
}

size_t result_count(const struct result *result)
{
    return result->listed ? list_count(result->value) : 1;
}

const void *result_item(const struct result *result, size_t index)
{
    return result->listed ? list_item(result->value, result->shape, index) : result->value;
}

void render_add_scalar(struct buf *out, const struct row *row, const void *value)
{
    const void *const slot = row_value(row, value);
    char time[CLOCK_TEXT_SIZE];

    if (!row_present(row, value))
        return;
    switch (row->kind) {
    case KIND_TEXT:
        text_add_inert(out, *(char *const *)slot);
        break;
    case KIND_BOOL:
        buf_add_text(out, ((const struct opt_bool *)slot)->value ? "True" : "False");
        break;
    case KIND_INT:
        buf_printf(out, "%" PRId64, ((const struct opt_int *)slot)->value);
        break;
    case KIND_TIME:
        clock_text(((const struct opt_time *)slot)->value, time);
        buf_add_text(out, time);
        break;
    case KIND_CHOICE:
        buf_add_text(out, choice_word(row->choices, *(const unsigned *)slot));
        break;
    case KIND_TEXTS:
    case KIND_TAGS:
    case KIND_OBJECT:
    case KIND_LIST:
        break;
    }
}
