/* gallery.h: a gallery: a named collection of image definitions. */
#ifndef MODEL_GALLERY_H
#define MODEL_GALLERY_H

#include "json/shape.h"
#include "model/sharing.h"

struct gallery_identifier {
    char *unique_name; /* store id, '-', the name in capitals */
};

/* Who a gallery is when it asks others for something. Kept for those who want to know: nothing here
 * asks anybody. */
struct identity {
    unsigned type; /* view: follows from the others */
    struct opt_bool system_assigned;
    struct texts user_assigned_identities; /* ids */
};

/* What becomes of image versions that are deleted. Absent until it was ever given. */
struct soft_delete_policy {
    struct opt_bool is_soft_delete_enabled;
    struct opt_int retention_period_in_days; /* until one cannot be read any more */
    struct opt_int grace_period_in_days;     /* from then on, until it is gone for good */
};

enum {
    SOFT_DELETE_RETENTION = 7,    /* days, where the policy has no other number */
    SOFT_DELETE_DAYS_MAX = 36500, /* a century: whoever wants more wants to keep the version */
};

struct gallery {
    char *id;             /* view: ARM id */
    char *name;           /* as spelled at creation */
    char *type;           /* view: "Microsoft.Compute/galleries" */
    char *resource_group; /* a label; "default" when none was given; fixed */
    char *location;       /* canonical region name; fixed */
    struct tags tags;
    char *description;
    struct gallery_identifier identifier; /* view */
    struct identity identity;
    struct sharing_profile sharing_profile;
    struct soft_delete_policy soft_delete_policy;
    unsigned compression;        /* enum compression: of new frames; fixed */
    unsigned provisioning_state; /* view */
};

struct galleries {
    struct gallery *items;
    size_t count;
};

/* Same order as enum codec of codec/compress.h, plus one (0 is absent). */
enum compression { COMPRESSION_NONE = 1, COMPRESSION_ZLIB, COMPRESSION_ZSTD };
extern const struct choices compression_choices; /* none zlib zstd */

enum provisioning_state {
    STATE_CREATING = 1,
    STATE_UPDATING,
    STATE_FAILED,
    STATE_SUCCEEDED,
    STATE_DELETING
};
extern const struct choices provisioning_state_choices;

extern const struct shape gallery_shape, identity_shape, soft_delete_policy_shape;

/* What follows from the others. */
void identity_set_type(struct identity *identity);

/* Fill in what was not given, once any of it was. */
void soft_delete_settle(struct soft_delete_policy *policy);
bool soft_delete_is_on(const struct soft_delete_policy *policy);

void galleries_done(struct galleries *galleries);

#endif
