/* pace.h: no faster than so many bytes a second, by all threads together. */
#ifndef OPS_PACE_H
#define OPS_PACE_H

#include <stdint.h>

#include "store/store.h"

struct pace;

/* `limit`: bytes a second, at least 1. */
struct pace *pace_new(uint64_t limit);
void pace_free(struct pace *pace); /* NULL is left alone */

/* So many bytes were written: sleep until they may have been. */
void pace_take(struct pace *pace, const struct store *store, uint64_t bytes);

#endif
