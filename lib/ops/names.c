/* Names, found fast: for whoever completes words. */
#include <stdlib.h>

#include "base/text.h"
#include "model/semver.h"
#include "ops/room.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/resource.h"
#include "store/trash.h"

/* The name as its manifest has it; the directory's where that cannot be read. */
static void spell(const struct store *store, const struct reference *ref,
                  enum reference_depth depth, char **name)
{
    struct reference own = *ref;
    struct gallery gallery = {0};
    struct definition definition = {0};
    struct err ignored = {0};

    *ops_name_slot(&own, depth) = *name;
    if (depth == REFERENCE_GALLERY &&
        resource_read(store, &own, depth, &gallery_shape, &gallery, NULL, &ignored) == 0)
        text_replace(name, gallery.name);
    if (depth == REFERENCE_DEFINITION &&
        resource_read(store, &own, depth, &definition_shape, &definition, NULL, &ignored) == 0)
        text_replace(name, definition.name);
    shape_done(&gallery_shape, &gallery);
    shape_done(&definition_shape, &definition);
}

/* A directory may be called anything by whoever can write to the store. */
static bool is_name(const struct reference *ref, enum reference_depth depth, char *name)
{
    struct reference own = *ref;
    struct err ignored = {0};

    *ops_name_slot(&own, depth) = name;
    return reference_check(&own, &ignored) == 0;
}

/* Names of a depth that begin so, those that the caller may see. */
struct naming_of {
    const struct store *store;
    const struct reference *ref; /* of what they are in */
    enum reference_depth depth;
    const char *beginning;
    struct ops_gate gate;
};

static bool is_seen(const struct naming_of *asked, char *name)
{
    struct reference own = *asked->ref;

    *ops_name_slot(&own, asked->depth) = name;
    return ops_gate_lets(&asked->gate, action_read(asked->depth), &own);
}

static void add_resources(const struct naming_of *asked, struct texts *ret)
{
    struct err ignored = {0};
    struct texts names = {0};

    if (resource_list(asked->store, asked->ref, asked->depth, &names, &ignored))
        return;
    for (size_t i = 0; i < names.count; i++) {
        if (text_starts_word(names.items[i], asked->beginning) &&
            is_name(asked->ref, asked->depth, names.items[i]) && is_seen(asked, names.items[i]))
            texts_add(ret, names.items[i]);
    }
    for (size_t i = 0; ret->count <= GAL_NAMES_SPELLED && i < ret->count; i++)
        spell(asked->store, asked->ref, asked->depth, &ret->items[i]);
    texts_done(&names);
}

struct numbers {
    struct semver *items;
    size_t count;
};

static int add_number(void *user, const struct reference *ref, struct err *err)
{
    struct numbers *const numbers = user;

    return semver_parse(ref->version, VEC_ADD(numbers), err);
}

static int highest_first(const void *left, const void *right)
{
    return semver_compare(right, left);
}

/* Those in the trash, highest first as ops_version_numbers gives the others. */
static int trashed_numbers(const struct naming_of *asked, struct numbers *ret, struct err *err)
{
    const int rc = trash_each(asked->store, asked->ref, add_number, ret, err);

    if (ret->count > 0)
        qsort(ret->items, ret->count, sizeof *ret->items, highest_first);
    return rc;
}

/* Lowest first; a number has one spelling. */
static void add_versions(const struct naming_of *asked, struct texts *ret)
{
    struct err ignored = {0};
    struct numbers numbers = {0};
    const int rc = asked->ref->soft_deleted.value
                       ? trashed_numbers(asked, &numbers, &ignored)
                       : ops_version_numbers(asked->store, asked->ref, &numbers.items,
                                             &numbers.count, &ignored);

    while (rc == 0 && numbers.count > 0) {
        char text[SEMVER_TEXT_SIZE];

        semver_text(&numbers.items[--numbers.count], text);
        if (text_starts(text, asked->beginning) && is_seen(asked, text))
            texts_add(ret, text);
    }
    free(numbers.items);
}

void gal_names(struct store *store, const struct reference *ref, enum reference_depth depth,
               const char *beginning, struct texts *ret)
{
    struct naming_of asked = {.store = store, .ref = ref, .depth = depth, .beginning = beginning};
    struct err ignored = {0};

    /* Names lead to directories: only those that are names. */
    if (reference_check(ref, &ignored))
        return;
    if (ops_gate_open(store, &asked.gate, &ignored) == 0) {
        if (depth == REFERENCE_VERSION)
            add_versions(&asked, ret);
        else
            add_resources(&asked, ret);
    }
    ops_gate_close(&asked.gate);
}

void gal_names_of_regions(struct store *store, struct texts *ret)
{
    struct err ignored = {0};

    if (store->root != FILE_NONE)
        dir_list(store->root, LAYOUT_REGIONS, ret, &ignored);
}
