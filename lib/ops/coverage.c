/* What versions want in their regions, and what is there. Nothing is changed and no lock is taken:
 * what is copied or deleted meanwhile is seen before or after that. */
#include "ops/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/region.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/repairs.h"
#include "store/status.h"

/* --- one version --- */

static struct cover_place *place_at(struct covering *covering, const struct replica_place *place)
{
    struct cover_place *cover;

    for (size_t i = 0; i < covering->places.count; i++)
        if (place_equal(&covering->places.items[i].place, place))
            return &covering->places.items[i];
    cover = VEC_ADD(&covering->places);
    *cover = (struct cover_place){
        .place = *place,
        .region = text_copy(place->region),
        .label = replica_dir_label(place),
    };
    cover->place.region = cover->region;
    return cover;
}

static void want_disks(struct cover_place *place, size_t cell, const struct version *version,
                       const struct disk_digest *digests)
{
    const struct storage_profile *const profile = &version->storage_profile;
    const struct disk_images *const data = &profile->data_disk_images;

    for (size_t i = 0; i <= data->count; i++)
        *VEC_ADD(place) = (struct cover_want){
            .digest = digests[i],
            .cell = cell,
            .data_bytes = (uint64_t)(i == 0 ? &profile->os_disk_image : &data->items[i - 1])
                              ->data_size_in_bytes.value,
        };
}

static void add_region(struct covering *covering, struct coverage_version *entry,
                       const struct version *version, const struct target_region *target,
                       const struct disk_digest *digests)
{
    const struct region_row *const row = region_find(&covering->store->regions, target->name);
    struct replica_place place = place_before(target);

    *VEC_ADD(&entry->regions) = (struct coverage_region){
        .region = text_copy(row ? row->display_name : target->name),
        .name = text_copy(target->name),
        .storage_account_type = target->storage_account_type,
        .wanted = target->regional_replica_count,
        .home = text_equal(target->name, version->location),
    };
    *VEC_ADD(&covering->cells) = (struct cover_cell){
        .version = (size_t)(entry - covering->coverage->versions.items),
        .region = entry->regions.count - 1,
        .home = text_equal(target->name, version->location),
    };
    while (place_next(&place, target))
        want_disks(place_at(covering, &place), covering->cells.count - 1, version, digests);
}

static bool is_asked(const struct covering *covering, const char *region)
{
    for (size_t i = 0; i < covering->regions->count; i++)
        if (text_equal(covering->regions->items[i], region))
            return true;
    return covering->regions->count == 0;
}

static bool is_covered(const struct covering *covering, const char *name)
{
    const struct coverage_versions *const versions = &covering->coverage->versions;

    for (size_t i = 0; i < versions->count; i++)
        if (text_equal(versions->items[i].name, name))
            return true;
    return false;
}

static struct opt_int data_bytes(const struct version *version)
{
    const struct storage_profile *const profile = &version->storage_profile;
    struct opt_int bytes = profile->os_disk_image.data_size_in_bytes;

    for (size_t i = 0; i < profile->data_disk_images.count; i++) {
        const struct opt_int *const more = &profile->data_disk_images.items[i].data_size_in_bytes;

        bytes.set = bytes.set && more->set && more->value <= INT64_MAX - bytes.value;
        bytes.value = bytes.set ? bytes.value + more->value : 0;
    }
    return bytes;
}

static void add_version(struct covering *covering, struct version *version,
                        const struct disk_digest *digests)
{
    const struct target_regions *const targets = &version->publishing_profile.target_regions;
    struct reference ref = {
        .resource_group = covering->resource_group,
        .gallery = covering->gallery,
        .definition = covering->definition,
        .version = version->name,
    };
    struct coverage_version *entry;
    struct buf text = {0};
    char *id, *name;

    reference_add_id(&text, covering->store->info.store_id, &ref);
    id = buf_take(&text);
    ref.resource_group = NULL;
    reference_add_text(&text, &ref);
    name = buf_take(&text);
    if (covering->several && is_covered(covering, name)) {
        free(id);
        free(name);
        return;
    }
    entry = VEC_ADD(&covering->coverage->versions);
    *entry = (struct coverage_version){.id = id, .name = name, .data_bytes = data_bytes(version)};
    for (size_t i = 0; i < targets->count; i++)
        if (is_asked(covering, targets->items[i].name))
            add_region(covering, entry, version, &targets->items[i], digests);
}

static void note_unwanted(const struct covering *covering)
{
    for (size_t i = 0; i < covering->regions->count; i++) {
        const char *const region = covering->regions->items[i];
        bool found = false;

        for (size_t k = 0; !found && k < covering->places.count; k++)
            found = text_equal(covering->places.items[k].region, region);
        if (!found)
            ops_region_note_unwanted(covering->store, region);
    }
}

static int each_version(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    struct covering *const covering = user;
    struct disk_digest *digests = NULL;
    struct version version = {0};
    size_t count;
    int rc = ops_read_version(store, ref, &version, err);

    if (rc == 0) {
        version_fill_regions(&version);
        rc = ops_digests(&version, &digests, &count, err);
    }
    if (rc == 0)
        add_version(covering, &version, digests);
    free(digests);
    shape_done(&version_shape, &version);
    return rc;
}

/* --- all of them --- */

static void note_unreadable(void *user, enum reference_depth depth, const struct err *why)
{
    struct covering *const covering = user;

    (void)depth;
    ops_note_unread(covering->store, &covering->unread, why);
}

static int visit(struct covering *covering, const struct reference *ref, enum reference_depth depth,
                 struct err *err);

static int each_definition(const struct store *store, const struct reference *ref, void *user,
                           struct err *err)
{
    struct covering *const covering = user;
    struct definition definition = {0};
    int rc = ops_read_definition(store, ref, &definition, err);

    text_replace(&covering->definition, definition.name);
    shape_done(&definition_shape, &definition);
    if (rc)
        return rc;
    return ref->version ? each_version(store, ref, user, err)
                        : visit(covering, ref, REFERENCE_VERSION, err);
}

static int each_gallery(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    struct covering *const covering = user;
    struct gallery gallery = {0};
    int rc = ops_read_gallery(store, ref, &gallery, err);

    text_replace(&covering->gallery, gallery.name);
    text_replace(&covering->resource_group, gallery.resource_group);
    shape_done(&gallery_shape, &gallery);
    if (rc)
        return rc;
    return ref->definition ? each_definition(store, ref, user, err)
                           : visit(covering, ref, REFERENCE_DEFINITION, err);
}

static int visit(struct covering *covering, const struct reference *ref, enum reference_depth depth,
                 struct err *err)
{
    const struct ops_visitor visitor = {
        .each = depth == REFERENCE_GALLERY      ? each_gallery
                : depth == REFERENCE_DEFINITION ? each_definition
                                                : each_version,
        .unreadable = note_unreadable,
        .user = covering,
    };

    return ops_walk(covering->store, ref, depth, &visitor, err);
}

static int walk(struct covering *covering, const struct reference *named, struct err *err)
{
    struct reference ref = ops_reference(named);
    enum reference_depth depth;
    int rc = reference_depth(&ref, &depth, err);

    if (rc == 0)
        rc = ops_authorise(covering->store, ACTION_VERSION_READ, &ref, err);
    if (rc == 0 && depth == REFERENCE_NONE) {
        covering->whole = true;
        rc = visit(covering, &ref, REFERENCE_GALLERY, err);
    } else if (rc == 0) {
        rc = ops_check(covering->store, &ref, depth, NAMING_READ, err);
        if (rc == 0 && depth == REFERENCE_VERSION)
            rc = ops_resolve(covering->store, &ref, NULL, err);
        if (rc == 0)
            rc = each_gallery(covering->store, &ref, covering, err);
    }
    if (covering->several && (rc == E_CORRUPT || rc == E_DENIED || rc == E_UNSUPPORTED)) {
        note_unreadable(covering, depth, err);
        rc = 0;
    }
    shape_done(&reference_shape, &ref);
    return rc;
}

/* --- what it comes to --- */

/* How many replicas the version was reported to have there, and why there are no more. The first
 * one of the home region is there before the version is. */
static int64_t promised(const struct covering *covering, const struct cover_cell *cell,
                        const struct coverage_region *region, char **ret_details)
{
    const char *const name = covering->coverage->versions.items[cell->version].name;
    struct region_status status = {0};
    struct reference ref = {0};
    struct err ignored = {0}; /* what was never written, or is damaged, promises nothing */
    int64_t count = 0;

    if (reference_parse(name, &ref, &ignored) == 0 &&
        status_load(covering->store, &ref, region->name, &status, &ignored) == 0) {
        count = replication_promised(&status);
        if (status.state == REPLICATION_FAILED && status.details)
            text_replace(ret_details, status.details);
    }
    shape_done(&region_status_shape, &status);
    shape_done(&reference_shape, &ref);
    return cell->home && count == 0 ? 1 : count;
}

static void judge(const struct covering *covering, const struct cover_cell *cell,
                  struct coverage_region *region)
{
    char *details = NULL;

    if (region->intact.value == region->wanted.value) {
        region->state = COVERAGE_INTACT;
    } else if (cell->unavailable) {
        region->state = COVERAGE_UNAVAILABLE;
    } else if (promised(covering, cell, region, &details) > region->intact.value) {
        region->state = COVERAGE_DAMAGED;
    } else {
        region->state = COVERAGE_INCOMPLETE;
        text_replace(&region->reason, details ? details : "not copied yet");
    }
    free(details);
}

static void settle_cell(const struct covering *covering, const struct cover_cell *cell)
{
    struct coverage_region *const region = cover_region(covering, cell);
    int64_t intact = region->wanted.value;

    for (int64_t k = 0; k < region->wanted.value; k++)
        intact -= cell->lost[k];
    region->intact = opt_int_of((uint64_t)intact);
    region->bytes = opt_int_of(cell->bytes);
    if (covering->whole)
        region->exclusive_bytes = opt_int_of(cell->exclusive_bytes);
    if (cell->dated && !cell->unread)
        region->verified_date = (struct opt_time){.set = true, .value = cell->verified};
    judge(covering, cell, region);
}

static int note_repair(void *user, const char *path, const struct repair_note *note,
                       struct err *err)
{
    struct covering *const covering = user;

    (void)path;
    (void)err;
    if (note->replica && note->file)
        *VEC_ADD(&covering->repairs) = (struct cover_repair){
            .replica = text_copy(note->replica),
            .file = text_copy(note->file),
        };
    return 0;
}

static void settle(struct covering *covering)
{
    struct coverage *const coverage = covering->coverage;
    struct err ignored = {0}; /* the queue is a help, and nothing depends on it */

    repairs_each(covering->store, note_repair, covering, &ignored);
    for (size_t i = 0; i < covering->places.count; i++)
        cover_look(covering, &covering->places.items[i]);
    for (size_t i = 0; i < covering->cells.count; i++)
        settle_cell(covering, &covering->cells.items[i]);
    coverage_settle(coverage);
    coverage->generated_date = (struct opt_time){.set = true, .value = store_now(covering->store)};
    if (covering->store->root == FILE_NONE)
        return;
    coverage->store_id = text_copy(covering->store->info.store_id);
    coverage->store_name = dir_own_name(covering->store->path);
}

static void release(struct covering *covering)
{
    for (size_t i = 0; i < covering->places.count; i++) {
        free(covering->places.items[i].region);
        free(covering->places.items[i].label);
        free(covering->places.items[i].items);
    }
    for (size_t i = 0; i < covering->repairs.count; i++) {
        free(covering->repairs.items[i].replica);
        free(covering->repairs.items[i].file);
    }
    free(covering->repairs.items);
    free(covering->places.items);
    free(covering->cells.items);
    free(covering->gallery);
    free(covering->definition);
    free(covering->resource_group);
    texts_done(&covering->unread.told);
}

static int refuse_nothing(struct err *err)
{
    err_set(err, E_NOT_FOUND, "there is nothing to look at");
    return err_hint(err, "--store or SIG_STORE names another place");
}

int gal_coverage(struct store *store, const struct coverage_request *request, struct coverage *ret,
                 struct err *err)
{
    struct texts regions = {0};
    struct covering covering = {
        .store = store, .coverage = ret, .regions = &regions, .several = request->others.count > 0};
    int rc = request->needs_store && store->root == FILE_NONE ? refuse_nothing(err) : 0;

    for (size_t i = 0; rc == 0 && i < request->regions.count; i++) {
        const char *region;

        rc = ops_region(store, request->regions.items[i], &region, err);
        if (rc == 0)
            texts_add(&regions, region);
    }
    if (rc == 0)
        rc = walk(&covering, &request->ref, err);
    for (size_t i = 0; rc == 0 && i < request->others.count; i++)
        rc = walk(&covering, &request->others.items[i], err);
    if (rc == 0 && covering.unread.count == 0)
        note_unwanted(&covering);
    if (rc == 0)
        settle(&covering);
    else
        shape_done(&coverage_shape, ret);
    if (rc == 0)
        rc = ops_tell_unread(&covering.unread, err);
    release(&covering);
    texts_done(&regions);
    return rc;
}
