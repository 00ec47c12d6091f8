/* region_changes.h: what an update does to the target regions of a version one by one, so that two
 * updates at once lose nothing of each other. */
#ifndef MODEL_REGION_CHANGES_H
#define MODEL_REGION_CHANGES_H

#include "model/version.h"

struct region_changes {
    struct target_regions add; /* laid over the target of that name, else put behind the others */
    struct texts remove;       /* canonical names */
};

/* --add-regions, --remove-regions. */
extern const struct shape region_changes_shape;

/* Change the targets of `version`; those to be removed that are none are appended to `ret_absent`.
 * E_INVALID for the home region, which cannot be removed, and for a region that is both. Whether
 * what results is allowed: version_check_regions, version_check_change. */
int region_changes_apply(const struct region_changes *changes, struct version *version,
                         struct texts *ret_absent, struct err *err);

#endif
