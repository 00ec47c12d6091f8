/* The blobs and disks of a replica directory, from whatever has them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "blob/index.h"
#include "ops/repair_patient.h"
#include "os/file.h"
#include "replica/copy.h"
#include "replica/copy_plan.h"
#include "replica/quarantine.h"

enum { LEVEL = 1 }; /* of new frames, as publishing has it */

/* --- blobs --- */

static bool give(void *user, uint64_t block, void *bytes)
{
    struct repairing *const repairing = user;
    const uint64_t size = source_size(repairing->source);
    const uint64_t offset = block * BLOCK_SIZE;
    struct err ignored = {0};
    uint64_t length;

    if (offset >= size)
        return false;
    length = number_smaller(BLOCK_SIZE, size - offset);
    memset((char *)bytes + length, 0, (size_t)(BLOCK_SIZE - length));
    return source_read(repairing->cursor, bytes, (size_t)length, offset, &ignored) == 0;
}

/* As publishing to the gallery of the first version would. */
static enum codec codec_of(const struct patient *patient)
{
    struct gallery gallery = {0};
    struct reference ref = {0};
    struct err ignored = {0};
    enum codec codec = CODEC_ZSTD;

    if (reference_parse(patient->marked->items[0].version, &ref, &ignored) == 0 &&
        ops_read_gallery(patient->repairing->store, &ref, &gallery, &ignored) == 0)
        codec = (enum codec)(gallery.compression - COMPRESSION_NONE);
    shape_done(&gallery_shape, &gallery);
    shape_done(&reference_shape, &ref);
    return codec;
}

static struct mend_job job_of(struct patient *patient, const struct disk_digest *digest)
{
    struct repairing *const repairing = patient->repairing;
    const bool given = repairing->source && digest &&
                       memcmp(digest, &repairing->source_digest, sizeof *digest) == 0;

    return (struct mend_job){
        .to = patient->absent ? NULL : &patient->replica,
        .others = repairing->replicas,
        .count = repairing->replica_count,
        .pool = ops_pool(repairing->store),
        .codec = codec_of(patient),
        .level = LEVEL,
        .now = store_now(repairing->store),
        .shunned = &patient->bad,
        .plan = repairing->plan,
        .given = given ? give : NULL,
        .user = repairing,
    };
}

static int mend_blobs(struct patient *patient, struct err *err)
{
    struct blob_names left = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < patient->bad.count; i++) {
        const struct mend_job job = job_of(patient, NULL);
        struct mend_result mended = {0};
        char *const path = patient_path_of_blob(patient, &patient->bad.items[i]);

        rc = mend_blob(&job, &patient->bad.items[i], &mended, err);
        if (rc == 0)
            repair_tell_act(patient->repairing, path, patient->marked->label, &mended);
        else if (rc == E_CORRUPT || rc == E_NOT_FOUND)
            *VEC_ADD(&left) = patient->bad.items[i];
        if (rc == E_CORRUPT || rc == E_NOT_FOUND)
            rc = 0;
        mend_result_done(&mended);
        free(path);
    }
    free(patient->bad.items);
    patient->bad = left;
    return rc;
}

/* --- disks --- */

bool patient_is_ill(const struct patient *patient, const struct disk_digest *digest)
{
    struct blob_names blobs = {0};
    bool ill = patient_has_bad_map(patient, digest);

    if (!ill && patient->bad.count > 0)
        patient_add_blobs(patient, digest, &blobs);
    for (size_t i = 0; i < blobs.count; i++)
        ill |= blob_names_have(&patient->bad, &blobs.items[i]);
    free(blobs.items);
    return ill;
}

static int copy_from(struct patient *patient, const struct replica *from,
                     const struct disk_digest *digest, struct mend_result *ret, struct err *err)
{
    const struct repairing *const repairing = patient->repairing;
    const struct copy_job job = {
        .from = from,
        .to = &patient->replica,
        .digests = digest,
        .count = 1,
        .shunned = &patient->bad,
        .lock_wait_ms = repairing->store->outside.lock_wait_ms,
        .now = store_now(repairing->store),
        .pool = ops_pool(repairing->store),
    };
    struct copy_result copied = {0};
    const int rc = copy_disks(&job, &copied, err);

    if (rc == 0) {
        ret->bytes = copied.copied_bytes;
        texts_add(&ret->from, from->label);
    }
    return rc;
}

/* Whether replica `number` is another one that has all of the disk. */
static bool is_source(const struct patient *patient, size_t number,
                      const struct disk_digest *digest)
{
    const struct replica *const from = &patient->repairing->replicas[number];
    bool has = false;

    return from->dir != FILE_NONE && !text_equal(from->label, patient->marked->label) &&
           replica_has_disk(from, digest, &has, NULL, NULL) == 0 && has;
}

/* Where a replica has all of it, still compressed. 1: done; 0: none has. */
static int copy_disk(struct patient *patient, const struct disk_digest *digest,
                     struct mend_result *ret, struct err *err)
{
    const struct repairing *const repairing = patient->repairing;
    int rc = E_CORRUPT;

    for (size_t i = 0; rc && i < repairing->replica_count; i++) {
        if (!is_source(patient, i, digest))
            continue;
        rc = copy_from(patient, &repairing->replicas[i], digest, ret, err);
        if (rc && rc != E_CORRUPT && rc != E_NOT_FOUND && rc != E_CHANGED)
            return rc;
    }
    return rc == 0;
}

/* --- the same, planned --- */

/* Disks of one source are counted together: they share blobs. */
static void plan_disk(struct patient *patient, const struct disk_digest *digest,
                      struct mend_result *ret)
{
    const struct repairing *const repairing = patient->repairing;

    for (size_t i = 0; i < repairing->replica_count; i++) {
        if (!is_source(patient, i, digest))
            continue;
        *VEC_ADD(&patient->planned) = (struct planned_disk){
            .digest = *digest, .source = i, .act = repairing->repair->acts.count};
        texts_done(&ret->from);
        texts_add(&ret->from, repairing->replicas[i].label);
        return;
    }
}

static int planned_bytes(const struct patient *patient, size_t source,
                         const struct disk_digest *digests, size_t count, uint64_t *ret,
                         struct err *err)
{
    struct copy_plan plan = {0};
    struct index *index = NULL;
    int rc = patient->absent ? 0 : index_open(patient->replica.dir, &index, err);

    if (rc == 0 && index)
        index_hide(index, &patient->bad);
    if (rc == 0)
        rc = copy_plan_make(&plan, &patient->repairing->replicas[source], index, digests, count,
                            err);
    if (rc == 0)
        *ret = copy_plan_size(&plan);
    copy_plan_done(&plan);
    index_close(index);
    return rc;
}

static int plan_from(struct patient *patient, size_t source, struct err *err)
{
    struct repairing *const repairing = patient->repairing;
    struct disk_digest *const digests = mem_new(patient->planned.count, sizeof *digests);
    size_t count = 0, act = 0;
    uint64_t bytes = 0;
    int rc = 0;

    for (size_t i = 0; i < patient->planned.count; i++) {
        if (patient->planned.items[i].source != source)
            continue;
        digests[count++] = patient->planned.items[i].digest;
        act = patient->planned.items[i].act;
    }
    if (count > 0)
        rc = planned_bytes(patient, source, digests, count, &bytes, err);
    if (rc == 0 && count == 1)
        repairing->repair->acts.items[act].bytes = opt_int_of(bytes);
    if (rc == 0)
        repairing->bytes_written += bytes;
    free(digests);
    return rc;
}

static int plan_copies(struct patient *patient, struct err *err)
{
    int rc = 0;

    for (size_t i = 0;
         rc == 0 && patient->planned.count > 0 && i < patient->repairing->replica_count; i++)
        rc = plan_from(patient, i, err);
    return rc;
}

/* --- from whatever there is --- */

static uint64_t size_of(const struct patient *patient, const struct disk_digest *digest)
{
    const struct mark *const mark = marks_find(patient->marked, digest);
    struct reference ref = {0};
    struct version version = {0};
    struct err ignored = {0};
    char text[DISK_DIGEST_TEXT];
    uint64_t size = 0;

    disk_digest_text(digest, text);
    if (reference_parse(mark->version, &ref, &ignored) == 0 &&
        ops_read_version(patient->repairing->store, &ref, &version, &ignored) == 0) {
        const struct disk_images *const data = &version.storage_profile.data_disk_images;

        size = (uint64_t)version.storage_profile.os_disk_image.size_in_bytes.value;
        for (size_t i = 0; i < data->count; i++)
            if (text_equal(data->items[i].disk_digest, text))
                size = (uint64_t)data->items[i].size_in_bytes.value;
    }
    shape_done(&version_shape, &version);
    shape_done(&reference_shape, &ref);
    return size;
}

static void tell_mended(struct patient *patient, const struct disk_digest *digest,
                        const struct mend_result *mended)
{
    char *const path = patient_path_of_map(patient, digest);

    repair_tell_act(patient->repairing, path, patient->marked->label, mended);
    patient_forget_map(patient, digest);
    free(path);
}

static void tell_lost(struct patient *patient, const struct disk_digest *digest,
                      const struct mend_result *mended)
{
    struct err why = {0};

    if (!patient->denied) {
        repair_tell_loss(patient->repairing, patient->marked, digest, mended);
        return;
    }
    err_set(&why, E_DENIED, "some of replica '%s' may not be read", patient->marked->label);
    repair_tell_trouble(patient->repairing, patient->path, &why,
                        "whether it is sound cannot be told: run it as a user who may read it");
}

/* A disk of which nothing is there any more that could be told to be damaged. */
static int keep_map(struct patient *patient, const struct disk_digest *digest, struct err *err)
{
    char *const path = patient_path_of_map(patient, digest);
    const int rc = quarantine_keep(&patient->replica, path + strlen(patient->path) + 1, err);

    free(path);
    return rc;
}

/* *ret_lost: some of it is. What is lost is told in the last round. */
static int mend_one(struct patient *patient, const struct disk_digest *digest, bool last,
                    bool *ret_lost, struct err *err)
{
    const struct mend_job job = job_of(patient, digest);
    const bool unread = !job.plan && patient_has_bad_map(patient, digest);
    struct mend_result mended = {0};
    int rc = 0;

    if (unread)
        rc = keep_map(patient, digest, err);
    if (rc == 0 && !job.plan)
        rc = copy_disk(patient, digest, &mended, err);
    if (rc == 0)
        rc = mend_disk(&job, digest, size_of(patient, digest), &mended, err);
    if (rc == 0 && job.plan)
        plan_disk(patient, digest, &mended);
    *ret_lost = rc == E_CORRUPT && mended.lost.count > 0;
    if (rc >= 0)
        tell_mended(patient, digest, &mended);
    if (rc >= 0 && unread)
        patient_check_named(patient, digest);
    if (*ret_lost && last)
        tell_lost(patient, digest, &mended);
    mend_result_done(&mended);
    return rc < 0 && !*ret_lost ? rc : 0;
}

struct round {
    bool last;
    size_t mended, lost;
    bool found; /* more blobs are bad: a map that could not be read had named them */
};

/* Also those that nobody asked for and that lie in a blob which is bad. */
static int mend_round(struct patient *patient, struct round *round, struct err *err)
{
    const struct marked_replica *const marked = patient->marked;
    int rc = 0;

    round->mended = round->lost = 0;
    round->found = false;
    for (const struct mark *mark = marked->items; rc == 0 && mark < marked->items + marked->count;
         mark = marks_next_disk(marked, mark)) {
        const size_t bad = patient->bad.count;
        bool lost = false;

        if (!patient_is_ill(patient, &mark->digest))
            continue;
        rc = mend_one(patient, &mark->digest, round->last, &lost, err);
        round->lost += lost;
        round->mended += !lost;
        round->found |= patient->bad.count > bad;
    }
    return rc;
}

/* What was packed again may have the name that it had. */
static void forget_what_is_good(struct patient *patient)
{
    size_t kept = 0;

    for (size_t i = 0; i < patient->bad.count; i++)
        if (blob_verify(patient->replica.dir, &patient->bad.items[i], NULL))
            patient->bad.items[kept++] = patient->bad.items[i];
    patient->bad.count = kept;
}

/* What one disk has got back may be what another one lacks. */
static int mend_disks(struct patient *patient, struct err *err)
{
    struct round round = {.last = patient->repairing->plan};
    int rc = mend_round(patient, &round, err);

    while (rc == 0 && (round.found || (round.lost > 0 && !round.last))) {
        round.last = round.mended == 0;
        forget_what_is_good(patient);
        if (round.found)
            rc = mend_blobs(patient, err);
        if (rc == 0)
            rc = mend_round(patient, &round, err);
    }
    return rc;
}

int patient_mend(struct patient *patient, struct err *err)
{
    int rc = mend_blobs(patient, err);

    if (rc == 0)
        rc = mend_disks(patient, err);
    return rc == 0 ? plan_copies(patient, err) : rc;
}
