/* index.h: block → blob and place, for publishing. Derived: every file of it may be missing, stale or damaged, and no answer changes.
 *
 * An index file lists the blocks of one or more blobs: sorted entries of 16 bytes (u64 first eight bytes of the SHA-256 read big-endian, u32 blob, u32 block), a fan-out table of
 * 65,537 entries by the first 16 bits when it is large, the blob table, a footer with XXH3 of each part; files index.<n> in the replica
 * directory, n from 1, made by link without replacing. A hit is confirmed in full against the blob's own table. Blobs that no index file lists are looked up through a
 * sorted table made from the blob when the index is opened. Read with pread, so that a truncated file is an error and then ignored, not a signal.
 */
#ifndef BLOB_INDEX_H
#define BLOB_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "blob/block.h"

struct index;

struct place {
    uint32_t blob; /* number of the blob in this index: index_blob */
    uint32_t block;
};

/* Open the index of the replica directory `dir` (borrowed). Blobs listed in an index file but gone from blobs/ are passed over; so is an index file that is damaged, and a
 * blob whose table is damaged (its blocks are simply not found; publishing again heals). A directory that cannot be listed is an error. */
int index_open(int dir, struct index **ret, struct err *err);
void index_close(struct index *index);

/* Add a blob that has just been published below the same directory. *ret_blob: its number. */
int index_add(struct index *index, const struct blob_name *name, uint32_t *ret_blob, struct err *err);

/* Look a block up. 1 found (confirmed in full), 0 not there, negative E_*. */
int index_find(struct index *index, const struct block_id *id, struct place *ret, struct err *err);

/* Whether block `place` exists in its blob and is `id`: for "beside the last hit". */
bool index_is(struct index *index, struct place place, const struct block_id *id);

/* The blob of a number; borrowed, open. */
const struct blob *index_blob(const struct index *index, uint32_t number);
/* The number of a blob by name; false when the index does not know it. */
bool index_number_of(const struct index *index, const struct blob_name *name, uint32_t *ret);

/* Write index files for blobs that none lists, and merge files when there are more than eight, under a try-lock on "index.lock": when somebody else is at it, does nothing.
 * Best effort: an error is reported, but nothing depends on it. */
int index_save(struct index *index, struct err *err);

#endif
