/* Segment by segment, by all threads; their owner waits for them in order, so that the first thing
 * that is wrong is the same whatever their number. */
#include "replica/raw.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "blob/disk.h"
#include "os/file.h"
#include "os/lock.h"
#include "os/staged.h"
#include "replica/raw_file.h"

enum {
    CHUNK_BLOCKS = 256, /* read and written at once: 1 MiB */
    SEGMENTS_MAX = 16,  /* kept: up to 1 MiB of identities each */
    LOCK_DIGITS = 32,   /* of the digest, in the name of a lock */
};

struct hand {
    struct desk *desk;
    uint8_t *bytes; /* of a chunk */
};

/* One walk over the disk and the file. */
struct walk {
    const struct raw_proof *proof;
    struct raw_file file;
    bool write;
    struct hand *hands; /* of each thread */
};

struct segment {
    struct task task;
    struct walk *walk;
    const struct part *part; /* NULL: not under way */
    int rc;
    bool unread; /* it is reading from the part that failed */
    struct err err;
};

static struct hand *hand_of(const struct walk *walk, size_t worker)
{
    struct hand *const hand = &walk->hands[worker];

    if (!hand->desk) {
        hand->desk = desk_new(DESK_BLOCKS);
        hand->bytes = mem_new(CHUNK_BLOCKS, BLOCK_SIZE);
    }
    return hand;
}

static int differs(const struct walk *walk, uint64_t offset, struct err *err)
{
    return err_set(err, E_CORRUPT, "'%s' is damaged at byte %" PRIu64, walk->proof->name, offset);
}

/* --- one segment --- */

/* What the disk has no data for: nothing but zeros. */
static int check_gap(const struct walk *walk, uint64_t offset, uint64_t end, uint8_t *bytes,
                     struct err *err)
{
    static const uint8_t zeros[BLOCK_SIZE];
    uint64_t start, stop;
    int rc = 0;

    while (rc == 0 && offset < end) {
        const int fd = walk->proof->fd;

        rc = file_next_data(fd, walk->proof->name, offset, end, &start, &stop, err);
        if (rc < 0 || start >= end)
            return rc;
        stop = number_smaller(stop, start + BLOCK_SIZE);
        rc = file_read_exact(fd, walk->proof->name, bytes, (size_t)(stop - start), start, err);
        if (rc == 0 && memcmp(bytes, zeros, (size_t)(stop - start)) != 0)
            rc = differs(walk, start, err);
        offset = stop;
    }
    return rc;
}

static int check_extent(const struct walk *walk, const struct part *part,
                        const struct extent *extent, const struct hand *hand, struct err *err)
{
    int rc = 0;

    for (uint64_t done = 0; rc == 0 && done < extent->count; done += CHUNK_BLOCKS) {
        const uint64_t block = extent->block + done;
        const size_t count = (size_t)number_smaller(extent->count - done, CHUNK_BLOCKS);

        rc = raw_file_read(&walk->file, hand->desk, block, count, part_ids(part, block, count),
                           hand->bytes, err);
    }
    return rc;
}

static int check_segment(struct segment *segment, const struct hand *hand)
{
    const struct walk *const walk = segment->walk;
    const struct part *const part = segment->part;
    uint64_t at = (uint64_t)part->segment * SEGMENT_SIZE;
    const uint64_t end = number_smaller(at + SEGMENT_SIZE, walk->file.size);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < part->extent_count; i++) {
        const struct extent *const extent = &part->extents[i];

        rc = check_gap(walk, at, extent->block * BLOCK_SIZE, hand->bytes, &segment->err);
        if (rc == 0)
            rc = check_extent(walk, part, extent, hand, &segment->err);
        at = (extent->block + extent->count) * BLOCK_SIZE;
    }
    return rc ? rc : check_gap(walk, at, end, hand->bytes, &segment->err);
}

/* `reader`: what the part does not give is read by its owner; NULL in a task. */
static int write_extent(struct segment *segment, const struct extent *extent,
                        const struct hand *hand, struct disk_reader *reader)
{
    const struct raw_file *const file = &segment->walk->file;
    int rc = 0;

    for (uint64_t done = 0; rc == 0 && done < extent->count; done += CHUNK_BLOCKS) {
        const uint64_t block = extent->block + done;
        const uint64_t offset = block * BLOCK_SIZE;
        const size_t count = (size_t)number_smaller(extent->count - done, CHUNK_BLOCKS);
        const uint64_t length = number_smaller(count * BLOCK_SIZE, file->size - offset);

        if (reader)
            rc = disk_reader_read(reader, block, count, hand->bytes, &segment->err);
        else
            rc = part_read(segment->part, hand->desk, block, count, hand->bytes, &segment->err);
        segment->unread = rc < 0;
        if (rc < 0)
            break;
        if (segment->walk->proof->pace)
            segment->walk->proof->pace(segment->walk->proof->user, length);
        rc = file_write_at(file->fd, segment->walk->proof->name, hand->bytes, (size_t)length,
                           offset, &segment->err);
        file_flush_soon(file->fd, offset, length);
    }
    return rc;
}

static int write_segment(struct segment *segment, const struct hand *hand,
                         struct disk_reader *reader)
{
    const struct part *const part = segment->part;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < part->extent_count; i++)
        rc = write_extent(segment, &part->extents[i], hand, reader);
    return rc;
}

static void work_segment(struct task *task, size_t worker)
{
    struct segment *const segment = (struct segment *)task;
    const struct hand *const hand = hand_of(segment->walk, worker);

    segment->rc =
        segment->walk->write ? write_segment(segment, hand, NULL) : check_segment(segment, hand);
}

/* --- all of them --- */

static void settle(struct walk *walk, struct segment *segment)
{
    const struct raw_proof *const proof = walk->proof;
    uint64_t blocks = 0;

    if (!segment->part)
        return;
    task_wait(proof->pool, &segment->task);
    if (segment->unread)
        segment->rc = write_segment(segment, hand_of(walk, 0), proof->reader);
    for (size_t i = 0; i < segment->part->extent_count; i++)
        blocks += segment->part->extents[i].count;
    if (proof->progress && segment->rc == 0)
        proof->progress(proof->user, blocks * BLOCK_SIZE);
    disk_reader_let_go(proof->reader, segment->part);
    segment->part = NULL;
}

static int walk_segments(struct walk *walk, struct segment *ring, size_t size, struct err *err)
{
    struct disk_reader *const reader = walk->proof->reader;
    const size_t count = disk_reader_segments(reader);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count + size; i++) {
        struct segment *const segment = &ring[i % size];

        settle(walk, segment);
        rc = segment->rc;
        if (rc < 0)
            *err = segment->err;
        if (rc < 0 || i >= count)
            continue;
        *segment = (struct segment){.task.run = work_segment, .walk = walk};
        rc = disk_reader_hold(reader, i, &segment->part, err);
        if (rc == 0)
            task_start(walk->proof->pool, &segment->task);
    }
    for (size_t i = 0; i < size; i++)
        settle(walk, &ring[i]);
    return rc;
}

static int walk_disk(struct walk *walk, struct err *err)
{
    struct pool *const pool = walk->proof->pool;
    const size_t threads = pool_threads(pool);
    const size_t size =
        (size_t)number_smaller(2 * (uint64_t)threads, disk_reader_parts(walk->proof->reader) - 1);
    struct segment *const ring = mem_new(size, sizeof *ring);
    int rc;

    walk->hands = mem_new(threads, sizeof *walk->hands);
    walk->file.fd = walk->proof->fd;
    walk->file.size = disk_reader_size(walk->proof->reader);
    snprintf(walk->file.name, sizeof walk->file.name, "%s", walk->proof->name);
    rc = walk_segments(walk, ring, size, err);
    for (size_t i = 0; i < threads; i++) {
        desk_free(walk->hands[i].desk);
        free(walk->hands[i].bytes);
    }
    free(walk->hands);
    free(ring);
    return rc;
}

int raw_prove(const struct raw_proof *proof, struct err *err)
{
    struct walk walk = {.proof = proof};
    struct file_info info;
    int rc = file_stat(proof->fd, proof->name, &info, err);

    if (rc == 0 && info.size != disk_reader_size(proof->reader))
        rc = err_set(err, E_CORRUPT,
                     "'%s' has %" PRIu64 " bytes, the disk that it should be %" PRIu64, proof->name,
                     info.size, disk_reader_size(proof->reader));
    return rc ? rc : walk_disk(&walk, err);
}

/* --- in a replica --- */

/* Of one replica alone: what the others have is none of its business. */
static int open_reader(const struct verify_job *job, const struct disk_digest *digest,
                       struct replica *from, struct disk_reader **ret, struct err *err)
{
    struct disk_reader_request request = {
        .replicas = from,
        .count = 1,
        .digest = *digest,
        .check = DESK_BLOCKS,
        .parts = SEGMENTS_MAX,
    };

    *from = *job->replica;
    return disk_reader_open(&request, ret, err);
}

/* Written, flushed, and read from the disk, not from what waits to be written. */
static int fill(const struct raw_proof *proof, struct err *err)
{
    struct walk walk = {.proof = proof, .write = true};
    int rc = file_resize(proof->fd, proof->name, disk_reader_size(proof->reader), err);

    if (rc == 0)
        rc = walk_disk(&walk, err);
    if (rc == 0)
        rc = file_flush(proof->fd, proof->name, err);
    if (rc < 0)
        return rc;
    file_drop_cache(proof->fd, 0, 0);
    return raw_prove(proof, err);
}

static int make_file(const struct verify_job *job, const struct disk_digest *digest,
                     struct err *err)
{
    struct staged staged = STAGED_NONE;
    struct replica from;
    struct raw_proof proof = {
        .pool = job->pool,
        .progress = job->progress,
        .pace = job->pace,
        .user = job->user,
    };
    char name[RAW_FILE_NAME];
    int rc = open_reader(job, digest, &from, &proof.reader, err);

    raw_file_name(digest, name);
    proof.name = name;
    if (rc == 0)
        rc = staged_open(&staged, job->replica->disks, err);
    proof.fd = staged.fd;
    if (rc == 0)
        rc = fill(&proof, err);
    if (rc == 0)
        rc = file_set_time(staged.fd, name, job->now, err);
    if (rc == 0)
        rc = staged_publish(&staged, name, true, err);
    staged_done(&staged);
    disk_reader_close(proof.reader);
    return rc;
}

/* While it is held: a waiter finds its file gone and makes a new one. */
static void raw_unlock(const struct replica *replica, const char *name, int *lock)
{
    if (*lock != FILE_NONE)
        file_remove(replica->disks, name, NULL);
    file_close(lock);
}

int raw_make(const struct verify_job *job, const struct disk_digest *digest, bool anew, int wait_ms,
             struct err *err)
{
    const struct replica *const replica = job->replica;
    char digits[DISK_DIGEST_TEXT];
    char *name;
    int lock = FILE_NONE;
    bool there = false;
    int rc;

    disk_digest_text(digest, digits);
    name = text_printf(".%.*s.raw.lock", LOCK_DIGITS, digits);
    rc = lock_take(replica->disks, name, LOCK_EXCLUSIVE, wait_ms, &lock, err);
    if (rc == 0 && !anew)
        rc = raw_is_there(replica, digest, &there, err);
    if (rc == 0 && !there)
        rc = make_file(job, digest, err);
    raw_unlock(replica, name, &lock);
    free(name);
    return rc;
}

int raw_verify(const struct verify_job *job, const struct disk_digest *digest, struct err *err)
{
    struct raw_file file = RAW_FILE_NONE;
    struct replica from;
    struct raw_proof proof = {.pool = job->pool, .progress = job->progress, .user = job->user};
    int rc = open_reader(job, digest, &from, &proof.reader, err);

    if (rc == 0)
        rc = raw_file_open(job->replica, digest, disk_reader_size(proof.reader), &file, err);
    proof.fd = file.fd;
    proof.name = file.name;
    if (rc == 0) {
        file_drop_cache(file.fd, 0, 0);
        rc = raw_prove(&proof, err);
    }
    if (rc == 0 && job->now != 0)
        rc = note_reading(file.fd, file.name, job->now, err);
    raw_file_close(&file);
    disk_reader_close(proof.reader);
    return rc;
}

/* What the map of the disk says. */
static int look_at_map(const struct replica *replica, const struct disk_digest *digest,
                       uint64_t *ret_size, uint64_t *ret_blocks, struct err *err)
{
    struct disk *disk = NULL;
    const int rc = disk_open(replica->dir, digest, &disk, err);

    if (rc == 0) {
        *ret_size = disk_size(disk);
        *ret_blocks = disk_data_blocks(disk);
    }
    disk_close(disk);
    return rc;
}

int raw_is_there(const struct replica *replica, const struct disk_digest *digest, bool *ret,
                 struct err *err)
{
    struct raw_file file = RAW_FILE_NONE;
    uint64_t size, blocks;
    int rc = look_at_map(replica, digest, &size, &blocks, err);

    if (rc < 0)
        return rc;
    rc = raw_file_open(replica, digest, size, &file, err);
    raw_file_close(&file);
    *ret = rc == 0;
    return rc == E_NOT_FOUND || rc == E_CORRUPT ? 0 : rc;
}

int raw_data_bytes(const struct replica *replica, const struct disk_digest *digest, uint64_t *ret,
                   struct err *err)
{
    uint64_t size, blocks = 0;
    const int rc = look_at_map(replica, digest, &size, &blocks, err);

    *ret = blocks * BLOCK_SIZE;
    return rc;
}
