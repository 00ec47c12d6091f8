/* What of a replica directory is damaged or missing. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "ops/repair_patient.h"
#include "os/dir.h"
#include "os/file.h"
#include "replica/verify.h"

char *patient_path(const struct patient *patient, const char *directory, const char *file)
{
    return text_printf("%s/%s%s", patient->path, directory, file);
}

char *patient_path_of_blob(const struct patient *patient, const struct blob_name *name)
{
    char file[BLOB_FILE_NAME];

    blob_file_name(name, file);
    return patient_path(patient, "blobs/", file);
}

char *patient_path_of_map(const struct patient *patient, const struct disk_digest *digest)
{
    char text[DISK_DIGEST_TEXT];
    char *const bare = (disk_digest_text(digest, text), patient_path(patient, "disks/", text));
    char *const path = text_printf("%s.disk", bare);

    free(bare);
    return path;
}

void patient_trouble(const struct patient *patient, const char *doing, struct err *why)
{
    err_wrap(why, "cannot %s replica '%s'", doing, patient->marked->label);
    repair_tell_trouble(patient->repairing, patient->path, why, NULL);
}

/* --- what is wrong --- */

bool patient_is_damage(int code)
{
    /* E_FAILED is what a disk says that cannot be read. */
    return code == E_CORRUPT || code == E_NOT_FOUND || code == E_FAILED || code == E_DENIED;
}

static void add_bad(struct patient *patient, const struct blob_name *name, const struct err *why)
{
    patient->denied |= why->code == E_DENIED && why->os;
    if (!blob_names_have(&patient->bad, name))
        *VEC_ADD(&patient->bad) = *name;
}

struct checking {
    struct patient *patient;
    const struct disk_digest *digest;
};

static void note_fault(void *user, const struct blob_name *blob, const struct err *why)
{
    const struct checking *const checking = user;
    struct patient *const patient = checking->patient;

    if (blob) {
        add_bad(patient, blob, why);
        return;
    }
    patient->denied |= why->code == E_DENIED && why->os;
    *VEC_ADD(&patient->maps) = *checking->digest;
}

bool patient_has_bad_map(const struct patient *patient, const struct disk_digest *digest)
{
    for (size_t i = 0; i < patient->maps.count; i++)
        if (memcmp(&patient->maps.items[i], digest, sizeof *digest) == 0)
            return true;
    return false;
}

void patient_forget_map(struct patient *patient, const struct disk_digest *digest)
{
    size_t kept = 0;

    for (size_t i = 0; i < patient->maps.count; i++)
        if (memcmp(&patient->maps.items[i], digest, sizeof *digest) != 0)
            patient->maps.items[kept++] = patient->maps.items[i];
    patient->maps.count = kept;
}

bool patient_add_blobs(const struct patient *patient, const struct disk_digest *digest,
                       struct blob_names *ret)
{
    struct err ignored = {0};
    struct disk *disk = NULL;

    if (disk_open(patient->replica.dir, digest, &disk, &ignored))
        return false;
    for (size_t i = 0; i < disk_blob_count(disk); i++)
        if (!blob_names_have(ret, &disk_blob(disk, i)->name))
            *VEC_ADD(ret) = disk_blob(disk, i)->name;
    disk_close(disk);
    return true;
}

bool patient_wants(const struct patient *patient, const struct disk_digest *digest)
{
    const struct mark *const mark = marks_find(patient->marked, digest);
    struct err ignored = {0};
    char *file;
    struct file_info info;
    bool there = false;

    if (mark && marks_disk_done(patient->marked, mark))
        return true;
    file =
        patient_path_of_map(patient, digest); /* to be copied, or left by a copy that was killed */
    if (patient->replica.dir == FILE_NONE ||
        file_look(patient->replica.dir, file + strlen(patient->path) + 1, &there, &info, &ignored))
        there = false;
    free(file);
    return mark && there;
}

static void check_disk(struct patient *patient, const struct disk_digest *digest,
                       struct blob_names *blobs)
{
    struct checking checking = {patient, digest};
    const struct verify_faults faults = {.fault = note_fault, .user = &checking};

    if (!patient_wants(patient, digest))
        return;
    patient->repairing->disks_seen++;
    if (patient->absent) {
        *VEC_ADD(&patient->maps) = *digest;
        return;
    }
    verify_disk(&patient->replica, digest, &faults);
    if (!patient_add_blobs(patient, digest, blobs) && !patient_has_bad_map(patient, digest))
        *VEC_ADD(&patient->maps) = *digest;
}

static void count_read(void *user, uint64_t bytes)
{
    struct patient *const patient = user;
    struct repairing *const repairing = patient->repairing;

    repairing->bytes_read += bytes;
    ops_progress(repairing->store, "repair", patient->marked->label, repairing->bytes_read, 0,
                 false);
}

static void check_blob(struct patient *patient, const struct blob_name *name)
{
    struct repairing *const repairing = patient->repairing;
    const struct verify_job job = {
        .replica = &patient->replica,
        .pool = ops_pool(repairing->store),
        .now = store_now(repairing->store),
        .progress = count_read,
        .user = patient,
    };
    struct err why = {0};
    uint64_t ignored;
    int rc;

    if (blob_names_have(&patient->bad, name) || blob_names_have(&patient->seen, name))
        return;
    *VEC_ADD(&patient->seen) = *name;
    rc = repairing->plan ? verify_blob_only(&job, name, &ignored, &why)
                         : verify_blob(&job, name, &why);
    if (rc == 0)
        repairing->blobs_seen++;
    else if (patient_is_damage(rc))
        add_bad(patient, name, &why);
    else
        patient_trouble(patient, "read", &why);
}

static void check_queued(struct patient *patient, const char *file, struct blob_names *blobs)
{
    const char *const name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    struct disk_digest digest;
    struct blob_name blob;

    if (blob_name_parse(name, &blob) && !blob_names_have(blobs, &blob))
        *VEC_ADD(blobs) = blob;
    else if (disk_file_parse(name, &digest))
        check_disk(patient, &digest, blobs);
}

int patient_check(struct patient *patient, struct err *err)
{
    const struct repairing *const repairing = patient->repairing;
    const struct marked_replica *const wanted =
        repairing->queued ? NULL : marks_of(&repairing->wanted, &patient->marked->place);
    const struct mark *const end = wanted ? wanted->items + wanted->count : NULL;
    struct blob_names blobs = {0};

    for (const struct mark *mark = wanted ? wanted->items : NULL; mark && mark < end;
         mark = marks_next_disk(wanted, mark))
        check_disk(patient, &mark->digest, &blobs);
    for (size_t i = 0; repairing->queued && i < repairing->queue.count; i++)
        if (text_equal(repairing->queue.items[i].note.replica, patient->marked->label))
            check_queued(patient, repairing->queue.items[i].note.file, &blobs);
    for (size_t i = 0; !patient->absent && i < blobs.count; i++)
        check_blob(patient, &blobs.items[i]);
    free(blobs.items);
    return patient->maps.count == 0 || patient->absent
               ? 0
               : dir_list(patient->replica.blobs, ".", &patient->unseen, err);
}

static bool was_there(const struct patient *patient, const struct blob_name *name)
{
    char file[BLOB_FILE_NAME];
    bool found = false;

    blob_file_name(name, file);
    for (size_t i = 0; i < patient->unseen.count; i++)
        found |= text_equal(patient->unseen.items[i], file);
    return found;
}

/* What was brought with the map was read back then. */
void patient_check_named(struct patient *patient, const struct disk_digest *digest)
{
    struct blob_names blobs = {0};
    struct err why = {0};

    if (!patient_add_blobs(patient, digest, &blobs)) {
        err_set(&why, E_FAILED, "a map that was made anew cannot be read");
        patient_trouble(patient, "read", &why);
    }
    for (size_t i = 0; i < blobs.count; i++)
        if (was_there(patient, &blobs.items[i]))
            check_blob(patient, &blobs.items[i]);
    free(blobs.items);
}
