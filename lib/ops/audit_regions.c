/* Regions, and accepted work: what an audit says of both beside what lies in replicas. */
#include <stdlib.h>

#include "base/text.h"
#include "ops/audit.h"
#include "ops/region.h"
#include "ops/work.h"
#include "store/layout.h"
#include "store/region.h"
#include "store/region_dir.h"
#include "store/work.h"

/* --- their manifests and directories --- */

struct zone_use {
    unsigned zone;
    bool own; /* zones have directories of their own, so that a replica lies in either */
    bool found;
};

static int note_place(void *user, const struct replica_place *place, struct err *err)
{
    struct zone_use *const use = user;

    (void)err;
    use->found |= (use->own ? place->zone : 0) == use->zone;
    return 0;
}

/* Then their losses are told. */
static bool has_replicas(const struct auditing *auditing, const char *region, unsigned zone)
{
    struct zone_use use = {.zone = zone, .own = region_dir_has_zones(auditing->store, region)};
    struct err ignored = {0};

    replica_dir_each_of(auditing->store, region, note_place, &use, &ignored);
    for (size_t i = 0; i < auditing->marks.count; i++)
        if (text_equal(auditing->marks.items[i].region, region))
            note_place(&use, &auditing->marks.items[i].place, &ignored);
    return use.found;
}

static void tell_directory(struct auditing *auditing, const struct region *region, unsigned zone)
{
    const char *const path = zone ? region->zone_paths.items[zone - 1] : region->path;
    struct region_dir dir = REGION_DIR_NONE;
    struct audit_finding *finding;
    struct err why = {0};

    if (!path || has_replicas(auditing, region->name, zone))
        return;
    if (region_dir_open(auditing->store, region->name, zone, &dir, &why)) {
        finding = audit_add(auditing->audit, AUDIT_WARNING, path, "%s", why.text);
        finding->code = audit_code(&why);
        if (!finding->hint && why.hint[0])
            finding->hint = text_copy(why.hint);
    }
    region_dir_close(&dir);
}

static void tell_damaged(struct auditing *auditing, const struct region_entry *entry)
{
    char *const path = text_printf("%s/%s/%s", LAYOUT_REGIONS, entry->row.name, LAYOUT_REGION);
    struct audit_finding *const finding =
        audit_add(auditing->audit, AUDIT_ERROR, path, "%s", entry->why);
    const struct err why = {.code = entry->damage};

    finding->code = audit_code(&why);
    if (!finding->hint)
        finding->hint = text_copy(REGION_DAMAGE_HINT);
    free(path);
}

/* --- who names one that is unknown --- */

static void tell_unknown(void *user, const struct region_use *use)
{
    struct auditing *const auditing = user;
    struct audit_finding *finding;
    struct buf path = {0}, name = {0};

    if (use->known)
        return;
    layout_add_resource(&path, use->ref, use->depth);
    reference_add_text(&name, use->ref);
    finding = audit_add(auditing->audit, AUDIT_WARNING, buf_text(&path),
                        "%s '%s' names region '%s', which is unknown", reference_noun(use->depth),
                        buf_text(&name), use->region);
    if (use->depth == REFERENCE_VERSION && finding->versions.count == 0)
        texts_add(&finding->versions, buf_text(&name));
    if (!finding->hint)
        finding->hint = text_printf("'sig region create %s' makes it known again", use->region);
    buf_done(&path);
    buf_done(&name);
}

void audit_regions(struct auditing *auditing)
{
    const struct region_visitor visitor = {.each = tell_unknown, .user = auditing, .quiet = true};
    const struct region_book *const book = &auditing->store->regions;
    struct err ignored = {0}; /* told when the manifests were read */

    for (size_t i = 0; i < book->count; i++) {
        const struct region *const region = &book->items[i].region;

        if (book->items[i].damage) {
            tell_damaged(auditing, &book->items[i]);
            continue;
        }
        for (unsigned zone = 0; zone <= region->zone_paths.count; zone++)
            tell_directory(auditing, region, zone);
    }
    ops_each_region_use(auditing->store, &visitor, &ignored);
}

/* --- accepted work --- */

static void tell_unreadable(struct auditing *auditing, const char *path, const char *version,
                            const struct err *why)
{
    struct audit_finding *const finding =
        audit_add(auditing->audit, AUDIT_ERROR, path, "%s", why->text);

    finding->code = audit_code(why);
    if (finding->versions.count == 0)
        texts_add(&finding->versions, version);
    if (!finding->hint)
        finding->hint = text_copy(why->hint[0] ? why->hint : "run it as a user who may read it");
}

/* Its process was killed, or the machine stopped: it goes on when somebody asks for that. */
static void tell_idle(struct auditing *auditing, const char *path, const char *version,
                      const struct work *work)
{
    struct audit_finding *const finding =
        audit_add(auditing->audit, AUDIT_WARNING, path,
                  work->kind == WORK_PUBLISH ? "image version '%s' is still to be created, and "
                                               "nobody is at it"
                                             : "copies of image version '%s' are still to be made, "
                                               "and nobody is at it",
                  version);

    if (finding->versions.count == 0)
        texts_add(&finding->versions, version);
    if (!finding->hint)
        finding->hint = text_printf("'sig replicate %s' does it", version);
}

static int look_at_work(void *user, const struct reference *ref, struct err *err)
{
    struct auditing *const auditing = user;
    struct work work = {0};
    struct buf path = {0}, name = {0};
    const int rc = ops_work_read(auditing->store, ref, &work, err);

    layout_add_work(&path, ref);
    reference_add_text(&name, ref);
    if (rc && rc != E_NOT_FOUND)
        tell_unreadable(auditing, buf_text(&path), buf_text(&name), err);
    if (rc == 0 && !work.error && !work_is_held(auditing->store, ref))
        tell_idle(auditing, buf_text(&path), buf_text(&name), &work);
    shape_done(&work_shape, &work);
    buf_done(&path);
    buf_done(&name);
    return 0;
}

void audit_work(struct auditing *auditing, const struct reference *ref)
{
    struct err why = {0};

    if (work_each(auditing->store, ref, look_at_work, auditing, &why))
        audit_add(auditing->audit, AUDIT_ERROR, LAYOUT_WORK, "%s", why.text);
}
