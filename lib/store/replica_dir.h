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
#include "store/place.h"
#include "store/store.h"

/* "westeurope/standard_lrs/1", "westeurope/standard_zrs/1/zone-2", to be released with free: what
 * messages call it. */
char *replica_dir_label(const struct replica_place *place);

/* Where it is: "regions/westus2/standard_lrs/1", or absolute where its region is elsewhere; to be
 * released with free. Errors as region_dir_open. */
int replica_dir_path(const struct store *store, const struct replica_place *place, char **ret,
                     struct err *err);

/* Open the directory and check whose it is. Absent: made when `make` (under the store's lock), else
 * E_NOT_FOUND. Present without replica.json, and claimed before or not empty; another store's, or
 * another replica's: E_CORRUPT, with what to do about it in the hint. By way of a symbolic link:
 * E_DENIED. On a file system that cannot do what ground.h tries: not made, E_UNSUPPORTED. With
 * `make` the claim is recorded again when that is missing; without, nothing is written. A region
 * that is not to be reached is an error as in region_dir.h; one that is unknown E_CORRUPT, when the
 * directory is not there. Release with file_close. */
int replica_dir_open(const struct store *store, const struct replica_place *place, bool make,
                     int *ret_fd, struct err *err);

/* Open one that the store has claimed and that does not say whose it is any more: its replica.json
 * is missing, or no manifest, and other files are there. For whoever finds out whose these are and
 * signs it again. E_CONFLICT for any other. Release with file_close. */
int replica_dir_open_unsigned(const struct store *store, const struct replica_place *place,
                              int *ret_fd, struct err *err);
/* Write replica.json into the directory `fd`, durably. */
int replica_dir_sign(const struct store *store, const struct replica_place *place, int fd,
                     struct err *err);

/* Remove the directory with all that is in it, and its claim, durably. The caller holds the store's
 * lock and the replica's. What is not there is done. */
int replica_dir_remove(const struct store *store, const struct replica_place *place,
                       struct err *err);

/* Forget the claim of one that will not be had back. */
int replica_dir_forget(const struct store *store, const struct replica_place *place,
                       struct err *err);

/* Whether the claim of the directory is recorded. */
int replica_dir_is_claimed(const struct store *store, const struct replica_place *place, bool *ret,
                           struct err *err);

/* Every replica directory that is there, whoever made it, by region, type, number and zone, and
 * then those that were claimed and cannot be opened, as their region is not mounted or a link; the
 * place is borrowed. What does not look like one is passed over; a directory that cannot be listed
 * is an error, and so is what `each` returns. */
int replica_dir_each(const struct store *store,
                     int (*each)(void *user, const struct replica_place *place, struct err *err),
                     void *user, struct err *err);
/* The same for those of one region (canonical); NULL: all. */
int replica_dir_each_of(const struct store *store, const char *region,
                        int (*each)(void *user, const struct replica_place *place, struct err *err),
                        void *user, struct err *err);

#endif
