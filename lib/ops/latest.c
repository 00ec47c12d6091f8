/* Which version "latest" means. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/semver.h"
#include "ops/room.h"
#include "store/resource.h"
#include "store/status.h"

static int highest_first(const void *left, const void *right)
{
    return -semver_compare(left, right);
}

/* The version numbers of the definition, highest first; names that are no versions are passed over.
 */
static int list_numbers(const struct store *store, const struct reference *ref, struct semver **ret,
                        size_t *ret_count, struct err *err)
{
    struct texts names = {0};
    struct err ignored = {0};
    struct semver *numbers;
    size_t count = 0;
    int rc;

    rc = resource_list(store, ref, REFERENCE_VERSION, &names, err);
    if (rc)
        return rc;
    numbers = mem_new(names.count, sizeof *numbers);
    for (size_t i = 0; i < names.count; i++)
        if (semver_parse(names.items[i], &numbers[count], &ignored) == 0)
            count++;
    texts_done(&names);
    qsort(numbers, count, sizeof *numbers, highest_first);
    *ret = numbers;
    *ret_count = count;
    return 0;
}

/* Not excluded there, and all its copies in that region are complete. */
static int is_candidate(const struct store *store, const struct reference *ref, const char *region,
                        bool *ret, struct err *err)
{
    struct region_status status = {0};
    struct version version = {0};
    const char *where;
    int rc;

    *ret = false;
    rc = ops_read_version(store, ref, &version, err);
    if (rc)
        return rc;
    where = region ? region : version.location;
    if (version_target(&version, where) && !version_is_excluded(&version, where)) {
        rc = status_read(store, ref, where, &status, err);
        *ret = rc == 0 && status.state == REPLICATION_COMPLETED;
    }
    shape_done(&region_status_shape, &status);
    shape_done(&version_shape, &version);
    return rc;
}

static int none(const struct reference *ref, const char *region, size_t count, struct err *err)
{
    const char *where = region ? "there" : "in its home region";

    err_set(err, E_NOT_FOUND, "image definition '%s/%s' has no latest version%s%s%s", ref->gallery,
            ref->definition, region ? " in region '" : "", region ? region : "", region ? "'" : "");
    if (count == 0)
        return err_hint(err, "it has no versions yet");
    if (count == 1)
        return err_hint(err, "its only version is excluded from latest, or not complete %s", where);
    return err_hint(err, "each of its %zu versions is excluded from latest, or not complete %s",
                    count, where);
}

int ops_resolve(const struct store *store, struct reference *ref, const char *region,
                struct err *err)
{
    struct semver *numbers = NULL;
    bool found = false;
    size_t count = 0;
    int rc;

    if (!text_same_word(ref->version, "latest"))
        return 0;
    rc = list_numbers(store, ref, &numbers, &count, err);
    for (size_t i = 0; rc == 0 && !found && i < count; i++) {
        char text[SEMVER_TEXT_SIZE];

        semver_text(&numbers[i], text);
        text_replace(&ref->version, text);
        rc = is_candidate(store, ref, region, &found, err);
        if (rc == E_NOT_FOUND) /* deleted meanwhile */
            rc = 0;
        if (rc == E_CORRUPT) {
            store_notice(store, "%s; passed over for latest", err->text);
            rc = 0;
        }
    }
    free(numbers);
    if (rc == 0 && !found)
        rc = none(ref, region, count, err);
    if (rc)
        text_replace(&ref->version,
                     "latest"); /* the caller's message is about what was asked for */
    return rc;
}

int ops_find_version(const struct store *store, struct reference *ref, const char *region,
                     const char **ret_region, struct err *err)
{
    struct gallery gallery = {0};
    int rc;

    rc = ops_check(store, ref, REFERENCE_VERSION, true, err);
    if (rc == 0)
        rc = ops_region(region, ret_region, err);
    if (rc == 0)
        rc = ops_read_gallery(store, ref, &gallery, err);
    if (rc == 0)
        rc = ops_resolve(store, ref, *ret_region, err);
    shape_done(&gallery_shape, &gallery);
    return rc;
}
