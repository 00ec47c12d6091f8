/* What versions take in each region, as a chart and as the table of its numbers. */
#include "cmd/coverage.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "cmd/markup.h"

/* In units of the drawing, which is as wide as the page lets it be. */
enum {
    WIDTH = 1000,
    LABEL = 200, /* names of regions stand left of it */
    BAR = 560,   /* the longest */
    ROW = 46,    /* from one region to the next */
    THICK = 14,  /* of a bar */
    LEAST = 2,   /* of what is there at all */
    LEGEND = 34, /* above the first region */
};

/* How a storage type is filled: told apart without colours. */
static const char *const fills[] = {
    [STORAGE_STANDARD_LRS] = "class=\"solid\"",
    [STORAGE_STANDARD_ZRS] = "fill=\"url(#zrs)\" class=\"edge\"",
    [STORAGE_PREMIUM_LRS] = "fill=\"url(#premium)\" class=\"edge\"",
    [STORAGE_PREMIUM_V2_LRS] = "fill=\"url(#premium)\" class=\"edge\"",
};

static const char patterns[] =
    "<defs><pattern id=\"zrs\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
    "<path class=\"stroke\" d=\"M-2 2 2 -2M0 8 8 0M6 10 10 6\"/></pattern>"
    "<pattern id=\"premium\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<circle class=\"solid\" cx=\"3\" cy=\"3\" r=\"1.8\"/></pattern></defs>\n";

/* One region, of all its storage types; they stand together. */
struct stretch {
    const struct coverage_storage *items;
    size_t count;
    int64_t bytes, plain_bytes;
};

static struct stretch find_stretch(const struct coverage_storages *storage, size_t first)
{
    struct stretch stretch = {.items = &storage->items[first]};

    while (first + stretch.count < storage->count &&
           text_equal(stretch.items[stretch.count].name, stretch.items->name)) {
        stretch.bytes += stretch.items[stretch.count].bytes.value;
        stretch.plain_bytes += stretch.items[stretch.count].plain_bytes.value;
        stretch.count++;
    }
    return stretch;
}

static int64_t largest(const struct coverage_storages *storage)
{
    int64_t most = 1;

    for (size_t i = 0; i < storage->count;) {
        const struct stretch stretch = find_stretch(storage, i);

        most = stretch.bytes > most ? stretch.bytes : most;
        most = stretch.plain_bytes > most ? stretch.plain_bytes : most;
        i += stretch.count;
    }
    return most;
}

/* Of at most 2^53 bytes: no overflow. */
static int length_of(int64_t bytes, int64_t most)
{
    const int length = (int)(bytes / (most / BAR + 1));

    return bytes > 0 && length < LEAST ? LEAST : length;
}

static void add_bar(struct buf *out, int x, size_t y, int width, const char *fill)
{
    buf_printf(out, "<rect x=\"%d\" y=\"%zu\" width=\"%d\" height=\"%d\" rx=\"2\" %s/>", x, y,
               width, (int)THICK, fill);
}

static void add_stretch(struct buf *out, const struct stretch *stretch, int64_t most, size_t y)
{
    const int plain = length_of(stretch->plain_bytes, most);
    int x = LABEL;

    buf_printf(out, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">", LABEL - 12, y + THICK + 4);
    markup_add_text(out, stretch->items->region);
    buf_add_text(out, "</text>");
    add_bar(out, LABEL, y, plain, "class=\"plain\"");
    buf_printf(out, "<text class=\"soft\" x=\"%d\" y=\"%zu\">", LABEL + plain + 10, y + 12);
    number_add_size(out, (uint64_t)stretch->plain_bytes);
    buf_add_text(out, " as plain copies</text>");
    for (size_t i = 0; i < stretch->count; i++) {
        const int width = length_of(stretch->items[i].bytes.value, most);

        add_bar(out, x, y + THICK + 2, width, fills[stretch->items[i].storage_account_type]);
        x += width;
    }
    buf_printf(out, "<text x=\"%d\" y=\"%zu\">", x + 10, y + THICK + 14);
    number_add_size(out, (uint64_t)stretch->bytes);
    buf_add_text(out, " stored</text>\n");
}

/* The storage types that are there. */
static void add_legend(struct buf *out, const struct coverage_storages *storage)
{
    int x = LABEL;

    add_bar(out, x, 4, THICK, "class=\"plain\"");
    buf_printf(out, "<text x=\"%d\" y=\"16\">plain copies</text>", x + THICK + 6);
    x += 130;
    for (unsigned type = STORAGE_STANDARD_LRS; type <= STORAGE_PREMIUM_V2_LRS; type++) {
        bool there = false;

        for (size_t i = 0; i < storage->count; i++)
            there |= storage->items[i].storage_account_type == type;
        if (!there)
            continue;
        add_bar(out, x, 4, THICK, fills[type]);
        buf_printf(out, "<text x=\"%d\" y=\"16\">stored, %s</text>", x + THICK + 6,
                   choice_word(&storage_type_choices, type));
        x += 190;
    }
    buf_add_char(out, '\n');
}

static void add_drawing(struct buf *out, const struct coverage_storages *storage)
{
    const int64_t most = largest(storage);
    size_t height = LEGEND;
    size_t y = LEGEND;

    for (size_t i = 0; i < storage->count; i += find_stretch(storage, i).count)
        height += ROW;
    buf_printf(out,
               "<svg viewBox=\"0 0 %d %zu\" role=\"img\" aria-label=\"Bytes stored in each region, "
               "beside what plain copies would take; the table below has the numbers\">\n",
               (int)WIDTH, height);
    buf_add_text(out, patterns);
    add_legend(out, storage);
    for (size_t i = 0; i < storage->count; y += ROW) {
        const struct stretch stretch = find_stretch(storage, i);

        add_stretch(out, &stretch, most, y);
        i += stretch.count;
    }
    buf_add_text(out, "</svg>\n");
}

static void add_numbers(struct buf *out, const struct coverage_storages *storage)
{
    buf_add_text(out,
                 "<table><thead><tr><th scope=\"col\">Region</th><th scope=\"col\">Storage type"
                 "</th><th scope=\"col\" class=\"number\">Directories</th><th scope=\"col\" "
                 "class=\"number\">Stored</th><th scope=\"col\" class=\"number\">As plain "
                 "copies</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < storage->count; i++) {
        const struct coverage_storage *const one = &storage->items[i];

        buf_add_text(out, "<tr><th scope=\"row\">");
        markup_add_text(out, one->region);
        buf_printf(out,
                   "</th><td>%s</td><td class=\"number\">%" PRId64 "</td>"
                   "<td class=\"number\">",
                   choice_word(&storage_type_choices, one->storage_account_type),
                   one->directories.value);
        number_add_size(out, (uint64_t)one->bytes.value);
        buf_add_text(out, "</td><td class=\"number\">");
        number_add_size(out, (uint64_t)one->plain_bytes.value);
        buf_add_text(out, "</td></tr>\n");
    }
    buf_add_text(out, "</tbody></table>\n");
}

void coverage_add_chart(struct buf *out, const struct coverage *coverage)
{
    buf_add_text(out, "<section aria-labelledby=\"storage\"><h2 id=\"storage\">Storage</h2>\n");
    if (coverage->storage.count == 0) {
        buf_add_text(out, "<p class=\"soft\">Nothing is stored.</p></section>\n");
        return;
    }
    add_drawing(out, &coverage->storage);
    add_numbers(out, &coverage->storage);
    buf_add_text(out, "</section>\n");
}
