/* kind.h: what a disk image format has to offer, the formats there are, and what they share. For
 * the formats, and for intake/, which makes sources of what a user named. */
#ifndef IMAGE_KIND_H
#define IMAGE_KIND_H

#include <stdint.h>

#include "image/source.h"
#include "image/flow.h"
#include "os/file.h"
#include "os/input.h"

/* A format. Functions may be NULL where it says so. */
struct source_kind {
    const char *name; /* as in --source-format */
    enum source_format format;
    /* Whether the file says that it is of this format (its mark is there, right or damaged). NULL:
     * never told by content. */
    int (*probe)(struct source *source, bool *ret, struct err *err);
    /* As source_declared_size, of this format alone. NULL: its first bytes do not say. */
    uint64_t (*declared_size)(const uint8_t *head, size_t length);
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
    char *path;            /* what to call it in messages */
    int fd;                /* to read from; FILE_NONE of a stream */
    struct file_info info; /* of `fd` when it was opened */
    uint64_t size;         /* guest-visible bytes */
    void *layout;          /* the kind's: what it read from headers */
    char *variant;         /* source_variant; NULL is "" */
    char *note;            /* source_note */
    char *promise;         /* the name of what is read, for its ending; of a stream; or NULL */
    /* For source.c, and intake/open.c: */
    char *file;          /* what the user named */
    struct input input;  /* that, open; its `fd` is the one above unless something was unpacked */
    struct front *front; /* NULL: it is no stream */
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

/* Up to `length` bytes from the beginning of the file itself, for `probe`; at most FLOW_PEEK_MAX.
 * *ret_got is less only when it ends before. */
int source_file_head(const struct source *source, void *bytes, size_t length, size_t *ret_got,
                     struct err *err);

/* Exactly `length` bytes of the file itself; E_CHANGED when it ends before. Of a stream only its
 * beginning and, at its end, the last bytes are there: E_UNSUPPORTED for others. */
int source_file_read(const struct source *source, void *bytes, size_t length, uint64_t offset,
                     struct err *err);

/* --- source.c --- */

/* One that is to be opened, with what the user named; nothing else is set. */
struct source *source_new(const char *file, const char *path);
/* Which kind it is, by content; NULL: none has its mark there, which may be raw. */
int source_tell_kind(struct source *source, const struct source_kind **ret, struct err *err);
/* Bytes of guest data in a file as its first bytes say, whether they are to be believed or not: of
 * the disk, and of its snapshots. 0: they do not say. */
uint64_t source_declared_size(const uint8_t *head, size_t length);
/* The kind of that format; not SOURCE_ANY. */
const struct source_kind *source_kind_of(enum source_format format);
/* E_INVALID for an empty disk, or one above `limit`. */
int source_check_size(const struct source *source, uint64_t limit, struct err *err);

/* --- front.c: a disk that is read from front to back: raw, or a fixed VHD --- */

struct front;

/* Makes the source a stream. Takes `stream`. `format`: SOURCE_ANY (which of both it is shows at the
 * end), SOURCE_RAW or SOURCE_VHD. */
int front_open(struct source *source, struct flow *stream, enum source_format format,
               uint64_t limit, struct err *err);
void front_close(struct front *front); /* NULL is left alone */
/* The source is no stream after all: the stream is given back, at its beginning. */
struct flow *front_release(struct source *source);
/* As source_pull. */
int front_pull(struct source *source, void *bytes, size_t capacity, size_t *ret_got,
               struct err *err);
/* As source_pass_hole. */
uint64_t front_pass_hole(struct source *source, size_t unit);
/* As source_file_read and source_file_head. */
int front_file_read(const struct source *source, void *bytes, size_t length, uint64_t offset,
                    struct err *err);
int front_file_head(const struct source *source, void *bytes, size_t length, size_t *ret_got);

/* --- formats --- */

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
