/* disk.h: the disks of a stored version, for whoever reads them. */
#ifndef OPS_DISK_H
#define OPS_DISK_H

#include "image/partition.h"
#include "ops/room.h"
#include "replica/read.h"

/* A version and where its disks are kept. All-zero before. */
struct version_disks {
    struct store *store;
    struct version version;
    struct replica_set replicas;
};

/* Read the version. `region` (canonical, may be NULL) is read from first; E_NOT_FOUND when the
 * version is not replicated to it. */
int version_disks_open(struct version_disks *disks, struct store *store,
                       const struct reference *ref, const char *region, struct err *err);
void version_disks_done(struct version_disks *disks);

/* One of its disks: the OS disk, or the data disk with that LUN. Borrowed. */
int version_disks_find(const struct version_disks *disks, const struct opt_int *lun,
                       const struct disk_image **ret, struct err *err);

/* How a disk is to be read: see struct disk_reader_request. */
struct disk_reading {
    enum desk_check check;
    size_t parts;
};

/* Open a reader for one of its disks, which warns through notices. A disk that is nowhere to be
 * found is damage: E_CORRUPT. */
int version_disks_read(struct version_disks *disks, const struct disk_image *disk,
                       const struct disk_reading *how, struct disk_reader **ret, struct err *err);

/* What cannot be read may have been deleted and swept under way, and then nothing is damaged: `rc`,
 * or what is said of that instead. `ref` names the version. */
int version_disks_blame(const struct version_disks *disks, const struct reference *ref, int rc,
                        struct err *err);

enum {
    /* Segments that whoever reads at any place keeps, up to 1 MiB each: what they prove is 3 GiB of
     * data. */
    DISK_PARTS_KEPT = 48,
};

/* One of its disks for gal_disk_read, and the reader that it reads with, borrowed. Close with
 * gal_disk_close, before the disks. */
int version_disks_open_disk(struct version_disks *disks, const struct disk_image *disk,
                            size_t parts, struct gal_disk **ret, struct disk_reader **ret_reader,
                            struct err *err);

/* The bytes of an open disk, which must outlive them. */
struct disk_bytes disk_bytes_of(struct gal_disk *disk);

/* A disk in one replica, which must outlive it, whose version need not be there yet: for
 * gal_disk_read. Close with gal_disk_close. */
int disk_open_in(struct replica *replica, const struct disk_image *image, struct gal_disk **ret,
                 struct err *err);

#endif
