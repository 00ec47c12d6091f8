/* The disks of a publish, compared with those of a version that exists; what its home replica has
 * lost is stored again. */
#include "ops/publish.h"

#include <stdlib.h>

#include "base/text.h"
#include "ops/copy_version.h"
#include "ops/feed.h"
#include "replica/verify.h"

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
    const struct feed feed = {.block = hash_block, .progress = publish_progress, .user = publish};
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

int publish_other_content(struct err *err)
{
    err_set(err, E_CONFLICT, "it exists with other content");
    return err_hint(err, "content never changes once published: use another version number");
}

/* --- healing what exists --- */

int publish_home_has_disks(struct publish *publish, const struct version *version, bool *ret,
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

    if (publish_open_home(publish, version, false, &ignored) ||
        publish_home_has_disks(publish, version, &has, &ignored))
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
            return publish_other_content(err);
    }
    return 0;
}

/* Store anew, from the disks at hand, what the home replica has lost. */
static int restore_home(struct publish *publish, const struct version *stored, struct err *err)
{
    struct version restored = {0};
    bool whole = false;
    int rc = publish_open_home(publish, stored, true, err);

    if (rc == 0) /* what is damaged, seen with the lock */
        rc = publish_home_has_disks(publish, stored, &whole, err);
    if (rc == 0)
        rc = publish_store_disks(publish, &restored.storage_profile, err);
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

int publish_compare(struct publish *publish, const struct version *stored, struct err *err)
{
    if (publish->copy ? !version_same_content(stored, &publish->copy->disks.version)
                      : !same_sizes(publish, stored))
        return publish_other_content(err);
    if (!home_is_whole(publish, stored))
        return restore_home(publish, stored, err);
    for (size_t i = 0; i < publish->sources.count; i++) {
        char digest[DISK_DIGEST_TEXT];
        int rc = hash_disk(publish, &publish->sources.items[i], digest, err);

        if (rc)
            return rc;
        if (!text_equal(digest, stored_disk(stored, &publish->sources.items[i])->disk_digest))
            return publish_other_content(err);
    }
    ops_progress(publish->store, "publish", publish->name, publish->before, publish->before, true);
    return 0;
}
