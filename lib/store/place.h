/* place.h: the replica directories that a target region wants. */
#ifndef STORE_PLACE_H
#define STORE_PLACE_H

#include <stdbool.h>

#include "model/version.h"

enum { ZONES = 3 }; /* of a replica with zone-redundant storage, as in every region with zones */

/* One replica directory. Of zone-redundant storage a replica has one in each zone, and each holds
 * all of it: the replica is complete when all three are, and can be read while one is. */
struct replica_place {
    const char *region; /* canonical */
    enum storage_type type;
    unsigned number; /* of the replica, from 1 */
    unsigned zone;   /* 1 to ZONES; 0 for a storage type without zones */
};

/* The zones that a replica of that type lies in: ZONES, or 0. */
unsigned place_zones(enum storage_type type);

/* Go through the places of a target region that has its count and type: replica 1, zone by zone,
 * then replica 2. place_before stands in front of the first; place_next goes to the next one, or is
 * false when there is none, or `target` is NULL. The region's name is borrowed from the target. */
struct replica_place place_before(const struct target_region *target);
bool place_next(struct replica_place *place, const struct target_region *target);

/* The first place of all: in the home region it is what a publish writes to. */
struct replica_place place_first(const struct target_region *target);

/* Whether it is the last directory of its replica: behind it the replica is complete. */
bool place_ends_replica(const struct replica_place *place);

/* Whether they are the same directory. */
bool place_equal(const struct replica_place *left, const struct replica_place *right);

#endif
