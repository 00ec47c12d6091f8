#include "replica/verify_deep.h"

#include <stdlib.h>

#include "base/mem.h"
#include "replica/desk.h"

enum {
    RUN_BLOCKS = 512,    /* whose identities are read at once: 16 KiB of them */
    PIECE_BLOCKS = 4096, /* in one piece, however well they are compressed: 16 MiB */
};

/* What one thread works with; made at first use. */
struct hand {
    struct desk *desk;
    struct block_id ids[RUN_BLOCKS];
};

struct deep {
    struct blob *blob;
    struct hand **hands; /* of each thread */
    uint32_t next;       /* the frame that the next piece begins with */
};

static uint64_t end_of(const struct frame *frame)
{
    return frame->offset + frame->stored_length;
}

/* Whole frames, as many as there is room for; behind the last one are tables. */
static uint64_t end_piece(void *user, uint64_t offset, uint64_t most)
{
    struct deep *const deep = user;
    const uint32_t count = blob_frame_count(deep->blob);
    uint64_t end = offset + most;

    if (deep->next < count) {
        const uint32_t first = blob_frame(deep->blob, deep->next)->first_block;

        for (; deep->next < count; deep->next++) {
            const struct frame *const frame = blob_frame(deep->blob, deep->next);

            if (end_of(frame) > offset + most ||
                frame->first_block + frame->count > first + PIECE_BLOCKS)
                break;
            end = end_of(frame);
        }
    }
    return end;
}

/* The first frame that begins at `offset` or behind it; their number, if none does. */
static uint32_t frame_at(const struct blob *blob, uint64_t offset)
{
    uint32_t low = 0, high = blob_frame_count(blob);

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;

        if (blob_frame(blob, middle)->offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Frames from `first` on that end before `end`, and have no more blocks than are read at once. */
static uint32_t run_length(const struct blob *blob, uint32_t first, uint64_t end,
                           uint32_t *ret_blocks)
{
    uint32_t i = first;

    *ret_blocks = 0;
    for (; i < blob_frame_count(blob) && end_of(blob_frame(blob, i)) <= end; i++) {
        const uint32_t more = blob_frame(blob, i)->count;

        if (*ret_blocks + more > RUN_BLOCKS)
            break;
        *ret_blocks += more;
    }
    return i - first;
}

static struct hand *hand_of(struct deep *deep, size_t worker)
{
    struct hand **const hand = &deep->hands[worker];

    if (!*hand) {
        *hand = mem_new(1, sizeof **hand);
        (*hand)->desk = desk_new(DESK_BLOCKS);
    }
    return *hand;
}

/* The frames of a piece; of one of tables there are none. */
static int look(void *user, const uint8_t *bytes, uint64_t offset, size_t length, size_t worker,
                struct err *err)
{
    struct deep *const deep = user;
    struct hand *const hand = hand_of(deep, worker);
    uint32_t first = frame_at(deep->blob, offset);
    uint32_t blocks, frames;
    int rc = 0;

    while (rc == 0 && (frames = run_length(deep->blob, first, offset + length, &blocks)) > 0) {
        const uint32_t start = blob_frame(deep->blob, first)->first_block;

        rc = blob_ids(deep->blob, start, blocks, hand->ids, err);
        for (const uint32_t end = first + frames; rc == 0 && first < end; first++) {
            const struct frame *const frame = blob_frame(deep->blob, first);

            rc = desk_prove(hand->desk, deep->blob, first, bytes + (frame->offset - offset),
                            hand->ids + (frame->first_block - start), err);
        }
    }
    return rc;
}

static void deep_done(struct deep *deep, size_t threads)
{
    for (size_t i = 0; i < threads; i++) {
        if (deep->hands[i])
            desk_free(deep->hands[i]->desk);
        free(deep->hands[i]);
    }
    free(deep->hands);
    blob_close(deep->blob);
}

int verify_deep(const struct verify_job *job, const struct blob_name *name, uint64_t *ret_size,
                struct err *err)
{
    const size_t threads = pool_threads(job->pool);
    struct deep deep = {.hands = mem_new(threads, sizeof *deep.hands)};
    const struct pour_lens lens = {.end = end_piece, .look = look, .user = &deep};
    struct err closed = {0}; /* why the frames cannot be told apart */
    const int opened = blob_open(job->replica->dir, name, &deep.blob, &closed);
    int rc = verify_blob_through(job, name, opened < 0 ? NULL : &lens, ret_size, err);

    if (rc == 0 && opened < 0) {
        if (err)
            *err = closed;
        rc = opened;
    }
    deep_done(&deep, threads);
    return rc;
}
