/* mapping.h: a disk map in the making, from places that an index gave.
 *
 * Blobs get their number in the map at first use. The blob that is still being written is named by
 * MAPPING_PENDING until mapping_settle gives it its number in the index.
 */
#ifndef REPLICA_MAPPING_H
#define REPLICA_MAPPING_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "blob/disk.h"
#include "blob/index.h"
#include "replica/replica.h"

/* As `place.blob`: the blob that has no name yet. No index has so many blobs. */
#define MAPPING_PENDING UINT32_MAX

/* Where a blob of the index stands in the map; MAPPING_PENDING when the map does not use it. */
struct mapping_slot {
    uint32_t at;
    struct disk_blob blob;
};

/* All-zero is valid for mapping_done. */
struct mapping {
    const struct replica *replica; /* borrowed, as the index */
    struct index *index;
    struct disk_writer *writer;
    struct disk_digest digest;  /* once mapping_end has given it */
    uint32_t pending;           /* where the unnamed blob stands in the map, or MAPPING_PENDING */
    struct mapping_slot *slots; /* of blob n of the index */
    size_t slot_count;
};

/* Start the map of a disk in `replica`, from places in `index`. */
int mapping_begin(struct mapping *mapping, const struct replica *replica, struct index *index,
                  struct err *err);
void mapping_done(struct mapping *mapping);

/* Block `block` of the disk, which is `id`, is at `place`. Ascending. */
int mapping_add(struct mapping *mapping, uint64_t block, const struct block_id *id,
                struct index_place place, struct err *err);

/* The unnamed blob is now blob `number` of the index. Nothing happens when the map does not use it.
 */
void mapping_settle(struct mapping *mapping, uint32_t number, const struct disk_blob *blob);

/* The digest of what was added, of a disk of that size; settling is still possible behind it. */
int mapping_end(struct mapping *mapping, uint64_t virtual_size, struct disk_digest *ret,
                struct err *err);

/* Check that each blob that the map names exists with its size and footer. */
int mapping_check(const struct mapping *mapping, struct err *err);

/* Publish durably. A map of the same disk that is sound stays unless `replace` (a frame that it
 * relies on was found damaged); one that names missing or damaged blobs, or is damaged itself, is
 * replaced. */
int mapping_publish(struct mapping *mapping, bool replace, struct err *err);

#endif
