/* coverage.h: which versions are where: what they want in each region, and what is there. */
#ifndef MODEL_COVERAGE_H
#define MODEL_COVERAGE_H

#include "json/shape.h"

/* From good to bad: of several the last one stands for all. */
enum coverage_state {
    COVERAGE_INTACT = 1,
    COVERAGE_INCOMPLETE,  /* copies are still to be made */
    COVERAGE_UNAVAILABLE, /* a replica cannot be looked at: not mounted, or denied */
    COVERAGE_DAMAGED,     /* copies that were made are damaged or missing */
};

/* What one version has in one region. */
struct coverage_region {
    char *region; /* display name */
    char *name;   /* canonical */
    unsigned storage_account_type;
    struct opt_int wanted, intact; /* replicas */
    unsigned state;                /* enum coverage_state */
    /* Of the blobs and maps that its disks use there, and of the blobs that no other version uses;
     * the latter only when all versions of the store were looked at. */
    struct opt_int bytes, exclusive_bytes;
    struct opt_time verified_date; /* when the oldest of them was read back; not set: one never */
    char *reason;                  /* why not all are intact */
    bool home;                     /* not shown: the version's home region */
};

struct coverage_regions {
    struct coverage_region *items;
    size_t count;
};

struct coverage_version {
    char *name; /* "prod/ubuntu/1.0.0" */
    char *id;
    unsigned state;
    struct opt_int wanted, intact, bytes;
    struct opt_time verified_date;
    struct coverage_regions regions; /* home first, then as the version names them */
    struct opt_int data_bytes; /* not shown: of its disks, that are no zeros; not set: unknown */
};

struct coverage_versions {
    struct coverage_version *items;
    size_t count;
};

/* What the versions together take in the replicas of one region and storage type. */
struct coverage_storage {
    char *region; /* display name */
    char *name;   /* canonical */
    unsigned storage_account_type;
    struct opt_int directories; /* that were looked at: one a replica, three a zone-redundant one */
    struct opt_int bytes;       /* that blobs and maps take, each counted once */
    struct opt_int plain_bytes; /* data of every disk by itself, neither shared nor compressed */
};

struct coverage_storages {
    struct coverage_storage *items; /* by region, then type */
    size_t count;
};

struct coverage {
    unsigned state; /* the worst of all versions; Intact when there are none */
    struct opt_time generated_date;
    char *store_id;   /* NULL: there is no store */
    char *store_name; /* of its directory */
    struct opt_int image_versions, wanted, intact, bytes, plain_bytes;
    struct coverage_versions versions;
    struct coverage_storages storage;
};

extern const struct choices coverage_state_choices; /* Intact Incomplete Unavailable Damaged */
extern const struct shape coverage_shape;

/* The row of that region and type, made when it is not there yet. Borrowed until the next one. */
struct coverage_storage *coverage_storage_of(struct coverage *coverage, const char *name,
                                             const char *display_name, unsigned type);

/* Sum up: states, counts and dates of versions and of the whole, from what their regions say; and
 * put the storage in order. */
void coverage_settle(struct coverage *coverage);

/* The canonical names of the regions that versions want copies in, each once, by name. Borrowed
 * texts in a list to be released with free; *ret_count of them. */
const char **coverage_region_names(const struct coverage *coverage, size_t *ret_count);

/* What the version has in the region of that canonical name; NULL: it wants nothing there. */
const struct coverage_region *coverage_find(const struct coverage_version *version,
                                            const char *name);

#endif
