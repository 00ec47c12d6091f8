/* feed.h: the blocks of a disk image, in order, handed to whoever wants them.
 *
 * Pieces of about a MiB are read and hashed by all threads, a few ahead of the one that is handed
 * over; what comes out of a pipe or an archive is read by the caller and hashed by all.
 */
#ifndef OPS_FEED_H
#define OPS_FEED_H

#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "image/source.h"
#include "os/thread.h"

/* Who wants them. All is called by the thread that called feed_source. */
struct feed {
    /* Takes block `block` of the disk, BLOCK_SIZE bytes, never all zeros, which are `id`. They stay
     * as they are until `let_go`. */
    int (*block)(void *user, uint64_t block, const struct block_id *id, const uint8_t *bytes,
                 struct err *err);
    /* Bytes that blocks were handed over in are about to change or go; called for all of them, also
     * after a failure. NULL: they are not needed any more when `block` returns. */
    void (*let_go)(void *user, const uint8_t *bytes, size_t length);
    /* Called after each piece: `offset` bytes of the disk are behind us. May be NULL. */
    void (*progress)(void *user, uint64_t offset);
    void *user;
};

/* Read the source from front to back, passing over holes; the last block is padded with zeros.
 * *ret_blocks: blocks handed over. Of several failures the first in the order of the disk is the
 * one that is told, whatever the number of threads. E_CHANGED when the source is not, at the end,
 * the file it was at the beginning. A stream's size is known afterwards. */
int feed_source(struct source *source, struct pool *pool, const struct feed *feed,
                uint64_t *ret_blocks, struct err *err);

#endif
