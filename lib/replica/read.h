/* read.h: reading a disk, from whichever replica gives each block right.
 *
 * The digest comes from the manifest. A map must give it; the identities in a segment of a map must
 * give the segment digest; the bytes of each block must give its identity. What fails one of these
 * in one replica is read from the next one, and said once for each replica and cause through
 * `warn`.
 */
#ifndef REPLICA_READ_H
#define REPLICA_READ_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "replica/replica.h"

struct disk_reader;

struct extent {
    uint64_t block; /* of the disk */
    uint64_t count;
};

/* `replicas` in order of preference, borrowed; those with a `why` are told and passed over when
 * they come first. E_CORRUPT when no replica has a sound map, E_NOT_FOUND when none has a map at
 * all or can be used; another code when that is what kept every replica from being read. `warn`
 * (NULL for none) is called with one line of text without newline, as a message in err.h's grammar:
 * "replica 'westus2/standard_lrs/1' cannot be read: …; reading from 'westus2/standard_lrs/2'". */
int disk_reader_open(const struct replica *replicas, size_t count, const struct disk_digest *digest,
                     void (*warn)(void *user, const char *text), void *user,
                     struct disk_reader **ret, struct err *err);
void disk_reader_close(struct disk_reader *reader);

uint64_t disk_reader_size(const struct disk_reader *reader); /* virtual size in bytes */
/* Blocks that are no holes, and segments, of the whole disk. */
uint64_t disk_reader_data_blocks(const struct disk_reader *reader);
size_t disk_reader_segments(const struct disk_reader *reader);

/* The data blocks of a segment as extents, ascending, adjacent ones joined; what is between is
 * holes. Borrowed until the next call. */
int disk_reader_extents(struct disk_reader *reader, size_t segment, const struct extent **ret,
                        size_t *ret_count, struct err *err);

/* `count` blocks from `block`, all inside one extent: BLOCK_SIZE bytes each to `out`, each one
 * proven. E_CORRUPT when no replica gives a block right: the message names the first byte of the
 * disk that is lost. */
int disk_reader_read(struct disk_reader *reader, uint64_t block, size_t count, void *out,
                     struct err *err);

#endif
