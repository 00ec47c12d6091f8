/* trash.h: what deleting means in a gallery that keeps deleted versions for a time, and what is in
 * the way of what else is done there. Whoever changes something holds the gallery's lock. */
#ifndef OPS_TRASH_H
#define OPS_TRASH_H

#include "ops/room.h"
#include "store/trash.h"

/* E_CONFLICT when a soft-deleted version has that number. */
int ops_check_number_free(const struct store *store, const struct reference *ref, struct err *err);

/* A version was not found: say how one that is soft-deleted comes back. */
void ops_trash_explain(const struct store *store, const struct reference *ref, struct err *err);

/* A notice that the version which was just deleted is in the trash, if it is, and until when. */
void ops_tell_trashed(const struct store *store, const struct reference *ref);

/* Have `ref`, which names no version that is there, mean the soft-deleted one of that number, if
 * that can still be read; a notice says until when. One that is lent is not: it was withdrawn. */
int ops_find_readable(const struct store *store, struct reference *ref, struct err *err);

/* E_CONFLICT when soft-deleted versions are in what `ref` names down to `depth`, naming up to five.
 */
int ops_refuse_if_trash(const struct store *store, const struct reference *ref,
                        enum reference_depth depth, struct err *err);

/* E_CONFLICT when deleting all in `ref` would pass over the gallery's soft delete: it is on, or
 * soft-deleted versions are in it. */
int ops_check_bypass(const struct store *store, const struct reference *ref, struct err *err);

/* Whether what is in the trash is in the resource group that `part` names without a gallery; where
 * it names another thing, it is. E_* when the gallery that would say so cannot be read. */
int ops_trash_is_in_group(const struct store *store, const struct reference *ref,
                          const struct reference *part, bool *ret, struct err *err);

/* E_CONFLICT when a lock keeps one of the soft-deleted versions in `ref`. */
int ops_check_trash_unlocked(const struct store *store, const struct reference *ref,
                             struct err *err);

/* Remove for good, durably, those that are in `ref`. */
int ops_empty_trash(struct store *store, const struct reference *ref, struct err *err);

/* Lock what it takes to change the trash of that gallery. Release with file_close. */
int ops_trash_lock(const struct store *store, const struct reference *ref, int *ret_fd,
                   struct err *err);

/* Whether a sweep removes it: it is past its time, and no lock keeps it. What cannot be read is
 * not. */
int ops_is_over(const struct store *store, const struct reference *ref, int64_t now, bool *ret,
                struct err *err);

/* Remove it for good, if it is over by then: the gallery is locked meanwhile. */
int ops_remove_if_over(const struct store *store, const struct reference *ref, int64_t now,
                       bool *ret_removed, struct err *err);

/* What deleting the version would record, were it done now. *ret_kept false: it goes at once. To be
 * released with shape_done(&soft_deleted_shape, …). */
int ops_foresee(const struct store *store, const struct reference *ref, unsigned how,
                bool *ret_kept, struct soft_deleted *ret, struct err *err);

#endif
