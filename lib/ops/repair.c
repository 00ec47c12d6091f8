/* Repairing: reading back what is to be there, and putting right what is not, replica by replica.
 * All replicas of the store are opened before: any may have what another one has lost. */
#include "ops/repair.h"

#include <stdlib.h>

#include "base/text.h"
#include "intake/open.h"
#include "ops/disk.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/repairs.h"
#include "store/status.h"
#include "store/work.h"

static bool is_set(const struct opt_bool *flag)
{
    return flag->set && flag->value;
}

/* --- manifests --- */

static void tell_damaged(void *user, const struct reference *ref, enum reference_depth depth,
                         const struct err *why)
{
    struct buf path = {0};

    if (depth == REFERENCE_NONE)
        buf_add_text(&path, LAYOUT_GALLERIES);
    else
        layout_add_resource(&path, ref, depth);
    repair_tell_trouble(user, buf_text(&path), why,
                        ref->soft_deleted.value
                            ? "restore it from a backup, no copy is kept; or 'sig image-version "
                              "purge' removes the version for good"
                        : depth == REFERENCE_VERSION
                            ? "restore it from a backup, no copy is kept; or delete the version "
                              "and publish it again"
                            : "restore it from a backup, no copy is kept");
    buf_done(&path);
}

/* What is damaged was told, or is none of our business; but what fails says nothing of what is
 * there. */
static void tell_failed(void *user, const struct reference *ref, enum reference_depth depth,
                        const struct err *why)
{
    const struct repairing *const repairing = user;

    if (why->code != E_CORRUPT && why->code != E_NOT_FOUND &&
        (why->code != E_DENIED || repairing->whole))
        tell_damaged(user, ref, depth, why);
}

/* What is asked for, of which damage is told; and everything, as disks share blobs, and how far
 * the copies were. */
static int read_marks(struct repairing *repairing, const struct reference *ref, struct err *err)
{
    const struct reference all = {0};
    const struct marks_request wanted = {.ref = ref, .damaged = tell_damaged, .user = repairing};
    const struct marks_request whole = {
        .ref = &all, .states = true, .damaged = tell_failed, .user = repairing};
    int rc = marks_read(repairing->store, &wanted, &repairing->wanted, err);

    return rc ? rc : marks_read(repairing->store, &whole, &repairing->marks, err);
}

/* --- where copies may be --- */

static int open_source_replica(void *user, const struct replica_place *place, struct err *err)
{
    struct repairing *const repairing = user;
    struct replica replica = REPLICA_NONE;
    struct err ignored = {0};
    char *const label = replica_dir_label(place);
    int dir = FILE_NONE;

    (void)err;
    if (replica_dir_open(repairing->store, place, false, &dir, &ignored) == 0 &&
        replica_open(dir, label, false, 0, &replica, &ignored) == 0) {
        repairing->replicas =
            vec_grow(repairing->replicas, repairing->replica_count, sizeof *repairing->replicas);
        repairing->replicas[repairing->replica_count++] = replica;
    } else {
        replica_close(&replica);
    }
    free(label);
    return 0;
}

static int check_source(const struct repairing *repairing, struct err *err)
{
    if (!source_is_stream(repairing->source))
        return 0;
    err_set(err, E_INVALID, "disk image '%s' can only be read from front to back",
            source_name(repairing->source));
    return err_hint(err, "unpack it, or save it to a file, first");
}

/* The disk image that was given, and what it is to be. */
static int open_source(struct repairing *repairing, const struct reference *ref,
                       enum reference_depth depth, struct err *err)
{
    const struct repair_request *const request = repairing->request;
    struct store *const store = repairing->store;
    const struct source_request wanted = {
        .path = request->from,
        .format = (enum source_format)request->source_format,
        .limit = DISK_SIZE_MAX,
        .temporary = store->context->temporary,
        .threads = pool_threads(ops_pool(store)),
    };
    struct version_disks disks = {0};
    const struct disk_image *image;
    int rc;

    if (depth != REFERENCE_VERSION)
        return err_set(err, E_USAGE, "--from is about a disk of one image version: name that");
    rc = version_disks_open(&disks, store, ref, NULL, err);
    if (rc == 0)
        rc = version_disks_find(&disks, &request->data_disk, &image, err);
    if (rc == 0 && !disk_digest_parse(image->disk_digest, &repairing->source_digest))
        rc = err_set(err, E_CORRUPT, "the manifest names no disk digest");
    if (rc == 0)
        rc = source_open(&wanted, &repairing->source, err);
    if (rc == 0)
        rc = check_source(repairing, err);
    if (rc == 0)
        repairing->cursor = source_cursor_new(repairing->source);
    version_disks_done(&disks);
    return rc;
}

/* --- the states of regions --- */

/* Without a state nobody knows what a region was to have: unless it is yet to be copied. */
static int is_state_lost(const struct repairing *repairing, const struct reference *ref,
                         const char *region, bool *ret, struct err *err)
{
    struct region_status status = {0};
    bool pending = false;
    int rc = status_load(repairing->store, ref, region, &status, err);

    shape_done(&region_status_shape, &status);
    *ret = rc == E_CORRUPT || rc == E_NOT_FOUND;
    if (!*ret)
        return rc;
    rc = rc == E_CORRUPT ? 0 : work_exists(repairing->store, ref, &pending, err);
    *ret = !pending;
    return rc;
}

static void tell_state(struct repairing *repairing, const struct reference *ref, const char *region)
{
    struct buf path = {0};

    layout_add_resource(&path, ref, REFERENCE_VERSION);
    buf_printf(&path, "/" LAYOUT_REPLICATION "/%s.json", region);
    repair_tell_act(repairing, buf_text(&path), NULL, NULL);
    buf_done(&path);
}

/* What is there is found out from the replicas, and written down. */
static int mend_states_of(struct repairing *repairing, const struct reference *ref, struct err *err)
{
    struct version version = {0};
    struct texts lost = {0};
    const struct replicate_job job = {.ref = ref, .version = &version, .regions = &lost};
    int rc = ops_read_version(repairing->store, ref, &version, err);

    if (rc)
        return rc;
    version_fill_regions(&version);
    for (size_t i = 0; rc == 0 && i < version.publishing_profile.target_regions.count; i++) {
        const char *const region = version.publishing_profile.target_regions.items[i].name;
        bool is_lost = false;

        rc = is_state_lost(repairing, ref, region, &is_lost, err);
        if (rc || !is_lost)
            continue;
        texts_add(&lost, region);
        tell_state(repairing, ref, region);
    }
    if (rc == 0 && lost.count > 0 && !repairing->plan)
        rc = ops_replicate(repairing->store, &job, err);
    texts_done(&lost);
    shape_done(&version_shape, &version);
    return rc;
}

static void mend_states(struct repairing *repairing)
{
    for (size_t i = 0; i < repairing->wanted.names.count; i++) {
        const char *const name = repairing->wanted.names.items[i];
        struct reference ref = {0};
        struct err why = {0};
        int rc = reference_parse(name, &ref, &why);

        if (rc == 0)
            rc = mend_states_of(repairing, &ref, &why);
        if (rc && rc != E_NOT_FOUND) {
            struct buf path = {0};

            layout_add_resource(&path, &ref, REFERENCE_VERSION);
            repair_tell_trouble(repairing, buf_text(&path), &why, NULL);
            buf_done(&path);
        }
        shape_done(&reference_shape, &ref);
    }
}

/* --- the queue --- */

static int add_queued(void *user, const char *path, const struct repair_note *note, struct err *err)
{
    struct repairing *const repairing = user;
    struct queued_repair *const queued = VEC_ADD(&repairing->queue);

    (void)err;
    queued->path = text_copy(path);
    queued->note.replica = text_copy(note->replica ? note->replica : "");
    queued->note.file = text_copy(note->file ? note->file : "");
    return 0;
}

/* Whether the replica could be looked at. */
static bool is_looked_at(const struct repairing *repairing, const char *replica)
{
    const struct repair_troubles *const troubles = &repairing->repair->troubles;
    char *const path = text_printf(LAYOUT_REGIONS "/%s", replica);
    bool trouble = false;

    for (size_t i = 0; i < troubles->count; i++)
        trouble |= text_equal(troubles->items[i].path, path);
    free(path);
    return !trouble;
}

/* What is lost stays so: the result says it, and a record would have it looked for again and again.
 */
static int drop_queue(struct repairing *repairing, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && !repairing->plan && i < repairing->queue.count; i++)
        if (is_looked_at(repairing, repairing->queue.items[i].note.replica))
            rc = repairs_remove(repairing->store, repairing->queue.items[i].path, err);
    return rc;
}

/* --- the verb --- */

static void repairing_done(struct repairing *repairing)
{
    for (size_t i = 0; i < repairing->queue.count; i++) {
        free(repairing->queue.items[i].path);
        shape_done(&repair_note_shape, &repairing->queue.items[i].note);
    }
    free(repairing->queue.items);
    for (size_t i = 0; i < repairing->replica_count; i++)
        replica_close(&repairing->replicas[i]);
    free(repairing->replicas);
    source_cursor_free(repairing->cursor);
    source_close(repairing->source);
    marks_done(&repairing->wanted);
    marks_done(&repairing->marks);
}

static int run(struct repairing *repairing, const struct reference *ref, struct err *err)
{
    int rc = repairs_each(repairing->store, add_queued, repairing, err);

    if (rc == 0)
        rc = read_marks(repairing, ref, err);
    if (rc == 0)
        rc = replica_dir_each(repairing->store, open_source_replica, repairing, err);
    for (size_t i = 0; rc == 0 && i < repairing->marks.count; i++)
        repair_replica(repairing, &repairing->marks.items[i]);
    if (rc == 0 && !repairing->queued)
        mend_states(repairing);
    return rc;
}

/* Records are taken up by whoever looks at what they name, so not by a repair of a part. */
static int run_and_settle(struct repairing *repairing, const struct reference *ref,
                          enum reference_depth depth, struct err *err)
{
    int rc;

    repairing->whole = depth == REFERENCE_NONE;
    rc = run(repairing, ref, err);
    if (rc == 0 && (repairing->queued || repairing->whole))
        rc = drop_queue(repairing, err);
    repair_settle(repairing);
    return rc;
}

/* A plan changes nothing. */
static int end_repair(const struct repairing *repairing, int rc, struct err *err)
{
    const struct repair *const repair = repairing->repair;

    if (repairing->plan)
        return activity_end(repairing->store, 0, NULL, NULL), rc;
    for (size_t i = 0; i < repair->acts.count; i++)
        activity_add_bytes(repairing->store, (uint64_t)repair->acts.items[i].bytes.value);
    if (repair->acts.count > 0)
        activity_note(repairing->store);
    return ops_end(repairing->store, rc, err);
}

int gal_repair(struct store *store, const struct repair_request *request, struct repair *ret,
               struct err *err)
{
    struct repair repair = {0};
    struct repairing repairing = {
        .store = store,
        .request = request,
        .plan = is_set(&request->plan),
        .queued = is_set(&request->queued),
        .repair = &repair,
    };
    struct reference ref = ops_reference(&request->ref);
    enum reference_depth depth = REFERENCE_NONE;
    int rc;

    ops_begin_service(store, "repair", &ref);
    rc = ops_authorise(store, ACTION_VERSION_WRITE, &ref, err);
    if (rc == 0)
        rc = ops_find_part(store, &ref, &depth, err);
    if (rc == 0 && request->from)
        rc = open_source(&repairing, &ref, depth, err);
    if (rc == 0)
        rc = run_and_settle(&repairing, &ref, depth, err);
    repairing_done(&repairing);
    shape_done(&reference_shape, &ref);
    if (rc && rc != E_USAGE)
        err_wrap(err, "cannot repair");
    rc = end_repair(&repairing, rc, err);
    if (rc == 0)
        *ret = repair;
    else
        shape_done(&repair_shape, &repair);
    return rc;
}

/* --- beside other work --- */

static int is_queued(void *user, const char *path, const struct repair_note *note, struct err *err)
{
    bool *const any = user;

    (void)path;
    (void)note;
    (void)err;
    *any = true;
    return 0;
}

static void tell(const struct store *store, const struct repair *repair)
{
    for (size_t i = 0; i < repair->acts.count; i++)
        store_notice(store, "repaired '%s'", repair->acts.items[i].path);
    for (size_t i = 0; i < repair->losses.count; i++)
        store_notice(store, "disk '%s' of image version '%s' has lost %lld bytes",
                     repair->losses.items[i].disk, repair->losses.items[i].version,
                     (long long)repair->losses.items[i].bytes.value);
    for (size_t i = 0; i < repair->troubles.count; i++)
        store_notice(store, "%s", repair->troubles.items[i].text);
}

int ops_repair_queued(struct store *store, struct err *err)
{
    const struct repair_request request = {.queued = {.set = true, .value = true}};
    struct repair repair = {0};
    bool any = false;
    int rc = repairs_each(store, is_queued, &any, err);

    if (rc || !any)
        return rc;
    rc = gal_repair(store, &request, &repair, err);
    if (rc == 0) {
        tell(store, &repair);
        if (!repair.sound.value) {
            rc = err_set(err, E_CORRUPT, "not all of what is damaged can be repaired");
            err_hint(err, "'sig repair' says what is lost, and what would help");
        }
    }
    shape_done(&repair_shape, &repair);
    return rc;
}
