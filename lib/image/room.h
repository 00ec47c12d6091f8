/* room.h: what a disk image format has to offer, and the formats there are. */
#ifndef IMAGE_ROOM_H
#define IMAGE_ROOM_H

#include <stdint.h>

#include "image/source.h"
#include "os/file.h"

/* A format. `open` finds a regular file with fd, path and info set, refuses it or sets `size`. */
struct source_kind {
    int (*open)(struct source *source, struct err *err);
    int (*next_data)(struct source *source, uint64_t offset, uint64_t *ret_start, uint64_t *ret_end,
                     struct err *err);
    int (*read)(struct source *source, void *bytes, size_t length, uint64_t offset,
                struct err *err);
};

struct source {
    const struct source_kind *kind;
    char *path;
    int fd;
    struct file_info info; /* when it was opened */
    uint64_t size;         /* guest-visible bytes */
};

extern const struct source_kind raw_kind;
extern const struct source_kind vhd_kind;

/* What the last 512 bytes of the file say. */
enum vhd_footer {
    VHD_NO_FOOTER,
    VHD_FIXED,   /* valid: the bytes in front of it are the disk */
    VHD_DYNAMIC, /* valid, but the disk is laid out in blocks, or differs from a parent */
    VHD_DAMAGED, /* the cookie is there and something else is wrong */
};

/* For VHD_DAMAGED `err` says what is wrong (E_INVALID), and 0 is returned all the same: negative is
 * a failure to read. */
int vhd_look(struct source *source, enum vhd_footer *ret, struct err *err);

/* The refusal of a dynamic or differencing VHD. */
int vhd_refuse_dynamic(const struct source *source, struct err *err);

/* E_UNSUPPORTED with a hint when the first bytes are those of another format. */
int signature_check(struct source *source, struct err *err);

/* `next_data` and `read` of formats whose disk is the beginning of the file. */
int raw_next_data(struct source *source, uint64_t offset, uint64_t *ret_start, uint64_t *ret_end,
                  struct err *err);
int raw_read(struct source *source, void *bytes, size_t length, uint64_t offset, struct err *err);

#endif
