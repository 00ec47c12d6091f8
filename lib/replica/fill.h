/* fill.h: new blocks on their way into a blob: gathered into frames, compressed, and found again
 * while the blob is still open.
 *
 * A block's place in the blob is known when it is added, before its frame is written: frames are
 * compressed by all threads and go to the blob in the order in which they were begun. Memory is
 * bounded by BLOB_BLOCKS_MAX: one slot and one identity a block, and a few frames for each thread.
 */
#ifndef REPLICA_FILL_H
#define REPLICA_FILL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "blob/disk.h"
#include "replica/pack.h"

struct fill;

/* `dir`: the replica's blobs/, borrowed. */
struct fill *fill_new(int dir, const struct pack_options *options);
/* Drops what was not published, once what is under way has ended. NULL is left alone. */
void fill_free(struct fill *fill);

/* Whether the block was added to the blob that is open, and its place there. */
bool fill_find(const struct fill *fill, const struct block_id *id, uint32_t *ret_place);

/* Whether block `place` of the open blob is `id`; false when there is none. */
bool fill_is(const struct fill *fill, uint32_t place, const struct block_id *id);

/* Add a block that is not in it. Opens a blob when none is open. The bytes stay as they are until
 * fill_let_go. */
int fill_add(struct fill *fill, const struct block_id *id, const uint8_t *bytes,
             uint32_t *ret_place, struct err *err);

/* Bytes that blocks were added from are about to change: what of them is still needed is kept. */
void fill_let_go(struct fill *fill, const uint8_t *bytes, size_t length);

/* End the frame that is being gathered. */
int fill_close_frame(struct fill *fill, struct err *err);

/* Whether a blob is open, and whether that has reached its limits: then publish it before anything
 * else is added. */
bool fill_is_open(const struct fill *fill);
bool fill_is_full(const struct fill *fill);

/* Publish the open blob (no frame may be half gathered) and forget its blocks. *ret_new false when
 * a blob of that name was there. */
int fill_publish(struct fill *fill, struct disk_blob *ret, bool *ret_new, struct err *err);

#endif
