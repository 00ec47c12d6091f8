/* Removing a region: only when nothing needs it any more. */
#include <stdlib.h>

#include "base/text.h"
#include "ops/region.h"
#include "ops/room.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/region.h"
#include "store/region_dir.h"
#include "store/resource.h"

/* --- who needs it --- */

struct asking {
    const char *region;
    struct texts users; /* "prod", "prod/ubuntu/1.0.0" */
    bool trash;         /* one of them is soft-deleted */
};

static void note_user(void *user, const struct region_use *use)
{
    struct asking *const asking = user;
    struct buf name = {0};
    bool noted = !text_equal(use->region, asking->region);

    reference_add_text(&name, use->ref);
    for (size_t i = 0; !noted && i < asking->users.count; i++)
        noted = text_equal(asking->users.items[i], buf_text(&name));
    if (!noted) {
        texts_add(&asking->users, buf_text(&name));
        asking->trash |= use->ref->soft_deleted.value;
    }
    buf_done(&name);
}

static int refuse_if_needed(const struct store *store, const char *region, struct err *err)
{
    struct asking asking = {.region = region};
    const struct region_visitor visitor = {.each = note_user, .user = &asking};
    struct buf text = {0};
    int rc = ops_each_region_use(store, &visitor, err);

    ops_add_some(&text, &asking.users);
    if (rc == 0 && asking.users.count) {
        rc = err_set(err, E_CONFLICT, "it is the location or a target region of %s",
                     buf_text(&text));
        err_hint(err,
                 "delete them%s, or 'sig image-version update REF --remove-regions %s "
                 "--allow-replicated-location-deletion true' for each; then 'sig sweep'",
                 asking.trash ? " ('sig image-version purge' those that are soft-deleted)" : "",
                 region);
    }
    texts_done(&asking.users);
    buf_done(&text);
    return rc;
}

/* --- what is there --- */

struct removing {
    const struct store *store;
    bool plan;  /* look alone */
    bool force; /* what cannot be reached is given up */
};

static int count_in(int dir, const char *below, size_t *ret, struct err *err)
{
    struct texts names = {0};
    const int rc = dir_list(dir, below, &names, err);

    *ret += names.count;
    texts_done(&names);
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int refuse_if_full(int dir, const char *label, struct err *err)
{
    size_t count = 0;
    int rc = count_in(dir, "disks", &count, err);

    if (rc == 0)
        rc = count_in(dir, "blobs", &count, err);
    if (rc || count == 0)
        return rc;
    err_set(err, E_CONFLICT, "replica '%s' holds disks that no version needs", label);
    return err_hint(err, "'sig sweep' removes them");
}

/* Held, so that nobody begins to write there; not waited for: who writes may want the store's lock,
 * which we hold. */
static int remove_replica(const struct removing *removing, const struct replica_place *place,
                          int dir, const char *label, struct err *err)
{
    struct replica replica = REPLICA_NONE;
    int rc = refuse_if_full(dir, label, err);

    if (rc || removing->plan) {
        file_close(&dir);
        return rc;
    }
    rc = replica_open_alone(dir, label, 0, &replica, err);
    if (rc == 0) /* somebody may have had it until now */
        rc = refuse_if_full(replica.dir, label, err);
    if (rc == 0 || rc == E_NOT_FOUND)
        rc = replica_dir_remove(removing->store, place, err);
    replica_close(&replica);
    return rc;
}

static int visit(void *user, const struct replica_place *place, struct err *err)
{
    const struct removing *const removing = user;
    char *const label = replica_dir_label(place);
    int dir = FILE_NONE;
    int rc = replica_dir_open(removing->store, place, false, &dir, err);

    if (rc == 0)
        rc = remove_replica(removing, place, dir, label, err);
    else if (rc == E_NOT_FOUND)
        rc = removing->plan ? 0 : replica_dir_remove(removing->store, place, err);
    else if (removing->force)
        rc = removing->plan ? 0 : replica_dir_forget(removing->store, place, err);
    else
        err_hint(err, "mount its disk; --force gives up what is in it");
    free(label);
    return rc;
}

/* Directories of storage types that were left empty. */
static int remove_types(const struct store *store, const char *region, unsigned zone,
                        struct err *err)
{
    struct region_dir dir = REGION_DIR_NONE;
    int rc = region_dir_open(store, region, zone, &dir, err);

    for (unsigned type = 1; rc == 0 && choice_word(&storage_type_choices, type); type++) {
        char *const word = text_copy(choice_word(&storage_type_choices, type));
        struct buf path = {0};

        text_lower(word);
        region_dir_add(&path, &dir, word);
        rc = dir_remove_tree(dir.base, buf_text(&path), err);
        buf_done(&path);
        free(word);
    }
    region_dir_close(&dir);
    return rc;
}

/* A directory that is not to be had is left as it is: nobody has claimed anything in it. But what
 * fails to say whose it is may say so the next time. */
static int leave(const struct removing *removing, const struct region *region, unsigned zone,
                 struct err *err)
{
    const struct store *const store = removing->store;
    const char *const path = zone ? region->zone_paths.items[zone - 1] : region->path;
    int rc = path ? region_dir_check(store, region->name, zone, path, err) : 0;

    if (rc == E_CORRUPT || (rc && removing->force)) {
        store_notice(store, "%s: it is left as it is", err->text);
        return 0;
    }
    if (rc)
        return err_hint(err, "--force leaves it as it is");
    rc = remove_types(store, region->name, zone, err);
    return rc || !path ? rc : region_dir_leave(path, err);
}

/* --- the verb --- */

static int remove_all(struct store *store, const struct region *region, bool force, struct err *err)
{
    const char *const name = region->name;
    struct removing removing = {.store = store, .plan = true, .force = force};
    int rc = replica_dir_each_of(store, name, visit, &removing, err);

    removing.plan = false;
    if (rc == 0)
        rc = replica_dir_each_of(store, name, visit, &removing, err);
    for (unsigned zone = 0; rc == 0 && zone <= region->zone_paths.count; zone++)
        rc = leave(&removing, region, zone, err);
    return rc;
}

/* What is built in and lies in the store loses only what was said of it. */
static bool stays_where_it_is(const struct region *region)
{
    return region_find(NULL, region->name) && !region->path && region->zone_paths.count == 0;
}

/* The locks of all galleries: nobody commits what names the region while we look and remove. Who
 * has one waits for nothing that we hold, so they are taken one after the other; no gallery comes
 * to be without the store's lock, which is held. */
struct gallery_locks {
    int *items;
    size_t count;
};

static int lock_galleries(const struct store *store, struct gallery_locks *ret, struct err *err)
{
    const struct reference all = {0};
    struct texts names = {0};
    int rc = resource_list(store, &all, REFERENCE_GALLERY, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        const struct reference ref = {.gallery = names.items[i]};
        int lock = FILE_NONE;

        rc = resource_lock(store, &ref, &lock, err);
        if (rc == 0)
            *VEC_ADD(ret) = lock;
        else if (rc == E_NOT_FOUND)
            rc = 0;
    }
    texts_done(&names);
    return rc;
}

static void unlock_galleries(struct gallery_locks *locks)
{
    for (size_t i = 0; i < locks->count; i++)
        file_close(&locks->items[i]);
    free(locks->items);
}

static int delete_locked(struct store *store, const struct region *region, bool force,
                         struct err *err)
{
    struct gallery_locks galleries = {0};
    int rc = ops_check_unlocked(store, NULL, REFERENCE_NONE, true, err);

    if (rc == 0 && !stays_where_it_is(region)) {
        rc = lock_galleries(store, &galleries, err);
        if (rc == 0)
            rc = refuse_if_needed(store, region->name, err);
        if (rc == 0)
            rc = remove_all(store, region, force, err);
    }
    if (rc == 0)
        rc = region_forget(store, region->name, err);
    unlock_galleries(&galleries);
    return rc;
}

static int delete_named(struct store *store, const char *name, bool force, struct err *err)
{
    struct region region = {0};
    int lock = FILE_NONE;
    int rc;

    rc = regions_load(store, err);
    if (rc)
        return rc;
    rc = region_read(store, name, &region, NULL, err);
    if (rc)
        return rc == E_NOT_FOUND ? region_forget(store, name, err) : rc;
    rc = store_lock(store, &lock, err);
    if (rc == 0)
        rc = delete_locked(store, &region, force, err);
    file_close(&lock);
    shape_done(&region_shape, &region);
    return rc ? rc : regions_load(store, err);
}

int gal_region_delete(struct store *store, const struct region_request *request, struct err *err)
{
    char *name = NULL;
    int rc = ops_begin_part(store, ACTION_REGION_DELETE, NULL, err);

    if (rc)
        return err_wrap(err, "cannot delete region '%s'", request->name);
    rc = ops_region_named(store, request->name, &name, err);
    if (rc == 0)
        ops_name_region(store, name);
    if (rc == 0)
        rc = delete_named(store, name, request->force.set && request->force.value, err);
    free(name);
    return ops_end(store, rc ? err_wrap(err, "cannot delete region '%s'", request->name) : 0, err);
}
