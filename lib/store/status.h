/* status.h: how far the copies of a version are, one small file a region: replication/<region>.json
 * in the version's directory. */
#ifndef STORE_STATUS_H
#define STORE_STATUS_H

#include "base/err.h"
#include "model/reference.h"
#include "model/replication.h"
#include "model/version.h"
#include "store/store.h"

/* The status of one region (canonical name) as it was written. E_NOT_FOUND when it never was,
 * E_CORRUPT when it is damaged. */
int status_load(const struct store *store, const struct reference *ref, const char *region,
                struct region_status *ret, struct err *err);

/* The status of one region (canonical name). What was never written, or is damaged (said in a
 * notice), is Unknown with progress 0. */
int status_read(const struct store *store, const struct reference *ref, const char *region,
                struct region_status *ret, struct err *err);

/* Write it, durably; the directory for it is made when it was lost. The caller holds the gallery's
 * lock. E_NOT_FOUND when the version was deleted meanwhile. */
int status_write(const struct store *store, const struct reference *ref,
                 const struct region_status *status, struct err *err);

/* Forget the regions that are no targets of `version`, and the replicas that are more than it wants
 * in one: what comes back later starts from nothing. The caller holds the gallery's lock. */
int status_forget_others(const struct store *store, const struct reference *ref,
                         const struct version *version, struct err *err);

/* Say of no more replicas than the target wants that they are, or were, there. Returns whether that
 * changed anything. */
bool status_cap(struct region_status *status, const struct target_region *target);

/* Flush the names of what was written: whoever wrote it may have been killed before that. For
 * whoever relies on it and reports it done. A version that was deleted meanwhile is 0. */
int status_flush(const struct store *store, const struct reference *ref, struct err *err);

/* All target regions of the version in their order, and the aggregate. */
int status_read_all(const struct store *store, const struct reference *ref,
                    const struct version *version, struct replication_status *ret, struct err *err);

#endif
