#include "store/region.h"

#include <stdlib.h>

#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/manifest.h"

/* The manifest of that region; E_NOT_FOUND for the others, which are what they are built in as.
 * What is no directory is for whoever wants a replica there. */
static int read_region(const struct store *store, const char *name, struct region *ret,
                       struct err *err)
{
    char *const directory = text_printf("%s/%s", LAYOUT_REGIONS, name);
    char *const path = text_printf("%s/%s", directory, LAYOUT_REGION);
    struct file_info info;
    bool there = false;
    int rc = file_look(store->root, directory, &there, &info, err);

    if (rc == 0 && (!there || info.kind != FILE_DIRECTORY))
        rc = err_set(err, E_NOT_FOUND, "there is no directory '%s'", directory);
    if (rc == 0)
        rc = manifest_read(store->root, path, &region_shape, ret, NULL, err);
    if (rc == 0 && !text_equal(ret->name, name))
        rc = err_set(err, E_CORRUPT, "manifest '%s' is damaged: it is about region '%s'", path,
                     ret->name);
    free(directory);
    free(path);
    return rc;
}

static void load(struct store *store, const char *name)
{
    struct region region = {0};
    struct err err = {0};
    char *const own = text_copy(name);
    int rc = region_check_name(&own, NULL);

    if (rc == 0)
        rc = read_region(store, name, &region, &err);
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

void regions_load(struct store *store)
{
    struct texts names = {0};
    struct err ignored = {0};

    region_book_done(&store->regions);
    if (store->root == FILE_NONE || dir_list(store->root, LAYOUT_REGIONS, &names, &ignored))
        return;
    for (size_t i = 0; i < names.count; i++)
        load(store, names.items[i]);
    texts_done(&names);
}
