/* repairs.h: the queue of repairs: repairs/<replica>.<file>.json, one for each blob or disk map
 * that somebody met damaged while reading. Nothing depends on a record: it says where to look
 * first, never what is there.
 */
#ifndef STORE_REPAIRS_H
#define STORE_REPAIRS_H

#include <stdbool.h>

#include "base/err.h"
#include "model/repair.h"
#include "store/store.h"

/* Record it unless that is recorded already. Takes no lock, so that a plain reader does not wait:
 * two that meet the same write the same. */
int repairs_add(const struct store *store, const struct repair_note *note, struct err *err);

/* Call `each` for every record by name, `path` is that of its file; one that is damaged has an
 * empty note. An error of `each` ends it. */
int repairs_each(const struct store *store,
                 int (*each)(void *user, const char *path, const struct repair_note *note,
                             struct err *err),
                 void *user, struct err *err);

/* Remove the record at that path, durably. Absent is 0. */
int repairs_remove(const struct store *store, const char *path, struct err *err);

#endif
