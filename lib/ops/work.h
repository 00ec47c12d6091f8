/* work.h: what commands with --no-wait leave to another process. See gal_version_create. */
#ifndef OPS_WORK_H
#define OPS_WORK_H

#include "gallery.h"
#include "model/work.h"

/* The record of a publish that was asked for: E_INVALID when a source cannot be read again.
 * Nothing else is looked at. `ret` all-zero. */
int ops_work_of(const struct store *store, const struct version_request *request, struct work *ret,
                struct err *err);

/* What was asked for, as it was recorded; borrows both. */
struct version_request ops_work_request(const struct work *work, const struct reference *ref);

/* work_read, with what to do about a record that is damaged as hint. */
int ops_work_read(const struct store *store, const struct reference *ref, struct work *ret,
                  struct err *err);

/* Record the work durably and start a process that does it; that this fails is a notice. There is
 * such a record already: it stays when it asks for the same, or when `work` wants no more than
 * copies, and E_CONFLICT otherwise; one that has failed gives way. "next" in `ref` becomes the
 * number that is recorded. */
int ops_work_accept(struct store *store, struct reference *ref, struct work *work, struct err *err);

/* The version to be created is not there. When somebody is making it from the same sources, wait
 * for that, or do it here: *ret_joined, and the version is there. E_CONFLICT when it is another
 * request; a record that has failed is removed. */
int ops_work_join(struct store *store, const struct version_request *request, bool *ret_joined,
                  struct err *err);

/* For whoever creates that version without a record, the gallery's lock held, when it is not there:
 * a record that has failed is removed; E_CONFLICT when there is another, as that was accepted. */
int ops_work_give_way(const struct store *store, const struct reference *ref, struct err *err);

/* E_CHANGED unless the names of all sources lead to what they led to when it was accepted. */
int ops_work_check_sources(const struct work *work, struct err *err);

/* Do the recorded work on that version, when nobody does; wait for whoever does, so long (lock.h;
 * then E_BUSY). Without a record, or when it is removed meanwhile, 0. When the version cannot be
 * made the record says why from then on. E_PARTIAL when a region failed: that is no work any more.
 */
int ops_work_run(struct store *store, const struct reference *ref, int wait_ms, struct err *err);

/* For whoever waits for that version: do its work when nobody does, and it has not failed. How that
 * ends shows in the version's state. */
void ops_work_resume(struct store *store, const struct reference *ref);

/* `err` says that the version does not exist: say it better when that is being made, or could not
 * be made. */
void ops_work_explain(const struct store *store, const struct reference *ref, struct err *err);

/* --- views --- */

/* Say in the view of a version what is being done to it. */
void ops_work_mark(const struct work *work, struct version *version);

/* The view of a version that is not there yet. `ret` all-zero. */
void ops_work_view(const struct store *store, const struct gallery *gallery,
                   const struct definition *definition, const struct work *work,
                   struct version *ret);

#endif
