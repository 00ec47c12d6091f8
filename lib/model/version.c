#include "model/version.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/vec.h"
#include "model/region.h"
#include "model/semver.h"

static struct opt_int an_int(int64_t value)
{
    return (struct opt_int){.set = true, .value = value};
}

static struct opt_int count_by_default(const struct publishing_profile *profile)
{
    return an_int(profile->replica_count.set ? profile->replica_count.value : 1);
}

static void fill_zones(struct publishing_profile *profile)
{
    for (size_t i = 0; i < profile->target_extended_locations.count; i++) {
        struct target_zone *const zone = &profile->target_extended_locations.items[i];

        zone->extended_location.type = ZONE_EDGE;
        if (!zone->extended_location_replica_count.set)
            zone->extended_location_replica_count = count_by_default(profile);
        if (!zone->storage_account_type)
            zone->storage_account_type = ZONE_STANDARD_LRS;
    }
}

/* The type of copies in a region that was given none, and is left none by the strategy. */
static unsigned type_by_default(const struct publishing_profile *profile)
{
    return profile->storage_account_type ? profile->storage_account_type : STORAGE_STANDARD_LRS;
}

void version_fill_regions(struct version *version)
{
    struct publishing_profile *const profile = &version->publishing_profile;

    for (size_t i = 0; i < profile->target_regions.count; i++) {
        struct target_region *const region = &profile->target_regions.items[i];

        if (!region->name)
            region->name = text_copy(version->location);
        if (!region->regional_replica_count.set)
            region->regional_replica_count = count_by_default(profile);
        if (!region->storage_account_type)
            region->storage_account_type = type_by_default(profile);
    }
    fill_zones(profile);
}

int64_t version_replicas(const struct version *version)
{
    const struct publishing_profile *const profile = &version->publishing_profile;
    int64_t total = 0;

    for (size_t i = 0; i < profile->target_regions.count; i++) {
        const struct opt_int count = profile->target_regions.items[i].regional_replica_count;

        total += count.set ? count.value : count_by_default(profile).value;
    }
    return total;
}

void version_settle_regions(const struct region_book *book, struct version *version)
{
    struct publishing_profile *const profile = &version->publishing_profile;

    region_settle(book, &version_shape, version);
    if (profile->storage_account_type || profile->storage_account_strategy != STRATEGY_PREFER_ZRS)
        return;
    for (size_t i = 0; i < profile->target_regions.count; i++) {
        struct target_region *const region = &profile->target_regions.items[i];
        const char *const name = region->name ? region->name : version->location;
        const struct region_row *const row = name ? region_find(book, name) : NULL;

        if (!region->storage_account_type && row && row->zones)
            region->storage_account_type = STORAGE_STANDARD_ZRS;
    }
}

void version_defaults(const struct region_book *book, struct version *version, const char *location)
{
    struct publishing_profile *const profile = &version->publishing_profile;
    struct safety_profile *const safety = &version->safety_profile;

    if (!version->location || !*version->location)
        text_replace(&version->location, location);
    if (profile->target_regions.count == 0)
        VEC_ADD(&profile->target_regions)->name = text_copy(version->location);
    if (!profile->replica_count.set)
        profile->replica_count = an_int(1);
    if (!profile->storage_account_type && profile->storage_account_strategy != STRATEGY_PREFER_ZRS)
        profile->storage_account_type = STORAGE_STANDARD_LRS;
    if (!profile->replication_mode)
        profile->replication_mode = REPLICATION_FULL;
    if (!profile->exclude_from_latest.set)
        profile->exclude_from_latest.set = true;
    if (!safety->allow_deletion_of_replicated_locations.set)
        safety->allow_deletion_of_replicated_locations.set = true;
    if (!safety->block_deletion_before_end_of_life.set)
        safety->block_deletion_before_end_of_life.set = true;
    uefi_settle(&version->security_profile.uefi_settings);
    version_settle_regions(book, version);
    version_fill_regions(version);
}

/* A Shallow version is not copied anywhere. Home is known to be among the targets. */
static int check_mode(const struct publishing_profile *profile, struct err *err)
{
    const struct target_regions *const regions = &profile->target_regions;

    if (profile->replication_mode != REPLICATION_SHALLOW ||
        (regions->count == 1 && regions->items[0].regional_replica_count.value == 1))
        return 0;
    err_set(
        err, E_INVALID,
        "publishingProfile.replicationMode: a Shallow version has one copy, in its home region");
    if (err)
        err_hint(err, "leave target regions and counts out, or set the replication mode to Full");
    return E_INVALID;
}

/* Refuse what could only be pretended: a copy of a kind that is none. */
static int check_kept_type(unsigned type, struct err *err)
{
    if (type != STORAGE_PREMIUM_V2_LRS)
        return 0;
    err_set(err, E_UNSUPPORTED, "this release keeps no copies of storage account type '%s'",
            choice_word(&storage_type_choices, type));
    if (err)
        err_hint(err, "Premium_LRS keeps each disk ready as a raw file");
    return E_UNSUPPORTED;
}

static int check_target_type(const struct region_book *book, const struct target_region *region,
                             struct err *err)
{
    const struct region_row *const row = region_find(book, region->name);

    if (region->storage_account_type != STORAGE_STANDARD_ZRS || row->zones)
        return check_kept_type(region->storage_account_type, err);
    err_set(err, E_INVALID, "region '%s' has no zones, and Standard_ZRS keeps a copy in each",
            row->name);
    if (err)
        err_hint(err, "give it another type, or take one of those that \"sig region list --query "
                      "'[?availabilityZones]'\" prints");
    return E_INVALID;
}

static int check_types(const struct region_book *book, const struct publishing_profile *profile,
                       struct err *err)
{
    const struct target_regions *const regions = &profile->target_regions;
    int rc;

    if (profile->storage_account_strategy == STRATEGY_PREFER_ZRS && profile->storage_account_type) {
        err_set(err, E_INVALID,
                "publishingProfile: storageAccountType and storageAccountStrategy exclude each "
                "other");
        if (err)
            err_hint(err, "a type given to a region wins over the strategy there");
        return E_INVALID;
    }
    rc = check_kept_type(profile->storage_account_type, err);
    if (rc && err)
        err_wrap(err, "publishingProfile.storageAccountType");
    for (size_t i = 0; rc == 0 && i < regions->count; i++) {
        rc = check_target_type(book, &regions->items[i], err);
        if (rc && err)
            err_wrap(err, "publishingProfile.targetRegions[%zu].storageAccountType", i);
    }
    return rc;
}

/* Targets being looked at, and what the store says of regions. */
struct checking {
    const struct region_book *book;
    const struct target_regions *regions;
    const struct region_row *home;
};

/* Whether one of the first `count` is that region. */
static bool is_among(const struct checking *checking, size_t count, const struct region_row *row)
{
    for (size_t i = 0; i < count; i++)
        if (region_find(checking->book, checking->regions->items[i].name) == row)
            return true;
    return false;
}

/* The first of the targets before `index` that is in another cloud; NULL when there is none. A home
 * in no cloud must not join two. */
static const struct region_row *first_apart(const struct checking *checking, size_t index,
                                            const struct region_row *row)
{
    for (size_t i = 0; i < index; i++) {
        const struct region_row *const other =
            region_find(checking->book, checking->regions->items[i].name);

        if (!region_may_replicate(other, row))
            return other;
    }
    return NULL;
}

/* The region of one target: known, not there already, and in no other cloud than the others. */
static int check_target_name(const struct checking *checking, size_t index, struct err *err)
{
    const char *const name = checking->regions->items[index].name;
    const struct region_row *const home = checking->home;
    const struct region_row *row = NULL;
    const struct region_row *other;

    if (!name)
        return err_set(err, E_INVALID, "is missing");
    if (region_parse(checking->book, name, &row, err))
        return E_INVALID;
    if (is_among(checking, index, row))
        return err_set(err, E_INVALID, "region '%s' is given twice", row->name);
    other = region_may_replicate(home, row) ? first_apart(checking, index, row) : home;
    if (other)
        return err_set(err, E_INVALID, "region '%s' is in %s, %s'%s' in %s", row->name,
                       choice_word(&cloud_choices, row->cloud),
                       other == home ? "the home region " : "", other->name,
                       choice_word(&cloud_choices, other->cloud));
    return 0;
}

static int check_target_count(const struct target_region *region, struct err *err)
{
    const int64_t count = region->regional_replica_count.value;

    if (count < 1)
        return err_set(err, E_INVALID, "%" PRId64 " is below 1", count);
    if (count > REPLICAS_MAX)
        return err_set(err, E_INVALID, "%" PRId64 " is above %d", count, REPLICAS_MAX);
    return 0;
}

static int check_targets(const struct checking *checking, struct err *err)
{
    for (size_t i = 0; i < checking->regions->count; i++) {
        const char *member = "name";
        int rc = check_target_name(checking, i, err);

        if (rc == 0) {
            member = "regionalReplicaCount";
            rc = check_target_count(&checking->regions->items[i], err);
        }
        if (rc == 0)
            continue;
        if (err)
            err_wrap(err, "publishingProfile.targetRegions[%zu].%s", i, member);
        return rc;
    }
    return 0;
}

static int check_total(const struct version *version, struct err *err)
{
    const int64_t total = version_replicas(version);

    if (total > REPLICAS_MAX)
        return err_set(err, E_INVALID,
                       "publishingProfile.targetRegions: %" PRId64
                       " replicas in all are more than %d",
                       total, REPLICAS_MAX);
    return 0;
}

/* A disk that is encrypted in one region is in all of them. */
static int check_encryption(const struct target_regions *regions, struct err *err)
{
    for (size_t i = 1; i < regions->count; i++) {
        struct buf what = {0};

        if (encryption_same_disks(&regions->items[0].encryption, &regions->items[i].encryption,
                                  &what))
            continue;
        err_set(err, E_INVALID,
                "publishingProfile.targetRegions[%zu].encryption: %s is encrypted in one of "
                "'%s' and '%s' alone",
                i, buf_text(&what), regions->items[0].name, regions->items[i].name);
        if (err)
            err_hint(err, "a disk that is encrypted in one target region is in all of them");
        buf_done(&what);
        return E_INVALID;
    }
    return 0;
}

/* Edge zones are a note; their regions are real. */
static int check_zone_regions(const struct region_book *book, const struct version *version,
                              struct err *err)
{
    const struct target_zones *const zones = &version->publishing_profile.target_extended_locations;
    const struct region_row *row;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < zones->count; i++) {
        rc = region_parse(book, zones->items[i].name ? zones->items[i].name : "", &row, err);
        if (rc && err)
            err_wrap(err, "publishingProfile.targetExtendedLocations[%zu].name", i);
    }
    return rc;
}

int version_check_regions(const struct region_book *book, const struct version *version,
                          struct err *err)
{
    const struct target_regions *const regions = &version->publishing_profile.target_regions;
    struct checking checking = {.book = book, .regions = regions};
    const struct region_row *home;
    int rc;

    if (!version->location)
        return err_set(err, E_INVALID, "location: is missing");
    if (region_parse(book, version->location, &home, err)) {
        if (err)
            err_wrap(err, "location");
        return E_INVALID;
    }
    checking.home = home;
    rc = check_targets(&checking, err);
    if (rc == 0)
        rc = check_zone_regions(book, version, err);
    if (rc == 0)
        rc = check_total(version, err);
    if (rc)
        return rc;
    if (!version_target(version, home->name)) {
        err_set(err, E_INVALID,
                "publishingProfile.targetRegions: the home region '%s' is not among them",
                home->name);
        if (err)
            err_hint(err, "add '%s' to the target regions", home->name);
        return E_INVALID;
    }
    rc = check_mode(&version->publishing_profile, err);
    if (rc == 0)
        rc = check_encryption(regions, err);
    return rc ? rc : check_types(book, &version->publishing_profile, err);
}

static unsigned type_in(const struct version *version, const struct target_region *region)
{
    return region->storage_account_type ? region->storage_account_type
                                        : type_by_default(&version->publishing_profile);
}

static int check_kept(const struct version *old, const struct target_region *was,
                      const struct version *changed, struct err *err)
{
    const struct target_region *const now = version_target(changed, was->name);

    if (now && type_in(changed, now) != type_in(old, was)) {
        const char *const wanted = choice_word(&storage_type_choices, type_in(changed, now));

        err_set(err, E_CONFLICT,
                "the storage account type in region '%s' is %s and cannot change to %s", was->name,
                choice_word(&storage_type_choices, type_in(old, was)), wanted);
        if (err && !text_equal(was->name, old->location))
            err_hint(err, "take the region away and add it again, '%s=%s': that is a new copy",
                     was->name, wanted);
        return E_CONFLICT;
    }
    if (now && !shape_equal(&encryption_shape, &was->encryption, &now->encryption))
        return err_set(err, E_CONFLICT,
                       "the encryption in region '%s' cannot change after creation", was->name);
    if (now || changed->safety_profile.allow_deletion_of_replicated_locations.value)
        return 0;
    err_set(err, E_CONFLICT, "region '%s' holds replicas and may not be taken away", was->name);
    err_hint(err, "--allow-replicated-location-deletion true allows it");
    return E_CONFLICT;
}

/* The zone of that name, or NULL. */
static const struct target_zone *find_zone(const struct version *version, const char *name)
{
    const struct target_zones *const zones = &version->publishing_profile.target_extended_locations;

    for (size_t i = 0; i < zones->count; i++)
        if (text_same_word(zones->items[i].extended_location.name, name))
            return &zones->items[i];
    return NULL;
}

static int check_zones_kept(const struct version *old, const struct version *changed,
                            struct err *err)
{
    const struct target_zones *const zones = &old->publishing_profile.target_extended_locations;

    if (changed->safety_profile.allow_deletion_of_replicated_locations.value)
        return 0;
    for (size_t i = 0; i < zones->count; i++) {
        const char *const name = zones->items[i].extended_location.name;

        if (find_zone(changed, name))
            continue;
        err_set(err, E_CONFLICT, "edge zone '%s' may not be taken away", name);
        err_hint(err, "--allow-replicated-location-deletion true allows it");
        return E_CONFLICT;
    }
    return 0;
}

static void keep(const struct encryption *had, struct encryption *has)
{
    const struct encryption none = {0};

    if (shape_equal(&encryption_shape, has, &none))
        shape_copy(&encryption_shape, has, had);
}

void version_keep_encryption(const struct version *old, struct version *changed)
{
    struct publishing_profile *const profile = &changed->publishing_profile;

    for (size_t i = 0; i < profile->target_regions.count; i++) {
        struct target_region *const region = &profile->target_regions.items[i];
        const struct target_region *const had = version_target(old, region->name);

        if (had)
            keep(&had->encryption, &region->encryption);
    }
    for (size_t i = 0; i < profile->target_extended_locations.count; i++) {
        struct target_zone *const zone = &profile->target_extended_locations.items[i];
        const struct target_zone *const had = find_zone(old, zone->extended_location.name);

        if (had)
            keep(&had->encryption, &zone->encryption);
    }
}

int version_check_change(const struct version *old, const struct version *changed, struct err *err)
{
    const struct target_regions *const regions = &old->publishing_profile.target_regions;

    for (size_t i = 0; i < regions->count; i++) {
        const int rc = check_kept(old, &regions->items[i], changed, err);

        if (rc)
            return rc;
    }
    return check_zones_kept(old, changed, err);
}

int version_check_deletion(const struct version *version, int64_t now, struct err *err)
{
    const struct opt_time end = version->publishing_profile.end_of_life_date;
    char text[CLOCK_TEXT_SIZE];

    if (!version->safety_profile.block_deletion_before_end_of_life.value || !end.set ||
        end.value <= now)
        return 0;
    clock_text(end.value, text);
    err_set(err, E_CONFLICT, "it may not be deleted before its end of life, %s", text);
    err_hint(err, "'sig image-version update' with --block-deletion-before-end-of-life false "
                  "lifts that");
    return E_CONFLICT;
}

int version_check_dates(const struct version *given, int64_t now, struct err *err)
{
    const struct opt_time end = given->publishing_profile.end_of_life_date;
    char text[CLOCK_TEXT_SIZE];

    if (!end.set || end.value > now)
        return 0;
    clock_text(end.value, text);
    return err_set(err, E_INVALID, "publishingProfile.endOfLifeDate: %s is not in the future",
                   text);
}

const struct target_region *version_target(const struct version *version, const char *region)
{
    const struct target_regions *const regions = &version->publishing_profile.target_regions;

    for (size_t i = 0; i < regions->count; i++)
        if (text_same_word(regions->items[i].name, region))
            return &regions->items[i];
    return NULL;
}

bool version_is_excluded(const struct version *version, const char *region)
{
    const struct target_region *const target = version_target(version, region);

    if (target && target->exclude_from_latest.set)
        return target->exclude_from_latest.value;
    return version->publishing_profile.exclude_from_latest.value;
}

/* A disk without a digest is proven by nothing, and so is the same as none. */
static bool is_same_disk(const struct disk_image *left, const struct disk_image *right)
{
    return left->disk_digest && text_equal(left->disk_digest, right->disk_digest) &&
           left->size_in_bytes.value == right->size_in_bytes.value &&
           left->lun.set == right->lun.set && left->lun.value == right->lun.value;
}

bool version_is_encrypted(const struct version *version)
{
    const struct target_regions *const regions = &version->publishing_profile.target_regions;
    const struct target_zones *const zones = &version->publishing_profile.target_extended_locations;

    for (size_t i = 0; i < regions->count; i++)
        if (encryption_is_any(&regions->items[i].encryption))
            return true;
    for (size_t i = 0; i < zones->count; i++)
        if (encryption_is_any(&zones->items[i].encryption))
            return true;
    return false;
}

bool version_same_content(const struct version *left, const struct version *right)
{
    const struct disk_images *const disks = &left->storage_profile.data_disk_images;
    const struct disk_images *const others = &right->storage_profile.data_disk_images;

    if (!is_same_disk(&left->storage_profile.os_disk_image, &right->storage_profile.os_disk_image))
        return false;
    if (disks->count != others->count)
        return false;
    for (size_t i = 0; i < disks->count; i++)
        if (!is_same_disk(&disks->items[i], &others->items[i]))
            return false;
    return true;
}

void versions_done(struct versions *versions)
{
    list_done(versions, &version_shape);
}
