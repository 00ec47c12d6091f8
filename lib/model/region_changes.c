#include "model/region_changes.h"

#include <string.h>

#include "base/text.h"
#include "base/vec.h"
#include "model/region.h"
#include "model/room.h"

/* clang-format off */
static const struct row rows[] = {
    ROW_LIST(struct region_changes, add, "addRegions", &target_region_shape,
        .parse = target_regions_parse, .flag = "--add-regions", .metavar = "REGION[=COUNT][=TYPE]",
        .about = "Target regions to add; of one that is a target, what is given is set"),
    ROW(struct region_changes, remove, "removeRegions", .parse = regions_parse_words,
        .check = regions_check, .flag = "--remove-regions", .metavar = "REGION",
        .about = "Target regions to take away; the home region stays"),
};
/* clang-format on */

const struct shape region_changes_shape = SHAPE(struct region_changes, "regions", rows, NULL);

/* Where the region stands among the targets; their count when it is none. */
static size_t find(const struct target_regions *targets, const char *name)
{
    size_t i = 0;

    while (i < targets->count && !text_same_word(targets->items[i].name, name))
        i++;
    return i;
}

static void add(struct target_regions *targets, const struct target_region *region)
{
    const size_t at = find(targets, region->name);

    if (at == targets->count)
        VEC_ADD(targets);
    shape_merge(&target_region_shape, &targets->items[at], region);
}

static int take_away(const struct region_changes *changes, const char *name,
                     struct version *version, struct texts *ret_absent, struct err *err)
{
    struct target_regions *const targets = &version->publishing_profile.target_regions;
    const size_t at = find(targets, name);

    if (find(&changes->add, name) < changes->add.count)
        return err_set(err, E_INVALID, "region '%s' is to be added and to be taken away", name);
    if (text_same_word(version->location, name)) {
        err_set(err, E_INVALID, "region '%s' is its home region, which always holds copies", name);
        return err_hint(err, "delete the version, or publish it anew with another location");
    }
    if (at == targets->count) {
        texts_add(ret_absent, name);
        return 0;
    }
    shape_done(&target_region_shape, &targets->items[at]);
    targets->count--;
    memmove(&targets->items[at], &targets->items[at + 1],
            (targets->count - at) * sizeof *targets->items);
    return 0;
}

int region_changes_apply(const struct region_changes *changes, struct version *version,
                         struct texts *ret_absent, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < changes->remove.count && rc == 0; i++)
        rc = take_away(changes, changes->remove.items[i], version, ret_absent, err);
    for (size_t i = 0; i < changes->add.count && rc == 0; i++)
        add(&version->publishing_profile.target_regions, &changes->add.items[i]);
    return rc;
}
