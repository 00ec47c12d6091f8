#include "store/region_dir.h"

#include <stdlib.h>

#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/ground.h"
#include "os/staged.h"
#include "store/layout.h"
#include "store/manifest.h"
#include "store/region.h"
#include "store/share.h"

/* region.json in a directory outside the store. */
struct marker {
    char *store_id;
    char *region;
    struct opt_int zone; /* not set where it is that of the whole region */
};

/* clang-format off */
static const struct row marker_rows[] = {
    ROW(struct marker, store_id, "storeId", .rules = ROW_MADE | ROW_NEEDED, .about = "The store it belongs to"),
    ROW(struct marker, region, "region", .rules = ROW_MADE | ROW_NEEDED, .about = "The region it is the directory of"),
    ROW(struct marker, zone, "zone", .rules = ROW_MADE, .min = 1, .max = REGION_ZONES,
        .about = "Which zone of the region"),
};
/* clang-format on */

static const struct shape marker_shape =
    SHAPE(struct marker, "directory of a region", marker_rows, NULL);

/* Whose directory it is. */
struct wanted {
    const struct store *store;
    const char *region;
    unsigned zone;
    const char *path;
};

/* "region 'rack'", "zone 2 of region 'rack'". To be released with free. */
static char *name_of(const char *region, unsigned zone)
{
    return zone ? text_printf("zone %u of region '%s'", zone, region)
                : text_printf("region '%s'", region);
}

static int refuse_other(const struct wanted *wanted, const struct marker *marker, int code,
                        struct err *err)
{
    char *const name = name_of(marker->region, (unsigned)marker->zone.value);

    if (!text_equal(marker->store_id, wanted->store->info.store_id)) {
        err_set(err, code, "directory '%s' belongs to another store, %s", wanted->path,
                marker->store_id);
        err_hint(err, "each store needs directories of its own");
    } else {
        err_set(err, code, "directory '%s' is that of %s", wanted->path, name);
    }
    free(name);
    return code;
}

/* E_NOT_FOUND when nobody has taken it; `code` when it was somebody else. */
static int check_marker(const struct wanted *wanted, int fd, int code, struct err *err)
{
    struct marker marker = {0};
    int rc = manifest_read(fd, LAYOUT_REGION, &marker_shape, &marker, NULL, err);

    if (rc)
        return err_wrap(err, "directory '%s'", wanted->path);
    if (!text_equal(marker.store_id, wanted->store->info.store_id) ||
        !text_equal(marker.region, wanted->region) || marker.zone.value != wanted->zone)
        rc = refuse_other(wanted, &marker, code, err);
    shape_done(&marker_shape, &marker);
    return rc;
}

/* It is gone, or bare. Whoever asked says for which region. */
static int tell_missing(const struct wanted *wanted, bool there, struct err *err)
{
    char *const zone = wanted->zone ? text_printf(" of zone %u", wanted->zone) : text_copy("");

    err_set(err, E_CORRUPT, "directory '%s'%s %s", wanted->path, zone,
            there ? "has no " LAYOUT_REGION ": it is not mounted, or not that of the region"
                  : "is not there");
    err_hint(err,
             "mount its disk; 'sig region update %s %s' says where it was moved to, and with "
             "--force takes an empty one in its place",
             wanted->region, wanted->zone ? "--zones DIR DIR DIR" : "--path DIR");
    free(zone);
    return E_CORRUPT;
}

static int open_taken(const struct wanted *wanted, int *ret_fd, struct err *err)
{
    int fd = FILE_NONE;
    int rc = dir_open_user(wanted->path, &fd, err);

    if (rc == E_NOT_FOUND)
        return tell_missing(wanted, false, err);
    if (rc)
        return err_wrap(err, "region '%s'", wanted->region);
    rc = check_marker(wanted, fd, E_CORRUPT, err);
    if (rc == E_NOT_FOUND)
        rc = tell_missing(wanted, true, err);
    if (rc)
        file_close(&fd);
    *ret_fd = fd;
    return rc;
}

int region_dir_check(const struct store *store, const char *region, unsigned zone, const char *path,
                     struct err *err)
{
    const struct wanted wanted = {store, region, zone, path};
    int fd = FILE_NONE;
    const int rc = open_taken(&wanted, &fd, err);

    file_close(&fd);
    return rc;
}

static bool has_zone(const struct region_entry *entry, unsigned zone)
{
    return entry && zone > 0 && entry->region.zone_paths.count >= zone;
}

bool region_dir_has_zones(const struct store *store, const char *region)
{
    const struct region_entry *const entry = region_book_entry(&store->regions, region);

    return entry && entry->region.zone_paths.count > 0;
}

int region_dir_open(const struct store *store, const char *region, unsigned zone,
                    struct region_dir *ret, struct err *err)
{
    const struct region_entry *const entry = region_book_entry(&store->regions, region);
    const bool zoned = has_zone(entry, zone);
    const char *const path = zoned   ? entry->region.zone_paths.items[zone - 1]
                             : entry ? entry->region.path
                                     : NULL;
    const struct wanted wanted = {store, region, zoned ? zone : 0, path};
    int fd = FILE_NONE;
    int rc = 0;

    if (entry && entry->damage) {
        err_set(err, entry->damage, "region '%s': %s", region, entry->why);
        return err_hint(err, REGION_DAMAGE_HINT);
    }
    if (path)
        rc = open_taken(&wanted, &fd, err);
    if (rc)
        return rc;
    *ret = (struct region_dir){
        .base = path ? fd : store->root,
        .own = path,
        .below = path ? text_copy("") : text_printf("%s/%s", LAYOUT_REGIONS, region),
    };
    ret->shown = text_copy(path ? path : ret->below);
    return 0;
}

void region_dir_close(struct region_dir *dir)
{
    if (dir->own)
        file_close(&dir->base);
    free(dir->below);
    free(dir->shown);
    *dir = (struct region_dir)REGION_DIR_NONE;
}

static void add(struct buf *out, const char *before, const char *path)
{
    buf_printf(out, "%s%s%s", before, *before ? "/" : "", path);
}

void region_dir_add(struct buf *out, const struct region_dir *dir, const char *path)
{
    add(out, dir->below, path);
}

void region_dir_add_shown(struct buf *out, const struct region_dir *dir, const char *path)
{
    add(out, dir->shown, path);
}

/* --- taking and leaving --- */

/* But for what a new file system has, and what a command that was killed has left. */
static int refuse_if_used(const struct wanted *wanted, int fd, struct err *err)
{
    struct texts names = {0};
    int rc = dir_list(fd, ".", &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        if (text_starts(names.items[i], ".sig-") || text_equal(names.items[i], "lost+found"))
            continue;
        rc = err_set(err, E_CONFLICT, "directory '%s' is not empty: it holds '%s'", wanted->path,
                     names.items[i]);
        err_hint(err, "name an empty directory, or one that does not exist yet");
    }
    texts_done(&names);
    return rc;
}

static int write_marker(const struct wanted *wanted, int fd, struct err *err)
{
    struct marker marker = {
        .store_id = text_copy(wanted->store->info.store_id),
        .region = text_copy(wanted->region),
        .zone = {.set = wanted->zone > 0, .value = wanted->zone},
    };
    int rc = ground_check(fd, err);

    if (rc)
        err_wrap(err, "cannot keep a region in '%s'", wanted->path);
    else
        rc = manifest_write(fd, LAYOUT_REGION, &marker_shape, &marker, NULL, err);
    shape_done(&marker_shape, &marker);
    return rc;
}

int region_dir_take(const struct store *store, const char *region, unsigned zone, const char *path,
                    struct err *err)
{
    const struct wanted wanted = {store, region, zone, path};
    int fd = FILE_NONE;
    int rc = dir_make_user(path, &fd, err);

    if (rc)
        return rc;
    rc = check_marker(&wanted, fd, E_CONFLICT, err);
    if (rc == E_NOT_FOUND) {
        rc = refuse_if_used(&wanted, fd, err);
        if (rc == 0)
            rc = store_share_region(store, fd, path, err);
        if (rc == 0)
            rc = write_marker(&wanted, fd, err);
    } else if (rc == 0) {
        rc = dir_flush(fd, path, err);
    }
    file_close(&fd);
    return rc;
}

int region_dir_leave(const char *path, struct err *err)
{
    int fd = FILE_NONE;
    int rc = dir_open_user(path, &fd, err);

    if (rc == E_NOT_FOUND)
        return 0;
    if (rc == 0)
        rc = file_remove(fd, LAYOUT_REGION, err);
    if (rc == 0)
        rc = dir_flush(fd, path, err);
    file_close(&fd);
    return rc;
}
