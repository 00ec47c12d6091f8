#include "replica/fill.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "blob/blob.h"

enum {
    FILL_SLOTS_MIN = 1 << 12, /* a power of two; the table doubles when it is half full */
    FILL_SLACK = 1024,        /* with room for its bound zstd takes a faster way */
    FILL_AHEAD = 4,           /* frames for each thread: enough that none waits for the owner */
    FILL_FRAMES_MAX = 128,    /* 32 MiB */
};

/* A frame being gathered, compressed, or waiting for its turn to be written. */
struct fill_frame {
    struct task task;
    struct fill *fill;
    size_t count;                        /* blocks */
    size_t packed;                       /* length of `stored`; 0: it is stored as it is */
    const uint8_t *blocks[FRAME_BLOCKS]; /* with whoever added them, or in `own` */
    const uint8_t *plain;                /* all in a row, once it is compressed */
    uint8_t own[FRAME_SIZE];
    uint8_t stored[FRAME_SIZE + FILL_SLACK];
};

/* A slot of the table is a place in the blob and, above its bits, some of the identity, which is
 * never 0: identities lie all over memory, and are fetched only when they are most likely equal. 0
 * is a free slot. */
enum { SLOT_PLACE_BITS = 20, SLOT_TAGS = (1 << 12) - 1 };

_Static_assert(BLOB_BLOCKS_MAX <= 1 << SLOT_PLACE_BITS, "a place fits a slot");

struct fill {
    int dir;
    struct pack_options options;
    struct compressor **compressors; /* one for each thread, made at first use */
    struct blob_writer *writer;      /* NULL: no blob is open */
    uint32_t *slots;                 /* open addressing */
    size_t slot_count;
    size_t blocks; /* announced to the open blob */
    struct fill_frame *frames;
    size_t frame_count;
    size_t oldest; /* frame under way */
    size_t busy;   /* of them; the one behind them is being gathered */
};

struct fill *fill_new(int dir, const struct pack_options *options)
{
    struct fill *fill = mem_new(1, sizeof *fill);
    const size_t threads = pool_threads(options->pool);

    fill->dir = dir;
    fill->options = *options;
    fill->compressors = mem_new(threads, sizeof *fill->compressors);
    fill->frame_count = (size_t)number_smaller(FILL_AHEAD * threads, FILL_FRAMES_MAX);
    fill->frames = mem_new(fill->frame_count, sizeof *fill->frames);
    return fill;
}

static struct fill_frame *frame_at(const struct fill *fill, size_t place)
{
    return &fill->frames[(fill->oldest + place) % fill->frame_count];
}

void fill_free(struct fill *fill)
{
    if (!fill)
        return;
    for (size_t i = 0; i < fill->busy; i++)
        task_wait(fill->options.pool, &frame_at(fill, i)->task);
    blob_writer_close(fill->writer);
    for (size_t i = 0; i < pool_threads(fill->options.pool); i++)
        compressor_free(fill->compressors[i]);
    free(fill->compressors);
    free(fill->frames);
    free(fill->slots);
    free(fill);
}

/* --- where blocks are --- */

static uint32_t slot_place(uint32_t slot)
{
    return slot & ((1u << SLOT_PLACE_BITS) - 1);
}

static uint32_t slot_tag(const struct block_id *id)
{
    uint32_t bits;

    memcpy(&bits, id->sha256 + sizeof(uint64_t), sizeof bits);
    return (bits % SLOT_TAGS + 1) << SLOT_PLACE_BITS;
}

/* The slot that holds `id`, or the free one where it belongs. */
static uint32_t *fill_slot(const struct fill *fill, const struct block_id *id)
{
    const size_t mask = fill->slot_count - 1;
    const uint32_t tag = slot_tag(id);
    uint64_t key;
    size_t at;

    memcpy(&key, id->sha256, sizeof key);
    for (at = key & mask; fill->slots[at]; at = (at + 1) & mask) {
        const uint32_t place = slot_place(fill->slots[at]);

        if (fill->slots[at] == (tag | place) &&
            memcmp(blob_writer_id(fill->writer, place), id, sizeof *id) == 0)
            break;
    }
    return &fill->slots[at];
}

bool fill_find(const struct fill *fill, const struct block_id *id, uint32_t *ret_place)
{
    const uint32_t *slot;

    if (fill->blocks == 0)
        return false;
    slot = fill_slot(fill, id);
    if (!*slot)
        return false;
    *ret_place = slot_place(*slot);
    return true;
}

bool fill_is(const struct fill *fill, uint32_t place, const struct block_id *id)
{
    return place < fill->blocks && memcmp(blob_writer_id(fill->writer, place), id, sizeof *id) == 0;
}

static void fill_note(struct fill *fill, const struct block_id *id, uint32_t place)
{
    *fill_slot(fill, id) = slot_tag(id) | place;
}

static void fill_grow(struct fill *fill)
{
    if (fill->slot_count > 2 * fill->blocks)
        return;
    fill->slot_count = fill->slot_count ? 2 * fill->slot_count : FILL_SLOTS_MIN;
    free(fill->slots);
    fill->slots = mem_new(fill->slot_count, sizeof *fill->slots);
    for (uint32_t place = 0; place < fill->blocks; place++)
        fill_note(fill, blob_writer_id(fill->writer, place), place);
}

/* --- frames --- */

static void frame_own(struct fill_frame *frame, size_t block)
{
    uint8_t *place = frame->own + block * BLOCK_SIZE;

    if (frame->blocks[block] != place)
        memcpy(place, frame->blocks[block], BLOCK_SIZE);
}

/* Most often new blocks lay beside each other, and are compressed where they are. */
static void frame_join(struct fill_frame *frame)
{
    size_t joined = 1;

    while (joined < frame->count && frame->blocks[joined] == frame->blocks[joined - 1] + BLOCK_SIZE)
        joined++;
    frame->plain = frame->blocks[0];
    if (joined == frame->count)
        return;
    for (size_t i = 0; i < frame->count; i++)
        frame_own(frame, i);
    frame->plain = frame->own;
}

static void frame_pack(struct task *task, size_t worker)
{
    struct fill_frame *frame = (struct fill_frame *)task;
    const struct pack_options *options = &frame->fill->options;
    struct compressor **compressor = &frame->fill->compressors[worker];

    if (!*compressor)
        *compressor = compressor_new();
    frame_join(frame);
    frame->packed = compress_frame(*compressor, options->codec, options->level, frame->plain,
                                   frame->count * BLOCK_SIZE, frame->stored, sizeof frame->stored);
}

/* Write the oldest frame under way. */
static int fill_write(struct fill *fill, struct err *err)
{
    struct fill_frame *frame = frame_at(fill, 0);
    uint32_t first;
    int rc;

    task_wait(fill->options.pool, &frame->task);
    rc = blob_writer_add(
        fill->writer,
        &(struct frame_bytes){
            .stored = frame->packed ? frame->stored : frame->plain,
            .stored_length = frame->packed ? frame->packed : frame->count * BLOCK_SIZE,
            .codec = frame->packed ? fill->options.codec : CODEC_NONE,
            .count = frame->count,
        },
        &first, err);
    frame->count = 0;
    fill->oldest = (fill->oldest + 1) % fill->frame_count;
    fill->busy--;
    return rc;
}

static bool frame_uses(const struct fill_frame *frame, size_t block, const uint8_t *bytes,
                       size_t length)
{
    const uintptr_t at = (uintptr_t)frame->blocks[block], from = (uintptr_t)bytes;

    return at >= from && at - from < length;
}

void fill_let_go(struct fill *fill, const uint8_t *bytes, size_t length)
{
    struct fill_frame *gathered = frame_at(fill, fill->busy);

    for (size_t i = 0; i < fill->busy; i++) {
        struct fill_frame *frame = frame_at(fill, i);
        bool uses = false;

        for (size_t block = 0; block < frame->count && !uses; block++)
            uses = frame_uses(frame, block, bytes, length);
        if (!uses)
            continue;
        task_wait(fill->options.pool, &frame->task);
        if (frame->packed == 0 && frame->plain != frame->own)
            memcpy(frame->own, frame->plain, frame->count * BLOCK_SIZE);
        frame->plain = frame->own;
    }
    for (size_t block = 0; block < gathered->count; block++) {
        if (!frame_uses(gathered, block, bytes, length))
            continue;
        frame_own(gathered, block);
        gathered->blocks[block] = gathered->own + block * BLOCK_SIZE;
    }
}

int fill_add(struct fill *fill, const struct block_id *id, const uint8_t *bytes,
             uint32_t *ret_place, struct err *err)
{
    struct fill_frame *frame = frame_at(fill, fill->busy);

    if (!fill->writer) {
        const int rc = blob_writer_open(fill->dir, &fill->writer, err);

        if (rc < 0)
            return rc;
    }
    fill_grow(fill);
    *ret_place = blob_writer_announce(fill->writer, id);
    fill_note(fill, id, *ret_place);
    frame->blocks[frame->count++] = bytes;
    fill->blocks++;
    return frame->count == FRAME_BLOCKS ? fill_close_frame(fill, err) : 0;
}

int fill_close_frame(struct fill *fill, struct err *err)
{
    struct fill_frame *frame = frame_at(fill, fill->busy);
    int rc = 0;

    if (frame->count == 0)
        return 0;
    frame->fill = fill;
    frame->task.run = frame_pack;
    fill->busy++;
    task_start(fill->options.pool, &frame->task);
    /* One is to be free for gathering; and whether the blob is full must not depend on how many are
     * under way. */
    while (rc == 0 && (fill->busy == fill->frame_count ||
                       (fill->busy && fill->busy * FRAME_SIZE >= blob_writer_room(fill->writer))))
        rc = fill_write(fill, err);
    return rc;
}

/* --- the blob --- */

bool fill_is_open(const struct fill *fill)
{
    return fill->writer;
}

bool fill_is_full(const struct fill *fill)
{
    return fill->writer && frame_at(fill, fill->busy)->count == 0 &&
           blob_writer_is_full(fill->writer);
}

int fill_publish(struct fill *fill, struct disk_blob *ret, bool *ret_new, struct err *err)
{
    int rc = 0;

    while (rc == 0 && fill->busy)
        rc = fill_write(fill, err);
    if (rc == 0 && fill->options.fits)
        rc = fill->options.fits(fill->options.user, blob_writer_size(fill->writer), err);
    if (rc < 0)
        return rc;
    rc = blob_writer_publish(fill->writer, &ret->name, &ret->size, ret_new, err);
    ret->blocks = (uint32_t)fill->blocks;
    blob_writer_close(fill->writer);
    fill->writer = NULL;
    fill->blocks = 0;
    free(fill->slots);
    fill->slots = NULL;
    fill->slot_count = 0;
    return rc;
}
