/* Image versions, shown and listed: those that are there, and those that are still to be made. */
#include <stdlib.h>

#include "base/text.h"
#include "model/semver.h"
#include "model/version_name.h"
#include "ops/room.h"
#include "ops/work.h"
#include "os/file.h"
#include "os/lock.h"
#include "store/replica_dir.h"
#include "store/resource.h"
#include "store/status.h"
#include "store/work.h"

/* --- show --- */

/* What is shown only when asked for, as in the Azure CLI. */
static void hide(struct version *version, unsigned expand)
{
    if (!(expand & PART_UEFI_SETTINGS))
        shape_done(&security_profile_shape, &version->security_profile);
}

/* The record of what is being done to the version, all-zero when nothing is. One that is damaged
 * says nothing about a version that is there. */
static void read_record(const struct store *store, const struct reference *ref, struct work *ret)
{
    struct err why = {0};

    if (work_read(store, ref, ret, &why) && why.code != E_NOT_FOUND)
        store_notice(store, "%s", why.text);
}

struct surroundings {
    const struct gallery *gallery;
    const struct definition *definition;
};

/* Whether a lock says that somebody writes to one of the region's replicas at this moment. */
static bool is_at_work(const struct store *store, const struct target_region *target)
{
    struct replica_place place = place_before(target);
    bool held = false;

    while (!held && place_next(&place, target)) {
        struct err ignored = {0};
        int dir = FILE_NONE;

        if (replica_dir_open(store, &place, false, &dir, &ignored) == 0)
            held = lock_is_held(dir, "lock");
        file_close(&dir);
    }
    return held;
}

/* Whoever was killed could not take back that it is Replicating. */
static void tell_pending(const struct store *store, struct version *version)
{
    struct region_statuses *const summary = &version->replication_status.summary;

    for (size_t i = 0; i < summary->count; i++) {
        struct region_status *const status = &summary->items[i];
        const struct target_region *const target = version_target(version, status->region);

        if (status->state == REPLICATION_REPLICATING && target && !is_at_work(store, target))
            text_replace(&status->details, "pending: nobody is copying at the moment");
    }
}

/* A version that is there, E_NOT_FOUND when it is not. */
static int show_made(const struct store *store, const struct reference *ref, unsigned expand,
                     const struct surroundings *around, struct version *ret, struct err *err)
{
    struct work work = {0};
    int rc = ops_read_version(store, ref, ret, err);

    if (rc == 0 && expand & PART_REPLICATION_STATUS)
        rc = status_read_all(store, ref, ret, &ret->replication_status, err);
    if (rc)
        return rc;
    read_record(store, ref, &work);
    version_fill_regions(ret);
    tell_pending(store, ret);
    ops_view_version(store, around->gallery, around->definition, ret);
    if (work.kind)
        ops_work_mark(&work, ret);
    shape_done(&work_shape, &work);
    return 0;
}

/* One that is to be made; `err` says that it is not there. */
static int show_recorded(const struct store *store, const struct reference *ref,
                         const struct surroundings *around, struct version *ret, struct err *err)
{
    struct err why = {0};
    struct work work = {0};
    const int rc = ops_work_read(store, ref, &work, &why);

    if (rc && rc != E_NOT_FOUND)
        *err = why;
    if (rc == 0)
        ops_work_view(store, around->gallery, around->definition, &work, ret);
    shape_done(&work_shape, &work);
    return rc;
}

int ops_show_version(const struct store *store, const struct reference *ref, unsigned expand,
                     struct version *ret, struct err *err)
{
    struct gallery gallery = {0};
    struct definition definition = {0};
    const struct surroundings around = {&gallery, &definition};
    int rc;

    rc = ops_read_gallery(store, ref, &gallery, err);
    if (rc == 0)
        rc = ops_read_definition(store, ref, &definition, err);
    if (rc)
        goto out;
    rc = show_made(store, ref, expand, &around, ret, err);
    if (rc == E_NOT_FOUND)
        rc = show_recorded(store, ref, &around, ret, err);
    if (rc == E_NOT_FOUND) /* it may have been made between the two looks */
        rc = show_made(store, ref, expand, &around, ret, err);
out:
    if (rc)
        shape_done(&version_shape, ret);
    else
        hide(ret, expand);
    shape_done(&gallery_shape, &gallery);
    shape_done(&definition_shape, &definition);
    return rc;
}

int gal_version_show(struct store *store, const struct version_show *request, struct version *ret,
                     struct err *err)
{
    struct reference ref = ops_reference(&request->ref);
    const char *region;
    int rc;

    rc = ops_find_version(store, &ref, request->region, &region, err);
    if (rc == 0)
        rc = ops_show_version(store, &ref, request->expand, ret, err);
    shape_done(&reference_shape, &ref);
    return rc;
}

/* --- list --- */

/* Records of work, by name of the version, in lower case. */
struct records {
    struct record {
        char *version;
        struct work work;
        bool made; /* the version is there */
    } * items;
    size_t count;
};

struct listing {
    const struct store *store;
    const struct version_name *range; /* only what it covers; NULL: all */
    struct surroundings around;
    unsigned expand;
    const struct page *page;
    struct versions *list;
    struct records records;
    struct ops_gate gate;
    struct err damaged; /* why the last record that is damaged is */
};

static bool is_in_range(const char *name, const struct version_name *range)
{
    struct semver number;

    return semver_parse(name, &number, NULL) == 0 && version_name_covers(range, &number);
}

static int add_record(void *user, const struct reference *ref, struct err *err)
{
    struct listing *const listing = user;
    struct work work = {0};
    int rc;

    if (!ops_is_behind(ref->version, listing->page, REFERENCE_VERSION))
        return 0;
    if (listing->range && !is_in_range(ref->version, listing->range))
        return 0;
    if (!ops_gate_lets(&listing->gate, ACTION_VERSION_READ, ref))
        return 0;
    rc = ops_work_read(listing->store, ref, &work, err);
    if (rc == 0)
        *VEC_ADD(&listing->records) =
            (struct record){.version = text_copy(ref->version), .work = work};
    if (rc && rc != E_NOT_FOUND) {
        store_notice(listing->store, "%s", err->text);
        listing->damaged = *err;
    }
    return 0;
}

static void mark_from_record(struct records *records, struct version *version)
{
    for (size_t i = 0; i < records->count; i++) {
        if (!text_equal(records->items[i].version, version->name))
            continue;
        records->items[i].made = true;
        ops_work_mark(&records->items[i].work, version);
    }
}

static int add_to_list(const struct store *store, const struct reference *ref, void *user,
                       struct err *err)
{
    struct listing *const listing = user;
    struct version version = {0};
    int rc;

    if (listing->range && !is_in_range(ref->version, listing->range))
        return E_NOT_FOUND; /* passed over, and no item of a page */
    rc = ops_read_version(store, ref, &version, err);
    if (rc == 0 && listing->expand & PART_REPLICATION_STATUS)
        rc = status_read_all(store, ref, &version, &version.replication_status, err);
    if (rc) {
        shape_done(&version_shape, &version);
        return rc;
    }
    version_fill_regions(&version);
    ops_view_version(store, listing->around.gallery, listing->around.definition, &version);
    hide(&version, listing->expand);
    mark_from_record(&listing->records, &version);
    *VEC_ADD(listing->list) = version;
    return 0;
}

static int by_number(const void *left, const void *right)
{
    struct semver a = {0};
    struct semver b = {0};

    semver_parse(((const struct version *)left)->name, &a, NULL);
    semver_parse(((const struct version *)right)->name, &b, NULL);
    return semver_compare(&a, &b);
}

/* What is to be made stands among what is there. */
static void add_recorded(struct listing *listing)
{
    const size_t made = listing->list->count;

    for (size_t i = 0; i < listing->records.count; i++) {
        const struct record *const record = &listing->records.items[i];

        if (!record->made && record->work.kind == WORK_PUBLISH)
            ops_work_view(listing->store, listing->around.gallery, listing->around.definition,
                          &record->work, VEC_ADD(listing->list));
    }
    for (size_t i = made; i < listing->list->count; i++)
        hide(&listing->list->items[i], listing->expand);
    if (listing->list->count > made)
        qsort(listing->list->items, listing->list->count, sizeof *listing->list->items, by_number);
}

static void records_done(struct records *records)
{
    for (size_t i = 0; i < records->count; i++) {
        free(records->items[i].version);
        shape_done(&work_shape, &records->items[i].work);
    }
    free(records->items);
}

/* Records first: what is made between the two looks is seen by the second. Those of versions behind
 * the page, too, stand behind it, and are cut off. */
static int list_all(struct listing *listing, const struct reference *ref, struct err *err)
{
    const struct ops_each each = {
        .each = add_to_list, .user = listing, .page = listing->page, .seen_only = true};
    const struct opt_int *const most = &listing->page->max_items;
    int rc = ops_gate_open(listing->store, &listing->gate, err);

    if (rc == 0)
        rc = work_each(listing->store, ref, add_record, listing, err);
    if (rc == 0)
        rc = ops_for_each(listing->store, ref, REFERENCE_VERSION, &each, err);
    if (rc == 0 || rc == E_CORRUPT || rc == E_DENIED || rc == E_UNSUPPORTED)
        add_recorded(listing);
    if (most->set)
        list_cut(listing->list, &version_shape, (size_t)most->value);
    records_done(&listing->records);
    ops_gate_close(&listing->gate);
    if (rc || !listing->damaged.code)
        return rc;
    *err = listing->damaged;
    return err->code;
}

/* What of the definition is to be listed: it is `ref`, without the range that may be there. */
static int check_list(const struct store *store, struct reference *ref, struct version_name *range,
                      struct listing *listing, struct err *err)
{
    const enum reference_depth depth = ref->version ? REFERENCE_VERSION : REFERENCE_DEFINITION;
    int rc = ops_check(store, ref, depth, NAMING_READ, err);

    if (rc == 0)
        rc = ops_authorise_list(store, ACTION_VERSION_READ, ref, err);
    if (rc || !ref->version)
        return rc;
    if (text_same_word(ref->version, "latest")) {
        err_set(err, E_INVALID, "'latest' is one version, and no list");
        return err_hint(err, "'sig image-version latest' says which it is");
    }
    listing->range = range;
    rc = version_name_parse(ref->version, range, err);
    text_replace(&ref->version, NULL);
    return rc;
}

int gal_version_list(struct store *store, const struct version_show *request, struct versions *ret,
                     struct err *err)
{
    struct reference ref = ops_reference(&request->ref);
    struct version_name range;
    struct gallery gallery = {0};
    struct definition definition = {0};
    struct listing listing = {
        .store = store,
        .around = {&gallery, &definition},
        .expand = request->expand,
        .page = &request->page,
        .list = ret,
    };
    int rc = 0;

    if (request->page.next_token)
        rc = semver_check(&request->page.next_token, err);
    if (rc == 0)
        rc = check_list(store, &ref, &range, &listing, err);
    if (rc == 0)
        rc = ops_read_gallery(store, &ref, &gallery, err);
    if (rc == 0)
        rc = ops_read_definition(store, &ref, &definition, err);
    if (rc == 0)
        rc = list_all(&listing, &ref, err);
    shape_done(&reference_shape, &ref);
    shape_done(&gallery_shape, &gallery);
    shape_done(&definition_shape, &definition);
    return rc;
}
