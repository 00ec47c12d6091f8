/* region.h: the built-in regions: every Azure region of the public documentation, and "local". */
#ifndef MODEL_REGION_H
#define MODEL_REGION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "json/shape.h"

/* What region list shows. */
struct region {
    char *name;            /* "westus2" */
    char *display_name;    /* "West US 2" */
    unsigned cloud;        /* enum cloud: no cloud is CLOUD_NONE */
    struct opt_bool zones; /* has availability zones */
};

struct regions {
    struct region *items;
    size_t count;
};

enum cloud { CLOUD_NONE = 1, CLOUD_PUBLIC, CLOUD_CHINA, CLOUD_US_GOVERNMENT };

extern const struct choices cloud_choices; /* None AzureCloud AzureChinaCloud AzureUSGovernment */
extern const struct shape region_shape;

/* The default location: of no cloud, and so beside any. */
#define REGION_LOCAL "local"

struct region_row {
    const char *name;
    const char *display_name;
    enum cloud cloud;
    bool zones;
};

/* Sorted by name; ends with a row whose name is NULL. */
extern const struct region_row region_rows[];

/* Any spelling ("westus2", "West US 2", "WestUS2"): blanks and case do not count. NULL when
 * unknown. */
const struct region_row *region_find(const char *text);

/* region_find, or E_INVALID "region 'westeurop' is unknown" with the nearest as hint. */
int region_parse(const char *text, const struct region_row **ret, struct err *err);

/* Row check for a location or region member (char *). */
int region_check(const void *slot, struct err *err);
/* Row parse for a location: stores the canonical name. */
int region_parse_words(const char *const *words, size_t count, void *slot, struct err *err);

/* The same for texts: the canonical name of each. */
int regions_parse_words(const char *const *words, size_t count, void *slot, struct err *err);

/* Whether data may go from one to the other: same cloud, or one of them of none. */
bool region_may_replicate(const struct region_row *from, const struct region_row *to);

#endif
