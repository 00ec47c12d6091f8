/* One replica directory: what is there of what versions want in it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "blob/blob.h"
#include "ops/coverage.h"
#include "os/file.h"
#include "replica/raw_file.h"
#include "store/replica_dir.h"

struct coverage_region *cover_region(const struct covering *covering, const struct cover_cell *cell)
{
    return &covering->coverage->versions.items[cell->version].regions.items[cell->region];
}

/* The first reason is told: others are mostly the same. */
static void lose(struct covering *covering, const struct cover_place *place,
                 const struct cover_want *want, const char *reason)
{
    struct cover_cell *const cell = &covering->cells.items[want->cell];
    struct coverage_region *const region = cover_region(covering, cell);

    cell->lost[place->place.number - 1] = true;
    if (!region->reason)
        region->reason = text_printf("replica '%s': %s", place->label, reason);
}

/* Damage and what is missing was looked at; anything else may be as it should. */
static bool is_seen(int code)
{
    return code == E_NOT_FOUND || code == E_CORRUPT;
}

/* --- which disks are there --- */

static int by_bytes(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct disk_digest));
}

/* Sorted, each once; to be released with free. */
static struct disk_digest *list_digests(const struct cover_place *place, size_t *ret_count)
{
    struct disk_digest *const digests = mem_new(place->count, sizeof *digests);
    size_t kept = 0;

    for (size_t i = 0; i < place->count; i++)
        digests[i] = place->items[i].digest;
    qsort(digests, place->count, sizeof *digests, by_bytes);
    for (size_t i = 0; i < place->count; i++)
        if (kept == 0 || by_bytes(&digests[kept - 1], &digests[i]) != 0)
            digests[kept++] = digests[i];
    *ret_count = kept;
    return digests;
}

static void note_losses(struct covering *covering, const struct cover_place *place,
                        const struct census *census)
{
    for (size_t i = 0; i < place->count; i++) {
        const struct cover_want *const want = &place->items[i];
        const struct census_disk *const disk = census_find(census, &want->digest);

        if (disk->intact)
            continue;
        lose(covering, place, want, disk->why->text);
        covering->cells.items[want->cell].unavailable |= !is_seen(disk->why->code);
    }
}

/* Whether the disk needs that file of the replica. */
static bool needs(const struct census *census, const struct census_disk *disk, const char *file)
{
    const char *const slash = strrchr(file, '/');
    const char *const name = slash ? slash + 1 : file;
    struct disk_digest digest;
    struct blob_name blob;
    bool found = false;

    if (disk_file_parse(name, &digest) || raw_file_parse(name, &digest))
        return memcmp(&digest, &disk->digest, sizeof digest) == 0;
    if (!blob_name_parse(name, &blob))
        return false;
    for (size_t i = 0; !found && i < disk->count; i++)
        found = memcmp(&census->blobs[disk->blobs[i]].name, &blob, sizeof blob) == 0;
    return found;
}

/* From outside it looks sound, but somebody has read it. */
static void note_repairs(struct covering *covering, const struct cover_place *place,
                         const struct census *census)
{
    for (size_t r = 0; r < covering->repairs.count; r++) {
        const struct cover_repair *const repair = &covering->repairs.items[r];

        if (!text_equal(repair->replica, place->label))
            continue;
        for (size_t i = 0; i < place->count; i++)
            if (needs(census, census_find(census, &place->items[i].digest), repair->file))
                lose(covering, place, &place->items[i], "its repair is queued");
    }
}

/* --- what they take --- */

static void note_date(struct cover_cell *cell, int64_t verified)
{
    cell->unread |= verified == BLOB_UNREAD;
    if (!cell->dated || verified < cell->verified)
        cell->verified = verified;
    cell->dated = true;
}

static void note_blob(struct cover_cell *cell, const struct census_blob *blob)
{
    cell->bytes += blob->size;
    cell->exclusive_bytes += blob->users == 1 ? blob->size : 0;
    note_date(cell, blob->verified);
}

/* Go through the blobs of each cell, each once. First their users are counted, then `note` has them
 * noted. A stamp says for which cell a blob was seen last; 0 is none. */
static void walk_blobs(struct covering *covering, const struct cover_place *place,
                       struct census *census, bool note)
{
    for (size_t i = 0; i < census->blob_count; i++)
        census->blobs[i].stamp = 0;
    for (size_t i = 0; i < place->count; i++) {
        const struct cover_want *const want = &place->items[i];
        const struct census_disk *const disk = census_find(census, &want->digest);

        for (size_t b = 0; b < disk->count; b++) {
            struct census_blob *const blob = &census->blobs[disk->blobs[b]];

            if (!blob->sound || blob->stamp == want->cell + 1)
                continue;
            blob->stamp = want->cell + 1;
            if (note)
                note_blob(&covering->cells.items[want->cell], blob);
            else
                blob->users++;
        }
    }
}

static void note_storage(struct covering *covering, const struct cover_place *place,
                         const struct census *census)
{
    const struct region_row *const row = region_find(&covering->store->regions, place->region);
    struct coverage_storage *const storage =
        coverage_storage_of(covering->coverage, place->region,
                            row ? row->display_name : place->region, place->place.type);

    storage->directories.value++;
    for (size_t i = 0; i < census->blob_count; i++)
        storage->bytes.value += census->blobs[i].sound ? (int64_t)census->blobs[i].size : 0;
    for (size_t i = 0; i < census->disk_count; i++)
        storage->bytes.value += (int64_t)census->disks[i].own_bytes;
    for (size_t i = 0; i < place->count; i++)
        if (census_find(census, &place->items[i].digest)->intact)
            storage->plain_bytes.value += (int64_t)place->items[i].data_bytes;
}

/* A map and a raw file are the own of their disk, and several versions may have that. */
static void note_disks(struct covering *covering, const struct cover_place *place,
                       const struct census *census)
{
    for (size_t i = 0; i < place->count; i++) {
        const struct census_disk *const disk = census_find(census, &place->items[i].digest);
        struct cover_cell *const cell = &covering->cells.items[place->items[i].cell];

        cell->bytes += disk->own_bytes;
        if (disk->ready)
            note_date(cell, disk->ready_verified);
    }
}

/* --- the directory --- */

static void look_inside(struct covering *covering, const struct cover_place *place,
                        const struct replica *replica)
{
    struct census census = {0};
    struct census_request request = {.ready = place->place.type == STORAGE_PREMIUM_LRS};
    struct disk_digest *const digests = list_digests(place, &request.count);

    request.digests = digests;
    census_take(replica, &request, &census);
    note_losses(covering, place, &census);
    note_repairs(covering, place, &census);
    walk_blobs(covering, place, &census, false);
    walk_blobs(covering, place, &census, true);
    note_disks(covering, place, &census);
    note_storage(covering, place, &census);
    census_done(&census);
    free(digests);
}

/* What was not made yet, or was removed altogether, has nothing; what is hidden behind a mount that
 * is missing may be whole. */
static void lose_all(struct covering *covering, const struct cover_place *place,
                     const struct err *why)
{
    for (size_t i = 0; i < place->count; i++) {
        lose(covering, place, &place->items[i],
             why->code == E_NOT_FOUND ? "it is not there" : why->text);
        covering->cells.items[place->items[i].cell].unavailable |= why->code != E_NOT_FOUND;
    }
}

void cover_look(struct covering *covering, struct cover_place *place)
{
    struct replica replica = REPLICA_NONE;
    struct err why = {0};
    int dir = FILE_NONE;
    int rc = replica_dir_open(covering->store, &place->place, false, &dir, &why);

    if (rc == 0)
        rc = replica_open(dir, place->label, false, 0, &replica, &why);
    if (rc == 0)
        look_inside(covering, place, &replica);
    else
        lose_all(covering, place, &why);
    replica_close(&replica);
}
