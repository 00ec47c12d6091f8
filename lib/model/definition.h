/* definition.h: an image definition: what all versions below it have in common. */
#ifndef MODEL_DEFINITION_H
#define MODEL_DEFINITION_H

#include "json/shape.h"

struct identifier {
    /* Unique together in the gallery, compared without case; fixed. */
    char *publisher, *offer, *sku;
};

struct range {
    struct opt_int min, max;
};

struct recommended {
    struct range vcpus;
    struct range memory; /* GB */
};

struct disallowed {
    struct texts disk_types;
};

struct purchase_plan {
    char *name, *publisher, *product; /* all three or none */
};

struct feature {
    char *name, *value;
    char *starts_at_version; /* NULL: all versions have it */
};

struct features {
    struct feature *items;
    size_t count;
};

struct definition {
    char *id; /* view */
    char *name;
    char *type;           /* view: "Microsoft.Compute/galleries/images" */
    char *resource_group; /* view: the gallery's */
    char *location;       /* fixed; the gallery's when none was given */
    struct tags tags;
    char *description;
    struct identifier identifier;
    unsigned os_type;            /* enum os_type; fixed */
    unsigned os_state;           /* enum os_state; fixed; Generalized when none was given */
    unsigned hyper_v_generation; /* fixed; V2 when none was given, as the Azure CLI since 2.61 */
    unsigned architecture;       /* fixed; x64 when none was given */
    struct opt_time end_of_life_date; /* in the future when it is set */
    struct recommended recommended;
    struct disallowed disallowed;
    struct features features;           /* change only when that is allowed: the next */
    struct opt_bool allow_update_image; /* false when not given */
    struct purchase_plan purchase_plan; /* fixed */
    char *eula;
    char *privacy_statement_uri;
    char *release_note_uri;
    unsigned provisioning_state; /* view */
};

struct definitions {
    struct definition *items;
    size_t count;
};

enum os_type { OS_LINUX = 1, OS_WINDOWS };
enum os_state { OS_GENERALIZED = 1, OS_SPECIALIZED };
enum generation { GENERATION_V1 = 1, GENERATION_V2 };
enum architecture { ARCHITECTURE_X64 = 1, ARCHITECTURE_ARM64 };

/* Flags as the Azure CLI's. Check: minimum <= maximum, a purchase plan is complete, V1 does not go
 * with Arm64; publisher, offer, sku and OS type are there. */
extern const struct shape definition_shape;

/* Fill in what was not given (see the members). `location` is the gallery's. Features are settled.
 */
void definition_defaults(struct definition *definition, const char *location);

/* Features as they are stored: known names and values in the service's spelling; the security type
 * Standard is that there is none. A definition that gives none keeps what it had in `before`; a new
 * one (NULL) of generation V2 gets TrustedLaunchSupported. It comes last. */
void definition_settle_features(struct definition *definition, const struct features *before);
/* The same ones in the same order. */
bool features_equal(const struct features *left, const struct features *right);

/* The security type of one that may only be in a private gallery, or NULL: machines of it alone can
 * be made of its images. */
const char *definition_private_type(const struct definition *definition);

/* E_INVALID when a date given is not in the future. */
int definition_check_dates(const struct definition *given, int64_t now, struct err *err);

/* Whether both have the same publisher, offer and sku. */
bool identifier_same(const struct identifier *left, const struct identifier *right);

void definitions_done(struct definitions *definitions);

#endif
