/* Publishing an image version: disks in, a committed version out. Nothing is visible before the
 * commit, and at the commit everything that the manifest names is durable in replica 1 of the home
 * region. */
#include <stdlib.h>

#include "base/text.h"
#include "blob/disk.h"
#include "ops/disk.h"
#include "ops/feed.h"
#include "ops/inspect.h"
#include "ops/room.h"
#include "ops/sources.h"
#include "os/file.h"
#include "replica/pack.h"
#include "replica/verify.h"
#include "store/replica_dir.h"
#include "store/resource.h"

enum { SECTOR_SIZE = 512 }; /* every disk has a whole number of them */

/* Of both codecs. Higher levels make a publish several times as long for a few percent of space. */
enum { LEVEL = 1 };

/* store_disks goes from one to the other. */
_Static_assert((int)COMPRESSION_ZLIB == (int)CODEC_ZLIB + (int)COMPRESSION_NONE &&
                   (int)COMPRESSION_ZSTD == (int)CODEC_ZSTD + (int)COMPRESSION_NONE,
               "a gallery's compression is a codec, plus one");

/* A publish on its way. */
struct publish {
    struct store *store;
    const struct version_request *request;
    char *name; /* "prod/ubuntu/1.0.0": for progress */
    struct gallery gallery;
    struct definition definition;
    struct sources sources;
    struct version version; /* as it will be stored */
    struct replica home;
    struct pack *pack;
    struct disk_hash *hash;    /* when comparing */
    struct blob_names damaged; /* in the home replica, of a version that exists */
    struct pack_result packed;
    uint64_t before; /* bytes of the disks already read */
};

static void publish_done(struct publish *publish)
{
    pack_close(publish->pack);
    pack_result_done(&publish->packed);
    replica_close(&publish->home);
    sources_close(&publish->sources);
    disk_hash_free(publish->hash);
    free(publish->damaged.items);
    shape_done(&version_shape, &publish->version);
    shape_done(&definition_shape, &publish->definition);
    shape_done(&gallery_shape, &publish->gallery);
    free(publish->name);
}

/* Bytes of all disks; 0 while that is not known. */
static uint64_t all_bytes(const struct publish *publish)
{
    uint64_t size = 0;

    for (size_t i = 0; i < publish->sources.count; i++) {
        const uint64_t one = source_size(publish->sources.items[i].source);

        if (one == 0)
            return 0;
        size += one;
    }
    return size;
}

static void show_progress(void *user, uint64_t offset)
{
    const struct publish *publish = user;

    ops_progress(publish->store, "publish", publish->name, publish->before + offset,
                 all_bytes(publish), false);
}

/* --- is it what we have? --- */

static int hash_block(void *user, uint64_t block, const struct block_id *id, const uint8_t *bytes,
                      struct err *err)
{
    const struct publish *publish = user;

    (void)bytes;
    (void)err;
    disk_hash_add(publish->hash, block, id);
    return 0;
}

static int hash_disk(struct publish *publish, const struct source_disk *disk,
                     char digest[DISK_DIGEST_TEXT], struct err *err)
{
    const struct feed feed = {.block = hash_block, .progress = show_progress, .user = publish};
    struct disk_digest result;
    uint64_t blocks;
    int rc;

    publish->hash = disk_hash_new();
    rc = feed_source(disk->source, ops_pool(publish->store), &feed, &blocks, err);
    if (rc == 0) {
        result = disk_hash_result(publish->hash, source_size(disk->source));
        disk_digest_text(&result, digest);
    }
    disk_hash_free(publish->hash);
    publish->hash = NULL;
    publish->before += source_size(disk->source);
    return rc;
}

/* The stored disk that a source is to be compared with, NULL when there is none of that LUN. */
static const struct disk_image *stored_disk(const struct version *version,
                                            const struct source_disk *disk)
{
    const struct disk_images *data = &version->storage_profile.data_disk_images;

    if (!disk->lun.set)
        return &version->storage_profile.os_disk_image;
    for (size_t i = 0; i < data->count; i++)
        if (data->items[i].lun.value == disk->lun.value)
            return &data->items[i];
    return NULL;
}

/* Sizes first: most differences show without reading a byte. Of a stream it is not known yet. */
static bool same_sizes(const struct publish *publish, const struct version *stored)
{
    if (publish->sources.count != stored->storage_profile.data_disk_images.count + 1)
        return false;
    for (size_t i = 0; i < publish->sources.count; i++) {
        const struct disk_image *image = stored_disk(stored, &publish->sources.items[i]);

        const struct source *source = publish->sources.items[i].source;

        if (!image || (!source_is_stream(source) &&
                       (uint64_t)image->size_in_bytes.value != source_size(source)))
            return false;
    }
    return true;
}

static int other_content(struct err *err)
{
    err_set(err, E_CONFLICT, "it exists with other content");
    return err_hint(err, "content never changes once published: use another version number");
}

/* --- storing it --- */

/* A failure of the store, not of a source: it may be one disk of several that is full. */
static int in_replica(const struct publish *publish, int rc, struct err *err)
{
    return rc ? err_wrap(err, "replica '%s'", publish->home.label) : 0;
}

static int pack_one(void *user, uint64_t block, const struct block_id *id, const uint8_t *bytes,
                    struct err *err)
{
    const struct publish *publish = user;

    return in_replica(publish, pack_block(publish->pack, block, id, bytes, err), err);
}

static void let_go(void *user, const uint8_t *bytes, size_t length)
{
    const struct publish *publish = user;

    pack_let_go(publish->pack, bytes, length);
}

static int refuse_small(const struct source_disk *disk, struct err *err)
{
    err_set(err, E_INVALID, "'%s' is no disk: it has %llu bytes, less than a sector of %d",
            source_name(disk->source), (unsigned long long)source_size(disk->source), SECTOR_SIZE);
    return err_hint(err, "get it again; --source-format raw takes it all the same");
}

static int pack_disk(struct publish *publish, const struct source_disk *disk,
                     struct storage_profile *profile, struct err *err)
{
    const struct feed feed = {
        .block = pack_one, .let_go = let_go, .progress = show_progress, .user = publish};
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

static int open_home(struct publish *publish, const struct version *version, bool write,
                     struct err *err)
{
    const struct target_region *target = version_target(version, version->location);
    const struct replica_place place = {
        .region = target->name,
        .type = target->storage_account_type,
        .number = 1,
    };
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

/* Into the open home replica; what it is goes to `profile` (all-zero). */
static int store_disks(struct publish *publish, struct storage_profile *profile, struct err *err)
{
    const struct pack_options options = {
        .shunned = &publish->damaged,
        .pool = ops_pool(publish->store),
        .codec = (enum codec)(publish->gallery.compression - COMPRESSION_NONE),
        .level = LEVEL,
    };
    int rc;

    rc = pack_open(&publish->home, &options, &publish->pack, err);
    for (size_t i = 0; rc == 0 && i < publish->sources.count; i++)
        rc = pack_disk(publish, &publish->sources.items[i], profile, err);
    if (rc == 0)
        rc = in_replica(publish, pack_finish(publish->pack, &publish->packed, err), err);
    if (rc == 0)
        ops_progress(publish->store, "publish", publish->name, publish->before, publish->before,
                     true);
    return rc;
}

/* --- healing what exists --- */

/* Whether the open home replica has all disks, and every byte of what they lie in. */
static int home_has_disks(struct publish *publish, const struct version *version, bool *ret,
                          struct err *err)
{
    struct disk_digest *digests = NULL;
    size_t count = 0;
    int rc;

    free(publish->damaged.items);
    publish->damaged = (struct blob_names){0};
    rc = ops_digests(version, &digests, &count, err);
    if (rc == 0)
        rc = ops_has_disks(&publish->home, digests, count, ret, err);
    for (size_t i = 0; rc == 0 && *ret && i < count; i++)
        rc = verify_blobs(&publish->home, &digests[i], ops_pool(publish->store), &publish->damaged,
                          err);
    *ret = *ret && publish->damaged.count == 0;
    free(digests);
    return rc;
}

/* Finding that out needs neither the right to write nor a lock. */
static bool home_is_whole(struct publish *publish, const struct version *version)
{
    struct err ignored = {0};
    bool has = false;

    if (open_home(publish, version, false, &ignored) ||
        home_has_disks(publish, version, &has, &ignored))
        has = false;
    replica_close(&publish->home);
    return has;
}

/* What was stored just now must be what the version has: else it is garbage, as what any publish
 * leaves that fails. */
static int compare_profiles(const struct publish *publish, const struct version *stored,
                            const struct storage_profile *profile, struct err *err)
{
    for (size_t i = 0; i < publish->sources.count; i++) {
        const struct source_disk *const disk = &publish->sources.items[i];
        const struct version found = {.storage_profile = *profile};

        if (!text_equal(stored_disk(&found, disk)->disk_digest,
                        stored_disk(stored, disk)->disk_digest))
            return other_content(err);
    }
    return 0;
}

/* Store anew, from the disks at hand, what the home replica has lost. */
static int restore_home(struct publish *publish, const struct version *stored, struct err *err)
{
    struct version restored = {0};
    bool whole = false;
    int rc = open_home(publish, stored, true, err);

    if (rc == 0)
        rc = home_has_disks(publish, stored, &whole, err); /* what is damaged, seen with the lock */
    if (rc == 0)
        rc = store_disks(publish, &restored.storage_profile, err);
    if (rc == 0)
        rc = compare_profiles(publish, stored, &restored.storage_profile, err);
    if (rc == 0)
        store_notice(publish->store,
                     "replica '%s' had lost parts of image version '%s': they are stored again",
                     publish->home.label, publish->name);
    shape_done(&version_shape, &restored);
    return rc == 0 || rc == E_CONFLICT
               ? rc
               : err_wrap(err, "what its home replica has lost cannot be stored again");
}

static int compare_content(struct publish *publish, const struct version *stored, struct err *err)
{
    if (!same_sizes(publish, stored))
        return other_content(err);
    if (!home_is_whole(publish, stored))
        return restore_home(publish, stored, err);
    for (size_t i = 0; i < publish->sources.count; i++) {
        char digest[DISK_DIGEST_TEXT];
        int rc = hash_disk(publish, &publish->sources.items[i], digest, err);

        if (rc)
            return rc;
        if (!text_equal(digest, stored_disk(stored, &publish->sources.items[i])->disk_digest))
            return other_content(err);
    }
    ops_progress(publish->store, "publish", publish->name, publish->before, publish->before, true);
    return 0;
}

/* --- committing it --- */

/* The gallery's lock decides between publishers of one version: the second finds the first one's,
 * equal or in conflict. */
static int commit(struct publish *publish, bool *ret_exists, struct err *err)
{
    const struct reference *ref = &publish->request->ref;
    struct version other = {0};
    int lock = FILE_NONE;
    int rc;

    rc = resource_lock(publish->store, ref, &lock, err);
    if (rc == 0)
        rc = resource_exists(publish->store, ref, REFERENCE_VERSION, ret_exists, err);
    if (rc == 0 && !*ret_exists) {
        publish->version.publishing_profile.published_date =
            (struct opt_time){.set = true, .value = store_now(publish->store)};
        rc = resource_create(publish->store, ref, REFERENCE_VERSION, &version_shape,
                             &publish->version, err);
    } else if (rc == 0) {
        rc = ops_read_version(publish->store, ref, &other, err);
        if (rc == 0 && !version_same_content(&other, &publish->version))
            rc = other_content(err);
    }
    file_close(&lock);
    shape_done(&version_shape, &other);
    return rc;
}

/* Everything that can be refused without reading a disk. */
static int prepare_new(struct publish *publish, struct err *err)
{
    const struct version_request *request = publish->request;
    int rc;

    if (!request->os_disk) {
        err_set(err, E_USAGE, "it needs an OS disk");
        return err_hint(err, "--os-disk FILE");
    }
    shape_copy(&version_shape, &publish->version, &request->values);
    text_replace(&publish->version.name, request->ref.version);
    version_defaults(&publish->version, publish->definition.location);
    rc = version_check_regions(&publish->version, err);
    if (rc == 0)
        rc = version_check_dates(&publish->version, store_now(publish->store), err);
    if (rc == 0)
        rc = sources_open(publish->store, request, &publish->sources, err);
    if (rc == 0)
        rc = inspect_os_disk(publish->store, &publish->definition, &publish->sources, err);
    return rc;
}

/* Update what exists, if it still has the `content` (NULL: any) that was found: it may have been
 * deleted since, and published anew. */
static int change_existing(struct publish *publish, const struct version *content,
                           bool *ret_changed, struct err *err)
{
    const struct version_request *request = publish->request;
    struct version stored = {0};
    int lock = FILE_NONE;
    int rc;

    rc = resource_lock(publish->store, &request->ref, &lock, err);
    if (rc == 0 && content) {
        rc = ops_read_version(publish->store, &request->ref, &stored, err);
        if (rc == 0 && !version_same_content(&stored, content))
            rc = other_content(err);
    }
    if (rc == 0)
        rc = ops_change_locked(publish->store, request, &publish->version, ret_changed, err);
    file_close(&lock);
    shape_done(&version_shape, &stored);
    return rc;
}

/* It exists: with a source, the same content or a conflict; then an update of what else was given.
 */
static int update_existing(struct publish *publish, struct err *err)
{
    const struct version_request *request = publish->request;
    struct version stored = {0};
    bool changed = false;
    int rc = 0;

    if (request->os_disk || request->data_disks.count) {
        rc = request->os_disk ? sources_open(publish->store, request, &publish->sources, err)
                              : other_content(err);
        if (rc == 0)
            rc = ops_read_version(publish->store, &request->ref, &stored, err);
        if (rc == 0)
            rc = compare_content(publish, &stored, err);
    }
    if (rc == 0)
        rc = change_existing(publish, request->os_disk ? &stored : NULL, &changed, err);
    if (rc == 0 && !changed)
        store_notice(publish->store, "image version '%s' is unchanged", publish->name);
    shape_done(&version_shape, &stored);
    return rc;
}

/* What could only be read once is there now. */
static int inspect_stream(struct publish *publish, struct err *err)
{
    const struct disk_image *const image = &publish->version.storage_profile.os_disk_image;
    const struct source_disk *const disk = &publish->sources.items[0];
    struct gal_disk *stored = NULL;
    int rc;

    if (!source_is_stream(disk->source))
        return 0;
    rc = disk_open_in(&publish->home, image, &stored, err);
    if (rc == 0)
        rc = inspect_stored_disk(publish->store, &publish->definition, source_name(disk->source),
                                 stored, err);
    gal_disk_close(stored);
    return rc;
}

static int publish_new(struct publish *publish, struct err *err)
{
    struct version made;
    bool exists = false;
    bool changed;
    int rc;

    rc = prepare_new(publish, err);
    if (rc == 0)
        rc = open_home(publish, &publish->version, true, err);
    if (rc == 0)
        rc = store_disks(publish, &publish->version.storage_profile, err);
    if (rc == 0)
        rc = inspect_stream(publish, err);
    if (rc == 0)
        rc = commit(publish, &exists, err);
    if (rc || !exists)
        return rc;
    made = publish->version;
    publish->version = (struct version){0};
    rc = change_existing(publish, &made, &changed, err);
    shape_done(&version_shape, &made);
    if (rc == 0)
        store_notice(publish->store,
                     "image version '%s' was published by another process meanwhile",
                     publish->name);
    return rc;
}

static int publish_or_update(struct publish *publish, struct err *err)
{
    const struct reference *ref = &publish->request->ref;
    bool exists;
    int rc;

    rc = ops_read_gallery(publish->store, ref, &publish->gallery, err);
    if (rc == 0)
        rc = ops_read_definition(publish->store, ref, &publish->definition, err);
    if (rc == 0)
        rc = resource_exists(publish->store, ref, REFERENCE_VERSION, &exists, err);
    if (rc)
        return rc;
    return exists ? update_existing(publish, err) : publish_new(publish, err);
}

/* The version stands, so its disks do. To hold their lock while asking for it once more would wait
 * for a sweep that waits for us. */
static void leave_home(struct publish *publish)
{
    pack_close(publish->pack);
    publish->pack = NULL;
    replica_close(&publish->home);
}

int gal_version_create(struct store *store, const struct version_request *request,
                       struct version *ret, struct err *err)
{
    struct publish publish = {.store = store, .request = request, .home = REPLICA_NONE};
    struct buf name = {0};
    int rc;

    rc = ops_check(store, &request->ref, REFERENCE_VERSION, false, err);
    if (rc)
        return rc;
    reference_add_text(&name, &request->ref);
    publish.name = buf_take(&name);
    rc = publish_or_update(&publish, err);
    if (rc) {
        ops_cannot(err, "create", &request->ref, REFERENCE_VERSION);
    } else {
        const struct replicate_job job = {
            .ref = &request->ref,
            .version = &publish.version,
            .fresh = publish.packed.blobs,
            .fresh_count = publish.packed.blob_count,
            .fresh_bytes = publish.packed.stored_bytes,
            .has_fresh = publish.pack != NULL,
        };

        leave_home(&publish);
        rc = ops_replicate_and_show(store, &job, "create", request->expand_replication_status, ret,
                                    err);
    }
    publish_done(&publish);
    return rc;
}

const struct choices source_format_choices = {
    .noun = "source format",
    .words = (const char *const[]){"raw", "vhd", "vhdx", "qcow2", "vmdk", NULL},
};
