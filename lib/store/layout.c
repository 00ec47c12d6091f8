#include "store/layout.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/semver.h"

static void add_lower(struct buf *out, const char *name)
{
    size_t start = out->length;

    buf_add_text(out, name);
    text_lower(out->bytes + start);
}

static bool is_in_trash(const struct reference *ref, enum reference_depth depth)
{
    return depth == REFERENCE_VERSION && ref->soft_deleted.value;
}

void layout_add_collection(struct buf *out, const struct reference *ref, enum reference_depth depth)
{
    assert(depth != REFERENCE_NONE);
    if (depth == REFERENCE_GALLERY) {
        buf_add_text(out, LAYOUT_GALLERIES);
        return;
    }
    if (is_in_trash(ref, depth)) {
        buf_add_text(out, LAYOUT_TRASH);
        return;
    }
    layout_add_resource(out, ref, depth - 1);
    buf_add_char(out, '/');
    buf_add_text(out, layout_inside(depth - 1));
}

void layout_add_resource(struct buf *out, const struct reference *ref, enum reference_depth depth)
{
    const char *const names[] = {
        [REFERENCE_GALLERY] = ref->gallery,
        [REFERENCE_DEFINITION] = ref->definition,
        [REFERENCE_VERSION] = ref->version,
    };

    layout_add_collection(out, ref, depth);
    buf_add_char(out, '/');
    if (is_in_trash(ref, depth))
        layout_add_version(out, ref);
    else
        add_lower(out, names[depth]);
}

void layout_add_origin(struct buf *out, const struct reference *ref, enum reference_depth depth)
{
    struct reference origin = *ref; /* borrows */

    origin.soft_deleted = (struct opt_bool){0};
    layout_add_resource(out, &origin, depth);
}

const char *layout_manifest(enum reference_depth depth)
{
    static const char *const names[] = {
        [REFERENCE_GALLERY] = "gallery.json",
        [REFERENCE_DEFINITION] = "definition.json",
        [REFERENCE_VERSION] = "version.json",
    };

    return names[depth];
}

const char *layout_inside(enum reference_depth depth)
{
    static const char *const names[] = {
        [REFERENCE_GALLERY] = "images",
        [REFERENCE_DEFINITION] = "versions",
        [REFERENCE_VERSION] = LAYOUT_REPLICATION,
    };

    return names[depth];
}

/* "westus2/standard_zrs/1/zone-2", with that separator. */
static void add_place(struct buf *out, const struct replica_place *place, char separator)
{
    buf_add_text(out, place->region);
    buf_add_char(out, separator);
    add_lower(out, choice_word(&storage_type_choices, place->type));
    buf_printf(out, "%c%u", separator, place->number);
    if (place->zone)
        buf_printf(out, "%c" LAYOUT_ZONE "%u", separator, place->zone);
}

void layout_add_replica(struct buf *out, const struct replica_place *place)
{
    buf_add_text(out, LAYOUT_REGIONS "/");
    add_place(out, place, '/');
}

void layout_add_claim(struct buf *out, const struct replica_place *place)
{
    buf_add_text(out, LAYOUT_REPLICAS "/");
    add_place(out, place, '.');
    buf_add_text(out, ".json");
}

void layout_add_version(struct buf *out, const struct reference *ref)
{
    add_lower(out, ref->gallery);
    buf_add_char(out, '+');
    add_lower(out, ref->definition);
    buf_printf(out, "+%s", ref->version);
}

bool layout_parse_version(const char *name, const char *ending, struct reference *ret)
{
    char *const text = text_copy(name);
    struct semver number;
    bool good = text_ends(text, ending);

    if (good)
        text[strlen(text) - strlen(ending)] = '\0';
    for (char *c = text; *c; c++)
        if (*c == '+')
            *c = '/';
    good = good && reference_parse(text, ret, NULL) == 0 && reference_check(ret, NULL) == 0 &&
           ret->version && semver_parse(ret->version, &number, NULL) == 0;
    free(text);
    return good;
}

void layout_add_work(struct buf *out, const struct reference *ref)
{
    buf_add_text(out, LAYOUT_WORK "/");
    layout_add_version(out, ref);
    buf_add_text(out, ".json");
}
