#include "ops/feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "blob/block.h"

enum {
    PIECE_BLOCKS = 256
}; /* 1 MiB a read: large enough to be sequential, small enough to stay in the cache */

/* Blocks `from` to `end` of the disk, at most PIECE_BLOCKS of them. */
static int feed_piece(const struct source *source, struct source_cursor *cursor,
                      const struct feed *feed, uint8_t *bytes, uint64_t from, uint64_t end,
                      uint64_t *blocks, struct err *err)
{
    uint64_t start = from * BLOCK_SIZE;
    size_t length = (size_t)(number_smaller(end * BLOCK_SIZE, source_size(source)) - start);
    size_t padded = (size_t)(end - from) * BLOCK_SIZE;
    int rc;

    rc = source_read(cursor, bytes, length, start, err);
    if (rc)
        return rc;
    memset(bytes + length, 0, padded - length);
    for (uint64_t block = from; rc == 0 && block < end; block++) {
        const uint8_t *one = bytes + (block - from) * BLOCK_SIZE;

        if (block_is_hole(one))
            continue;
        (*blocks)++;
        rc = feed->block(feed->user, block, one, err);
    }
    return rc;
}

int feed_source(struct source *source, const struct feed *feed, uint64_t *ret_blocks,
                struct err *err)
{
    struct source_cursor *cursor = source_cursor_new(source);
    uint8_t *bytes = mem_new(PIECE_BLOCKS, BLOCK_SIZE);
    uint64_t next = 0; /* first block not handed over: ranges may share one */
    uint64_t blocks = 0;
    uint64_t start = 0;
    uint64_t end = 0;
    int rc;

    for (;;) {
        rc = source_next_data(cursor, end, &start, &end, err);
        if (rc || start >= source_size(source))
            break;
        if (start / BLOCK_SIZE > next)
            next = start / BLOCK_SIZE;
        while (rc == 0 && next < block_count(end)) {
            uint64_t piece =
                number_smaller(next + PIECE_BLOCKS - next % PIECE_BLOCKS, block_count(end));

            rc = feed_piece(source, cursor, feed, bytes, next, piece, &blocks, err);
            next = piece;
            if (feed->progress)
                feed->progress(feed->user, number_smaller(next * BLOCK_SIZE, source_size(source)));
        }
        if (rc)
            break;
    }
    if (rc == 0)
        rc = source_check_unchanged(source, err);
    free(bytes);
    source_cursor_free(cursor);
    *ret_blocks = blocks;
    return rc;
}
