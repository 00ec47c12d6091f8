/* reference.h: how a user names a resource: GALLERY[/DEFINITION[/VERSION]], the Azure CLI's flags,
 * or a full ARM id. */
#ifndef MODEL_REFERENCE_H
#define MODEL_REFERENCE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/shape.h"

/* By whose leave what a reference names is read. */
enum reference_through {
    THROUGH_STORE,     /* as one who may do things in the store */
    THROUGH_SHARE,     /* it is shared: the gallery is named by its unique name, "STORE-GALLERY" */
    THROUGH_COMMUNITY, /* it is everybody's: by its public name */
};

/* NULL members were not given. */
struct reference {
    char *subscription;   /* of an id: this store's, or absent */
    char *resource_group; /* -g */
    char *gallery;        /* -r */
    char *definition;     /* -i */
    char *version;        /* -e: see version_name.h */
    unsigned through;     /* enum reference_through */
    /* Made: the version is meant that was soft-deleted, and lies in the store's trash. */
    struct opt_bool soft_deleted;
    /* Made, of what was found through a share: how it was named, and the gallery's name then. What
     * else the store knows of it is not for whoever asks. NULL: it was not. */
    unsigned lent_through;
    char *lent;
};

struct references {
    struct reference *items;
    size_t count;
};

/* Rows with the flags above, and the aliases of the Azure CLI: --gallery-image-name,
 * --gallery-image-version-name. */
extern const struct shape reference_shape;
/* The same struct, of what is shared with somebody, or with everybody: the gallery is named with
 * --gallery-unique-name, --public-gallery-name, and there is no resource group. */
extern const struct shape shared_reference_shape, community_reference_shape;
/* Whether it is one of these. */
bool reference_is_shape(const struct shape *shape);

/* How deep a reference goes. */
enum reference_depth { REFERENCE_NONE, REFERENCE_GALLERY, REFERENCE_DEFINITION, REFERENCE_VERSION };

/* "gallery", "image definition", "image version", and "galleries" …: for messages. Not for
 * REFERENCE_NONE. */
const char *reference_noun(enum reference_depth depth);
const char *reference_nouns(enum reference_depth depth);

/* Read "prod/ubuntu/1.0.0" (one to three parts),
 * "/subscriptions/S/resourceGroups/G/providers/Microsoft.Compute/galleries/R/images/I/versions/V",
 * "/SharedGalleries/U/Images/I/Versions/V" or "/CommunityGalleries/P/Images/I/Versions/V" (keys in
 * any case) over `ref`; a part that `ref` has already with another value is E_USAGE
 * ("named twice"). Names are not checked here. A text of any other form is E_INVALID. */
int reference_parse(const char *text, struct reference *ref, struct err *err);

/* How deep it goes; a deeper part without the ones above it is E_USAGE naming the flag that is
 * missing. */
int reference_depth(const struct reference *ref, enum reference_depth *ret, struct err *err);

/* Whether `ref` is `top` or in it; names in any case. */
bool reference_is_in(const struct reference *ref, const struct reference *top);

/* What `ref` names down to `depth`, as whoever asked calls it: for messages. It borrows. */
struct reference reference_asked(const struct reference *ref, enum reference_depth depth);

/* Check every name that is there by the rules of names.h and version_name.h: a range passes, and
 * "next". What is named through a share is none of the store's own: E_INVALID, as nothing but the
 * verbs that read it may have it. */
int reference_check(const struct reference *ref, struct err *err);
/* The same for those verbs. */
int reference_check_any(const struct reference *ref, struct err *err);

/* "prod/ubuntu/1.0.0", or the id of what is named through a share: what messages call it. Appended.
 */
void reference_add_text(struct buf *out, const struct reference *ref);

/* The ARM id, or that of what is named through a share, appended; parts that are NULL are left out
 * from there on. Spelled as given. */
void reference_add_id(struct buf *out, const char *subscription, const struct reference *ref);

#endif
