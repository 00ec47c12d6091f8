/* room.h: what the files of this room share and nobody outside includes. */
#ifndef BLOB_ROOM_H
#define BLOB_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/blob.h"
#include "blob/block.h"
#include "blob/disk.h"
#include "codec/digest.h"
#include "os/staged.h"

/* --- sink: a staged file written through a buffer, hashed on the way (sink.c) --- */

enum { SINK_SIZE = 1 << 18 }; /* bytes gathered for one write */

struct sink {
    struct staged staged;
    struct xxh128 *hash; /* of what was written; whole after sink_flush */
    uint8_t *buffer;
    size_t held;
    uint64_t written;
    const char *name; /* in messages; borrowed, a constant */
};

/* The value before sink_open. */
#define SINK_NONE                                                                                  \
    {                                                                                              \
        .staged = STAGED_NONE                                                                      \
    }

int sink_open(struct sink *sink, int dir, const char *name, struct err *err);
int sink_add(struct sink *sink, const void *bytes, size_t length, struct err *err);
int sink_flush(struct sink *sink, struct err *err); /* the buffer to the file; not to the disk */
void sink_done(struct sink *sink);

/* Bytes added so far. */
static inline uint64_t sink_offset(const struct sink *sink)
{
    return sink->written + sink->held;
}

/* --- names in a replica directory --- */

enum {
    BLOB_PATH_SIZE = 6 + BLOB_NAME_TEXT + 5,   /* "blobs/", name, ".blob", NUL */
    DISK_PATH_SIZE = 6 + DISK_DIGEST_TEXT + 5, /* "disks/", digest, ".disk", NUL */
};

void blob_path(const struct blob_name *name, char path[BLOB_PATH_SIZE]);
void disk_path(const struct disk_digest *digest, char path[DISK_PATH_SIZE]);

/* "cannot use 'NAME': WHY" as E_CORRUPT. */
int file_damaged(const char *name, const char *why, struct err *err);

/* --- blob files --- */

enum { BLOB_HEADER_SIZE = 32, BLOB_FRAME_ROW = 32, BLOB_ID_ROW = 32, BLOB_FOOTER_SIZE = 64 };

#define BLOB_MAGIC     "SIGBLOB\n"
#define BLOB_END_MAGIC "SIGBEND\n"

/* How much of a blob to check before it is used. */
enum blob_trust {
    BLOB_PROVE,  /* everything that blob_open promises */
    BLOB_PROVEN, /* this process opened it before: the block table is not read again for its digest
                  */
};

/* As blob_open, from a descriptor (taken, closed also on error). */
int blob_open_fd(int fd, const struct blob_name *name, enum blob_trust trust, struct blob **ret,
                 struct err *err);
int blob_open_trusted(int dir, const struct blob_name *name, enum blob_trust trust,
                      struct blob **ret, struct err *err);

/* --- disk maps --- */

enum {
    DISK_HEADER_SIZE = 64,
    DISK_RUN_ROW = 12,
    DISK_SEGMENT_ROW = 48,
    DISK_BLOB_ROW = 32,
    DISK_FOOTER_SIZE = 64
};

#define DISK_MAGIC     "SIGDISK\n"
#define DISK_END_MAGIC "SIGDEND\n"

/* A map of the largest shallow image (32 TiB) has 25 MB of segments; more is a mistake. */
#define DISK_MAP_MAX ((uint64_t)1 << 45)

struct disk_segment {
    uint8_t digest[SHA256_SIZE];
    uint64_t first_run;
    uint32_t runs;
    uint32_t blocks; /* of data */
};

struct disk_hash {
    uint64_t virtual_size;
    struct disk_segment *segments; /* digest and blocks are kept here, the rest is the writer's */
    size_t count;
    size_t current; /* segment being hashed */
    struct sha256 *sha;
};

/* The disk digest that these segments give. */
struct disk_digest disk_digest_of(uint64_t virtual_size, const struct disk_segment *segments,
                                  size_t count);

/* As disk_open, from a descriptor (taken, closed also on error). */
int disk_open_fd(int fd, const struct disk_digest *digest, struct disk **ret, struct err *err);

#endif
