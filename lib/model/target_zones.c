/* What --target-edge-zones takes: REGION=ZONE[=COUNT][=TYPE]. */
#include "model/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"
#include "model/region.h"
#include "model/version.h"

enum { PARTS_MAX = 4 }; /* REGION=ZONE=COUNT=TYPE */

static int parse_parts(char *word, struct target_zone *zone, struct err *err)
{
    char *parts[PARTS_MAX];
    const size_t count = target_cut(word, parts, PARTS_MAX);
    struct target_parts behind = {0};
    int rc;

    if (count > PARTS_MAX)
        return target_refuse_form("more than four parts", "REGION=ZONE=COUNT=TYPE", err);
    if (count < 2)
        return target_refuse_form("no zone is named", "REGION=ZONE", err);
    if (*parts[0] == '\0' || *parts[1] == '\0')
        return err_set(err, E_INVALID, "no %s is named", *parts[0] ? "zone" : "region");
    zone->name = text_copy(parts[0]);
    zone->extended_location.name = text_copy(parts[1]);
    rc = target_parse_parts(parts + 2, count - 2, &zone_storage_choices, &behind, err);
    zone->extended_location_replica_count = behind.count;
    zone->storage_account_type = behind.type;
    return rc;
}

static int parse_object(const char *word, struct target_zone *zone, struct err *err)
{
    struct json *tree = NULL;
    int rc = json_parse(word, strlen(word), &tree, err);

    if (rc == 0)
        rc = shape_read(&target_zone_shape, tree, SHAPE_INPUT, zone, err);
    json_free(tree);
    if (rc == 0 && !zone->name)
        rc = err_set(err, E_INVALID, "no region is named");
    return rc;
}

static int parse_word(const char *word, struct target_zones *into, struct err *err)
{
    struct target_zone *const zone = VEC_ADD(into);
    char *const text = text_copy(word);
    int rc = *word == '{' ? parse_object(word, zone, err) : parse_parts(text, zone, err);

    if (rc == 0)
        rc = region_settle_word(&zone->name, err);
    if (rc && err)
        err_wrap(err, "'%s'", word);
    zone->extended_location.type = ZONE_EDGE;
    free(text);
    return rc;
}

int target_zones_parse(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct target_zones fresh = {0};
    int rc = 0;

    if (count == 1 && (!words[0][0] || text_same_word(words[0], "none")))
        list_clear(&fresh);
    else
        for (size_t i = 0; rc == 0 && i < count; i++)
            rc = parse_word(words[i], &fresh, err);
    if (rc) {
        list_done(&fresh, &target_zone_shape);
        return rc;
    }
    list_done(slot, &target_zone_shape);
    *(struct target_zones *)slot = fresh;
    return 0;
}

int target_zones_check(const void *slot, struct err *err)
{
    const struct target_zones *const zones = slot;

    for (size_t i = 0; i < zones->count; i++) {
        const char *const name = zones->items[i].extended_location.name;

        if (!name || !*name)
            return err_set(err, E_INVALID, "zone %zu has no name", i);
        for (size_t k = 0; k < i; k++)
            if (text_same_word(name, zones->items[k].extended_location.name))
                return err_set(err, E_INVALID, "zone '%s' is given twice", name);
    }
    return 0;
}
