/* Coverage as a table. */
#include "cmd/coverage.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "cmd/grid.h"

static const struct {
    const char *mark, *meaning;
} marks[] = {
    [COVERAGE_INTACT] = {"ok", "intact"},
    [COVERAGE_INCOMPLETE] = {"..", "to be copied"},
    [COVERAGE_UNAVAILABLE] = {"?", "cannot be looked at"},
    [COVERAGE_DAMAGED] = {"!", "damaged or missing"},
};

const char *coverage_mark(unsigned state)
{
    return marks[state].mark;
}

const char *coverage_meaning(unsigned state)
{
    return marks[state].meaning;
}

/* --- why --- */

static int worst_first(const void *left, const void *right)
{
    const struct coverage_region *const a = ((const struct coverage_trouble *)left)->region;
    const struct coverage_region *const b = ((const struct coverage_trouble *)right)->region;
    const int order = strcmp(a->name, b->name);

    if (a->state != b->state)
        return a->state > b->state ? -1 : 1;
    return order ? order : strcmp(a->reason, b->reason);
}

/* All of them, sorted; then those that are the same stand together. */
void coverage_troubles(const struct coverage *coverage, struct coverage_troubles *ret)
{
    size_t kept = 0;

    for (size_t v = 0; v < coverage->versions.count; v++) {
        const struct coverage_regions *const regions = &coverage->versions.items[v].regions;

        for (size_t r = 0; r < regions->count; r++)
            if (regions->items[r].state != COVERAGE_INTACT)
                *VEC_ADD(ret) =
                    (struct coverage_trouble){.region = &regions->items[r], .versions = 1};
    }
    if (ret->count > 0)
        qsort(ret->items, ret->count, sizeof *ret->items, worst_first);
    for (size_t i = 0; i < ret->count; i++) {
        if (kept > 0 && worst_first(&ret->items[kept - 1], &ret->items[i]) == 0)
            ret->items[kept - 1].versions++;
        else
            ret->items[kept++] = ret->items[i];
    }
    ret->count = kept;
}

/* --- the cells --- */

struct sheet {
    const struct coverage *coverage;
    const struct look *look;
    const char **names; /* of the regions */
    size_t count;
    size_t columns;     /* the version, each region, what it takes, when that was read back */
    struct texts cells; /* row by row, titles first, sums last */
    size_t *widths;     /* of the columns */
};

static void add_cell(struct sheet *sheet, const char *text)
{
    struct buf cell = {0};

    text_add_inert(&cell, text);
    texts_add(&sheet->cells, buf_text(&cell));
    buf_done(&cell);
}

static void add_size(struct sheet *sheet, uint64_t bytes)
{
    struct buf cell = {0};

    number_add_size(&cell, bytes);
    texts_add(&sheet->cells, buf_text(&cell));
    buf_done(&cell);
}

static void add_counts(struct sheet *sheet, const struct coverage_region *region)
{
    struct buf cell = {0};

    if (region)
        buf_printf(&cell, "%" PRId64 "/%" PRId64 " %s", region->intact.value, region->wanted.value,
                   coverage_mark(region->state));
    texts_add(&sheet->cells, region ? buf_text(&cell) : "-");
    buf_done(&cell);
}

/* A day says enough. */
static void add_day(struct sheet *sheet, const struct coverage_version *version)
{
    char time[CLOCK_TEXT_SIZE];

    if (!version->verified_date.set) {
        texts_add(&sheet->cells, version->bytes.value ? "never" : "-");
        return;
    }
    clock_text(version->verified_date.value, time);
    time[strlen("2026-01-02")] = '\0';
    texts_add(&sheet->cells, time);
}

static uint64_t bytes_in(const struct coverage *coverage, const char *name)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < coverage->storage.count; i++)
        if (text_equal(coverage->storage.items[i].name, name))
            sum += (uint64_t)coverage->storage.items[i].bytes.value;
    return sum;
}

static void fill(struct sheet *sheet)
{
    const struct coverage *const coverage = sheet->coverage;

    add_cell(sheet, "Version");
    for (size_t c = 0; c < sheet->count; c++)
        add_cell(sheet, sheet->names[c]);
    add_cell(sheet, "Bytes");
    add_cell(sheet, "Verified");
    for (size_t v = 0; v < coverage->versions.count; v++) {
        const struct coverage_version *const version = &coverage->versions.items[v];

        add_cell(sheet, version->name);
        for (size_t c = 0; c < sheet->count; c++)
            add_counts(sheet, coverage_find(version, sheet->names[c]));
        add_size(sheet, (uint64_t)version->bytes.value);
        add_day(sheet, version);
    }
    add_cell(sheet, "stored in all");
    for (size_t c = 0; c < sheet->count; c++)
        add_size(sheet, bytes_in(coverage, sheet->names[c]));
    add_size(sheet, (uint64_t)coverage->bytes.value);
    add_cell(sheet, "");
}

static void measure(struct sheet *sheet)
{
    sheet->widths = mem_new(sheet->columns, sizeof *sheet->widths);
    for (size_t i = 0; i < sheet->cells.count; i++) {
        const size_t own = text_width(sheet->cells.items[i]);
        size_t *const width = &sheet->widths[i % sheet->columns];

        *width = own > *width ? own : *width;
    }
}

/* --- the grid --- */

/* The column of versions, and those from `first` up to `end`. */
static void add_block(struct buf *out, const struct sheet *sheet, size_t first, size_t end)
{
    const size_t columns = 1 + end - first;
    enum grid_kind *const kinds = mem_new(columns, sizeof *kinds);
    struct grid grid = {
        .columns = columns,
        .kinds = kinds,
        .width = sheet->look->width,
        .colour = sheet->look->colour,
    };

    kinds[0] = GRID_NAME;
    for (size_t c = first; c < end; c++)
        kinds[1 + c - first] = c <= sheet->count ? GRID_MARK : GRID_NAME;
    for (size_t row = 0; row < sheet->cells.count; row += sheet->columns) {
        texts_add(&grid.cells, sheet->cells.items[row]);
        for (size_t c = first; c < end; c++)
            texts_add(&grid.cells, sheet->cells.items[row + c]);
    }
    grid_print(out, &grid);
    grid_done(&grid);
    free(kinds);
}

/* Behind the columns from `first` on that fit beside the versions: at least one. */
static size_t block_end(const struct sheet *sheet, size_t first)
{
    enum { GAP = 2 };
    size_t width = sheet->widths[0] + GAP + sheet->widths[first];
    size_t end = first + 1;

    while (end < sheet->columns &&
           (!sheet->look->width || width + GAP + sheet->widths[end] <= sheet->look->width))
        width += GAP + sheet->widths[end++];
    return end;
}

static void add_blocks(struct buf *out, const struct sheet *sheet)
{
    for (size_t first = 1, end; first < sheet->columns; first = end) {
        end = block_end(sheet, first);
        if (first > 1)
            buf_add_char(out, '\n');
        add_block(out, sheet, first, end);
    }
}

/* --- below it --- */

static void add_totals(struct buf *out, const struct coverage *coverage, size_t regions)
{
    buf_printf(out,
               "\n%" PRId64 " version%s, %" PRId64 " of %" PRId64 " replicas intact in %zu "
               "region%s, ",
               coverage->image_versions.value, coverage->image_versions.value == 1 ? "" : "s",
               coverage->intact.value, coverage->wanted.value, regions, regions == 1 ? "" : "s");
    number_add_size(out, (uint64_t)coverage->bytes.value);
    buf_add_text(out, " stored for ");
    number_add_size(out, (uint64_t)coverage->plain_bytes.value);
    buf_add_text(out, " of disks\n");
}

/* Those that are there, and "-". */
static void add_legend(struct buf *out, const struct sheet *sheet)
{
    bool there[sizeof marks / sizeof *marks] = {0};
    bool unwanted = false;

    for (size_t v = 0; v < sheet->coverage->versions.count; v++) {
        const struct coverage_regions *const regions = &sheet->coverage->versions.items[v].regions;

        unwanted |= regions->count < sheet->count;
        for (size_t r = 0; r < regions->count; r++)
            there[regions->items[r].state] = true;
    }
    for (unsigned state = COVERAGE_INTACT; state <= COVERAGE_DAMAGED; state++)
        if (there[state])
            buf_printf(out, "%s %s   ", coverage_mark(state), coverage_meaning(state));
    if (unwanted)
        buf_add_text(out, "- not wanted");
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
    buf_add_char(out, '\n');
}

/* Those from `first` on that are of the same region and state, in one line; how many they are. */
static size_t add_trouble(struct buf *out, const struct coverage_troubles *troubles, size_t first)
{
    const struct coverage_region *const region = troubles->items[first].region;
    size_t versions = 0, count = 0;

    for (; first + count < troubles->count; count++) {
        const struct coverage_trouble *const next = &troubles->items[first + count];

        if (next->region->state != region->state || !text_equal(next->region->name, region->name))
            break;
        versions += next->versions;
    }
    buf_printf(out, "%s %s: ", coverage_mark(region->state), region->name);
    text_add_inert(out, region->reason);
    buf_printf(out, " (%zu version%s", versions, versions == 1 ? "" : "s");
    if (count > 1)
        buf_printf(out, ", %zu more reason%s", count - 1, count == 2 ? "" : "s");
    buf_add_text(out, ")\n");
    return count;
}

static void add_troubles(struct buf *out, const struct coverage *coverage)
{
    struct coverage_troubles troubles = {0};

    coverage_troubles(coverage, &troubles);
    for (size_t i = 0; i < troubles.count;)
        i += add_trouble(out, &troubles, i);
    free(troubles.items);
}

void coverage_add_table(struct buf *out, const struct look *look, const void *result)
{
    const struct coverage *const coverage = result;
    struct sheet sheet = {.coverage = coverage, .look = look};

    if (coverage->versions.count == 0)
        return;
    sheet.names = coverage_region_names(coverage, &sheet.count);
    sheet.columns = 1 + sheet.count + 2;
    fill(&sheet);
    measure(&sheet);
    add_blocks(out, &sheet);
    add_totals(out, coverage, sheet.count);
    add_legend(out, &sheet);
    add_troubles(out, coverage);
    texts_done(&sheet.cells);
    free(sheet.names);
    free(sheet.widths);
}
