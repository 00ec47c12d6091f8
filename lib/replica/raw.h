/* raw.h: keeping disks ready: raw files made and proven. See raw_file.h. */
#ifndef REPLICA_RAW_H
#define REPLICA_RAW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "replica/read.h"
#include "replica/verify.h"

/* Whether the replica has the raw file of a disk, of which it has the map, as long as it should be.
 */
int raw_is_there(const struct replica *replica, const struct disk_digest *digest, bool *ret,
                 struct err *err);

/* Bytes of data in the disk, of which the replica has the map: what making the file writes. */
int raw_data_bytes(const struct replica *replica, const struct disk_digest *digest, uint64_t *ret,
                   struct err *err);

/* Make the raw file of a disk that lies in the replica, open for writing, from its blobs there:
 * written, flushed, read back from the disk and compared before it gets its name; its modification
 * time is `now`. One that is there is replaced with `anew` only. Two processes that make the same
 * one take turns, waiting up to `wait_ms`. Progress: the bytes of data, twice. The job's `pace` is
 * asked before bytes are written, by any thread. E_CORRUPT when the blobs do not give the disk. */
int raw_make(const struct verify_job *job, const struct disk_digest *digest, bool anew, int wait_ms,
             struct err *err);

/* Read the raw file back from the disk and compare all of it, holes too: E_CORRUPT, E_NOT_FOUND.
 * Sets its modification time to `now`, unless that is 0 or the file is another user's. Progress:
 * the bytes of data. */
int raw_verify(const struct verify_job *job, const struct disk_digest *digest, struct err *err);

/* A file that is to be a disk, byte for byte. */
struct raw_proof {
    struct disk_reader *reader; /* of the disk */
    struct pool *pool;
    int fd;
    const char *name;
    void (*progress)(void *user, uint64_t bytes); /* NULL for none; bytes of data */
    void (*pace)(void *user, uint64_t bytes);     /* see raw_make */
    void *user;
};

/* Compare every block with its identity, all that is not data with zeros, and the length: E_CORRUPT
 * names the first byte that differs. */
int raw_prove(const struct raw_proof *proof, struct err *err);

#endif
