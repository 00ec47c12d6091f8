/* feed.h: the blocks of a disk image, in order, handed to whoever wants them. */
#ifndef OPS_FEED_H
#define OPS_FEED_H

#include <stdint.h>

#include "base/err.h"
#include "image/source.h"

/* Who wants them. */
struct feed {
    /* Takes block `block` of the disk, BLOCK_SIZE bytes, never all zeros. */
    int (*block)(void *user, uint64_t block, const uint8_t *bytes, struct err *err);
    /* Called after each piece that was read: `offset` bytes of the disk are behind us. May be NULL.
     */
    void (*progress)(void *user, uint64_t offset);
    void *user;
};

/* Read the source from front to back, passing over holes; the last block is padded with zeros.
 * *ret_blocks: blocks handed over. E_CHANGED when the source is not, at the end, the file it was at
 * the beginning. */
int feed_source(struct source *source, const struct feed *feed, uint64_t *ret_blocks,
                struct err *err);

#endif
