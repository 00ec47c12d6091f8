#include "cmd/version_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static int check_count(const struct texts *terms, size_t wanted, const char *flag, const char *what,
                       struct err *err)
{
    if (terms->count == wanted)
        return 0;
    return err_set(err, E_USAGE, "'%s' has %zu term%s for %zu %s%s", flag, terms->count,
                   terms->count == 1 ? "" : "s", wanted, what, wanted == 1 ? "" : "s");
}

/* Both kinds of terms for regions: the first says what the second adds to. */
static int apply_to_regions(const struct texts *terms, const char *flag,
                            int (*parse)(const char *term, struct encryption *ret, struct err *err),
                            struct target_regions *regions, struct err *err)
{
    int rc;

    if (terms->count == 0)
        return 0;
    rc = check_count(terms, regions->count, flag, "target region", err);
    for (size_t i = 0; rc == 0 && i < terms->count; i++) {
        rc = parse(terms->items[i], &regions->items[i].encryption, err);
        if (rc)
            err_wrap(err, "'%s': '%s'", flag, terms->items[i]);
    }
    return rc;
}

/* A term in place of what a JSON object may have said. */
static int parse_fresh(const char *term, struct encryption *ret, struct err *err)
{
    shape_done(&encryption_shape, ret);
    return encryption_parse(term, ret, err);
}

static struct target_zone *find_zone(struct target_zones *zones, const char *term, size_t length)
{
    for (size_t i = 0; i < zones->count; i++) {
        const char *const name = zones->items[i].extended_location.name;

        if (strlen(name) == length && text_starts_word(term, name))
            return &zones->items[i];
    }
    return NULL;
}

static int apply_to_zone(const char *term, struct target_zones *zones, struct err *err)
{
    const size_t length = strcspn(term, ",");
    struct target_zone *const zone = find_zone(zones, term, length);

    if (!zone)
        return err_set(err, E_INVALID, "edge zone '%.*s' is not given", (int)length, term);
    if (!term[length])
        return err_set(err, E_INVALID, "an encryption set is missing");
    return parse_fresh(term + length + 1, &zone->encryption, err);
}

static int apply_to_zones(const struct texts *terms, struct target_zones *zones, struct err *err)
{
    static const char flag[] = "--target-edge-zone-encryption";
    int rc;

    if (terms->count == 0)
        return 0;
    rc = check_count(terms, zones->count, flag, "edge zone", err);
    for (size_t i = 0; rc == 0 && i < terms->count; i++) {
        rc = apply_to_zone(terms->items[i], zones, err);
        if (rc)
            err_wrap(err, "'%s': '%s'", flag, terms->items[i]);
    }
    return rc;
}

int version_keys_apply(const struct version_keys *keys, struct version *values, struct err *err)
{
    struct publishing_profile *const profile = &values->publishing_profile;
    int rc;

    if ((keys->regions.count || keys->confidential.count) && profile->target_regions.count == 0)
        VEC_ADD(&profile->target_regions); /* without a name: home */
    rc = apply_to_regions(&keys->regions, "--target-region-encryption", parse_fresh,
                          &profile->target_regions, err);
    if (rc == 0)
        rc = apply_to_regions(&keys->confidential, "--target-region-cvm-encryption",
                              encryption_parse_confidential, &profile->target_regions, err);
    return rc ? rc : apply_to_zones(&keys->zones, &profile->target_extended_locations, err);
}
