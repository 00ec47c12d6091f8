/* cost.h: what image versions cost, as the service bills them, and beside it what is stored.
 *
 * The service bills the storage of each replica by the occupied size of the disks, that is what is
 * no zeros; the way of the first replica to each further region, once; and nothing for itself.
 */
#ifndef MODEL_COST_H
#define MODEL_COST_H

#include "model/coverage.h"
#include "model/price.h"

/* Amounts are texts, "12.50"; NULL where there is no price. */
struct cost_region {
    char *region; /* display name */
    char *name;   /* canonical */
    unsigned storage_account_type;
    struct opt_int replicas;       /* that the versions want there */
    struct opt_int occupied_bytes; /* of all of them */
    char *occupied_cost;           /* a month */
    struct opt_int stored_bytes;   /* that were found there, shared ones once, in all zones */
    char *storage_cost;            /* of those, a month */
    struct opt_int egress_bytes;   /* of the first replicas, where this is no home region */
    char *egress_cost;             /* once */
};

struct cost_version {
    char *name; /* "prod/ubuntu/1.0.0" */
    struct opt_int replicas, occupied_bytes;
    char *occupied_cost;
    struct opt_int egress_bytes;
    char *egress_cost;
};

struct cost {
    struct opt_int image_versions, occupied_bytes;
    char *occupied_cost;
    struct opt_int stored_bytes;
    char *storage_cost;
    struct opt_int egress_bytes;
    char *egress_cost;
    char *currency;
    char *prices_from;
    struct {
        struct cost_region *items; /* by region, then type */
        size_t count;
    } regions;
    struct {
        struct cost_version *items;
        size_t count;
    } versions;
    struct texts notes; /* what is to be known of the numbers */
};

extern const struct shape cost_shape;

/* What the versions of the coverage cost. `from`: where the prices are from. Where a storage type
 * in use has no price, a note says so, and there is no sum. */
void cost_of(const struct coverage *coverage, const struct prices *prices, const char *from,
             struct cost *ret);

#endif
