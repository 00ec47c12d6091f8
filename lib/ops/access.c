/* Who can do what with a part of a store. */
#include <stdlib.h>

#include "base/text.h"
#include "model/scope.h"
#include "ops/room.h"
#include "os/account.h"
#include "os/file.h"

static char *id_through(const struct gallery *gallery, unsigned through)
{
    struct reference ref = {.gallery = text_copy(ops_name_through(gallery, through)),
                            .through = through};
    struct buf id = {0};

    reference_add_id(&id, NULL, &ref);
    shape_done(&reference_shape, &ref);
    return buf_take(&id);
}

static int add_shares(const struct store *store, const struct reference *ref,
                      enum reference_depth depth, struct access *access, struct err *err)
{
    struct gallery gallery = {0};
    char *shared = NULL, *community = NULL;
    const int rc = ops_read_gallery(store, ref, &gallery, err);

    if (rc)
        return rc;
    ops_view_gallery(store, &gallery);
    shared = id_through(&gallery, THROUGH_SHARE);
    if (sharing_is_community(&gallery.sharing_profile))
        community = id_through(&gallery, THROUGH_COMMUNITY);
    access_add_shares(access, &gallery.sharing_profile, shared, community,
                      depth > REFERENCE_GALLERY);
    free(shared);
    free(community);
    shape_done(&gallery_shape, &gallery);
    return 0;
}

static void begin(const struct store *store, struct access *access, const char *scope,
                  bool roles_bind)
{
    struct file_info info = {0};
    struct err ignored = {0};
    char *owner;

    file_stat(store->root, store->path, &info, &ignored);
    owner = account_user_name(info.owner);
    access_begin(access, scope, owner, roles_bind);
    free(owner);
}

static int find(const struct store *store, const struct reference *ref, struct access *access,
                struct err *err)
{
    struct reference part = ops_reference(ref);
    struct role_book book = {0};
    enum reference_depth depth;
    char *scope = NULL;
    int rc = ops_find_part(store, &part, &depth, err);
    int bind = rc ? rc : ops_read_roles(store, &book, NULL, err);

    if (rc == 0 && bind != E_NOT_FOUND)
        rc = bind;
    if (rc == 0) {
        scope = scope_of(&part, depth);
        begin(store, access, scope, bind == 0);
        for (size_t i = 0; i < book.assignments.count; i++)
            access_add_role(access, &book.assignments.items[i]);
    }
    if (rc == 0 && depth > REFERENCE_NONE)
        rc = add_shares(store, &part, depth, access, err);
    if (rc)
        shape_done(&access_shape, access);
    free(scope);
    shape_done(&role_book_shape, &book);
    shape_done(&reference_shape, &part);
    return rc;
}

int gal_access_show(struct store *store, const struct reference *ref, struct access *ret,
                    struct err *err)
{
    const int rc = ops_authorise(store, ACTION_ASSIGNMENT_READ, ref, err);

    if (store->root == FILE_NONE)
        return err_set(err, E_NOT_FOUND, "there is no store at '%s'", store->path);
    return rc ? rc : find(store, ref, ret, err);
}
