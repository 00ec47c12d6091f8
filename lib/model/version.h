/* version.h: an image version: disks, and the regions that hold copies of them. */
#ifndef MODEL_VERSION_H
#define MODEL_VERSION_H

#include "json/shape.h"
#include "model/replication.h"

enum {
    REPLICAS_MAX = 100, /* of one version, over all regions; the limit of the Azure service */
    LUN_MAX = 63,       /* 64 data disks, the most that an Azure VM takes */
};

struct target_region {
    char *name;                            /* canonical in the store; the display name in views */
    struct opt_int regional_replica_count; /* 1 to REPLICAS_MAX */
    unsigned storage_account_type;         /* enum storage_type; fixed */
    struct opt_bool exclude_from_latest;   /* wins over the profile's in this region */
};

struct target_regions {
    struct target_region *items;
    size_t count;
};

struct publishing_profile {
    struct target_regions target_regions;
    struct opt_int replica_count;  /* for regions without one of their own; default: 1 */
    unsigned storage_account_type; /* the same; default: Standard_LRS; fixed */
    unsigned replication_mode;     /* enum replication_mode; default: Full; fixed */
    struct opt_bool exclude_from_latest;
    struct opt_time published_date; /* made */
    struct opt_time end_of_life_date;
};

struct disk_source {
    char *uri; /* the file it was published from, as named then */
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
    char *id; /* of the image version that was copied, maybe of another store */
};

struct storage_profile { /* made, all of it */
    struct profile_source source;
    struct disk_image os_disk_image;
    struct disk_images data_disk_images; /* by lun */
};

struct safety_profile {
    struct opt_bool allow_deletion_of_replicated_locations; /* false when not given */
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
    unsigned provisioning_state;                  /* view */
    struct replication_status replication_status; /* view, only when asked for */
};

struct versions {
    struct version *items;
    size_t count;
};

enum storage_type { STORAGE_STANDARD_LRS = 1, STORAGE_STANDARD_ZRS, STORAGE_PREMIUM_LRS };
enum replication_mode { REPLICATION_FULL = 1, REPLICATION_SHALLOW };
enum host_caching { CACHING_NONE = 1, CACHING_READ_ONLY, CACHING_READ_WRITE };
extern const struct choices storage_type_choices;

/* Flags as the Azure CLI's; --target-regions takes REGION, REGION=COUNT, REGION=TYPE and
 * REGION=COUNT=TYPE, the region in any spelling. */
extern const struct shape version_shape;

/* Fill in what was not given: location, target regions ([location]), counts, types, modes.
 * Afterwards every target region has a count and a type. */
void version_defaults(struct version *version, const char *location);

/* Fill in the count and type of target regions that have none, from the profile: after a merge. */
void version_fill_regions(struct version *version);

/* The rules over regions, after version_defaults: home among the targets, no region twice, counts 1
 * to 100 and at most 100 in all, all targets reachable from the home region's cloud; storage types
 * other than Standard_LRS and modes other than Full are E_UNSUPPORTED with a sentence (not
 * replicated for real in this release). E_INVALID. */
int version_check_regions(const struct version *version, struct err *err);

/* What an update may not do: change a region's storage type (E_CONFLICT), or remove a region unless
 * safetyProfile.allowDeletionOfReplicatedLocations (of `changed`) (E_CONFLICT, with the flag as
 * hint). */
int version_check_change(const struct version *old, const struct version *changed, struct err *err);

/* E_INVALID when a date given is not in the future. */
int version_check_dates(const struct version *given, int64_t now, struct err *err);

/* The target region of that canonical name, or NULL. */
const struct target_region *version_target(const struct version *version, const char *region);

/* Whether `latest` passes it over in `region` (canonical): the region's own word if it has one,
 * else the profile's. */
bool version_is_excluded(const struct version *version, const char *region);

/* Same disks: OS disk and data disks have the same sizes, luns and digests. */
bool version_same_content(const struct version *left, const struct version *right);

void versions_done(struct versions *versions);

#endif
