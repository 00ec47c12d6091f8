/* The number of the version that is made next, and whether it is made at all. */
#include <stdlib.h>

#include "base/text.h"
#include "model/version_name.h"
#include "ops/publish.h"
#include "store/trash.h"
#include "store/work.h"

/* What is being created has its number already, and what was soft-deleted has it still. */
static int add_taken(void *user, const struct reference *ref, struct err *err)
{
    struct semver *const highest = user;
    struct semver number;
    const int rc = semver_parse(ref->version, &number, err);

    if (rc == 0 && semver_compare(&number, highest) > 0)
        *highest = number;
    return rc;
}

int ops_next_version(const struct store *store, const struct reference *ref, enum semver_part part,
                     struct semver *ret, struct err *err)
{
    const struct reference definition = {.gallery = ref->gallery, .definition = ref->definition};
    const struct semver none = {-1, -1, -1};
    struct semver *numbers = NULL;
    struct semver highest = none;
    size_t count = 0;
    int rc;

    rc = ops_version_numbers(store, ref, &numbers, &count, err);
    if (rc == 0 && count)
        highest = numbers[0];
    if (rc == 0)
        rc = work_each(store, &definition, add_taken, &highest, err);
    if (rc == 0)
        rc = trash_each(store, &definition, add_taken, &highest, err);
    if (rc == 0)
        rc = semver_next(semver_compare(&highest, &none) ? &highest : NULL, part, ret, err);
    free(numbers);
    return rc;
}

/* From now on it is that one. */
static void set_number(struct publish *publish, const struct semver *number)
{
    char text[SEMVER_TEXT_SIZE];
    struct buf name = {0};

    semver_text(number, text);
    text_replace(&publish->ref->version, text);
    reference_add_text(&name, publish->ref);
    free(publish->name);
    publish->name = buf_take(&name);
}

int publish_choose_number(struct publish *publish, struct err *err)
{
    struct version_name name;
    struct semver number;
    int rc;

    rc = version_name_parse(publish->ref->version, &name, err);
    if (rc || name.kind != VERSION_NAME_NEXT)
        return rc;
    rc = ops_next_version(publish->store, publish->ref, name.part, &number, err);
    if (rc)
        return rc;
    set_number(publish, &number);
    text_replace(&publish->version.name, publish->ref->version);
    return 0;
}

/* Whether that version has the disks of `content`: then it is the one. */
static int try_same(struct publish *publish, const struct version *content,
                    const struct semver *number, struct err *err)
{
    struct reference ref = ops_reference(publish->ref);
    struct version version = {0};
    char text[SEMVER_TEXT_SIZE];
    int rc;

    semver_text(number, text);
    text_replace(&ref.version, text);
    rc = ops_read_version(publish->store, &ref, &version, err);
    if (rc == 0 && version_same_content(&version, content)) {
        set_number(publish, number);
        shape_done(&version_shape, &publish->version);
        publish->version = version;
        publish->unchanged = true;
        version = (struct version){0};
    }
    shape_done(&version_shape, &version);
    shape_done(&reference_shape, &ref);
    return rc;
}

int publish_find_same(struct publish *publish, const struct version *content, struct err *err)
{
    struct semver *numbers = NULL;
    bool decided = false;
    size_t count = 0;
    int rc;

    rc = ops_version_numbers(publish->store, publish->ref, &numbers, &count, err);
    for (size_t i = 0; rc == 0 && !decided && i < count; i++) {
        rc = try_same(publish, content, &numbers[i], err);
        decided = rc == 0;
        if (rc == E_NOT_FOUND) /* deleted meanwhile */
            rc = 0;
        if (rc == E_CORRUPT) {
            store_notice(publish->store, "%s; not compared with it", err->text);
            rc = 0;
        }
    }
    free(numbers);
    if (rc == 0 && publish->unchanged)
        store_notice(publish->store, "nothing is published: image version '%s' has the same disks",
                     publish->name);
    return rc;
}
