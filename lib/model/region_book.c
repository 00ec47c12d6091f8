/* The book of regions, and what is said of one. */
#include "model/region.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "base/vec.h"
#include "model/room.h"

static const char *const cloud_words[] = {"None", "AzureCloud", "AzureChinaCloud",
                                          "AzureUSGovernment", NULL};
const struct choices cloud_choices = {.noun = "cloud", .words = cloud_words};

static const char *const state_words[] = {"Available", "Unavailable", "Damaged", NULL};
static const struct choices state_choices = {.noun = "state of a region", .words = state_words};

int region_check_name(const void *slot, struct err *err)
{
    const char *const name = *(char *const *)slot;
    const size_t length = strlen(name);

    if (length == 0)
        return err_set(err, E_INVALID, "the name of a region is missing");
    if (length > REGION_NAME_MAX)
        return err_set(err, E_INVALID, "'%s' has %zu characters, which is more than %d", name,
                       length, REGION_NAME_MAX);
    for (const char *at = name; *at; at++)
        if (!((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') ||
              (*at == '-' && at > name))) {
            err_set(err, E_INVALID, "'%s' is no name of a region", name);
            if (err)
                err_hint(err, "letters a to z, digits and hyphens make one, a hyphen not first");
            return E_INVALID;
        }
    return 0;
}

static int check_display(const void *slot, struct err *err)
{
    return region_check(slot, NULL) ? err_set(err, E_INVALID,
                                              "'%s' has a mark that no name of a region has, as "
                                              "'=', ',' and '/'",
                                              *(char *const *)slot)
                                    : 0;
}

static int check_zone_paths(const void *slot, struct err *err)
{
    const struct texts *const paths = slot;

    return paths->count == REGION_ZONES
               ? 0
               : err_set(err, E_INVALID, "%zu directories where %d zones are", paths->count,
                         REGION_ZONES);
}

/* "500G"; none lifts the limit. */
static int parse_capacity(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct opt_int *const capacity = slot;
    uint64_t bytes;

    if (count == 1 && (!words[0][0] || text_same_word(words[0], "none"))) {
        *capacity = (struct opt_int){.value = OPT_CLEARED};
        return 0;
    }
    if (count != 1 || !number_parse_size(words[0], &bytes) || bytes < 1 || bytes > BYTES_MAX) {
        err_set(err, E_INVALID, "'%s' is no size", count ? words[0] : "");
        if (err)
            err_hint(err, "write bytes, or a number with K, M, G, T or P behind it, as 500G");
        return E_INVALID;
    }
    *capacity = opt_int_of(bytes);
    return 0;
}

/* clang-format off */
/* What both shapes have. */
#define NAME_ROW                                                                                    \
    ROW(struct region, name, "name", .rules = ROW_KEY | ROW_NEEDED | ROW_MADE | ROW_COLUMN,        \
        .max = REGION_NAME_MAX, .check = region_check_name, .about = "Short name, as it is typed")
#define DISPLAY_NAME_ROW                                                                            \
    ROW(struct region, display_name, "displayName", .rules = ROW_COLUMN,                           \
        .max = REGION_DISPLAY_MAX, .check = check_display, .flag = "--display-name",               \
        .about = "Name for people; default: the short name")
#define CLOUD_ROW                                                                                   \
    ROW(struct region, cloud, "cloud", .rules = ROW_FIXED | ROW_COLUMN,                            \
        .choices = &cloud_choices, .flag = "--cloud",                                              \
        .about = "Data stays inside one cloud; a region of none goes with any")
#define ZONES_ROW                                                                                   \
    ROW(struct region, zones, "availabilityZones", .rules = ROW_COLUMN,                            \
        .flag = "--availability-zones",                                                            \
        .about = "Whether it has availability zones; default: with --zones")
#define PATH_ROW                                                                                    \
    ROW(struct region, path, "path", .rules = ROW_COLUMN, \
        .flag = "--path", .metavar = "DIR",                                                        \
        .about = "Directory of its own, made when its parent is there; default: in the store")
#define ZONE_PATHS_ROW                                                                              \
    ROW(struct region, zone_paths, "zonePaths", .rules = ROW_COLUMN, .check = check_zone_paths,     \
        .flag = "--zones", .metavar = "DIR",                                                       \
        .about = "Three directories, one a zone, of Standard_ZRS; default: below its own")
#define STATE_ROW                                                                                   \
    ROW(struct region, state, "state", .rules = ROW_MADE | ROW_VIEW | ROW_COLUMN,                  \
        .choices = &state_choices, .about = "Unavailable: its directory is not there as it was")

static const struct row rows[] = {
    NAME_ROW,
    DISPLAY_NAME_ROW,
    CLOUD_ROW,
    ZONES_ROW,
    PATH_ROW,
    ZONE_PATHS_ROW,
    ROW(struct region, capacity, "capacity", .rules = ROW_CLEARS | ROW_COLUMN, .min = 1, .max = BYTES_MAX,
        .parse = parse_capacity, .flag = "--capacity", .metavar = "SIZE",
        .about = "Bytes that its replicas may take, as 500G; none lifts that"),
    STATE_ROW,
    ROW(struct region, details, "details", .rules = ROW_MADE | ROW_VIEW,
        .about = "Why it is not Available"),
    ROW(struct region, used, "used", .rules = ROW_MADE | ROW_VIEW | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Bytes that its replicas take"),
    ROW(struct region, capacity_left, "capacityLeft", .rules = ROW_MADE | ROW_VIEW, .max = BYTES_MAX,
        .about = "Bytes that its replicas may take beyond that"),
    ROW(struct region, free_space, "freeSpace", .rules = ROW_MADE | ROW_VIEW | ROW_COLUMN, .max = BYTES_MAX,
        .about = "Bytes that the file system has; the least of its directories"),
};

static const struct row listed_rows[] = {
    NAME_ROW, DISPLAY_NAME_ROW, CLOUD_ROW, ZONES_ROW, PATH_ROW, STATE_ROW,
    ZONE_PATHS_ROW,
};
/* clang-format on */

const struct shape region_shape = SHAPE(struct region, "region", rows, NULL);
const struct shape region_listed_shape = SHAPE(struct region, "region", listed_rows, NULL);

void regions_done(struct regions *regions)
{
    list_done(regions, &region_shape);
}

/* --- the book --- */

static const struct region_row *built_in(const char *name)
{
    const struct region_row *row = region_rows;

    while (row->name && !text_equal(row->name, name))
        row++;
    return row->name ? row : NULL;
}

/* Only its directories, capacity and zones can be the user's where it is built in. */
static void fill_row(struct region_entry *entry)
{
    const struct region *const region = &entry->region;
    const struct region_row *const base = built_in(region->name);

    entry->row = (struct region_row){
        .name = region->name,
        .display_name = base                   ? base->display_name
                        : region->display_name ? region->display_name
                                               : region->name,
        .cloud = base            ? base->cloud
                 : region->cloud ? (enum cloud)region->cloud
                                 : CLOUD_NONE,
        .zones = region->zones.set ? region->zones.value
                                   : region->zone_paths.count > 0 || (base && base->zones),
    };
}

void region_book_add(struct region_book *book, struct region *takes, int damage, const char *why)
{
    size_t at = book->count;

    VEC_ADD(book);
    for (; at > 0 && strcmp(book->items[at - 1].region.name, takes->name) > 0; at--)
        book->items[at] = book->items[at - 1];
    book->items[at] =
        (struct region_entry){.region = *takes, .damage = damage, .why = text_copy(why)};
    *takes = (struct region){0};
    fill_row(&book->items[at]);
}

void region_book_done(struct region_book *book)
{
    for (size_t i = 0; i < book->count; i++) {
        shape_done(&region_shape, &book->items[i].region);
        free(book->items[i].why);
    }
    free(book->items);
    *book = (struct region_book){0};
}

const struct region_entry *region_book_entry(const struct region_book *book, const char *name)
{
    for (size_t i = 0; book && i < book->count; i++)
        if (text_equal(book->items[i].region.name, name))
            return &book->items[i];
    return NULL;
}
