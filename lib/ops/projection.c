/* What is shared, as it is shown to those that it is shared with. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/room.h"

/* --- galleries --- */

struct galleries_shown {
    const struct shared_request *request;
    struct ops_asker asker;
    const char *region;
    struct shared_galleries *list;
};

/* What a gallery that is shared is called; NULL: it is not. */
static const char *shared_name(const struct galleries_shown *shown, const struct gallery *gallery)
{
    const struct sharing_profile *const profile = &gallery->sharing_profile;

    if (shown->request->ref.through == THROUGH_COMMUNITY)
        return sharing_is_community(profile) ? profile->community_gallery_info.public_names.items[0]
                                             : NULL;
    return ops_is_shared_with(gallery, &shown->asker) ? gallery->identifier.unique_name : NULL;
}

static int add_gallery(const struct store *store, const struct reference *ref, void *user,
                       struct err *err)
{
    struct galleries_shown *const shown = user;
    struct gallery gallery = {0};
    struct reference name = {.through = shown->request->ref.through};
    const int rc = ops_read_gallery(store, ref, &gallery, err);

    if (rc) /* whose manifest one may not read, that is not shared with one */
        return rc == E_DENIED ? E_NOT_FOUND : rc;
    ops_view_gallery(store, &gallery);
    name.gallery = text_copy(shared_name(shown, &gallery));
    if (name.gallery)
        project_gallery(&name, &gallery, shown->region, VEC_ADD(shown->list));
    shape_done(&reference_shape, &name);
    shape_done(&gallery_shape, &gallery);
    return 0;
}

static int by_name(const void *left, const void *right)
{
    const struct shared_gallery *const one = left, *const other = right;

    return strcmp(one->name, other->name);
}

/* The part that was asked for: names are not those of directories, by which other lists go. */
static void cut_page(struct shared_galleries *list, const struct page *page)
{
    size_t first = 0;

    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_name);
    while (page && page->next_token && first < list->count &&
           strcmp(list->items[first].name, page->next_token) <= 0)
        shape_done(&shared_gallery_shape, &list->items[first++]);
    list->count -= first;
    memmove(list->items, list->items + first, list->count * sizeof *list->items);
    if (page && page->max_items.set && list->count > (size_t)page->max_items.value)
        list_cut(list, &shared_gallery_shape, (size_t)page->max_items.value);
}

int gal_shared_gallery_list(struct store *store, const struct shared_request *request,
                            struct shared_galleries *ret, struct err *err)
{
    struct galleries_shown shown = {.request = request, .list = ret};
    const struct ops_each each = {.each = add_gallery, .user = &shown};
    const struct reference all = {0};
    int rc = ops_asker_of(store, request->subscription, &shown.asker, err);

    if (request->tenant.value)
        shown.asker.subscription = NULL;
    else
        shown.asker.tenant = NULL;
    if (rc == 0)
        rc = ops_region(store, request->location, &shown.region, err);
    if (rc == 0)
        rc = ops_for_each(store, &all, REFERENCE_GALLERY, &each, err);
    if (ret->count > 0)
        cut_page(ret, request->page);
    return rc;
}

/* --- what is in one --- */

struct projecting {
    const struct shared_request *request;
    struct reference own;   /* as the store names it */
    struct reference shown; /* as it is shown */
    struct gallery gallery;
    const char *region;
    void *list;
};

/* Find the gallery, if it may be seen. `projecting` all-zero; projecting_done also after an error.
 */
static int projecting_begin(struct projecting *projecting, const struct store *store,
                            const struct shared_request *request, enum reference_depth depth,
                            struct err *err)
{
    const unsigned through = request->ref.through;
    struct ops_asker asker;
    int rc = ops_check_any(store, &request->ref, depth, NAMING_READ, err);

    projecting->request = request;
    projecting->own = ops_reference(&request->ref);
    projecting->shown = ops_reference(&request->ref);
    if (rc == 0)
        rc = ops_asker_of(store, request->subscription, &asker, err);
    if (request->tenant.value)
        asker.subscription = NULL;
    if (rc == 0)
        rc = ops_region(store, request->location, &projecting->region, err);
    if (rc == 0)
        rc = ops_borrow(store, &asker, &projecting->own, &projecting->gallery, err);
    if (rc == 0)
        text_replace(&projecting->shown.gallery, ops_name_through(&projecting->gallery, through));
    return rc;
}

static void projecting_done(struct projecting *projecting)
{
    shape_done(&reference_shape, &projecting->own);
    shape_done(&reference_shape, &projecting->shown);
    shape_done(&gallery_shape, &projecting->gallery);
}

int gal_shared_gallery_show(struct store *store, const struct shared_request *request,
                            struct shared_gallery *ret, struct err *err)
{
    struct projecting projecting = {0};
    const int rc = projecting_begin(&projecting, store, request, REFERENCE_GALLERY, err);

    if (rc == 0)
        project_gallery(&projecting.shown, &projecting.gallery, projecting.region, ret);
    projecting_done(&projecting);
    return rc;
}

static int show_definition(const struct store *store, struct projecting *projecting,
                           const struct reference *ref, struct shared_definition *ret,
                           struct err *err)
{
    struct definition definition = {0};
    const int rc = ops_read_definition(store, ref, &definition, err);

    if (rc)
        return rc;
    text_replace(&projecting->shown.definition, definition.name);
    project_definition(&projecting->shown, &definition, projecting->region, ret);
    shape_done(&definition_shape, &definition);
    return 0;
}

static int add_definition(const struct store *store, const struct reference *ref, void *user,
                          struct err *err)
{
    struct projecting *const projecting = user;
    struct shared_definition shown = {0};
    const int rc = show_definition(store, projecting, ref, &shown, err);

    if (rc == 0)
        *VEC_ADD((struct shared_definitions *)projecting->list) = shown;
    return rc;
}

int gal_shared_definition_list(struct store *store, const struct shared_request *request,
                               struct shared_definitions *ret, struct err *err)
{
    struct projecting projecting = {.list = ret};
    const struct ops_each each = {
        .each = add_definition, .user = &projecting, .page = request->page};
    int rc = projecting_begin(&projecting, store, request, REFERENCE_GALLERY, err);

    if (rc == 0)
        rc = ops_for_each(store, &projecting.own, REFERENCE_DEFINITION, &each, err);
    projecting_done(&projecting);
    return rc;
}

int gal_shared_definition_show(struct store *store, const struct shared_request *request,
                               struct shared_definition *ret, struct err *err)
{
    struct projecting projecting = {0};
    int rc = projecting_begin(&projecting, store, request, REFERENCE_DEFINITION, err);

    if (rc == 0)
        rc = show_definition(store, &projecting, &projecting.own, ret, err);
    projecting_done(&projecting);
    return rc;
}

/* E_NOT_FOUND also when it is not replicated to the region that was asked for. */
static int show_version(const struct store *store, struct projecting *projecting,
                        const struct reference *ref, struct shared_version *ret, struct err *err)
{
    struct version version = {0};
    int rc = ops_read_version(store, ref, &version, err);

    if (rc == 0 && projecting->region && !version_target(&version, projecting->region))
        rc = err_set(err, E_NOT_FOUND, "image version '%s' is not replicated to region '%s'",
                     version.name, projecting->region);
    if (rc == 0) {
        text_replace(&projecting->shown.version, version.name);
        project_version(&projecting->shown, &version, projecting->region, ret);
    }
    shape_done(&version_shape, &version);
    return rc;
}

static int add_version(const struct store *store, const struct reference *ref, void *user,
                       struct err *err)
{
    struct projecting *const projecting = user;
    struct shared_version shown = {0};
    const int rc = show_version(store, projecting, ref, &shown, err);

    if (rc == 0)
        *VEC_ADD((struct shared_versions *)projecting->list) = shown;
    return rc;
}

/* The definition as it is spelled. */
static int spell_definition(const struct store *store, struct projecting *projecting,
                            struct err *err)
{
    struct definition definition = {0};
    const int rc = ops_read_definition(store, &projecting->own, &definition, err);

    if (rc == 0)
        text_replace(&projecting->shown.definition, definition.name);
    shape_done(&definition_shape, &definition);
    return rc;
}

/* The one that the service shows of a community gallery, if there is one. */
static int add_latest(const struct store *store, struct projecting *projecting, struct err *err)
{
    struct reference ref = ops_reference(&projecting->own);
    int rc;

    text_replace(&ref.version, "latest");
    rc = ops_resolve(store, &ref, projecting->region, err);
    if (rc == 0)
        rc = add_version(store, &ref, projecting, err);
    shape_done(&reference_shape, &ref);
    return rc == E_NOT_FOUND ? 0 : rc;
}

int gal_shared_version_list(struct store *store, const struct shared_request *request,
                            struct shared_versions *ret, struct err *err)
{
    const bool latest = request->ref.through == THROUGH_COMMUNITY && !request->all.value;
    struct projecting projecting = {.list = ret};
    const struct ops_each each = {.each = add_version, .user = &projecting, .page = request->page};
    int rc = 0;

    if (request->page && request->page->next_token)
        rc = semver_check(&request->page->next_token, err);
    if (rc == 0)
        rc = projecting_begin(&projecting, store, request, REFERENCE_DEFINITION, err);
    if (rc == 0)
        rc = spell_definition(store, &projecting, err);
    if (rc == 0)
        rc = latest ? add_latest(store, &projecting, err)
                    : ops_for_each(store, &projecting.own, REFERENCE_VERSION, &each, err);
    projecting_done(&projecting);
    return rc;
}

int gal_shared_version_show(struct store *store, const struct shared_request *request,
                            struct shared_version *ret, struct err *err)
{
    struct projecting projecting = {0};
    int rc = projecting_begin(&projecting, store, request, REFERENCE_VERSION, err);

    if (rc == 0)
        rc = spell_definition(store, &projecting, err);
    if (rc == 0)
        rc = ops_resolve(store, &projecting.own, projecting.region, err);
    if (rc == 0)
        rc = show_version(store, &projecting, &projecting.own, ret, err);
    projecting_done(&projecting);
    return rc;
}
