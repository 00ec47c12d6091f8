/* seen.h: which blocks a pack that writes nothing has met: there are no blobs to look into. */
#ifndef REPLICA_SEEN_H
#define REPLICA_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "blob/block.h"

/* Blocks that are remembered, 32 GiB of disk: the table is at most 128 MiB then. */
enum { SEEN_MAX = 1 << 23 };

/* All-zero is empty. Half of the slots are free, always. */
struct seen {
    uint64_t *slots; /* the first bytes of an identity; 0 is a free one */
    size_t slot_count;
    size_t count;
};

void seen_done(struct seen *seen);

/* Whether it is remembered. */
bool seen_has(const struct seen *seen, const struct block_id *id);

/* False when no more are remembered. */
bool seen_add(struct seen *seen, const struct block_id *id);

#endif
