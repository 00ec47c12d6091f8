#include "ops/trash.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/version_name.h"
#include "os/file.h"
#include "store/resource.h"

static char *name_of(const struct reference *ref)
{
    struct buf name = {0};

    reference_add_text(&name, ref);
    return buf_take(&name);
}

/* Whether it keeps what is deleted. */
static int read_policy(const struct store *store, const struct reference *ref,
                       struct soft_delete_policy *ret, struct err *err)
{
    struct gallery gallery = {0};
    const int rc = ops_read_gallery(store, ref, &gallery, err);

    *ret = gallery.soft_delete_policy;
    shape_done(&gallery_shape, &gallery);
    return rc;
}

/* Whether what is in its trash could be brought back now. */
static bool is_off(const struct store *store, const struct reference *ref)
{
    struct soft_delete_policy policy = {0};
    struct err ignored = {0};

    return read_policy(store, ref, &policy, &ignored) == 0 && !soft_delete_is_on(&policy);
}

/* What brings it back; to be released with free. */
static char *way_back(const struct store *store, const struct reference *ref)
{
    char *const name = name_of(ref);
    char *const way =
        is_off(store, ref)
            ? text_printf("'sig gallery update %s --soft-delete true', then 'sig image-version "
                          "undelete %s', bring it back",
                          ref->gallery, name)
            : text_printf("'sig image-version undelete %s' brings it back", name);

    free(name);
    return way;
}

int ops_check_number_free(const struct store *store, const struct reference *ref, struct err *err)
{
    bool taken = false;
    int rc = trash_has(store, ref, &taken, err);

    if (rc == 0 && taken) {
        char *const name = name_of(ref);
        char *const way = way_back(store, ref);

        err_set(err, E_CONFLICT, "a soft-deleted version has that number");
        rc = err_hint(err, "%s; 'sig image-version purge %s' removes it for good", way, name);
        free(way);
        free(name);
    }
    return rc;
}

/* Whether it names a version by its number, which is in the trash; what that says. */
static int look(const struct store *store, const struct reference *ref, bool *ret,
                struct soft_deleted *ret_record, struct err *err)
{
    struct version_name name;
    int rc;

    *ret = false;
    if (ref->soft_deleted.value || ref->lent || !ref->version ||
        version_name_parse(ref->version, &name, err) || name.kind != VERSION_NAME_NUMBER ||
        store->root == FILE_NONE)
        return 0;
    rc = trash_has(store, ref, ret, err);
    return rc == 0 && *ret ? trash_read(store, ref, ret_record, err) : rc;
}

void ops_trash_explain(const struct store *store, const struct reference *ref, struct err *err)
{
    struct soft_deleted record = {0};
    char *way = NULL;
    struct err ignored = {0};
    char until[CLOCK_TEXT_SIZE];
    bool there = false;

    if (look(store, ref, &there, &record, &ignored) == 0 && there) {
        way = way_back(store, ref);
        clock_text(record.hard_deletion_target_time.value, until);
        if (soft_deleted_is_over(&record, store_now(store)))
            err_hint(err,
                     "it was soft-deleted until %s, and goes with the next sweep: %s until then",
                     until, way);
        else
            err_hint(err, "it is soft-deleted until %s%s: %s", until,
                     soft_deleted_is_readable(&record, store_now(store))
                         ? ""
                         : ", and cannot be exported any more",
                     way);
    }
    shape_done(&soft_deleted_shape, &record);
    free(way);
}

void ops_tell_trashed(const struct store *store, const struct reference *ref)
{
    struct soft_deleted record = {0};
    char *way = NULL;
    struct err ignored = {0};
    char until[CLOCK_TEXT_SIZE];
    bool there = false;

    if (look(store, ref, &there, &record, &ignored) == 0 && there) {
        way = way_back(store, ref);
        clock_text(record.hard_deletion_target_time.value, until);
        store_notice(store, "it is in the trash until %s: %s", until, way);
    }
    shape_done(&soft_deleted_shape, &record);
    free(way);
}

int ops_find_readable(const struct store *store, struct reference *ref, struct err *err)
{
    struct soft_deleted record = {0};
    char *const name = name_of(ref);
    char until[CLOCK_TEXT_SIZE];
    bool here = false, there = false;
    int rc = resource_exists(store, ref, REFERENCE_VERSION, &here, err);

    if (rc == 0 && !here)
        rc = look(store, ref, &there, &record, err);
    if (rc == 0 && there && soft_deleted_is_readable(&record, store_now(store))) {
        ref->soft_deleted = (struct opt_bool){.set = true, .value = true};
        clock_text(record.consumption_end_time.value, until);
        store_notice(store, "image version '%s' is soft-deleted, and can be read until %s", name,
                     until);
    }
    shape_done(&soft_deleted_shape, &record);
    free(name);
    return rc;
}

/* --- what is in the trash of a part of the store --- */

static int add_name(void *user, const struct reference *ref, struct err *err)
{
    struct texts *const names = user;
    char *const name = name_of(ref);

    (void)err;
    texts_add(names, name);
    free(name);
    return 0;
}

/* What `ref` names down to `depth`; it borrows. */
static struct reference part_of(const struct reference *ref, enum reference_depth depth)
{
    struct reference part = {.gallery = ref->gallery};

    if (depth >= REFERENCE_DEFINITION)
        part.definition = ref->definition;
    return part;
}

int ops_refuse_if_trash(const struct store *store, const struct reference *ref,
                        enum reference_depth depth, struct err *err)
{
    const struct reference part = part_of(ref, depth);
    struct texts names = {0};
    struct buf text = {0};
    int rc = trash_each(store, &part, add_name, &names, err);

    if (rc || names.count == 0)
        goto out;
    ops_add_some(&text, &names);
    rc = err_set(err, E_CONFLICT, "it is not empty: it has %zu soft-deleted %s", names.count,
                 names.count == 1 ? "image version" : "image versions");
    err_hint(err,
             "'sig image-version %s' first: %s; or all of it goes, with --recursive "
             "--bypass-soft-delete",
             is_off(store, ref) ? "purge" : "undelete' or 'purge", buf_text(&text));
out:
    buf_done(&text);
    texts_done(&names);
    return rc;
}

/* How it can go otherwise: what is in the trash is not deleted once more. */
static void hint_without_bypass(const struct reference *part, bool on, bool any, struct err *err)
{
    char *const name = name_of(part);

    if (any)
        err_hint(err,
                 "--bypass-soft-delete lets all of it go for good; or %s'sig image-version purge "
                 "%s --all' removes what is in the trash",
                 on ? "delete what is there by its name, and " : "", name);
    else
        err_hint(err, "--bypass-soft-delete lets all of it go for good; or delete each image "
                      "version by its name");
    free(name);
}

int ops_check_bypass(const struct store *store, const struct reference *ref, struct err *err)
{
    const struct reference part = {.gallery = ref->gallery, .definition = ref->definition};
    struct soft_delete_policy policy = {0};
    struct texts names = {0};
    int rc = read_policy(store, ref, &policy, err);

    if (rc == 0)
        rc = trash_each(store, &part, add_name, &names, err);
    if (rc == 0 && soft_delete_is_on(&policy))
        rc = err_set(err, E_CONFLICT,
                     "soft delete is on in gallery '%s', and what is deleted with --recursive is "
                     "gone for good",
                     ref->gallery);
    else if (rc == 0 && names.count > 0)
        rc = err_set(err, E_CONFLICT, "it has %zu soft-deleted %s, which would go for good",
                     names.count, names.count == 1 ? "image version" : "image versions");
    if (rc == E_CONFLICT)
        hint_without_bypass(&part, soft_delete_is_on(&policy), names.count > 0, err);
    texts_done(&names);
    return rc;
}

/* --- going for good --- */

int ops_trash_is_in_group(const struct store *store, const struct reference *ref,
                          const struct reference *part, bool *ret, struct err *err)
{
    const struct reference own = {.gallery = ref->gallery,
                                  .resource_group = part->gallery ? NULL : part->resource_group};
    struct gallery gallery = {0};
    int rc = own.resource_group ? ops_read_gallery(store, &own, &gallery, err) : 0;

    shape_done(&gallery_shape, &gallery);
    *ret = rc == 0;
    return rc == E_NOT_FOUND ? 0 : rc;
}

struct unlocked_check {
    const struct store *store;
    const struct reference *part;
};

static int check_unlocked(void *user, const struct reference *ref, struct err *err)
{
    const struct unlocked_check *const check = user;
    bool inside = false;
    int rc = ops_trash_is_in_group(check->store, ref, check->part, &inside, err);

    if (rc == 0 && inside && ops_check_unlocked(check->store, ref, REFERENCE_VERSION, true, err))
        rc = ops_cannot(err, "remove soft-deleted", ref, REFERENCE_VERSION);
    return rc;
}

int ops_check_trash_unlocked(const struct store *store, const struct reference *ref,
                             struct err *err)
{
    struct unlocked_check check = {store, ref};

    return trash_each(store, ref, check_unlocked, &check, err);
}

static int remove_one(void *user, const struct reference *ref, struct err *err)
{
    struct store *const *const store = user;

    ops_begin_service(*store, "purge", ref);
    return ops_end(*store, trash_remove(*store, ref, err), err);
}

int ops_empty_trash(struct store *store, const struct reference *ref, struct err *err)
{
    const struct reference part = {.gallery = ref->gallery, .definition = ref->definition};

    return trash_each(store, &part, remove_one, &store, err);
}

int ops_is_over(const struct store *store, const struct reference *ref, int64_t now, bool *ret,
                struct err *err)
{
    struct soft_deleted record = {0};
    int rc = trash_read(store, ref, &record, err);

    *ret = rc == 0 && soft_deleted_is_over(&record, now);
    if (rc == 0 && *ret) {
        rc = ops_check_unlocked(store, ref, REFERENCE_VERSION, true, err);
        *ret = rc == 0;
    }
    shape_done(&soft_deleted_shape, &record);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* A gallery that was removed by hand leaves the store's lock. */
int ops_trash_lock(const struct store *store, const struct reference *ref, int *ret_fd,
                   struct err *err)
{
    const int rc = resource_lock(store, ref, ret_fd, err);

    return rc == E_NOT_FOUND ? store_lock(store, ret_fd, err) : rc;
}

int ops_remove_if_over(const struct store *store, const struct reference *ref, int64_t now,
                       bool *ret_removed, struct err *err)
{
    int lock = FILE_NONE;
    int rc = ops_trash_lock(store, ref, &lock, err);

    *ret_removed = false;
    if (rc == 0)
        rc = ops_is_over(store, ref, now, ret_removed, err);
    if (rc == 0 && *ret_removed)
        rc = trash_remove(store, ref, err);
    file_close(&lock);
    return rc;
}

int ops_foresee(const struct store *store, const struct reference *ref, unsigned how,
                bool *ret_kept, struct soft_deleted *ret, struct err *err)
{
    struct soft_delete_policy policy = {0};
    int rc = 0;

    if (!(how & DELETE_BYPASS))
        rc = read_policy(store, ref, &policy, err);
    *ret_kept = rc == 0 && soft_delete_is_on(&policy);
    if (*ret_kept)
        soft_deleted_record(&policy, ref->version, store_now(store), ret);
    return rc;
}
