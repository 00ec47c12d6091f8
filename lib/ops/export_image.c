/* One disk on its way to an image: its slices are read by all threads, and what has to be in order
 * is done by whoever asked for the export. So the number of threads changes nothing in the result.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "ops/export_slice.h"
#include "os/file.h"

enum {
    SLICES_AHEAD = 2,   /* for each thread, so that none waits for the owner */
    SLICES_MAX = 64,    /* 64 MiB, and as much again of what is compressed */
    DIRECT_THREADS = 3, /* for each processor: those that wait for the disk keep none busy */
    POOL_THREADS_MAX = 32,
};

struct exporting {
    const struct export_image *image;
    struct disk_reader *reader;
    struct image_writer *writer;
    struct target *target;
    struct slice_work shared;
    struct pool *pool;
    struct pool *own_pool; /* or NULL */
    struct slice *slices;
    size_t slice_count;
    size_t oldest; /* slice under way */
    size_t busy;   /* of them */
    size_t held;   /* segments that they are of */
    uint64_t done, total;

    uint64_t at;    /* bytes of the file that are written or zeroed, of what is done in order */
    uint64_t state; /* of image_writer_piece */
    struct image_piece piece;
    bool has_piece; /* it is to be written yet */
};

/* Everything of the file in front of `place` that is not data of the disk. */
static int advance(struct exporting *work, uint64_t place, struct err *err)
{
    int rc = 0;

    while (rc == 0) {
        struct image_piece *piece = &work->piece;

        if (!work->has_piece)
            work->has_piece = image_writer_piece(work->writer, &work->state, piece);
        if (!work->has_piece || piece->offset >= place)
            break;
        if (piece->offset > work->at)
            rc = target_zero(work->target, work->at, piece->offset - work->at, err);
        if (rc == 0)
            rc = target_write(work->target, piece->bytes, piece->length, piece->offset, err);
        if (piece->offset + piece->length > work->at)
            work->at = piece->offset + piece->length;
        work->has_piece = false;
    }
    return rc;
}

static int advance_to(struct exporting *work, uint64_t place, struct err *err)
{
    int rc = advance(work, place, err);

    if (rc == 0 && place > work->at) {
        rc = target_zero(work->target, work->at, place - work->at, err);
        work->at = place;
    }
    return rc;
}

/* What lies around a stretch in the file, and in a stream the stretch too. */
static int settle_stretch(struct exporting *work, const struct stretch *stretch,
                          const uint8_t *bytes, struct err *err)
{
    uint64_t offset = stretch->block * BLOCK_SIZE;
    uint64_t left = slice_length(&work->shared, stretch);
    int rc = 0;

    while (rc == 0 && left > 0) {
        uint64_t run;
        const uint64_t place = image_writer_place(work->writer, offset, &run);

        run = number_smaller(run, left);
        rc = advance_to(work, place, err);
        if (rc == 0 && work->shared.in_order) {
            rc = target_write(work->target, bytes, (size_t)run, place, err);
            bytes += run;
        }
        work->at = place + run;
        offset += run;
        left -= run;
    }
    return rc;
}

static int settle_planned(struct exporting *work, const struct slice *slice, struct err *err)
{
    struct stretch stretch;
    size_t used = 0;
    int rc = 0;

    for (size_t i = slice->extent; rc == 0 && slice_stretch(slice, i, &stretch); i++)
        rc = settle_stretch(work, &stretch, slice_bytes(slice, &stretch, &used), err);
    return rc;
}

static int settle_appended(struct exporting *work, const struct slice *slice, struct err *err)
{
    const size_t bound = image_writer_bound(work->writer);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < slice->unit_count; i++) {
        uint64_t place;

        rc = image_writer_append(work->writer, &slice->units[i], &place, err);
        /* All pieces that are there now; in a stream they lie in front of the unit. */
        if (rc == 0)
            rc = advance(work, UINT64_MAX, err);
        if (rc == 0 && work->target->kind == TARGET_STREAM)
            rc = advance_to(work, place, err);
        if (rc == 0)
            rc = target_write(work->target, slice->packed + i * bound, slice->units[i].length,
                              place, err);
        work->at = place + slice->units[i].length;
    }
    return rc;
}

static struct slice *oldest_slice(struct exporting *work)
{
    return &work->slices[work->oldest];
}

/* Wait for the oldest slice and do with it what is done in order. */
static int settle(struct exporting *work, struct err *err)
{
    struct slice *slice = oldest_slice(work);
    const struct part *part = slice->part;
    int rc;

    task_wait(work->pool, &slice->task);
    rc = slice->rc;
    if (rc < 0 && slice->unread)
        rc = slice_again(slice, work->reader, err);
    else if (rc < 0)
        *err = slice->err;
    if (rc == 0 && work->shared.appends)
        rc = settle_appended(work, slice, err);
    else if (rc == 0 && work->shared.in_order)
        rc = settle_planned(work, slice, err);
    work->done += slice->blocks * BLOCK_SIZE;
    ops_progress(work->image->store, "export", work->image->what, work->done, work->total, false);
    disk_reader_let_go(work->reader, part);
    work->oldest = (work->oldest + 1) % work->slice_count;
    work->busy--;
    if (work->busy == 0 || oldest_slice(work)->part != part)
        work->held--;
    return rc;
}

/* A slice that is free, after the oldest was settled if need be. */
static int free_slice(struct exporting *work, size_t segment, struct slice **ret, struct err *err)
{
    int rc = 0;

    while (rc == 0 && work->busy > 0 &&
           (work->busy == work->slice_count || work->held == DISK_READER_PARTS - 1)) {
        const struct slice *newest =
            &work->slices[(work->oldest + work->busy - 1) % work->slice_count];

        if (work->busy < work->slice_count && newest->part->segment == segment)
            break;
        rc = settle(work, err);
    }
    *ret = &work->slices[(work->oldest + work->busy) % work->slice_count];
    return rc;
}

static int start_slice(struct exporting *work, struct slice *slice, struct err *err)
{
    const struct slice *newest =
        &work->slices[(work->oldest + work->busy + work->slice_count - 1) % work->slice_count];
    int rc = 0;

    if (work->busy == 0 || newest->part != slice->part)
        work->held++;
    work->busy++;
    if (!work->shared.appends && !work->shared.in_order)
        rc = settle_planned(work, slice, err);
    if (rc == 0)
        task_start(work->pool, &slice->task);
    return rc;
}

static int export_segment(struct exporting *work, size_t segment, struct err *err)
{
    uint64_t next = (uint64_t)segment * SEGMENT_BLOCKS;
    size_t extent = 0;
    int rc = 0;

    while (rc == 0) {
        struct slice *slice;
        const struct part *part;

        rc = free_slice(work, segment, &slice, err);
        if (rc == 0)
            rc = disk_reader_hold(work->reader, segment, &part, err);
        if (rc < 0)
            break;
        if (!slice_cut(slice, part, &next, &extent)) {
            disk_reader_let_go(work->reader, part);
            break;
        }
        rc = start_slice(work, slice, err);
    }
    return rc;
}

/* --- the whole --- */

/* Something to be done with `length` bytes of data at `offset` of the disk. */
struct visitor {
    int (*visit)(struct exporting *work, uint64_t offset, uint64_t length, struct err *err);
};

static int visit_segment(struct exporting *work, size_t segment, const struct visitor *visitor,
                         struct err *err)
{
    const struct extent *extents;
    size_t count;
    int rc = disk_reader_extents(work->reader, segment, &extents, &count, err);

    for (size_t i = 0; rc == 0 && i < count; i++) {
        const struct stretch stretch = {.block = extents[i].block, .count = extents[i].count};

        rc = visitor->visit(work, stretch.block * BLOCK_SIZE, slice_length(&work->shared, &stretch),
                            err);
    }
    return rc;
}

/* All data of the disk, in order. */
static int visit_data(struct exporting *work, const struct visitor *visitor, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < disk_reader_segments(work->reader); i++)
        rc = visit_segment(work, i, visitor, err);
    return rc;
}

/* Tell the writer what is data. */
static int mark(struct exporting *work, uint64_t offset, uint64_t length, struct err *err)
{
    (void)err;
    image_writer_mark(work->writer, offset, length);
    return 0;
}

static const struct visitor marker = {mark};

static int allocate(struct exporting *work, uint64_t offset, uint64_t length, struct err *err)
{
    int rc = 0;

    while (rc == 0 && length > 0) {
        uint64_t run;
        const uint64_t place = image_writer_place(work->writer, offset, &run);

        run = number_smaller(run, length);
        rc = target_allocate(work->target, place, run, err);
        offset += run;
        length -= run;
    }
    return rc;
}

static const struct visitor allocator = {allocate};

static int begin(struct exporting *work, struct err *err)
{
    int rc = 0;

    if (work->shared.appends)
        return target_begin(work->target, 0, 0, err);
    if (image_writer_marks(work->writer))
        rc = visit_data(work, &marker, err);
    if (rc == 0)
        rc = image_writer_plan(work->writer, err);
    if (rc == 0)
        rc = target_begin(work->target, image_writer_file_size(work->writer), work->total, err);
    /* Writes into holes would wait for each other. */
    if (rc == 0 && target_allocates(work->target))
        rc = visit_data(work, &allocator, err);
    return rc;
}

/* All that is under way, whatever becomes of it. */
static void abandon(struct exporting *work)
{
    for (; work->busy > 0; work->busy--) {
        struct slice *slice = oldest_slice(work);

        task_wait(work->pool, &slice->task);
        disk_reader_let_go(work->reader, slice->part);
        work->oldest = (work->oldest + 1) % work->slice_count;
    }
}

static int finish(struct exporting *work, struct err *err)
{
    int rc = 0;

    while (rc == 0 && work->busy > 0)
        rc = settle(work, err);
    if (rc == 0 && work->shared.appends)
        rc = image_writer_finish(work->writer, err);
    if (rc == 0)
        rc = advance(work, UINT64_MAX, err);
    if (rc == 0)
        rc = advance_to(work, image_writer_file_size(work->writer), err);
    if (rc == 0)
        ops_progress(work->image->store, "export", work->image->what, work->done, work->total,
                     true);
    return rc;
}

static void choose_pool(struct exporting *work)
{
    const size_t threads = pool_threads(ops_pool(work->image->store));

    work->pool = ops_pool(work->image->store);
    if (threads > 1 && work->target->direct != FILE_NONE)
        work->pool = work->own_pool =
            pool_new((size_t)number_smaller(DIRECT_THREADS * (uint64_t)threads, POOL_THREADS_MAX));
}

static void make_slices(struct exporting *work)
{
    const size_t threads = pool_threads(work->pool);

    work->shared.hands = mem_new(threads, sizeof *work->shared.hands);
    work->slice_count = (size_t)number_smaller(SLICES_AHEAD * (uint64_t)threads, SLICES_MAX);
    work->slices = mem_new(work->slice_count, sizeof *work->slices);
    for (size_t i = 0; i < work->slice_count; i++)
        slice_init(&work->slices[i], &work->shared);
}

static void release(struct exporting *work)
{
    for (size_t i = 0; i < pool_threads(work->pool); i++)
        export_hand_done(&work->shared.hands[i]);
    for (size_t i = 0; i < work->slice_count; i++)
        slice_done(&work->slices[i]);
    free(work->shared.hands);
    free(work->slices);
    pool_free(work->own_pool);
}

int export_image(const struct export_image *image, struct err *err)
{
    struct exporting work = {
        .image = image,
        .reader = image->reader,
        .writer = image->writer,
        .target = image->target,
        .shared =
            {
                .check = image->check,
                .writer = image->writer,
                .target = image->target,
                .appends = image_writer_appends(image->writer),
            },
        .total = disk_reader_data_blocks(image->reader) * BLOCK_SIZE,
    };
    int rc;

    work.shared.in_order = !work.shared.appends && image->target->kind == TARGET_STREAM;
    rc = begin(&work, err);

    if (rc < 0)
        return rc;
    choose_pool(&work);
    make_slices(&work);
    for (size_t i = 0; rc == 0 && i < disk_reader_segments(work.reader); i++)
        rc = export_segment(&work, i, err);
    if (rc == 0)
        rc = finish(&work, err);
    abandon(&work);
    release(&work);
    return rc;
}
