/* gallery_share.h: the part of gallery.h about galleries that are shared, which includes it. */
#ifndef GALLERY_SHARE_H
#define GALLERY_SHARE_H

#include "base/err.h"
#include "model/gallery.h"
#include "model/projection.h"
#include "model/reference.h"

struct page;
struct store;

/* --- with whom a gallery is shared --- */

struct share_request {
    struct reference ref;                /* of a gallery */
    struct texts subscriptions, tenants; /* UUIDs, in any case */
};
/* Share the gallery with them as well, or no more; durably, `ret` is the gallery then. What is so
 * already is no error. E_USAGE when nobody is named, E_CONFLICT unless its permissions are Groups,
 * E_NO_SPACE for more than SHARED_SUBSCRIPTIONS_MAX or SHARED_TENANTS_MAX. */
int gal_share_add(struct store *store, const struct share_request *request, struct gallery *ret,
                  struct err *err);
int gal_share_remove(struct store *store, const struct share_request *request, struct gallery *ret,
                     struct err *err);
/* Share it with nobody: its permissions are Private then, whatever they were. */
int gal_share_reset(struct store *store, const struct share_request *request, struct gallery *ret,
                    struct err *err);
/* Share it with everybody, under a public name that is made the first time. E_CONFLICT unless its
 * permissions are Community. */
int gal_share_enable_community(struct store *store, const struct share_request *request,
                               struct gallery *ret, struct err *err);

/* --- what is shared, as those see it that it is shared with: see projection.h. No role is asked
 * for, and who asks proves nothing: whoever may read the files of the store may ask --- */

struct shared_request {
    struct reference ref; /* through a share; of a list as deep as what the list is of lies in */
    const char *subscription; /* as which is asked; NULL: the store itself */
    struct opt_bool tenant;   /* of a list: what is shared with its tenant instead */
    char *location;           /* in any spelling: what is replicated to it; NULL: anywhere */
    struct opt_bool all; /* of a list of versions of a community gallery: not the latest alone */
    const struct page *page; /* of a list; NULL: all of it */
};
/* Those that are shared with who asks, or (through THROUGH_COMMUNITY) all community galleries; by
 * name. */
int gal_shared_gallery_list(struct store *store, const struct shared_request *request,
                            struct shared_galleries *ret, struct err *err);
/* One. E_NOT_FOUND also when it is not shared with who asks, or his tenant. */
int gal_shared_gallery_show(struct store *store, const struct shared_request *request,
                            struct shared_gallery *ret, struct err *err);
/* The image definitions of such a gallery, by name; one of them. */
int gal_shared_definition_list(struct store *store, const struct shared_request *request,
                               struct shared_definitions *ret, struct err *err);
int gal_shared_definition_show(struct store *store, const struct shared_request *request,
                               struct shared_definition *ret, struct err *err);
/* The image versions, by number; one of them, "latest" and ranges too. */
int gal_shared_version_list(struct store *store, const struct shared_request *request,
                            struct shared_versions *ret, struct err *err);
int gal_shared_version_show(struct store *store, const struct shared_request *request,
                            struct shared_version *ret, struct err *err);

#endif
