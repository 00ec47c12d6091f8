/* Publishing an image version: disks in, a committed version out. Nothing is visible before the
 * commit, and at the commit everything that the manifest names is durable in replica 1 of the home
 * region. */
#include "ops/publish.h"

#include <stdlib.h>

#include "base/text.h"
#include "ops/copy_version.h"
#include "ops/inspect.h"
#include "ops/region.h"
#include "ops/trash.h"
#include "ops/work.h"
#include "os/file.h"
#include "store/resource.h"
#include "store/work.h"

void publish_done(struct publish *publish)
{
    pack_close(publish->pack);
    pack_result_done(&publish->packed);
    replica_close(&publish->home);
    sources_close(&publish->sources);
    copy_source_close(publish->copy);
    disk_hash_free(publish->hash);
    free(publish->damaged.items);
    shape_done(&version_shape, &publish->version);
    shape_done(&definition_shape, &publish->definition);
    shape_done(&gallery_shape, &publish->gallery);
    free(publish->name);
}

/* --- committing it --- */

/* Whoever deletes a version that is being created removes its record. */
static int check_wanted(const struct publish *publish, struct err *err)
{
    bool wanted = true;
    int rc = 0;

    if (publish->work)
        rc = work_is_of(publish->store, publish->ref, publish->work->lock, &wanted, err);
    if (rc == 0 && !wanted)
        rc = err_set(err, E_CONFLICT, "it was deleted meanwhile");
    return rc;
}

int publish_check_allowed(const struct publish *publish, struct err *err)
{
    int rc = ops_check_unlocked(publish->store, publish->ref, REFERENCE_VERSION, false, err);

    if (rc == 0 && !text_starts_word(publish->ref->version, "next"))
        rc = ops_check_number_free(publish->store, publish->ref, err);
    return rc ? rc
              : ops_check_limit(publish->store, REFERENCE_VERSION, publish->version.location, err);
}

/* Under a number that is free, or found to be taken. */
static int commit_locked(struct publish *publish, bool *ret_exists, struct err *err)
{
    const struct reference *ref = publish->ref;
    struct version other = {0};
    int rc;

    rc = publish_choose_number(publish, err);
    if (rc == 0)
        rc = check_wanted(publish, err);
    if (rc == 0)
        rc = resource_exists(publish->store, ref, REFERENCE_VERSION, ret_exists, err);
    if (rc == 0 && !*ret_exists)
        rc = publish_check_allowed(publish, err);
    if (rc == 0 && !*ret_exists)
        rc = ops_check_encrypted(publish->store, ref, &publish->version, err);
    if (rc == 0 && !*ret_exists && !publish->work)
        rc = ops_work_give_way(publish->store, ref, err);
    if (rc == 0 && !*ret_exists)
        rc = ops_check_regions_stand(publish->store, &version_shape, &publish->version, err);
    if (rc == 0 && !*ret_exists) {
        publish->version.publishing_profile.published_date =
            (struct opt_time){.set = true, .value = store_now(publish->store)};
        rc = resource_create(publish->store, ref, REFERENCE_VERSION, &version_shape,
                             &publish->version, err);
    } else if (rc == 0) {
        rc = ops_read_version(publish->store, ref, &other, err);
        if (rc == 0 && !version_same_content(&other, &publish->version))
            rc = publish_other_content(err);
    }
    shape_done(&version_shape, &other);
    return rc;
}

/* The gallery's lock decides between publishers of one version: the second finds the first one's,
 * equal or in conflict. Those of the next one get a number each, but for disks that have not
 * changed. */
static int commit(struct publish *publish, bool *ret_exists, struct err *err)
{
    const bool is_next = text_starts_word(publish->ref->version, "next");
    int lock = FILE_NONE;
    int rc;

    rc = resource_lock(publish->store, publish->ref, &lock, err);
    if (rc == 0 && publish->request->if_changed.value)
        rc = publish_find_same(publish, &publish->version, err);
    if (rc == 0 && !publish->unchanged)
        rc = commit_locked(publish, ret_exists, err);
    file_close(&lock);
    if (rc == 0 && is_next && !publish->unchanged)
        store_notice(publish->store, "published as image version '%s'", publish->name);
    return rc;
}

bool publish_has_source(const struct publish *publish)
{
    return publish->request->os_disk || publish->request->image_version;
}

int publish_open_source(struct publish *publish, struct err *err)
{
    if (publish->request->image_version)
        return copy_source_open(publish, err);
    return sources_open(publish->store, publish->request, &publish->sources, err);
}

static bool has_lun(const struct publish *publish, const struct opt_int *lun)
{
    return publish->copy ? copy_source_has_lun(publish->copy, lun)
                         : sources_have_lun(&publish->sources, lun);
}

/* A disk that is encrypted is there. Which ones are is the same in all regions. */
static int check_encryption(const struct publish *publish, struct err *err)
{
    const struct target_regions *const regions =
        &publish->version.publishing_profile.target_regions;
    const struct data_disk_encryptions *const disks =
        &regions->items[0].encryption.data_disk_images;

    for (size_t i = 0; i < disks->count; i++)
        if (!has_lun(publish, &disks->items[i].lun))
            return err_set(err, E_INVALID, "LUN %d is encrypted, and no data disk has it",
                           (int)disks->items[i].lun.value);
    return 0;
}

/* Everything that can be refused without reading a disk. */
int publish_prepare(struct publish *publish, struct err *err)
{
    const struct version_request *request = publish->request;
    int rc;

    if (!publish_has_source(publish)) {
        err_set(err, E_USAGE, "it needs an OS disk");
        return err_hint(err, "--os-disk FILE");
    }
    shape_copy(&version_shape, &publish->version, &request->values);
    version_defaults(&publish->store->regions, &publish->version, publish->definition.location);
    rc = version_check_regions(&publish->store->regions, &publish->version, err);
    if (rc == 0)
        rc = shape_check(&version_shape, &publish->version, err);
    text_replace(&publish->version.name, request->ref.version); /* "next" is none to be checked */
    text_replace(&publish->version.storage_profile.source.id, request->source.id);
    text_replace(&publish->version.storage_profile.source.virtual_machine_id,
                 request->source.virtual_machine_id);
    if (rc == 0)
        rc = version_check_dates(&publish->version, store_now(publish->store), err);
    if (rc == 0)
        rc = ops_check_replicas(publish->store, &publish->version, err);
    if (rc == 0)
        rc = ops_check_encrypted(publish->store, publish->ref, &publish->version, err);
    if (rc == 0 && !request->if_changed.value)
        rc = publish_check_allowed(publish, err);
    if (rc == 0)
        rc = publish_open_source(publish, err);
    for (size_t i = 0; rc == 0 && i < publish->sources.count; i++)
        rc = publish_check_size(publish, source_name(publish->sources.items[i].source),
                                source_size(publish->sources.items[i].source), err);
    if (rc == 0)
        rc = check_encryption(publish, err);
    if (rc == 0 && !publish->copy) /* the definitions agree: it has been looked at */
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
            rc = publish_other_content(err);
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

    if (publish_has_source(publish) || request->data_disks.count) {
        rc = publish_has_source(publish) ? publish_open_source(publish, err)
                                         : publish_other_content(err);
        if (rc == 0)
            rc = ops_read_version(publish->store, &request->ref, &stored, err);
        if (rc == 0)
            rc = publish_compare(publish, &stored, err);
    }
    if (rc == 0)
        rc = change_existing(publish, publish_has_source(publish) ? &stored : NULL, &changed, err);
    if (rc == 0 && !changed)
        store_notice(publish->store, "image version '%s' is unchanged", publish->name);
    shape_done(&version_shape, &stored);
    return rc;
}

/* What could only be read once is there now. */
static int inspect_stream(struct publish *publish, struct err *err)
{
    const struct disk_image *const image = &publish->version.storage_profile.os_disk_image;
    const struct source_disk *const disk = publish->sources.items;
    struct gal_disk *stored = NULL;
    int rc;

    if (publish->copy || !source_is_stream(disk->source))
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

    rc = publish_prepare(publish, err);
    if (rc == 0 && publish->work) /* what is open now is what is read */
        rc = ops_work_check_sources(publish->work->record, err);
    if (rc == 0 && publish->copy && publish->request->if_changed.value) /* it is known already */
        rc = publish_find_same(publish, &publish->copy->disks.version, err);
    if (rc == 0 && publish->copy && !publish->unchanged)
        rc = publish_check_allowed(publish, err);
    if (rc || publish->unchanged)
        return rc;
    rc = publish_open_home(publish, &publish->version, true, err);
    if (rc == 0)
        rc = publish_store_disks(publish, &publish->version.storage_profile, err);
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

/* Record it for another process, which reads the disks. */
static int publish_later(struct publish *publish, struct err *err)
{
    const bool is_next = text_starts_word(publish->ref->version, "next");
    struct work work = {0};
    int rc;

    if (publish->request->if_changed.value)
        return err_set(
            err, E_USAGE,
            "--if-changed wants the disks to be read, and --no-wait not to wait for that");
    rc = ops_work_of(publish->store, publish->request, &work, err);
    if (rc == 0)
        rc = publish_prepare(publish, err);
    if (rc == 0 && publish->copy) /* "latest" is that of now */
        text_replace(&work.copied_version, publish->copy->id);
    if (rc == 0)
        rc = ops_work_accept(publish->store, publish->ref, &work, err);
    if (rc == 0 && is_next)
        store_notice(publish->store, "it is going to be image version '%s'", work.image_version);
    publish->accepted = rc == 0;
    shape_done(&work_shape, &work);
    return rc;
}

/* It does not exist: perhaps it is being made. */
static int make_or_join(struct publish *publish, struct err *err)
{
    const struct version_request *const request = publish->request;
    bool joined = false;
    int rc = 0;

    if (request->no_wait.value)
        return publish_later(publish, err);
    if (!publish->work && !text_starts_word(publish->ref->version, "next"))
        rc = ops_work_join(publish->store, request, &joined, err);
    if (rc || !joined)
        return rc ? rc : publish_new(publish, err);
    rc = ops_read_version(publish->store, publish->ref, &publish->version, err);
    version_fill_regions(&publish->version);
    return rc;
}

int publish_read_parents(struct publish *publish, bool *ret_exists, struct err *err)
{
    const struct reference *const ref = publish->ref;
    const bool is_next = text_starts_word(ref->version, "next");
    struct buf name = {0};
    int rc;

    reference_add_text(&name, ref);
    publish->name = buf_take(&name);
    *ret_exists = false;
    rc = ops_read_gallery(publish->store, ref, &publish->gallery, err);
    if (rc == 0)
        rc = ops_read_definition(publish->store, ref, &publish->definition, err);
    if (rc == 0 && !is_next)
        rc = resource_exists(publish->store, ref, REFERENCE_VERSION, ret_exists, err);
    return rc;
}

/* The version stands, so its disks do. To hold their lock while asking for it once more would wait
 * for a sweep that waits for us. */
static void leave_home(struct publish *publish)
{
    pack_close(publish->pack);
    publish->pack = NULL;
    replica_close(&publish->home);
}

static int publish_begin(struct publish *publish, struct err *err)
{
    bool exists;
    const int rc = publish_read_parents(publish, &exists, err);

    if (rc)
        return rc;
    return exists ? update_existing(publish, err) : make_or_join(publish, err);
}

static struct replicate_job job_of(const struct publish *publish)
{
    return (struct replicate_job){
        .ref = publish->ref,
        .version = &publish->version,
        .fresh = publish->packed.blobs,
        .fresh_count = publish->packed.blob_count,
        .fresh_bytes = publish->packed.stored_bytes,
        .has_fresh = publish->pack != NULL && !publish->unchanged,
    };
}

int publish_recorded(struct store *store, const struct version_request *request,
                     const struct publish_work *work, struct version *ret, struct err *err)
{
    struct version_request call = *request; /* borrows, but for the reference */
    struct publish publish = {
        .store = store, .request = &call, .ref = &call.ref, .home = REPLICA_NONE, .work = work};
    int rc;

    call.ref = ops_reference(&request->ref);
    rc = publish_begin(&publish, err);

    if (rc == 0) {
        const struct replicate_job job = job_of(&publish);

        leave_home(&publish);
        rc = ops_replicate(store, &job, err);
    }
    if (rc == 0 || rc == E_PARTIAL) {
        *ret = publish.version;
        publish.version = (struct version){0};
    }
    publish_done(&publish);
    shape_done(&reference_shape, &call.ref);
    return rc;
}

int gal_version_create(struct store *store, const struct version_request *request,
                       struct version *ret, struct err *err)
{
    struct version_request call = *request; /* borrows, but for the reference */
    struct publish publish = {
        .store = store, .request = &call, .ref = &call.ref, .home = REPLICA_NONE};
    int rc;

    rc = ops_begin(store, ACTION_VERSION_WRITE, &request->ref, NAMING_CREATE, err);
    if (rc)
        return rc;
    call.ref = ops_reference(&request->ref);
    rc = publish_begin(&publish, err);
    if (rc) {
        ops_cannot(err, "create", publish.ref, REFERENCE_VERSION);
    } else if (!publish.accepted) {
        const struct replicate_job job = job_of(&publish);

        leave_home(&publish);
        rc = ops_replicate_and_show(store, &job, "create", request->expand_replication_status, ret,
                                    err);
    }
    publish_done(&publish);
    shape_done(&reference_shape, &call.ref);
    return ops_end_copies(store, rc, err);
}
