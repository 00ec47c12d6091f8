/* gather.h: the needed frames of a blob, read by all threads and handed on in order, as they are
 * stored. */
#ifndef REPLICA_GATHER_H
#define REPLICA_GATHER_H

#include "base/err.h"
#include "blob/blob.h"
#include "os/thread.h"
#include "replica/need.h"

struct gather;

/* All is borrowed until gather_free. At most 32 MiB of memory, whatever the number of threads. */
struct gather *gather_new(struct pool *pool, const struct blob *blob, const struct need_blob *item);
void gather_free(struct gather *gather); /* NULL is left alone */

/* The next needed frame, checked by its XXH3, borrowed until the next call: 1; or 0 when there are
 * no more; or negative, an E_* of blob_read_stored. */
int gather_next(struct gather *gather, struct frame_bytes *ret, struct err *err);

#endif
