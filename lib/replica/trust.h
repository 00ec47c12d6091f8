/* trust.h: which frames that were already there are still what they were.
 *
 * The index tells that a block was stored once, not that the disk has kept it. Before a publish
 * relies on a frame its stored bytes are read and checked, once in a pack; a frame that fails is as
 * good as absent, and its blocks are stored anew from the source. So publishing never hands on rot,
 * and heals what it meets.
 */
#ifndef REPLICA_TRUST_H
#define REPLICA_TRUST_H

#include <stdbool.h>

#include "blob/index.h"

struct trust;

/* `index` is borrowed. */
struct trust *trust_new(struct index *index);
void trust_free(struct trust *trust); /* NULL is left alone */

/* Whether the frame that holds the place is sound. Reads it when it is the first time. */
bool trust_place(struct trust *trust, struct index_place place);

/* Whether any frame was not. */
bool trust_is_broken(const struct trust *trust);

#endif
