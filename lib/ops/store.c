/* The store itself. */
#include <stdlib.h>

#include "base/text.h"
#include "ops/room.h"
#include "os/account.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/share.h"
#include "store/share.h"

static void show_store(const struct store *store, struct store_view *ret)
{
    struct file_info info;
    struct err ignored = {0};

    *ret = (struct store_view){
        .id = text_copy(store->info.store_id),
        .name = dir_own_name(store->path),
        .tenant_id = text_copy(store->info.tenant_id),
        .default_location = text_copy(store->info.default_location),
        .created_date = store->info.created_date,
    };
    store_shared_with(store, &ret->shared_with, &ignored);
    if (file_locate_user(store->path, &ret->path, &info, &ignored))
        ret->path = text_copy(store->path);
    for (unsigned name = 1; name <= LIMITS; name++)
        *VEC_ADD(&ret->limits) = (struct limit){
            .name = name,
            .limit = opt_int_of((uint64_t)limit_of(&store->info.limits, name)),
        };
}

static int refuse_no_store(const struct store *store, struct err *err)
{
    err_set(err, E_NOT_FOUND, "there is nothing to show at '%s'", store->path);
    return err_hint(err,
                    "'sig gallery create' makes a store; --store or SIG_STORE names another place");
}

int gal_store_show(struct store *store, struct store_view *ret, struct err *err)
{
    if (store->root == FILE_NONE)
        return refuse_no_store(store, err);
    show_store(store, ret);
    return 0;
}

static bool changes(const struct store *store, const struct limits *given)
{
    for (size_t i = 0; i < given->count; i++) {
        const enum limit_name name = (enum limit_name)given->items[i].name;

        if (limit_of(given, name) != limit_of(&store->info.limits, name))
            return true;
    }
    return false;
}

int gal_store_update(struct store *store, const struct store_request *request,
                     struct store_view *ret, struct err *err)
{
    int rc = ops_begin_part(store, ACTION_STORE_WRITE, NULL, err);

    if (rc)
        return err_wrap(err, "cannot update store '%s'", store->path);
    if (changes(store, &request->limits))
        rc = ops_check_unlocked(store, NULL, REFERENCE_NONE, false, err);
    if (rc == 0)
        rc = store_set_limits(store, &request->limits, err);
    if (rc)
        err_wrap(err, "cannot update store '%s'", store->path);
    else
        show_store(store, ret);
    return ops_end(store, rc, err);
}

static int share(const struct store *store, uint32_t gid, struct err *err)
{
    struct err ignored = {0};
    char *before = NULL, *after = NULL;
    int rc;

    store_shared_with(store, &before, &ignored);
    rc = store_share(store, gid, err);
    store_shared_with(store, &after, &ignored);
    if (!text_equal(before, after))
        activity_note(store);
    free(before);
    free(after);
    return rc ? err_wrap(err, "cannot share store '%s'", store->path) : 0;
}

int gal_store_init(const struct context *context, const struct store_init *request,
                   struct store_view *ret, struct err *err)
{
    struct store *store = NULL;
    uint32_t gid = 0;
    int rc = request->shared ? account_group(request->shared, &gid, err) : 0;

    if (rc == 0)
        rc = gal_open(context, GAL_CREATE, &store, err);
    if (rc == 0)
        rc = ops_begin_part(store, ACTION_STORE_WRITE, NULL, err);
    if (rc == 0) {
        rc = request->shared ? share(store, gid, err) : 0;
        if (rc == 0 || rc == E_PARTIAL)
            show_store(store, ret);
        rc = ops_end(store, rc, err);
    }
    gal_close(store);
    return rc;
}
