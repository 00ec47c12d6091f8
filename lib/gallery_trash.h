/* gallery_trash.h: the part of gallery.h about image versions that were deleted in a gallery that
 * keeps them for a time, which includes it. */
#ifndef GALLERY_TRASH_H
#define GALLERY_TRASH_H

#include "base/err.h"
#include "json/shape.h"
#include "model/reference.h"
#include "model/soft_deleted.h"

struct store;
struct list_request;
struct version;

/* How something is deleted. */
enum delete_how {
    DELETE_RECURSIVE = 1 << 0, /* with all that is in it */
    DELETE_BYPASS = 1 << 1,    /* at once and for good, whatever the gallery keeps */
};

/* Those of an image definition, a gallery, a resource group or the store: by gallery, definition
 * and number. A page begins behind a version that is named as a reference, in a definition by its
 * number. */
int gal_version_list_soft_deleted(struct store *store, const struct list_request *request,
                                  struct soft_deleted_list *ret, struct err *err);

struct undelete_request {
    struct reference ref;
    char *location;   /* that of the version; NULL: no matter */
    struct tags tags; /* in place of those that it had */
    struct opt_bool allow_deletion_of_replicated_locations;
};
/* Bring a version back as it was, with what is given changed. E_INVALID when the gallery's soft
 * delete is off; E_NOT_FOUND when there is none; E_CONFLICT when a version has that number. */
int gal_version_undelete(struct store *store, const struct undelete_request *request,
                         struct version *ret, struct err *err);

struct purge_request {
    struct reference ref; /* a version; with `all` also what versions are in: a resource group alone
                             is its galleries; none: the store */
    struct opt_bool all;
};
/* Remove soft-deleted versions for good, at once. Absent is 0. E_CONFLICT when a lock keeps one:
 * then none is removed. */
int gal_version_purge(struct store *store, const struct purge_request *request, struct err *err);

#endif
