/* The values that a flag or a word without one may have. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cmd/complete.h"
#include "cmd/invocation.h"

void candidates_add(struct candidates *candidates, const char *text, const char *about)
{
    if (!text_starts_word(text, candidates->word))
        return;
    *VEC_ADD(candidates) = (struct candidate){
        .text = text_copy(text),
        .about = text_copy(about ? about : ""),
    };
}

void candidates_done(struct candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i++) {
        free(candidates->items[i].text);
        free(candidates->items[i].about);
    }
    free(candidates->items);
    *candidates = (struct candidates){0};
}

/* The store of the line that is being typed, or NULL: nothing is said of it. `context` is filled
 * and must outlive it. */
static struct store *open_store(const struct place *place, const struct context *outside,
                                struct context *context)
{
    struct store *store = NULL;
    struct err ignored = {0};

    *context = *outside;
    context->notice = NULL;
    if (place->store)
        context->store_path = place->store;
    if (!context->store_path || gal_open(context, GAL_READ, &store, &ignored))
        return NULL;
    return store;
}

static void add_texts(struct candidates *candidates, const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        candidates_add(candidates, texts->items[i], NULL);
}

static bool is_read(const struct place *place)
{
    return place->command && place->command->traits & COMMAND_READS;
}

/* --- regions --- */

/* Where something is read or taken away only the regions matter that the store has. */
static bool is_region_of_store(const struct row *row)
{
    if (!row->flag)
        return false;
    return text_starts(row->flag, "--region") || text_starts(row->flag, "--remove");
}

static void add_region(struct candidates *candidates, const struct texts *only,
                       const struct region *region)
{
    bool wanted = only->count == 0;

    for (size_t i = 0; i < only->count; i++)
        wanted = wanted || strcmp(only->items[i], region->name) == 0;
    if (wanted)
        candidates_add(candidates, region->name, region->display_name);
}

static void complete_region(const struct place *place, const struct row *row,
                            const struct context *outside, struct candidates *candidates)
{
    struct texts only = {0};
    struct regions regions = {0};
    struct err ignored = {0};
    struct context context;
    struct store *const store = open_store(place, outside, &context);

    if (store && is_region_of_store(row))
        gal_names_of_regions(store, &only);
    gal_region_list(store, &regions, &ignored);
    gal_close(store);
    for (size_t i = 0; i < regions.count; i++)
        add_region(candidates, &only, &regions.items[i]);
    regions_done(&regions);
    texts_done(&only);
}

/* --- resources --- */

/* The depth that a flag of a reference names: -r, -i, -e; REFERENCE_NONE for any other. */
static enum reference_depth depth_of(const struct row *row)
{
    const struct row *const rows = reference_shape.rows;

    if (row < rows || row >= rows + reference_shape.count)
        return REFERENCE_NONE;
    if (row->offset == offsetof(struct reference, gallery))
        return REFERENCE_GALLERY;
    if (row->offset == offsetof(struct reference, definition))
        return REFERENCE_DEFINITION;
    return row->offset == offsetof(struct reference, version) ? REFERENCE_VERSION : REFERENCE_NONE;
}

static bool is_resource_group(const struct row *row)
{
    const struct row *const rows = reference_shape.rows;

    return row >= rows && row < rows + reference_shape.count &&
           row->offset == offsetof(struct reference, resource_group);
}

static void add_group(struct candidates *candidates, const char *group)
{
    for (size_t i = 0; i < candidates->count; i++) {
        if (text_same_word(candidates->items[i].text, group))
            return;
    }
    candidates_add(candidates, group, NULL);
}

/* The only names that manifests alone have: of galleries, which are few. */
static void complete_group(const struct place *place, const struct context *outside,
                           struct candidates *candidates)
{
    const struct list_request all = {0};
    struct galleries galleries = {0};
    struct err ignored = {0};
    struct context context;
    struct store *const store = open_store(place, outside, &context);

    if (store)
        gal_gallery_list(store, &all, &galleries, &ignored);
    for (size_t i = 0; i < galleries.count; i++)
        add_group(candidates, galleries.items[i].resource_group);
    list_done(&galleries, &gallery_shape);
    gal_close(store);
}

static void complete_name(const struct place *place, enum reference_depth depth,
                          const struct context *outside, struct candidates *candidates)
{
    const bool parents = (depth < REFERENCE_DEFINITION || place->ref.gallery) &&
                         (depth < REFERENCE_VERSION || place->ref.definition);
    struct reference ref = place->ref; /* borrows */
    struct texts names = {0};
    struct context context;
    struct store *const store = parents ? open_store(place, outside, &context) : NULL;

    ref.soft_deleted.value = place->command && place->command->traits & COMMAND_TRASHED;
    if (store)
        gal_names(store, &ref, depth, candidates->word, &names);
    gal_close(store);
    add_texts(candidates, &names);
    if (depth == REFERENCE_VERSION && is_read(place))
        candidates_add(candidates, "latest", NULL);
    texts_done(&names);
}

/* Make references of names: `before` in front, and a slash behind where the reference goes on. One
 * that may end there as well is a candidate in both forms. */
static void make_references(const struct depths *depths, enum reference_depth depth,
                            const char *before, struct candidates *candidates)
{
    const size_t count = candidates->count;

    for (size_t i = 0; i < count; i++) {
        char *const name = candidates->items[i].text;

        candidates->items[i].text =
            text_printf("%s%s%s", before, name, depth < depths->most ? "/" : "");
        if (depth >= depths->least && depth < depths->most)
            *VEC_ADD(candidates) = (struct candidate){.text = text_printf("%s%s", before, name),
                                                      .about = text_copy("")};
        free(name);
    }
}

void complete_reference(const struct place *place, const struct depths *depths,
                        const struct context *context, struct candidates *candidates)
{
    const char *const typed = candidates->word;
    const char *const last = strrchr(typed, '/');
    const size_t length = last ? (size_t)(last + 1 - typed) : 0;
    enum reference_depth depth = REFERENCE_GALLERY;
    char *const before = text_printf("%.*s", (int)length, typed);
    struct place inside = *place;
    struct err ignored = {0};

    inside.ref = (struct reference){0};
    if (length > 0) {
        before[length - 1] = '\0';
        if (before[0] == '\0' || reference_parse(before, &inside.ref, &ignored) ||
            reference_depth(&inside.ref, &depth, &ignored) || depth == REFERENCE_VERSION)
            goto out;
        before[length - 1] = '/';
        depth++;
    }
    if (depth > depths->most)
        goto out;
    candidates->word = typed + length;
    complete_name(&inside, depth, context, candidates);
    make_references(depths, depth, before, candidates);
    candidates->word = typed;
out:
    shape_done(&reference_shape, &inside.ref);
    free(before);
}

/* --- everything else --- */

static void add_nouns(struct candidates *candidates)
{
    for (size_t i = 0; nouns[i]; i++) {
        if (!nouns[i]->hidden)
            candidates_add(candidates, nouns[i]->name, nouns[i]->brief);
    }
}

static bool has_word(const char *metavar, const char *word)
{
    return metavar && strstr(metavar, word);
}

static void complete_files(const struct row *row, struct candidates *candidates)
{
    if (has_word(row->metavar, "FILE") || has_word(row->metavar, "URI") ||
        has_word(row->metavar, "SOURCE"))
        candidates->files = COMPLETE_FILES;
    else if (has_word(row->metavar, "DIR"))
        candidates->files = COMPLETE_DIRECTORIES;
}

void complete_value(const struct place *place, const struct row *row, const struct context *context,
                    struct candidates *candidates)
{
    static const struct depths to_version = {REFERENCE_VERSION, REFERENCE_VERSION};
    static const struct depths to_any = {REFERENCE_NONE, REFERENCE_VERSION};
    static const struct depths to_definition = {REFERENCE_DEFINITION, REFERENCE_DEFINITION};
    const enum reference_depth depth = depth_of(row);

    if (row->kind == KIND_CHOICE) {
        for (size_t i = 0; row->choices->words[i]; i++)
            candidates_add(candidates, row->choices->words[i], NULL);
    } else if (row->kind == KIND_BOOL) {
        candidates_add(candidates, "true", NULL);
        candidates_add(candidates, "false", NULL);
    } else if (row->metavar && text_starts(row->metavar, "REGION")) {
        complete_region(place, row, context, candidates);
    } else if (depth != REFERENCE_NONE) {
        complete_name(place, depth, context, candidates);
    } else if (is_resource_group(row)) {
        complete_group(place, context, candidates);
    } else if (text_equal(row->metavar, "VERSION")) {
        complete_reference(place, &to_version, context, candidates);
    } else if (text_equal(row->metavar, OTHERS_METAVAR)) {
        complete_reference(place, &to_any, context, candidates);
    } else if (text_equal(row->metavar, "GALLERY/DEFINITION")) {
        complete_reference(place, &to_definition, context, candidates);
    } else if (text_equal(row->metavar, "NOUN")) {
        add_nouns(candidates);
    } else {
        complete_files(row, candidates);
    }
}
