/* gallery_share.h: the part of gallery.h about galleries that are shared, which includes it. */
#ifndef GALLERY_SHARE_H
#define GALLERY_SHARE_H

#include "base/err.h"
#include "model/gallery.h"
#include "model/reference.h"

struct store;

/* --- with whom a gallery is shared --- */

struct share_request {
    struct reference ref;                /* of a gallery */
    struct texts subscriptions, tenants; /* UUIDs, in any case */
};
/* Share the gallery with them as well, or no more; durably, `ret` is the gallery then. What is so
 * already is no error. E_USAGE when nobody is named, E_CONFLICT unless its permissions are Groups,
 * and for more than SHARED_SUBSCRIPTIONS_MAX or SHARED_TENANTS_MAX. */
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

#endif
