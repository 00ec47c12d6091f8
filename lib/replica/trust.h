/* trust.h: which frames that were already there are still what they were.
 *
 * The index tells that a block was stored once, not that the disk has kept it. Before a publish
 * relies on a frame its stored bytes are read and checked, once in a pack; a frame that fails is as
 * good as absent, and its blocks are stored anew from the source. So publishing never hands on rot,
 * and heals what it meets. Where frames are asked for one after the other, those behind them are
 * read and checked ahead by all threads.
 */
#ifndef REPLICA_TRUST_H
#define REPLICA_TRUST_H

#include <stdbool.h>

#include "blob/index.h"
#include "os/thread.h"

struct trust;

/* Both are borrowed. */
struct trust *trust_new(struct index *index, struct pool *pool);
/* Once what is under way has ended. NULL is left alone. */
void trust_free(struct trust *trust);

/* Whether the frame that holds the place is sound. */
bool trust_place(struct trust *trust, struct index_place place);

/* Whether any frame that was asked for was not. */
bool trust_is_broken(const struct trust *trust);

#endif
