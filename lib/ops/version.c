/* Image versions, changed and removed, without a look at disks. */
#include "base/text.h"
#include "ops/room.h"
#include "ops/trash.h"
#include "ops/work.h"
#include "os/file.h"
#include "store/resource.h"
#include "store/status.h"
#include "store/work.h"

/* A new default count moves the regions that followed the old one; counts given for a region of its
 * own stay. */
static void follow_default_count(const struct version *old, struct version *changed,
                                 const struct version *given)
{
    struct target_regions *targets = &changed->publishing_profile.target_regions;

    if (!given->publishing_profile.replica_count.set ||
        given->publishing_profile.target_regions.count)
        return;
    for (size_t i = 0; i < targets->count; i++)
        if (targets->items[i].regional_replica_count.value ==
            old->publishing_profile.replica_count.value)
            targets->items[i].regional_replica_count.value =
                changed->publishing_profile.replica_count.value;
}

static int change_regions(const struct store *store, const void *user, void *changed,
                          struct err *err)
{
    const struct version_request *const request = user;
    struct texts absent = {0};
    const int rc = region_changes_apply(&request->regions, changed, &absent, err);

    for (size_t i = 0; i < absent.count; i++)
        store_notice(store, "region '%s' was no target region", absent.items[i]);
    texts_done(&absent);
    return rc;
}

static int settle(const struct store *store, const void *old, void *changed, const void *given,
                  struct err *err)
{
    const struct opt_time before =
        ((const struct version *)old)->publishing_profile.end_of_life_date;
    const struct opt_time after = ((struct version *)changed)->publishing_profile.end_of_life_date;
    int rc = 0;

    follow_default_count(old, changed, given);
    version_settle_regions(&store->regions, changed);
    version_fill_regions(changed);
    version_keep_encryption(old, changed);
    if (!before.set || before.value != after.value) /* else a script is run again */
        rc = version_check_dates(changed, store_now(store), err);
    if (rc == 0)
        rc = version_check_regions(&store->regions, changed, err);
    if (rc == 0)
        rc = version_check_change(old, changed, err);
    if (rc == 0 && version_replicas(changed) > version_replicas(old))
        rc = ops_check_replicas(store, changed, err);
    return rc;
}

static int settle_shared(const struct store *store, const void *old, void *changed,
                         const void *given, struct err *err)
{
    const int rc = settle(store, old, changed, given, err);

    return rc ? rc : ops_refuse_encrypted(changed, err);
}

/* An update that was killed may have left more in the states than the version wants. What is wanted
 * again would pass for proven then, while a sweep is removing it. */
static int forget_before(const struct store *store, const struct reference *ref, struct err *err)
{
    struct version version = {0};
    int rc = ops_read_version(store, ref, &version, err);

    if (rc == 0) {
        version_fill_regions(&version);
        rc = status_forget_others(store, ref, &version, err);
    }
    shape_done(&version_shape, &version);
    return rc;
}

static int find_change(const struct store *store, const struct version_request *request,
                       struct ops_change *ret, struct err *err)
{
    bool shared = false;
    const int rc = ops_gallery_is_shared(store, &request->ref, &shared, err);

    *ret = (struct ops_change){
        .depth = REFERENCE_VERSION,
        .shape = &version_shape,
        .given = &request->values,
        .adjust = change_regions,
        .user = request,
        .edits = &request->edits,
        .settle = shared ? settle_shared : settle,
    };
    return rc;
}

int ops_change_planned(const struct store *store, const struct version_request *request,
                       struct version *ret, struct err *err)
{
    struct ops_change change;
    const int rc = find_change(store, request, &change, err);

    change.planned = true;
    return rc ? rc : ops_apply(store, &request->ref, &change, ret, NULL, err);
}

int ops_change_locked(const struct store *store, const struct version_request *request,
                      struct version *ret, bool *ret_changed, struct err *err)
{
    struct ops_change change;
    int rc = find_change(store, request, &change, err);

    if (rc == 0)
        rc = forget_before(store, &request->ref, err);
    if (rc == 0)
        rc = ops_apply(store, &request->ref, &change, ret, ret_changed, err);
    if (rc == 0 && *ret_changed)
        rc = status_forget_others(store, &request->ref, ret, err);
    return rc;
}

static int change_version(const struct store *store, const struct version_request *request,
                          struct version *ret, struct err *err)
{
    int lock = FILE_NONE;
    bool changed;
    int rc;

    rc = resource_lock(store, &request->ref, &lock, err);
    if (rc == 0)
        rc = ops_change_locked(store, request, ret, &changed, err);
    file_close(&lock);
    return rc;
}

/* Whether every target region has as many complete copies as it is to have. */
static int is_complete(const struct store *store, const struct reference *ref,
                       struct version *version, bool *ret, struct err *err)
{
    const struct target_regions *const targets = &version->publishing_profile.target_regions;
    int rc = 0;

    version_fill_regions(version);
    *ret = true;
    for (size_t i = 0; rc == 0 && *ret && i < targets->count; i++) {
        struct region_status status = {0};

        rc = status_read(store, ref, targets->items[i].name, &status, err);
        *ret = status.state == REPLICATION_COMPLETED &&
               status.replica_count.value >= targets->items[i].regional_replica_count.value;
        shape_done(&region_status_shape, &status);
    }
    return rc;
}

/* Have another process copy what is missing, if anything is. */
static int copy_later(struct store *store, const struct reference *asked, struct version *version,
                      struct err *err)
{
    struct reference ref = ops_reference(asked);
    struct buf name = {0};
    struct work work = {
        .kind = WORK_REPLICATE,
        .accepted_date = {.set = true, .value = store_now(store)},
    };
    bool complete = false;
    int rc = is_complete(store, &ref, version, &complete, err);

    reference_add_text(&name, &ref);
    work.image_version = buf_take(&name);
    if (rc == 0 && !complete)
        rc = ops_work_accept(store, &ref, &work, err);
    shape_done(&work_shape, &work);
    shape_done(&reference_shape, &ref);
    return rc;
}

int gal_version_update(struct store *store, const struct version_request *request,
                       struct version *ret, struct err *err)
{
    struct gallery gallery = {0};
    struct version version = {0};
    struct replicate_job job = {.ref = &request->ref, .version = &version};
    const bool later = request->no_wait.set && request->no_wait.value;
    int rc;

    rc = ops_begin(store, ACTION_VERSION_WRITE, &request->ref, NAMING_CHANGE, err);
    if (rc)
        return rc;
    rc = ops_read_gallery(store, &request->ref, &gallery, err);
    if (rc == 0)
        rc = change_version(store, request, &version, err);
    shape_done(&gallery_shape, &gallery);
    if (rc == 0 && later)
        rc = copy_later(store, &request->ref, &version, err);
    if (rc)
        ops_cannot(err, "update", &request->ref, REFERENCE_VERSION);
    else if (!later)
        rc = ops_replicate_and_show(store, &job, "update", request->expand_replication_status, ret,
                                    err);
    shape_done(&version_shape, &version);
    return ops_end_copies(store, rc, err);
}

/* One that cannot be read says nothing against it. */
static int check_deletion(const struct store *store, const struct reference *ref, struct err *err)
{
    struct version version = {0};
    struct err why = {0};
    const int found = ops_read_version(store, ref, &version, &why);
    int rc = 0;

    if (found != E_NOT_FOUND) /* else what is accepted is given up, or nothing is there */
        rc = ops_check_unlocked(store, ref, REFERENCE_VERSION, true, err);
    if (rc == 0 && found == 0)
        rc = version_check_deletion(&version, store_now(store), err);
    else if (rc == 0 && found != E_NOT_FOUND)
        store_notice(store, "%s; it is deleted, whatever it protected", why.text);
    shape_done(&version_shape, &version);
    return rc;
}

/* What is not there may have been put there by one that was killed. */
static int put_into_trash(const struct store *store, const struct reference *ref,
                          const struct soft_deleted *record, struct err *err)
{
    int rc = trash_put(store, ref, record, err);

    if (rc == E_NOT_FOUND)
        rc = resource_flush(store, ref, REFERENCE_VERSION, err);
    return rc ? rc : trash_flush(store, err);
}

/* Who wants it gone for good is told that it is not. */
static void tell_if_in_trash(const struct store *store, const struct reference *ref)
{
    struct err ignored = {0};
    bool there = false;

    if (trash_has(store, ref, &there, &ignored) == 0 && there)
        store_notice(store, "it is in the trash: 'sig image-version purge' removes it for good");
}

int ops_delete_version(const struct store *store, const struct reference *ref, unsigned how,
                       struct err *err)
{
    struct soft_deleted record = {0};
    bool kept = false, accepted = false;
    int rc = check_deletion(store, ref, err);

    if (rc == 0)
        rc = ops_foresee(store, ref, how, &kept, &record, err);
    if (rc == 0)
        rc = work_exists(store, ref, &accepted, err);
    if (rc == 0 && accepted)
        activity_note(store);
    if (rc == 0) /* whoever is at it finds that out before anything is there */
        rc = work_remove(store, ref, err);
    if (rc == 0)
        rc = kept ? put_into_trash(store, ref, &record, err)
                  : resource_remove(store, ref, REFERENCE_VERSION, err);
    if (rc == E_NO_SPACE && kept)
        err_hint(err, "--bypass-soft-delete deletes it without keeping it, which takes no room");
    if (rc == 0 && !kept)
        tell_if_in_trash(store, ref);
    shape_done(&soft_deleted_shape, &record);
    return rc;
}

int gal_version_delete(struct store *store, const struct reference *ref, unsigned how,
                       struct err *err)
{
    struct gallery gallery = {0};
    int lock = FILE_NONE;
    int rc;

    rc = ops_begin(store, ACTION_VERSION_DELETE, ref, NAMING_CHANGE, err);
    if (rc)
        return rc;
    rc = ops_read_gallery(store, ref, &gallery, err);
    shape_done(&gallery_shape, &gallery);
    if (rc == 0)
        rc = resource_lock(store, ref, &lock, err);
    if (rc == 0)
        rc = ops_delete_version(store, ref, how, err);
    file_close(&lock);
    if (rc == 0 && activity_has_changed(store))
        ops_tell_trashed(store, ref);
    if (rc == E_NOT_FOUND)
        rc = resource_flush(store, ref, REFERENCE_VERSION, err);
    return ops_end(store, rc ? ops_cannot(err, "delete", ref, REFERENCE_VERSION) : 0, err);
}
