/* index.h: block → blob and place, for publishing. Derived: every file of it may be missing, stale
 * or damaged, and no answer changes.
 *
 * Format 1 of index.<n> (n from 1, in the replica directory, made by link without replacing), all
 * integers little-endian:
 *
 *   header     4096 bytes  "SIGINDX\n", u32 format = 1, u32 features = 0, zero bytes
 *   entries      16 each   u64 key: the first eight bytes of a block's SHA-256 read big-endian,
 *                          u32 blob (row of the blob table), u32 block in that blob; ascending by
 *                          key, in pages of 256 of which the last may be shorter
 *   page table   16 each   u64 key of the page's first entry, u64 XXH3-64 of its bytes
 *   blob table   16 each   the blob's name, ascending
 *   footer       64 bytes  "SIGXEND\n", u32 format = 1, u32 blob count, u64 entry count,
 *                          16 zero bytes, 16 bytes XXH3-128 of page table and blob table,
 *                          u64 XXH3-64 of the footer's first 56 bytes
 *
 * A lookup finds its page by the page table (kept in memory: a 256th of the file), reads it and
 * checks it. A hit is confirmed in full against the blob's own table. Blobs that no sound index
 * file lists are looked up through sorted tables made from the blobs when the index is opened;
 * large ones lie in anonymous files. Where several blobs hold a block, the answer is the one with
 * the least name, whatever index files there are. Read with pread, so that a truncated file is an
 * error, and then ignored, not a signal. Not for two threads at once.
 */
#ifndef BLOB_INDEX_H
#define BLOB_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "blob/block.h"

struct index;

/* Where a block is. */
struct index_place {
    uint32_t blob; /* number of the blob in this index: index_blob */
    uint32_t block;
};

/* Open the index of the replica directory `dir` (borrowed). Blobs listed in an index file but gone
 * from blobs/ are passed over; so is an index file that is damaged, and a blob whose table is
 * damaged (its blocks are simply not found; publishing again heals). A directory that cannot be
 * listed is an error. */
int index_open(int dir, struct index **ret, struct err *err);
void index_close(struct index *index);

/* Whether index.<number> is sound, to its last page. E_CORRUPT; E_NOT_FOUND. */
int index_check(int dir, uint32_t number, struct err *err);

/* Add a blob that has just been published below the same directory. *ret_blob: its number. */
int index_add(struct index *index, const struct blob_name *name, uint32_t *ret_blob,
              struct err *err);

/* Find nothing in those blobs any more, until one is added again: they are known to be damaged.
 * NULL is none. */
void index_hide(struct index *index, const struct blob_names *names);

/* Look a block up. 1 found (confirmed in full), 0 not there, negative E_*. */
int index_find(struct index *index, const struct block_id *id, struct index_place *ret,
               struct err *err);

/* Whether block `place` exists in its blob and is `id`: for "beside the last hit". */
bool index_is(struct index *index, struct index_place place, const struct block_id *id);

/* The blob of a number, open; borrowed until the next call with this index (few are kept open; it
 * is opened again when need be). NULL when that fails, which it does not right after a hit or
 * index_add. */
const struct blob *index_blob(struct index *index, uint32_t number);
/* Have the blob of a number, which is open, stay so until index_unpin: for threads that read it. At
 * most INDEX_PINS_MAX at a time. */
enum { INDEX_PINS_MAX = 32 };
void index_pin(struct index *index, uint32_t number);
void index_unpin(struct index *index, uint32_t number);
/* The number of a blob by name; false when the index does not know it. */
bool index_number_of(const struct index *index, const struct blob_name *name, uint32_t *ret);

/* Write index files for blobs that none lists, and merge files when there are more than eight,
 * under a try-lock on "index.lock": when somebody else is at it, does nothing. Best effort: an
 * error is reported, but nothing depends on it. */
int index_save(struct index *index, struct err *err);

#endif
