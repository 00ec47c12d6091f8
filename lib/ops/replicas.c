/* The replicas of a version, opened for reading. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "blob/disk.h"
#include "ops/room.h"
#include "os/file.h"
#include "replica/readers.h"
#include "store/replica_dir.h"

static void add_region(const struct target_region *target, struct replica_set *set)
{
    struct replica_place place = place_before(target);

    while (place_next(&place, target)) {
        struct replica replica = REPLICA_NONE;

        replica.label = replica_dir_label(&place);
        set->places = vec_grow(set->places, set->count, sizeof *set->places);
        set->places[set->count] = place;
        *VEC_ADD(set) = replica;
    }
}

void replica_set_list(const struct store *store, const struct version *version, const char *region,
                      struct replica_set *ret)
{
    const struct target_regions *targets = &version->publishing_profile.target_regions;
    const char *first = region ? region : version->location;

    ret->store = store;
    add_region(version_target(version, first), ret);
    ret->near = ret->count;
    if (!text_equal(first, version->location))
        add_region(version_target(version, version->location), ret);
    for (size_t i = 0; i < targets->count; i++)
        if (!text_equal(targets->items[i].name, first) &&
            !text_equal(targets->items[i].name, version->location))
            add_region(&targets->items[i], ret);
}

/* --- readers --- */

/* What cannot be opened keeps its place: whoever reads is told of it. */
static unsigned count_readers(const struct replica_set *set, size_t number)
{
    struct err ignored = {0};
    int dir = FILE_NONE;
    unsigned count = 0;

    if (replica_dir_open(set->store, &set->places[number], false, &dir, &ignored) == 0)
        count = readers_count(dir);
    file_close(&dir);
    return count;
}

static void move_forward(struct replica_set *set, size_t from, size_t to)
{
    const struct replica replica = set->items[from];
    const struct replica_place place = set->places[from];

    for (; from > to; from--) {
        set->items[from] = set->items[from - 1];
        set->places[from] = set->places[from - 1];
    }
    set->items[to] = replica;
    set->places[to] = place;
}

/* Fewest readers first, else as they were. */
static void order_by_readers(struct replica_set *set)
{
    unsigned *const counts = mem_new(set->near, sizeof *counts);

    for (size_t i = 0; i < set->near; i++) {
        const unsigned count = count_readers(set, i);
        size_t to = i;

        for (; to > 0 && counts[to - 1] > count; to--)
            counts[to] = counts[to - 1];
        counts[to] = count;
        move_forward(set, i, to);
    }
    free(counts);
}

/* The first one that opens is opened at once: others who choose now shall see us. */
void replica_set_share(struct replica_set *set)
{
    set->readers = mem_new(set->count, sizeof *set->readers);
    for (size_t i = 0; i < set->count; i++)
        set->readers[i] = FILE_NONE;
    if (set->near < 2)
        return;
    order_by_readers(set);
    for (size_t i = 0; i < set->near; i++) {
        replica_set_open_one(set, i);
        if (!set->items[i].why)
            return;
    }
}

/* --- opening --- */

void replica_set_open_one(void *set_, size_t number)
{
    struct replica_set *set = set_;
    struct replica *replica = &set->items[number];
    char *label = replica->label;
    struct err err = {0};
    int dir = FILE_NONE;
    int rc;

    rc = replica_dir_open(set->store, &set->places[number], false, &dir, &err);
    if (rc) {
        replica->why = text_copy(err.text);
        return;
    }
    rc = replica_open(dir, label, false, 0, replica, &err); /* a failure stands in `why` */
    if (rc == 0 && set->readers) {
        readers_join(replica->dir, &set->readers[number]);
        store_trace(set->store, TRACE_DETAIL, "reading from replica '%s'", label);
    }
    free(label);
}

void replica_set_open(const struct store *store, const struct version *version, const char *region,
                      struct replica_set *ret)
{
    replica_set_list(store, version, region, ret);
    for (size_t i = 0; i < ret->count; i++)
        replica_set_open_one(ret, i);
}

void replica_set_close(struct replica_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        replica_close(&set->items[i]);
    for (size_t i = 0; set->readers && i < set->count; i++)
        file_close(&set->readers[i]);
    free(set->readers);
    free(set->items);
    free(set->places);
    *set = (struct replica_set){0};
}

static int add_digest(const struct disk_image *disk, struct disk_digest *ret, struct err *err)
{
    if (disk->disk_digest && disk_digest_parse(disk->disk_digest, ret))
        return 0;
    return err_set(err, E_CORRUPT, "the manifest names no disk digest");
}

int ops_digests(const struct version *version, struct disk_digest **ret, size_t *ret_count,
                struct err *err)
{
    const struct disk_images *data = &version->storage_profile.data_disk_images;
    struct disk_digest *digests = mem_new(data->count + 1, sizeof *digests);
    int rc;

    rc = add_digest(&version->storage_profile.os_disk_image, &digests[0], err);
    for (size_t i = 0; rc == 0 && i < data->count; i++)
        rc = add_digest(&data->items[i], &digests[i + 1], err);
    if (rc) {
        free(digests);
        return rc;
    }
    *ret = digests;
    *ret_count = data->count + 1;
    return 0;
}

int ops_has_disks(const struct replica *replica, const struct disk_digest *digests, size_t count,
                  bool *ret, struct err *err)
{
    int rc = 0;

    *ret = true;
    for (size_t i = 0; rc == 0 && *ret && i < count; i++)
        rc = replica_has_disk(replica, &digests[i], ret, NULL, err);
    return rc;
}
