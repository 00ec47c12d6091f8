/* Work that was accepted: recorded, done by a process of its own or by whoever comes along. */
#include "ops/work.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/version_name.h"
#include "ops/publish.h"
#include "ops/region.h"
#include "ops/room.h"
#include "ops/trash.h"
#include "os/file.h"
#include "os/process.h"
#include "store/resource.h"
#include "store/work.h"

static char *name_of(const struct reference *ref)
{
    struct buf name = {0};

    reference_add_text(&name, ref);
    return buf_take(&name);
}

/* --- the record --- */

static int refuse_source(const char *path, struct err *err)
{
    if (strcmp(path, "-") == 0)
        err_set(err, E_INVALID, "standard input cannot be read again by another process");
    else
        err_set(err, E_INVALID, "'%s' cannot be read again by another process", path);
    return err_hint(err, "put it into a file, or leave --no-wait out");
}

/* Writing to a device need not show. The time is the one that nobody can set back: builds give
 * their disks all the same time. */
static char *identity_of(const struct file_info *info)
{
    if (info->kind == FILE_BLOCK_DEVICE)
        return text_printf("%" PRIx64 ":%" PRIu64, info->device, info->inode);
    return text_printf("%" PRIx64 ":%" PRIu64 ":%" PRIu64 ":%" PRId64 ".%09" PRId64, info->device,
                       info->inode, info->size, info->touched_seconds, info->touched_nanoseconds);
}

static int add_source(const char *path, struct work *work, char **ret_path, struct err *err)
{
    struct file_info info = {0};
    char *absolute = NULL;
    int rc;

    if (strcmp(path, "-") == 0)
        return refuse_source(path, err);
    rc = file_locate_user(path, &absolute, &info, err);
    /* What is no disk at all is refused when it is opened. */
    if (rc == 0 && (info.kind == FILE_FIFO || info.kind == FILE_OTHER))
        rc = refuse_source(path, err);
    if (rc == 0) {
        *VEC_ADD(&work->sources) = (struct work_source){
            .path = text_copy(absolute),
            .identity = identity_of(&info),
        };
        *ret_path = absolute;
        absolute = NULL;
    }
    free(absolute);
    return rc;
}

static void copy_said(const struct version_request *request, struct work *work)
{
    for (size_t i = 0; i < request->members.count; i++)
        shape_copy(&disk_member_shape, VEC_ADD(&work->members), &request->members.items[i]);
    for (size_t i = 0; i < request->expected.count; i++)
        shape_copy(&file_digest_shape, VEC_ADD(&work->expected), &request->expected.items[i]);
    work->source_format = request->source_format;
    shape_copy(&disk_source_shape, &work->os_source, &request->os_source);
    shape_copy(&profile_source_shape, &work->source, &request->source);
    shape_copy(&version_shape, &work->values, &request->values);
}

int ops_work_of(const struct store *store, const struct version_request *request, struct work *ret,
                struct err *err)
{
    struct file_info info;
    int rc = 0;

    ret->image_version = name_of(&request->ref);
    ret->copied_version = text_copy(request->image_version);
    ret->kind = WORK_PUBLISH;
    ret->accepted_date = (struct opt_time){.set = true, .value = store_now(store)};
    copy_said(request, ret);
    if (request->from_store)
        rc = file_locate_user(request->from_store, &ret->from_store, &info, err);
    if (rc == 0 && request->os_disk) /* else it is refused elsewhere */
        rc = add_source(request->os_disk, ret, &ret->os_disk, err);
    for (size_t i = 0; rc == 0 && i < request->data_disks.count; i++) {
        struct data_disk *const disk = VEC_ADD(&ret->data_disks);

        disk->lun = request->data_disks.items[i].lun;
        shape_copy(&disk_source_shape, &disk->source, &request->data_disks.items[i].source);
        rc = add_source(request->data_disks.items[i].path, ret, &disk->path, err);
    }
    return rc;
}

struct version_request ops_work_request(const struct work *work, const struct reference *ref)
{
    return (struct version_request){
        .ref = *ref,
        .values = work->values,
        .image_version = work->copied_version,
        .from_store = work->from_store,
        .accepts_terms = {.set = true, .value = true}, /* or it would not have been recorded */
        .os_disk = work->os_disk,
        .os_source = work->os_source,
        .source = work->source,
        .data_disks = work->data_disks,
        .members = work->members,
        .expected = work->expected,
        .source_format = work->source_format,
    };
}

/* What to do about a record that is damaged. Returns `rc`. */
static int advise(const struct store *store, const struct reference *ref, int rc, struct err *err)
{
    struct err ignored = {0};
    char *const name = name_of(ref);
    bool exists = false;

    if (rc == E_CORRUPT && resource_exists(store, ref, REFERENCE_VERSION, &exists, &ignored) == 0)
        err_hint(err,
                 exists ? "'sig replicate %s' does all that it may have said"
                        : "what was accepted is lost: 'sig image-version delete %s', then create "
                          "it anew",
                 name);
    free(name);
    return rc;
}

int ops_work_read(const struct store *store, const struct reference *ref, struct work *ret,
                  struct err *err)
{
    return advise(store, ref, work_read(store, ref, ret, err), err);
}

/* --- accepting it --- */

static int refuse_other(const struct reference *ref, struct err *err)
{
    char *const name = name_of(ref);

    err_set(err, E_CONFLICT, "it is being created already, from other sources or otherwise");
    err_hint(err,
             "'sig image-version wait %s --created' waits for that, 'sig image-version delete %s' "
             "ends it",
             name, name);
    free(name);
    return E_CONFLICT;
}

/* Whether what is recorded already is enough, the gallery's lock held. */
static int look_at_record(const struct store *store, const struct reference *ref,
                          const struct work *work, bool *ret_enough, struct err *err)
{
    struct work recorded = {0};
    int rc = ops_work_read(store, ref, &recorded, err);

    *ret_enough = rc == 0 && !recorded.error;
    if (*ret_enough && work->kind == WORK_PUBLISH && !work_same(&recorded, work))
        rc = refuse_other(ref, err);
    shape_done(&work_shape, &recorded);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* "next" is a number from here on: nobody else gets it. */
static int choose_number(const struct store *store, struct reference *ref, struct work *work,
                         struct err *err)
{
    char text[SEMVER_TEXT_SIZE];
    struct version_name name;
    struct semver number;
    int rc = version_name_parse(ref->version, &name, err);

    if (rc || name.kind != VERSION_NAME_NEXT)
        return rc;
    rc = ops_next_version(store, ref, name.part, &number, err);
    if (rc)
        return rc;
    semver_text(&number, text);
    text_replace(&ref->version, text);
    free(work->image_version);
    work->image_version = name_of(ref);
    return 0;
}

static int record_locked(const struct store *store, struct reference *ref, struct work *work,
                         struct err *err)
{
    const enum reference_depth needed =
        work->kind == WORK_PUBLISH ? REFERENCE_DEFINITION : REFERENCE_VERSION;
    bool exists = false, enough = false;
    int rc = resource_exists(store, ref, needed, &exists, err);

    if (rc == 0 && !exists)
        rc = err_set(err, E_NOT_FOUND, "the %s was deleted meanwhile", reference_noun(needed));
    if (rc == 0)
        rc = choose_number(store, ref, work, err);
    if (rc == 0 && work->kind == WORK_PUBLISH)
        rc = resource_exists(store, ref, REFERENCE_VERSION, &exists, err);
    if (rc == 0 && work->kind == WORK_PUBLISH && exists) {
        err_set(err, E_CONFLICT, "it was published by another process meanwhile");
        rc = err_hint(err, "run the command again to see whether it is the same");
    }
    if (rc == 0 && work->kind == WORK_PUBLISH)
        rc = ops_check_number_free(store, ref, err);
    if (rc == 0)
        rc = look_at_record(store, ref, work, &enough, err);
    if (rc == 0)
        rc = ops_check_regions_stand(store, &work_shape, work, err);
    if (rc == 0 && !enough)
        text_replace(&work->correlation_id, activity_correlation(store));
    if (rc == 0)
        rc = enough ? work_flush(store, err) : work_write(store, ref, work, err);
    if (rc == 0 && !enough) {
        activity_name(store, work->image_version);
        activity_note_accepted(store);
    }
    return rc;
}

/* In the new process: with a store of its own, as nothing of ours is open there but the lock. */
static void do_apart(const struct context *context, const struct reference *ref, int lock);

static void start(struct store *store, const struct reference *ref, int lock)
{
    struct err err = {0};
    bool apart = false;

    if (process_part(lock, &apart, &err)) {
        char *const name = name_of(ref);

        store_notice(store, "%s; 'sig replicate %s' does what was accepted", err.text, name);
        free(name);
    } else if (apart) {
        do_apart(store->context, ref, lock);
    }
}

int ops_work_accept(struct store *store, struct reference *ref, struct work *work, struct err *err)
{
    struct err ignored = {0};
    int names = FILE_NONE, gallery = FILE_NONE, lock = FILE_NONE;
    int rc = store_lock(store, &names, err);

    if (rc == 0)
        rc = resource_lock(store, ref, &gallery, err);
    if (rc == 0)
        rc = record_locked(store, ref, work, err);
    file_close(&gallery);
    file_close(&names);
    /* Else somebody is at it. */
    if (rc == 0 && work_lock(store, ref, 0, &lock, &ignored) == 0)
        start(store, ref, lock);
    file_close(&lock);
    return rc;
}

/* --- doing it --- */

struct doing {
    struct store *store;
    const struct reference *ref;
    int lock; /* of the record, as long as that is ours */
    struct work work;
    struct version version; /* as it was copied; without a name: it was not */
    bool done;              /* the record goes, and not because somebody else has removed it */
};

int ops_work_check_sources(const struct work *work, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < work->sources.count; i++) {
        const struct work_source *const source = &work->sources.items[i];
        struct file_info info = {0};
        char *absolute = NULL;
        char *identity = NULL;

        rc = file_locate_user(source->path, &absolute, &info, err);
        if (rc == 0)
            identity = identity_of(&info);
        if (rc == 0 && !text_equal(identity, source->identity))
            rc = err_set(err, E_CHANGED, "'%s' has changed since the work was accepted",
                         source->path);
        free(identity);
        free(absolute);
    }
    return rc;
}

/* Both locks held: unless the record is not ours any more, or the version is there all the same. */
static int record_failure_locked(struct doing *doing, const struct err *why, struct err *err)
{
    bool ours = false, exists = false;
    int rc = work_is_of(doing->store, doing->ref, doing->lock, &ours, err);

    if (rc == 0 && ours)
        rc = resource_exists(doing->store, doing->ref, REFERENCE_VERSION, &exists, err);
    if (rc || !ours)
        return rc;
    if (exists)
        return work_remove(doing->store, doing->ref, err);
    text_replace(&doing->work.error, why->text);
    text_replace(&doing->work.hint, why->hint);
    return work_write(doing->store, doing->ref, &doing->work, err);
}

static void record_failure(struct doing *doing, const struct err *why)
{
    struct err err = {0};
    int names = FILE_NONE, gallery = FILE_NONE;
    int rc = store_lock(doing->store, &names, &err);

    if (rc == 0)
        rc = resource_lock(doing->store, doing->ref, &gallery, &err);
    if (rc == 0)
        rc = record_failure_locked(doing, why, &err);
    file_close(&gallery);
    file_close(&names);
    if (rc)
        store_notice(doing->store, "%s", err.text);
}

static int make(struct doing *doing, struct err *err)
{
    const struct publish_work work = {.record = &doing->work, .lock = doing->lock};
    struct reference spelled = {0};
    struct version_request request;
    int rc = reference_parse(doing->work.image_version, &spelled, err);

    request = ops_work_request(&doing->work, &spelled);
    if (rc == 0)
        rc = ops_work_check_sources(&doing->work, err);
    if (rc == 0)
        rc = publish_recorded(doing->store, &request, &work, &doing->version, err);
    /* Who was kept waiting too long tries again. */
    if (rc && rc != E_PARTIAL && rc != E_BUSY)
        record_failure(doing, err);
    if (rc && rc != E_PARTIAL)
        ops_cannot(err, "create", &spelled, REFERENCE_VERSION);
    shape_done(&reference_shape, &spelled);
    return rc;
}

static int copy(struct doing *doing, struct err *err)
{
    struct version *const version = &doing->version;
    const struct replicate_job job = {.ref = doing->ref, .version = version};
    int rc;

    shape_done(&version_shape, version);
    rc = ops_read_version(doing->store, doing->ref, version, err);
    if (rc)
        return rc;
    version_fill_regions(version);
    return ops_replicate(doing->store, &job, err);
}

/* Remove the record, unless the version has changed since it was copied: then it may want more. */
static int settle(struct doing *doing, bool *ret_settled, struct err *err)
{
    struct version now = {0};
    int gallery = FILE_NONE;
    bool ours = false;
    int rc = resource_lock(doing->store, doing->ref, &gallery, err);

    if (rc == 0)
        rc = work_is_of(doing->store, doing->ref, doing->lock, &ours, err);
    if (rc == 0 && ours)
        rc = ops_read_version(doing->store, doing->ref, &now, err);
    version_fill_regions(&now);
    *ret_settled = rc || !ours || shape_equal(&version_shape, &now, &doing->version);
    doing->done = rc == 0 && ours && *ret_settled;
    if (doing->done)
        rc = work_remove(doing->store, doing->ref, err);
    file_close(&gallery);
    shape_done(&version_shape, &now);
    return rc;
}

/* The version is there, copied with that result or not at all: copy it until nobody has changed
 * what is wanted meanwhile. */
static int copy_all(struct doing *doing, int rc, struct err *err)
{
    struct err partial = {0};
    bool settled = false;

    if (!doing->version.name)
        rc = copy(doing, err);
    while (!settled && (rc == 0 || rc == E_PARTIAL)) {
        partial = rc ? *err : (struct err){0};
        rc = settle(doing, &settled, err);
        if (rc == 0 && !settled)
            rc = copy(doing, err);
    }
    if (rc == 0 && partial.code)
        *err = partial;
    return rc ? rc : partial.code;
}

/* Whoever deleted the version, or what was to be one, has removed the record. */
static bool is_cancelled(const struct doing *doing)
{
    struct err ignored = {0};
    bool ours = true;

    return !doing->done && !doing->work.error &&
           work_is_of(doing->store, doing->ref, doing->lock, &ours, &ignored) == 0 && !ours;
}

static int do_work(struct store *store, const struct reference *ref, int lock, struct err *err)
{
    struct doing doing = {.store = store, .ref = ref, .lock = lock};
    bool exists = false;
    int rc = resource_exists(store, ref, REFERENCE_VERSION, &exists, err);

    if (rc == 0)
        rc = advise(store, ref, work_read_locked(ref, lock, &doing.work, err), err);
    ops_begin_as(store, ACTION_VERSION_WRITE, ref, doing.work.correlation_id);
    /* It can say no more than that copies are wanted. */
    if ((rc == E_CORRUPT || rc == E_DENIED) && exists)
        rc = 0;
    text_replace(&doing.work.error, NULL); /* this is another try */
    text_replace(&doing.work.hint, NULL);
    if (rc == 0 && !exists && doing.work.kind == WORK_PUBLISH)
        rc = make(&doing, err);
    if (rc == 0 || rc == E_PARTIAL)
        rc = copy_all(&doing, rc, err);
    if (rc && rc != E_PARTIAL && is_cancelled(&doing))
        rc = 0;
    shape_done(&work_shape, &doing.work);
    shape_done(&version_shape, &doing.version);
    return ops_end_copies(store, rc, err);
}

static void do_apart(const struct context *outer, const struct reference *ref, int lock)
{
    const struct context context = {
        .store_path = outer->store_path,
        .lock_wait_ms = -1,
        .threads = outer->threads,
        .temporary = outer->temporary,
        .user = outer->user,
        .now = outer->now,
        .ticks = outer->ticks,
        .random = outer->random,
    };
    struct store *store = NULL;
    struct err err = {0};

    if (gal_open(&context, GAL_CHANGE, &store, &err) == 0)
        do_work(store, ref, lock, &err);
    gal_close(store);
    process_end();
}

int ops_work_run(struct store *store, const struct reference *ref, int wait_ms, struct err *err)
{
    int lock = FILE_NONE;
    int rc = work_lock(store, ref, wait_ms, &lock, err);

    if (rc)
        return rc == E_NOT_FOUND ? 0 : rc;
    rc = do_work(store, ref, lock, err); /* not found may be what it is made of */
    file_close(&lock);
    return rc;
}

void ops_work_resume(struct store *store, const struct reference *ref)
{
    struct err ignored = {0};
    struct work work = {0};

    /* A store that is read only must not be changed when it is of a newer release. */
    if (store->info.required_features.count > 0 || work_is_held(store, ref))
        return;
    if (ops_work_read(store, ref, &work, &ignored) == 0 && !work.error)
        ops_work_run(store, ref, 0, &ignored);
    shape_done(&work_shape, &work);
}

int ops_work_give_way(const struct store *store, const struct reference *ref, struct err *err)
{
    struct work recorded = {0};
    int rc = ops_work_read(store, ref, &recorded, err);

    if (rc == 0 && recorded.error) {
        rc = work_remove(store, ref, err);
    } else if (rc == 0) {
        err_set(err, E_CONFLICT, "another process was asked to create it meanwhile");
        rc = err_hint(err, "run the command again to see whether it is the same");
    }
    shape_done(&work_shape, &recorded);
    return rc == E_NOT_FOUND ? 0 : rc;
}

int ops_work_join(struct store *store, const struct version_request *request, bool *ret_joined,
                  struct err *err)
{
    struct work recorded = {0}, asked = {0};
    bool exists = false;
    int rc = work_exists(store, &request->ref, &exists, err);

    if (rc || !exists)
        return rc;
    rc = ops_work_read(store, &request->ref, &recorded, err);
    /* What has failed gives way when the version is there: until then it can be tried again. */
    if (rc == 0 && !recorded.error &&
        (ops_work_of(store, request, &asked, err) || !work_same(&recorded, &asked)))
        rc = refuse_other(&request->ref, err);
    else if (rc == 0 && !recorded.error)
        rc = ops_work_run(store, &request->ref, store->outside.lock_wait_ms, err);
    if (rc == 0 && !recorded.error)
        rc = resource_exists(store, &request->ref, REFERENCE_VERSION, ret_joined, err);
    shape_done(&work_shape, &recorded);
    shape_done(&work_shape, &asked);
    return rc == E_NOT_FOUND || rc == E_PARTIAL ? 0 : rc;
}

/* --- what is seen of it --- */

void ops_work_explain(const struct store *store, const struct reference *ref, struct err *err)
{
    struct err ignored = {0};
    struct work work = {0};

    if (ops_work_read(store, ref, &work, &ignored))
        return;
    if (work.error) {
        err_set(err, E_NOT_FOUND, "image version '%s' could not be created: %s", work.image_version,
                work.error);
        err_hint(err, "%s", work.hint ? work.hint : "create it anew, or delete it");
    } else {
        err_set(err, E_NOT_FOUND, "image version '%s' is still being created", work.image_version);
        err_hint(err, "'sig image-version wait %s --created' waits for it", work.image_version);
    }
    shape_done(&work_shape, &work);
}

void ops_work_mark(const struct work *work, struct version *version)
{
    version->provisioning_state = work->error                  ? STATE_FAILED
                                  : work->kind == WORK_PUBLISH ? STATE_CREATING
                                                               : STATE_UPDATING;
    if (!work->error)
        return;
    version->replication_status.aggregated_state = AGGREGATED_FAILED;
    text_replace(&version->replication_status.details, work->error);
}

void ops_work_view(const struct store *store, const struct gallery *gallery,
                   const struct definition *definition, const struct work *work,
                   struct version *ret)
{
    const char *const slash = strrchr(work->image_version, '/');

    shape_copy(&version_shape, ret, &work->values);
    text_replace(&ret->name, slash + 1);
    version_defaults(&store->regions, ret, definition->location);
    ops_view_version(store, gallery, definition, ret);
    ops_work_mark(work, ret);
}
