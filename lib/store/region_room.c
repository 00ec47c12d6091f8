/* What the replicas of a region take, and what they may. */
#include "store/region.h"

#include <errno.h>

#include "base/number.h"
#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/space.h"
#include "store/region_dir.h"
#include "store/replica_dir.h"

struct sum {
    const struct store *store;
    uint64_t bytes;
};

/* A raw file is sparse: it takes what is allocated. */
static uint64_t taken(const char *name, const struct file_info *info)
{
    return text_ends(name, ".raw") ? number_smaller(info->size, info->allocated) : info->size;
}

static int add_files(int dir, const char *below, uint64_t *bytes, struct err *err)
{
    struct texts names = {0};
    struct file_info info;
    bool there = false;
    int fd = FILE_NONE;
    int rc = dir_open(dir, below, &fd, err);

    if (rc == 0)
        rc = dir_list(fd, ".", &names, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        rc = file_look(fd, names.items[i], &there, &info, err);
        if (rc == 0 && there && info.kind == FILE_REGULAR)
            *bytes += taken(names.items[i], &info);
    }
    file_close(&fd);
    texts_done(&names);
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int add_replica(void *user, const struct replica_place *place, struct err *err)
{
    struct sum *const sum = user;
    int dir = FILE_NONE;
    int rc = replica_dir_open(sum->store, place, false, &dir, err);

    if (rc == E_CORRUPT || rc == E_NOT_FOUND || (rc && err->os == ENOTDIR))
        return 0;
    if (rc == 0)
        rc = add_files(dir, "blobs", &sum->bytes, err);
    if (rc == 0)
        rc = add_files(dir, "disks", &sum->bytes, err);
    file_close(&dir);
    return rc;
}

/* The least of what its directories lie on. */
static int find_space(const struct store *store, const char *region, uint64_t *ret, struct err *err)
{
    const unsigned zones = region_dir_has_zones(store, region) ? REGION_ZONES : 0;
    int rc = 0;

    *ret = UINT64_MAX;
    for (unsigned zone = 0; rc == 0 && zone <= zones; zone++) {
        struct region_dir dir = REGION_DIR_NONE;
        struct err ignored = {0};
        uint64_t bytes;

        rc = region_dir_open(store, region, zone, &dir, err);
        if (rc == 0 && space_left(dir.base, dir.shown, &bytes, &ignored) == 0)
            *ret = number_smaller(*ret, bytes);
        region_dir_close(&dir);
    }
    return rc;
}

int region_room_of(const struct store *store, const char *region, struct region_room *ret,
                   struct err *err)
{
    const struct region_entry *const entry = region_book_entry(&store->regions, region);
    struct sum sum = {.store = store};
    uint64_t space;
    int rc = find_space(store, region, &space, err);

    if (rc == 0)
        rc = replica_dir_each_of(store, region, add_replica, &sum, err);
    if (rc)
        return rc;
    *ret = (struct region_room){.used = sum.bytes, .free_space = space};
    if (entry)
        ret->capacity = entry->region.capacity;
    return 0;
}

struct opt_int region_room_left(const struct region_room *room)
{
    const uint64_t capacity = (uint64_t)room->capacity.value;

    if (!room->capacity.set)
        return (struct opt_int){0};
    return opt_int_of(capacity - number_smaller(capacity, room->used));
}

static int refuse(const char *region, const struct region_room *room, uint64_t bytes,
                  struct err *err)
{
    struct buf capacity = {0}, used = {0}, wanted = {0};

    number_add_size(&capacity, (uint64_t)room->capacity.value);
    number_add_size(&used, room->used);
    number_add_size(&wanted, bytes);
    err_set(err, E_NO_SPACE, "region '%s' may hold %s, has %s, and %s more are wanted", region,
            buf_text(&capacity), buf_text(&used), buf_text(&wanted));
    err_hint(err, REGION_FULL_HINT, region);
    buf_done(&capacity);
    buf_done(&used);
    buf_done(&wanted);
    return E_NO_SPACE;
}

int region_room_check(const struct store *store, const char *region, uint64_t bytes,
                      struct err *err)
{
    const struct region_entry *const entry = region_book_entry(&store->regions, region);
    struct region_room room;
    int rc;

    if (!entry || !entry->region.capacity.set || bytes == 0)
        return 0;
    rc = region_room_of(store, region, &room, err);
    if (rc || number_capped_sum(room.used, bytes) <= (uint64_t)room.capacity.value)
        return rc;
    return refuse(region, &room, bytes, err);
}
