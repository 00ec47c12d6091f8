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

/* FILE_NONE as `dir`: nothing is written, only counted and hashed. */
int sink_open(struct sink *sink, int dir, const char *name, struct err *err);
/* To the buffer. */
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
    BLOB_PATH_SIZE = 6 + BLOB_FILE_NAME,       /* "blobs/", name, ".blob", NUL */
    DISK_PATH_SIZE = 6 + DISK_DIGEST_TEXT + 5, /* "disks/", digest, ".disk", NUL */
};

/* Of a file, from the replica directory. */
void blob_path(const struct blob_name *name, char path[BLOB_PATH_SIZE]);
void disk_path(const struct disk_digest *digest, char path[DISK_PATH_SIZE]);

/* "cannot use 'NAME': WHY" as E_CORRUPT. */
int file_damaged(const char *name, const char *why, struct err *err);

/* --- blob files --- */

enum { BLOB_HEADER_SIZE = 32, BLOB_FRAME_ROW = 32, BLOB_ID_ROW = 32, BLOB_FOOTER_SIZE = 64 };

#define BLOB_MAGIC     "SIGBLOB\n"
#define BLOB_END_MAGIC "SIGBEND\n"

/* As blob_open, from a descriptor (taken, closed also on error). */
int blob_open_fd(int fd, const struct blob_name *name, enum blob_trust trust, struct blob **ret,
                 struct err *err);

/* As blob_verify, from a descriptor (borrowed). */
int blob_verify_fd(int fd, const struct blob_name *name, struct err *err);

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
    struct {
        struct disk_segment *items; /* digest and blocks are kept here, the rest is the writer's */
        size_t count;               /* those up to the last block; at the end, all of the disk */
    } segments;
    size_t current; /* segment being hashed */
    struct sha256 *sha;
};

/* The disk digest that these segments give. */
struct disk_digest disk_digest_of(uint64_t virtual_size, const struct disk_segment *segments,
                                  size_t count);

/* As disk_open, from a descriptor (taken, closed also on error). */
int disk_open_fd(int fd, const struct disk_digest *digest, struct disk **ret, struct err *err);

/* --- index: the blobs it knows (index_blobs.c) --- */

enum { INDEX_OPEN_BLOBS = 64 }; /* open at once: a descriptor and up to 1 MiB of frame table each */

#define INDEX_NO_BLOB UINT32_MAX

struct index_blob {
    struct blob_name name;
    struct blob *blob; /* NULL: not open now */
    uint64_t used;     /* when last, in uses */
    uint32_t listed;   /* index files that list it */
    uint32_t pins;     /* users for whom it stays open */
    bool held;         /* its entries are in memory */
    bool proven;       /* was opened and checked by this process */
    bool unusable;     /* damaged or gone: its blocks are not found */
};

/* Numbered in the order they were added; `order` is by name. */
struct index_blobs {
    int dir;
    struct index_blob *items;
    size_t count;
    uint32_t *order;
    uint32_t open[INDEX_OPEN_BLOBS];
    size_t open_count;
    uint64_t clock;
};

void index_blobs_done(struct index_blobs *blobs);
/* The number of a blob, added when it is new. */
uint32_t index_blobs_add(struct index_blobs *blobs, const struct blob_name *name);
bool index_blobs_find(const struct index_blobs *blobs, const struct blob_name *name, uint32_t *ret);
/* Add what lies in blobs/; what does not any more becomes unusable. */
int index_blobs_list(struct index_blobs *blobs, struct err *err);
/* The blob of a number, opened when need be. *ret NULL and 0 when it is damaged or gone. Borrowed
 * until the next call. */
int index_blobs_open(struct index_blobs *blobs, uint32_t number, struct blob **ret,
                     struct err *err);
/* Close it, if it is open and not pinned: its file may be another one by the next time. */
void index_blobs_shut(struct index_blobs *blobs, uint32_t number);

/* --- index: one sorted file (index_file.c) --- */

struct index_entry {
    uint64_t key; /* the first eight bytes of the SHA-256, big-endian */
    uint32_t blob;
    uint32_t block;
};

struct index_entries {
    struct index_entry *items;
    size_t count;
};

/* --- index: entries in memory (index_entries.c) --- */

/* The key of a block. */
uint64_t index_key(const struct block_id *id);
/* The entries of a blob, which has that number, sorted. */
int index_entries_read(const struct blob *blob, uint32_t number, struct index_entries *ret,
                       struct err *err);
/* Both, which are sorted, in one. */
struct index_entries index_entries_merge(const struct index_entries *left,
                                         const struct index_entries *right);

enum {
    INDEX_HEADER_SIZE = 4096, /* a page, so that the pages of entries are pages of the file */
    INDEX_ENTRY_ROW = 16,
    INDEX_PAGE_ENTRIES = 256,
    INDEX_PAGE_SIZE = INDEX_PAGE_ENTRIES * INDEX_ENTRY_ROW,
    INDEX_PAGE_ROW = 16,
    INDEX_FOOTER_SIZE = 64,
    INDEX_CACHE_PAGES = 16, /* pages kept in memory for each file */
    INDEX_PATH_SIZE = 24,
};

struct index_page {
    uint64_t key; /* of its first entry */
    uint64_t xxh3;
};

struct index_file {
    int fd;
    struct staged staged; /* of a file that has no name yet: `fd` is its */
    uint32_t number;      /* index.<number>; 0: no name yet */
    char path[INDEX_PATH_SIZE];
    bool damaged; /* a page was found to be */
    uint64_t file_size;
    uint64_t entry_count;
    struct index_page *pages;
    size_t page_count;
    struct blob_name *names; /* ascending */
    size_t blob_count;
    uint32_t *numbers; /* of these blobs in the index that uses the file, or INDEX_NO_BLOB: gone */
    uint8_t *cache;
    size_t cached[INDEX_CACHE_PAGES]; /* page in each place, plus one */
};

/* Open index.<number> below `dir`; E_CORRUPT when header, footer, page table or blob table are
 * damaged. */
int index_file_open(int dir, uint32_t number, struct index_file **ret, struct err *err);
void index_file_close(struct index_file *file);
/* Append the entries with this key to `ret`, numbered as in the file. E_CORRUPT when a page is
 * damaged. */
int index_file_find(struct index_file *file, uint64_t key, struct index_entries *ret,
                    struct err *err);
/* One page, checked: `*ret_count` rows; borrowed until the next call with this file. */
int index_file_page(struct index_file *file, size_t page, const uint8_t **ret, size_t *ret_count,
                    struct err *err);
struct index_entry index_entry_read(const uint8_t *row);

struct index_writer;

/* Start a file that lists `names` (ascending, copied). */
int index_writer_open(int dir, const struct blob_name *names, size_t count,
                      struct index_writer **ret, struct err *err);
void index_writer_close(struct index_writer *writer); /* NULL is left alone */
int index_writer_add(struct index_writer *writer, const struct index_entry *entry,
                     struct err *err); /* ascending by key */
/* The complete file, without a name. The writer is to be closed then. */
int index_writer_finish(struct index_writer *writer, struct index_file **ret, struct err *err);
/* Give it the name index.<number>: E_CONFLICT when that is taken. */
int index_file_publish(struct index_file *file, uint32_t number, struct err *err);

/* --- index: the whole (index.c, index_save.c) --- */

enum {
    INDEX_FILES_MAX = 8,      /* more are merged: each costs a read for every block that is new */
    INDEX_HELD_MAX = 1 << 20, /* entries in memory (16 MiB): more go to an anonymous file */
};

struct index {
    struct index_blobs *blobs;
    struct {
        struct index_file **items;
        size_t count;
    } files;
    struct {
        struct index_entries *items; /* each sorted by key; blob is a number of `blobs` */
        size_t count;
        size_t entries; /* in all */
    } held;
    struct {
        uint32_t *items; /* numbers of index files, for index_save to remove */
        size_t count;
    } damaged;
    struct index_entries found; /* scratch of index_find */
};

/* Use a file (taken): number its blobs. */
void index_attach(struct index *index, struct index_file *file);
/* Use it no longer, and close it. Blobs that nothing else covers are not found until index_cover.
 */
void index_detach(struct index *index, size_t place);
/* Use the sound ones of the index files that are in the directory. */
int index_load_files(struct index *index, struct err *err);
/* Hold the entries of each of the first `count` blobs that neither a file lists nor memory holds.
 */
int index_cover(struct index *index, size_t count, struct err *err);
/* Move what memory holds to an anonymous file. */
int index_spill(struct index *index, struct err *err);

#endif
