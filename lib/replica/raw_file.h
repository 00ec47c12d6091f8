/* raw_file.h: a disk that a replica with premium storage keeps ready: its plain bytes, sparse, as
 * disks/<64 hex>.raw, exactly as long as the disk.
 *
 * It is made of what the map and the blobs of the same replica hold, and can be made anew at any
 * time. Nothing in the file says what it must be: whoever reads it compares each block with its
 * identity.
 */
#ifndef REPLICA_RAW_FILE_H
#define REPLICA_RAW_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "replica/desk.h"
#include "replica/replica.h"

enum { RAW_FILE_NAME = DISK_DIGEST_TEXT + 4 }; /* the digits, ".raw", NUL */

/* "<64 hex>.raw", and whether a name is one. */
void raw_file_name(const struct disk_digest *digest, char name[RAW_FILE_NAME]);
bool raw_file_parse(const char *file_name, struct disk_digest *ret);

struct raw_file {
    int fd; /* FILE_NONE: there is none */
    uint64_t size;
    char name[RAW_FILE_NAME];
    /* What whoever reads was told: that it is damaged; that it has what no blob has. */
    bool told, saved;
};

/* The value before raw_file_open and after raw_file_close. */
#define RAW_FILE_NONE                                                                              \
    {                                                                                              \
        .fd = -1                                                                                   \
    }

/* Open the file of a disk of `size` bytes. E_NOT_FOUND; E_CORRUPT when it has another length. */
int raw_file_open(const struct replica *replica, const struct disk_digest *digest, uint64_t size,
                  struct raw_file *ret, struct err *err);
void raw_file_close(struct raw_file *file);

/* Read `count` blocks from `block` on, each compared with its identity whatever the desk checks:
 * E_CORRUPT. Any thread. */
int raw_file_read(const struct raw_file *file, struct desk *desk, uint64_t block, size_t count,
                  const struct block_id *ids, void *out, struct err *err);

#endif
