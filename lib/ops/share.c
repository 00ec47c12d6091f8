/* Sharing of galleries: whom they are shared with, and what may not be in one that is shared. */
#include <stdlib.h>

#include "base/text.h"
#include "ops/trash.h"

/* --- what is for private galleries alone --- */

int ops_gallery_is_shared(const struct store *store, const struct reference *ref, bool *ret,
                          struct err *err)
{
    struct gallery gallery = {0};
    const int rc = ops_read_gallery(store, ref, &gallery, err);

    *ret = sharing_is_shared(&gallery.sharing_profile);
    shape_done(&gallery_shape, &gallery);
    return rc;
}

static int refuse_private(const char *what, struct err *err)
{
    err_set(err, E_CONFLICT, "%s for private galleries only, and this one is not private", what);
    return err_hint(err, "'sig share reset' makes it private");
}

int ops_refuse_encrypted(const struct version *version, struct err *err)
{
    if (!version_is_encrypted(version))
        return 0;
    return refuse_private("image versions with encrypted disks are", err);
}

int ops_refuse_private_only(const struct definition *definition, struct err *err)
{
    const char *const type = definition_private_type(definition);
    char *what;
    int rc;

    if (!type)
        return 0;
    what = text_printf("image definitions of security type %s are", type);
    rc = refuse_private(what, err);
    free(what);
    return rc;
}

int ops_check_encrypted(const struct store *store, const struct reference *ref,
                        const struct version *version, struct err *err)
{
    bool shared = false;
    int rc = 0;

    if (version_is_encrypted(version))
        rc = ops_gallery_is_shared(store, ref, &shared, err);
    return rc == 0 && shared ? ops_refuse_encrypted(version, err) : rc;
}

/* What is in a gallery and may not be in one that is shared. */
struct private_things {
    const struct store *store;
    struct texts names;
    bool gone; /* some of them are in the trash */
};

static void add_name(struct private_things *found, const struct reference *ref)
{
    struct buf name = {0};

    reference_add_text(&name, ref);
    texts_add(&found->names, buf_text(&name));
    found->gone |= ref->soft_deleted.value;
    buf_done(&name);
}

static int look_at_version(const struct store *store, const struct reference *ref, void *user,
                           struct err *err)
{
    struct version version = {0};
    const int rc = ops_read_version(store, ref, &version, err);

    if (rc == 0 && version_is_encrypted(&version))
        add_name(user, ref);
    shape_done(&version_shape, &version);
    return rc;
}

/* One that is soft-deleted could come back. */
static int look_at_gone(void *user, const struct reference *ref, struct err *err)
{
    struct private_things *const found = user;
    const int rc = look_at_version(found->store, ref, found, err);

    return rc == E_NOT_FOUND ? 0 : rc;
}

static int look_at_definition(const struct store *store, const struct reference *ref, void *user,
                              struct err *err)
{
    const struct ops_each each = {.each = look_at_version, .user = user};
    struct definition definition = {0};
    const int rc = ops_read_definition(store, ref, &definition, err);

    if (rc == 0 && definition_private_type(&definition))
        add_name(user, ref);
    shape_done(&definition_shape, &definition);
    return rc ? rc : ops_for_each(store, ref, REFERENCE_VERSION, &each, err);
}

/* E_CONFLICT when there is any such thing, naming up to five. */
static int check_inside(const struct store *store, const char *gallery, struct err *err)
{
    struct reference ref = {.gallery = text_copy(gallery)};
    struct private_things found = {.store = store};
    const struct ops_each each = {.each = look_at_definition, .user = &found};
    struct buf text = {0};
    int rc = ops_for_each(store, &ref, REFERENCE_DEFINITION, &each, err);

    if (rc == 0)
        rc = trash_each(store, &ref, look_at_gone, &found, err);
    ops_add_some(&text, &found.names);
    if (rc == 0 && found.names.count > 0) {
        rc = err_set(err, E_CONFLICT, "it has what may only be in a private gallery: %s",
                     buf_text(&text));
        err_hint(err,
                 "image versions with encrypted disks, and image definitions of the security types "
                 "TrustedLaunch and ConfidentialVM, are not shared%s",
                 found.gone ? "; 'sig image-version purge' removes what is in the trash" : "");
    }
    buf_done(&text);
    texts_done(&found.names);
    shape_done(&reference_shape, &ref);
    return rc;
}

int ops_settle_sharing(const struct store *store, const struct gallery *old,
                       struct gallery *changed, struct err *err)
{
    struct sharing_profile *const profile = &changed->sharing_profile;
    int rc;

    if (profile->permissions == PERMISSIONS_PRIVATE)
        profile->permissions = 0;
    rc = sharing_check_change(&old->sharing_profile, profile, err);
    if (rc == 0)
        rc = sharing_check_community(profile, err);
    if (rc == 0 && sharing_is_shared(profile) && !sharing_is_shared(&old->sharing_profile))
        rc = check_inside(store, changed->name, err);
    return rc;
}

/* --- the verbs --- */

/* What is done, and how a message calls it. */
struct verb {
    const char *words;
    int (*adjust)(const struct store *store, const void *user, void *changed, struct err *err);
    bool names; /* somebody must be named */
};

#define COMMUNITY_FLAGS                                                                            \
    " --publisher-uri URI --publisher-email ADDRESS --eula URI --public-name-prefix WORD"

static bool lacks_terms(const struct sharing_profile *profile, enum permissions permissions)
{
    const struct community_info *const info = &profile->community_gallery_info;

    return permissions == PERMISSIONS_COMMUNITY &&
           !(info->publisher_uri && info->publisher_contact && info->eula &&
             info->public_name_prefix);
}

static int need(const struct gallery *gallery, enum permissions permissions, const char *word,
                struct err *err)
{
    const struct sharing_profile *const profile = &gallery->sharing_profile;

    if (profile->permissions == (unsigned)permissions)
        return 0;
    err_set(err, E_CONFLICT, "its permissions are not %s", word);
    return err_hint(err, "'sig gallery update %s --permissions %s%s' makes them so%s",
                    gallery->name, word, lacks_terms(profile, permissions) ? COMMUNITY_FLAGS : "",
                    sharing_is_with_any(profile) ? ", after 'sig share reset'" : "");
}

static int share_with(const struct store *store, const void *user, void *changed, struct err *err)
{
    const struct share_request *const request = user;
    struct gallery *const gallery = changed;
    struct sharing_profile *const profile = &gallery->sharing_profile;
    int rc = need(gallery, PERMISSIONS_GROUPS, "Groups", err);

    (void)store;
    if (rc == 0)
        rc = sharing_add(profile, SHARE_SUBSCRIPTIONS, &request->subscriptions, err);
    return rc ? rc : sharing_add(profile, SHARE_TENANTS, &request->tenants, err);
}

static int share_no_more(const struct store *store, const void *user, void *changed,
                         struct err *err)
{
    const struct share_request *const request = user;
    struct gallery *const gallery = changed;
    const int rc = need(gallery, PERMISSIONS_GROUPS, "Groups", err);

    (void)store;
    if (rc)
        return rc;
    sharing_remove(&gallery->sharing_profile, SHARE_SUBSCRIPTIONS, &request->subscriptions);
    sharing_remove(&gallery->sharing_profile, SHARE_TENANTS, &request->tenants);
    return 0;
}

static int reset(const struct store *store, const void *user, void *changed, struct err *err)
{
    (void)store;
    (void)user;
    (void)err;
    sharing_reset(&((struct gallery *)changed)->sharing_profile);
    return 0;
}

static int enable_community(const struct store *store, const void *user, void *changed,
                            struct err *err)
{
    struct gallery *const gallery = changed;
    struct community_info *const info = &gallery->sharing_profile.community_gallery_info;
    int rc = need(gallery, PERMISSIONS_COMMUNITY, "Community", err);

    (void)user;
    if (rc == 0)
        rc = sharing_check_community(&gallery->sharing_profile, err);
    if (rc)
        return rc;
    info->community_gallery_enabled = (struct opt_bool){.set = true, .value = true};
    if (info->public_names.count == 0) {
        char *const uuid = store_new_uuid(store);
        char *const name = text_printf("%s-%s", info->public_name_prefix, uuid);

        texts_add(&info->public_names, name);
        free(name);
        free(uuid);
    }
    return 0;
}

static int check_named(const struct share_request *request, const struct verb *verb,
                       struct err *err)
{
    const bool any = request->subscriptions.count > 0 || request->tenants.count > 0;

    if (verb->names && !any) {
        err_set(err, E_USAGE, "nobody is named");
        return err_hint(err, "--subscription-ids ID..., --tenant-ids ID...");
    }
    if (!verb->names && any)
        return err_set(err, E_USAGE, "nobody is to be named: it is for everybody");
    return 0;
}

/* Who may share, and not read, is shown that alone. */
static void hide(const struct store *store, const struct reference *ref, struct gallery *gallery)
{
    struct err ignored = {0};

    if (ops_authorise(store, ACTION_GALLERY_READ, ref, &ignored) == 0)
        return;
    tags_done(&gallery->tags);
    text_replace(&gallery->description, NULL);
    shape_done(&identity_shape, &gallery->identity);
}

static int change(struct store *store, const struct share_request *request, const struct verb *verb,
                  struct gallery *ret, struct err *err)
{
    const struct ops_adjustment asked = {verb->adjust, request};
    int rc = ops_begin(store, ACTION_GALLERY_SHARE, &request->ref, NAMING_CHANGE, err);

    if (rc)
        return rc;
    rc = check_named(request, verb, err);
    if (rc)
        return ops_end(store, rc, err);
    rc = ops_adjust_gallery(store, &request->ref, &asked, ret, err);
    if (rc) {
        ops_cannot(err, verb->words, &request->ref, REFERENCE_GALLERY);
    } else {
        ops_view_gallery(store, ret);
        hide(store, &request->ref, ret);
    }
    return ops_end(store, rc, err);
}

int gal_share_add(struct store *store, const struct share_request *request, struct gallery *ret,
                  struct err *err)
{
    static const struct verb verb = {"share", share_with, true};

    return change(store, request, &verb, ret, err);
}

int gal_share_remove(struct store *store, const struct share_request *request, struct gallery *ret,
                     struct err *err)
{
    static const struct verb verb = {"take shares of", share_no_more, true};

    return change(store, request, &verb, ret, err);
}

int gal_share_reset(struct store *store, const struct share_request *request, struct gallery *ret,
                    struct err *err)
{
    static const struct verb verb = {"end the sharing of", reset, false};

    return change(store, request, &verb, ret, err);
}

int gal_share_enable_community(struct store *store, const struct share_request *request,
                               struct gallery *ret, struct err *err)
{
    static const struct verb verb = {"enable community", enable_community, false};

    return change(store, request, &verb, ret, err);
}
