/* resource.h: galleries, image definitions and image versions as directories with a manifest. One
 * set of functions for all three depths.
 *
 * Making and removing one is a single rename of its whole directory, so it is there completely or
 * not at all. Whoever changes holds the lock above: store_lock for galleries, resource_lock for
 * what is inside one. Readers take no lock. `ref` has checked names, down to `depth`.
 */
#ifndef STORE_RESOURCE_H
#define STORE_RESOURCE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/vec.h"
#include "json/shape.h"
#include "model/reference.h"
#include "store/store.h"

/* Lock the gallery that `ref` names, waiting as the store says. E_NOT_FOUND when the gallery does
 * not exist. Release with file_close. */
int resource_lock(const struct store *store, const struct reference *ref, int *ret_fd,
                  struct err *err);

/* The directory names of the resources of that depth, sorted; empty in a store that does not exist;
 * E_NOT_FOUND when the parent does not exist. */
int resource_list(const struct store *store, const struct reference *ref,
                  enum reference_depth depth, struct texts *ret, struct err *err);

/* Whether its directory is there; false in a store that does not exist. */
int resource_exists(const struct store *store, const struct reference *ref,
                    enum reference_depth depth, bool *ret, struct err *err);

/* Read the manifest into `value`; `ret_stored` as manifest_read. E_NOT_FOUND names the highest
 * resource on the way that is missing, with the nearest name as hint. A manifest whose name is not
 * its directory's is E_CORRUPT. */
int resource_read(const struct store *store, const struct reference *ref,
                  enum reference_depth depth, const struct shape *shape, void *value,
                  struct json **ret_stored, struct err *err);

/* Make the resource, durably. E_CONFLICT when it exists. */
int resource_create(const struct store *store, const struct reference *ref,
                    enum reference_depth depth, const struct shape *shape, const void *value,
                    struct err *err);

/* Replace its manifest, durably; `stored` is what resource_read gave. */
int resource_replace(const struct store *store, const struct reference *ref,
                     enum reference_depth depth, const struct shape *shape, const void *value,
                     const struct json *stored, struct err *err);

/* Flush the names on the way to the resource and its own, or that it is gone: who made, changed or
 * removed it may have been killed before that. For whoever finds nothing left to do and reports it
 * done. */
int resource_flush(const struct store *store, const struct reference *ref,
                   enum reference_depth depth, struct err *err);

/* Remove it with all inside, durably. Absent is 0, once that is durable. */
int resource_remove(const struct store *store, const struct reference *ref,
                    enum reference_depth depth, struct err *err);

#endif
