/* read.h: reading a disk, from whichever replica gives each block right.
 *
 * The digest comes from the manifest. A map must give it; the identities in a segment of a map must
 * give the segment digest; the bytes of each block must give its identity. What fails one of these
 * in one replica is read from the next one, and said once for each replica and cause through
 * `warn`.
 */
#ifndef REPLICA_READ_H
#define REPLICA_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "replica/part.h"
#include "replica/replica.h"

struct disk_reader;

/* Damage that was met. */
struct reader_damage {
    const char *replica; /* its label */
    const struct disk_digest *disk;
    const struct blob_name *blob; /* NULL: the map of the disk */
    bool of_raw;                  /* its raw file, and neither of them */
    const struct err *why;
};

struct disk_reader_request {
    /* In order of preference, borrowed. Those with a `why` are told and passed over when they come
     * first. */
    struct replica *replicas;
    size_t count;
    /* Open replica `number`, of which only the label is set, or say `why` not: called when it is
     * wanted. NULL: all are open. */
    void (*open)(void *user, size_t number);
    struct disk_digest digest;
    enum desk_check check;
    bool use_raw; /* read from the raw file of a replica that keeps one; each block of it is
                     compared with its identity in any case */
    /* Called with one line of text without newline, as a message in err.h's grammar: "replica
     * 'westus2/standard_lrs/1' cannot be read: …; reading from 'westus2/standard_lrs/2'". NULL for
     * none. */
    void (*warn)(void *user, const char *text);
    /* Called, before `warn`, once for each blob of a replica (NULL: the map of the disk) that is
     * damaged or missing, and for a raw file that is damaged. Whether somebody will see to it,
     * which the warning says. NULL: nobody. */
    bool (*damaged)(void *user, const struct reader_damage *damage);
    void *user;   /* for all of them */
    size_t parts; /* that are kept, up to 1 MiB each: 0 for whoever reads from front to back */
};

enum { DISK_READER_PARTS = 4 }; /* what 0 stands for */

/* E_CORRUPT when no replica has a sound map, E_NOT_FOUND when none has a map at all or can be used;
 * another code when that is what kept every replica from being read. */
int disk_reader_open(const struct disk_reader_request *request, struct disk_reader **ret,
                     struct err *err);
void disk_reader_close(struct disk_reader *reader); /* NULL is left alone */

uint64_t disk_reader_size(const struct disk_reader *reader); /* virtual size in bytes */
/* Blocks that are no holes, and segments, of the whole disk. */
uint64_t disk_reader_data_blocks(const struct disk_reader *reader);
size_t disk_reader_segments(const struct disk_reader *reader);
/* What proves a segment, SHA256_SIZE bytes, borrowed: equal ones are of equal segments. */
const uint8_t *disk_reader_segment_digest(const struct disk_reader *reader, size_t segment);

/* The data blocks of a segment as extents, ascending, adjacent ones joined; what is between is
 * holes. Borrowed until the next call. */
int disk_reader_extents(struct disk_reader *reader, size_t segment, const struct extent **ret,
                        size_t *ret_count, struct err *err);

/* `count` blocks from `block`, all inside one extent: BLOCK_SIZE bytes each to `out`, each one
 * proven. E_CORRUPT when no replica gives a block right: the message names the first byte of the
 * disk that is lost. */
int disk_reader_read(struct disk_reader *reader, uint64_t block, size_t count, void *out,
                     struct err *err);

/* Segments that it keeps: of those one less may be held. */
size_t disk_reader_parts(const struct disk_reader *reader);

/* The raw file that the disk would be read from: a descriptor, borrowed, or FILE_NONE. */
int disk_reader_raw(const struct disk_reader *reader);

/* --- by several threads: one owns the reader, the others read parts --- */

/* A segment, kept until disk_reader_let_go. At most one less may be held than are kept. What
 * part_read fails to read, the owner reads with disk_reader_read. */
int disk_reader_hold(struct disk_reader *reader, size_t segment, const struct part **ret,
                     struct err *err);
void disk_reader_let_go(struct disk_reader *reader, const struct part *part);

#endif
