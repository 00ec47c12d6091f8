/* Making and changing regions. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "ops/region.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/region.h"
#include "store/region_dir.h"

/* One region being changed, the store's lock held. */
struct changing {
    struct store *store;
    const char *name;
    struct region given; /* with paths as they are recorded */
    struct region old;   /* empty for one that is new */
    struct region now;
    struct json *stored;
    bool exists;
    bool replaces; /* an empty directory stands in for one that is lost */
};

static void changing_done(struct changing *changing)
{
    shape_done(&region_shape, &changing->given);
    shape_done(&region_shape, &changing->old);
    shape_done(&region_shape, &changing->now);
    json_free(changing->stored);
}

static int locate_all(struct changing *changing, const struct region *asked, struct err *err)
{
    struct region *const given = &changing->given;
    int rc = 0;

    shape_copy(&region_shape, given, asked);
    text_replace(&given->name, changing->name);
    if (asked->path) {
        text_replace(&given->path, NULL);
        rc = ops_region_locate(changing->store, changing->name, asked->path, &given->path, err);
    }
    for (size_t i = 0; rc == 0 && i < given->zone_paths.count; i++) {
        char *found = NULL;

        rc = ops_region_locate(changing->store, changing->name, given->zone_paths.items[i], &found,
                               err);
        if (rc == 0)
            text_replace(&given->zone_paths.items[i], found);
        free(found);
    }
    return rc;
}

/* What is built in stays as the documentation has it. */
static int check_built_in(const struct changing *changing, struct err *err)
{
    const struct region_row *const row = region_find(NULL, changing->name);
    const struct region *const given = &changing->given;

    if (!row)
        return 0;
    if (given->display_name && !text_equal(given->display_name, row->display_name))
        return err_set(err, E_INVALID, "it is built in: its display name is '%s'",
                       row->display_name);
    if (given->cloud && (enum cloud)given->cloud != row->cloud)
        return err_set(err, E_INVALID, "it is built in: its cloud is %s",
                       choice_word(&cloud_choices, row->cloud));
    return 0;
}

/* Names and display names are words for one region each. */
static int check_words(const struct changing *changing, struct err *err)
{
    const char *const words[] = {changing->name, changing->now.display_name};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct region_row *const row =
            words[i] ? region_find(&changing->store->regions, words[i]) : NULL;

        if (row && !text_equal(row->name, changing->name))
            return err_set(err, E_CONFLICT, "'%s' means region '%s' already", words[i], row->name);
    }
    return 0;
}

static int check_apart(const struct region *region, struct err *err)
{
    const struct texts *const zones = &region->zone_paths;

    for (size_t i = 0; i < zones->count; i++) {
        bool twice = text_equal(zones->items[i], region->path);

        for (size_t k = 0; k < i; k++)
            twice = twice || text_equal(zones->items[i], zones->items[k]);
        if (twice)
            return err_set(err, E_INVALID, "directory '%s' is named twice", zones->items[i]);
    }
    return 0;
}

/* What lies where it is now would not be found any more. */
static int refuse_if_used(const struct changing *changing, bool zoned, const char *what,
                          struct err *err)
{
    bool used = false;
    int rc = ops_region_is_used(changing->store, changing->name, zoned, &used, err);

    if (rc || !used)
        return rc;
    err_set(err, E_CONFLICT, "its replicas lie in the store, and %s would lie elsewhere", what);
    return err_hint(err,
                    "take it from the versions' target regions, 'sig sweep', 'sig region "
                    "delete %s' and create it anew",
                    changing->name);
}

static bool was_taken(const struct changing *changing, unsigned zone, const char *path)
{
    struct err ignored = {0};

    return region_dir_check(changing->store, changing->name, zone, path, &ignored) == 0;
}

/* An empty directory in place of one that is lost, whose copies are made anew there. */
static int replace_lost(const struct changing *changing, unsigned zone, const char *old,
                        const char *now, struct err *err)
{
    if (!text_equal(old, now) && was_taken(changing, zone, old)) {
        err_set(err, E_CONFLICT, "its directory '%s' is there, and not lost", old);
        return err_hint(err, "move what is in it, and say where to without --force");
    }
    return region_dir_take(changing->store, changing->name, zone, now, err);
}

/* A directory in place of another is that one, moved; in place of none it is taken, unless it was
 * before somebody lost what the store says of the region. */
static int settle_directory(const struct changing *changing, unsigned zone, const char *old,
                            const char *now, struct err *err)
{
    int rc;

    if (!now)
        return 0;
    if (old && changing->replaces)
        return replace_lost(changing, zone, old, now, err);
    if (old)
        return region_dir_check(changing->store, changing->name, zone, now, err);
    if (was_taken(changing, zone, now))
        return region_dir_take(changing->store, changing->name, zone, now, err);
    rc = refuse_if_used(changing, zone > 0, zone ? "those of zones" : "others", err);
    return rc ? rc : region_dir_take(changing->store, changing->name, zone, now, err);
}

static int settle_directories(const struct changing *changing, struct err *err)
{
    const struct texts *const was = &changing->old.zone_paths;
    const struct texts *const zones = &changing->now.zone_paths;
    int rc = 0;

    if (changing->given.path || changing->replaces)
        rc = settle_directory(changing, 0, changing->old.path, changing->now.path, err);
    if (changing->given.zone_paths.count || changing->replaces)
        for (unsigned zone = 1; rc == 0 && zone <= zones->count; zone++)
            rc = settle_directory(changing, zone, was->count >= zone ? was->items[zone - 1] : NULL,
                                  zones->items[zone - 1], err);
    return rc;
}

static int check_zones(const struct changing *changing, struct err *err)
{
    const struct region *const now = &changing->now;
    bool used = false;
    int rc = 0;

    if (!now->zones.set || now->zones.value)
        return 0;
    if (now->zone_paths.count)
        return err_set(err, E_INVALID, "it has directories of zones, and no zones");
    rc = ops_region_is_used(changing->store, changing->name, true, &used, err);
    if (rc == 0 && used)
        rc = err_set(err, E_CONFLICT, "replicas lie in its zones");
    return rc;
}

static int read_old(struct changing *changing, struct err *err)
{
    int rc = region_read(changing->store, changing->name, &changing->old, &changing->stored, err);

    changing->exists = rc == 0;
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int settle(struct changing *changing, struct err *err)
{
    int rc;

    shape_copy(&region_shape, &changing->now, &changing->old);
    shape_merge(&region_shape, &changing->now, &changing->given);
    rc = check_built_in(changing, err);
    if (rc == 0)
        rc = shape_check(&region_shape, &changing->now, err);
    if (rc == 0)
        rc = check_words(changing, err);
    if (rc == 0)
        rc = check_apart(&changing->now, err);
    if (rc == 0)
        rc = check_zones(changing, err);
    if (rc == 0 && changing->exists && changing->given.cloud &&
        changing->given.cloud != (changing->old.cloud ? changing->old.cloud : CLOUD_NONE))
        rc = err_set(err, E_CONFLICT, "property 'cloud' cannot change after creation");
    if (rc == 0 && (!changing->exists || changing->replaces ||
                    !shape_equal(&region_shape, &changing->old, &changing->now)))
        rc = ops_check_unlocked(changing->store, NULL, REFERENCE_NONE, false, err);
    if (rc == 0)
        rc = settle_directories(changing, err);
    return rc ? rc : region_write(changing->store, &changing->now, changing->stored, err);
}

static int change_locked(struct changing *changing, const struct region_request *request,
                         bool create, struct err *err)
{
    int rc;

    rc = regions_load(changing->store, err);
    if (rc == 0)
        rc = read_old(changing, err);
    if (rc == 0 && !create && !changing->exists) {
        err_set(err, E_NOT_FOUND, "nobody has created it in this store");
        return err_hint(err, "'sig region create %s' does", changing->name);
    }
    if (rc == 0)
        rc = locate_all(changing, &request->values, err);
    if (rc == 0 && create && changing->exists && changing->given.path && changing->old.path &&
        !text_equal(changing->given.path, changing->old.path)) {
        err_set(err, E_CONFLICT, "its directory is '%s'", changing->old.path);
        return err_hint(err, "'sig region update %s --path DIR' says where it was moved to",
                        changing->name);
    }
    if (rc == 0)
        rc = settle(changing, err);
    return rc ? rc : regions_load(changing->store, err);
}

/* What the user may not see that he has chosen. */
static void tell_choices(const struct changing *changing, const struct region *shown)
{
    const struct region *const now = &changing->now;

    if (changing->given.zone_paths.count > 0 && !now->path)
        store_notice(changing->store,
                     "copies of region '%s' of other types than Standard_ZRS lie in the store: "
                     "--path puts them elsewhere",
                     changing->name);
    if (changing->given.capacity.set && shown->capacity.set && shown->used.set &&
        shown->used.value > shown->capacity.value)
        store_notice(changing->store,
                     "region '%s' takes %" PRId64 " bytes already: nothing is copied to it until "
                     "that is below %" PRId64,
                     changing->name, shown->used.value, shown->capacity.value);
}

static int change(struct store *store, const struct region_request *request, bool create,
                  struct region *ret, struct err *err)
{
    struct changing changing = {
        .store = store,
        .replaces = !create && request->force.set && request->force.value,
    };
    char *name = NULL;
    int lock = FILE_NONE;
    int rc = ops_begin_part(store, ACTION_REGION_WRITE, NULL, err);

    if (rc)
        return err_wrap(err, "cannot %s region '%s'", create ? "create" : "update", request->name);
    rc = ops_region_named(store, request->name, &name, err);
    changing.name = name;
    if (rc == 0)
        ops_name_region(store, name);
    if (rc == 0)
        rc = store_lock(store, &lock, err);
    if (rc == 0)
        rc = change_locked(&changing, request, create, err);
    file_close(&lock);
    if (rc) {
        err_wrap(err, "cannot %s region '%s'", create ? "create" : "update", request->name);
    } else {
        ops_region_view(store, name, ret);
        tell_choices(&changing, ret);
    }
    changing_done(&changing);
    free(name);
    return ops_end(store, rc, err);
}

int gal_region_create(struct store *store, const struct region_request *request, struct region *ret,
                      struct err *err)
{
    return change(store, request, true, ret, err);
}

int gal_region_update(struct store *store, const struct region_request *request, struct region *ret,
                      struct err *err)
{
    return change(store, request, false, ret, err);
}
