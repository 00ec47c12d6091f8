#include "store/replica_dir.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/ground.h"
#include "os/staged.h"
#include "store/layout.h"
#include "store/manifest.h"
#include "store/room.h"

/* replica.json. */
struct owner {
    char *store_id;
    char *region;
    unsigned storage_type;
    struct opt_int number;
    struct opt_int zone; /* not set where the storage type has none */
};

/* clang-format off */
static const struct row owner_rows[] = {
    ROW(struct owner, store_id, "storeId", .rules = ROW_MADE | ROW_NEEDED, .about = "The store it belongs to"),
    ROW(struct owner, region, "region", .rules = ROW_MADE | ROW_NEEDED, .about = "The region it is a replica in"),
    ROW(struct owner, storage_type, "storageAccountType", .rules = ROW_MADE | ROW_NEEDED,
        .choices = &storage_type_choices, .about = "The storage type"),
    ROW(struct owner, number, "replica", .rules = ROW_MADE | ROW_NEEDED, .min = 1, .max = REPLICAS_MAX,
        .about = "Which replica of the region"),
    ROW(struct owner, zone, "zone", .rules = ROW_MADE, .min = 1, .max = ZONES,
        .about = "Which zone of the replica"),
};
/* clang-format on */

static const struct shape owner_shape = SHAPE(struct owner, "replica directory", owner_rows, NULL);

char *replica_dir_label(const struct replica_place *place)
{
    struct buf path = {0};
    char *label;

    layout_add_replica(&path, place);
    label = text_copy(buf_text(&path) + sizeof LAYOUT_REGIONS);
    buf_done(&path);
    return label;
}

int site_open(const struct store *store, const struct replica_place *place, struct site *ret,
              struct err *err)
{
    char *const label = replica_dir_label(place);
    const char *const inside = label + strlen(place->region) + 1;
    struct buf path = {0}, shown = {0};
    const int rc = region_dir_open(store, place->region, place->zone, &ret->region, err);

    if (rc == 0) {
        region_dir_add(&path, &ret->region, inside);
        region_dir_add_shown(&shown, &ret->region, inside);
        ret->path = buf_take(&path);
        ret->shown = buf_take(&shown);
    }
    free(label);
    return rc;
}

void site_close(struct site *site)
{
    region_dir_close(&site->region);
    free(site->path);
    free(site->shown);
    *site = (struct site)SITE_NONE;
}

int replica_dir_path(const struct store *store, const struct replica_place *place, char **ret,
                     struct err *err)
{
    struct site site = SITE_NONE;
    const int rc = site_open(store, place, &site, err);

    if (rc == 0)
        *ret = text_copy(site.shown);
    site_close(&site);
    return rc;
}

static int check_owner(const struct store *store, const struct replica_place *place, int fd,
                       const char *path, struct err *err)
{
    struct owner owner = {0};
    int rc;

    rc = manifest_read(fd, LAYOUT_REPLICA, &owner_shape, &owner, NULL, err);
    if (rc)
        return err_wrap(err, "replica directory '%s'", path);
    if (!text_equal(owner.store_id, store->info.store_id)) {
        rc = err_set(err, E_CORRUPT, "replica directory '%s' belongs to another store, %s", path,
                     owner.store_id);
        err_hint(err, "each store needs directories of its own");
    } else if (!text_equal(owner.region, place->region) || owner.storage_type != place->type ||
               owner.number.value != place->number || owner.zone.value != place->zone) {
        const struct replica_place other = {
            .region = owner.region,
            .type = owner.storage_type,
            .number = (unsigned)owner.number.value,
            .zone = (unsigned)owner.zone.value,
        };
        char *const label = replica_dir_label(&other);

        rc = err_set(err, E_CORRUPT, "replica directory '%s' is that of replica '%s'", path, label);
        err_hint(err, "put it where it belongs, or move it away: then this one is made anew");
        free(label);
    }
    shape_done(&owner_shape, &owner);
    return rc;
}

/* A directory without replica.json must be empty, but for what a new file system has. */
static int refuse_if_used(int fd, const char *path, struct err *err)
{
    struct texts names = {0};
    bool used = false;
    int rc = dir_list(fd, ".", &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++)
        used |= !text_starts(names.items[i], ".sig-") && !text_equal(names.items[i], "lost+found");
    texts_done(&names);
    if (rc || !used)
        return rc;
    err_set(err, E_CORRUPT, "directory '%s' holds files but no " LAYOUT_REPLICA, path);
    return err_hint(
        err, "'sig repair' writes it again where a disk map shows whose it is; else move it away");
}

/* Whether the directory is there and has nothing in it, as the place where a disk was mounted; what
 * the store itself says of a region in its place is not in the way of that. */
static int is_bare(int base, const char *path, bool *ret, bool *ret_named, struct err *err)
{
    struct texts names = {0};
    int rc = dir_list(base, path, &names, err);

    *ret_named = rc == 0 && names.count == 1 && text_equal(names.items[0], LAYOUT_REGION);
    *ret = rc == 0 && (names.count == 0 || *ret_named);
    texts_done(&names);
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int refuse_if_bare(int base, const char *path, const char *shown, struct err *err)
{
    bool bare, named;
    int rc = is_bare(base, path, &bare, &named, err);

    if (rc || !bare)
        return rc;
    if (named) { /* which the region goes by, and has to stay */
        err_set(err, E_CORRUPT, "directory '%s' has no replicas, and had some", shown);
        return err_hint(err, "mount its disk; or make a directory in it, as 'standard_lrs': then "
                             "they are made anew");
    }
    err_set(err, E_CORRUPT, "replica directory '%s' is empty, and was not", shown);
    return err_hint(err, "mount its disk; or remove '%s', then it is made anew", shown);
}

/* A region's own directory has shown already that it is mounted. */
static int refuse_if_either_bare(const struct site *site, struct err *err)
{
    const struct region_dir *const region = &site->region;
    const int rc =
        region->own ? 0 : refuse_if_bare(region->base, region->below, region->shown, err);

    return rc ? rc : refuse_if_bare(region->base, site->path, site->shown, err);
}

/* A directory that was claimed once and is bare now is not ours to fill: its disk may come back.
 * One that is gone was removed by somebody and is made anew; its claim is forgotten first, so that
 * a run killed half-way does not leave a bare directory with a claim. */
static int refuse_if_unmounted(const struct store *store, const struct replica_place *place,
                               const struct site *site, struct err *err)
{
    struct file_info info;
    bool claimed = false;
    bool there = true;
    int rc = replica_dir_is_claimed(store, place, &claimed, err);

    if (rc || !claimed)
        return rc;
    rc = refuse_if_either_bare(site, err);
    if (rc == 0)
        rc = file_look(site->region.base, site->path, &there, &info, err);
    return rc || there ? rc : claim_forget(store, place, err);
}

void owner_print(struct buf *out, const struct store *store, const struct replica_place *place)
{
    struct owner owner = {
        .store_id = store->info.store_id,
        .storage_type = place->type,
        .number = {.set = true, .value = place->number},
        .zone = {.set = place->zone > 0, .value = place->zone},
    };

    owner.region = text_copy(place->region);
    manifest_print(out, LAYOUT_REPLICA, &owner_shape, &owner, NULL);
    free(owner.region);
}

/* It may be a file system of its own. */
static int check_ground(int fd, const char *path, struct err *err)
{
    const int rc = ground_check(fd, err);

    return rc ? err_wrap(err, "cannot keep a replica in '%s'", path) : 0;
}

/* A region that was forgotten is not to come back by itself, in the store. */
static int refuse_if_unknown(const struct store *store, const char *region, struct err *err)
{
    const struct region_row *row;

    if (region_parse(&store->regions, region, &row, err) == 0)
        return 0;
    err_hint(err, "'sig region create %s' makes it known again", region);
    return err->code = E_CORRUPT;
}

/* The first use of an empty directory, the store's lock held. */
static int claim(const struct store *store, const struct replica_place *place,
                 const struct site *site, struct err *err)
{
    const int base = site->region.base;
    struct buf text = {0};
    int fd = FILE_NONE;
    int rc;

    owner_print(&text, store, place);
    rc = refuse_if_unmounted(store, place, site, err);
    if (rc == 0)
        rc = dir_make(base, site->path, err);
    if (rc == 0)
        rc = dir_open(base, site->path, &fd, err);
    if (rc == 0)
        rc = check_owner(store, place, fd, site->shown, err);
    if (rc == E_NOT_FOUND) { /* nobody was faster */
        rc = refuse_if_used(fd, site->shown, err);
        if (rc == 0)
            rc = check_ground(fd, site->shown, err);
        if (rc == 0)
            rc = staged_write_file(fd, LAYOUT_REPLICA, text.bytes, text.length, err);
    }
    file_close(&fd);
    buf_done(&text);
    return rc;
}

/* Of what could not be opened: whether that is a link somewhere on the way to it. */
static int tell_link(const struct site *site, struct err *err)
{
    const char *const path = site->path;
    struct file_info info = {0};
    struct err ignored = {0};
    struct buf part = {0};
    bool there = true;
    int rc = err->code;

    for (size_t length = 0; there && path[length] && info.kind != FILE_LINK;) {
        length += path[length] == '/';
        length += strcspn(path + length, "/");
        buf_clear(&part);
        buf_add(&part, path, length);
        if (file_look(site->region.base, buf_text(&part), &there, &info, &ignored))
            there = false;
    }
    if (there && info.kind == FILE_LINK) {
        rc = err_set(err, E_DENIED,
                     "'%s%s%s' is a symbolic link, and links inside a store are not followed",
                     site->region.own ? site->region.shown : "", site->region.own ? "/" : "",
                     buf_text(&part));
        err_hint(err, "put the directory itself where the link is, or mount it there "
                      "('mount --bind')");
    }
    buf_done(&part);
    return rc;
}

static int open_owned(const struct store *store, const struct replica_place *place,
                      const struct site *site, int *ret_fd, struct err *err)
{
    int fd = FILE_NONE;
    int rc;

    rc = dir_open(site->region.base, site->path, &fd, err);
    if (rc && rc != E_NOT_FOUND && site->region.own)
        err_wrap(err, "region '%s'", place->region);
    if (rc == E_DENIED)
        rc = tell_link(site, err);
    if (rc == 0)
        rc = check_owner(store, place, fd, site->shown, err);
    if (rc)
        file_close(&fd);
    *ret_fd = fd;
    return rc;
}

/* What is wrong where replica.json is not: E_CORRUPT. First what is bare, then the claim: that is
 * forgotten before the directory is made anew, so it was there before whatever is bare. */
static int find_cause(const struct store *store, const struct replica_place *place,
                      const struct site *site, struct err *err)
{
    struct err look = {0};
    bool claimed = false;
    int fd = FILE_NONE;
    int rc = refuse_if_either_bare(site, err);

    if (rc == E_CORRUPT) {
        const int looked = replica_dir_is_claimed(store, place, &claimed, &look);

        if (looked)
            *err = look;
        rc = looked ? looked : claimed ? rc : 0;
    }
    if (rc == 0)
        rc = refuse_if_unknown(store, place->region, err);
    if (rc == 0)
        rc = dir_open(site->region.base, site->path, &fd, err);
    if (rc == 0)
        rc = refuse_if_used(fd, site->shown, err);
    file_close(&fd);
    return rc;
}

/* Without a lock: who only reads may not be able to take one. */
static int explain(const struct store *store, const struct replica_place *place,
                   const struct site *site, int *ret_fd, struct err *err)
{
    struct err cause = {0};
    int rc = find_cause(store, place, site, &cause);

    if (rc == 0 || rc == E_NOT_FOUND)
        return E_NOT_FOUND;
    /* Unless somebody has claimed it while we looked. */
    if (rc == E_CORRUPT)
        rc = open_owned(store, place, site, ret_fd, err);
    if (rc == 0)
        return 0;
    *err = cause;
    return cause.code;
}

/* The store's lock keeps others from making it at the same time. */
static int make_owned(const struct store *store, const struct replica_place *place,
                      const struct site *site, int *ret_fd, struct err *err)
{
    int lock = FILE_NONE;
    int rc = refuse_if_unknown(store, place->region, err);

    if (rc == 0)
        rc = store_lock(store, &lock, err);
    if (rc == 0)
        rc = claim(store, place, site, err);
    file_close(&lock);
    return rc ? rc : open_owned(store, place, site, ret_fd, err);
}

int replica_dir_open(const struct store *store, const struct replica_place *place, bool make,
                     int *ret_fd, struct err *err)
{
    struct site site = SITE_NONE;
    int rc;

    rc = site_open(store, place, &site, err);
    if (rc == 0)
        rc = open_owned(store, place, &site, ret_fd, err);
    if (rc == E_NOT_FOUND)
        rc = make ? make_owned(store, place, &site, ret_fd, err)
                  : explain(store, place, &site, ret_fd, err);
    if (rc == 0 && make)
        rc = claim_record(store, place, err);
    if (rc)
        file_close(ret_fd);
    site_close(&site);
    return rc;
}

/* All but what says whose it is, so that a removal that is cut short can go on. */
static int empty_out(int dir, struct err *err)
{
    struct texts names = {0};
    int rc = dir_list(dir, ".", &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++)
        if (!text_equal(names.items[i], LAYOUT_REPLICA))
            rc = dir_remove_tree(dir, names.items[i], err);
    texts_done(&names);
    return rc;
}

int replica_dir_remove(const struct store *store, const struct replica_place *place,
                       struct err *err)
{
    struct site site = SITE_NONE;
    int dir = FILE_NONE;
    int rc = site_open(store, place, &site, err);

    if (rc == 0)
        rc = open_owned(store, place, &site, &dir, err);
    if (rc == 0)
        rc = empty_out(dir, err);
    if (rc == 0 || rc == E_NOT_FOUND)
        rc = claim_forget(store, place, err);
    if (rc == 0)
        rc = dir_remove_tree(site.region.base, site.path, err);
    file_close(&dir);
    site_close(&site);
    return rc;
}

/* Whether nothing in it says whose it is, though it is in use. */
static int check_unsigned(int fd, const char *path, struct err *err)
{
    struct owner owner = {0};
    struct err why = {0};
    int rc = manifest_read(fd, LAYOUT_REPLICA, &owner_shape, &owner, NULL, &why);

    shape_done(&owner_shape, &owner);
    if (rc == E_NOT_FOUND)
        rc = refuse_if_used(fd, path, &why);
    if (rc == E_CORRUPT)
        return 0;
    return err_set(err, E_CONFLICT, "directory '%s' says whose it is, or nothing is in it", path);
}

int replica_dir_open_unsigned(const struct store *store, const struct replica_place *place,
                              int *ret_fd, struct err *err)
{
    struct site site = SITE_NONE;
    bool claimed = false;
    int fd = FILE_NONE;
    int rc = replica_dir_is_claimed(store, place, &claimed, err);

    if (rc == 0 && !claimed)
        rc = err_set(err, E_CONFLICT, "this store has never claimed it");
    if (rc == 0)
        rc = site_open(store, place, &site, err);
    if (rc == 0)
        rc = dir_open(site.region.base, site.path, &fd, err);
    if (rc == 0)
        rc = check_unsigned(fd, site.shown, err);
    if (rc)
        file_close(&fd);
    else
        *ret_fd = fd;
    site_close(&site);
    return rc;
}

int replica_dir_sign(const struct store *store, const struct replica_place *place, int fd,
                     struct err *err)
{
    struct buf text = {0};
    int rc;

    owner_print(&text, store, place);
    rc = staged_write_file(fd, LAYOUT_REPLICA, text.bytes, text.length, err);
    buf_done(&text);
    return rc;
}

int replica_dir_forget(const struct store *store, const struct replica_place *place,
                       struct err *err)
{
    return claim_forget(store, place, err);
}
