/* The rows of an image version. */
#include "model/version.h"

#include <string.h>

#include "model/gallery.h"
#include "model/names.h"
#include "model/region.h"
#include "model/room.h"
#include "model/semver.h"

static const char *const storage_type_words[] = {"Standard_LRS", "Standard_ZRS", "Premium_LRS",
                                                 "PremiumV2_LRS", NULL};
const struct choices storage_type_choices = {.noun = "storage account type",
                                             .words = storage_type_words};

static const char *const zone_storage_words[] = {"Standard_LRS", "Standard_ZRS", "StandardSSD_LRS",
                                                 "Premium_LRS", NULL};
const struct choices zone_storage_choices = {.noun = "storage account type",
                                             .words = zone_storage_words};

static const struct choices zone_type_choices = {
    .noun = "type of location",
    .words = (const char *const[]){"EdgeZone", NULL},
};

static const struct choices strategy_choices = {
    .noun = "storage account strategy",
    .words = (const char *const[]){"PreferStandard_ZRS", "DefaultStandard_LRS", NULL},
};

static const char *const mode_words[] = {"Full", "Shallow", NULL};
static const struct choices mode_choices = {.noun = "replication mode", .words = mode_words};

static const char *const caching_words[] = {"None", "ReadOnly", "ReadWrite", NULL};
const struct choices host_caching_choices = {.noun = "host caching", .words = caching_words};

enum { DIGEST_DIGITS = 64 }; /* of a SHA-256 */

static int check_digest(const void *slot, struct err *err)
{
    const char *digest = *(char *const *)slot;

    if (strlen(digest) != DIGEST_DIGITS || strspn(digest, "0123456789abcdef") != DIGEST_DIGITS)
        return err_set(err, E_INVALID, "'%s' is not %d lower-case hexadecimal digits", digest,
                       DIGEST_DIGITS);
    return 0;
}

static int check_profile(const void *value, struct err *err)
{
    const struct publishing_profile *profile = value;

    if (profile->published_date.set && profile->end_of_life_date.set &&
        profile->end_of_life_date.value <= profile->published_date.value)
        return err_set(err, E_INVALID, "the end of life is not after the publication");
    return 0;
}

static int refuse_replica_sets(const void *slot, struct err *err)
{
    (void)slot;
    return err_set(err, E_INVALID,
                   "this release keeps no replicas beside those of regionalReplicaCount");
}

static int check_storage(const void *value, struct err *err)
{
    const struct storage_profile *profile = value;

    if (profile->os_disk_image.lun.set)
        return err_set(err, E_INVALID, "the OS disk has a lun");
    for (size_t i = 0; i < profile->data_disk_images.count; i++)
        if (!profile->data_disk_images.items[i].lun.set)
            return err_set(err, E_INVALID, "data disk %zu has no lun", i);
    return 0;
}

/* clang-format off */
static const struct row replica_set_rows[] = {
    ROW(struct additional_replicas, storage_account_type, "storageAccountType",
        .rules = ROW_KEY, .choices = &storage_type_choices, .about = "How they would be kept"),
    ROW(struct additional_replicas, regional_replica_count, "regionalReplicaCount",
        .min = 1, .max = REPLICAS_MAX, .about = "How many there would be"),
};

static const struct shape replica_set_shape =
    SHAPE(struct additional_replicas, "replica set", replica_set_rows, NULL);

static const struct row target_region_rows[] = {
    ROW(struct target_region, name, "name", .rules = ROW_KEY | ROW_NEEDED | ROW_COLUMN,
        .parse = region_parse_words, .check = region_check, .metavar = "REGION",
        .about = "Region that gets copies, in any spelling"),
    ROW(struct target_region, regional_replica_count, "regionalReplicaCount",
        .rules = ROW_COLUMN, .min = 1, .max = REPLICAS_MAX,
        .about = "Full copies in this region; default: replicaCount"),
    ROW(struct target_region, storage_account_type, "storageAccountType",
        .rules = ROW_FIXED | ROW_COLUMN, .choices = &storage_type_choices,
        .about = "How a copy is kept in this region; default: the profile's"),
    ROW(struct target_region, exclude_from_latest, "excludeFromLatest", .rules = ROW_COLUMN,
        .about = "Whether latest passes it over in this region; default: the profile's"),
    ROW_OBJECT(struct target_region, encryption, "encryption", &encryption_shape,
        .about = "Keys of the copies here; kept as a note, and fixed at creation"),
    ROW_LIST(struct target_region, additional_replica_sets, "additionalReplicaSets",
        &replica_set_shape, .check = refuse_replica_sets, .about = "Refused: none are kept"),
};

const struct shape target_region_shape =
    SHAPE(struct target_region, "target region", target_region_rows, NULL);

static const struct row location_rows[] = {
    ROW(struct extended_location, name, "name", .rules = ROW_NEEDED, .about = "Name of the zone"),
    ROW(struct extended_location, type, "type", .choices = &zone_type_choices, .about = "EdgeZone"),
};

static const struct shape location_shape =
    SHAPE(struct extended_location, "extended location", location_rows, NULL);

static const struct row target_zone_rows[] = {
    ROW(struct target_zone, name, "name", .rules = ROW_NEEDED | ROW_COLUMN, .check = region_check,
        .metavar = "REGION", .about = "Region that the zone belongs to, in any spelling"),
    ROW_OBJECT(struct target_zone, extended_location, "extendedLocation", &location_shape,
        .about = "The zone"),
    ROW(struct target_zone, extended_location_replica_count, "extendedLocationReplicaCount",
        .rules = ROW_COLUMN, .min = 1, .max = REPLICAS_MAX,
        .about = "Copies wanted there; default: replicaCount"),
    ROW(struct target_zone, storage_account_type, "storageAccountType", .rules = ROW_COLUMN,
        .choices = &zone_storage_choices, .about = "How they would be kept; default: Standard_LRS"),
    ROW_OBJECT(struct target_zone, encryption, "encryption", &encryption_shape,
        .about = "Keys of the copies there"),
};

const struct shape target_zone_shape =
    SHAPE(struct target_zone, "edge zone", target_zone_rows, NULL);

static const struct row profile_rows[] = {
    ROW_LIST(struct publishing_profile, target_regions, "targetRegions", &target_region_shape,
        .rules = ROW_COLUMN, .parse = target_regions_parse, .flag = "--target-regions",
        .metavar = "REGION[=COUNT][=TYPE]",
        .word = "regions", .about = "Regions that get copies; default: the version's location"),
    ROW_LIST(struct publishing_profile, target_extended_locations, "targetExtendedLocations",
        &target_zone_shape, .rules = ROW_CLEARS, .parse = target_zones_parse,
        .check = target_zones_check, .flag = "--target-edge-zones",
        .metavar = "REGION=ZONE[=COUNT][=TYPE]",
        .about = "Edge zones: a note, no copies are kept there; None clears them"),
    ROW(struct publishing_profile, replica_count, "replicaCount",
        .min = 1, .max = REPLICAS_MAX, .flag = "--replica-count", .metavar = "COUNT",
        .about = "Copies in a region that has no count of its own; default: 1"),
    ROW(struct publishing_profile, storage_account_type, "storageAccountType",
        .rules = ROW_FIXED, .choices = &storage_type_choices, .flag = "--storage-account-type",
        .about = "Of regions without their own; default: Standard_LRS"),
    ROW(struct publishing_profile, storage_account_strategy, "storageAccountStrategy",
        .rules = ROW_FIXED, .choices = &strategy_choices,
        .flag = "--storage-account-strategy",
        .about = "In place of a type: zone-redundant where a region has zones"),
    ROW(struct publishing_profile, replication_mode, "replicationMode",
        .rules = ROW_FIXED, .choices = &mode_choices, .flag = "--replication-mode",
        .about = "Shallow: one copy, at home, of disks up to 32 TiB; default: Full"),
    ROW(struct publishing_profile, exclude_from_latest, "excludeFromLatest",
        .flag = "--exclude-from-latest",
        .about = "Whether latest passes this version over; default: false"),
    ROW(struct publishing_profile, published_date, "publishedDate",
        .rules = ROW_MADE | ROW_FIXED | ROW_COLUMN, .word = "age", .about = "When the version was committed"),
    ROW(struct publishing_profile, end_of_life_date, "endOfLifeDate", .rules = ROW_CLEARS,
        .flag = "--end-of-life-date", .metavar = "DATE",
        .about = "When support ends; a note, nothing is deleted then"),
};

static const struct shape profile_shape =
    SHAPE(struct publishing_profile, "publishing profile", profile_rows, check_profile);

static const struct row source_rows[] = {
    ROW(struct disk_source, id, "id", .rules = ROW_MADE, .max = TEXT_MAX_LENGTH,
        .about = "Snapshot that it was published from, as named then"),
    ROW(struct disk_source, uri, "uri", .rules = ROW_MADE, .max = TEXT_MAX_LENGTH,
        .about = "File that it was published from, as named then"),
    ROW(struct disk_source, storage_account_id, "storageAccountId", .rules = ROW_MADE,
        .max = TEXT_MAX_LENGTH, .about = "Storage account that a VHD was said to be in"),
};

const struct shape disk_source_shape = SHAPE(struct disk_source, "source", source_rows, NULL);

static const struct row disk_rows[] = {
    ROW(struct disk_image, lun, "lun", .rules = ROW_KEY | ROW_MADE | ROW_FIXED,
        .max = LUN_MAX, .about = "Logical unit number of a data disk"),
    ROW(struct disk_image, size_in_gb, "sizeInGB", .rules = ROW_MADE | ROW_FIXED,
        .max = BYTES_MAX, .about = "Size in bytes, rounded up to GiB"),
    ROW(struct disk_image, size_in_bytes, "sizeInBytes", .rules = ROW_MADE | ROW_FIXED,
        .max = BYTES_MAX, .about = "Size that a guest sees"),
    ROW(struct disk_image, data_size_in_bytes, "dataSizeInBytes", .rules = ROW_MADE | ROW_FIXED,
        .max = BYTES_MAX, .word = "size", .about = "Its 4 KiB blocks that are not all zeros"),
    ROW(struct disk_image, host_caching, "hostCaching", .rules = ROW_MADE | ROW_FIXED,
        .choices = &host_caching_choices, .about = "ReadWrite for the OS disk, None for data disks"),
    ROW(struct disk_image, disk_digest, "diskDigest", .rules = ROW_MADE | ROW_FIXED,
        .max = DIGEST_DIGITS, .check = check_digest,
        .about = "Proves every byte; the same in each region and source format"),
    ROW_OBJECT(struct disk_image, source, "source", &disk_source_shape,
        .rules = ROW_MADE, .about = "Where the disk came from"),
};

static const struct shape disk_shape = SHAPE(struct disk_image, "disk", disk_rows, NULL);

static const struct row profile_source_rows[] = {
    ROW(struct profile_source, id, "id", .rules = ROW_MADE, .max = TEXT_MAX_LENGTH,
        .about = "Image that it was made of, as named; the id of a version that was copied"),
    ROW(struct profile_source, virtual_machine_id, "virtualMachineId", .rules = ROW_MADE,
        .max = TEXT_MAX_LENGTH, .about = "Machine that it was, as named then"),
    ROW(struct profile_source, community_gallery_image_id, "communityGalleryImageId", .rules = ROW_MADE,
        .max = TEXT_MAX_LENGTH, .about = "Version of a community gallery that was copied"),
};

const struct shape profile_source_shape =
    SHAPE(struct profile_source, "source", profile_source_rows, NULL);

static const struct row storage_rows[] = {
    ROW_OBJECT(struct storage_profile, source, "source", &profile_source_shape,
        .rules = ROW_MADE, .about = "Where the disks came from together"),
    ROW_OBJECT(struct storage_profile, os_disk_image, "osDiskImage", &disk_shape,
        .rules = ROW_MADE | ROW_FIXED, .about = "Disk that the machine boots from"),
    ROW_LIST(struct storage_profile, data_disk_images, "dataDiskImages", &disk_shape,
        .rules = ROW_MADE | ROW_FIXED, .about = "Further disks, by lun"),
};

static const struct shape storage_shape =
    SHAPE(struct storage_profile, "storage profile", storage_rows, check_storage);

static const struct row safety_rows[] = {
    ROW(struct safety_profile, allow_deletion_of_replicated_locations,
        "allowDeletionOfReplicatedLocations", .flag = "--allow-replicated-location-deletion",
        .about = "Whether updates may take target regions away, from then on; default: false"),
    ROW(struct safety_profile, block_deletion_before_end_of_life, "blockDeletionBeforeEndOfLife",
        .flag = "--block-deletion-before-end-of-life", .flag_alias = "--block-delete-before-eol",
        .about = "Whether delete is refused up to endOfLifeDate; default: false"),
};

static const struct shape safety_shape =
    SHAPE(struct safety_profile, "safety profile", safety_rows, NULL);

static const struct row security_rows[] = {
    ROW_OBJECT(struct security_profile, uefi_settings, "uefiSettings", &uefi_settings_shape,
        .rules = ROW_FIXED, .flag = "--uefi-settings", .metavar = "JSON",
        .about = "Keys that firmware begins with; shown with --expand UefiSettings"),
};

const struct shape security_profile_shape =
    SHAPE(struct security_profile, "security profile", security_rows, NULL);

static const struct row rows[] = {
    ROW(struct version, id, "id", .rules = ROW_MADE | ROW_VIEW,
        .about = "Resource id, as Azure Resource Manager writes it"),
    ROW(struct version, name, "name", .rules = ROW_KEY | ROW_MADE | ROW_FIXED | ROW_COLUMN,
        .check = semver_check, .word = "version", .about = "Major.Minor.Patch"),
    ROW(struct version, type, "type", .rules = ROW_MADE | ROW_VIEW,
        .about = "Microsoft.Compute/galleries/images/versions"),
    ROW(struct version, resource_group, "resourceGroup", .rules = ROW_MADE | ROW_VIEW,
        .max = GROUP_MAX_LENGTH, .about = "The gallery's label"),
    ROW(struct version, location, "location", .rules = ROW_FIXED | ROW_COLUMN,
        .parse = region_parse_words, .check = region_check,
        .flag = "--location", .letter = 'l', .metavar = "REGION",
        .about = "Home region, the first to hold it; default: the definition's"),
    ROW(struct version, tags, "tags", .check = name_check_tags,
        .flag = "--tags", .about = "Free notes: NAME=VALUE words; \"\" clears them"),
    ROW_OBJECT(struct version, publishing_profile, "publishingProfile", &profile_shape,
        .about = "Where copies are kept, and who gets them"),
    ROW_OBJECT(struct version, storage_profile, "storageProfile", &storage_shape,
        .rules = ROW_MADE | ROW_FIXED, .about = "The disks"),
    ROW_OBJECT(struct version, safety_profile, "safetyProfile", &safety_shape,
        .about = "What an update or a deletion may take away"),
    ROW_OBJECT(struct version, security_profile, "securityProfile", &security_profile_shape,
        .rules = ROW_FIXED, .about = "What a machine of this version trusts"),
    ROW(struct version, provisioning_state, "provisioningState",
        .rules = ROW_MADE | ROW_VIEW | ROW_COLUMN, .choices = &provisioning_state_choices,
        .word = "state", .about = "Succeeded once it can be used; with --no-wait Creating or Failed before"),
    ROW_OBJECT(struct version, replication_status, "replicationStatus", &replication_status_shape,
        .rules = ROW_MADE | ROW_VIEW, .about = "How far the copies are, region by region"),
};
/* clang-format on */

const struct shape version_shape = SHAPE(struct version, "image version", rows, NULL);
