/* quarantine.h: where files go that are not what they should be. Nothing is removed: other disks
 * may use one, and most of it may be good. */
#ifndef REPLICA_QUARANTINE_H
#define REPLICA_QUARANTINE_H

#include "base/err.h"
#include "blob/block.h"
#include "replica/replica.h"

/* Move the blob there, durably. One of that name that is there already is replaced. */
int quarantine_add(const struct replica *replica, const struct blob_name *name, struct err *err);

/* Move the file (or whatever it is) at `path` in the replica directory there, durably, under a name
 * that is free: "x.blob", "x.blob.1" and on. What is not there is 0. */
int quarantine_move(const struct replica *replica, const char *path, struct err *err);

/* The same for what is about to be replaced: a file has both names until then, so that there is
 * never none; anything else is moved. */
int quarantine_keep(const struct replica *replica, const char *path, struct err *err);

#endif
