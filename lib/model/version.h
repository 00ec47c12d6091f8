/* version.h: an image version: disks, and the regions that hold copies of them. */
#ifndef MODEL_VERSION_H
#define MODEL_VERSION_H

#include "json/shape.h"
#include "model/encryption.h"
#include "model/region.h"
#include "model/replication.h"
#include "model/uefi.h"

enum {
    REPLICAS_MAX = 100, /* of one version, over all regions; the limit of the Azure service */
    LUN_MAX = 63,       /* 64 data disks, the most that an Azure VM takes */
};

/* Bytes of a disk of a version with full copies; the limit of the Azure service. */
#define FULL_DISK_MAX (UINT64_C(1) << 41)

/* Replicas of another storage type in the same region. There are none: they are refused. */
struct additional_replicas {
    unsigned storage_account_type; /* key */
    struct opt_int regional_replica_count;
};

struct additional_replica_sets {
    struct additional_replicas *items;
    size_t count;
};

struct target_region {
    char *name; /* canonical in the store; the display name in views; NULL in a request: home */
    struct opt_int regional_replica_count; /* 1 to REPLICAS_MAX */
    unsigned storage_account_type;         /* enum storage_type; fixed */
    struct opt_bool exclude_from_latest;   /* wins over the profile's in this region */
    struct encryption encryption;          /* fixed */
    struct additional_replica_sets additional_replica_sets;
};

struct target_regions {
    struct target_region *items;
    size_t count;
};

struct extended_location {
    char *name;    /* of the zone, opaque */
    unsigned type; /* EdgeZone */
};

/* An edge zone: a note of what is wanted. No copies are kept for it. */
struct target_zone {
    char *name; /* its region: as of a target region */
    struct extended_location extended_location;
    struct opt_int extended_location_replica_count;
    unsigned storage_account_type; /* enum zone_storage_type */
    struct encryption encryption;
};

struct target_zones {
    struct target_zone *items;
    size_t count;
};

struct publishing_profile {
    struct target_regions target_regions;
    struct target_zones target_extended_locations;
    struct opt_int replica_count;      /* for regions without one of their own; default: 1 */
    unsigned storage_account_type;     /* the same; default: Standard_LRS, or what the strategy
                                          says; fixed */
    unsigned storage_account_strategy; /* enum storage_strategy; fixed */
    unsigned replication_mode;         /* enum replication_mode; default: Full; fixed */
    struct opt_bool exclude_from_latest;
    struct opt_time published_date; /* made */
    struct opt_time end_of_life_date;
};

/* Which of them is there says what it was: an id is a snapshot's, a URI a VHD's or a file's. */
struct disk_source {
    char *id;
    char *uri; /* the file it was published from, as named then */
    char *storage_account_id;
};

struct disk_image {
    struct opt_int lun;                /* data disks only; 0 to LUN_MAX; key */
    struct opt_int size_in_gb;         /* size in bytes, rounded up to GiB */
    struct opt_int size_in_bytes;      /* guest-visible */
    struct opt_int data_size_in_bytes; /* of its 4 KiB blocks that are not zeros */
    unsigned host_caching;             /* OS disk ReadWrite, data disks None */
    char *disk_digest;                 /* 64 hexadecimal digits: sig-store(5) */
    struct disk_source source;
};

struct disk_images {
    struct disk_image *items;
    size_t count;
};

/* What all disks together came from. */
struct profile_source {
    char *id; /* of the image version that was copied, maybe of another store; else of an image */
    char *virtual_machine_id;         /* the machine that it was, as named then */
    char *community_gallery_image_id; /* of the version of a community gallery that was copied */
};

struct storage_profile { /* made, all of it */
    struct profile_source source;
    struct disk_image os_disk_image;
    struct disk_images data_disk_images; /* by lun */
};

struct safety_profile {
    struct opt_bool allow_deletion_of_replicated_locations; /* false when not given */
    struct opt_bool block_deletion_before_end_of_life;      /* the same */
};

struct security_profile {
    struct uefi_settings uefi_settings; /* fixed; in a view only when asked for */
};

struct version {
    char *id;             /* view */
    char *name;           /* "1.0.0" */
    char *type;           /* view: "Microsoft.Compute/galleries/images/versions" */
    char *resource_group; /* view */
    char *location;       /* the home region; fixed; the definition's when none was given */
    struct tags tags;
    struct publishing_profile publishing_profile;
    struct storage_profile storage_profile;
    struct safety_profile safety_profile;
    struct security_profile security_profile;
    unsigned provisioning_state;                  /* view */
    struct replication_status replication_status; /* view, only when asked for */
};

struct versions {
    struct version *items;
    size_t count;
};

enum storage_type {
    STORAGE_STANDARD_LRS = 1,
    STORAGE_STANDARD_ZRS,
    STORAGE_PREMIUM_LRS,
    STORAGE_PREMIUM_V2_LRS,
    STORAGE_TYPES = STORAGE_PREMIUM_V2_LRS, /* how many there are */
};
enum zone_storage_type { ZONE_STANDARD_LRS = 1 }; /* the others have no meaning here */
enum zone_type { ZONE_EDGE = 1 };
enum storage_strategy { STRATEGY_PREFER_ZRS = 1, STRATEGY_DEFAULT_LRS };
enum replication_mode { REPLICATION_FULL = 1, REPLICATION_SHALLOW };
enum host_caching { CACHING_NONE = 1, CACHING_READ_ONLY, CACHING_READ_WRITE };
extern const struct choices storage_type_choices;

/* Flags as the Azure CLI's; --target-regions takes REGION, REGION=COUNT, REGION=TYPE and
 * REGION=COUNT=TYPE, the region in any spelling; --target-edge-zones the same with =ZONE behind the
 * region. */
extern const struct shape version_shape;
extern const struct shape security_profile_shape, disk_source_shape, profile_source_shape;

/* Make the names of regions canonical, and choose the types that PreferStandard_ZRS leaves open:
 * only the book knows which regions have zones. */
void version_settle_regions(const struct region_book *book, struct version *version);

/* Fill in what was not given: location, target regions ([location]), counts, types, modes.
 * Afterwards names of regions are canonical, and every target region has a count and a type. */
void version_defaults(const struct region_book *book, struct version *version,
                      const char *location);

/* Fill in the count and type of target regions and zones that have none, from the profile, and the
 * home region's name: after a merge. */
void version_fill_regions(struct version *version);

/* How many replicas it is to have in all regions together. */
int64_t version_replicas(const struct version *version);

/* The rules over regions, after version_defaults: all of them known to the book, home among the
 * targets, no region twice, counts 1 to 100 and at most 100 in all, all targets reachable from the
 * home region's cloud; a disk that is encrypted in one is in all; Shallow means one replica, at
 * home; Standard_ZRS only where there are zones; a strategy or a type, not both. A storage type
 * that is not kept is E_UNSUPPORTED, all else E_INVALID. */
int version_check_regions(const struct region_book *book, const struct version *version,
                          struct err *err);

/* Encryption is fixed: regions and zones of `changed` that were in `old`, and say nothing of it,
 * keep what they had. */
void version_keep_encryption(const struct version *old, struct version *changed);

/* What an update may not do: change a region's storage type or encryption (E_CONFLICT), or remove a
 * region or a zone unless safetyProfile.allowDeletionOfReplicatedLocations (of `changed`)
 * (E_CONFLICT, with the flag as hint). */
int version_check_change(const struct version *old, const struct version *changed, struct err *err);

/* E_INVALID when a date given is not in the future. */
int version_check_dates(const struct version *given, int64_t now, struct err *err);

/* E_CONFLICT while the version says that it may not be deleted yet. */
int version_check_deletion(const struct version *version, int64_t now, struct err *err);

/* The target region of that canonical name, or NULL. */
const struct target_region *version_target(const struct version *version, const char *region);

/* Whether `latest` passes it over in `region` (canonical): the region's own word if it has one,
 * else the profile's. */
bool version_is_excluded(const struct version *version, const char *region);

/* Whether a disk of it is encrypted in any region or zone. */
bool version_is_encrypted(const struct version *version);

/* Same disks: OS disk and data disks have the same sizes, luns and digests. */
bool version_same_content(const struct version *left, const struct version *right);

void versions_done(struct versions *versions);

#endif
