/* soft_deleted.h: image versions that were deleted in a gallery that keeps them for a time. */
#ifndef MODEL_SOFT_DELETED_H
#define MODEL_SOFT_DELETED_H

#include "json/shape.h"
#include "model/gallery.h"
#include "model/reference.h"

/* What is recorded when one is deleted, and shown of it later. */
struct soft_deleted {
    char *id;             /* view: …/softDeletedArtifactTypes/Images/artifacts/… */
    char *image_version;  /* view: "prod/ubuntu/1.0.0" */
    char *name;           /* "1.0.0" */
    char *type;           /* view */
    char *resource_group; /* view */
    char *location;       /* view: its home region */
    unsigned soft_deleted_artifact_type; /* enum artifact_type; view */
    struct opt_time soft_deleted_time;
    struct opt_time consumption_end_time;
    struct opt_time hard_deletion_target_time; /* fixed then, whatever becomes of the policy */
    char *resource_arm_id;                     /* view: what it was called, and will be */
};

struct soft_deleted_list {
    struct soft_deleted *items;
    size_t count;
};

enum artifact_type { ARTIFACT_IMAGES = 1 };
extern const struct choices artifact_type_choices; /* Images */

extern const struct shape soft_deleted_shape;

/* What is recorded of the version of that number, deleted at `now` under that policy, over
 * all-zero. */
void soft_deleted_record(const struct soft_delete_policy *policy, const char *name, int64_t now,
                         struct soft_deleted *ret);

/* Whether it is to be gone for good by now; whether it can still be read. */
bool soft_deleted_is_over(const struct soft_deleted *deleted, int64_t now);
bool soft_deleted_is_readable(const struct soft_deleted *deleted, int64_t now);

/* Its id, and that of the version that it was; parts as in reference_add_id. Appended. */
void soft_deleted_add_id(struct buf *out, const char *subscription, const struct reference *ref);

#endif
