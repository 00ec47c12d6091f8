/* lock.h: kernel locks (open-file-description locks, fcntl(2) F_OFD_SETLK) on lock files opened
 * read-write.
 *
 * They end with the process however it ends. Nothing here ever breaks a lock.
 */
#ifndef OS_LOCK_H
#define OS_LOCK_H

#include <stdbool.h>

#include "base/err.h"

enum lock_kind { LOCK_SHARED, LOCK_EXCLUSIVE };

/* Open (made when absent, mode 0660) the lock file `path` below `dir` and lock it. Waits up to
 * `wait_ms` milliseconds (0: do not wait; -1: as long as it takes); E_BUSY when it is still held
 * then, with the process id of a holder in the message where the kernel tells. When the file was
 * removed or replaced while we waited, starts again. E_UNSUPPORTED when the file system has no
 * locks; the file stays then. Release with file_close(ret_fd). */
int lock_take(int dir, const char *path, enum lock_kind kind, int wait_ms, int *ret_fd,
              struct err *err);

/* The same, of a file that is there for another purpose too: E_NOT_FOUND when it is not, or not any
 * more when the lock is had. */
int lock_take_existing(int dir, const char *path, enum lock_kind kind, int wait_ms, int *ret_fd,
                       struct err *err);

/* Whether `path` below `dir` is still the file that `fd` has open, locked or not. */
int lock_is_of(int dir, const char *path, int fd, bool *ret, struct err *err);

/* Whether somebody holds that lock, of either kind: at this moment, taking nothing. False also when
 * that cannot be told. */
bool lock_is_held(int dir, const char *path);

/* --- slots: how many are at something, counted --- */

/* Take one of the first `slots` bytes of the lock file, whichever nobody has; kept until
 * file_close(ret_fd). Two who may only read the file and come at the same moment may get the same
 * one, and count for one. Without waiting, and best effort: FILE_NONE where there is no such file,
 * it may not be opened, or all slots are taken. */
void lock_take_slot(int dir, const char *path, unsigned slots, int *ret_fd);

/* How many slots are taken; 0 also when that cannot be told. */
unsigned lock_count_slots(int dir, const char *path, unsigned slots);

#endif
