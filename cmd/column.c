#include "cmd/column.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "base/vec.h"
#include "cmd/render.h"

void columns_done(struct columns *columns)
{
    free(columns->items);
    *columns = (struct columns){0};
}

/* --- all that can be named --- */

struct place {
    struct column column;
    char *path;
    size_t depth;
};

struct places {
    struct place *items;
    size_t count;
};

static void places_done(struct places *places)
{
    for (size_t i = 0; i < places->count; i++)
        free(places->items[i].path);
    free(places->items);
}

/* An object, in the value or in an object of it. */
struct level {
    const struct shape *shape;
    size_t offset;
    const char *path; /* "" or "publishingProfile." */
    size_t depth;
};

static void find_places(struct places *places, const struct shape *whole, struct level level)
{
    for (size_t i = 0; i < level.shape->count; i++) {
        const struct row *const row = &level.shape->rows[i];
        struct place *place;

        if (row->rules & ROW_HIDDEN)
            continue;
        if (row->kind == KIND_OBJECT) {
            char *const path = text_printf("%s%s.", level.path, row->key);

            find_places(
                places, whole,
                (struct level){row->shape, level.offset + row->offset, path, level.depth + 1});
            free(path);
            continue;
        }
        place = VEC_ADD(places);
        *place = (struct place){
            .column = {.row = row, .offset = level.offset, .shape = whole},
            .path = text_printf("%s%s", level.path, row->key),
            .depth = level.depth,
        };
    }
}

static struct places places_of(const struct shape *shape)
{
    struct places places = {0};

    find_places(&places, shape, (struct level){.shape = shape, .path = ""});
    return places;
}

void columns_find(struct columns *columns, const struct shape *shape)
{
    struct places places = places_of(shape);

    for (size_t i = 0; i < places.count; i++) {
        if (places.items[i].column.row->rules & ROW_COLUMN)
            *VEC_ADD(columns) = places.items[i].column;
    }
    places_done(&places);
}

/* --- by name --- */

enum fit { FIT_PATH, FIT_KEY, FIT_TITLE, FIT_WORD, FIT_NONE };

static const char *title_of(const struct row *row)
{
    return row->column ? row->column : row->key;
}

static enum fit fit_of(const struct place *place, const char *name)
{
    if (text_same_word(place->path, name))
        return FIT_PATH;
    if (text_same_word(place->column.row->key, name))
        return FIT_KEY;
    if (text_same_word(title_of(place->column.row), name))
        return FIT_TITLE;
    if (place->column.row->word && text_same_word(place->column.row->word, name))
        return FIT_WORD;
    return FIT_NONE;
}

static const struct place *find_place(const struct places *places, const char *name)
{
    const struct place *best = NULL;
    enum fit best_fit = FIT_NONE;

    for (size_t i = 0; i < places->count; i++) {
        const struct place *const place = &places->items[i];
        const enum fit fit = fit_of(place, name);

        if (fit < best_fit || (best && fit == best_fit && place->depth < best->depth)) {
            best = place;
            best_fit = fit;
        }
    }
    return best;
}

/* The nearest of all names, and those that one uses. */
static int unknown(const struct places *places, const char *name, struct err *err)
{
    const char **const words = mem_new(3 * places->count + 1, sizeof *words);
    struct buf usual = {0};
    const char *nearest;
    size_t count = 0;

    for (size_t i = 0; i < places->count; i++) {
        const struct row *const row = places->items[i].column.row;

        words[count++] = places->items[i].path;
        words[count++] = row->key;
        if (row->word)
            words[count++] = row->word;
        if (row->word || row->rules & ROW_COLUMN)
            buf_printf(&usual, "%s%s", usual.length > 0 ? ", " : "",
                       row->word ? row->word : row->key);
    }
    nearest = text_nearest(name, words);
    err_set(err, E_USAGE, "column '%s' is unknown", name);
    if (nearest)
        err_hint(err, "did you mean '%s'? the usual ones are: %s", nearest, buf_text(&usual));
    else
        err_hint(err, "the usual ones are: %s; others have the names that JSON shows",
                 buf_text(&usual));
    buf_done(&usual);
    free(words);
    return E_USAGE;
}

static int add_named(struct columns *columns, const struct places *places, const char *name,
                     struct err *err)
{
    const struct place *const place = find_place(places, name);
    struct column *column;

    if (*name == '\0')
        return err_set(err, E_USAGE, "a column has no name");
    if (!place)
        return unknown(places, name, err);
    column = VEC_ADD(columns);
    *column = place->column;
    column->brief = fit_of(place, name) == FIT_WORD;
    return 0;
}

int columns_parse(const char *text, bool sorted, const struct shape *shape, struct columns *ret,
                  struct err *err)
{
    struct places places = places_of(shape);
    struct columns columns = {0};
    int rc = 0;

    while (rc == 0) {
        const bool descends = sorted && *text == '-';
        const char *const start = text + (descends ? 1 : 0);
        const size_t length = strcspn(start, ",");
        char *const name = text_printf("%.*s", (int)length, start);

        rc = add_named(&columns, &places, name, err);
        free(name);
        if (rc == 0)
            columns.items[columns.count - 1].descends = descends;
        if (start[length] == '\0')
            break;
        text = start + length + 1;
    }
    places_done(&places);
    if (rc)
        columns_done(&columns);
    else
        *ret = columns;
    return rc;
}

/* --- what it shows --- */

void column_add_title(struct buf *out, const struct column *column)
{
    render_add_title(out, column->brief ? column->row->word : title_of(column->row));
}

/* The row that names an element of a list. */
static const struct row *label_row(const struct shape *shape)
{
    const struct row *label = &shape->rows[0];

    for (size_t i = 0; i < shape->count; i++) {
        if (shape->rows[i].rules & ROW_LABEL)
            return &shape->rows[i];
        if (shape->rows[i].rules & ROW_KEY)
            label = &shape->rows[i];
    }
    return label;
}

/* A list is the names of its elements. */
static void add_names(struct buf *out, const struct row *row, const void *list)
{
    const struct row *const label = label_row(row->shape);

    for (size_t i = 0; i < list_count(list); i++) {
        if (i > 0)
            buf_add_text(out, ", ");
        render_add_scalar(out, label, list_item(list, row->shape, i));
    }
}

static void add_texts(struct buf *out, const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (i > 0)
            buf_add_text(out, ", ");
        text_add_inert(out, texts->items[i]);
    }
}

static void add_tags(struct buf *out, const struct tags *tags)
{
    for (size_t i = 0; i < tags->count; i++) {
        if (i > 0)
            buf_add_text(out, ", ");
        text_add_inert(out, tags->items[i].name);
        buf_add_char(out, '=');
        text_add_inert(out, tags->items[i].value);
    }
}

/* Add up what the row says wherever it is in the value, the elements of lists too. */
static void sum_up(const struct shape *shape, const void *value, const struct row *wanted,
                   struct opt_int *sum)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];
        const void *const slot = row_value(row, value);

        if (row == wanted && row_present(row, value)) {
            sum->value += ((const struct opt_int *)slot)->value;
            sum->set = true;
        }
        if (row->kind == KIND_OBJECT)
            sum_up(row->shape, slot, wanted, sum);
        for (size_t k = 0; row->kind == KIND_LIST && k < list_count(slot); k++)
            sum_up(row->shape, list_item(slot, row->shape, k), wanted, sum);
    }
}

struct opt_int column_sum(const struct column *column, const void *value)
{
    struct opt_int sum = {0};

    sum_up(column->shape, value, column->row, &sum);
    return sum;
}

static void add_size(struct buf *out, const struct column *column, const void *value)
{
    const struct opt_int sum = column_sum(column, value);

    if (sum.set)
        number_add_size(out, (uint64_t)sum.value);
}

/* One number that is small enough to read: "45s", "5m", "3h", "12d". */
static void add_age(struct buf *out, const struct opt_time *instant, int64_t now)
{
    static const struct {
        int64_t seconds;
        char letter;
    } units[] = {{INT64_C(86400), 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
    const int64_t age = now > instant->value ? now - instant->value : 0;
    size_t unit = 0;

    if (!instant->set)
        return;
    while (units[unit].seconds > 1 && age < units[unit].seconds)
        unit++;
    buf_printf(out, "%lld%c", (long long)(age / units[unit].seconds), units[unit].letter);
}

void column_add_cell(struct buf *out, const struct column *column, const void *value, int64_t now)
{
    const void *const base = (const char *)value + column->offset;
    const void *const slot = row_value(column->row, base);

    switch (column->row->kind) {
    case KIND_LIST:
        add_names(out, column->row, slot);
        break;
    case KIND_TEXTS:
        add_texts(out, slot);
        break;
    case KIND_TAGS:
        add_tags(out, slot);
        break;
    case KIND_INT:
        if (column->brief)
            add_size(out, column, value);
        else
            render_add_scalar(out, column->row, base);
        break;
    case KIND_TIME:
        if (column->brief)
            add_age(out, slot, now);
        else
            render_add_scalar(out, column->row, base);
        break;
    case KIND_TEXT:
    case KIND_BOOL:
    case KIND_CHOICE:
    case KIND_OBJECT:
        render_add_scalar(out, column->row, base);
        break;
    }
}
