/* The store as a subscription. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "ops/room.h"
#include "os/dir.h"
#include "os/file.h"

static void fill(const struct store *store, struct account *account)
{
    *account = (struct account){
        .id = text_copy(store->info.store_id),
        .name = dir_own_name(store->path),
        .state = text_copy("Enabled"),
        .is_default = {.set = true, .value = true},
        .tenant_id = text_copy(store->info.tenant_id),
    };
}

int gal_account_list(struct store *store, struct accounts *ret, struct err *err)
{
    (void)err;
    if (store->root != FILE_NONE)
        fill(store, VEC_ADD(ret));
    return 0;
}

int gal_account_show(struct store *store, struct account *ret, struct err *err)
{
    if (store->root == FILE_NONE)
        return err_set(err, E_NOT_FOUND, "there is no store at '%s'", store->path);
    fill(store, ret);
    return 0;
}

int gal_account_check(struct store *store, const char *subscription, struct err *err)
{
    return ops_check_subscription(store, subscription, err);
}

int ops_check_subscription(const struct store *store, const char *subscription, struct err *err)
{
    char *const name = dir_own_name(store->path);
    int rc = 0;

    if (text_same_word(subscription, name) || text_same_word(subscription, store->info.store_id))
        goto out;
    if (store->root == FILE_NONE)
        rc =
            err_set(err, E_NOT_FOUND, "subscription '%s' is unknown: there is no store at '%s' yet",
                    subscription, store->path);
    else
        rc = err_set(err, E_NOT_FOUND, "subscription '%s' is not this store, which is '%s', id %s",
                     subscription, name, store->info.store_id);
out:
    free(name);
    return rc;
}
