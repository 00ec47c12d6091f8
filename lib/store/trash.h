/* trash.h: image versions that were soft-deleted: trash/<gallery>+<definition>+<M.m.p>, the whole
 * directory as it was, and in it deletion.json: when it was deleted, and when it goes for good.
 *
 * A version comes there, and goes back, by one rename, so that it is in one of the two places,
 * complete. The record is written before the one, and removed after the other; where the version
 * is no part of the trash it is scratch. Whoever does any of that holds the gallery's lock; and the
 * store's who writes a manifest there, which keeps a sweep from what is not complete.
 *
 * The manifests are those of the version, with its own path in their checksums; resource.h and
 * status.h read them when `soft_deleted` of the reference is true.
 */
#ifndef STORE_TRASH_H
#define STORE_TRASH_H

#include <stdbool.h>

#include "base/err.h"
#include "model/reference.h"
#include "model/soft_deleted.h"
#include "store/store.h"

/* What a store needs once it keeps versions in its trash: a program that does not know that would
 * sweep their disks. */
#define FEATURE_TRASH "trash"

/* Put the version there, durably. E_NOT_FOUND when there is none, E_CONFLICT when one of that
 * number is in the trash. */
int trash_put(const struct store *store, const struct reference *ref,
              const struct soft_deleted *record, struct err *err);

/* Write the intent of taking it out, one way or the other: activity.h. For whoever changes it
 * before that; the others here do it themselves. */
int trash_intend(const struct store *store, const struct reference *ref, struct err *err);

/* Put it back where it was, durably, its record still in it. E_NOT_FOUND, E_CONFLICT when a version
 * is there. */
int trash_take_back(const struct store *store, const struct reference *ref, struct err *err);

/* Whether the version, which is there, has a record all the same: it was not forgotten, or the
 * version was not put into the trash. */
int trash_is_recorded(const struct store *store, const struct reference *ref, bool *ret,
                      struct err *err);

/* Forget the record of a version that is there, which says nothing any more. What is left of it is
 * swept. */
void trash_forget(const struct store *store, const struct reference *ref);

/* Remove it for good, durably. Absent is 0, once that is durable. */
int trash_remove(const struct store *store, const struct reference *ref, struct err *err);

/* Make durable that it is there, or not. */
int trash_flush(const struct store *store, struct err *err);

/* Whether the version that `ref` names is in the trash. */
int trash_has(const struct store *store, const struct reference *ref, bool *ret, struct err *err);

/* What was recorded of it. E_NOT_FOUND, E_CORRUPT. */
int trash_read(const struct store *store, const struct reference *ref, struct soft_deleted *ret,
               struct err *err);

/* Call `each` for what is in the trash of `ref` and below it, by name; the reference is borrowed,
 * in lower case and soft_deleted. What is no version there is passed over. An error of `each` ends
 * it. */
int trash_each(const struct store *store, const struct reference *ref,
               int (*each)(void *user, const struct reference *ref, struct err *err), void *user,
               struct err *err);

/* What lies there and is no version, nor scratch; by name. */
int trash_strays(const struct store *store, struct texts *ret, struct err *err);

/* When something came into the trash or left it last, to be compared: whoever reads all versions
 * and finds another time afterwards may have missed one that moved. */
struct trash_time {
    int64_t seconds, nanoseconds; /* 0 where there is no trash */
};
/* That time. */
int trash_touched(const struct store *store, struct trash_time *ret, struct err *err);

#endif
