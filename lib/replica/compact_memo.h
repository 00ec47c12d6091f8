/* compact_memo.h: what compact_plan has read of maps and blobs, kept for the next call on the same
 * replica directory: who plans for fewer and fewer disks reads each map once. Runs and frames are
 * held in memory, 12 and 32 bytes each.
 */
#ifndef REPLICA_COMPACT_MEMO_H
#define REPLICA_COMPACT_MEMO_H

#include "replica/need.h"

struct compact_memo;

struct compact_memo *compact_memo_new(void);
void compact_memo_free(struct compact_memo *memo); /* NULL is left alone */

/* The map of that disk below the replica directory `dir`; borrowed. Errors as disk_open. */
int compact_memo_disk(struct compact_memo *memo, int dir, const struct disk_digest *digest,
                      struct disk **ret, struct err *err);

/* What the maps of these disks name, as need_add gives it. `ret` all-zero; its items are to be
 * released with free, their bits are borrowed until the next call. */
int compact_memo_need(struct compact_memo *memo, int dir, const struct disk_digest *digests,
                      size_t count, struct need *ret, struct err *err);

/* The frames of blob `number` of that; borrowed. Errors as blob_open. */
int compact_memo_frames(struct compact_memo *memo, int dir, size_t number, const struct frame **ret,
                        uint32_t *ret_count, struct err *err);

#endif
