#include "replica/census.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "os/file.h"
#include "replica/raw_file.h"

static struct err *keep(const struct err *why)
{
    return mem_copy(why, sizeof *why);
}

/* --- maps, and disks that are kept ready --- */

/* As far as its length tells. */
static void look_at_raw(const struct replica *replica, uint64_t size, struct census_disk *ret)
{
    struct file_info info = {0};
    struct err why = {0};
    char name[RAW_FILE_NAME];
    bool there = false;
    int rc;

    raw_file_name(&ret->digest, name);
    rc = file_look(replica->disks, name, &there, &info, &why);
    if (rc == 0 && !there)
        rc = err_set(&why, E_NOT_FOUND, "'disks/%s' is not there", name);
    if (rc == 0 && (info.kind != FILE_REGULAR || info.size != size))
        rc = err_set(&why, E_CORRUPT, "'disks/%s' is not as long as the disk", name);
    if (rc) {
        ret->fault = keep(&why);
        return;
    }
    ret->ready = true;
    ret->ready_verified = info.changed_seconds;
    ret->own_bytes += info.allocated;
}

static void look_at_map(const struct replica *replica, bool ready, struct census_disk *ret)
{
    struct disk *disk = NULL;
    struct file_info info = {0};
    struct err why = {0};
    char text[DISK_DIGEST_TEXT], name[sizeof text + sizeof ".disk"];
    bool there = false;
    uint64_t size;

    if (disk_open(replica->dir, &ret->digest, &disk, &why)) {
        ret->fault = keep(&why);
        return;
    }
    size = disk_size(disk);
    ret->count = disk_blob_count(disk);
    ret->named = mem_new(ret->count, sizeof *ret->named);
    for (size_t i = 0; i < ret->count; i++)
        ret->named[i] = *disk_blob(disk, i);
    disk_close(disk);
    disk_digest_text(&ret->digest, text);
    snprintf(name, sizeof name, "%s.disk", text);
    if (file_look(replica->disks, name, &there, &info, &why) == 0 && there)
        ret->own_bytes = info.size;
    if (ready)
        look_at_raw(replica, size, ret);
}

/* --- blobs --- */

static int by_name(const void *left, const void *right)
{
    const struct census_blob *const a = left;
    const struct census_blob *const b = right;

    return memcmp(&a->name, &b->name, sizeof a->name);
}

static void look_at_blob(const struct replica *replica, struct census_blob *blob)
{
    struct file_info info = {0};
    struct err why = {0};
    char name[BLOB_FILE_NAME];
    bool there = false;

    if (blob_check(replica->dir, &blob->name, blob->size, blob->blocks, &why)) {
        blob->why = keep(&why);
        return;
    }
    blob->sound = true;
    blob_file_name(&blob->name, name);
    if (file_look(replica->blobs, name, &there, &info, &why) == 0 && there)
        blob->verified = info.changed_seconds;
}

/* Every blob that a map names, each once, sorted. */
static void list_blobs(struct census *census)
{
    struct {
        struct census_blob *items;
        size_t count;
    } all = {0};
    size_t kept = 0;

    for (size_t d = 0; d < census->disk_count; d++)
        for (size_t i = 0; i < census->disks[d].count; i++) {
            const struct disk_blob *const named = &census->disks[d].named[i];

            *VEC_ADD(&all) = (struct census_blob){
                .name = named->name, .size = named->size, .blocks = named->blocks};
        }
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, by_name);
    for (size_t i = 0; i < all.count; i++)
        if (kept == 0 || by_name(&all.items[kept - 1], &all.items[i]) != 0)
            all.items[kept++] = all.items[i];
    census->blobs = all.items;
    census->blob_count = kept;
}

/* --- both --- */

static void judge(struct census *census, struct census_disk *disk)
{
    disk->why = disk->fault;
    disk->blobs = mem_new(disk->count, sizeof *disk->blobs);
    for (size_t i = 0; i < disk->count; i++) {
        const struct census_blob wanted = {.name = disk->named[i].name};
        struct census_blob *const blob =
            bsearch(&wanted, census->blobs, census->blob_count, sizeof wanted, by_name);

        disk->blobs[i] = (size_t)(blob - census->blobs);
        /* Two maps that say different things of one blob cannot both be right. */
        if (blob->sound &&
            (blob->size != disk->named[i].size || blob->blocks != disk->named[i].blocks)) {
            struct err why = {0};

            err_set(&why, E_CORRUPT, "the maps of two disks do not agree on a blob");
            if (!disk->fault)
                disk->fault = keep(&why);
            disk->why = disk->fault;
        }
        if (!disk->why)
            disk->why = blob->why;
    }
    disk->intact = !disk->why;
}

void census_take(const struct replica *replica, const struct census_request *request,
                 struct census *ret)
{
    ret->disks = mem_new(request->count, sizeof *ret->disks);
    ret->disk_count = request->count;
    for (size_t i = 0; i < request->count; i++) {
        ret->disks[i].digest = request->digests[i];
        look_at_map(replica, request->ready, &ret->disks[i]);
    }
    list_blobs(ret);
    for (size_t i = 0; i < ret->blob_count; i++)
        look_at_blob(replica, &ret->blobs[i]);
    for (size_t i = 0; i < ret->disk_count; i++)
        judge(ret, &ret->disks[i]);
}

void census_done(struct census *census)
{
    for (size_t i = 0; i < census->disk_count; i++) {
        free(census->disks[i].named);
        free(census->disks[i].blobs);
        free(census->disks[i].fault);
    }
    for (size_t i = 0; i < census->blob_count; i++)
        free(census->blobs[i].why);
    free(census->disks);
    free(census->blobs);
    *census = (struct census){0};
}

static int by_digest(const void *left, const void *right)
{
    const struct census_disk *const a = left;
    const struct census_disk *const b = right;

    return memcmp(&a->digest, &b->digest, sizeof a->digest);
}

const struct census_disk *census_find(const struct census *census, const struct disk_digest *digest)
{
    const struct census_disk wanted = {.digest = *digest};

    return bsearch(&wanted, census->disks, census->disk_count, sizeof wanted, by_digest);
}
