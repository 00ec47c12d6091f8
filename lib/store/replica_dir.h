/* replica_dir.h: replica directories: where they are and whose they are.
 *
 * replica.json in each says which store, region, storage type and replica it is. It is written
 * once, into an empty directory, and required ever after: a mount that is missing looks like an
 * empty directory, and two stores given one directory would sweep each other's blobs. So the store
 * records the claim outside the directory too, and refuses a claimed directory that is bare.
 */
#ifndef STORE_REPLICA_DIR_H
#define STORE_REPLICA_DIR_H

#include <stdbool.h>

#include "base/err.h"
#include "model/version.h"
#include "store/store.h"

struct replica_place {
    const char *region; /* canonical */
    enum storage_type type;
    unsigned number; /* from 1 */
};

/* "westeurope/standard_lrs/1", to be released with free: what messages call it. */
char *replica_dir_label(const struct replica_place *place);

/* Open the directory and check whose it is. Absent: made when `make` (under the store's lock), else
 * E_NOT_FOUND. Present without replica.json, and claimed before or not empty; another store's, or
 * another replica's: E_CORRUPT. Release with file_close. */
int replica_dir_open(const struct store *store, const struct replica_place *place, bool make,
                     int *ret_fd, struct err *err);

#endif
