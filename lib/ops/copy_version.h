/* copy_version.h: publishing what an image version has, of this store or another one. */
#ifndef OPS_COPY_VERSION_H
#define OPS_COPY_VERSION_H

#include "ops/disk.h"
#include "ops/publish.h"

/* Where the disks come from. All-zero before. */
struct copy_source {
    struct context context; /* of the other store */
    struct store *other;    /* NULL: it is the same store */
    char *id;               /* the version's, as it was named: its own, or that through a share */
    unsigned through;       /* enum reference_through: of that */
    struct version_disks disks;
};

/* Find the version that the request names, and set `copy`. E_CONFLICT when its definition and that
 * of the publish do not agree. */
int copy_source_open(struct publish *publish, struct err *err);
void copy_source_close(struct copy_source *source); /* NULL is left alone */

/* Whether one of its disks is the data disk of that LUN. */
bool copy_source_has_lun(const struct copy_source *source, const struct opt_int *lun);

/* Bytes of all disks. */
uint64_t copy_source_bytes(const struct copy_source *source);

/* Have the disks in the open home replica, and describe them in `profile` (all-zero). What is there
 * is not written again; what is not is read from any intact replica, each block proven. */
int copy_store_disks(struct publish *publish, struct storage_profile *profile, struct err *err);

#endif
