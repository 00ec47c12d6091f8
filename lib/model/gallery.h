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

extern const struct shape gallery_shape, identity_shape;

/* What follows from the others. */
void identity_set_type(struct identity *identity);

void galleries_done(struct galleries *galleries);

#endif
