#include "replica/mend.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "os/file.h"
#include "replica/mend_room.h"
#include "replica/pack.h"
#include "replica/quarantine.h"
#include "replica/verify.h"

enum { CHUNK_BLOCKS = 256 }; /* read at once: a MiB */

void mend_result_done(struct mend_result *result)
{
    texts_done(&result->from);
    free(result->lost.items);
    *result = (struct mend_result){0};
}

/* --- who may have something of it --- */

static void add_replica(struct mending *mending, const struct replica *replica)
{
    mending->replicas[mending->count] = replica;
    mending->witnesses[mending->count++] = (struct witness){
        .replica = replica,
        .digest = mending->digest,
        .sha256 = mending->sha256,
        .desk = mending->desk,
        .use_raw = true,
    };
}

static void note_segments(struct mending *mending, const struct disk *disk)
{
    mending->size = disk_size(disk);
    mending->segments = disk_segment_count(disk);
    mending->segment_digests = mem_new(mending->segments, SHA256_SIZE);
    for (size_t i = 0; i < mending->segments; i++)
        memcpy(mending->segment_digests + i * SHA256_SIZE, disk_segment_digest(disk, i),
               SHA256_SIZE);
}

static void mending_init(struct mending *mending)
{
    const struct mend_job *const job = mending->job;
    const size_t most = job->count + 1;

    mending->sha256 = sha256_new();
    mending->desk = desk_new(DESK_BLOCKS);
    mending->outline = mem_new(1, sizeof *mending->outline);
    mending->bytes = mem_new(CHUNK_BLOCKS, BLOCK_SIZE);
    mending->replicas = mem_new(most, sizeof *mending->replicas);
    mending->witnesses = mem_new(most, sizeof *mending->witnesses);
    mending->shelves = mem_new(most, sizeof(struct shelf *));
    mending->used = mem_new(most, sizeof *mending->used);
    if (job->to)
        add_replica(mending, job->to);
    for (size_t i = 0; i < job->count; i++)
        if (job->others[i].dir != FILE_NONE &&
            (!job->to || !text_equal(job->others[i].label, job->to->label)))
            add_replica(mending, &job->others[i]);
    for (size_t i = 0; i < mending->count; i++) {
        struct err ignored = {0};

        if (witness_open(&mending->witnesses[i], &ignored) == 0 && !mending->segment_digests)
            note_segments(mending, mending->witnesses[i].disk);
    }
}

static void mending_done(struct mending *mending)
{
    for (size_t i = 0; i < mending->count; i++) {
        witness_done(&mending->witnesses[i]);
        shelf_free(mending->shelves[i]);
    }
    free(mending->gaps.items);
    free(mending->used);
    free(mending->shelves);
    free(mending->witnesses);
    free(mending->replicas);
    free(mending->segment_digests);
    free(mending->bytes);
    free(mending->outline);
    desk_free(mending->desk);
    sha256_free(mending->sha256);
}

/* --- reading by the maps --- */

/* How many blocks of the outline from number `at` on follow each other and are known. */
static uint32_t length_of(const struct outline *outline, uint32_t at, uint32_t most)
{
    uint32_t count = 1;

    while (count < most && at + count < outline->count && outline->known[at + count] &&
           outline->blocks[at + count] == outline->blocks[at] + count)
        count++;
    return count;
}

/* The first block of a piece, which no blob has, from a raw file that may be wrong elsewhere: 0 or
 * 1. */
static uint32_t read_raw(struct mending *mending, const struct witness_piece *piece)
{
    const uint64_t block = (uint64_t)piece->segment * SEGMENT_BLOCKS + piece->block;

    for (size_t i = 0; i < mending->count; i++) {
        const struct witness *const witness = &mending->witnesses[i];
        struct err ignored = {0};

        if (witness_has_raw(witness) && raw_file_read(&witness->raw, mending->desk, block, 1,
                                                      piece->ids, piece->out, &ignored) == 0) {
            mending->used[i] = true;
            return 1;
        }
    }
    return 0;
}

/* Blocks from number `at` of the outline on, from whoever has the first of them right: how many; 0
 * when nobody has. */
static uint32_t read_some(struct mending *mending, size_t segment, uint32_t at, uint32_t count)
{
    const struct outline *const outline = mending->outline;
    const struct witness_piece piece = {
        .segment = segment,
        .block = outline->blocks[at],
        .count = count,
        .ids = &outline->ids[at],
        .out = mending->bytes,
    };
    uint32_t got = 0;

    for (size_t i = 0; got == 0 && i < mending->count; i++) {
        struct err ignored = {0};

        witness_read(&mending->witnesses[i], &piece, &got, &ignored);
        mending->used[i] |= got > 0;
    }
    return got > 0 ? got : read_raw(mending, &piece);
}

/* --- what they do not lead to --- */

static void add_gap(struct mending *mending, size_t segment, uint32_t at)
{
    const struct outline *const outline = mending->outline;

    *VEC_ADD(&mending->gaps) = (struct gap){
        .block = (uint64_t)segment * SEGMENT_BLOCKS + outline->blocks[at],
        .id = outline->ids[at],
        .known = outline->known[at],
    };
}

static void find_gaps(struct mending *mending, size_t segment)
{
    const struct outline *const outline = mending->outline;

    mend_outline(mending, segment);
    for (uint32_t at = 0; at < outline->count;) {
        const uint32_t got = outline->known[at] ? read_some(mending, segment, at,
                                                            length_of(outline, at, CHUNK_BLOCKS))
                                                : 0;

        if (got == 0)
            add_gap(mending, segment, at);
        at += got ? got : 1;
    }
}

static void add_lost(struct mend_result *ret, uint64_t block, uint64_t count)
{
    struct stretch *const last = ret->lost.count ? &ret->lost.items[ret->lost.count - 1] : NULL;

    if (last && last->block + last->count == block)
        last->count += (size_t)count;
    else
        *VEC_ADD(&ret->lost) = (struct stretch){.block = block, .count = (size_t)count};
}

static int find_lost(struct mending *mending, struct mend_result *ret, struct err *err)
{
    for (size_t i = 0; i < mending->segments; i++)
        find_gaps(mending, i);
    if (mending->gaps.count > 0)
        mend_search(mending);
    for (size_t i = 0; i < mending->gaps.count; i++)
        if (mending->gaps.items[i].way == GAP_LOST)
            add_lost(ret, mending->gaps.items[i].block, 1);
    return ret->lost.count ? err_set(err, E_CORRUPT, "some of the disk is nowhere to be found") : 0;
}

/* --- writing --- */

/* The blocks `of` the disk, which are those of the outline from number `at` on. */
static int pack_chunk(struct mending *mending, struct pack *pack, struct stretch of, uint32_t at,
                      struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < of.count; i++)
        rc = pack_block(pack, of.block + i, &mending->outline->ids[at + i],
                        mending->bytes + i * BLOCK_SIZE, err);
    pack_let_go(pack, mending->bytes, of.count * BLOCK_SIZE);
    return rc;
}

/* As find_gaps has gone through it. *next: the first gap that is not behind us. */
static uint32_t read_chunk(struct mending *mending, size_t segment, uint32_t at, size_t *next)
{
    const uint64_t block = (uint64_t)segment * SEGMENT_BLOCKS + mending->outline->blocks[at];
    const struct gap *const gap = *next < mending->gaps.count ? &mending->gaps.items[*next] : NULL;
    const uint64_t most =
        gap && gap->block > block ? number_smaller(gap->block - block, CHUNK_BLOCKS) : CHUNK_BLOCKS;

    if (!gap || gap->block > block)
        return read_some(mending, segment, at, length_of(mending->outline, at, (uint32_t)most));
    ++*next;
    return mend_read_gap(mending, gap, mending->bytes);
}

static int pack_segment(struct mending *mending, struct pack *pack, size_t segment, size_t *next,
                        struct err *err)
{
    const struct outline *const outline = mending->outline;
    int rc = 0;

    mend_outline(mending, segment);
    for (uint32_t at = 0; rc == 0 && at < outline->count;) {
        const uint64_t block = (uint64_t)segment * SEGMENT_BLOCKS + outline->blocks[at];
        const uint32_t got = read_chunk(mending, segment, at, next);

        if (got == 0)
            return err_set(err, E_CORRUPT, "what was read of the disk cannot be read any more");
        rc = pack_chunk(mending, pack, (struct stretch){block, got}, at, err);
        at += got;
    }
    return rc;
}

/* Each block that is data, as somebody gives the whole disk. */
static int pack_given(struct mending *mending, struct pack *pack, struct err *err)
{
    const struct mend_job *const job = mending->job;
    int rc = 0;

    for (uint64_t block = 0; rc == 0 && block < block_count(mending->size); block++) {
        struct block_id id;

        if (!job->given(job->user, block, mending->bytes))
            return err_set(err, E_CORRUPT, "what was given is not the disk");
        if (block_is_hole(mending->bytes))
            continue;
        sha256_of(mending->sha256, mending->bytes, BLOCK_SIZE, id.sha256);
        rc = pack_block(pack, block, &id, mending->bytes, err);
        pack_let_go(pack, mending->bytes, BLOCK_SIZE);
    }
    return rc;
}

static int pack_all(struct mending *mending, struct pack *pack, struct err *err)
{
    struct disk_digest digest;
    size_t next = 0;
    int rc = pack_disk_begin(pack, err);

    if (rc == 0 && !mending->segment_digests)
        rc = pack_given(mending, pack, err);
    for (size_t i = 0; rc == 0 && i < mending->segments; i++)
        rc = pack_segment(mending, pack, i, &next, err);
    if (rc == 0)
        rc = pack_disk_end(pack, mending->size, &digest, err);
    if (rc == 0 && memcmp(&digest, &mending->digest, sizeof digest) != 0)
        rc = err_set(err, E_CORRUPT, "what was read of the disk does not give its digest");
    return rc;
}

/* What is written may have the name of a damaged blob: the same blocks, packed again. */
static int keep_blobs(const struct mend_job *job, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && job->shunned && i < job->shunned->count; i++) {
        char file[BLOB_FILE_NAME];
        char *path;

        blob_file_name(&job->shunned->items[i], file);
        path = text_printf("blobs/%s", file);
        rc = quarantine_keep(job->to, path, err);
        free(path);
    }
    return rc;
}

/* The map that is replaced stays too: it may be of use to whoever looks into it. */
static int keep_map(const struct mending *mending, struct err *err)
{
    const struct replica *const to = mending->job->to;
    char text[DISK_DIGEST_TEXT];
    struct err ignored = {0};
    struct disk *disk = NULL;
    char *path;
    int rc;

    if (disk_open(to->dir, &mending->digest, &disk, &ignored) == 0) {
        disk_close(disk);
        return 0;
    }
    disk_digest_text(&mending->digest, text);
    path = text_printf("disks/%s.disk", text);
    rc = quarantine_keep(to, path, err);
    free(path);
    return rc;
}

static int read_back(const struct mending *mending, const struct pack_result *packed,
                     struct err *err)
{
    const struct mend_job *const job = mending->job;
    const struct verify_job verify = {.replica = job->to, .pool = job->pool, .now = job->now};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < packed->blob_count; i++)
        rc = verify_blob(&verify, &packed->blobs[i], err);
    return rc;
}

static int write_disk(struct mending *mending, uint64_t *ret_bytes, struct err *err)
{
    const struct mend_job *const job = mending->job;
    const struct pack_options options = {
        .pool = job->pool, .codec = job->codec, .level = job->level, .shunned = job->shunned};
    struct pack_result packed = {0};
    struct pack *pack = NULL;
    int rc = keep_blobs(job, err);

    if (rc == 0)
        rc = pack_open(job->to, &options, &pack, err);
    if (rc == 0)
        rc = pack_all(mending, pack, err);
    if (rc == 0)
        rc = keep_map(mending, err);
    if (rc == 0)
        rc = pack_finish(pack, &packed, err);
    if (rc == 0)
        rc = read_back(mending, &packed, err);
    *ret_bytes = packed.stored_bytes;
    pack_result_done(&packed);
    pack_close(pack);
    return rc;
}

/* --- the whole --- */

static bool gives_digest(struct mending *mending)
{
    const struct mend_job *const job = mending->job;
    struct disk_hash *const hash = disk_hash_new();
    struct disk_digest digest = {0};
    bool whole = true;

    for (uint64_t block = 0; whole && block < block_count(mending->size); block++) {
        struct block_id id;

        whole = job->given(job->user, block, mending->bytes);
        if (!whole || block_is_hole(mending->bytes))
            continue;
        sha256_of(mending->sha256, mending->bytes, BLOCK_SIZE, id.sha256);
        disk_hash_add(hash, block, &id);
    }
    if (whole)
        digest = disk_hash_result(hash, mending->size);
    disk_hash_free(hash);
    return whole && memcmp(&digest, &mending->digest, sizeof digest) == 0;
}

/* No map is left that says what the disk is made of: only the very disk helps. */
static int find_without_map(struct mending *mending, struct mend_result *ret, struct err *err)
{
    if (mending->job->given && gives_digest(mending)) {
        mending->used_given = true;
        return 0;
    }
    add_lost(ret, 0, block_count(mending->size));
    return err_set(err, E_CORRUPT, "no replica has a sound map of the disk");
}

int mend_disk(const struct mend_job *job, const struct disk_digest *digest, uint64_t size,
              struct mend_result *ret, struct err *err)
{
    struct mending mending = {.job = job, .digest = *digest, .size = size};
    int rc;

    mending_init(&mending);
    rc = mending.segment_digests ? find_lost(&mending, ret, err)
                                 : find_without_map(&mending, ret, err);
    if (rc == 0 && !job->plan)
        rc = write_disk(&mending, &ret->bytes, err);
    for (size_t i = 0; rc == 0 && i < mending.count; i++)
        if (mending.used[i] && mending.replicas[i] != job->to)
            texts_add(&ret->from, mending.replicas[i]->label);
    for (size_t i = 0; i < mending.gaps.count; i++)
        mending.used_given |= mending.gaps.items[i].way == GAP_GIVEN;
    ret->given = mending.used_given;
    mending_done(&mending);
    return rc;
}
