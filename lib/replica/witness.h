/* witness.h: what one replica says of a disk. It is proven against digests before it is handed
 * on.
 *
 * Whatever fails is an error here; falling over to another replica is read.c's business. A witness
 * remembers what of its replica is no use and what the user was told of that. `err` is never NULL
 * in this file.
 */
#ifndef REPLICA_WITNESS_H
#define REPLICA_WITNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/disk.h"
#include "replica/desk.h"
#include "replica/part.h"
#include "replica/replica.h"
#include "replica/shelf.h"

/* Something that could not be read: a blob, or (all zeros) the replica or its map. */
struct witness_fault {
    struct blob_name blob;
    bool final; /* not to be tried again */
    bool told;
    struct err err;
};

/* Whether it is about no blob. */
bool witness_faults_map(const struct witness_fault *fault);

/* All-zero, with the first ones set, is a witness that was not used yet. */
struct witness {
    const struct replica *replica; /* borrowed */
    struct disk_digest digest;
    struct sha256 *sha256;                   /* borrowed */
    struct desk *desk;                       /* borrowed */
    void (*open)(void *user, size_t number); /* see struct disk_reader_request */
    void *user;
    size_t number;
    bool use_raw; /* read from a raw file of the disk where the replica has one */

    struct disk *disk;
    struct shelf *shelf;
    struct raw_file raw; /* open with the map; only with `use_raw` */
    struct err raw_err;  /* why it is not; all-zero when it is, or is not there */
    size_t segment;      /* whose runs these are; only with `runs` */
    const struct disk_run *runs;
    size_t run_count;
    struct blob_name culprit; /* what the last error was about */
    struct {
        struct witness_fault *items;
        size_t count;
    } faults;
};

void witness_done(struct witness *witness);

/* Whether its raw file is open. */
bool witness_has_raw(const struct witness *witness);

/* Open the map if that was not done or tried yet. */
int witness_open(struct witness *witness, struct err *err);

/* A segment, its identities proven by the segment digest. To be released with part_done while the
 * witness is there. */
int witness_part(struct witness *witness, size_t segment, struct part *ret, struct err *err);

/* A piece of a segment: bytes of blocks whose identities are known. */
struct witness_piece {
    size_t segment;
    uint32_t block;             /* first, in the segment */
    uint32_t count;             /* at least 1 */
    const struct block_id *ids; /* of `block` and on */
    uint8_t *out;
};

/* Read blocks of the piece, in order, each one checked as the desk does. *ret_got: how many came
 * right before the first that did not (also on error). */
int witness_read(struct witness *witness, const struct witness_piece *piece, uint32_t *ret_got,
                 struct err *err);

/* What the witness remembers of its culprit; never NULL after a witness function has failed. */
struct witness_fault *witness_fault(struct witness *witness);

#endif
