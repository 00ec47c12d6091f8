/* difference.h: what the files that compare two versions share. */
#ifndef OPS_DIFFERENCE_H
#define OPS_DIFFERENCE_H

#include "ops/disk.h"

/* One of both versions. */
struct differing_side {
    struct reference ref; /* owned */
    struct version_disks disks;
};

struct differing {
    struct store *store;
    struct differing_side from, to;
    char *name; /* "prod/ubuntu/1.1.0", of the second: for progress */
    bool with_files;
    size_t files_most;      /* of each file system, that are listed */
    size_t most;            /* changes of each disk that are listed */
    uint64_t before, total; /* bytes of disks: of those that are done, and of all */
    struct difference *difference;
    /* What could not be read is of this one; NULL: of neither. */
    const struct differing_side *blamed;
};

/* Fill in the disk, of which what it is called and its sizes are known: `from` and `to` are its
 * images, one of which may be NULL. */
int differing_disk(struct differing *differing, const struct disk_image *from,
                   const struct disk_image *to, struct disk_difference *ret, struct err *err);

/* Where a file system may be: a partition, or, number 0, the whole of a disk without any. */
struct disk_place {
    unsigned number;
    uint64_t start, size;
};

/* A disk that both versions have, one of them at [0], the other at [1]. */
struct disk_pair {
    struct gal_disk *disks[2];
    struct disk_reader *readers[2];
    struct {
        struct disk_place *items;
        size_t count;
    } places[2];
};

/* Say what differs in the file systems that are in the same partition of both. `ret` has what is
 * said of its partitions. */
int differing_files(struct differing *differing, const struct disk_pair *pair,
                    struct disk_difference *ret, struct err *err);

/* Say how much of what the second version needs is stored for it alone, in the first replica that
 * has all of both; a notice when there is none. */
void differing_stored(struct differing *differing);

#endif
