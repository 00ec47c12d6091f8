#include "store/replica_dir.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/ground.h"
#include "os/staged.h"
#include "store/layout.h"
#include "store/manifest.h"

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
    return err_hint(err, "restore " LAYOUT_REPLICA " from a backup, or move the directory away");
}

/* Whether the directory is there and has nothing in it, as the place where a disk was mounted. */
static int is_bare(const struct store *store, const char *path, bool *ret, struct err *err)
{
    struct texts names = {0};
    int rc = dir_list(store->root, path, &names, err);

    *ret = rc == 0 && names.count == 0;
    texts_done(&names);
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int refuse_if_bare(const struct store *store, const char *path, struct err *err)
{
    bool bare;
    int rc = is_bare(store, path, &bare, err);

    if (rc || !bare)
        return rc;
    err_set(err, E_CORRUPT, "replica directory '%s' is empty, and was not", path);
    return err_hint(err, "mount its disk; or remove the directory, then it is made anew");
}

static int forget_claim(const struct store *store, const char *claim, struct err *err)
{
    int dir = FILE_NONE;
    int rc = file_remove(store->root, claim, err);

    if (rc == 0)
        rc = dir_open(store->root, LAYOUT_REPLICAS, &dir, err);
    if (rc == 0)
        rc = dir_flush(dir, LAYOUT_REPLICAS, err);
    file_close(&dir);
    return rc;
}

static int refuse_if_either_bare(const struct store *store, const struct replica_place *place,
                                 const char *path, struct err *err)
{
    char *const region = text_printf("%s/%s", LAYOUT_REGIONS, place->region);
    const int rc = refuse_if_bare(store, region, err);

    free(region);
    return rc ? rc : refuse_if_bare(store, path, err);
}

int replica_dir_is_claimed(const struct store *store, const struct replica_place *place, bool *ret,
                           struct err *err)
{
    struct file_info info;
    struct buf path = {0};
    int rc;

    layout_add_claim(&path, place);
    rc = file_look(store->root, buf_text(&path), ret, &info, err);
    buf_done(&path);
    return rc;
}

/* A directory that was claimed once and is bare now is not ours to fill: its disk may come back.
 * One that is gone was removed by somebody and is made anew; its claim is forgotten first, so that
 * a run killed half-way does not leave a bare directory with a claim. */
static int refuse_if_unmounted(const struct store *store, const struct replica_place *place,
                               const char *path, struct err *err)
{
    struct buf claim = {0};
    struct file_info info;
    bool claimed = false;
    bool there = true;
    int rc = replica_dir_is_claimed(store, place, &claimed, err);

    if (rc || !claimed)
        return rc;
    rc = refuse_if_either_bare(store, place, path, err);
    if (rc == 0)
        rc = file_look(store->root, path, &there, &info, err);
    if (rc || there)
        return rc;
    layout_add_claim(&claim, place);
    rc = forget_claim(store, buf_text(&claim), err);
    buf_done(&claim);
    return rc;
}

static void print_owner(struct buf *out, const struct store *store,
                        const struct replica_place *place)
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

/* They may have been removed: they are not what anything is read from. */
static int open_claims(const struct store *store, int *ret_dir, struct err *err)
{
    int rc = dir_open(store->root, LAYOUT_REPLICAS, ret_dir, err);

    if (rc != E_NOT_FOUND)
        return rc;
    rc = dir_make(store->root, LAYOUT_REPLICAS, err);
    return rc ? rc : dir_open(store->root, LAYOUT_REPLICAS, ret_dir, err);
}

/* That it was claimed is recorded beside the regions, where no mount hides it. */
static int record_claim(const struct store *store, const struct replica_place *place,
                        struct err *err)
{
    struct buf path = {0};
    struct buf text = {0};
    int dir = FILE_NONE, lock = FILE_NONE;
    bool there;
    int rc;

    rc = replica_dir_is_claimed(store, place, &there, err);
    if (rc || there)
        return rc;
    layout_add_claim(&path, place);
    print_owner(&text, store, place);
    /* For the temporary name: a sweep removes those it finds. */
    rc = store_lock(store, &lock, err);
    if (rc == 0)
        rc = open_claims(store, &dir, err);
    if (rc == 0)
        rc = staged_write_file(dir, buf_text(&path) + sizeof LAYOUT_REPLICAS, text.bytes,
                               text.length, err);
    file_close(&dir);
    file_close(&lock);
    buf_done(&path);
    buf_done(&text);
    return rc;
}

/* It may be a file system of its own. */
static int check_ground(int fd, const char *path, struct err *err)
{
    const int rc = ground_check(fd, err);

    return rc ? err_wrap(err, "cannot keep a replica in '%s'", path) : 0;
}

/* The first use of an empty directory, the store's lock held. */
static int claim(const struct store *store, const struct replica_place *place, const char *path,
                 struct err *err)
{
    struct buf text = {0};
    int fd = FILE_NONE;
    int rc;

    print_owner(&text, store, place);
    rc = refuse_if_unmounted(store, place, path, err);
    if (rc == 0)
        rc = dir_make(store->root, path, err);
    if (rc == 0)
        rc = dir_open(store->root, path, &fd, err);
    if (rc == 0)
        rc = check_owner(store, place, fd, path, err);
    if (rc == E_NOT_FOUND) { /* nobody was faster */
        rc = refuse_if_used(fd, path, err);
        if (rc == 0)
            rc = check_ground(fd, path, err);
        if (rc == 0)
            rc = staged_write_file(fd, LAYOUT_REPLICA, text.bytes, text.length, err);
    }
    file_close(&fd);
    buf_done(&text);
    return rc;
}

/* Of what could not be opened: whether that is a link somewhere on the way to it. */
static int tell_link(const struct store *store, const char *path, struct err *err)
{
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
        if (file_look(store->root, buf_text(&part), &there, &info, &ignored))
            there = false;
    }
    if (there && info.kind == FILE_LINK) {
        rc = err_set(err, E_DENIED,
                     "'%s' is a symbolic link, and links inside a store are not followed",
                     buf_text(&part));
        err_hint(err, "put the directory itself where the link is, or mount it there "
                      "('mount --bind')");
    }
    buf_done(&part);
    return rc;
}

static int open_owned(const struct store *store, const struct replica_place *place,
                      const char *path, int *ret_fd, struct err *err)
{
    int fd = FILE_NONE;
    int rc;

    rc = dir_open(store->root, path, &fd, err);
    if (rc == E_DENIED)
        rc = tell_link(store, path, err);
    if (rc == 0)
        rc = check_owner(store, place, fd, path, err);
    if (rc)
        file_close(&fd);
    *ret_fd = fd;
    return rc;
}

/* What is wrong where replica.json is not: E_CORRUPT. First what is bare, then the claim: that is
 * forgotten before the directory is made anew, so it was there before whatever is bare. */
static int find_cause(const struct store *store, const struct replica_place *place,
                      const char *path, struct err *err)
{
    struct err look = {0};
    bool claimed = false;
    int fd = FILE_NONE;
    int rc = refuse_if_either_bare(store, place, path, err);

    if (rc == E_CORRUPT) {
        const int looked = replica_dir_is_claimed(store, place, &claimed, &look);

        if (looked)
            *err = look;
        rc = looked ? looked : claimed ? rc : 0;
    }
    if (rc == 0)
        rc = dir_open(store->root, path, &fd, err);
    if (rc == 0)
        rc = refuse_if_used(fd, path, err);
    file_close(&fd);
    return rc;
}

/* Without a lock: who only reads may not be able to take one. */
static int explain(const struct store *store, const struct replica_place *place, const char *path,
                   int *ret_fd, struct err *err)
{
    struct err cause = {0};
    int rc = find_cause(store, place, path, &cause);

    if (rc == 0 || rc == E_NOT_FOUND)
        return E_NOT_FOUND;
    /* Unless somebody has claimed it while we looked. */
    if (rc == E_CORRUPT)
        rc = open_owned(store, place, path, ret_fd, err);
    if (rc == 0)
        return 0;
    *err = cause;
    return cause.code;
}

int replica_dir_open(const struct store *store, const struct replica_place *place, bool make,
                     int *ret_fd, struct err *err)
{
    struct buf path = {0};
    int lock = FILE_NONE;
    int rc;

    layout_add_replica(&path, place);
    rc = open_owned(store, place, buf_text(&path), ret_fd, err);
    if (rc == E_NOT_FOUND && !make)
        rc = explain(store, place, buf_text(&path), ret_fd, err);
    if (rc == E_NOT_FOUND && make) {
        rc = store_lock(store, &lock, err);
        if (rc == 0)
            rc = claim(store, place, buf_text(&path), err);
        file_close(&lock);
        if (rc == 0)
            rc = open_owned(store, place, buf_text(&path), ret_fd, err);
    }
    if (rc == 0 && make)
        rc = record_claim(store, place, err);
    if (rc)
        file_close(ret_fd);
    buf_done(&path);
    return rc;
}

/* --- all of them --- */

struct walk {
    const struct store *store;
    int (*each)(void *user, const struct replica_place *place, struct err *err);
    void *user;
    struct replica_place place;
};

/* The names in a directory of the store; none when it is not there, or is no directory. */
static int list(const struct walk *walk, const char *path, struct texts *ret, struct err *err)
{
    struct file_info info;
    bool there;
    int rc = file_look(walk->store->root, path, &there, &info, err);

    if (rc || !there || info.kind != FILE_DIRECTORY)
        return rc;
    rc = dir_list(walk->store->root, path, ret, err);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* 0 when the name is none of a zone. */
static unsigned zone_named(const char *name)
{
    int64_t number;

    if (!text_starts(name, LAYOUT_ZONE) || !number_parse(name + strlen(LAYOUT_ZONE), &number) ||
        number < 1 || number > ZONES)
        return 0;
    return (unsigned)number;
}

static int walk_zones(struct walk *walk, const char *path, struct err *err)
{
    struct texts names = {0};
    int rc = list(walk, path, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        walk->place.zone = zone_named(names.items[i]);
        if (walk->place.zone)
            rc = walk->each(walk->user, &walk->place, err);
    }
    texts_done(&names);
    return rc;
}

static int walk_number(struct walk *walk, const char *path, struct err *err)
{
    walk->place.zone = 0;
    return place_zones(walk->place.type) ? walk_zones(walk, path, err)
                                         : walk->each(walk->user, &walk->place, err);
}

static int walk_numbers(struct walk *walk, const char *path, struct err *err)
{
    struct texts names = {0};
    int rc = list(walk, path, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        char *const below = text_printf("%s/%s", path, names.items[i]);
        int64_t number;

        if (number_parse(names.items[i], &number) && number >= 1 && number <= REPLICAS_MAX) {
            walk->place.number = (unsigned)number;
            rc = walk_number(walk, below, err);
        }
        free(below);
    }
    texts_done(&names);
    return rc;
}

static int walk_types(struct walk *walk, const char *path, struct err *err)
{
    struct texts names = {0};
    int rc = list(walk, path, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        char *const below = text_printf("%s/%s", path, names.items[i]);

        walk->place.type = choice_value(&storage_type_choices, names.items[i]);
        if (walk->place.type)
            rc = walk_numbers(walk, below, err);
        free(below);
    }
    texts_done(&names);
    return rc;
}

static int walk_regions(struct walk *walk, struct err *err)
{
    struct texts names = {0};
    int rc = list(walk, LAYOUT_REGIONS, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        char *const below = text_printf("%s/%s", LAYOUT_REGIONS, names.items[i]);

        walk->place.region = names.items[i];
        if (names.items[i][0] != '.')
            rc = walk_types(walk, below, err);
        free(below);
    }
    texts_done(&names);
    return rc;
}

/* "westus2.standard_lrs.1.json" or "westus2.standard_zrs.1.zone-2.json", which is cut up for it. */
static bool parse_claim(char *name, struct replica_place *ret)
{
    const char *const region = strsep(&name, ".");
    const char *const type = strsep(&name, ".");
    const char *const digits = strsep(&name, ".");
    const bool zoned = name && text_starts(name, LAYOUT_ZONE);
    const unsigned zone = zoned ? zone_named(strsep(&name, ".")) : 0;
    int64_t number;

    if (!name || !text_equal(name, "json") || !*region || !number_parse(digits, &number) ||
        number < 1 || number > REPLICAS_MAX)
        return false;
    *ret = (struct replica_place){
        .region = region,
        .type = choice_value(&storage_type_choices, type),
        .number = (unsigned)number,
        .zone = zone,
    };
    return ret->type != 0 && (zone > 0) == (place_zones(ret->type) > 0);
}

/* What was claimed and is not to be walked to: something else is in the way, or not mounted. */
static int visit_hidden(struct walk *walk, struct err *err)
{
    struct file_info info = {0};
    struct err why = {0};
    struct buf path = {0};
    int fd = FILE_NONE;
    bool there = false;
    int rc;

    layout_add_replica(&path, &walk->place);
    rc = file_look(walk->store->root, buf_text(&path), &there, &info, &why);
    buf_done(&path);
    if (rc == 0 && there)
        return 0;
    rc = replica_dir_open(walk->store, &walk->place, false, &fd, &why);
    file_close(&fd);
    return rc == 0 || rc == E_NOT_FOUND ? 0 : walk->each(walk->user, &walk->place, err);
}

static int walk_claims(struct walk *walk, struct err *err)
{
    struct texts names = {0};
    int rc = list(walk, LAYOUT_REPLICAS, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++)
        if (parse_claim(names.items[i], &walk->place))
            rc = visit_hidden(walk, err);
    texts_done(&names);
    return rc;
}

int replica_dir_each(const struct store *store,
                     int (*each)(void *user, const struct replica_place *place, struct err *err),
                     void *user, struct err *err)
{
    struct walk walk = {.store = store, .each = each, .user = user};
    int rc;

    if (store->root == FILE_NONE)
        return 0;
    rc = walk_regions(&walk, err);
    return rc ? rc : walk_claims(&walk, err);
}
