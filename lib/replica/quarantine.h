/* quarantine.h: where blobs go that were found not to give their name. Nothing is removed: other
 * disks may use one, and most of its frames may be good. */
#ifndef REPLICA_QUARANTINE_H
#define REPLICA_QUARANTINE_H

#include "base/err.h"
#include "blob/block.h"
#include "replica/replica.h"

/* Move the blob there, durably. One of that name that is there already is replaced. */
int quarantine_add(const struct replica *replica, const struct blob_name *name, struct err *err);

#endif
