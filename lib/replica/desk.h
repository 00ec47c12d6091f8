/* desk.h: what one thread reads blocks with: a decompressor, a hash, and the frames that it has
 * just decompressed, since runs of different places share frames. */
#ifndef REPLICA_DESK_H
#define REPLICA_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"

/* How much is checked of what is read. Stored frames are compared with their XXH3 in any case. */
enum desk_check {
    DESK_BLOCKS, /* the SHA-256 of each block too */
    DESK_FRAMES, /* nothing more: rot is found, a person's work is not */
};

struct desk;

struct desk *desk_new(enum desk_check check);
void desk_free(struct desk *desk); /* NULL is left alone */

/* Blocks that lie in one blob one after the other. */
struct desk_run {
    const struct blob *blob;
    uint32_t first; /* block in the blob */
    uint32_t count;
    const struct block_id *ids; /* what they must be */
    uint8_t *out;
};

/* Read them. *ret_got: how many came right before the first that did not (also on error). Several
 * threads may read from one blob, each at its desk. */
int desk_read(struct desk *desk, const struct desk_run *run, uint32_t *ret_got, struct err *err);

/* How many of these blocks, one behind the other, are what they must be before the first that is
 * not: by their SHA-256, whatever the desk checks. */
size_t desk_compare(struct desk *desk, const uint8_t *bytes, const struct block_id *ids,
                    size_t count);

/* Prove a frame by its stored bytes, which somebody has read: decompress it and compare each block
 * with what it must be. E_CORRUPT names the first that is not. */
int desk_prove(struct desk *desk, const struct blob *blob, uint32_t index, const uint8_t *stored,
               const struct block_id *ids, struct err *err);

#endif
