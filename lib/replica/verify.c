#include "replica/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "os/file.h"
#include "replica/witness.h"

int note_reading(int fd, const char *name, int64_t now, struct err *err)
{
    const int rc = file_set_time(fd, name, now, err);

    return rc == E_DENIED ? 0 : rc;
}

/* `pour` says through which lens. */
static int read_back(const struct verify_job *job, const struct blob_name *name, struct pour *pour,
                     char text[BLOB_FILE_NAME], struct err *err)
{
    bool ignored;
    int rc;

    *pour = (struct pour){
        .pool = job->pool,
        .from = FILE_NONE,
        .from_disk = true,
        .to = FILE_NONE,
        .lens = pour->lens,
        .progress = job->progress,
        .stop = job->stop,
        .user = job->user,
    };
    blob_file_name(name, text);
    rc = file_open(job->replica->blobs, text, FILE_READ, &pour->from, err);
    if (rc < 0)
        return rc;
    return pour_blob(pour, name, &ignored, err);
}

int verify_blob(const struct verify_job *job, const struct blob_name *name, struct err *err)
{
    char text[BLOB_FILE_NAME];
    struct pour pour = {0};
    int rc = read_back(job, name, &pour, text, err);

    if (rc == 0)
        rc = note_reading(pour.from, text, job->now, err);
    file_close(&pour.from);
    return rc;
}

int verify_blob_through(const struct verify_job *job, const struct blob_name *name,
                        const struct pour_lens *lens, uint64_t *ret_size, struct err *err)
{
    struct file_info info = {0};
    char text[BLOB_FILE_NAME];
    struct pour pour = {.lens = lens};
    int rc = read_back(job, name, &pour, text, err);

    if (rc == 0)
        rc = file_stat(pour.from, text, &info, err);
    *ret_size = info.size;
    file_close(&pour.from);
    return rc;
}

int verify_blob_only(const struct verify_job *job, const struct blob_name *name, uint64_t *ret_size,
                     struct err *err)
{
    return verify_blob_through(job, name, NULL, ret_size, err);
}

int verify_note(const struct verify_job *job, const struct blob_name *name, struct err *err)
{
    char text[BLOB_FILE_NAME];
    int fd = FILE_NONE;
    int rc;

    blob_file_name(name, text);
    rc = file_open(job->replica->blobs, text, FILE_READ, &fd, err);
    if (rc == 0)
        rc = note_reading(fd, text, job->now, err);
    file_close(&fd);
    return rc;
}

/* --- a disk --- */

static const struct blob_name no_blob;

struct proving {
    struct witness witness;
    const struct verify_faults *faults;
    struct blob_names told; /* all zeros: the map */
};

static void tell(struct proving *proving, const struct err *why)
{
    const struct blob_name culprit = proving->witness.culprit;
    const bool is_map = memcmp(&culprit, &no_blob, sizeof culprit) == 0;

    if (blob_names_have(&proving->told, &culprit))
        return;
    *VEC_ADD(&proving->told) = culprit;
    proving->faults->fault(proving->faults->user, is_map ? NULL : &culprit, why);
}

static void prove_segment(struct proving *proving, size_t segment)
{
    struct part part = {0};
    struct err err = {0};

    if (witness_part(&proving->witness, segment, &part, &err) < 0)
        tell(proving, &err);
    else
        part_done(&part);
}

/* A repair may have put another map in its place, and a sweep removed what that does not name. */
static bool is_named_still(const struct proving *proving, const struct blob_name *name)
{
    struct err ignored = {0};
    struct disk *now = NULL;
    bool named = false;

    if (disk_open(proving->witness.replica->dir, &proving->witness.digest, &now, &ignored) < 0)
        return true;
    for (size_t i = 0; i < disk_blob_count(now); i++)
        named |= memcmp(&disk_blob(now, i)->name, name, sizeof *name) == 0;
    disk_close(now);
    return named;
}

/* A map may name a blob of which no block is used: the disk relies on it all the same. */
static void check_blobs(struct proving *proving)
{
    struct disk *const disk = proving->witness.disk;

    for (size_t i = 0; i < disk_blob_count(disk); i++) {
        const struct disk_blob *const blob = disk_blob(disk, i);
        struct err err = {0};

        proving->witness.culprit = blob->name;
        if (blob_check(proving->witness.replica->dir, &blob->name, blob->size, blob->blocks,
                       &err) &&
            is_named_still(proving, &blob->name))
            tell(proving, &err);
    }
}

bool verify_disk(const struct replica *replica, const struct disk_digest *digest,
                 const struct verify_faults *faults)
{
    struct sha256 *const sha256 = sha256_new();
    struct desk *const desk = desk_new(DESK_FRAMES);
    struct proving proving = {
        .witness = {.replica = replica, .digest = *digest, .sha256 = sha256, .desk = desk},
        .faults = faults,
    };
    struct err err = {0};
    bool sound;

    if (witness_open(&proving.witness, &err) < 0) {
        proving.witness.culprit = no_blob;
        tell(&proving, &err);
    } else {
        /* A map that is read again meanwhile has as many. */
        const size_t segments = disk_segment_count(proving.witness.disk);

        check_blobs(&proving);
        for (size_t i = 0; i < segments; i++)
            prove_segment(&proving, i);
    }
    sound = proving.told.count == 0;
    witness_done(&proving.witness);
    free(proving.told.items);
    desk_free(desk);
    sha256_free(sha256);
    return sound;
}

/* --- a disk in a damaged blob --- */

struct frames {
    const struct blob *blob;
    uint8_t *bytes; /* FRAME_SIZE */
    bool *read;     /* of each frame: it was, and is sound */
};

static bool are_sound(struct frames *frames, const struct disk_run *run)
{
    const uint32_t last = blob_frame_of(frames->blob, run->first + run->count - 1);
    struct err ignored = {0};

    for (uint32_t i = blob_frame_of(frames->blob, run->first); i <= last; i++) {
        if (!frames->read[i] && blob_read_stored(frames->blob, i, frames->bytes, &ignored) < 0)
            return false;
        frames->read[i] = true;
    }
    return true;
}

static bool segment_is_sound(struct frames *frames, struct disk *disk, size_t segment)
{
    const struct blob_name name = blob_name(frames->blob);
    const struct disk_run *runs;
    struct err ignored = {0};
    bool sound = true;
    size_t count;

    if (disk_segment_runs(disk, segment, &runs, &count, &ignored) < 0)
        return false;
    for (size_t i = 0; sound && i < count; i++) {
        const struct disk_blob *const blob = disk_blob(disk, runs[i].blob);

        if (memcmp(&blob->name, &name, sizeof name) == 0)
            sound = runs[i].first + runs[i].count <= blob_block_count(frames->blob) &&
                    are_sound(frames, &runs[i]);
    }
    return sound;
}

static bool disk_is_sound(struct blob *blob, struct disk *disk)
{
    struct frames frames = {
        .blob = blob,
        .bytes = mem_new(FRAME_SIZE, 1),
        .read = mem_new(blob_frame_count(blob), sizeof *frames.read),
    };
    bool sound = true;

    for (size_t i = 0; sound && i < disk_segment_count(disk); i++)
        sound = segment_is_sound(&frames, disk, i);
    free(frames.bytes);
    free(frames.read);
    return sound;
}

bool verify_disk_in_blob(const struct replica *replica, const struct disk_digest *digest,
                         const struct blob_name *name)
{
    struct err ignored = {0};
    struct blob *blob = NULL;
    struct disk *disk = NULL;
    const bool sound = disk_open(replica->dir, digest, &disk, &ignored) == 0 &&
                       blob_open(replica->dir, name, &blob, &ignored) == 0 &&
                       disk_is_sound(blob, disk);

    blob_close(blob);
    disk_close(disk);
    return sound;
}

/* --- the blobs of a disk --- */

enum { TASK_FRAMES = 1024 }; /* at most 128 MiB of them */

struct frame_task {
    struct task task;
    const struct blob *blob;
    uint32_t first;
    bool sound;
};

static void read_frames(struct task *task, size_t worker)
{
    struct frame_task *const job = (struct frame_task *)task;
    const uint32_t end =
        (uint32_t)number_smaller((uint64_t)job->first + TASK_FRAMES, blob_frame_count(job->blob));
    uint8_t *const bytes = mem_new(FRAME_SIZE, 1);
    struct err ignored = {0};

    (void)worker;
    job->sound = true;
    for (uint32_t i = job->first; job->sound && i < end; i++)
        job->sound = blob_read_stored(job->blob, i, bytes, &ignored) == 0;
    free(bytes);
}

static bool blob_is_sound(const struct replica *replica, const struct blob_name *name,
                          struct pool *pool)
{
    struct {
        struct frame_task *items;
        size_t count;
    } tasks = {0};
    struct err ignored = {0};
    struct blob *blob = NULL;
    bool sound = true;

    if (blob_open(replica->dir, name, &blob, &ignored) < 0)
        return false;
    for (uint32_t first = 0; first < blob_frame_count(blob); first += TASK_FRAMES)
        *VEC_ADD(&tasks) =
            (struct frame_task){.task.run = read_frames, .blob = blob, .first = first};
    for (size_t i = 0; i < tasks.count; i++)
        task_start(pool, &tasks.items[i].task);
    for (size_t i = 0; i < tasks.count; i++) {
        task_wait(pool, &tasks.items[i].task);
        sound &= tasks.items[i].sound;
    }
    free(tasks.items);
    blob_close(blob);
    return sound;
}

int verify_blobs(const struct replica *replica, const struct disk_digest *digest, struct pool *pool,
                 struct blob_names *ret, struct err *err)
{
    struct disk *disk = NULL;
    const int rc = disk_open(replica->dir, digest, &disk, err);

    for (size_t i = 0; rc == 0 && i < disk_blob_count(disk); i++) {
        const struct blob_name *const name = &disk_blob(disk, i)->name;

        if (!blob_names_have(ret, name) && !blob_is_sound(replica, name, pool))
            *VEC_ADD(ret) = *name;
    }
    disk_close(disk);
    return rc;
}
