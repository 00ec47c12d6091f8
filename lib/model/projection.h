/* projection.h: what is shown of a gallery, and of what is in it, to those that it is shared with:
 * neither where disks came from nor where copies are. Keys and ids are the service's for shared and
 * community galleries; what only the latter have is absent for the former. */
#ifndef MODEL_PROJECTION_H
#define MODEL_PROJECTION_H

#include "model/definition.h"
#include "model/gallery.h"
#include "model/reference.h"
#include "model/version.h"

/* What a community gallery tells everybody. */
struct community_metadata {
    char *publisher_uri, *publisher_contact, *eula;
    struct texts public_names;
};

struct shared_gallery {
    char *name;      /* what it is found by: the unique name, or the public one */
    char *unique_id; /* "/SharedGalleries/NAME" */
    char *type;      /* of a community gallery: that of the service */
    char *location;
    struct community_metadata community_metadata;
    struct tags artifact_tags; /* the gallery's own */
};
struct shared_galleries {
    struct shared_gallery *items;
    size_t count;
};

struct shared_definition {
    char *name;
    char *unique_id; /* "/SharedGalleries/NAME/Images/DEFINITION" */
    char *type;
    char *location;
    unsigned os_type, os_state, hyper_v_generation, architecture;
    struct identifier identifier; /* of a community gallery empty texts, as the service has it */
    struct recommended recommended;
    struct disallowed disallowed;
    struct features features;
    struct purchase_plan purchase_plan;
    struct opt_time end_of_life_date;
    char *privacy_statement_uri, *eula;
    struct tags artifact_tags;
};
struct shared_definitions {
    struct shared_definition *items;
    size_t count;
};

struct shared_disk {
    struct opt_int lun; /* of data disks */
    struct opt_int disk_size_gb;
    unsigned host_caching;
};
struct shared_disks {
    struct shared_disk *items;
    size_t count;
};
struct shared_storage {
    struct shared_disk os_disk_image;
    struct shared_disks data_disk_images;
};

struct shared_version {
    char *name;
    char *unique_id; /* "/SharedGalleries/NAME/Images/DEFINITION/Versions/1.0.0" */
    char *type;
    char *location; /* that was asked for, or the home region */
    struct opt_time published_date, end_of_life_date;
    struct opt_bool exclude_from_latest;
    struct shared_storage storage_profile;
    struct tags artifact_tags;
};
struct shared_versions {
    struct shared_version *items;
    size_t count;
};

extern const struct shape shared_gallery_shape, shared_definition_shape, shared_version_shape;

/* What of `ref` (through a share, as deep as what is shown) is shown in that place; `location` is
 * canonical, NULL: its own. Into all-zero. */
void project_gallery(const struct reference *ref, const struct gallery *gallery,
                     const char *location, struct shared_gallery *ret);
void project_definition(const struct reference *ref, const struct definition *definition,
                        const char *location, struct shared_definition *ret);
void project_version(const struct reference *ref, const struct version *version,
                     const char *location, struct shared_version *ret);

#endif
