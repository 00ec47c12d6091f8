#include "replica/trust.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "blob/block.h"

enum verdict {
    VERDICT_NONE = 0,
    VERDICT_SOUND,
    VERDICT_DAMAGED,
    VERDICT_AWAITED, /* a check is under way */
};

enum {
    CHECK_FRAMES = 16, /* at once: half a MiB or so */
    CHECKS = 16,       /* under way at most; each pins its blob */
    AHEAD_MAX = CHECK_FRAMES * (CHECKS - 1),
};

_Static_assert((int)CHECKS <= (int)INDEX_PINS_MAX, "a blob is pinned for each check");

/* Frames of one blob being read. */
struct check {
    struct task task;
    const struct blob *blob;
    uint32_t number; /* of the blob */
    uint32_t first;
    uint32_t count;
    uint8_t verdicts[CHECK_FRAMES];
    uint8_t bytes[FRAME_SIZE];
};

struct trust {
    struct index *index;
    struct pool *pool;
    struct {
        uint8_t **items; /* by the blob's number in the index: an enum verdict for each frame, at
                            most 1 MiB; NULL: none was asked for yet */
        size_t count;
    } blobs;
    struct check *checks; /* a ring */
    size_t oldest;
    size_t busy;
    /* The frame of the last answer: runs of blocks ask for the same one. */
    uint32_t blob;
    uint32_t first, end; /* its blocks; empty: none */
    bool sound;
    uint32_t steps; /* frames asked for one after the other up to that one */
    bool broken;
    uint8_t bytes[FRAME_SIZE]; /* stored, of a frame that was not checked ahead */
};

struct trust *trust_new(struct index *index, struct pool *pool)
{
    struct trust *trust = mem_new(1, sizeof *trust);

    trust->index = index;
    trust->pool = pool;
    trust->checks = mem_new(CHECKS, sizeof *trust->checks);
    return trust;
}

/* The verdicts on the frames of a blob, made when missing. */
static uint8_t *verdicts_of(struct trust *trust, uint32_t number, const struct blob *blob)
{
    while (trust->blobs.count <= number)
        VEC_ADD(&trust->blobs);
    if (!trust->blobs.items[number])
        trust->blobs.items[number] = mem_new(blob_frame_count(blob), 1);
    return trust->blobs.items[number];
}

/* --- ahead --- */

static uint8_t check_frame(const struct blob *blob, uint32_t frame, uint8_t *bytes)
{
    struct err ignored = {0};

    return blob_read_stored(blob, frame, bytes, &ignored) ? VERDICT_DAMAGED : VERDICT_SOUND;
}

static void check_run(struct task *task, size_t worker)
{
    struct check *check = (struct check *)task;

    (void)worker;
    for (uint32_t i = 0; i < check->count; i++)
        check->verdicts[i] = check_frame(check->blob, check->first + i, check->bytes);
}

static void finish_oldest(struct trust *trust)
{
    struct check *check = &trust->checks[trust->oldest];

    task_wait(trust->pool, &check->task);
    memcpy(trust->blobs.items[check->number] + check->first, check->verdicts, check->count);
    index_unpin(trust->index, check->number);
    trust->oldest = (trust->oldest + 1) % CHECKS;
    trust->busy--;
}

void trust_free(struct trust *trust)
{
    if (!trust)
        return;
    while (trust->busy)
        finish_oldest(trust);
    for (size_t i = 0; i < trust->blobs.count; i++)
        free(trust->blobs.items[i]);
    free(trust->blobs.items);
    free(trust->checks);
    free(trust);
}

/* Check frames from `first` on, none of which has a verdict. */
static void start_check(struct trust *trust, const struct blob *blob, uint32_t number,
                        uint32_t first, uint32_t count)
{
    struct check *check;

    if (trust->busy == CHECKS)
        finish_oldest(trust);
    check = &trust->checks[(trust->oldest + trust->busy++) % CHECKS];
    check->task.run = check_run;
    check->blob = blob;
    check->number = number;
    check->first = first;
    check->count = count;
    memset(trust->blobs.items[number] + first, VERDICT_AWAITED, count);
    index_pin(trust->index, number);
    task_start(trust->pool, &check->task);
}

/* Frames were asked for one after the other: as many as have been are checked ahead of `frame`. A
 * new check is started when there is a whole one to do. */
static void look_ahead(struct trust *trust, const struct blob *blob, uint32_t number,
                       uint32_t frame)
{
    const uint8_t *verdicts = trust->blobs.items[number];
    const uint32_t end = (uint32_t)number_smaller(
        blob_frame_count(blob), frame + 1 + number_smaller(trust->steps, AHEAD_MAX));
    uint32_t from = frame + 1;

    while (from < end && verdicts[from] != VERDICT_NONE)
        from++;
    if (end - from < CHECK_FRAMES && end < blob_frame_count(blob))
        return;
    while (from < end) {
        uint32_t count = 0;

        while (from + count < end && count < CHECK_FRAMES && verdicts[from + count] == VERDICT_NONE)
            count++;
        if (count)
            start_check(trust, blob, number, from, count);
        from += count ? count : 1;
    }
}

/* --- verdicts --- */

static bool judge(struct trust *trust, const struct blob *blob, uint32_t number, uint32_t frame)
{
    uint8_t *verdict = &verdicts_of(trust, number, blob)[frame];

    if (trust->steps)
        look_ahead(trust, blob, number, frame);
    while (*verdict == VERDICT_AWAITED)
        finish_oldest(trust);
    if (*verdict == VERDICT_NONE)
        *verdict = check_frame(blob, frame, trust->bytes);
    return *verdict == VERDICT_SOUND;
}

bool trust_place(struct trust *trust, struct index_place place)
{
    const struct blob *blob;
    const struct frame *frame;
    uint32_t number;

    if (place.blob == trust->blob && place.block >= trust->first && place.block < trust->end)
        return trust->sound;
    blob = index_blob(trust->index, place.blob);
    if (!blob) {
        trust->broken = true;
        return false;
    }
    number = blob_frame_of(blob, place.block);
    frame = blob_frame(blob, number);
    trust->steps = place.blob == trust->blob && trust->end == frame->first_block && trust->end
                       ? trust->steps + 1
                       : 0;
    trust->sound = judge(trust, blob, place.blob, number);
    trust->blob = place.blob;
    trust->first = frame->first_block;
    trust->end = frame->first_block + frame->count;
    trust->broken |= !trust->sound;
    return trust->sound;
}

bool trust_is_broken(const struct trust *trust)
{
    return trust->broken;
}
