/* limits.h: how much there may be in a store, and how much there is.
 *
 * The service counts its galleries, image definitions and image versions by subscription and
 * region, and the replicas by image version; names and numbers are its own. Here a store is a
 * subscription, and its limits can be changed.
 */
#ifndef MODEL_LIMITS_H
#define MODEL_LIMITS_H

#include "json/shape.h"

enum limit_name {
    LIMIT_GALLERY = 1,
    LIMIT_DEFINITION,
    LIMIT_VERSION,
    LIMIT_REPLICA, /* of one image version, in all regions */
    LIMITS = LIMIT_REPLICA,
};
extern const struct choices limit_choices; /* "Gallery", "GalleryImage", ... */

struct limit {
    unsigned name;        /* enum limit_name */
    struct opt_int limit; /* 0 to limit_most(name); not set: the default */
};

struct limits {
    struct limit *items;
    size_t count;
};

extern const struct shape limit_shape;

/* The most that it can be. */
int64_t limit_most(enum limit_name name);

/* What it is, `changed` being those that are not the default. */
int64_t limit_of(const struct limits *changed, enum limit_name name);

/* The arguments of --limit: "Gallery=200", of which "Gallery=default" is one without a number. */
int limits_parse(const char *const *words, size_t count, void *slot, struct err *err);

/* Lay what limits_parse gave over those that were changed before. */
void limits_merge(struct limits *changed, const struct limits *given);

struct usage_name {
    char *value;           /* of enum limit_name */
    char *localized_value; /* in words */
};

/* Of one limit in one region. */
struct usage {
    struct usage_name name;
    char *location;               /* short name of the region */
    struct opt_int current_value; /* of replicas: of the version that has most */
    struct opt_int limit;
    char *unit; /* "Count" */
};

struct usages {
    struct usage *items;
    size_t count;
};

extern const struct shape usage_shape;

/* Add what a region has. */
void usages_add(struct usages *usages, const struct limits *changed, enum limit_name name,
                const char *location, int64_t value);

/* A store as it is shown. */
struct store_view {
    char *id;
    char *name; /* of its directory */
    char *path;
    char *tenant_id;
    char *default_location;
    char *shared_with; /* a Unix group; NULL: none */
    struct opt_time created_date;
    struct limits limits; /* all of them */
};

extern const struct shape store_view_shape;

#endif
