/* shelf.h: the blobs of one replica that a reader has open: a bounded number, since a map may name
 * any. */
#ifndef REPLICA_SHELF_H
#define REPLICA_SHELF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "blob/disk.h"

enum {
    SHELF_BLOBS = 128,    /* open at once: descriptors */
    SHELF_ROWS = 1 << 20, /* frames of all open blobs: some 32 MiB of tables */
    SHELF_HELD = 96,      /* books held at once; more are not opened while these are read */
};

struct shelf;

/* `dir`: the replica directory, borrowed. */
struct shelf *shelf_new(int dir);
void shelf_free(struct shelf *shelf); /* NULL is left alone */

/* The open blob that a map calls `named`; borrowed until the next call. E_CORRUPT also when size or
 * block count differ from the map's. */
int shelf_blob(struct shelf *shelf, const struct disk_blob *named, const struct blob **ret,
               struct err *err);

/* An open blob in its place on the shelf. */
struct shelf_book;

/* Keep the blob that shelf_blob gave last open until shelf_let_go was called as often as this. NULL
 * when too much is held already. */
struct shelf_book *shelf_hold(struct shelf *shelf);
void shelf_let_go(struct shelf *shelf, struct shelf_book *book);
const struct blob *shelf_book_blob(const struct shelf_book *book);

#endif
