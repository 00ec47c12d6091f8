/* part.h: one segment of a disk, proven and ready to be read, by several threads at once.
 *
 * It says which blocks are data, what each of them must be and where one replica has it. Whoever
 * made it opened the blobs already; so a thread that reads shares nothing with others but what does
 * not change.
 */
#ifndef REPLICA_PART_H
#define REPLICA_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/disk.h"
#include "replica/desk.h"
#include "replica/raw_file.h"
#include "replica/shelf.h"

struct extent {
    uint64_t block; /* of the disk */
    uint64_t count;
};

/* Blocks that follow each other on the disk and in a blob. */
struct part_run {
    uint16_t block; /* first, in the segment */
    uint16_t count;
    uint32_t first;          /* block in the blob */
    uint32_t id;             /* of the first, in `ids` */
    struct shelf_book *book; /* NULL: too many blobs were held, these blocks cannot be read here */
};

struct part {
    size_t segment;
    struct part_run *runs; /* ascending */
    size_t run_count;
    struct extent *extents; /* adjacent runs joined; between them are holes */
    size_t extent_count;
    struct block_id *ids; /* of the data blocks, in order */
    struct shelf *shelf;  /* that the books stand on, borrowed */
    struct raw_file *raw; /* the disk kept ready, borrowed; NULL: the replica has none */
};

void part_done(struct part *part);

/* The identities of `count` blocks from block `block` of the disk on; NULL unless all of them lie
 * in one extent of the part. */
const struct block_id *part_ids(const struct part *part, uint64_t block, uint64_t count);

/* Read such blocks, each checked as the desk does, from the raw file where there is one. An error
 * says that this replica does not have them as they should be, or that they cannot be read here:
 * disk_reader_read has other ways. Any thread. */
int part_read(const struct part *part, struct desk *desk, uint64_t block, size_t count, void *out,
              struct err *err);

/* The same from the blobs alone. */
int part_read_stored(const struct part *part, struct desk *desk, uint64_t block, size_t count,
                     void *out, struct err *err);

/* Whether the data block `block` of the disk is not the first one of its frame: whoever reads from
 * there on decompresses what somebody else may have decompressed. */
bool part_is_inside_frame(const struct part *part, uint64_t block);

#endif
