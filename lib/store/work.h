/* work.h: records of work that was accepted and is not finished: work/<version>.json, one a version
 * at most.
 *
 * Whoever writes or removes one holds the gallery's lock. Whoever does the work holds a lock on the
 * record itself, so that no two do the same; when the record is another file by then, or none, the
 * work was cancelled.
 */
#ifndef STORE_WORK_H
#define STORE_WORK_H

#include <stdbool.h>

#include "base/err.h"
#include "model/reference.h"
#include "model/work.h"
#include "store/store.h"

/* The record about that version. E_NOT_FOUND when there is none, E_CORRUPT when it is damaged. */
int work_read(const struct store *store, const struct reference *ref, struct work *ret,
              struct err *err);

/* The record that is locked: read from the locked file itself, so that nobody can put another one
 * in its place. E_DENIED when it is not of who runs this, or others may change it: it names files
 * that they might not read themselves. */
int work_read_locked(const struct reference *ref, int lock, struct work *ret, struct err *err);

/* Whether there is one, damaged or not. */
int work_exists(const struct store *store, const struct reference *ref, bool *ret, struct err *err);

/* Write it, durably, in place of what is there, for nobody else to change. The caller holds the
 * store's lock too, which keeps a sweep from what is not complete. */
int work_write(const struct store *store, const struct reference *ref, const struct work *work,
               struct err *err);

/* Make what is recorded durable, for whoever finds his record there: who wrote it may have been
 * killed before that. */
int work_flush(const struct store *store, struct err *err);

/* Remove it, durably. Absent is 0, once that is durable. */
int work_remove(const struct store *store, const struct reference *ref, struct err *err);

/* Lock the record of that version to do its work, waiting so long (lock.h). E_NOT_FOUND when there
 * is none, E_BUSY when somebody is at it. Release with file_close. */
int work_lock(const struct store *store, const struct reference *ref, int wait_ms, int *ret_fd,
              struct err *err);

/* Whether somebody is at it. */
bool work_is_held(const struct store *store, const struct reference *ref);

/* Whether the record is still the one that was locked. */
int work_is_of(const struct store *store, const struct reference *ref, int lock, bool *ret,
               struct err *err);

/* Whether another user has accepted it, in whose name it is done: only he and root take it up. */
bool work_is_anothers(const struct store *store, const struct reference *ref);

/* Call `each` for the versions below `ref`, and for that itself, of which there is a record, by
 * name; the reference is borrowed and in lower case. Files that are no records are passed over. An
 * error of `each` ends it. */
int work_each(const struct store *store, const struct reference *ref,
              int (*each)(void *user, const struct reference *ref, struct err *err), void *user,
              struct err *err);

#endif
