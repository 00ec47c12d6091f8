/* sig-manifest(5): the properties of what a store keeps, from the rows that declare them. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "cmd/page.h"

static void add_choices(struct buf *out, const struct choices *choices)
{
    for (size_t i = 0; choices->words[i]; i++) {
        const char *const comma = !choices->words[i + 1] ? " or " : ", ";

        buf_printf(out, "%s%s", i > 0 ? comma : "", choices->words[i]);
    }
}

static void add_number(struct buf *out, const struct row *row)
{
    if (row->min == 0 && row->max == 0)
        buf_add_text(out, "A whole number");
    else
        buf_printf(out, "A whole number from %" PRId64 " to %" PRId64, row->min, row->max);
}

static void add_type(struct buf *out, const struct row *row)
{
    static const char *const types[] = {
        [KIND_BOOL] = "True or false",
        [KIND_TIME] = "An instant, such as \"2026-01-02T03:04:05+00:00\"",
        [KIND_TEXTS] = "A list of texts",
        [KIND_TAGS] = "An object of texts",
        [KIND_OBJECT] = "An object",
        [KIND_LIST] = "A list of objects",
    };

    if (row->kind == KIND_TEXT)
        buf_printf(out, "Text of at most %" PRId64 " bytes", row->max ? row->max : SHAPE_TEXT_MAX);
    else if (row->kind == KIND_INT)
        add_number(out, row);
    else if (row->kind == KIND_CHOICE)
        add_choices(out, row->choices);
    else if (row->rules & ROW_NAMES)
        buf_add_text(out, "An object with empty objects as members");
    else
        buf_add_text(out, types[row->kind]);
}

/* Who sets it, when, and where it is to be seen; of an object its members say when. */
static void add_rules(struct buf *out, const struct row *row, unsigned rules)
{
    if (rules & ROW_KEY)
        buf_add_text(out, "; identifies what it stands in");
    if (rules & ROW_NEEDED)
        buf_add_text(out, "; needed");
    if (rules & ROW_MADE)
        buf_add_text(out, "; made by the tool");
    else if (row->kind != KIND_OBJECT || rules & ROW_FIXED)
        buf_add_text(out,
                     rules & ROW_FIXED ? "; given at creation, then fixed" : "; can be updated");
    if (rules & ROW_VIEW)
        buf_add_text(out, "; shown, not stored");
    if (rules & ROW_HIDDEN)
        buf_add_text(out, "; stored, not shown");
}

/* `outer` are the rules of the objects around it that hold for what is in them. */
static void add_rows(struct buf *out, const struct shape *shape, const char *path, unsigned outer)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];
        const unsigned rules = row->rules | outer;
        struct buf facts = {0};

        buf_printf(out, ".It Li %s%s\n", path, row->key);
        add_type(&facts, row);
        add_rules(&facts, row, rules);
        page_add_sentence(out, buf_text(&facts));
        page_add_sentence(out, row->about);
        if (row->flag)
            buf_printf(out, ".Fl %s\nsets it.\n", row->flag + 1);
        if (row->shape) {
            char *const inside =
                text_printf("%s%s%s", path, row->key, row->kind == KIND_LIST ? "[]." : ".");

            add_rows(out, row->shape, inside,
                     rules & (ROW_FIXED | ROW_MADE | ROW_VIEW | ROW_HIDDEN));
            free(inside);
        }
        buf_done(&facts);
    }
}

static void add_shape(struct buf *out, const char *file, const struct shape *shape)
{
    char *const noun = text_copy(shape->noun);

    text_upper(noun);
    buf_printf(out, ".Sh %s\n.Pa %s\n.Bl -tag -width Ds\n", noun, file);
    add_rows(out, shape, "", 0);
    buf_add_text(out, ".El\n");
    free(noun);
}

void page_add_manifest(struct buf *out)
{
    buf_add_text(out, PAGE_ORIGIN
                 ".Dd " PAGE_DATE "\n.Dt SIG-MANIFEST 5\n.Os\n.Sh NAME\n.Nm sig-manifest\n"
                 ".Nd the properties of galleries, image definitions and image versions\n"
                 ".Sh DESCRIPTION\n"
                 "A gallery, an image definition and an image version are a manifest each,\n"
                 "a JSON object in the directory of that resource; where that lies, and how\n"
                 "manifests are written and checked, is told in\n.Xr sig-store 5 .\n"
                 ".Cm show\nand\n.Cm list\nprint the same properties, less those that are "
                 "not shown, with keys in the order of the\nalphabet.\n"
                 ".Pp\nKeys are written as paths: a dot leads into an object,\n.Ql []\n"
                 "into each object of a list.\n"
                 "A property that was not given is absent, and nothing but its default, if it "
                 "has one, is\nassumed of it.\n"
                 "Words to choose from are read in any case of letters and kept as they are "
                 "written here.\n"
                 "Manifests have two more keys,\n.Li checksum\nand\n.Li format .\n"
                 "Keys that this release does not know are kept.\n");
    add_shape(out, "gallery.json", &gallery_shape);
    add_shape(out, "definition.json", &definition_shape);
    add_shape(out, "version.json", &version_shape);
    buf_add_text(out, ".Sh SEE ALSO\n.Xr sig 1 ,\n.Xr sig-gallery 1 ,\n"
                      ".Xr sig-image-definition 1 ,\n.Xr sig-image-version 1 ,\n.Xr sig-store 5\n");
}
