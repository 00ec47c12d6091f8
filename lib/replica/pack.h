/* pack.h: putting disks into a replica directory: what is new is framed, compressed and stored,
 * what is there is referred to.
 *
 * One pack is one publish: its disks in order (OS disk, then data disks by LUN), each block in
 * ascending order. The same input over the same store content gives the same files, whatever the
 * number of threads: what is new is decided in order, frames are compressed by all. New blocks are
 * gathered in disk order into frames of up to FRAME_BLOCKS; a frame closes when it is full, at
 * every segment boundary of the disk and at the end of a disk, nowhere else. A blob closes at its
 * limits (block.h).
 *
 * Nothing is visible in disks/ before pack_finish; blobs that were finished by then stay as garbage
 * if the process dies.
 */
#ifndef REPLICA_PACK_H
#define REPLICA_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "codec/compress.h"
#include "os/thread.h"
#include "replica/need.h"
#include "replica/replica.h"

struct pack;

struct pack_result {
    uint64_t data_blocks;    /* that are no holes, over all disks */
    uint64_t new_blocks;     /* of these, stored now */
    uint64_t stored_bytes;   /* of new blobs, tables included */
    struct blob_name *blobs; /* new ones; owned */
    size_t blob_count;
    struct need found; /* of a dry pack: what is there already, by blob */
    bool at_most;      /* of a dry pack: some of new_blocks may not be new, as they were too many */
};

struct pack_options {
    struct pool *pool; /* borrowed; pack's caller is its owner */
    enum codec codec;
    int level;                        /* 1 is the default of both codecs */
    const struct blob_names *shunned; /* blobs that nothing is found in any more: they are known to
                                         be damaged; borrowed, NULL for none. Where there are any,
                                         maps are replaced */
    bool dry; /* write nothing and give no name: find out digests, and what would be stored */
    /* NULL for none. Called before a blob gets its name, with its bytes: an error ends the pack. */
    int (*fits)(void *user, uint64_t bytes, struct err *err);
    void *user;
};

/* `replica` open for writing, borrowed until pack_close. For a dry pack it may be open to read, or
 * be NULL: there is none yet. */
int pack_open(const struct replica *replica, const struct pack_options *options, struct pack **ret,
              struct err *err);

/* Drop what was not finished, once what is under way has ended. NULL is left alone. */
void pack_close(struct pack *pack);

enum { PACK_DISKS_MAX = 1 + 64 }; /* in one pack: an OS disk and as many data disks as a VM takes */

/* The next disk. */
int pack_disk_begin(struct pack *pack, struct err *err);

/* The BLOCK_SIZE bytes of block `block` of the disk, which are `id`; the last block of a disk is
 * padded with zeros by the caller. Ascending; blocks of zeros are left out. The bytes stay as
 * they are until pack_let_go. */
int pack_block(struct pack *pack, uint64_t block, const struct block_id *id, const uint8_t *bytes,
               struct err *err);

/* Bytes that blocks came in are about to change or go: what of them is still needed is kept. Also
 * after a failure, and before pack_close. */
void pack_let_go(struct pack *pack, const uint8_t *bytes, size_t length);

/* End of the disk, which has this size: its digest. E_INVALID when a block lies behind that. */
int pack_disk_end(struct pack *pack, uint64_t virtual_size, struct disk_digest *ret,
                  struct err *err);

/* Finish the last blob, publish the maps of all disks, and make everything durable that the maps
 * rely on, also what was there before (one file_flush_all). Each blob of each map is checked to
 * exist with its size and footer. On return 0 all of it survives a power loss. Saves the index
 * last; a failure of that is no error. */
int pack_finish(struct pack *pack, struct pack_result *ret, struct err *err);

void pack_result_done(struct pack_result *result);

#endif
