/* What is named through a share: found, if it is shared with who asks. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/names.h"
#include "ops/room.h"

int ops_asker_of(const struct store *store, const char *subscription, struct ops_asker *ret,
                 struct err *err)
{
    struct err why = {0};

    *ret =
        (struct ops_asker){.subscription = store->info.store_id, .tenant = store->info.tenant_id};
    if (!subscription || ops_check_subscription(store, subscription, &why) == 0)
        return 0;
    if (name_check_uuid(&subscription, &(struct err){0})) {
        *err = why;
        return err_hint(err, "a subscription that is shared with is named by its id");
    }
    ret->subscription = ret->tenant = subscription;
    return 0;
}

bool ops_is_shared_with(const struct gallery *gallery, const struct ops_asker *asker)
{
    const struct sharing_profile *const profile = &gallery->sharing_profile;

    return (asker->subscription &&
            sharing_is_with(profile, SHARE_SUBSCRIPTIONS, asker->subscription)) ||
           (asker->tenant && sharing_is_with(profile, SHARE_TENANTS, asker->tenant));
}

static bool has_public_name(const struct gallery *gallery, const char *name)
{
    const struct texts *const names = &gallery->sharing_profile.community_gallery_info.public_names;

    for (size_t i = 0; i < names->count; i++)
        if (text_same_word(names->items[i], name))
            return sharing_is_community(&gallery->sharing_profile);
    return false;
}

/* What a unique name says of the gallery, which stands behind the id of the store. To be released
 * with free; NULL: none of this store. */
static char *name_behind_id(const struct store *store, const char *unique_name)
{
    const char *const id = store->info.store_id;
    char *name;

    if (!id || !text_starts_word(unique_name, id) || unique_name[strlen(id)] != '-')
        return NULL;
    name = text_copy(unique_name + strlen(id) + 1);
    if (name_check_gallery(&name, &(struct err){0}) == 0)
        return name;
    free(name);
    return NULL;
}

static void ask_otherwise(const struct reference *ref, const struct ops_asker *asker,
                          struct err *err)
{
    err_set(err, E_NOT_FOUND, "no gallery '%s' is shared with subscription '%s'", ref->gallery,
            asker->subscription);
    err_hint(err, "--subscription ID asks as another subscription, or as a tenant");
}

static int find_shared(const struct store *store, const struct ops_asker *asker,
                       const struct reference *ref, struct gallery *ret, struct err *err)
{
    struct reference own = {.gallery = name_behind_id(store, ref->gallery)};
    int rc = own.gallery ? ops_read_gallery(store, &own, ret, err) : E_NOT_FOUND;

    if (rc == E_DENIED) /* nor is it told whether it is there */
        rc = E_NOT_FOUND;
    if (rc == 0 && !ops_is_shared_with(ret, asker)) {
        shape_done(&gallery_shape, ret);
        rc = E_NOT_FOUND;
    }
    if (rc == E_NOT_FOUND && asker->subscription)
        ask_otherwise(ref, asker, err);
    else if (rc == E_NOT_FOUND) /* of a store that is not there */
        err_set(err, E_NOT_FOUND, "no gallery '%s' is shared", ref->gallery);
    shape_done(&reference_shape, &own);
    return rc;
}

struct community_search {
    const char *name;
    struct gallery *ret;
    bool found;
    struct ops_unread unread;
    const struct store *store;
};

static int compare_public_name(const struct store *store, const struct reference *ref, void *user,
                               struct err *err)
{
    struct community_search *const search = user;
    struct gallery gallery = {0};
    const int rc = search->found ? 0 : ops_read_gallery(store, ref, &gallery, err);

    if (rc || search->found)
        return rc == E_DENIED ? E_NOT_FOUND : rc;
    search->found = has_public_name(&gallery, search->name);
    if (search->found)
        *search->ret = gallery;
    else
        shape_done(&gallery_shape, &gallery);
    return 0;
}

static void note_unreadable(void *user, enum reference_depth depth, const struct err *why)
{
    struct community_search *const search = user;

    (void)depth;
    ops_note_unread(search->store, &search->unread, why);
}

static int find_community(const struct store *store, const char *name, struct gallery *ret,
                          struct err *err)
{
    struct community_search search = {.name = name, .ret = ret, .store = store};
    const struct ops_visitor visitor = {
        .each = compare_public_name, .unreadable = note_unreadable, .user = &search};
    const struct reference all = {0};
    int rc = ops_walk(store, &all, REFERENCE_GALLERY, &visitor, err);

    if (rc == 0 && !search.found)
        rc = ops_tell_unread(&search.unread, err);
    if (rc == 0 && !search.found)
        rc = err_set(err, E_NOT_FOUND, "no community gallery is called '%s'", name);
    texts_done(&search.unread.told);
    return rc;
}

int ops_borrow(const struct store *store, const struct ops_asker *asker, struct reference *ref,
               struct gallery *ret, struct err *err)
{
    const int rc = ref->through == THROUGH_COMMUNITY ? find_community(store, ref->gallery, ret, err)
                                                     : find_shared(store, asker, ref, ret, err);

    if (rc)
        return rc;
    ops_view_gallery(store, ret);
    text_replace(&ref->lent, ops_name_through(ret, ref->through));
    ref->lent_through = ref->through;
    text_replace(&ref->gallery, ret->name);
    ref->through = THROUGH_STORE;
    return 0;
}

const char *ops_name_through(const struct gallery *gallery, unsigned through)
{
    return through == THROUGH_COMMUNITY
               ? gallery->sharing_profile.community_gallery_info.public_names.items[0]
               : gallery->identifier.unique_name;
}

static int check_terms(const struct gallery *gallery, const struct ops_asker *asker,
                       struct err *err)
{
    const char *const eula = gallery->sharing_profile.community_gallery_info.eula;

    if (asker->accepts || !eula || !*eula)
        return 0;
    err_set(err, E_FAILED, "it is shared under terms that are to be accepted: %s", eula);
    return err_hint(err, "--accept-term accepts them");
}

/* What everybody, or whom it is shared with, calls the version that `ref` is now. */
static char *id_through(const struct reference *ref, const struct gallery *gallery,
                        unsigned through)
{
    struct reference shown = ops_reference(ref);
    struct buf id = {0};

    shown.through = through;
    text_replace(&shown.gallery, ops_name_through(gallery, through));
    reference_add_id(&id, NULL, &shown);
    shape_done(&reference_shape, &shown);
    return buf_take(&id);
}

static int borrow_version(const struct store *store, struct ops_reading *reading,
                          struct reference *ref, struct err *err)
{
    const unsigned through = ref->through;
    struct gallery gallery = {0};
    int rc = ops_borrow(store, &reading->asker, ref, &gallery, err);

    if (rc == 0 && through == THROUGH_COMMUNITY)
        rc = check_terms(&gallery, &reading->asker, err);
    if (rc == 0)
        rc = ops_resolve(store, ref, reading->found_region, err);
    if (rc == 0)
        reading->found_id = id_through(ref, &gallery, through);
    shape_done(&gallery_shape, &gallery);
    return rc;
}

int ops_find_any_version(const struct store *store, struct ops_reading *reading,
                         struct reference *ref, struct err *err)
{
    int rc;

    if (!ref->through)
        return ops_find_version(store, ref, reading->region, &reading->found_region, err);
    rc = ops_check_any(store, ref, REFERENCE_VERSION, NAMING_READ, err);
    if (rc == 0)
        rc = ops_region(store, reading->region, &reading->found_region, err);
    return rc ? rc : borrow_version(store, reading, ref, err);
}
