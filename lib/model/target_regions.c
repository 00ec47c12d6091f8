/* What --target-regions takes: REGION[=COUNT][=TYPE]. */
#include "model/room.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/vec.h"
#include "model/region.h"
#include "model/version.h"

enum { PARTS_MAX = 3 }; /* REGION=COUNT=TYPE */

size_t target_cut(char *word, char **parts, size_t max)
{
    size_t count = 0;

    for (;;) {
        if (count == max)
            return max + 1;
        parts[count++] = word;
        word = strchr(word, '=');
        if (!word)
            return count;
        *word++ = '\0';
    }
}

static int set_count(int64_t count, struct opt_int *ret, struct err *err)
{
    if (count < 1)
        return err_set(err, E_INVALID, "%" PRId64 " is below 1", count);
    if (count > REPLICAS_MAX)
        return err_set(err, E_INVALID, "%" PRId64 " is above %d", count, REPLICAS_MAX);
    *ret = (struct opt_int){.set = true, .value = count};
    return 0;
}

int target_refuse_form(const char *why, const char *form, struct err *err)
{
    err_set(err, E_INVALID, "%s", why);
    err_hint(err, "write %s", form);
    return E_INVALID;
}

static int set_type(const char *text, const char *what, const struct choices *types, unsigned *ret,
                    struct err *err)
{
    const char *nearest;

    *ret = choice_value(types, text);
    if (*ret)
        return 0;
    err_set(err, E_INVALID, "'%s' is %s", text, what);
    nearest = text_nearest(text, types->words);
    if (err && nearest)
        err_hint(err, "did you mean '%s'?", nearest);
    return E_INVALID;
}

int target_parse_parts(char *const *parts, size_t count, const struct choices *types,
                       struct target_parts *ret, struct err *err)
{
    int64_t number;
    int rc;

    for (size_t i = 0; i < count; i++)
        if (*parts[i] == '\0')
            return err_set(err, E_INVALID, "nothing stands behind '='");
    if (count == 0)
        return 0;
    if (!number_parse(parts[0], &number)) {
        if (count > 1)
            return err_set(err, E_INVALID, "'%s' is not a whole number", parts[0]);
        return set_type(parts[0], "neither a count nor a storage account type", types, &ret->type,
                        err);
    }
    rc = set_count(number, &ret->count, err);
    if (rc || count == 1)
        return rc;
    return set_type(parts[1], "not a known storage account type", types, &ret->type, err);
}

static bool is_listed(const struct target_regions *regions, const char *name)
{
    for (size_t i = 0; i < regions->count; i++)
        if (text_equal(regions->items[i].name, name))
            return true;
    return false;
}

/* REGION[=COUNT][=TYPE] */
static int parse_parts(char *word, struct target_region *region, struct err *err)
{
    char *parts[PARTS_MAX];
    const size_t count = target_cut(word, parts, PARTS_MAX);
    struct target_parts behind = {0};
    int rc;

    if (count > PARTS_MAX)
        return target_refuse_form("more than three parts", "REGION=COUNT=TYPE", err);
    if (*parts[0] == '\0')
        return err_set(err, E_INVALID, "no region is named");
    region->name = text_copy(parts[0]);
    rc = target_parse_parts(parts + 1, count - 1, &storage_type_choices, &behind, err);
    region->regional_replica_count = behind.count;
    region->storage_account_type = behind.type;
    return rc;
}

/* {"name": "westus2", "excludeFromLatest": true}: for what the short form has no place for. */
static int parse_object(const char *word, struct target_region *region, struct err *err)
{
    struct json *tree = NULL;
    int rc = json_parse(word, strlen(word), &tree, err);

    if (rc == 0)
        rc = shape_read(&target_region_shape, tree, SHAPE_INPUT, region, err);
    json_free(tree);
    if (rc == 0 && !region->name)
        rc = err_set(err, E_INVALID, "no region is named");
    return rc;
}

static int parse_word(char *word, struct target_regions *into, struct err *err)
{
    struct target_region region = {0};
    int rc = *word == '{' ? parse_object(word, &region, err) : parse_parts(word, &region, err);

    if (rc == 0)
        rc = region_settle_word(&region.name, err);
    if (rc && err && strchr(word, '/'))
        err_hint(err, "a name goes before the list, or behind '--'");
    if (rc && err && *word != '{' && strchr(word, ','))
        err_hint(err, "regions are words of their own, with blanks between");
    if (rc == 0 && is_listed(into, region.name))
        rc = err_set(err, E_INVALID, "region '%s' is given twice", region.name);
    if (rc) {
        shape_done(&target_region_shape, &region);
        return rc;
    }
    *VEC_ADD(into) = region;
    return 0;
}

int target_regions_parse(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct target_regions *const old = slot;
    struct target_regions fresh = {0};

    if (count == 0)
        return err_set(err, E_INVALID, "no region is named");
    for (size_t i = 0; i < count; i++) {
        char *const word = text_copy(words[i]);
        const int rc = parse_word(word, &fresh, err);

        free(word);
        if (rc) {
            if (err)
                err_wrap(err, "'%s'", words[i]);
            list_done(&fresh, &target_region_shape);
            return rc;
        }
    }
    list_done(old, &target_region_shape);
    *old = fresh;
    return 0;
}
