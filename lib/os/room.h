/* room.h: what the files of this room share: names below a directory, exclusive renames, the shape
 * of a system call. */
#ifndef OS_ROOM_H
#define OS_ROOM_H

#include <errno.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "os/fault.h"
#include "os/lock.h"
#include "os/staged.h"

/* Make one system call: the fault point in front of it, and once more after an interruption. */
#define CALL(result, name, call)                                                                   \
    do                                                                                             \
        (result) = fault_fires(name, NULL) ? -1 : (call);                                          \
    while ((result) < 0 && errno == EINTR)

/* openat(2) that stays below `dir` and passes no symbolic link: ELOOP for a link, EXDEV for an
 * absolute path or one with "..", EINVAL for an empty one. O_CLOEXEC is added. Gives a descriptor,
 * or -1 and errno. */
int walk_open(int dir, const char *path, int flags, mode_t mode);

/* The same without openat2, for kernels and sandboxes that lack it: each component by itself. */
int walk_open_by_parts(int dir, const char *path, int flags, mode_t mode);

/* The directory that holds the last component of a path, and that component. */
struct place {
    int dir;          /* to be given to the *at calls */
    int opened;       /* FILE_NONE when `dir` is the caller's own */
    const char *name; /* points into the path */
};

/* -1 and errno as walk_open gives them; EINVAL when the last component is "." or empty. */
int place_open(int dir, const char *path, struct place *ret);
void place_close(struct place *place);

/* err_os for a call that took a path below a directory: what walk_open means by ELOOP and EXDEV is
 * said in words; EEXIST is E_CONFLICT. `action` is "open". Returns the code. */
int path_error(struct err *err, int errnum, const char *action, const char *path);

/* renameat that fails with EEXIST when the target exists. -1 and errno; nothing is flushed. */
int rename_new(int from_dir, const char *from, int to_dir, const char *to);

/* The same where the file system has no RENAME_NOREPLACE: link and unlink for all but directories;
 * a directory takes the place of an empty one. */
int rename_new_by_link(int from_dir, const char *from, int to_dir, const char *to);

/* staged_open for a file system that has no O_TMPFILE. */
int staged_open_named(struct staged *staged, int dir, struct err *err);

/* A new name for a temporary file or directory. */
void staged_make_name(char name[static 32]);

/* Give the file its name, as staged_publish does, and flush nothing: -1 and errno. */
int staged_give_name(struct staged *staged, const char *name, bool replace);

/* Lock the open file without waiting: -1 and errno, EAGAIN when another one holds it. */
int lock_try(int fd, enum lock_kind kind);

/* Whether a call that failed so is one that the file system does not have. */
bool ground_lacks(int errnum);

/* E_UNSUPPORTED: "the file system cannot MISSING", and why, unless `errnum` is 0; with the hint. */
int ground_refuse(struct err *err, int errnum, const char *missing);

/* The process id of somebody who holds a lock on the file of `fd`, or 0 when the system does not
 * let us see. For messages. */
long lock_holder(int fd);

#endif
