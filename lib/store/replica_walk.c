/* Going through replica directories: first those that are there, then those that should be. */
#include "store/replica_dir.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/vec.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/room.h"

struct walk {
    const struct store *store;
    int (*each)(void *user, const struct replica_place *place, struct err *err);
    void *user;
    const char *region;  /* only this one; NULL: all */
    struct texts closed; /* names of directories of regions that could not be opened */
};

/* Replica directories of one region. */
struct places {
    struct replica_place *items;
    size_t count;
};

/* The names in a directory; none when it is not there, or is no directory. */
static int list(int base, const char *path, struct texts *ret, struct err *err)
{
    struct file_info info = {.kind = FILE_DIRECTORY};
    bool there = true;
    int rc = *path ? file_look(base, path, &there, &info, err) : 0;

    if (rc || !there || info.kind != FILE_DIRECTORY)
        return rc;
    rc = dir_list(base, *path ? path : ".", ret, err);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* What is being looked through: one directory of a region, in which zone 0 stands for all. */
struct look {
    const struct region_dir *dir;
    unsigned zone;
    bool apart; /* zones lie in directories of their own */
    struct replica_place place;
    struct places *found;
};

static int look_for_zones(struct look *look, const char *path, struct err *err)
{
    struct texts names = {0};
    int rc = list(look->dir->base, path, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        look->place.zone = zone_named(names.items[i]);
        if (look->place.zone > 0 && (!look->zone || look->zone == look->place.zone))
            *VEC_ADD(look->found) = look->place;
    }
    texts_done(&names);
    return rc;
}

static int look_for_numbers(struct look *look, const char *path, struct err *err)
{
    struct texts names = {0};
    int rc = list(look->dir->base, path, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        char *const below = text_printf("%s/%s", path, names.items[i]);

        look->place.number = number_named(names.items[i]);
        look->place.zone = 0;
        if (look->place.number > 0 && place_zones(look->place.type))
            rc = look_for_zones(look, below, err);
        else if (look->place.number > 0)
            *VEC_ADD(look->found) = look->place;
        free(below);
    }
    texts_done(&names);
    return rc;
}

/* A directory of one zone has nothing without zones, and one beside those of zones nothing with. */
static int look_for_types(struct look *look, struct err *err)
{
    struct texts names = {0};
    int rc = list(look->dir->base, look->dir->below, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        const enum storage_type type = choice_value(&storage_type_choices, names.items[i]);
        struct buf below = {0};

        if (!type || (look->apart && (place_zones(type) > 0) != (look->zone > 0)))
            continue;
        look->place.type = type;
        region_dir_add(&below, look->dir, names.items[i]);
        rc = look_for_numbers(look, buf_text(&below), err);
        buf_done(&below);
    }
    texts_done(&names);
    return rc;
}

/* What a directory of a region is noted as. To be released with free. */
static char *name_of(const char *region, unsigned zone)
{
    return text_printf("%s/%u", region, zone);
}

/* What lies in one that is not to be had is visited by its claims. */
static int look_in(struct walk *walk, const char *region, unsigned zone, struct places *found,
                   struct err *err)
{
    struct region_dir dir = REGION_DIR_NONE;
    struct look look = {
        .dir = &dir,
        .zone = zone,
        .apart = region_dir_has_zones(walk->store, region),
        .place = {.region = region},
        .found = found,
    };
    struct err why = {0};
    int rc = region_dir_open(walk->store, region, zone, &dir, &why);

    if (rc) {
        char *const name = name_of(region, zone);

        texts_add(&walk->closed, name);
        free(name);
        return 0;
    }
    rc = look_for_types(&look, err);
    region_dir_close(&dir);
    return rc;
}

static int by_place(const void *left, const void *right)
{
    const struct replica_place *const a = left;
    const struct replica_place *const b = right;

    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->zone < b->zone ? -1 : a->zone > b->zone;
}

static int walk_region(struct walk *walk, const char *region, struct err *err)
{
    const unsigned zones = region_dir_has_zones(walk->store, region) ? ZONES : 0;
    struct places found = {0};
    int rc = 0;

    for (unsigned zone = 0; rc == 0 && zone <= zones; zone++)
        rc = look_in(walk, region, zone, &found, err);
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, by_place);
    for (size_t i = 0; rc == 0 && i < found.count; i++)
        rc = walk->each(walk->user, &found.items[i], err);
    free(found.items);
    return rc;
}

static bool is_wanted(const struct walk *walk, const char *region)
{
    return region[0] != '.' && (!walk->region || text_equal(walk->region, region));
}

static int walk_regions(struct walk *walk, struct err *err)
{
    struct texts names = {0};
    int rc = list(walk->store->root, LAYOUT_REGIONS, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++)
        if (is_wanted(walk, names.items[i]))
            rc = walk_region(walk, names.items[i], err);
    texts_done(&names);
    return rc;
}

/* Whether it lies where nobody could look, be it only for a moment. */
static bool was_passed_over(const struct walk *walk, const struct replica_place *place)
{
    const bool apart = region_dir_has_zones(walk->store, place->region);
    char *const name = name_of(place->region, apart ? place->zone : 0);
    bool found = false;

    for (size_t i = 0; i < walk->closed.count; i++)
        found |= text_equal(walk->closed.items[i], name);
    free(name);
    return found;
}

/* What was claimed and is not to be walked to: something else is in the way, or not mounted. */
static int visit_hidden(const struct walk *walk, const struct replica_place *place, struct err *err)
{
    const bool passed_over = was_passed_over(walk, place);
    struct site site = SITE_NONE;
    struct file_info info = {0};
    struct err why = {0};
    int fd = FILE_NONE;
    bool there = false;
    int rc = site_open(walk->store, place, &site, &why);

    if (rc == 0)
        rc = file_look(site.region.base, site.path, &there, &info, &why);
    site_close(&site);
    if (rc == 0 && there && !passed_over)
        return 0;
    rc = replica_dir_open(walk->store, place, false, &fd, &why);
    file_close(&fd);
    if (rc == E_NOT_FOUND || (rc == 0 && !passed_over))
        return 0;
    return walk->each(walk->user, place, err);
}

static int walk_claims(const struct walk *walk, struct err *err)
{
    struct texts names = {0};
    int rc = list(walk->store->root, LAYOUT_REPLICAS, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        struct replica_place place;

        if (claim_parse(names.items[i], &place) && is_wanted(walk, place.region))
            rc = visit_hidden(walk, &place, err);
    }
    texts_done(&names);
    return rc;
}

int replica_dir_each(const struct store *store,
                     int (*each)(void *user, const struct replica_place *place, struct err *err),
                     void *user, struct err *err)
{
    return replica_dir_each_of(store, NULL, each, user, err);
}

int replica_dir_each_of(const struct store *store, const char *region,
                        int (*each)(void *user, const struct replica_place *place, struct err *err),
                        void *user, struct err *err)
{
    struct walk walk = {.store = store, .each = each, .user = user, .region = region};
    int rc;

    if (store->root == FILE_NONE)
        return 0;
    rc = walk_regions(&walk, err);
    if (rc == 0)
        rc = walk_claims(&walk, err);
    texts_done(&walk.closed);
    return rc;
}
