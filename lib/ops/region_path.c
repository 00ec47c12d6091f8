/* Where directories of regions may lie. */
#include "ops/region.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/room.h"
#include "os/file.h"

/* The parent of a path, and its last name; a path without a slash lies in ".". */
static void cut_path(const char *path, char **ret_parent, char **ret_name)
{
    size_t length = strlen(path);
    size_t start;

    while (length > 1 && path[length - 1] == '/')
        length--;
    for (start = length; start > 0 && path[start - 1] != '/';)
        start--;
    *ret_name = text_printf("%.*s", (int)(length - start), path + start);
    while (start > 1 && path[start - 1] == '/')
        start--;
    *ret_parent = start ? text_printf("%.*s", (int)start, path) : text_copy(".");
}

static int locate_new(const char *path, char **ret, struct err *err)
{
    struct file_info info;
    char *parent = NULL, *name = NULL, *found = NULL;
    int rc;

    cut_path(path, &parent, &name);
    rc = file_locate_user(parent, &found, &info, err);
    if (rc == E_NOT_FOUND) {
        err_set(err, E_NOT_FOUND, "directory '%s' cannot be made: '%s' is not there", path, parent);
        err_hint(err, "make '%s' first, or mount its disk", parent);
    }
    if (rc == 0)
        *ret = text_printf("%s/%s", text_equal(found, "/") ? "" : found, name);
    free(parent);
    free(name);
    free(found);
    return rc;
}

static int locate(const char *path, char **ret, struct err *err)
{
    struct file_info info;
    int rc = file_locate_user(path, ret, &info, err);

    if (rc == E_NOT_FOUND && *path)
        return locate_new(path, ret, err);
    if (rc == 0 && info.kind != FILE_DIRECTORY)
        rc = err_set(err, E_INVALID, "'%s' is no directory", path);
    return rc;
}

/* Whether one of them is the other, or lies in it. */
static bool overlap(const char *left, const char *right)
{
    const size_t length = strlen(left) < strlen(right) ? strlen(left) : strlen(right);
    const char *const longer = strlen(left) < strlen(right) ? right : left;

    if (strncmp(left, right, length) != 0)
        return false;
    return longer[length] == '\0' || longer[length] == '/' || longer[length - 1] == '/';
}

static int refuse_store(const struct store *store, const char *path, struct err *err)
{
    struct file_info info;
    char *own = NULL;
    int rc = file_locate_user(store->path, &own, &info, err);

    if (rc == 0 && overlap(own, path)) {
        rc = err_set(err, E_CONFLICT, "directory '%s' and the store '%s' lie in each other", path,
                     own);
        err_hint(err, "a region without a path is kept in the store");
    }
    free(own);
    return rc;
}

static int refuse_region(const struct region *other, const char *region, const char *path,
                         struct err *err)
{
    const size_t count = other->zone_paths.count;

    if (text_equal(other->name, region))
        return 0;
    for (size_t i = 0; i <= count; i++) {
        const char *const taken = i < count ? other->zone_paths.items[i] : other->path;

        if (taken && overlap(taken, path))
            return err_set(err, E_CONFLICT, "directory '%s' and '%s' of region '%s' overlap", path,
                           taken, other->name);
    }
    return 0;
}

int ops_region_locate(const struct store *store, const char *region, const char *path, char **ret,
                      struct err *err)
{
    char *found = NULL;
    int rc = locate(path, &found, err);

    if (rc == 0)
        rc = refuse_store(store, found, err);
    for (size_t i = 0; rc == 0 && i < store->regions.count; i++)
        rc = refuse_region(&store->regions.items[i].region, region, found, err);
    if (rc)
        free(found);
    else
        *ret = found;
    return rc;
}
