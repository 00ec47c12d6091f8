/* output.h: large files and block devices that are written: past the page cache, and zeros without
 * writing them. */
#ifndef OS_OUTPUT_H
#define OS_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Open a directory that the user named, and make it when it is missing and its parent is there:
 * mode 0777 less umask, durable. */
int output_directory(const char *path, int *ret_fd, struct err *err);

/* What the path names when links are followed: whether that is a block device. */
bool output_is_device(const char *path);

/* Whether standard output is a terminal, on which nobody wants an image. */
bool output_is_terminal(void);

/* Open a block device to be read and written, for oneself: E_BUSY when it is mounted or part of
 * something else. *ret_size: its bytes. E_INVALID when it is no block device. */
int output_open_device(const char *path, int *ret_fd, uint64_t *ret_size, struct err *err);

/* Another descriptor for the file of `fd`, which writes past the page cache (O_DIRECT, open(2)):
 * nothing is copied on the way, what others have in the cache stays there, and little is left to be
 * flushed. Both may be written to at the same time as long as no page is written through both.
 * FILE_NONE where the system cannot do it. */
void output_open_direct(int fd, int *ret_fd);

/* Make the empty file `fd` share all bytes of the file `from`, without copying any, until one of
 * both is written to (FICLONE). False, and nothing changed, where the system cannot do it. */
bool output_clone(int fd, int from);

/* Offsets, lengths and addresses of such writes are multiples of this. */
enum { OUTPUT_ALIGN = 4096 };

/* Write so. *ret_done false, and 0, when the file system or the device does not want it: write
 * through the other descriptor then. */
int output_write_direct(int fd, const char *name, const void *bytes, size_t length, uint64_t offset,
                        bool *ret_done, struct err *err);

/* Room on the disk for a range of a file, which reads as zeros until it is written to. File systems
 * that know nothing of that are left alone. E_NO_SPACE. */
int output_allocate(int fd, const char *name, uint64_t offset, uint64_t length, struct err *err);

/* Make a range of an existing file or device read as zeros, without writing them where the system
 * can (fallocate(2)). Any offset and length. */
int output_zero(int fd, const char *name, uint64_t offset, uint64_t length, struct err *err);

#endif
