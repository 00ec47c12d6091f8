#include "store/replica_dir.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/staged.h"
#include "store/layout.h"
#include "store/manifest.h"

/* replica.json. */
struct owner {
    char *store_id;
    char *region;
    unsigned storage_type;
    struct opt_int number;
};

/* clang-format off */
static const struct row owner_rows[] = {
    ROW(struct owner, store_id, "storeId", .rules = ROW_MADE | ROW_NEEDED, .about = "The store it belongs to"),
    ROW(struct owner, region, "region", .rules = ROW_MADE | ROW_NEEDED, .about = "The region it is a replica in"),
    ROW(struct owner, storage_type, "storageAccountType", .rules = ROW_MADE | ROW_NEEDED,
        .choices = &storage_type_choices, .about = "The storage type"),
    ROW(struct owner, number, "replica", .rules = ROW_MADE | ROW_NEEDED, .min = 1, .max = REPLICAS_MAX,
        .about = "Which replica of the region"),
};
/* clang-format on */

static const struct shape owner_shape = SHAPE(struct owner, "replica directory", owner_rows, NULL);

char *replica_dir_label(const struct replica_place *place)
{
    struct buf path = {0};
    char *label;

    layout_add_replica(&path, place->region, place->type, place->number);
    label = text_copy(buf_text(&path) + sizeof LAYOUT_REGIONS);
    buf_done(&path);
    return label;
}

static int check_owner(const struct store *store, const struct replica_place *place, int fd,
                       const char *path, struct err *err)
{
    struct owner owner = {0};
    int rc;

    rc = manifest_read(fd, LAYOUT_REPLICA, &owner_shape, &owner, NULL, err);
    if (rc)
        return rc == E_NOT_FOUND ? rc : err_wrap(err, "replica directory '%s'", path);
    if (!text_equal(owner.store_id, store->info.store_id)) {
        rc = err_set(err, E_CORRUPT, "replica directory '%s' belongs to another store, %s", path,
                     owner.store_id);
        err_hint(err, "each store needs directories of its own");
    } else if (!text_equal(owner.region, place->region) || owner.storage_type != place->type ||
               owner.number.value != place->number) {
        rc = err_set(err, E_CORRUPT, "replica directory '%s' is that of region '%s', replica %lld",
                     path, owner.region, (long long)owner.number.value);
    }
    shape_done(&owner_shape, &owner);
    return rc;
}

/* A directory without replica.json must be empty, unless another process has just claimed it. */
static int refuse_if_used(int fd, const char *path, struct err *err)
{
    struct texts names = {0};
    bool used = false;
    bool claimed = false;
    int rc = dir_list(fd, ".", &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        claimed |= text_equal(names.items[i], LAYOUT_REPLICA);
        used |= !text_starts(names.items[i], ".sig-");
    }
    texts_done(&names);
    if (rc || claimed || !used)
        return rc;
    err_set(err, E_CORRUPT, "directory '%s' holds files but no " LAYOUT_REPLICA, path);
    return err_hint(err, "restore " LAYOUT_REPLICA " from a backup, or move the directory away");
}

/* The first use of an empty directory. Two processes at once write the same bytes: whoever is
 * second finds the file there. */
static int claim(const struct store *store, const struct replica_place *place, int fd,
                 const char *path, struct err *err)
{
    struct owner owner = {
        .store_id = store->info.store_id,
        .storage_type = place->type,
        .number = {.set = true, .value = place->number},
    };
    struct staged staged = STAGED_NONE;
    struct buf text = {0};
    int rc;

    owner.region = text_copy(place->region);
    manifest_print(&text, &owner_shape, &owner, NULL);
    free(owner.region);
    rc = refuse_if_used(fd, path, err);
    if (rc == 0)
        rc = staged_open(&staged, fd, err);
    if (rc == 0)
        rc = file_write(staged.fd, LAYOUT_REPLICA, text.bytes, text.length, err);
    if (rc == 0)
        rc = staged_publish(&staged, LAYOUT_REPLICA, false, err);
    if (rc == E_CONFLICT)
        rc = 0;
    staged_done(&staged);
    buf_done(&text);
    return rc;
}

int replica_dir_open(const struct store *store, const struct replica_place *place, bool make,
                     int *ret_fd, struct err *err)
{
    struct buf path = {0};
    int fd = FILE_NONE;
    int rc = 0;

    layout_add_replica(&path, place->region, place->type, place->number);
    if (make)
        rc = dir_make(store->root, buf_text(&path), err);
    if (rc == 0)
        rc = dir_open(store->root, buf_text(&path), &fd, err);
    if (rc)
        goto out;
    rc = check_owner(store, place, fd, buf_text(&path), err);
    if (rc == E_NOT_FOUND && make) {
        rc = claim(store, place, fd, buf_text(&path), err);
        if (rc == 0)
            rc = check_owner(store, place, fd, buf_text(&path), err);
    }
    if (rc == 0) {
        *ret_fd = fd;
        fd = FILE_NONE;
    }
out:
    file_close(&fd);
    buf_done(&path);
    return rc;
}
