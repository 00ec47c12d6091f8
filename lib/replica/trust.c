#include "replica/trust.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "blob/block.h"

enum verdict { VERDICT_NONE = 0, VERDICT_SOUND, VERDICT_DAMAGED };

struct trust {
    struct index *index;
    struct {
        uint8_t *
            *items; /* by the blob's number in the index: an enum verdict for each frame, at most
                          * 1 MiB; NULL: none was asked for yet */
        size_t count;
    } blobs;
    uint8_t *bytes; /* a stored frame */
    /* The frame of the last answer: runs of blocks ask for the same one. */
    uint32_t blob;
    uint32_t first, end; /* its blocks; empty: none */
    bool sound;
    bool broken;
};

struct trust *trust_new(struct index *index)
{
    struct trust *trust = mem_new(1, sizeof *trust);

    trust->index = index;
    trust->bytes = mem_new(1, FRAME_SIZE);
    return trust;
}

void trust_free(struct trust *trust)
{
    if (!trust)
        return;
    for (size_t i = 0; i < trust->blobs.count; i++)
        free(trust->blobs.items[i]);
    free(trust->blobs.items);
    free(trust->bytes);
    free(trust);
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

bool trust_place(struct trust *trust, struct index_place place)
{
    const struct blob *blob;
    const struct frame *frame;
    struct err ignored = {0};
    uint32_t index;
    uint8_t *verdict;

    if (place.blob == trust->blob && place.block >= trust->first && place.block < trust->end)
        return trust->sound;
    blob = index_blob(trust->index, place.blob);
    if (!blob) {
        trust->broken = true;
        return false;
    }
    index = blob_frame_of(blob, place.block);
    frame = blob_frame(blob, index);
    verdict = &verdicts_of(trust, place.blob, blob)[index];
    if (*verdict == VERDICT_NONE)
        *verdict =
            blob_read_stored(blob, index, trust->bytes, &ignored) ? VERDICT_DAMAGED : VERDICT_SOUND;
    trust->blob = place.blob;
    trust->first = frame->first_block;
    trust->end = frame->first_block + frame->count;
    trust->sound = *verdict == VERDICT_SOUND;
    trust->broken |= !trust->sound;
    return trust->sound;
}

bool trust_is_broken(const struct trust *trust)
{
    return trust->broken;
}
