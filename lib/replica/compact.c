#include "replica/compact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "blob/disk.h"
#include "os/dir.h"
#include "os/file.h"
#include "replica/compact_memo.h"
#include "replica/gather.h"
#include "replica/need.h"
#include "replica/shelf.h"
#include "replica/verify.h"

enum {
    FRAME_COST = 32, /* in the tables of a blob: see blob.h */
    BLOCK_COST = 32,
    BLOB_COST = 32 + 64, /* header and footer */
    MAP_COST = 64 + 64,  /* of a disk map: see disk.h */
    RUN_COST = 12,
    SEGMENT_COST = 48,
    MAP_BLOB_COST = 32,
};

#define BATCH_NONE UINT32_MAX /* of a blob for which there is no room */

/* Where a live frame goes. */
struct move {
    uint32_t from, to; /* its first block in the old blob, and in the new one */
    uint32_t blocks;
};

/* A blob that is taken apart. */
struct apart {
    const struct need_blob *item; /* which blocks of it are live */
    struct move *moves;           /* of its live frames, in order */
    size_t count;
    uint64_t cost;   /* bytes that they take in the new blob */
    uint32_t blocks; /* in them */
    uint32_t batch;  /* number of the new blob, or BATCH_NONE */
};

struct compaction {
    const struct compact_job *job;
    struct need need; /* of all maps */
    struct {
        struct apart *items; /* by name */
        size_t count;
    } apart;
    uint32_t batches;      /* new blobs that are planned, or 1: the first of them is being made */
    uint64_t size;         /* of all of them */
    struct disk_blob made; /* the new blob */
    bool blamed;           /* what went wrong lies at one blob that the result names */
    struct compact_result *result;
};

static void compaction_done(struct compaction *work)
{
    for (size_t i = 0; i < work->apart.count; i++)
        free(work->apart.items[i].moves);
    free(work->apart.items);
    if (work->job->memo)
        free(work->need.items); /* the rest is the memo's */
    else
        need_done(&work->need);
}

/* What is wrong is wrong with this one. */
static void blame(struct compaction *work, struct blob_name name)
{
    *VEC_ADD(&work->result->left) = name;
    work->blamed = true;
}

/* --- which blobs --- */

static int add_needs(struct compaction *work, struct err *err)
{
    const struct compact_job *job = work->job;
    int rc = 0;

    if (job->memo)
        return compact_memo_need(job->memo, job->replica->dir, job->digests, job->count,
                                 &work->need, err);
    for (size_t i = 0; rc == 0 && i < job->count; i++) {
        struct disk *disk = NULL;

        rc = disk_open(job->replica->dir, &job->digests[i], &disk, err);
        if (rc == 0)
            rc = need_add(&work->need, job->replica->dir, disk, err);
        disk_close(disk);
    }
    return rc;
}

/* The frames of a blob. */
struct frames {
    const struct frame *items;
    uint32_t count;
};

static uint64_t stored_bytes(const struct frames *frames)
{
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < frames->count; i++)
        bytes += frames->items[i].stored_length;
    return bytes;
}

/* The frames to be moved; where to is not known yet. */
static void find_moves(struct apart *apart, const struct frames *frames)
{
    for (uint32_t i = 0; i < frames->count; i++) {
        const struct frame *frame = &frames->items[i];

        if (!need_frame(apart->item, frame))
            continue;
        apart->moves = vec_grow(apart->moves, apart->count, sizeof *apart->moves);
        apart->moves[apart->count++] =
            (struct move){.from = frame->first_block, .blocks = frame->count};
        apart->blocks += frame->count;
        apart->cost += frame->stored_length + FRAME_COST;
    }
    apart->cost += (uint64_t)apart->blocks * BLOCK_COST;
}

/* *ret_blob is to be closed, whatever comes of it. */
static int read_frames(struct compaction *work, size_t number, struct frames *ret,
                       struct blob **ret_blob, struct err *err)
{
    const struct compact_job *const job = work->job;
    int rc;

    if (job->memo)
        return compact_memo_frames(job->memo, job->replica->dir, number, &ret->items, &ret->count,
                                   err);
    /* Its block table is not needed here, and proven before frames are moved. */
    rc = blob_open_trusted(job->replica->dir, &work->need.items[number].blob.name, BLOB_PROVEN,
                           ret_blob, err);
    if (rc == 0)
        *ret = (struct frames){blob_frame(*ret_blob, 0), blob_frame_count(*ret_blob)};
    return rc;
}

static int look_at_blob(struct compaction *work, size_t number, struct err *err)
{
    const struct compact_job *job = work->job;
    const struct need_blob *const item = &work->need.items[number];
    struct frames frames = {0};
    struct blob *blob = NULL;
    int rc;

    if (job->kept && blob_names_have(job->kept, &item->blob.name))
        return 0;
    rc = read_frames(work, number, &frames, &blob, err);
    if (rc < 0)
        return rc;
    if (100 * need_stored_frames(item, frames.items, frames.count) <
        COMPACT_BELOW * stored_bytes(&frames)) {
        struct apart apart = {.item = item};

        find_moves(&apart, &frames);
        if (apart.blocks <= BLOB_BLOCKS_MAX - FRAME_BLOCKS) /* else there is no blob for them */
            *VEC_ADD(&work->apart) = apart;
        else
            free(apart.moves);
    }
    blob_close(blob);
    return 0;
}

static int by_name(const void *left, const void *right)
{
    const struct apart *a = left;
    const struct apart *b = right;

    return memcmp(&a->item->blob.name, &b->item->blob.name, sizeof a->item->blob.name);
}

/* Give the moves their places: as many blobs as fit one new blob go there together. Stored bytes
 * stay below what closes a blob, so that the new one takes them all. */
static void fill_batches(struct compaction *work)
{
    const uint64_t room = work->job->room;
    const uint64_t most = room < BLOB_STORED_MAX ? room : BLOB_STORED_MAX;
    uint64_t cost = BLOB_COST;
    uint32_t blocks = 0, batch = 0;

    for (size_t i = 0; i < work->apart.count; i++) {
        struct apart *const apart = &work->apart.items[i];

        apart->batch = BATCH_NONE;
        if (BLOB_COST + apart->cost > most)
            continue;
        if (cost + apart->cost > most || blocks + apart->blocks > BLOB_BLOCKS_MAX - FRAME_BLOCKS) {
            batch++;
            cost = BLOB_COST;
            blocks = 0;
        }
        work->size += apart->cost + (blocks == 0 && apart->blocks > 0 ? BLOB_COST : 0);
        apart->batch = batch;
        cost += apart->cost;
        for (size_t m = 0; m < apart->count; m++) {
            apart->moves[m].to = blocks;
            blocks += apart->moves[m].blocks;
        }
        work->batches = batch + 1;
    }
}

static int find_apart(struct compaction *work, struct err *err)
{
    int rc = add_needs(work, err);

    for (size_t i = 0; rc == 0 && i < work->need.count; i++) {
        rc = look_at_blob(work, i, err);
        if (rc < 0)
            blame(work, work->need.items[i].blob.name);
    }
    if (rc < 0 || work->apart.count == 0)
        return rc;
    qsort(work->apart.items, work->apart.count, sizeof *work->apart.items, by_name);
    fill_batches(work);
    for (size_t i = 0; i < work->apart.count; i++)
        if (work->apart.items[i].batch == BATCH_NONE)
            *VEC_ADD(&work->result->left) = work->apart.items[i].item->blob.name;
    return 0;
}

/* --- maps --- */

/* Where the blocks of a blob that a map names will be. */
struct goal {
    const struct apart *apart; /* NULL: where they are */
    uint32_t place;            /* in the new map's blob table; GOAL_UNUSED before its first run */
};

#define GOAL_UNUSED UINT32_MAX

/* A map that names blobs which are taken apart. */
struct remap {
    struct compaction *work;
    struct disk *disk;
    struct goal *goals; /* of its blob table */
    /* What it is becoming: written, */
    struct disk_writer *writer; /* NULL: only counted */
    struct shelf *shelf;
    struct block_id *ids; /* of a run */
    /* or counted. */
    struct disk_run last;
    size_t last_segment;
    uint64_t runs;
    uint32_t blobs;
};

static const struct apart *find_blob(const struct compaction *work, const struct blob_name *name)
{
    const struct need_blob item = {.blob.name = *name};
    const struct apart key = {.item = &item};
    const struct apart *const found = work->apart.count > 0
                                          ? bsearch(&key, work->apart.items, work->apart.count,
                                                    sizeof *work->apart.items, by_name)
                                          : NULL;

    return found && found->batch < work->batches ? found : NULL;
}

/* Whether the map names any of them. */
static bool find_goals(struct remap *remap)
{
    const size_t count = disk_blob_count(remap->disk);
    bool any = false;

    remap->goals = mem_new(count, sizeof *remap->goals);
    for (size_t i = 0; i < count; i++) {
        remap->goals[i].apart = find_blob(remap->work, &disk_blob(remap->disk, i)->name);
        remap->goals[i].place = GOAL_UNUSED;
        any |= remap->goals[i].apart != NULL;
    }
    return any;
}

/* Where block `from` of a blob goes: its frame is live, as a map names it. */
static uint32_t moved_to(const struct apart *apart, uint32_t from)
{
    size_t low = 0, high = apart->count;

    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;

        if (apart->moves[middle].from <= from)
            low = middle;
        else
            high = middle;
    }
    return apart->moves[low].to + (from - apart->moves[low].from);
}

/* Whether both numbers of the old blob table stand for one blob of the new one. */
static bool same_goal(const struct remap *remap, size_t left, size_t right)
{
    const struct goal *const a = &remap->goals[left];
    const struct goal *const b = &remap->goals[right];

    if (a->apart && b->apart)
        return a->apart->batch == b->apart->batch;
    return !a->apart && !b->apart &&
           memcmp(&disk_blob(remap->disk, left)->name, &disk_blob(remap->disk, right)->name,
                  sizeof(struct blob_name)) == 0;
}

static void count_run(struct remap *remap, size_t segment, const struct disk_run *run)
{
    struct goal *const goal = &remap->goals[run->blob];
    struct disk_run *const last = &remap->last;

    for (size_t i = 0; goal->place == GOAL_UNUSED && i < disk_blob_count(remap->disk); i++)
        if (remap->goals[i].place != GOAL_UNUSED && same_goal(remap, run->blob, i))
            goal->place = remap->goals[i].place;
    if (goal->place == GOAL_UNUSED)
        goal->place = remap->blobs++;
    if (last->count && remap->last_segment == segment && last->blob == goal->place &&
        run->block == last->block + last->count && run->first == last->first + last->count) {
        last->count = (uint16_t)(last->count + run->count);
        return;
    }
    remap->runs++;
    remap->last_segment = segment;
    *last = *run;
    last->blob = goal->place;
}

/* The identities are read where the run goes, so that the digest proves the new map. */
static int write_run(struct remap *remap, size_t segment, const struct disk_run *run,
                     struct err *err)
{
    const struct goal *const goal = &remap->goals[run->blob];
    const struct disk_blob *const named =
        goal->apart ? &remap->work->made : disk_blob(remap->disk, run->blob);
    const uint32_t at = disk_writer_blob(remap->writer, named);
    const struct blob *blob;
    int rc = shelf_blob(remap->shelf, named, &blob, err);

    if (rc == 0)
        rc = blob_ids(blob, run->first, run->count, remap->ids, err);
    for (uint32_t i = 0; rc == 0 && i < run->count; i++)
        rc = disk_writer_add(remap->writer, (uint64_t)segment * SEGMENT_BLOCKS + run->block + i,
                             &remap->ids[i], at, run->first + i, err);
    return rc;
}

static int remap_segment(struct remap *remap, size_t segment, struct err *err)
{
    const struct disk_run *runs;
    size_t count;
    int rc = disk_segment_runs(remap->disk, segment, &runs, &count, err);

    for (size_t i = 0; rc == 0 && i < count; i++) {
        const struct apart *const apart = remap->goals[runs[i].blob].apart;
        struct disk_run run = runs[i];

        /* The frames of a run follow each other, and all are live: so they do there, too. */
        if (apart)
            run.first = moved_to(apart, run.first);
        if (remap->writer)
            rc = write_run(remap, segment, &run, err);
        else
            count_run(remap, segment, &run);
    }
    return rc;
}

static int publish_map(struct remap *remap, const struct disk_digest *digest, struct err *err)
{
    struct disk_digest found;
    bool ignored;
    int rc = disk_writer_end(remap->writer, disk_size(remap->disk), &found, err);

    if (rc == 0 && memcmp(&found, digest, sizeof found) != 0)
        rc = err_set(err, E_CORRUPT, "the blocks of a disk map do not give its digest");
    return rc < 0 ? rc : disk_writer_publish(remap->writer, true, &ignored, err);
}

static int map_size(const struct compact_job *job, const struct disk_digest *digest, uint64_t *ret,
                    struct err *err)
{
    char text[DISK_DIGEST_TEXT], name[DISK_DIGEST_TEXT + 5];
    struct file_info info = {0};
    bool there;
    int rc;

    disk_digest_text(digest, text);
    snprintf(name, sizeof name, "%s.disk", text);
    rc = file_look(job->replica->disks, name, &there, &info, err);
    *ret = info.size;
    return rc;
}

static uint64_t counted_size(const struct remap *remap)
{
    return MAP_COST + remap->runs * RUN_COST +
           disk_segment_count(remap->disk) * (uint64_t)SEGMENT_COST +
           (uint64_t)remap->blobs * MAP_BLOB_COST;
}

/* Replace one map, or count what that would free. */
static int remap_disk(struct compaction *work, const struct disk_digest *digest, bool write,
                      struct err *err)
{
    const struct compact_job *const job = work->job;
    struct remap remap = {.work = work};
    uint64_t before = 0, after = 0;
    int rc = job->memo ? compact_memo_disk(job->memo, job->replica->dir, digest, &remap.disk, err)
                       : disk_open(job->replica->dir, digest, &remap.disk, err);

    if (rc == 0 && !find_goals(&remap))
        goto out;
    if (rc == 0)
        rc = map_size(job, digest, &before, err);
    if (rc == 0 && write) {
        remap.shelf = shelf_new(job->replica->dir);
        remap.ids = mem_new(SEGMENT_BLOCKS, sizeof *remap.ids);
        rc = disk_writer_open(job->replica->disks, &remap.writer, err);
    }
    for (size_t i = 0; rc == 0 && i < disk_segment_count(remap.disk); i++)
        rc = remap_segment(&remap, i, err);
    if (rc == 0 && write)
        rc = publish_map(&remap, digest, err);
    if (rc == 0 && write)
        rc = map_size(job, digest, &after, err);
    else if (rc == 0)
        after = counted_size(&remap);
    if (rc == 0)
        work->result->bytes += before - after;
out:
    disk_writer_close(remap.writer);
    shelf_free(remap.shelf);
    free(remap.ids);
    free(remap.goals);
    if (!job->memo)
        disk_close(remap.disk);
    return rc;
}

static int remap_all(struct compaction *work, bool write, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < work->job->count; i++)
        rc = remap_disk(work, &work->job->digests[i], write, err);
    return rc;
}

/* --- the new blob --- */

static int move_frames(const struct compaction *work, const struct apart *apart,
                       struct blob_writer *writer, struct err *err)
{
    struct gather *gather;
    struct frame_bytes frame;
    struct blob *blob = NULL;
    uint32_t first;
    int rc = blob_open(work->job->replica->dir, &apart->item->blob.name, &blob, err);

    if (rc < 0)
        return rc;
    gather = gather_new(work->job->pool, blob, apart->item);
    while ((rc = gather_next(gather, &frame, err)) > 0) {
        rc = blob_writer_add(writer, &frame, &first, err);
        if (rc < 0)
            break;
    }
    gather_free(gather);
    blob_close(blob);
    return rc;
}

/* Durable, and read back from the disk. */
static int make_blob(struct compaction *work, struct err *err)
{
    const struct verify_job verify = {
        .replica = work->job->replica, .pool = work->job->pool, .now = work->job->now};
    struct blob_writer *writer = NULL;
    bool ignored;
    int rc = blob_writer_open(work->job->replica->blobs, &writer, err);

    for (size_t i = 0; rc == 0 && i < work->apart.count; i++) {
        const struct apart *const apart = &work->apart.items[i];

        if (apart->batch > 0)
            continue;
        rc = move_frames(work, apart, writer, err);
        work->made.blocks += apart->blocks;
        if (rc == E_CORRUPT || rc == E_NOT_FOUND)
            blame(work, apart->item->blob.name);
    }
    if (rc == 0 && work->made.blocks > 0) { /* a map may name a blob and use none of it */
        rc = blob_writer_publish(writer, &work->made.name, &work->made.size, &ignored, err);
        if (rc == 0)
            rc = verify_blob(&verify, &work->made.name, err);
    }
    blob_writer_close(writer);
    return rc;
}

/* No map names them any more. */
static int remove_apart(struct compaction *work, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < work->apart.count; i++) {
        const struct apart *const apart = &work->apart.items[i];
        char name[BLOB_FILE_NAME];

        if (apart->batch > 0)
            continue;
        blob_file_name(&apart->item->blob.name, name);
        rc = file_remove(work->job->replica->blobs, name, err);
        if (rc == 0) {
            work->result->blobs++;
            work->result->bytes += apart->item->blob.size;
        }
    }
    return rc < 0 ? rc : dir_flush(work->job->replica->blobs, "blobs", err);
}

/* The first batch. */
static int take_apart(struct compaction *work, struct err *err)
{
    struct compact_result *const result = work->result;
    int rc = make_blob(work, err);

    work->batches = 1;
    if (rc == 0)
        rc = remap_all(work, true, err);
    if (rc == 0)
        rc = remove_apart(work, err);
    if (rc == 0) {
        result->bytes -= work->made.size;
        result->written = work->made.size;
        return 0;
    }
    result->blobs = result->bytes = 0;
    for (size_t i = 0; !work->blamed && i < work->apart.count; i++)
        if (work->apart.items[i].batch == 0)
            *VEC_ADD(&result->left) = work->apart.items[i].item->blob.name;
    return rc;
}

int compact_step(const struct compact_job *job, struct compact_result *ret, struct err *err)
{
    struct compaction work = {.job = job, .result = ret};
    int rc;

    *ret = (struct compact_result){0};
    rc = find_apart(&work, err);
    if (rc == 0 && work.batches > 0)
        rc = take_apart(&work, err);
    compaction_done(&work);
    return rc;
}

int compact_plan(const struct compact_job *job, struct compact_result *ret, struct err *err)
{
    struct compaction work = {.job = job, .result = ret};
    int rc;

    *ret = (struct compact_result){0};
    rc = find_apart(&work, err);
    if (rc == 0 && work.batches > 0)
        rc = remap_all(&work, false, err);
    for (size_t i = 0; rc == 0 && i < work.apart.count; i++) {
        if (work.apart.items[i].batch == BATCH_NONE)
            continue;
        ret->blobs++;
        ret->bytes += work.apart.items[i].item->blob.size;
    }
    if (rc == 0) {
        ret->bytes -= work.size;
        ret->written = work.size;
    }
    compaction_done(&work);
    return rc;
}
