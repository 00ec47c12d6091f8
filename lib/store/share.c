#include "store/share.h"

#include <stdlib.h>

#include "base/text.h"
#include "os/account.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/share.h"
#include "store/layout.h"
#include "store/region_dir.h"

/* Deeper than anything that belongs into a store, and few enough descriptors. */
enum { DEPTH_MAX = 16 };

int store_shared_with(const struct store *store, char **ret, struct err *err)
{
    bool shared = false;
    uint32_t gid = 0;
    int rc = 0;

    if (store->root != FILE_NONE)
        rc = share_look(store->root, store->path, &shared, &gid, err);
    *ret = rc == 0 && shared ? account_group_name(gid) : NULL;
    return rc;
}

int store_share_region(const struct store *store, int fd, const char *path, struct err *err)
{
    bool shared = false;
    uint32_t gid = 0;
    const int rc = share_look(store->root, store->path, &shared, &gid, err);

    return rc || !shared ? rc : share_entry(fd, path, gid, SHARE_WRITE, err);
}

/* A directory on the way, with all that is in it. */
struct sharing {
    const struct store *store;
    int dir;
    const char *path; /* for messages */
    uint32_t gid;
    enum share_rights rights;
    unsigned depth;
};

static int share_all(const struct sharing *sharing, struct err *err);

/* Whoever may write in a store can give a file from elsewhere a name there; that is not to be given
 * away. */
static int share_file(const struct sharing *at, const char *name, struct err *err)
{
    struct file_info info = {0};
    int fd = FILE_NONE;
    int rc = file_open(at->dir, name, FILE_READ, &fd, err);

    if (rc == 0)
        rc = file_stat(fd, at->path, &info, err);
    if (rc == 0 && info.links > 1)
        store_notice(at->store, "'%s' has another name, which may lie elsewhere: it is not shared",
                     at->path);
    else if (rc == 0)
        rc = share_entry(fd, at->path, at->gid, at->rights, err);
    file_close(&fd);
    return rc == E_NOT_FOUND ? 0 : rc; /* what goes meanwhile is not shared with anybody */
}

static int share_directory(const struct sharing *at, const char *name, struct err *err)
{
    struct sharing inside = *at;
    int rc = dir_open(at->dir, name, &inside.dir, err);

    inside.depth++;
    if (rc == 0 && inside.depth > DEPTH_MAX)
        rc = err_set(err, E_INVALID, "'%s' is deeper than anything in a store", at->path);
    if (rc == 0)
        rc = share_all(&inside, err);
    if (inside.dir != at->dir)
        file_close(&inside.dir);
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int share_in(const struct sharing *around, const char *name, struct err *err)
{
    char *const path = text_printf("%s/%s", around->path, name);
    struct sharing at = *around;
    struct file_info info = {0};
    bool there = false;
    int rc = file_look(around->dir, name, &there, &info, err);

    at.path = path;
    /* Who has accepted work stays the only one to change what it says. */
    if (around->depth == 0 && text_equal(name, LAYOUT_WORK))
        at.rights = SHARE_READ;
    if (rc == 0 && there && info.kind == FILE_DIRECTORY)
        rc = share_directory(&at, name, err);
    else if (rc == 0 && there && info.kind == FILE_REGULAR)
        rc = share_file(&at, name, err);
    free(path);
    return rc;
}

/* The directory first: what is made in it from then on is right. */
static int share_all(const struct sharing *sharing, struct err *err)
{
    struct texts names = {0};
    int rc = share_entry(sharing->dir, sharing->path, sharing->gid, sharing->rights, err);

    if (rc == 0)
        rc = dir_list(sharing->dir, ".", &names, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++)
        rc = share_in(sharing, names.items[i], err);
    texts_done(&names);
    return rc;
}

static int share_and_flush(const struct store *store, int dir, const char *path, uint32_t gid,
                           struct err *err)
{
    const struct sharing sharing = {
        .store = store, .dir = dir, .path = path, .gid = gid, .rights = SHARE_WRITE};
    const int rc = share_all(&sharing, err);

    return rc ? rc : file_flush_all(dir, path, err);
}

/* Those that it has elsewhere. */
static int share_region(const struct store *store, const struct region *region, uint32_t gid,
                        struct err *err)
{
    const unsigned zones = (unsigned)region->zone_paths.count;
    int rc = 0;

    for (unsigned zone = zones ? 1 : 0; rc == 0 && zone <= zones; zone++) {
        struct region_dir dir = REGION_DIR_NONE;

        rc = region_dir_open(store, region->name, zone, &dir, err);
        if (rc == 0 && dir.own)
            rc = share_and_flush(store, dir.base, dir.shown, gid, err);
        if (rc == E_CORRUPT) {
            store_notice(store, "%s; run this again when it is there", err->text);
            rc = 0;
        }
        region_dir_close(&dir);
    }
    return rc;
}

int store_share(const struct store *store, uint32_t gid, struct err *err)
{
    int rc = share_and_flush(store, store->root, store->path, gid, err);

    for (size_t i = 0; rc == 0 && i < store->regions.count; i++)
        rc = share_region(store, &store->regions.items[i].region, gid, err);
    if (rc == E_DENIED)
        err_hint(err, "root does that, or the user whose it is");
    return rc;
}
