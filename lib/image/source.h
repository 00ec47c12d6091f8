/* source.h: a disk image being read: its guest-visible bytes, whatever its format.
 *
 * A format is one table of functions. In this release: raw, and fixed VHD (raw with a 512-byte
 * footer). Several threads may read one source at once.
 */
#ifndef IMAGE_SOURCE_H
#define IMAGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum source_format { SOURCE_ANY = 0, SOURCE_RAW, SOURCE_VHD };

struct source;

/* Open the image that the user named. SOURCE_ANY: told by content: a valid fixed-VHD footer makes
 * it VHD, else raw; a file whose first bytes are those of another known disk or archive format
 * (qcow2, VHDX, VMDK, dynamic VHD, gzip, xz, zstd, bzip2, zip, tar, …) is E_UNSUPPORTED with a hint
 * (convert it, or --source-format raw); a footer that has the cookie of VHD and a wrong checksum,
 * version, type or size is E_INVALID with that hint: as a raw disk it would be 512 bytes too long.
 * Refused with E_INVALID: a directory, FIFO or device, an empty file, a virtual size above `limit`
 * bytes. Read "VHD": Microsoft's Virtual Hard Disk Image Format Specification 1.0, 2006. */
int source_open(const char *path, enum source_format format, uint64_t limit, struct source **ret,
                struct err *err);

/* NULL is left alone. */
void source_close(struct source *source);

/* Whether two are open on one file, whatever their names. */
bool source_is_same_file(const struct source *left, const struct source *right);

/* Guest-visible bytes, at least 1. */
uint64_t source_size(const struct source *source);

/* The next range at or behind `offset` that may hold anything but zeros; start = end = size when
 * there is none. */
int source_next_data(struct source *source, uint64_t offset, uint64_t *ret_start, uint64_t *ret_end,
                     struct err *err);

/* Exactly `length` bytes at `offset`, within the size. A file that became shorter is E_CHANGED. */
int source_read(struct source *source, void *bytes, size_t length, uint64_t offset,
                struct err *err);

/* E_CHANGED when the file is not what it was at source_open (size, modification time, inode): call
 * it after reading. */
int source_check_unchanged(struct source *source, struct err *err);

#endif
