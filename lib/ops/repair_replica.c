/* Repairing one replica directory: what takes the place of what is damaged or missing. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "blob/index.h"
#include "ops/repair_patient.h"
#include "os/dir.h"
#include "os/file.h"
#include "replica/quarantine.h"
#include "replica/raw.h"
#include "replica/raw_file.h"
#include "replica/verify.h"
#include "store/layout.h"

/* --- raw files, of a storage type that keeps them --- */

static int mend_raw(struct patient *patient, const struct disk_digest *digest, struct err *err)
{
    struct repairing *const repairing = patient->repairing;
    const struct verify_job job = {
        .replica = &patient->replica,
        .pool = ops_pool(repairing->store),
        .now = repairing->plan ? 0 : store_now(repairing->store),
    };
    char name[RAW_FILE_NAME];
    char *file, *path;
    int rc = raw_verify(&job, digest, err);

    if (rc == 0 || !patient_is_damage(rc))
        return rc;
    raw_file_name(digest, name);
    file = text_printf("disks/%s", name);
    path = patient_path(patient, "", file);
    rc = repairing->plan ? 0 : quarantine_keep(&patient->replica, file, err);
    if (rc == 0 && !repairing->plan)
        rc = raw_make(&job, digest, true, repairing->store->outside.lock_wait_ms, err);
    if (rc == 0)
        repair_tell_act(repairing, path, patient->marked->label, NULL);
    free(path);
    free(file);
    return rc;
}

/* Whether a reader has met it damaged. */
static bool is_queued_raw(const struct patient *patient, const struct disk_digest *digest)
{
    const struct repairing *const repairing = patient->repairing;
    char name[RAW_FILE_NAME];

    raw_file_name(digest, name);
    for (size_t i = 0; i < repairing->queue.count; i++) {
        const struct repair_note *const note = &repairing->queue.items[i].note;

        if (text_equal(note->replica, patient->marked->label) &&
            text_starts(note->file, "disks/") && text_equal(note->file + strlen("disks/"), name))
            return true;
    }
    return false;
}

/* Of disks that are whole, or are so again. */
static int mend_raws(struct patient *patient, struct err *err)
{
    const struct marked_replica *const marked = patient->marked;
    const struct marked_replica *const wanted =
        marks_of(&patient->repairing->wanted, &marked->place);
    int rc = 0;

    if (marked->place.type != STORAGE_PREMIUM_LRS || patient->absent)
        return 0;
    for (const struct mark *mark = marked->items; rc == 0 && mark < marked->items + marked->count;
         mark = marks_next_disk(marked, mark))
        if (wanted && marks_find(wanted, &mark->digest) &&
            (!patient->repairing->queued || is_queued_raw(patient, &mark->digest)) &&
            patient_wants(patient, &mark->digest) && !patient_is_ill(patient, &mark->digest))
            rc = mend_raw(patient, &mark->digest, err);
    return rc;
}

/* --- the index --- */

static bool is_bad_index(const struct patient *patient, const char *name)
{
    struct err why = {0};
    int64_t number;

    return text_starts(name, "index.") && number_parse(name + strlen("index."), &number) &&
           number >= 1 && number <= UINT32_MAX &&
           index_check(patient->replica.dir, (uint32_t)number, &why) && why.code != E_NOT_FOUND;
}

static int make_index(const struct patient *patient, struct err *err)
{
    struct index *index = NULL;
    int rc = index_open(patient->replica.dir, &index, err);

    if (rc == 0)
        rc = index_save(index, err);
    index_close(index);
    return rc;
}

static int mend_index(struct patient *patient, struct err *err)
{
    struct repairing *const repairing = patient->repairing;
    struct texts names = {0};
    bool any = false;
    int rc = dir_list(patient->replica.dir, ".", &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        char *path;

        if (!is_bad_index(patient, names.items[i]))
            continue;
        any = true;
        if (!repairing->plan)
            rc = quarantine_move(&patient->replica, names.items[i], err);
        path = patient_path(patient, "", names.items[i]);
        if (rc == 0)
            repair_tell_act(repairing, path, patient->marked->label, NULL);
        free(path);
    }
    texts_done(&names);
    return rc == 0 && any && !repairing->plan ? make_index(patient, err) : rc;
}

/* --- what is of no use any more --- */

static bool is_named(const struct replica *replica, const struct blob_name *name,
                     const struct texts *maps)
{
    for (size_t i = 0; i < maps->count; i++) {
        struct err ignored = {0};
        struct disk_digest digest;
        struct disk *disk = NULL;
        bool named = false;

        if (!disk_file_parse(maps->items[i], &digest))
            continue;
        if (disk_open(replica->dir, &digest, &disk, &ignored))
            return true; /* it may be */
        for (size_t b = 0; b < disk_blob_count(disk); b++)
            named |= memcmp(&disk_blob(disk, b)->name, name, sizeof *name) == 0;
        disk_close(disk);
        if (named)
            return true;
    }
    return false;
}

/* The caller has the replica for himself: whoever publishes may be about to name one. */
static int set_aside(const struct patient *patient, const struct replica *replica, struct err *err)
{
    struct texts maps = {0};
    int rc = dir_list(replica->disks, ".", &maps, err);

    for (size_t i = 0; rc == 0 && i < patient->bad.count; i++) {
        char file[BLOB_FILE_NAME];
        char *path;

        if (is_named(replica, &patient->bad.items[i], &maps))
            continue;
        blob_file_name(&patient->bad.items[i], file);
        path = text_printf("blobs/%s", file);
        rc = quarantine_move(replica, path, err);
        free(path);
    }
    texts_done(&maps);
    return rc;
}

/* What nobody needs any more and is left where it is does no harm: a sweep removes it. */
static void set_aside_rest(struct patient *patient)
{
    struct store *const store = patient->repairing->store;
    struct replica alone = REPLICA_NONE;
    struct err ignored = {0};
    int dir = FILE_NONE;

    if (patient->bad.count == 0 || patient->repairing->plan)
        return;
    replica_close(&patient->replica);
    if (replica_dir_open(store, &patient->marked->place, false, &dir, &ignored) == 0 &&
        replica_open_alone(dir, patient->marked->label, 0, &alone, &ignored) == 0)
        set_aside(patient, &alone, &ignored);
    replica_close(&alone);
}

/* --- the whole --- */

static bool is_anything_wanted(struct patient *patient)
{
    const struct repairing *const repairing = patient->repairing;
    const struct marked_replica *const wanted =
        marks_of(&repairing->wanted, &patient->marked->place);

    for (size_t i = 0; repairing->queued && i < repairing->queue.count; i++)
        if (text_equal(repairing->queue.items[i].note.replica, patient->marked->label))
            return true;
    for (size_t i = 0; !repairing->queued && wanted && i < wanted->count; i++)
        if (patient_wants(patient, &wanted->items[i].digest))
            return true;
    return false;
}

static void tell_claim(struct patient *patient)
{
    struct buf path = {0};

    layout_add_claim(&path, &patient->marked->place);
    repair_tell_act(patient->repairing, buf_text(&path), patient->marked->label, NULL);
    buf_done(&path);
}

/* Open it, and make what is not there. */
static int open_replica(struct patient *patient, struct err *err)
{
    struct repairing *const repairing = patient->repairing;
    const struct replica_place *const place = &patient->marked->place;
    bool claimed = true;
    int dir = FILE_NONE;
    int rc = replica_dir_open(repairing->store, place, false, &dir, err);

    if (rc == E_CORRUPT) {
        rc = patient_sign(patient, err);
        if (rc == 0 && repairing->plan)
            return 0;
    }
    patient->absent = rc == E_NOT_FOUND;
    if (rc == 0)
        rc = replica_dir_is_claimed(repairing->store, place, &claimed, err);
    file_close(&dir);
    if (rc && rc != E_NOT_FOUND)
        return rc;
    if (patient->absent)
        repair_tell_act(repairing, patient->path, patient->marked->label, NULL);
    if (!claimed)
        tell_claim(patient);
    if (repairing->plan && patient->absent)
        return 0;
    rc = replica_dir_open(repairing->store, place, !repairing->plan, &dir, err);
    if (rc == 0)
        rc = replica_open(dir, patient->marked->label, !repairing->plan,
                          repairing->store->outside.lock_wait_ms, &patient->replica, err);
    if (rc == 0)
        patient->absent = false;
    return rc;
}

static int repair(struct patient *patient, struct err *err)
{
    int rc = patient_check(patient, err);

    if (rc == 0)
        rc = patient_mend(patient, err);
    if (rc == 0)
        rc = mend_raws(patient, err);
    if (rc == 0 && !patient->absent)
        rc = mend_index(patient, err);
    if (rc == 0)
        set_aside_rest(patient);
    return rc;
}

void repair_replica(struct repairing *repairing, const struct marked_replica *marked)
{
    struct patient patient = {.repairing = repairing, .marked = marked, .replica = REPLICA_NONE};
    struct buf path = {0};
    struct err why = {0};
    int rc;

    if (replica_dir_path(repairing->store, &marked->place, &patient.path, &why)) {
        layout_add_replica(&path, &marked->place);
        patient.path = buf_take(&path);
    }
    if (is_anything_wanted(&patient)) {
        repairing->replicas_seen++;
        rc = open_replica(&patient, &why);
        if (rc == 0)
            rc = repair(&patient, &why);
        if (rc)
            patient_trouble(&patient, "repair", &why);
    }
    replica_close(&patient.replica);
    free(patient.bad.items);
    free(patient.planned.items);
    free(patient.seen.items);
    texts_done(&patient.unseen);
    free(patient.maps.items);
    free(patient.path);
}
