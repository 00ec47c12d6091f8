/* export.h: what exporting is made of: where an image goes, and one disk on its way there. */
#ifndef OPS_EXPORT_H
#define OPS_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "outlet/writer.h"
#include "ops/room.h"
#include "os/staged.h"
#include "replica/read.h"

/* --- where to (export_target.c) --- */

enum target_kind {
    TARGET_FILE,   /* gets its name when it is complete */
    TARGET_DEVICE, /* written in place */
    TARGET_STREAM, /* standard output: from front to back */
};

struct target {
    enum target_kind kind;
    const char *name; /* as the user named it, borrowed: for messages */
    int fd;
    int direct;    /* the same past the page cache, or FILE_NONE */
    bool force;    /* what was there may be replaced */
    uint64_t size; /* of a device; of a file: that it was given */
    int dir;       /* of a file */
    char *base;    /* its name there */
    struct staged staged;
};

/* The value before target_open. */
#define TARGET_NONE                                                                                \
    {                                                                                              \
        .fd = -1, .direct = -1, .dir = -1, .staged = STAGED_NONE                                   \
    }

/* "-" is standard output. E_CONFLICT when something is there and `force` is not given; nothing is
 * changed yet. `file` is borrowed. */
int target_open(struct target *target, const char *file, bool force, struct err *err);
/* The same for the file `base` in an open directory, which is borrowed; `name` for messages. */
int target_open_in(struct target *target, int dir, const char *base, const char *name, bool force,
                   struct err *err);

/* Get ready for `size` bytes of which `data` are not zeros. E_INVALID when a device is too small.
 * `size` 0: not known yet. */
int target_begin(struct target *target, uint64_t size, uint64_t data, struct err *err);

/* Whether room for what goes past the page cache may be asked for before it is written, any range
 * of the file, from one thread. E_NO_SPACE when the disk has none. */
bool target_allocates(const struct target *target);
int target_allocate(const struct target *target, uint64_t offset, uint64_t length, struct err *err);

/* Write at a place. Files and devices: any place, any thread. A stream: behind everything else. */
int target_write(struct target *target, const void *bytes, size_t length, uint64_t offset,
                 struct err *err);
/* Zeros, where nothing was written yet: nothing to do in a file. */
int target_zero(struct target *target, uint64_t offset, uint64_t length, struct err *err);

/* Make it durable, and give a file its length and its name. */
int target_finish(struct target *target, uint64_t size, struct err *err);
/* Drops what was not finished. Accepts TARGET_NONE. */
void target_done(struct target *target);

/* --- one disk (export_image.c) --- */

struct export_image {
    struct store *store;
    const char *what; /* "prod/ubuntu/1.0.0": for progress */
    struct disk_reader *reader;
    enum desk_check check;
    struct image_writer *writer;
    struct target *target;
};

/* Write the image, on all cores; not finished yet. */
int export_image(const struct export_image *image, struct err *err);

/* --- one disk that is kept ready (export_clone.c) --- */

/* For an image that is the disk byte for byte: have the file share the bytes of the raw file that
 * the disk would be read from, and prove them. *ret_done false, and the file empty: it is to be
 * written, as there is no such file, the file system cannot do that, or it is not right. */
int export_clone(const struct export_image *image, bool *ret_done, struct err *err);

#endif
