/* plan.h: what a command would copy and free, and what that costs: of each that is asked with
 * --plan, before anything is done. */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "json/shape.h"
#include "model/price.h"

enum plan_operation {
    PLAN_PUBLISH = 1,
    PLAN_UPDATE,
    PLAN_REPLICATE,
    PLAN_DELETE,
    PLAN_SWEEP,
};

/* What is planned of one storage type in one region. */
struct plan_region {
    char *region;
    unsigned storage_account_type;
    struct opt_int replicas;      /* in which something happens */
    struct opt_int bytes_to_copy; /* of blobs and raw files, in all zones */
    struct opt_int bytes_to_free; /* of blobs and disk maps, by the next sweep */
    struct opt_int free_space;    /* of the file systems that they are on: the least */
    struct opt_int capacity_left; /* of the region, where it has one */
    struct opt_bool fits;         /* not set: cannot be told */
    char *storage_cost;           /* of the bytes to copy, a month */
    char *storage_saved;          /* of the bytes to free, a month */
    char *egress_cost;            /* once */
    char *occupied_cost;          /* a month, as the service bills it: by occupied size */
    /* Not shown; what the costs are made of. */
    struct opt_int egress_bytes, occupied_bytes;
};

struct plan_regions {
    struct plan_region *items;
    size_t count;
};

struct plan {
    unsigned operation;      /* enum plan_operation */
    char *version;           /* the only one of these */
    struct texts references; /* what it is about: "prod/ubuntu/1.0.0" */
    struct plan_regions regions;
    struct opt_int bytes_to_copy, bytes_to_free;
    struct opt_bool fits;
    char *storage_cost, *storage_saved, *egress_cost, *occupied_cost;
    char *currency;
    char *prices_from;
    /* Of a sweep. */
    struct opt_int disks, blobs, rewritten, scratch;
    struct texts notes; /* what is to be known of the numbers */
};

extern const struct shape plan_shape;

/* The entry of that region and type; made when it is not there. Borrowed until the next call. */
struct plan_region *plan_region(struct plan *plan, const char *region, unsigned type);

/* Sum up what the regions say, and price it. `from`: where the prices are from. Where a storage
 * type in use has no price, a note says so, and there is no sum. */
void plan_finish(struct plan *plan, const struct prices *prices, const char *from);

#endif
