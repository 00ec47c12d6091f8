/* file.h: files: open, read, write, flush. With dir.h, staged.h and lock.h the only code that
 * touches a disk.
 *
 * Two ways to open. file_open_user takes a path that a user named, relative to the working
 * directory, and follows links. Every other function takes a directory descriptor and a path below
 * it: it never leaves that directory and never follows a symbolic link (openat2 with
 * RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS; component by component with O_NOFOLLOW where the kernel
 * has no openat2). All descriptors are close-on-exec. EINTR is retried here, except by file_flush.
 *
 * Errors name the path: "cannot open 'galleries/prod/gallery.json': permission denied". For
 * functions that take only a descriptor the `name` argument is what to call it in messages.
 */
#ifndef OS_FILE_H
#define OS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* No descriptor. Descriptors are initialised to it and set back to it by file_close. */
enum { FILE_NONE = -1 };

enum file_mode {
    FILE_READ,           /* must exist */
    FILE_UPDATE,         /* must exist; read and write */
    FILE_CREATE,         /* must not exist (E_CONFLICT); read and write; mode 0660 less umask */
    FILE_OPEN_OR_CREATE, /* made when absent; read and write; for lock files */
};

/* Of a directory: only who owns a file there may remove or rename it. */
enum { FILE_STICKY = 01000 };

enum file_kind {
    FILE_REGULAR = 1,
    FILE_DIRECTORY,
    FILE_LINK,
    FILE_FIFO,
    FILE_BLOCK_DEVICE,
    FILE_OTHER
};

struct file_info {
    enum file_kind kind;
    uint64_t size;
    uint64_t allocated; /* bytes that the file takes on disk */
    uint64_t device, inode;
    uint64_t links;
    int64_t changed_seconds; /* modification time */
    int64_t changed_nanoseconds;
    /* When anything of it changed last, its times too: nobody can set this one back. */
    int64_t touched_seconds, touched_nanoseconds;
    uint32_t owner, group; /* numbers of a user and a group */
    uint32_t mode;         /* its permissions, with FILE_STICKY and those bits that set ids */
    bool own; /* it belongs to who runs this, and nobody else (but root) can change it */
};

/* Open `path` below the directory `dir`. A FIFO or device is opened without blocking. */
int file_open(int dir, const char *path, enum file_mode mode, int *ret_fd, struct err *err);

/* Open a path as the user named it, for reading. Does not block on a FIFO: look at file_stat before
 * reading. */
int file_open_user(const char *path, int *ret_fd, struct err *err);

/* What the path that the user named leads to, for whoever is to find it later and from elsewhere:
 * without links and from the root on, to be released with free; and what that is now. */
int file_locate_user(const char *path, char **ret_absolute, struct file_info *ret, struct err *err);

/* Close and set to FILE_NONE; FILE_NONE is left alone. A failure is not reported: whoever cares
 * flushed before. */
void file_close(int *fd);

/* What the file is, its size and times. */
int file_stat(int fd, const char *name, struct file_info *ret, struct err *err);

/* Information on a path below `dir`, a link itself and not its target. *ret_exists false (and 0)
 * when it is not there. */
int file_look(int dir, const char *path, bool *ret_exists, struct file_info *ret, struct err *err);

/* Read up to `length` bytes at `offset`; *ret_got is less only at the end of the file. */
int file_read_at(int fd, const char *name, void *bytes, size_t length, uint64_t offset,
                 size_t *ret_got, struct err *err);

/* Read exactly `length` bytes at `offset`; a file that ends before is E_CORRUPT ("'NAME' is cut
 * short"). */
int file_read_exact(int fd, const char *name, void *bytes, size_t length, uint64_t offset,
                    struct err *err);

/* The whole file, as long as it is when opened, appended to `ret`; E_CORRUPT when that is longer
 * than `limit`. E_NOT_FOUND when absent. Refuses what is not a regular file. */
int file_read_all(int dir, const char *path, size_t limit, struct buf *ret, struct err *err);
/* The same of a file that is open, from its beginning. */
int file_read_open(int fd, const char *name, size_t limit, struct buf *ret, struct err *err);

/* Write all bytes at the descriptor's position (a pipe works) or at `offset`. */
int file_write(int fd, const char *name, const void *bytes, size_t length, struct err *err);
int file_write_at(int fd, const char *name, const void *bytes, size_t length, uint64_t offset,
                  struct err *err);

/* Set the length; what is added reads as zeros and takes no space. */
int file_resize(int fd, const char *name, uint64_t size, struct err *err);

/* fsync. On return 0 the content is durable (its name is when the directory was flushed too). A
 * failure is final: the content must be dropped; never call it twice for the same content (the
 * second call would return 0 and the data would be gone). */
int file_flush(int fd, const char *name, struct err *err);

/* Have the kernel begin to write this part of the file to the disk, so that file_flush finds less
 * to do. Best effort, proves nothing. */
void file_flush_soon(int fd, uint64_t offset, uint64_t length);

/* syncfs: everything written so far to the file system that `fd` lies on. As final as file_flush.
 */
int file_flush_all(int fd, const char *name, struct err *err);

/* The next range of bytes at or behind `offset` that may hold data (SEEK_DATA, SEEK_HOLE):
 * *ret_start = *ret_end = size when there is none. Where the file system cannot tell, the rest of
 * the file is one range. Moves the descriptor's position, uses none. */
int file_next_data(int fd, const char *name, uint64_t offset, uint64_t size, uint64_t *ret_start,
                   uint64_t *ret_end, struct err *err);

/* Tell the kernel that reading will be from front to back. Best effort. */
void file_will_scan(int fd);

/* Drop clean pages of this part of the file from the page cache, so that the next read comes from
 * the disk; length 0: to its end. Best effort: what a process has mapped stays. */
void file_drop_cache(int fd, uint64_t offset, uint64_t length);

/* Let the group do with an open file or directory, which is one's own, what it may do with that
 * directory, as far as a file takes it; its owner does everything. What is another's stays. */
int file_fit_group(int fd, int directory, const char *name, struct err *err);

/* Set the modification time. */
int file_set_time(int fd, const char *name, int64_t seconds, struct err *err);

/* Remove the name `path` below `dir`; nothing to do is 0. Flush the directory to make it durable.
 */
int file_remove(int dir, const char *path, struct err *err);

/* A copy of the process's standard input/output as a descriptor to be closed with file_close. */
int file_standard(int number, int *ret_fd, struct err *err);

#endif
