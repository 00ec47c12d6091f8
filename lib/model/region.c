#include "model/region.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static const char *const cloud_words[] = {"None", "AzureCloud", "AzureChinaCloud",
                                          "AzureUSGovernment", NULL};
const struct choices cloud_choices = {.noun = "cloud", .words = cloud_words};

/* clang-format off */
static const struct row rows[] = {
    ROW(struct region, name, "name", .rules = ROW_KEY | ROW_NEEDED | ROW_MADE | ROW_COLUMN,
        .about = "Short name, as it is typed"),
    ROW(struct region, display_name, "displayName", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Name for people"),
    ROW(struct region, cloud, "cloud", .rules = ROW_MADE | ROW_COLUMN, .choices = &cloud_choices,
        .about = "Data stays inside one cloud; a region of none goes with any"),
    ROW(struct region, zones, "availabilityZones", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Whether it has availability zones"),
};
/* clang-format on */

const struct shape region_shape = SHAPE(struct region, "region", rows, NULL);

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

static const struct region_row *find_plain(const char *plain)
{
    for (const struct region_row *row = region_rows; row->name; row++)
        if (row->name[0] == plain[0] && strcmp(row->name, plain) == 0)
            return row;
    return NULL;
}

const struct region_row *region_find(const char *text)
{
    char *const plain = plain_spelling(text);
    const struct region_row *const row = find_plain(plain);

    free(plain);
    return row;
}

/* The hint of an unknown region: the nearest one that there is. */
static void suggest(const char *text, struct err *err)
{
    char *const plain = plain_spelling(text);
    const char **names;
    const char *nearest;
    size_t count = 0;

    while (region_rows[count].name)
        count++;
    names = mem_new(count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = region_rows[i].name;
    nearest = text_nearest(plain, names);
    if (nearest)
        err_hint(err, "did you mean '%s'?", nearest);
    else
        err_hint(err, "'sig region list' prints those that there are");
    free(names);
    free(plain);
}

int region_parse(const char *text, const struct region_row **ret, struct err *err)
{
    const struct region_row *const row = region_find(text);

    if (!row) {
        err_set(err, E_INVALID, "region '%s' is unknown", text);
        if (err)
            suggest(text, err);
        return E_INVALID;
    }
    *ret = row;
    return 0;
}

int region_check(const void *slot, struct err *err)
{
    const struct region_row *row;

    return region_parse(*(char *const *)slot, &row, err);
}

int region_parse_words(const char *const *words, size_t count, void *slot, struct err *err)
{
    const struct region_row *row = NULL;
    int rc;

    if (count != 1)
        return err_set(err, E_INVALID, "%zu words where one region is wanted", count);
    rc = region_parse(words[0], &row, err);
    if (rc == 0)
        text_replace(slot, row->name);
    return rc;
}

int regions_parse_words(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct texts regions = {0};

    for (size_t i = 0; i < count; i++) {
        const struct region_row *region = NULL;
        const int rc = region_parse(words[i], &region, err);

        if (rc) {
            texts_done(&regions);
            return rc;
        }
        texts_add(&regions, region->name);
    }
    texts_done(slot);
    *(struct texts *)slot = regions;
    return 0;
}

bool region_may_replicate(const struct region_row *from, const struct region_row *to)
{
    return from->cloud == to->cloud || from->cloud == CLOUD_NONE || to->cloud == CLOUD_NONE;
}
