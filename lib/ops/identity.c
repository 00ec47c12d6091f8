/* Identities of galleries: assigned and taken away one by one, under the gallery's lock. */
#include "base/text.h"
#include "ops/room.h"

static size_t find_id(const struct texts *ids, const char *id)
{
    size_t i = 0;

    while (i < ids->count && !text_same_word(ids->items[i], id))
        i++;
    return i;
}

static int assign(const struct store *store, const void *user, void *changed, struct err *err)
{
    const struct identity_request *const request = user;
    struct identity *const identity = &((struct gallery *)changed)->identity;
    struct texts *const ids = &identity->user_assigned_identities;

    (void)store;
    if (request->system_assigned.value)
        identity->system_assigned = request->system_assigned;
    for (size_t i = 0; i < request->user_assigned.count; i++) {
        const char *const id = request->user_assigned.items[i];

        if (!*id)
            return err_set(err, E_USAGE, "an id is empty");
        if (find_id(ids, id) == ids->count)
            texts_add(ids, id);
    }
    return 0;
}

static int take_away(const struct store *store, const void *user, void *changed, struct err *err)
{
    const struct identity_request *const request = user;
    struct identity *const identity = &((struct gallery *)changed)->identity;
    const struct texts *const ids = &identity->user_assigned_identities;
    struct texts left = {0};

    (void)store;
    (void)err;
    if (request->system_assigned.value)
        identity->system_assigned = (struct opt_bool){0};
    for (size_t i = 0; i < ids->count; i++) {
        const bool all =
            request->user_assigned.count == 1 && request->user_assigned.items[0][0] == '\0';

        if (!all && find_id(&request->user_assigned, ids->items[i]) == request->user_assigned.count)
            texts_add(&left, ids->items[i]);
    }
    texts_done(&identity->user_assigned_identities);
    identity->user_assigned_identities = left;
    return 0;
}

/* The part of a gallery that was asked for; the gallery is released. */
static void give_identity(struct gallery *gallery, struct identity *ret)
{
    identity_set_type(&gallery->identity);
    shape_copy(&identity_shape, ret, &gallery->identity);
    shape_done(&gallery_shape, gallery);
}

/* What is done to identities, and how a message calls it. */
struct verb {
    const char *words;
    int (*adjust)(const struct store *store, const void *user, void *changed, struct err *err);
};

static int change_gallery(const struct store *store, const struct identity_request *request,
                          const struct verb *verb, struct gallery *ret, struct err *err)
{
    const struct ops_adjustment asked = {verb->adjust, request};

    if (!request->system_assigned.value && request->user_assigned.count == 0) {
        err_set(err, E_USAGE, "no identity is named");
        return err_hint(err, "--system-assigned, --user-assigned ID...");
    }
    return ops_adjust_gallery(store, &request->ref, &asked, ret, err);
}

static int change(struct store *store, const struct identity_request *request,
                  const struct verb *verb, struct identity *ret, struct err *err)
{
    struct gallery gallery = {0};
    int rc = ops_begin(store, ACTION_GALLERY_WRITE, &request->ref, NAMING_CHANGE, err);

    if (rc)
        return rc;
    rc = change_gallery(store, request, verb, &gallery, err);
    if (rc)
        ops_cannot(err, verb->words, &request->ref, REFERENCE_GALLERY);
    else
        give_identity(&gallery, ret);
    return ops_end(store, rc, err);
}

int gal_identity_assign(struct store *store, const struct identity_request *request,
                        struct identity *ret, struct err *err)
{
    static const struct verb verb = {"assign identities to", assign};

    return change(store, request, &verb, ret, err);
}

int gal_identity_remove(struct store *store, const struct identity_request *request,
                        struct identity *ret, struct err *err)
{
    static const struct verb verb = {"take identities from", take_away};

    return change(store, request, &verb, ret, err);
}

int gal_identity_show(struct store *store, const struct reference *ref, struct identity *ret,
                      struct err *err)
{
    struct gallery gallery = {0};
    int rc = ops_enter(store, ACTION_GALLERY_READ, ref, NAMING_CHANGE, err);

    if (rc == 0)
        rc = ops_read_gallery(store, ref, &gallery, err);
    if (rc == 0)
        give_identity(&gallery, ret);
    return rc;
}
