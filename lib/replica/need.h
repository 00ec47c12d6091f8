/* need.h: which blocks of which blobs the maps of some disks name. One bit a block, whatever the
 * number of runs. */
#ifndef REPLICA_NEED_H
#define REPLICA_NEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "blob/disk.h"

struct need_blob {
    struct disk_blob blob;
    uint64_t *bits; /* block n is needed: bit n % 64 of word n / 64 */
};

/* All-zero is empty. Blobs in order of first mention. */
struct need {
    struct need_blob *items;
    size_t count;
};

void need_done(struct need *need);

/* Add what the map names. E_CORRUPT when two maps disagree on a blob. Each blob must be in the
 * replica directory `dir`, as the map says it is (blob_check): a bit for each block is kept only of
 * blocks that exist, whatever a map claims. */
int need_add(struct need *need, int dir, struct disk *disk, struct err *err);

/* The two halves of that: the number of the blob in `need`, added when it is not there; and what
 * one segment of the map names, `numbers` being those of the blobs in the map's table. */
int need_number(struct need *need, int dir, const struct disk_blob *blob, size_t *ret,
                struct err *err);
int need_add_segment(struct need *need, struct disk *disk, size_t segment, const size_t *numbers,
                     struct err *err);

/* Add a blob that is known to be as described, and not there yet: its number in `need`. */
size_t need_add_blob(struct need *need, const struct disk_blob *blob);
void need_mark(struct need_blob *item, uint32_t block);

/* Whether the block is needed. */
bool need_has(const struct need_blob *item, uint32_t block);
/* It is not needed any more. */
void need_drop(struct need_blob *item, uint32_t block);

/* No block of it is. */
void need_forget(struct need_blob *item);

/* Whether any block of the frame is needed. */
bool need_frame(const struct need_blob *item, const struct frame *frame);

/* Stored bytes of the frames of `blob` that are needed. */
uint64_t need_stored(const struct need_blob *item, const struct blob *blob);
/* The same of its frames alone. */
uint64_t need_stored_frames(const struct need_blob *item, const struct frame *frames,
                            uint32_t count);

#endif
