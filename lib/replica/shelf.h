/* shelf.h: the blobs of one replica that a reader has open, and the frames it has just
 * decompressed. Both are bounded: a map may name any number. */
#ifndef REPLICA_SHELF_H
#define REPLICA_SHELF_H

#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "blob/disk.h"

enum {
    SHELF_BLOBS = 64,     /* open at once: descriptors */
    SHELF_ROWS = 1 << 20, /* frames of all open blobs: some 40 MiB of tables */
    SHELF_FRAMES = 8,     /* decompressed ones kept: runs of different places share frames */
};

struct shelf;

/* `dir`: the replica directory, borrowed. */
struct shelf *shelf_new(int dir);
void shelf_free(struct shelf *shelf); /* NULL is left alone */

/* The open blob that a map calls `named`; borrowed until the next call. E_CORRUPT also when size or
 * block count differ from the map's. */
int shelf_blob(struct shelf *shelf, const struct disk_blob *named, const struct blob **ret,
               struct err *err);

/* The plain bytes of a frame of a blob that shelf_blob gave; borrowed until the next call. */
int shelf_frame(struct shelf *shelf, const struct blob *blob, uint32_t index, const uint8_t **ret,
                struct err *err);

#endif
