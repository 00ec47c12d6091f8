/* manifest.h: a shape as a file: strict JSON, canonical text, replaced whole and durably.
 *
 * Its first member is "checksum": XXH3-64, 16 hexadecimal digits, of its path below the store, a
 * newline, and its text behind that line up to the last brace. So a value that has rotted is seen,
 * and so is a manifest that lies where another belongs. One without it is read all the same.
 */
#ifndef STORE_MANIFEST_H
#define STORE_MANIFEST_H

#include "base/err.h"
#include "json/shape.h"

/* Bytes; a version with 64 data disks and 100 regions takes 60 KB. */
enum { MANIFEST_SIZE_MAX = 4 * 1024 * 1024 };

/* Read the file `path` below `dir` into `value` (all-zero before) and check it as hard as what a
 * user types. E_NOT_FOUND when absent, E_CORRUPT when anything is wrong, E_UNSUPPORTED when its
 * format number is newer; the message names the file. `ret_stored` (may be NULL) gets the tree as
 * stored: release with json_free. */
int manifest_read(int dir, const char *path, const struct shape *shape, void *value,
                  struct json **ret_stored, struct err *err);

/* A manifest that may have been moved since it was written. */
struct manifest_at {
    int dir;
    const char *path;   /* where it is, below `dir` */
    const char *origin; /* where it was written: its checksum has that */
};

/* The same of one. */
int manifest_read_moved(const struct manifest_at *at, const struct shape *shape, void *value,
                        struct json **ret_stored, struct err *err);

/* The same of a file that is open for reading; `path` is what to call it. */
int manifest_read_open(int fd, const char *path, const struct shape *shape, void *value,
                       struct err *err);

/* Write `value` durably as the file `path`, counted from the store, of which `dir` is the directory
 * now. `stored` (may be NULL) is the tree that manifest_read gave: keys in it that this release
 * does not know are kept. */
int manifest_write(int dir, const char *path, const struct shape *shape, const void *value,
                   const struct json *stored, struct err *err);

/* The text that manifest_write would write, appended. */
void manifest_print(struct buf *out, const char *path, const struct shape *shape, const void *value,
                    const struct json *stored);

#endif
