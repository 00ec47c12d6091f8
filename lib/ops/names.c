/* Names, found fast: for whoever completes words. */
#include <stdlib.h>

#include "base/text.h"
#include "model/semver.h"
#include "ops/room.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/resource.h"

static int by_number(const void *left, const void *right)
{
    struct err ignored = {0};
    struct semver a = {0};
    struct semver b = {0};

    semver_parse(*(char *const *)left, &a, &ignored);
    semver_parse(*(char *const *)right, &b, &ignored);
    return semver_compare(&a, &b);
}

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

void gal_names(struct store *store, const struct reference *ref, enum reference_depth depth,
               const char *beginning, struct texts *ret)
{
    struct err ignored = {0};
    struct texts names = {0};

    /* Names lead to directories: only those that are names. */
    if (reference_check(ref, &ignored) || resource_list(store, ref, depth, &names, &ignored))
        goto out;
    for (size_t i = 0; i < names.count; i++) {
        if (text_starts_word(names.items[i], beginning))
            texts_add(ret, names.items[i]);
    }
    if (depth == REFERENCE_VERSION && ret->count > 0)
        qsort(ret->items, ret->count, sizeof *ret->items, by_number);
    for (size_t i = 0; ret->count <= GAL_NAMES_SPELLED && i < ret->count; i++)
        spell(store, ref, depth, &ret->items[i]);
out:
    texts_done(&names);
}

void gal_names_of_regions(struct store *store, struct texts *ret)
{
    struct err ignored = {0};

    if (store->root != FILE_NONE)
        dir_list(store->root, LAYOUT_REGIONS, ret, &ignored);
}
