#include "replica/fill.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "blob/blob.h"

enum {
    FILL_SLOTS_MIN = 1 << 12, /* a power of two; the table doubles when it is half full */
    FILL_SLACK = 1024,        /* with room for its bound zstd takes a faster way */
};

struct fill {
    int dir;
    enum codec codec;
    int level;
    struct compressor *compressor;
    struct blob_writer *writer; /* NULL: no blob is open */
    uint32_t *slots;            /* open addressing: place + 1, 0 is free */
    size_t slot_count;
    size_t blocks; /* added to the open blob, those in the frame too */
    size_t gathered;
    struct block_id ids[FRAME_BLOCKS];
    uint8_t plain[FRAME_SIZE];
    uint8_t stored[FRAME_SIZE + FILL_SLACK];
};

struct fill *fill_new(int dir, enum codec codec, int level)
{
    struct fill *fill = mem_new(1, sizeof *fill);

    fill->dir = dir;
    fill->codec = codec;
    fill->level = level;
    fill->compressor = compressor_new();
    return fill;
}

void fill_free(struct fill *fill)
{
    if (!fill)
        return;
    blob_writer_close(fill->writer);
    compressor_free(fill->compressor);
    free(fill->slots);
    free(fill);
}

static const struct block_id *fill_id(const struct fill *fill, uint32_t place)
{
    const size_t written = fill->blocks - fill->gathered;

    return place < written ? blob_writer_id(fill->writer, place) : &fill->ids[place - written];
}

/* The slot that holds `id`, or the free one where it belongs. */
static size_t fill_slot(const struct fill *fill, const struct block_id *id)
{
    const size_t mask = fill->slot_count - 1;
    uint64_t key;
    size_t slot;

    memcpy(&key, id->sha256, sizeof key);
    for (slot = key & mask; fill->slots[slot]; slot = (slot + 1) & mask)
        if (memcmp(fill_id(fill, fill->slots[slot] - 1), id, sizeof *id) == 0)
            break;
    return slot;
}

bool fill_find(const struct fill *fill, const struct block_id *id, uint32_t *ret_place)
{
    size_t slot;

    if (fill->blocks == 0)
        return false;
    slot = fill_slot(fill, id);
    if (!fill->slots[slot])
        return false;
    *ret_place = fill->slots[slot] - 1;
    return true;
}

bool fill_is(const struct fill *fill, uint32_t place, const struct block_id *id)
{
    return place < fill->blocks && memcmp(fill_id(fill, place), id, sizeof *id) == 0;
}

static void fill_grow(struct fill *fill)
{
    if (fill->slot_count > 2 * fill->blocks)
        return;
    fill->slot_count = fill->slot_count ? 2 * fill->slot_count : FILL_SLOTS_MIN;
    free(fill->slots);
    fill->slots = mem_new(fill->slot_count, sizeof *fill->slots);
    for (uint32_t place = 0; place < fill->blocks; place++)
        fill->slots[fill_slot(fill, fill_id(fill, place))] = place + 1;
}

int fill_add(struct fill *fill, const struct block_id *id, const uint8_t *bytes,
             uint32_t *ret_place, struct err *err)
{
    const uint32_t place = (uint32_t)fill->blocks;

    if (!fill->writer) {
        const int rc = blob_writer_open(fill->dir, &fill->writer, err);

        if (rc < 0)
            return rc;
    }
    fill_grow(fill);
    fill->slots[fill_slot(fill, id)] = place + 1;
    fill->ids[fill->gathered] = *id;
    memcpy(fill->plain + fill->gathered * BLOCK_SIZE, bytes, BLOCK_SIZE);
    fill->gathered++;
    fill->blocks++;
    *ret_place = place;
    return fill->gathered == FRAME_BLOCKS ? fill_close_frame(fill, err) : 0;
}

int fill_close_frame(struct fill *fill, struct err *err)
{
    const size_t length = fill->gathered * BLOCK_SIZE;
    struct frame_bytes frame = {
        .stored = fill->plain,
        .stored_length = length,
        .codec = CODEC_NONE,
        .ids = fill->ids,
        .count = fill->gathered,
    };
    uint32_t first;
    size_t packed = 0;
    int rc;

    if (fill->gathered == 0)
        return 0;
    if (fill->codec != CODEC_NONE)
        packed = compress_frame(fill->compressor, fill->codec, fill->level, fill->plain, length,
                                fill->stored, sizeof fill->stored);
    if (packed > 0) {
        frame.stored = fill->stored;
        frame.stored_length = packed;
        frame.codec = fill->codec;
    }
    rc = blob_writer_add(fill->writer, &frame, &first, err);
    if (rc < 0)
        return rc;
    if (first != fill->blocks - fill->gathered)
        return err_set(err, E_FAILED, "cannot store a frame: it is not at its place in the blob");
    fill->gathered = 0;
    return 0;
}

bool fill_is_open(const struct fill *fill)
{
    return fill->writer;
}

bool fill_is_full(const struct fill *fill)
{
    return fill->writer && fill->gathered == 0 && blob_writer_is_full(fill->writer);
}

int fill_publish(struct fill *fill, struct disk_blob *ret, bool *ret_new, struct err *err)
{
    const int rc = blob_writer_publish(fill->writer, &ret->name, &ret->size, ret_new, err);

    ret->blocks = (uint32_t)fill->blocks;
    blob_writer_close(fill->writer);
    fill->writer = NULL;
    fill->blocks = 0;
    fill->gathered = 0;
    free(fill->slots);
    fill->slots = NULL;
    fill->slot_count = 0;
    return rc;
}
