/* Regions by their names, and what is shown of them. */
#include "ops/region.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/region.h"
#include "store/region_dir.h"

int ops_region(const struct store *store, const char *text, const char **ret, struct err *err)
{
    const struct region_row *row;
    int rc;

    *ret = NULL;
    if (!text)
        return 0;
    rc = region_parse(&store->regions, text, &row, err);
    if (rc == 0)
        *ret = row->name;
    return rc;
}

int ops_check_location(const struct store *store, char **location, struct err *err)
{
    const struct region_row *row;
    const int rc = region_parse(&store->regions, *location, &row, err);

    if (rc)
        return err_wrap(err, "location");
    text_replace(location, row->name);
    return 0;
}

int gal_region_name(struct store *store, char **name, struct err *err)
{
    const struct region_row *row;
    const int rc = region_parse(&store->regions, *name, &row, err);

    if (rc == 0)
        text_replace(name, row->name);
    return rc;
}

int ops_region_named(const struct store *store, const char *word, char **ret, struct err *err)
{
    const struct region_row *const row = region_find(&store->regions, word);
    const int rc = row ? 0 : region_check_name(&word, err);

    if (rc == 0)
        *ret = text_copy(row ? row->name : word);
    return rc;
}

void ops_region_note_unwanted(const struct store *store, const char *region)
{
    store_notice(store, "region '%s': no image version that was asked for wants copies there",
                 region);
}

struct use {
    const struct store *store;
    bool zoned;
    bool found;
};

static int note_use(void *user, const struct replica_place *place, struct err *err)
{
    struct use *const use = user;

    (void)err;
    use->found |= place->zone > 0 || !use->zoned;
    return 0;
}

int ops_region_is_used(const struct store *store, const char *region, bool zoned, bool *ret,
                       struct err *err)
{
    struct use use = {.store = store, .zoned = zoned};
    const int rc = replica_dir_each_of(store, region, note_use, &use, err);

    *ret = use.found;
    return rc;
}

/* --- views --- */

static void fill(const struct region_row *row, struct region *ret)
{
    text_replace(&ret->name, row->name);
    text_replace(&ret->display_name, row->display_name);
    ret->cloud = row->cloud;
    ret->zones = (struct opt_bool){.set = true, .value = row->zones};
}

/* Whether each of its directories is there as it was taken; `why`: the first that is not. */
static enum region_state state_of(const struct store *store, const struct region_entry *entry,
                                  struct err *why)
{
    const unsigned zones = (unsigned)entry->region.zone_paths.count;
    int rc = 0;

    for (unsigned zone = 0; rc == 0 && zone <= zones; zone++) {
        struct region_dir dir = REGION_DIR_NONE;

        rc = region_dir_open(store, entry->row.name, zone, &dir, why);
        region_dir_close(&dir);
    }
    return entry->damage ? REGION_DAMAGED : rc ? REGION_UNAVAILABLE : REGION_AVAILABLE;
}

/* What lies in the store says where as well; where the manifest is damaged nobody knows. */
static void fill_path(const struct store *store, struct region *ret)
{
    struct file_info info;
    struct err ignored = {0};
    char *root = NULL;

    if (!ret->path && ret->state != REGION_DAMAGED &&
        file_locate_user(store->path, &root, &info, &ignored) == 0)
        ret->path = text_printf("%s/" LAYOUT_REGIONS "/%s", root, ret->name);
    free(root);
}

static void fill_room(const struct store *store, struct region *ret)
{
    struct region_room room;
    struct err ignored = {0};

    if (region_room_of(store, ret->name, &room, &ignored))
        return;
    ret->used = opt_int_of(room.used);
    if (room.free_space < UINT64_MAX)
        ret->free_space = opt_int_of(room.free_space);
    ret->capacity_left = region_room_left(&room);
}

void ops_region_view(const struct store *store, const char *name, struct region *ret)
{
    const struct region_entry *const entry = region_book_entry(&store->regions, name);
    struct err why = {0};

    if (entry)
        shape_copy(&region_shape, ret, &entry->region);
    fill(region_find(&store->regions, name), ret);
    ret->state = entry ? state_of(store, entry, &why) : REGION_AVAILABLE;
    if (ret->state != REGION_AVAILABLE)
        text_replace(&ret->details, why.text);
    fill_path(store, ret);
    fill_room(store, ret);
}

int gal_region_show(struct store *store, const char *name, struct region *ret, struct err *err)
{
    const struct region_row *row;

    if (region_parse(&store->regions, name, &row, err))
        return err->code = E_NOT_FOUND;
    if (store->root == FILE_NONE)
        fill(row, ret);
    else
        ops_region_view(store, row->name, ret);
    return 0;
}

static void add(const struct store *store, const char *name, struct regions *ret)
{
    const struct region_book *const book = store ? &store->regions : NULL;
    const struct region_entry *const entry = region_book_entry(book, name);
    struct region *const region = VEC_ADD(ret);
    struct err ignored = {0};

    fill(region_find(book, name), region);
    if (!entry)
        return;
    region->state = state_of(store, entry, &ignored);
    text_replace(&region->path, entry->region.path);
    fill_path(store, region);
    for (size_t i = 0; i < entry->region.zone_paths.count; i++)
        texts_add(&region->zone_paths, entry->region.zone_paths.items[i]);
}

int gal_region_list(struct store *store, struct regions *ret, struct err *err)
{
    const struct region_book none = {0};
    const struct region_book *const book = store ? &store->regions : &none;
    const struct region_row *row = region_rows;
    size_t own = 0;

    (void)err;
    while (row->name || own < book->count) {
        const char *const name = own < book->count ? book->items[own].row.name : NULL;
        const int order = !name ? -1 : !row->name ? 1 : strcmp(row->name, name);

        add(store, order <= 0 ? row->name : name, ret);
        row += order <= 0;
        own += order >= 0;
    }
    return 0;
}
