/* region.h: the regions that the user of a store configured: regions/<region>/region.json. */
#ifndef STORE_REGION_H
#define STORE_REGION_H

#include "base/err.h"
#include "model/region.h"
#include "store/store.h"

/* Read all of them into the store's book, anew. One that cannot be read is in it as damaged; where
 * not even names can be read, the book is empty. */
void regions_load(struct store *store);

#endif
