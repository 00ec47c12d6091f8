#include "model/region.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* The spelling that is compared: no blanks, lower case. To be released with free. */
static char *plain_spelling(const char *text)
{
    char *const plain = mem_new(strlen(text) + 1, 1);
    char *end = plain;

    for (; *text; text++)
        if (*text != ' ' && *text != '\t')
            *end++ = *text;
    text_lower(plain);
    return plain;
}

static const struct region_row *find_built_in(const char *plain)
{
    for (const struct region_row *row = region_rows; row->name; row++)
        if (row->name[0] == plain[0] && strcmp(row->name, plain) == 0)
            return row;
    return NULL;
}

static bool is_displayed_as(const struct region_row *row, const char *plain)
{
    char *const display = plain_spelling(row->display_name);
    const bool same = text_equal(display, plain);

    free(display);
    return same;
}

/* Names come before display names. */
static const struct region_row *find_plain(const struct region_book *book, const char *plain)
{
    const struct region_entry *const entry = region_book_entry(book, plain);
    const struct region_row *row = entry ? &entry->row : find_built_in(plain);

    for (size_t i = 0; !row && book && i < book->count; i++)
        if (is_displayed_as(&book->items[i].row, plain))
            row = &book->items[i].row;
    return row;
}

const struct region_row *region_find(const struct region_book *book, const char *text)
{
    char *const plain = plain_spelling(text);
    const struct region_row *const row = find_plain(book, plain);

    free(plain);
    return row;
}

/* The hint of an unknown region: the nearest one that there is. */
static void suggest(const struct region_book *book, const char *text, struct err *err)
{
    char *const plain = plain_spelling(text);
    const size_t own = book ? book->count : 0;
    const char **names;
    const char *nearest;
    size_t count = 0;

    while (region_rows[count].name)
        count++;
    names = mem_new(own + count + 1, sizeof *names);
    for (size_t i = 0; i < own; i++)
        names[i] = book->items[i].row.name;
    for (size_t i = 0; i < count; i++)
        names[own + i] = region_rows[i].name;
    nearest = text_nearest(plain, names);
    if (strchr(text, ','))
        err_hint(err, "blanks stand between several, not commas");
    else if (nearest)
        err_hint(err, "did you mean '%s'?", nearest);
    else
        err_hint(err, "'sig region list' prints those that there are");
    free(names);
    free(plain);
}

int region_parse(const struct region_book *book, const char *text, const struct region_row **ret,
                 struct err *err)
{
    const struct region_row *const row = region_find(book, text);

    if (!row) {
        err_set(err, E_INVALID, "region '%s' is unknown", text);
        if (err)
            suggest(book, text, err);
        return E_INVALID;
    }
    *ret = row;
    return 0;
}

bool region_may_replicate(const struct region_row *from, const struct region_row *to)
{
    return from->cloud == to->cloud || from->cloud == CLOUD_NONE || to->cloud == CLOUD_NONE;
}

/* --- words --- */

/* Whether it may be a name or a display name of some region: the marks that stand between the parts
 * of a target region, of a path or of JSON are in none. Manifests hold such words, and they become
 * names of files. */
static bool is_word(const char *text)
{
    const size_t length = strlen(text);
    bool blank = true;

    for (const char *at = text; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == '\x7f' || strchr("=,/\\{}[]\"'@", *at))
            return false;
        blank = blank && *at == ' ';
    }
    return !blank && *text != '.' && length <= REGION_DISPLAY_MAX && text_is_utf8(text, length);
}

int region_check(const void *slot, struct err *err)
{
    const char *const text = *(char *const *)slot;
    const struct region_row *row;

    return is_word(text) ? 0 : region_parse(NULL, text, &row, err);
}

int regions_check(const void *slot, struct err *err)
{
    const struct texts *const names = slot;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < names->count; i++)
        if (names->items[i][0])
            rc = region_check(&names->items[i], err);
    return rc;
}

int region_settle_word(char **name, struct err *err)
{
    const struct region_row *const row = region_find(NULL, *name);

    if (!row)
        return region_check(name, err);
    text_replace(name, row->name);
    return 0;
}

int region_parse_words(const char *const *words, size_t count, void *slot, struct err *err)
{
    char *name;
    int rc;

    if (count != 1)
        return err_set(err, E_INVALID, "%zu words where one region is wanted", count);
    name = text_copy(words[0]);
    rc = region_settle_word(&name, err);
    if (rc == 0)
        text_replace(slot, name);
    free(name);
    return rc;
}

int regions_parse_words(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct texts regions = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        texts_add(&regions, words[i]);
        rc = region_settle_word(&regions.items[i], err);
    }
    if (rc) {
        texts_done(&regions);
        return rc;
    }
    texts_done(slot);
    *(struct texts *)slot = regions;
    return 0;
}

/* --- members that name regions --- */

struct members {
    int (*each)(void *user, const struct row *row, char **name, struct err *err);
    void *user;
};

static int walk(const struct shape *shape, void *value, const struct row *list,
                const struct members *members, struct err *err);

static int walk_texts(struct texts *names, const struct row *row, const struct members *members,
                      struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < names->count; i++)
        if (names->items[i][0])
            rc = members->each(members->user, row, &names->items[i], err);
    return rc;
}

static int walk_slot(const struct row *row, void *slot, const struct row *list,
                     const struct members *members, struct err *err)
{
    const struct row *const named = list ? list : row;
    int rc = 0;

    if (row->kind == KIND_OBJECT)
        return walk(row->shape, slot, list, members, err);
    if (row->kind == KIND_LIST)
        for (size_t i = 0; rc == 0 && i < list_count(slot); i++)
            rc = walk(row->shape, list_item(slot, row->shape, i), named, members, err);
    else if (row->check == region_check && *(char **)slot && **(char **)slot)
        rc = members->each(members->user, named, slot, err);
    else if (row->check == regions_check)
        rc = walk_texts(slot, named, members, err);
    return rc;
}

static int walk(const struct shape *shape, void *value, const struct row *list,
                const struct members *members, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < shape->count; i++)
        rc = walk_slot(&shape->rows[i], row_slot(&shape->rows[i], value), list, members, err);
    return rc;
}

int region_members(const struct shape *shape, void *value,
                   int (*each)(void *user, const struct row *row, char **name, struct err *err),
                   void *user, struct err *err)
{
    const struct members members = {.each = each, .user = user};

    return walk(shape, value, NULL, &members, err);
}

static int settle(void *user, const struct row *row, char **name, struct err *err)
{
    const struct region_book *const *const book = user;
    const struct region_row *const found = region_find(*book, *name);

    (void)row;
    (void)err;
    if (found)
        text_replace(name, found->name);
    return 0;
}

void region_settle(const struct region_book *book, const struct shape *shape, void *value)
{
    region_members(shape, value, settle, &book, NULL);
}
