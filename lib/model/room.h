/* room.h: what files of model share and nobody else needs. */
#ifndef MODEL_ROOM_H
#define MODEL_ROOM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "json/shape.h"

/* Largest count of bytes in a manifest: the integers that every JSON reader holds exactly. */
#define BYTES_MAX (INT64_C(1) << 53)

/* A number of a version: no digits, and one that begins with '0', are apart: the second is the
 * common slip. */
enum semver_result { SEMVER_GOOD, SEMVER_BAD, SEMVER_LEADING_ZERO, SEMVER_TOO_LARGE };

/* Read digits at *at into *ret and move behind them. */
enum semver_result semver_read_part(const char **at, int32_t *ret);

extern const struct shape target_region_shape;
extern const struct shape feature_shape;
/* Of a definition. */
extern const struct shape recommended_shape, disallowed_shape, purchase_plan_shape;
extern const struct choices os_type_choices, os_state_choices, generation_choices,
    architecture_choices, host_caching_choices;

/* A row's parse for struct features: words "NAME=VALUE NAME=VALUE", or JSON objects of
 * feature_shape; nothing but blanks clears. */
int features_parse(const char *const *words, size_t count, void *slot, struct err *err);

/* Of edge zones. */
extern const struct choices zone_storage_choices;
extern const struct shape target_zone_shape;

/* What stands behind a region or a zone: nothing, COUNT, TYPE, or COUNT and TYPE. */
struct target_parts {
    struct opt_int count;
    unsigned type;
};

/* Read that from `parts`, of which there are `count`. E_INVALID. */
int target_parse_parts(char *const *parts, size_t count, const struct choices *types,
                       struct target_parts *ret, struct err *err);
/* E_INVALID, and a hint to write it in that form. */
int target_refuse_form(const char *why, const char *form, struct err *err);
/* Cut `word` (changed) at each '=' into at most `max` parts. Returns how many; `max` + 1 when there
 * are more. */
size_t target_cut(char *word, char **parts, size_t max);

/* A row's parse for struct target_zones: words REGION=ZONE[=COUNT][=TYPE], or a JSON object of
 * target_zone_shape; the word None clears. */
int target_zones_parse(const char *const *words, size_t count, void *slot, struct err *err);
/* A row's check: no zone stands twice. */
int target_zones_check(const void *slot, struct err *err);

/* A row's parse for struct target_regions: words REGION[=COUNT][=TYPE], or a JSON object of
 * target_region_shape. */
int target_regions_parse(const char *const *words, size_t count, void *slot, struct err *err);

#endif
