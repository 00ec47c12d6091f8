/* room.h: what a disk image format has to offer, and the formats there are. */
#ifndef IMAGE_ROOM_H
#define IMAGE_ROOM_H

#include <stdint.h>

#include "image/source.h"
#include "os/file.h"

/* A format. Functions may be NULL where it says so. */
struct source_kind {
    const char *name; /* as in --source-format */
    enum source_format format;
    /* Whether the file says that it is of this format (its mark is there, right or damaged). NULL:
     * never told by content. */
    int (*probe)(struct source *source, bool *ret, struct err *err);
    /* Check the tables of the file, which has fd, path and info set. Refuse it, or set `size`, and
     * `layout` and `variant` if need be. */
    int (*open)(struct source *source, struct err *err);
    void (*close)(struct source *source);              /* frees `layout`; may be NULL */
    void *(*scratch_new)(const struct source *source); /* of a cursor; may be NULL */
    void (*scratch_free)(void *scratch);               /* with scratch_new */
    int (*next_data)(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                     uint64_t *ret_end, struct err *err);
    int (*read)(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
                struct err *err);
};

struct source {
    const struct source_kind *kind;
    char *path;
    int fd;
    struct file_info info; /* when it was opened */
    uint64_t size;         /* guest-visible bytes */
    void *layout;          /* the kind's: what it read from headers */
    char *variant;         /* source_variant; NULL is "" */
};

struct source_cursor {
    const struct source *source;
    void *scratch; /* the kind's */
};

extern const struct source_kind raw_kind;
extern const struct source_kind vhd_kind;
extern const struct source_kind vhdx_kind;
extern const struct source_kind qcow2_kind;
extern const struct source_kind vmdk_kind;

/* Exactly `length` bytes of the file itself; E_CHANGED when it ends before. */
int source_file_read(const struct source *source, void *bytes, size_t length, uint64_t offset,
                     struct err *err);

/* E_UNSUPPORTED with a hint when the first bytes are those of a format that is not read. */
int signature_check(struct source *source, struct err *err);

/* `next_data` and `read` of formats whose disk is the beginning of the file. */
int raw_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                  uint64_t *ret_end, struct err *err);
int raw_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
             struct err *err);

/* --- pages.c: pieces of the file kept in memory, for tables of which one entry is wanted at a
 *     time --- */

struct pages;

/* Of the file of `source`, borrowed. A page is 64 KiB; up to 16 are kept. For one thread. */
struct pages *pages_new(const struct source *source);
void pages_free(struct pages *pages); /* NULL is left alone */
/* As source_file_read, through the pages. */
int pages_read(struct pages *pages, void *bytes, size_t length, uint64_t offset, struct err *err);

/* --- blocks.c: disks cut into blocks of one size, each in one piece somewhere in the file, or
 *     nowhere: then it reads as zeros --- */

struct blocks {
    struct source_cursor *cursor;
    uint64_t block_size; /* bytes */
    /* Where block `number` lies in the file; 0: nowhere. */
    int (*place)(struct source_cursor *cursor, uint64_t number, uint64_t *ret, struct err *err);
};

/* As those of a kind. Blocks that lie one behind the other are read at once; ranges of data end
 * also where the file has holes. */
int blocks_next_data(const struct blocks *blocks, uint64_t offset, uint64_t *ret_start,
                     uint64_t *ret_end, struct err *err);
int blocks_read(const struct blocks *blocks, void *bytes, size_t length, uint64_t offset,
                struct err *err);

/* --- claims.c: each part of an image file may be used once --- */

struct claims;

/* Of a file of `size` bytes, in units of `unit` bytes. */
struct claims *claims_new(uint64_t size, uint32_t unit);
void claims_free(struct claims *claims); /* NULL is left alone */
/* Claim `length` bytes from `offset` on (every unit that they touch). False when they leave the
 * file or touch what was claimed before. Above 2^27 units (64 GiB of sectors, 8 TiB of usual
 * clusters) single overlaps are not seen any more, only that more was claimed than there is:
 * memory stays bounded, and a small file cannot pose as a large disk. */
bool claims_take(struct claims *claims, uint64_t offset, uint64_t length);
/* The same for what may lie in a unit with others of its kind (compressed clusters): no unit may be
 * both shared and taken. How much is shared is not counted: the caller must. */
bool claims_share(struct claims *claims, uint64_t offset, uint64_t length);

#endif
