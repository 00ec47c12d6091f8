/* sharing.h: with whom a gallery is shared: with nobody, with subscriptions and tenants that are
 * named, or with everybody. Words and limits are those of the Azure service. */
#ifndef MODEL_SHARING_H
#define MODEL_SHARING_H

#include "json/shape.h"

enum {
    SHARED_SUBSCRIPTIONS_MAX = 30, /* of one gallery; the limits of the Azure service */
    SHARED_TENANTS_MAX = 5,
};

enum permissions { PERMISSIONS_PRIVATE = 1, PERMISSIONS_GROUPS, PERMISSIONS_COMMUNITY };

/* What one is that a gallery is shared with. */
enum share_type { SHARE_SUBSCRIPTIONS = 1, SHARE_TENANTS };

struct share_group {
    unsigned type;    /* enum share_type; key */
    struct texts ids; /* UUIDs in lower case, in the order in which they were given */
};

struct share_groups {
    struct share_group *items;
    size_t count;
};

/* What everybody is told of a gallery that is everybody's. It stays when that ends. */
struct community_info {
    char *publisher_uri, *publisher_contact, *eula, *public_name_prefix;
    struct opt_bool community_gallery_enabled; /* made; false in views when it is not */
    struct texts public_names;                 /* made, once: the prefix, '-', a UUID */
};

struct sharing_profile {
    unsigned permissions;       /* enum permissions; absent in a store: Private */
    struct share_groups groups; /* made */
    struct community_info community_gallery_info;
};

extern const struct shape sharing_profile_shape;

/* Whether versions and definitions that are for private galleries alone may not be in it. */
bool sharing_is_shared(const struct sharing_profile *profile);
/* Whether it is shared with anybody now. */
bool sharing_is_with_any(const struct sharing_profile *profile);
/* Whether everybody may use it. */
bool sharing_is_community(const struct sharing_profile *profile);
/* Whether it is shared with the one of that kind whose id (in any case) that is. */
bool sharing_is_with(const struct sharing_profile *profile, enum share_type type, const char *id);

/* E_USAGE, naming all four flags, when it is to be a community gallery and what everybody is to be
 * told is not all there. */
int sharing_check_community(const struct sharing_profile *profile, struct err *err);

/* What an update may not do: end what somebody relies on, by other permissions while it is shared,
 * or rename what is public (E_CONFLICT). */
int sharing_check_change(const struct sharing_profile *old, const struct sharing_profile *changed,
                         struct err *err);

/* For a row: that all of them are UUIDs. E_INVALID. `slot` is a struct texts. */
int sharing_check_ids(const void *slot, struct err *err);

/* Share with them as well; what it is shared with already stays where it is. E_INVALID for what is
 * no UUID, E_NO_SPACE when that are more than may be: then `profile` is half-changed, and to be
 * thrown away. */
int sharing_add(struct sharing_profile *profile, enum share_type type, const struct texts *ids,
                struct err *err);
/* Share with them no more. */
void sharing_remove(struct sharing_profile *profile, enum share_type type, const struct texts *ids);
/* Share with nobody. What everybody was told stays, and so does the public name. */
void sharing_reset(struct sharing_profile *profile);

/* What a view shows beside what is stored. */
void sharing_view(struct sharing_profile *profile);

#endif
