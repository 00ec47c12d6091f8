/* Deleting a gallery or an image definition with all that is in it. */
#include "ops/room.h"
#include "ops/trash.h"
#include "store/resource.h"
#include "store/work.h"

/* `user` is the first error of those that could not be looked at. */
static void note_unreadable(void *user, enum reference_depth depth, const struct err *why)
{
    struct err *const first = user;

    (void)depth;
    if (!first->code)
        *first = *why;
}

int ops_check_deletable(const struct store *store, const struct reference *ref, struct err *err)
{
    struct version version = {0};
    int rc = ops_read_version(store, ref, &version, err);

    if (rc == 0)
        rc = ops_check_unlocked(store, ref, REFERENCE_VERSION, true, err);
    if (rc == 0)
        rc = version_check_deletion(&version, store_now(store), err);
    shape_done(&version_shape, &version);
    return rc;
}

/* One that cannot be read may want to stay: whoever knows better deletes it by its name. */
static int check_version(const struct store *store, const struct reference *ref, void *user,
                         struct err *err)
{
    (void)user;
    return ops_check_deletable(store, ref, err) ? ops_cannot(err, "delete", ref, REFERENCE_VERSION)
                                                : 0;
}

static int check_definition(const struct store *store, const struct reference *ref, void *user,
                            struct err *err)
{
    const struct ops_visitor visitor = {check_version, note_unreadable, user, NULL};

    if (ops_check_unlocked(store, ref, REFERENCE_DEFINITION, true, err))
        return ops_cannot(err, "delete", ref, REFERENCE_DEFINITION);
    return ops_walk(store, ref, REFERENCE_VERSION, &visitor, err);
}

/* What is accepted and not made yet never comes to be. */
static int give_up(void *user, const struct reference *ref, struct err *err)
{
    const struct store *const *const store = user;

    return work_remove(*store, ref, err);
}

int ops_check_inside(const struct store *store, const struct reference *ref,
                     enum reference_depth depth, struct err *err)
{
    struct err unreadable = {0};
    const struct ops_visitor visitor = {
        .each = depth == REFERENCE_GALLERY ? check_definition : check_version,
        .unreadable = note_unreadable,
        .user = &unreadable,
    };
    int rc = ops_authorise(store, ACTION_DEFINITION_DELETE, ref, err);

    if (rc == 0)
        rc = ops_authorise(store, ACTION_VERSION_DELETE, ref, err);
    if (rc == 0)
        rc = ops_walk(store, ref, depth + 1, &visitor, err);
    if (rc == 0 && unreadable.code) {
        *err = unreadable;
        rc = err_hint(err, "delete that one first, by its name");
    }
    return rc;
}

int ops_give_up_inside(const struct store *store, const struct reference *ref, struct err *err)
{
    return work_each(store, ref, give_up, &store, err);
}

/* What was deleted before, as well as what is there. */
static int check_trash(const struct store *store, const struct reference *ref, unsigned how,
                       struct err *err)
{
    const struct reference part = {.gallery = ref->gallery, .definition = ref->definition};
    int rc = how & DELETE_BYPASS ? 0 : ops_check_bypass(store, ref, err);

    return rc ? rc : ops_check_trash_unlocked(store, &part, err);
}

/* As the service does: nobody ends a share by accident. */
static int refuse_if_shared(const struct store *store, const struct reference *ref, struct err *err)
{
    struct gallery gallery = {0};
    int rc = ops_read_gallery(store, ref, &gallery, err);

    if (rc == 0 && sharing_is_with_any(&gallery.sharing_profile)) {
        rc = err_set(err, E_CONFLICT, "it is shared with others, who would lose it");
        err_hint(err, "'sig share reset %s' ends that", gallery.name);
    }
    shape_done(&gallery_shape, &gallery);
    return rc;
}

int ops_check_part_deletable(const struct store *store, const struct reference *ref,
                             enum reference_depth depth, unsigned how, struct err *err)
{
    int rc = ops_check_unlocked(store, ref, depth, true, err);

    if (rc == 0 && depth == REFERENCE_GALLERY)
        rc = refuse_if_shared(store, ref, err);
    if (rc == 0 && !(how & DELETE_RECURSIVE)) {
        rc = ops_refuse_if_not_empty(store, ref, depth, err);
        return rc ? rc : ops_refuse_if_trash(store, ref, depth, err);
    }
    if (rc == 0)
        rc = check_trash(store, ref, how, err);
    return rc ? rc : ops_check_inside(store, ref, depth, err);
}

int ops_delete_part(struct store *store, const struct reference *ref, enum reference_depth depth,
                    unsigned how, struct err *err)
{
    int rc = ops_check_part_deletable(store, ref, depth, how, err);

    if (rc == 0 && how & DELETE_RECURSIVE)
        rc = ops_give_up_inside(store, ref, err);
    if (rc == 0 && how & DELETE_RECURSIVE)
        rc = ops_empty_trash(store, ref, err);
    return rc ? rc : resource_remove(store, ref, depth, err);
}
