#include "store/region.h"

#include <stdlib.h>

#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/activity.h"
#include "store/layout.h"
#include "store/manifest.h"

static bool are_absolute(const struct region *region)
{
    bool good = !region->path || *region->path == '/';

    for (size_t i = 0; i < region->zone_paths.count; i++)
        good = good && *region->zone_paths.items[i] == '/';
    return good;
}

/* What is no directory is for whoever wants a replica there. */
int region_read(const struct store *store, const char *name, struct region *ret,
                struct json **ret_stored, struct err *err)
{
    char *const directory = text_printf("%s/%s", LAYOUT_REGIONS, name);
    char *const path = text_printf("%s/%s", directory, LAYOUT_REGION);
    struct file_info info;
    bool there = false;
    int rc = file_look(store->root, directory, &there, &info, err);

    if (rc == 0 && (!there || info.kind != FILE_DIRECTORY))
        rc = err_set(err, E_NOT_FOUND, "there is no directory '%s'", directory);
    if (rc == 0)
        rc = manifest_read(store->root, path, &region_shape, ret, ret_stored, err);
    if (rc == 0 && !text_equal(ret->name, name))
        rc = err_set(err, E_CORRUPT, "manifest '%s' is damaged: it is about region '%s'", path,
                     ret->name);
    if (rc == 0 && !are_absolute(ret))
        rc = err_set(err, E_CORRUPT, "manifest '%s' is damaged: a path does not begin with '/'",
                     path);
    if (rc && rc != E_NOT_FOUND)
        err_hint(err, REGION_DAMAGE_HINT);
    free(directory);
    free(path);
    return rc;
}

int region_is_kept(const struct store *store, const char *name, bool *ret, struct err *err)
{
    char *const path = text_printf("%s/%s/%s", LAYOUT_REGIONS, name, LAYOUT_REGION);
    struct file_info info;
    const int rc = file_look(store->root, path, ret, &info, err);

    free(path);
    return rc;
}

static void load_region(struct store *store, const char *name)
{
    struct region region = {0};
    struct err err = {0};
    char *const own = text_copy(name);
    int rc = region_check_name(&own, NULL);

    if (rc == 0)
        rc = region_read(store, name, &region, NULL, &err);
    else
        rc = E_NOT_FOUND; /* no name of a region: nobody means it */
    if (rc && rc != E_NOT_FOUND) {
        shape_done(&region_shape, &region);
        region.name = text_copy(name);
    }
    if (rc != E_NOT_FOUND)
        region_book_add(&store->regions, &region, rc, rc ? err.text : NULL);
    free(own);
}

int regions_load(struct store *store, struct err *err)
{
    struct texts names = {0};
    int rc;

    region_book_done(&store->regions);
    if (store->root == FILE_NONE)
        return 0;
    rc = dir_list(store->root, LAYOUT_REGIONS, &names, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++)
        load_region(store, names.items[i]);
    texts_done(&names);
    return rc == E_NOT_FOUND ? 0 : rc;
}

int region_write(const struct store *store, const struct region *region, const struct json *stored,
                 struct err *err)
{
    char *const directory = text_printf("%s/%s", LAYOUT_REGIONS, region->name);
    char *const path = text_printf("%s/%s", directory, LAYOUT_REGION);
    int fd = FILE_NONE;
    int rc = dir_make(store->root, directory, err);

    if (rc == 0)
        rc = dir_open(store->root, directory, &fd, err);
    if (rc == 0)
        rc = activity_write(store,
                            &(struct activity_write){
                                .dir = fd,
                                .path = path,
                                .shape = &region_shape,
                                .value = region,
                                .stored = stored,
                            },
                            err);
    file_close(&fd);
    free(directory);
    free(path);
    return rc;
}

/* Its directory in the store goes with it when nothing else is in it. */
static int remove_if_empty(const struct store *store, const char *directory, struct err *err)
{
    struct texts names = {0};
    int regions = FILE_NONE;
    int rc = dir_list(store->root, directory, &names, err);

    if (rc == 0 && names.count == 0)
        rc = dir_remove_tree(store->root, directory, err);
    if (rc == 0 && names.count == 0)
        rc = dir_open(store->root, LAYOUT_REGIONS, &regions, err);
    if (rc == 0 && names.count == 0)
        rc = dir_flush(regions, LAYOUT_REGIONS, err);
    file_close(&regions);
    texts_done(&names);
    return rc;
}

int region_forget(const struct store *store, const char *name, struct err *err)
{
    char *const directory = text_printf("%s/%s", LAYOUT_REGIONS, name);
    char *const path = text_printf("%s/%s", directory, LAYOUT_REGION);
    int fd = FILE_NONE;
    struct file_info info;
    bool there = false;
    int rc = dir_open(store->root, directory, &fd, err);

    if (rc == 0)
        rc = file_look(store->root, path, &there, &info, err);
    if (rc == 0 && there)
        rc = activity_intend(store, path, true, err);
    if (rc == 0)
        rc = file_remove(store->root, path, err);
    if (rc == 0)
        rc = dir_flush(fd, directory, err);
    if (rc == 0 && there)
        activity_made(store);
    file_close(&fd);
    if (rc == 0)
        rc = remove_if_empty(store, directory, err);
    free(directory);
    free(path);
    return rc == E_NOT_FOUND ? 0 : rc;
}
