#include "replica/need.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

enum { WORD_BITS = 64 };

void need_done(struct need *need)
{
    for (size_t i = 0; i < need->count; i++)
        free(need->items[i].bits);
    free(need->items);
    *need = (struct need){0};
}

size_t need_add_blob(struct need *need, const struct disk_blob *blob)
{
    struct need_blob *const item = VEC_ADD(need);

    item->blob = *blob;
    item->bits = mem_new(blob->blocks / WORD_BITS + 1, sizeof *item->bits);
    return need->count - 1;
}

void need_mark(struct need_blob *item, uint32_t block)
{
    item->bits[block / WORD_BITS] |= (uint64_t)1 << block % WORD_BITS;
}

int need_number(struct need *need, int dir, const struct disk_blob *blob, size_t *ret,
                struct err *err)
{
    int rc;

    for (size_t i = 0; i < need->count; i++) {
        const struct disk_blob *known = &need->items[i].blob;

        if (memcmp(&known->name, &blob->name, sizeof known->name) != 0)
            continue;
        if (known->size != blob->size || known->blocks != blob->blocks)
            return err_set(err, E_CORRUPT, "two disk maps disagree on the size of a blob");
        *ret = i;
        return 0;
    }
    rc = blob_check(dir, &blob->name, blob->size, blob->blocks, err);
    if (rc < 0)
        return rc;
    *ret = need_add_blob(need, blob);
    return 0;
}

/* A word at a time where that is possible. */
static void need_set(struct need_blob *item, uint32_t first, uint32_t count)
{
    const uint32_t end = first + count;

    for (uint32_t block = first; block < end;) {
        if (block % WORD_BITS == 0 && end - block >= WORD_BITS) {
            item->bits[block / WORD_BITS] = UINT64_MAX;
            block += WORD_BITS;
        } else {
            need_mark(item, block++);
        }
    }
}

int need_add_segment(struct need *need, struct disk *disk, size_t segment, const size_t *numbers,
                     struct err *err)
{
    const struct disk_run *runs;
    size_t count;
    const int rc = disk_segment_runs(disk, segment, &runs, &count, err);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < count; i++)
        need_set(&need->items[numbers[runs[i].blob]], runs[i].first, runs[i].count);
    return 0;
}

int need_add(struct need *need, int dir, struct disk *disk, struct err *err)
{
    const size_t blobs = disk_blob_count(disk);
    size_t *numbers = mem_new(blobs, sizeof *numbers);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < blobs; i++)
        rc = need_number(need, dir, disk_blob(disk, i), &numbers[i], err);
    for (size_t i = 0; rc == 0 && i < disk_segment_count(disk); i++)
        rc = need_add_segment(need, disk, i, numbers, err);
    free(numbers);
    return rc;
}

bool need_has(const struct need_blob *item, uint32_t block)
{
    return item->bits[block / WORD_BITS] >> block % WORD_BITS & 1;
}

void need_drop(struct need_blob *item, uint32_t block)
{
    item->bits[block / WORD_BITS] &= ~((uint64_t)1 << block % WORD_BITS);
}

void need_forget(struct need_blob *item)
{
    memset(item->bits, 0, (item->blob.blocks / WORD_BITS + 1) * sizeof *item->bits);
}

bool need_frame(const struct need_blob *item, const struct frame *frame)
{
    for (uint32_t i = 0; i < frame->count; i++)
        if (need_has(item, frame->first_block + i))
            return true;
    return false;
}

uint64_t need_stored_frames(const struct need_blob *item, const struct frame *frames,
                            uint32_t count)
{
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < count; i++)
        if (need_frame(item, &frames[i]))
            bytes += frames[i].stored_length;
    return bytes;
}

uint64_t need_stored(const struct need_blob *item, const struct blob *blob)
{
    return need_stored_frames(item, blob_frame(blob, 0), blob_frame_count(blob));
}
