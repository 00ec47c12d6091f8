#include "replica/gather.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
    BATCH_FRAMES = 32,    /* read in one task */
    BATCH_SIZE = 1 << 20, /* bytes of them at most; a frame is shorter */
    BATCHES_MAX = 24,     /* under way at once: memory stays bounded with any number of threads */
};

struct batch {
    struct task task;
    const struct blob *blob;
    uint32_t frames[BATCH_FRAMES]; /* their indexes in the blob */
    size_t count;
    size_t given; /* of them, to the caller */
    size_t at;    /* where the next one to be given begins in `bytes` */
    uint8_t *bytes;
    struct block_id ids[BATCH_FRAMES][FRAME_BLOCKS];
    int rc;
    struct err err;
};

struct gather {
    struct pool *pool;
    const struct blob *blob;
    const struct need_blob *item;
    uint32_t next; /* frame to be looked at */
    struct batch *batches;
    size_t count;
    size_t oldest; /* batch */
};

static void batch_run(struct task *task, size_t worker)
{
    struct batch *batch = (struct batch *)task;
    size_t at = 0;

    (void)worker;
    batch->rc = 0;
    for (size_t i = 0; batch->rc == 0 && i < batch->count; i++) {
        const struct frame *frame = blob_frame(batch->blob, batch->frames[i]);

        batch->rc = blob_read_stored(batch->blob, batch->frames[i], batch->bytes + at, &batch->err);
        if (batch->rc == 0)
            batch->rc =
                blob_ids(batch->blob, frame->first_block, frame->count, batch->ids[i], &batch->err);
        at += frame->stored_length;
    }
}

/* Have the batch read the next needed frames; without any it stays empty. */
static void batch_start(struct gather *gather, struct batch *batch)
{
    size_t bytes = 0;

    batch->count = batch->given = batch->at = 0;
    while (gather->next < blob_frame_count(gather->blob) && batch->count < BATCH_FRAMES) {
        const struct frame *frame = blob_frame(gather->blob, gather->next);

        if (need_frame(gather->item, frame)) {
            if (frame->stored_length > BATCH_SIZE - bytes)
                break;
            bytes += frame->stored_length;
            batch->frames[batch->count++] = gather->next;
        }
        gather->next++;
    }
    if (batch->count > 0)
        task_start(gather->pool, &batch->task);
}

struct gather *gather_new(struct pool *pool, const struct blob *blob, const struct need_blob *item)
{
    struct gather *gather = mem_new(1, sizeof *gather);

    *gather = (struct gather){.pool = pool, .blob = blob, .item = item};
    /* One for each thread, and one that waits for it. */
    gather->count = 2 * pool_threads(pool);
    if (gather->count > BATCHES_MAX)
        gather->count = BATCHES_MAX;
    gather->batches = mem_new(gather->count, sizeof *gather->batches);
    for (size_t i = 0; i < gather->count; i++) {
        struct batch *batch = &gather->batches[i];

        batch->task.run = batch_run;
        batch->blob = blob;
        batch->bytes = mem_new(BATCH_SIZE, 1);
        batch_start(gather, batch);
    }
    return gather;
}

void gather_free(struct gather *gather)
{
    if (!gather)
        return;
    for (size_t i = 0; i < gather->count; i++) {
        task_wait(gather->pool, &gather->batches[i].task);
        free(gather->batches[i].bytes);
    }
    free(gather->batches);
    free(gather);
}

int gather_next(struct gather *gather, struct frame_bytes *ret, struct err *err)
{
    struct batch *batch = &gather->batches[gather->oldest];
    const struct frame *frame;

    if (batch->given == batch->count) {
        batch_start(gather, batch);
        gather->oldest = (gather->oldest + 1) % gather->count;
        batch = &gather->batches[gather->oldest];
    }
    if (batch->count == 0)
        return 0;
    task_wait(gather->pool, &batch->task);
    if (batch->rc < 0) {
        if (err)
            *err = batch->err;
        return batch->rc;
    }
    frame = blob_frame(gather->blob, batch->frames[batch->given]);
    *ret = (struct frame_bytes){
        .stored = batch->bytes + batch->at,
        .stored_length = frame->stored_length,
        .codec = frame->codec,
        .ids = batch->ids[batch->given],
        .count = frame->count,
    };
    batch->at += frame->stored_length;
    batch->given++;
    return 1;
}
