#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "outlet/room.h"

void parts_add(struct parts *parts, struct part part)
{
    if (part.length > 0)
        parts->items[parts->count++] = part;
}

bool parts_piece(struct parts *parts, const struct image_writer *writer, uint64_t *state,
                 struct image_piece *ret)
{
    uint64_t before = 0; /* pieces of the parts in front */

    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->items[i];
        const uint64_t pieces = number_divide_up(part->length, PIECE_SIZE);

        while (*state < before + pieces) {
            const uint64_t index = (*state)++ - before;

            memset(parts->bytes, 0, sizeof parts->bytes);
            if (!part->fill(writer, index, parts->bytes))
                continue;
            *ret = (struct image_piece){
                .offset = part->at + index * PIECE_SIZE,
                .bytes = parts->bytes,
                .length = (size_t)number_smaller(PIECE_SIZE, part->length - index * PIECE_SIZE),
            };
            return true;
        }
        before += pieces;
    }
    return false;
}

void ready_add(struct ready *ready, uint64_t offset, const void *bytes, size_t length)
{
    *VEC_ADD(ready) = (struct ready_piece){
        .offset = offset,
        .bytes = mem_copy(bytes, length),
        .length = length,
    };
}

void ready_done(struct ready *ready)
{
    for (size_t i = 0; i < ready->count; i++)
        free(ready->items[i].bytes);
    free(ready->items);
    *ready = (struct ready){0};
}

bool ready_piece(struct ready *ready, struct image_piece *ret)
{
    const struct ready_piece *piece;

    if (ready->given == ready->count) {
        ready_done(ready);
        return false;
    }
    piece = &ready->items[ready->given++];
    *ret = (struct image_piece){piece->offset, piece->bytes, piece->length};
    return true;
}
