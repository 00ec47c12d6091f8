/* The disks of a publish, stored in the home replica. */
#include "ops/publish.h"

#include <stdlib.h>

#include "ops/copy_version.h"
#include "ops/feed.h"
#include "ops/disk.h"
#include "os/file.h"
#include "store/region.h"
#include "store/replica_dir.h"

enum { SECTOR_SIZE = 512 }; /* every disk has a whole number of them */

/* Of both codecs. Higher levels make a publish several times as long for a few percent of space. */
enum { LEVEL = 1 };

/* publish_store_disks goes from one to the other. */
_Static_assert((int)COMPRESSION_ZLIB == (int)CODEC_ZLIB + (int)COMPRESSION_NONE &&
                   (int)COMPRESSION_ZSTD == (int)CODEC_ZSTD + (int)COMPRESSION_NONE,
               "a gallery's compression is a codec, plus one");

/* Bytes of all disks; 0 while that is not known. */
static uint64_t all_bytes(const struct publish *publish)
{
    uint64_t size = 0;

    if (publish->copy)
        return copy_source_bytes(publish->copy);
    for (size_t i = 0; i < publish->sources.count; i++) {
        const uint64_t one = source_size(publish->sources.items[i].source);

        if (one == 0)
            return 0;
        size += one;
    }
    return size;
}

void publish_progress(void *user, uint64_t offset)
{
    const struct publish *publish = user;

    ops_progress(publish->store, "publish", publish->name, publish->before + offset,
                 all_bytes(publish), false);
}

/* A failure of the store, not of a source: it may be one disk of several that is full. */
static int in_replica(const struct publish *publish, int rc, struct err *err)
{
    return rc ? err_wrap(err, "replica '%s'", publish->home.label) : 0;
}

int publish_pack_block(const struct publish *publish, uint64_t block, const struct block_id *id,
                       const uint8_t *bytes, struct err *err)
{
    return in_replica(publish, pack_block(publish->pack, block, id, bytes, err), err);
}

void publish_let_go(const struct publish *publish, const uint8_t *bytes, size_t length)
{
    pack_let_go(publish->pack, bytes, length);
}

static int pack_one(void *user, uint64_t block, const struct block_id *id, const uint8_t *bytes,
                    struct err *err)
{
    return publish_pack_block(user, block, id, bytes, err);
}

static void let_go(void *user, const uint8_t *bytes, size_t length)
{
    publish_let_go(user, bytes, length);
}

static int refuse_small(const struct source_disk *disk, struct err *err)
{
    err_set(err, E_INVALID, "'%s' is no disk: it has %llu bytes, less than a sector of %d",
            source_name(disk->source), (unsigned long long)source_size(disk->source), SECTOR_SIZE);
    return err_hint(err, "get it again; --source-format raw takes it all the same");
}

int publish_check_size(const struct publish *publish, const char *name, uint64_t size,
                       struct err *err)
{
    const unsigned mode = publish->version.publishing_profile.replication_mode;

    if (mode != REPLICATION_FULL || size <= FULL_DISK_MAX)
        return 0;
    err_set(err, E_INVALID, "'%s' holds a disk of %llu bytes, at most %llu are allowed", name,
            (unsigned long long)size, (unsigned long long)FULL_DISK_MAX);
    return err_hint(err, "--replication-mode Shallow, one copy at home, takes up to 32 TiB");
}

static int pack_disk(struct publish *publish, const struct source_disk *disk,
                     struct storage_profile *profile, struct err *err)
{
    const struct feed feed = {
        .block = pack_one, .let_go = let_go, .progress = publish_progress, .user = publish};
    char text[DISK_DIGEST_TEXT];
    struct disk_digest digest;
    uint64_t blocks;
    int rc;

    rc = in_replica(publish, pack_disk_begin(publish->pack, err), err);
    if (rc == 0)
        rc = feed_source(disk->source, ops_pool(publish->store), &feed, &blocks, err);
    if (rc == 0)
        rc = in_replica(publish,
                        pack_disk_end(publish->pack, source_size(disk->source), &digest, err), err);
    if (rc)
        return rc;
    rc = publish_check_size(publish, source_name(disk->source), source_size(disk->source), err);
    if (rc)
        return rc;
    if (source_size(disk->source) < SECTOR_SIZE && !publish->request->source_format)
        return refuse_small(disk, err);
    if (source_size(disk->source) % SECTOR_SIZE)
        store_notice(
            publish->store, "'%s' has %llu bytes, which is no multiple of %d: is it a whole disk?",
            source_name(disk->source), (unsigned long long)source_size(disk->source), SECTOR_SIZE);
    disk_digest_text(&digest, text);
    sources_describe(disk, text, blocks,
                     disk->lun.set ? VEC_ADD(&profile->data_disk_images) : &profile->os_disk_image);
    publish->before += source_size(disk->source);
    return 0;
}

int publish_open_home(struct publish *publish, const struct version *version, bool write,
                      struct err *err)
{
    const struct replica_place place = place_first(version_target(version, version->location));
    char *label = replica_dir_label(&place);
    int dir = FILE_NONE;
    int rc;

    rc = replica_dir_open(publish->store, &place, write, &dir, err);
    if (rc == 0)
        rc = replica_open(dir, label, write, publish->store->outside.lock_wait_ms, &publish->home,
                          err);
    free(label);
    return rc;
}

static int check_room(void *user, uint64_t bytes, struct err *err)
{
    const struct publish *const publish = user;

    return region_room_check(publish->store, publish->version.location, bytes, err);
}

int publish_pack_open(struct publish *publish, struct err *err)
{
    const struct pack_options options = {
        .shunned = &publish->damaged,
        .pool = ops_pool(publish->store),
        .codec = (enum codec)(publish->gallery.compression - COMPRESSION_NONE),
        .level = LEVEL,
        .dry = publish->planned,
        .fits = publish->planned ? NULL : check_room,
        .user = publish,
    };
    const bool there = publish->home.dir != FILE_NONE;

    return pack_open(there ? &publish->home : NULL, &options, &publish->pack, err);
}

int publish_pack_finish(struct publish *publish, struct err *err)
{
    const int rc = in_replica(publish, pack_finish(publish->pack, &publish->packed, err), err);

    if (rc == 0)
        ops_progress(publish->store, "publish", publish->name, publish->before, publish->before,
                     true);
    return rc;
}

int publish_store_disks(struct publish *publish, struct storage_profile *profile, struct err *err)
{
    int rc;

    if (publish->copy)
        return copy_store_disks(publish, profile, err);
    rc = publish_pack_open(publish, err);
    for (size_t i = 0; rc == 0 && i < publish->sources.count; i++)
        rc = pack_disk(publish, &publish->sources.items[i], profile, err);
    return rc ? rc : publish_pack_finish(publish, err);
}
