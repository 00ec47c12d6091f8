/* census.h: which of many disks a replica directory has: replica_has_disk of each, with every blob
 * looked at once, however many disks use it. */
#ifndef REPLICA_CENSUS_H
#define REPLICA_CENSUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/disk.h"
#include "replica/replica.h"

struct census_blob {
    struct blob_name name;
    uint64_t size; /* of the file, as the map says that was first to name it */
    uint32_t blocks;
    bool sound;       /* it has that size, and a footer of so many blocks */
    int64_t verified; /* when it was last read back; BLOB_UNREAD: never */
    struct err *why;  /* it is not sound */
    /* For whoever counts: 0 at first. */
    size_t users, stamp;
};

struct census_disk {
    struct disk_digest digest;
    bool intact;
    const struct err *why;   /* not; E_NOT_FOUND: it was not copied, or is gone */
    uint64_t own_bytes;      /* of its map, where that is sound, and of its raw file on disk */
    bool ready;              /* it has a raw file as it shall be */
    int64_t ready_verified;  /* when that was last read back; BLOB_UNREAD: never */
    struct disk_blob *named; /* as its map names them */
    size_t *blobs;           /* their numbers in the census */
    size_t count;
    struct err *fault; /* of its map */
};

struct census {
    struct census_disk *disks; /* by digest */
    size_t disk_count;
    struct census_blob *blobs; /* by name */
    size_t blob_count;
};

/* Disks to look at. */
struct census_request {
    const struct disk_digest *digests; /* sorted bytewise, each once */
    size_t count;
    bool ready; /* they are to be kept ready, too: see raw_file.h */
};

/* Look at the disks of an open replica. What cannot be read is not intact. Release with
 * census_done. */
void census_take(const struct replica *replica, const struct census_request *request,
                 struct census *ret);
void census_done(struct census *census);

/* The disk of that digest, which was among them. */
const struct census_disk *census_find(const struct census *census,
                                      const struct disk_digest *digest);

#endif
