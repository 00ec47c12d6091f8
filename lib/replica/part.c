#include "replica/part.h"

#include <stdlib.h>

void part_done(struct part *part)
{
    for (size_t i = 0; i < part->run_count; i++)
        if (part->runs[i].book)
            shelf_let_go(part->shelf, part->runs[i].book);
    free(part->runs);
    free(part->extents);
    free(part->ids);
    *part = (struct part){0};
}

/* The run that holds the block of the segment, or NULL. */
static const struct part_run *part_run(const struct part *part, uint64_t block)
{
    size_t low = 0;
    size_t high = part->run_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if ((uint64_t)part->runs[middle].block + part->runs[middle].count <= block)
            low = middle + 1;
        else
            high = middle;
    }
    return low < part->run_count && part->runs[low].block <= block ? &part->runs[low] : NULL;
}

static bool part_has(const struct part *part, uint64_t block, uint64_t count)
{
    size_t low = 0;
    size_t high = part->extent_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct extent *extent = &part->extents[middle];

        if (block >= extent->block + extent->count)
            low = middle + 1;
        else if (block < extent->block)
            high = middle;
        else
            return count <= extent->block + extent->count - block;
    }
    return false;
}

static uint64_t within(const struct part *part, uint64_t block)
{
    return block - (uint64_t)part->segment * SEGMENT_BLOCKS;
}

const struct block_id *part_ids(const struct part *part, uint64_t block, uint64_t count)
{
    const struct part_run *run;

    if (!part_has(part, block, count))
        return NULL;
    run = part_run(part, within(part, block));
    return part->ids + run->id + (within(part, block) - run->block);
}

static int part_read_run(const struct part_run *run, uint32_t from, struct desk_run *wanted,
                         struct desk *desk, struct err *err)
{
    const uint32_t left = run->count - from;
    const uint32_t rest = wanted->count;
    uint32_t got;
    int rc;

    if (!run->book)
        return err_set(err, E_BUSY, "too many blobs are open");
    wanted->blob = shelf_book_blob(run->book);
    wanted->first = run->first + from;
    wanted->count = rest < left ? rest : left;
    rc = desk_read(desk, wanted, &got, err);
    wanted->ids += got;
    wanted->out += (size_t)got * BLOCK_SIZE;
    wanted->count = rest - got;
    return rc;
}

int part_read(const struct part *part, struct desk *desk, uint64_t block, size_t count, void *out,
              struct err *err)
{
    const struct block_id *const ids = part->raw ? part_ids(part, block, count) : NULL;

    if (!ids)
        return part_read_stored(part, desk, block, count, out, err);
    return raw_file_read(part->raw, desk, block, count, ids, out, err);
}

int part_read_stored(const struct part *part, struct desk *desk, uint64_t block, size_t count,
                     void *out, struct err *err)
{
    struct desk_run wanted = {.count = (uint32_t)count, .out = out};
    const struct part_run *run;
    uint32_t from;
    int rc = 0;

    wanted.ids = part_ids(part, block, count);
    if (!wanted.ids)
        return err_set(err, E_INVALID, "the blocks are not in one extent");
    run = part_run(part, within(part, block));
    from = (uint32_t)(within(part, block) - run->block);
    for (; rc == 0 && wanted.count > 0; run++, from = 0)
        rc = part_read_run(run, from, &wanted, desk, err);
    return rc;
}

bool part_is_inside_frame(const struct part *part, uint64_t block)
{
    const struct part_run *run = part_run(part, within(part, block));
    const struct blob *blob;
    uint32_t place;

    if (!run || !run->book)
        return false;
    blob = shelf_book_blob(run->book);
    place = run->first + (uint32_t)(within(part, block) - run->block);
    return blob_frame(blob, blob_frame_of(blob, place))->first_block != place;
}
