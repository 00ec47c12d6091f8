/* input.h: what a user hands over to be read: a file, a block device, a pipe, standard input. */
#ifndef OS_INPUT_H
#define OS_INPUT_H

#include "os/file.h"

struct input {
    int fd;
    struct file_info info; /* of a block device: with its size */
    bool standard;         /* standard input */
    bool forward;          /* has no places: input_read only; the caller may set it */
    bool in_use;           /* a block device that is mounted, or a part of something else */
};

/* The value before input_open. */
#define INPUT_NONE                                                                                 \
    {                                                                                              \
        .fd = FILE_NONE                                                                            \
    }

/* Open a path as the user named it; "-" is standard input. A FIFO waits until somebody writes to
 * it. Standard input is `forward` unless it is a file or block device at its start; a terminal is
 * E_INVALID. What the thing is otherwise (a directory), is for the caller to look at. */
int input_open(const char *path, struct input *ret, struct err *err);

/* Accepts INPUT_NONE. */
void input_close(struct input *input);

/* The next bytes of what is `forward`, waiting for them; *ret_got is less than `length` only at the
 * end. */
int input_read(const struct input *input, const char *name, void *bytes, size_t length,
               size_t *ret_got, struct err *err);

#endif
