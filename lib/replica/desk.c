#include "replica/desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { DESK_KEPT = 8 }; /* frames: 1 MiB for each thread */

struct desk_frame {
    struct blob_name blob;
    uint32_t index;
    uint64_t used; /* when last; 0: a free place */
    uint8_t *bytes;
};

struct desk {
    enum desk_check check;
    uint64_t clock; /* counts uses */
    struct desk_frame frames[DESK_KEPT];
    struct compressor *compressor;
    struct sha256 *sha256;
    uint8_t *scratch;
};

struct desk *desk_new(enum desk_check check)
{
    struct desk *desk = mem_new(1, sizeof *desk);

    desk->check = check;
    desk->compressor = compressor_new();
    desk->sha256 = sha256_new();
    desk->scratch = mem_new(FRAME_SIZE, 1);
    return desk;
}

void desk_free(struct desk *desk)
{
    if (!desk)
        return;
    for (size_t i = 0; i < DESK_KEPT; i++)
        free(desk->frames[i].bytes);
    compressor_free(desk->compressor);
    sha256_free(desk->sha256);
    free(desk->scratch);
    free(desk);
}

/* The frame if it is there, else the place for it. */
static struct desk_frame *desk_place(struct desk *desk, const struct blob_name *name,
                                     uint32_t index)
{
    struct desk_frame *oldest = &desk->frames[0];

    for (size_t i = 0; i < DESK_KEPT; i++) {
        struct desk_frame *frame = &desk->frames[i];

        if (frame->used && frame->index == index && memcmp(&frame->blob, name, sizeof *name) == 0)
            return frame;
        if (frame->used < oldest->used)
            oldest = frame;
    }
    oldest->used = 0;
    return oldest;
}

/* The plain bytes of a frame, borrowed until the next call. When the whole of it is wanted, `out`
 * is given and gets them, and they are not kept: nobody else will want them soon. */
static int desk_frame(struct desk *desk, const struct blob *blob, uint32_t index, uint8_t *out,
                      const uint8_t **ret, struct err *err)
{
    const struct blob_name name = blob_name(blob);
    struct desk_frame *frame = desk_place(desk, &name, index);
    int rc;

    if (!frame->used && out) {
        *ret = out;
        return blob_read_frame(blob, index, desk->compressor, desk->scratch, out, err);
    }
    if (!frame->used) {
        if (!frame->bytes)
            frame->bytes = mem_new(FRAME_SIZE, 1);
        rc = blob_read_frame(blob, index, desk->compressor, desk->scratch, frame->bytes, err);
        if (rc < 0)
            return rc;
        frame->blob = name;
        frame->index = index;
    }
    frame->used = ++desk->clock;
    *ret = frame->bytes;
    return 0;
}

static int wrong_block(const struct blob *blob, uint32_t number, struct err *err)
{
    const struct blob_name name = blob_name(blob);
    char text[BLOB_NAME_TEXT];

    blob_name_text(&name, text);
    return err_set(err, E_CORRUPT, "block %u of blob '%s' is not what it should be",
                   (unsigned)number, text);
}

size_t desk_compare(struct desk *desk, const uint8_t *bytes, const struct block_id *ids,
                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct block_id id;

        sha256_of(desk->sha256, bytes + i * BLOCK_SIZE, BLOCK_SIZE, id.sha256);
        if (memcmp(&id, &ids[i], sizeof id) != 0)
            return i;
    }
    return count;
}

int desk_prove(struct desk *desk, const struct blob *blob, uint32_t index, const uint8_t *stored,
               const struct block_id *ids, struct err *err)
{
    const struct frame *frame = blob_frame(blob, index);
    const uint8_t *bytes;
    size_t good;
    const int rc =
        blob_unpack_frame(blob, index, stored, desk->compressor, desk->scratch, &bytes, err);

    if (rc < 0)
        return rc;
    good = desk_compare(desk, bytes, ids, frame->count);
    return good == frame->count ? 0 : wrong_block(blob, frame->first_block + (uint32_t)good, err);
}

/* Blocks of one frame, from number *ret_got of the run on. */
static int desk_read_frame(struct desk *desk, const struct desk_run *run, uint32_t *ret_got,
                           struct err *err)
{
    const uint32_t place = run->first + *ret_got;
    const uint32_t index = blob_frame_of(run->blob, place);
    const struct frame *frame = blob_frame(run->blob, index);
    const uint32_t left = frame->first_block + frame->count - place;
    const uint32_t count = left < run->count - *ret_got ? left : run->count - *ret_got;
    uint8_t *out = run->out + (size_t)*ret_got * BLOCK_SIZE;
    uint32_t good = count;
    const uint8_t *bytes;
    int rc = desk_frame(desk, run->blob, index, count == frame->count ? out : NULL, &bytes, err);

    if (rc < 0)
        return rc;
    if (bytes != out)
        memcpy(out, bytes + (size_t)(place - frame->first_block) * BLOCK_SIZE,
               (size_t)count * BLOCK_SIZE);
    if (desk->check == DESK_BLOCKS)
        good = (uint32_t)desk_compare(desk, out, run->ids + *ret_got, count);
    *ret_got += good;
    return good == count ? 0 : wrong_block(run->blob, place + good, err);
}

int desk_read(struct desk *desk, const struct desk_run *run, uint32_t *ret_got, struct err *err)
{
    int rc = 0;

    *ret_got = 0;
    while (rc == 0 && *ret_got < run->count)
        rc = desk_read_frame(desk, run, ret_got, err);
    return rc;
}
