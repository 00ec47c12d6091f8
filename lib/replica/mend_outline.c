/* What a segment is made of. A map says where its blocks are, the tables of blobs what they are,
 * and the segment digest, which is in every map, whether that is right. */
#include <string.h>

#include "base/endian.h"
#include "replica/mend_room.h"

static bool from_witness(struct mending *mending, struct witness *witness, size_t segment)
{
    struct outline *const outline = mending->outline;
    struct err ignored = {0};
    struct part part;

    if (witness_part(witness, segment, &part, &ignored))
        return false;
    outline->count = 0;
    for (size_t i = 0; i < part.extent_count; i++)
        for (uint64_t k = 0; k < part.extents[i].count; k++) {
            outline->blocks[outline->count] =
                (uint16_t)((part.extents[i].block + k) % SEGMENT_BLOCKS);
            outline->ids[outline->count] = part.ids[outline->count];
            outline->known[outline->count++] = true;
        }
    part_done(&part);
    return true;
}

static bool runs_of(struct witness *witness, size_t segment, const struct disk_run **ret,
                    size_t *ret_count)
{
    struct err ignored = {0};

    return witness->disk &&
           disk_segment_runs(witness->disk, segment, ret, ret_count, &ignored) == 0;
}

/* The blocks that the first map names which can be read. */
static void list_blocks(struct mending *mending, size_t segment)
{
    struct outline *const outline = mending->outline;
    const struct disk_run *runs;
    size_t count = 0;
    bool found = false;

    outline->count = 0;
    for (size_t i = 0; !found && i < mending->count; i++)
        found = runs_of(&mending->witnesses[i], segment, &runs, &count);
    for (size_t i = 0; found && i < count; i++)
        for (uint32_t k = 0; k < runs[i].count; k++) {
            outline->blocks[outline->count] = (uint16_t)(runs[i].block + k);
            outline->known[outline->count++] = false;
        }
}

/* The first block of the outline at or behind `block`. */
static uint32_t find(const struct outline *outline, uint32_t block)
{
    uint32_t low = 0, high = outline->count;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;

        if (outline->blocks[middle] < block)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool knows_all(const struct outline *outline)
{
    for (uint32_t i = 0; i < outline->count; i++)
        if (!outline->known[i])
            return false;
    return true;
}

/* The identities of a run, from any blob of that name: they all have one table. */
static void add_run(struct mending *mending, const struct disk_blob *named,
                    const struct disk_run *run)
{
    struct outline *const outline = mending->outline;
    uint32_t at = find(outline, run->block);

    for (uint32_t k = 0; k < run->count && at < outline->count; k++) {
        struct err ignored = {0};

        if (outline->blocks[at] != run->block + k)
            continue;
        for (size_t i = 0; !outline->known[at] && i < mending->count; i++) {
            const struct blob *const blob = mend_open(mending, i, named);

            outline->known[at] =
                blob && blob_ids(blob, run->first + k, 1, &outline->ids[at], &ignored) == 0;
        }
        at++;
    }
}

static void add_map(struct mending *mending, struct witness *witness, size_t segment)
{
    const struct disk_run *runs;
    size_t count;

    if (!runs_of(witness, segment, &runs, &count))
        return;
    for (size_t i = 0; i < count; i++)
        add_run(mending, disk_blob(witness->disk, runs[i].blob), &runs[i]);
}

static void add_given(struct mending *mending, size_t segment)
{
    const struct mend_job *const job = mending->job;
    struct outline *const outline = mending->outline;

    for (uint32_t i = 0; job->given && i < outline->count; i++) {
        const uint64_t block = (uint64_t)segment * SEGMENT_BLOCKS + outline->blocks[i];

        if (outline->known[i] || !job->given(job->user, block, mending->bytes))
            continue;
        sha256_of(mending->sha256, mending->bytes, BLOCK_SIZE, outline->ids[i].sha256);
        outline->known[i] = true;
    }
}

/* As disk.h defines it. */
static bool is_proven(struct mending *mending, size_t segment)
{
    const struct outline *const outline = mending->outline;
    uint8_t digest[SHA256_SIZE];

    sha256_reset(mending->sha256);
    for (uint32_t i = 0; i < outline->count; i++) {
        uint8_t row[4 + SHA256_SIZE];

        little_put32(row, outline->blocks[i]);
        memcpy(row + 4, outline->ids[i].sha256, SHA256_SIZE);
        sha256_add(mending->sha256, row, sizeof row);
    }
    sha256_result(mending->sha256, digest);
    return memcmp(digest, mending->segment_digests + segment * SHA256_SIZE, sizeof digest) == 0;
}

void mend_outline(struct mending *mending, size_t segment)
{
    struct outline *const outline = mending->outline;

    for (size_t i = 0; i < mending->count; i++)
        if (from_witness(mending, &mending->witnesses[i], segment))
            return;
    list_blocks(mending, segment);
    for (size_t i = 0; i < mending->count; i++)
        add_map(mending, &mending->witnesses[i], segment);
    if (knows_all(outline) && is_proven(mending, segment))
        return;
    /* What tables say is guarded against rot; what is given is not, unless all of it fits. */
    add_given(mending, segment);
    if (knows_all(outline) && is_proven(mending, segment))
        return;
    list_blocks(mending, segment);
    for (size_t i = 0; i < mending->count; i++)
        add_map(mending, &mending->witnesses[i], segment);
    if (knows_all(outline)) /* and they are not those of the disk */
        list_blocks(mending, segment);
}
