#include "ops/export_slice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "os/output.h"

void slice_init(struct slice *slice, const struct slice_work *work)
{
    slice->work = work;
    slice->memory = mem_new(SLICE_SIZE + OUTPUT_ALIGN, 1);
    slice->bytes =
        (uint8_t *)slice->memory + OUTPUT_ALIGN - (uintptr_t)slice->memory % OUTPUT_ALIGN;
    if (work->appends)
        slice->packed =
            mem_new(SLICE_SIZE / image_writer_unit(work->writer), image_writer_bound(work->writer));
}

void slice_done(struct slice *slice)
{
    free(slice->memory);
    free(slice->packed);
    *slice = (struct slice){0};
}

void export_hand_done(struct export_hand *hand)
{
    desk_free(hand->desk);
    image_packer_free(hand->packer);
    *hand = (struct export_hand){0};
}

static struct export_hand *hand_of(const struct slice_work *work, size_t worker)
{
    struct export_hand *hand = &work->hands[worker];

    if (!hand->desk)
        hand->desk = desk_new(work->check);
    if (!hand->packer && work->appends)
        hand->packer = image_packer_new(work->writer);
    return hand;
}

bool slice_stretch(const struct slice *slice, size_t number, struct stretch *ret)
{
    const struct extent *extent = &slice->part->extents[number];
    uint64_t end;

    if (number >= slice->part->extent_count || extent->block >= slice->end)
        return false;
    ret->block = extent->block > slice->start ? extent->block : slice->start;
    end = number_smaller(extent->block + extent->count, slice->end);
    ret->count = (size_t)(end - ret->block);
    return true;
}

uint8_t *slice_bytes(const struct slice *slice, const struct stretch *stretch, size_t *used)
{
    const size_t block = slice->work->appends ? (size_t)(stretch->block - slice->start) : *used;

    *used += stretch->count;
    return slice->bytes + block * BLOCK_SIZE;
}

static int read_slice(struct slice *slice, struct desk *desk)
{
    struct stretch stretch;
    size_t used = 0;
    int rc = 0;

    for (size_t i = slice->extent; rc == 0 && slice_stretch(slice, i, &stretch); i++)
        rc = part_read(slice->part, desk, stretch.block, stretch.count,
                       slice_bytes(slice, &stretch, &used), &slice->err);
    return rc;
}

uint64_t slice_length(const struct slice_work *work, const struct stretch *stretch)
{
    const uint64_t start = stretch->block * BLOCK_SIZE;

    return number_smaller((uint64_t)stretch->count * BLOCK_SIZE,
                          image_writer_size(work->writer) - start);
}

static int write_stretch(const struct slice_work *work, const struct stretch *stretch,
                         const uint8_t *bytes, struct err *err)
{
    uint64_t offset = stretch->block * BLOCK_SIZE;
    uint64_t left = slice_length(work, stretch);
    int rc = 0;

    while (rc == 0 && left > 0) {
        uint64_t run;
        const uint64_t place = image_writer_place(work->writer, offset, &run);

        run = number_smaller(run, left);
        rc = target_write(work->target, bytes, (size_t)run, place, err);
        bytes += run;
        offset += run;
        left -= run;
    }
    return rc;
}

static int write_slice(struct slice *slice)
{
    struct stretch stretch;
    size_t used = 0;
    int rc = 0;

    for (size_t i = slice->extent; rc == 0 && slice_stretch(slice, i, &stretch); i++)
        rc = write_stretch(slice->work, &stretch, slice_bytes(slice, &stretch, &used), &slice->err);
    return rc;
}

/* Pack every unit that has data; what of it is a hole is zeros in slice->bytes. */
static void pack_slice(struct slice *slice, struct image_packer *packer)
{
    const struct image_writer *writer = slice->work->writer;
    const size_t unit = image_writer_unit(writer);
    const size_t bound = image_writer_bound(writer);
    uint64_t next = 0; /* first byte of the slice that no unit has */
    struct stretch stretch;

    slice->unit_count = 0;
    for (size_t i = slice->extent; slice_stretch(slice, i, &stretch); i++) {
        const uint64_t start = (stretch.block - slice->start) * BLOCK_SIZE;
        const uint64_t end = start + stretch.count * BLOCK_SIZE;

        for (uint64_t at = start / unit * unit; at < end; at += unit) {
            if (at < next)
                continue;
            image_packer_pack(packer, slice->start * BLOCK_SIZE + at, slice->bytes + at,
                              slice->packed + slice->unit_count * bound,
                              &slice->units[slice->unit_count]);
            slice->unit_count++;
            next = at + unit;
        }
    }
}

/* What follows reading, where it need not be in order. */
static int finish_slice(struct slice *slice, const struct export_hand *hand)
{
    if (slice->work->appends)
        pack_slice(slice, hand->packer);
    else if (!slice->work->in_order)
        return write_slice(slice);
    return 0;
}

static void work_slice(struct task *task, size_t worker)
{
    struct slice *slice = (struct slice *)task;
    const struct export_hand *hand = hand_of(slice->work, worker);

    if (slice->work->appends)
        memset(slice->bytes, 0, SLICE_SIZE);
    slice->rc = read_slice(slice, hand->desk);
    slice->unread = slice->rc < 0;
    if (slice->rc == 0)
        slice->rc = finish_slice(slice, hand);
}

int slice_again(struct slice *slice, struct disk_reader *reader, struct err *err)
{
    struct stretch stretch;
    size_t used = 0;
    int rc = 0;

    for (size_t i = slice->extent; rc == 0 && slice_stretch(slice, i, &stretch); i++)
        rc = disk_reader_read(reader, stretch.block, stretch.count,
                              slice_bytes(slice, &stretch, &used), err);
    if (rc < 0)
        return rc;
    rc = finish_slice(slice, hand_of(slice->work, 0));
    if (rc < 0)
        *err = slice->err;
    return rc;
}

/* --- cutting --- */

/* The end of a slice of at most SLICE_BLOCKS blocks of data: not inside a frame, which would be
 * decompressed twice. */
static uint64_t cut(const struct part *part, const struct stretch *last)
{
    uint64_t end = last->block + last->count;

    for (size_t i = 0; i + 1 < last->count && i < FRAME_BLOCKS; i++)
        if (!part_is_inside_frame(part, end - i))
            return end - i;
    return end;
}

/* Planned: as much data as goes into a slice, from slice->start on. */
static void measure_planned(struct slice *slice)
{
    struct stretch stretch;

    slice->end = UINT64_MAX;
    slice->blocks = 0;
    for (size_t i = slice->extent; slice_stretch(slice, i, &stretch); i++) {
        const size_t room = SLICE_BLOCKS - slice->blocks;

        if (stretch.count > room) {
            stretch.count = room;
            slice->end = room ? cut(slice->part, &stretch) : stretch.block;
            slice->blocks += room ? (size_t)(slice->end - stretch.block) : 0;
            return;
        }
        slice->blocks += stretch.count;
    }
    slice->end = (uint64_t)(slice->part->segment + 1) * SEGMENT_BLOCKS;
}

/* Appended: a piece of the disk of SLICE_SIZE bytes. */
static void measure_appended(struct slice *slice)
{
    struct stretch stretch;

    slice->start = slice->start / SLICE_BLOCKS * SLICE_BLOCKS;
    slice->end = slice->start + SLICE_BLOCKS;
    slice->blocks = 0;
    for (size_t i = slice->extent; slice_stretch(slice, i, &stretch); i++)
        slice->blocks += stretch.count;
}

bool slice_cut(struct slice *slice, const struct part *part, uint64_t *next, size_t *extent)
{
    const struct extent *first;

    while (*extent < part->extent_count &&
           part->extents[*extent].block + part->extents[*extent].count <= *next)
        ++*extent;
    if (*extent == part->extent_count)
        return false;
    first = &part->extents[*extent];
    slice->part = part;
    slice->extent = *extent;
    slice->start = *next > first->block ? *next : first->block;
    if (slice->work->appends)
        measure_appended(slice);
    else
        measure_planned(slice);
    *next = slice->end;
    slice->rc = 0;
    slice->task.run = work_slice;
    return true;
}
