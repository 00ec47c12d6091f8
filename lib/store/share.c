#include "store/share.h"

#include <stdlib.h>

#include "base/text.h"
#include "os/account.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/share.h"
#include "store/layout.h"
#include "store/region_dir.h"
#include "store/scratch.h"

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
    int rc = share_look(store->root, store->path, &shared, &gid, err);

    if (rc == 0 && shared)
        rc = share_entry(fd, path, gid, SHARE_WRITE, err);
    if (rc != E_UNSUPPORTED)
        return rc;
    store_notice(store, "%s: each member's umask decides there", err->text);
    return 0;
}

enum { GROUP_READS = 040 };

/* A directory on the way, and what belongs in it. */
struct sharing {
    const struct store *store;
    int dir;
    const char *path;           /* for messages */
    const struct known *belong; /* in it */
    uint32_t gid, owner;        /* to whom it is given; whose it is to be for that */
    uint32_t gid_before;        /* with whom the store was shared */
    size_t *left;               /* how much is not */
    enum share_rights rights;
    bool outermost;
};

static int share_all(const struct sharing *sharing, struct err *err);

/* Whoever may write in a store can move there what is somebody else's, or give a file from another
 * place a second name there: that is not to be given away. What the group could read already is. */
static bool is_to_be_shared(const struct sharing *at, const struct file_info *info)
{
    const bool directory = info->kind == FILE_DIRECTORY;
    const bool ours =
        info->owner == at->owner ||
        ((info->group == at->gid || info->group == at->gid_before) && info->mode & GROUP_READS);

    if (ours && (directory || info->links == 1))
        return true;
    if (info->group == at->gid && info->mode == share_mode(directory, at->rights))
        return false;
    store_notice(at->store, "'%s' %s: it is not shared", at->path,
                 ours ? "has another name, which may lie elsewhere"
                      : "belongs to another user than the store");
    ++*at->left;
    return false;
}

static int share_open(const struct sharing *at, int fd, struct err *err)
{
    struct file_info info = {0};
    const int rc = file_stat(fd, at->path, &info, err);

    return rc || !is_to_be_shared(at, &info) ? rc
                                             : share_entry(fd, at->path, at->gid, at->rights, err);
}

static int share_file(const struct sharing *at, const char *name, struct err *err)
{
    int fd = FILE_NONE;
    int rc = file_open(at->dir, name, FILE_READ, &fd, err);

    if (rc == 0)
        rc = share_open(at, fd, err);
    file_close(&fd);
    return rc == E_NOT_FOUND ? 0 : rc; /* what goes meanwhile is not shared with anybody */
}

static int share_directory(const struct sharing *at, const char *name, const struct known *belong,
                           struct err *err)
{
    struct sharing inside = *at;
    int rc = dir_open(at->dir, name, &inside.dir, err);

    inside.belong = belong;
    inside.outermost = false;
    if (rc == 0) {
        rc = share_all(&inside, err);
        file_close(&inside.dir);
    }
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* What belongs there is shared; the rest is told, but for what is not complete. */
static int share_named(const struct sharing *at, const char *name, enum file_kind kind,
                       struct err *err)
{
    const struct known *belong = NULL;

    if (scratch_belongs(at->belong, name, &belong) &&
        kind == (belong ? FILE_DIRECTORY : FILE_REGULAR))
        return belong ? share_directory(at, name, belong, err) : share_file(at, name, err);
    if (name[0] != '.' && !text_equal(name, "lost+found"))
        store_notice(at->store, "'%s' does not belong there: it is not shared", at->path);
    return 0;
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
    if (around->outermost && text_equal(name, LAYOUT_WORK))
        at.rights = SHARE_READ;
    if (rc == 0 && there)
        rc = share_named(&at, name, info.kind, err);
    free(path);
    return rc;
}

/* The directory first: what is made in it from then on is right. */
static int share_all(const struct sharing *sharing, struct err *err)
{
    struct texts names = {0};
    int rc = share_open(sharing, sharing->dir, err);

    if (rc == 0)
        rc = dir_list(sharing->dir, ".", &names, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++)
        rc = share_in(sharing, names.items[i], err);
    texts_done(&names);
    return rc;
}

static int share_and_flush(const struct sharing *sharing, struct err *err)
{
    const int rc = share_all(sharing, err);

    return rc ? rc : file_flush_all(sharing->dir, sharing->path, err);
}

/* Whoever may change a region may name any directory in which he can put a file: only what the
 * store's owner has made one is shared. */
static int is_own_region(const struct sharing *sharing, bool *ret, struct err *err)
{
    struct file_info dir = {0}, marker = {0};
    bool there = false;
    int rc = file_stat(sharing->dir, sharing->path, &dir, err);

    if (rc == 0)
        rc = file_look(sharing->dir, LAYOUT_REGION, &there, &marker, err);
    *ret = rc == 0 && there && dir.owner == sharing->owner && marker.owner == sharing->owner &&
           marker.links == 1 && !(dir.mode & FILE_STICKY);
    if (rc == 0 && !*ret && dir.group != sharing->gid)
        store_notice(sharing->store,
                     "directory '%s' is not the store owner's alone: it is not shared",
                     sharing->path);
    return rc;
}

static int share_region_dir(const struct sharing *around, const struct region_dir *dir,
                            struct err *err)
{
    struct sharing sharing = *around;
    bool own = false;
    int rc;

    sharing.dir = dir->base;
    sharing.path = dir->shown;
    sharing.belong = scratch_names(SCRATCH_REGION);
    sharing.outermost = false;
    rc = is_own_region(&sharing, &own, err);
    return rc || !own ? rc : share_and_flush(&sharing, err);
}

/* Those that it has elsewhere. */
static int share_region(const struct sharing *around, const struct region *region, struct err *err)
{
    const struct store *const store = around->store;
    const unsigned zones = (unsigned)region->zone_paths.count;
    int rc = 0;

    for (unsigned zone = zones ? 1 : 0; rc == 0 && zone <= zones; zone++) {
        struct region_dir dir = REGION_DIR_NONE;

        rc = region_dir_open(store, region->name, zone, &dir, err);
        if (rc == 0 && dir.own)
            rc = share_region_dir(around, &dir, err);
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
    size_t left = 0;
    bool shared = false;
    struct sharing sharing = {
        .left = &left,
        .store = store,
        .dir = store->root,
        .path = store->path,
        .belong = scratch_names(SCRATCH_STORE),
        .gid = gid,
        .rights = SHARE_WRITE,
        .outermost = true,
    };
    struct file_info info = {0};
    int rc = file_stat(store->root, store->path, &info, err);

    sharing.owner = info.owner;
    if (rc == 0)
        rc = share_look(store->root, store->path, &shared, &sharing.gid_before, err);
    if (!shared)
        sharing.gid_before = gid;
    if (rc == 0)
        rc = share_and_flush(&sharing, err);
    for (size_t i = 0; rc == 0 && i < store->regions.count; i++)
        rc = share_region(&sharing, &store->regions.items[i].region, err);
    if (rc == E_DENIED && !err->hint[0])
        err_hint(err, "root does that, or the user whose it is");
    if (rc || left == 0)
        return rc;
    err_set(err, E_PARTIAL, "%zu of its files and directories are not shared", left);
    return err_hint(err, "give them to the store's owner with chown, and run this again");
}
