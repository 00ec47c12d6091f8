/* staged.h: a file that gets its name only when it is complete.
 *
 * It is anonymous while it is written (O_TMPFILE), so that a killed process leaves nothing behind;
 * where the file system cannot do that it has a name of the form ".sig-<16 hex digits>.tmp" in the
 * same directory.
 */
#ifndef OS_STAGED_H
#define OS_STAGED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct staged {
    int dir;       /* borrowed: the directory that will hold the file */
    int fd;        /* to write to; FILE_NONE when done */
    char name[32]; /* of the temporary file; "" when it is anonymous */
};

/* The value before staged_open. */
#define STAGED_NONE                                                                                \
    {                                                                                              \
        .dir = -1, .fd = -1                                                                        \
    }

/* Start a file in the directory `dir`, mode 0660 less umask. `dir` must stay open until
 * staged_done. */
int staged_open(struct staged *staged, int dir, struct err *err);

/* The same for a file outside of any store: mode 0666 less umask. */
int staged_open_outside(struct staged *staged, int dir, struct err *err);

/* A file in the directory that the user named (NULL: "/var/tmp") that never gets a name: gone when
 * it is closed, however the process ends. For its user's eyes only. Close with file_close. */
int staged_anonymous(const char *directory, int *ret_fd, struct err *err);

/* Flush the content, give it `name` in its directory and flush the directory: on return 0 it is
 * durable under that name. With `replace` false an existing name is E_CONFLICT and stays what it is
 * (also when it appears at the last moment). With `replace` true readers see the old or the new
 * file, never a mixture. `staged->fd` stays open until staged_done. When only the last step fails,
 * the flush of the directory, the complete file stays under its name. `name` has no '/'. */
int staged_publish(struct staged *staged, const char *name, bool replace, struct err *err);

/* Drop what was not published, close. Accepts STAGED_NONE. */
void staged_done(struct staged *staged);

/* All in one: replace the file `name` in `dir` by these bytes, durably. */
int staged_write_file(int dir, const char *name, const void *bytes, size_t length, struct err *err);
/* The same, and nobody but its owner can change it: mode 0640 less umask. */
int staged_write_own(int dir, const char *name, const void *bytes, size_t length, struct err *err);

#endif
