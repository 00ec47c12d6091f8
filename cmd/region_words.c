#include "cmd/region_words.h"

/* The store, once a name needs it. */
struct settling {
    struct context context;
    struct store *store;
};

static int open_store(struct settling *settling, struct err *err)
{
    return settling->store ? 0 : gal_open(&settling->context, GAL_READ, &settling->store, err);
}

/* Where no store is named there is none that knows more than what is built in. */
static int name_region(struct settling *settling, char **name, struct err *err)
{
    const struct region_row *row;

    return settling->store ? gal_region_name(settling->store, name, err)
                           : region_parse(NULL, *name, &row, err);
}

static int settle(void *user, const struct row *row, char **name, struct err *err)
{
    struct settling *const settling = user;
    int rc = 0;

    if (region_find(NULL, *name))
        return 0;
    if (settling->context.store_path)
        rc = open_store(settling, err);
    if (rc)
        return rc;
    if (name_region(settling, name, err) == 0)
        return 0;
    if (row->kind == KIND_LIST)
        err_wrap(err, "'%s'", *name);
    return err_wrap(err, "'%s'", row->flag);
}

int region_words_settle(const struct invocation *invocation, const struct context *context,
                        struct err *err)
{
    struct settling settling = {.context = *context};
    int rc;

    if (!invocation->request)
        return 0;
    settling.context.notice = NULL;
    rc = region_members(invocation->command->request, invocation->request, settle, &settling, err);
    gal_close(settling.store);
    return rc;
}
