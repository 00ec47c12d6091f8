/* What has to be read at any place, and comes from front to back. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/layers.h"
#include "os/staged.h"

enum {
    PIECE = 1 << 20,
    UNIT = 1 << 12, /* file systems keep no smaller holes */
};

static bool is_zeros(const uint8_t *bytes, size_t length)
{
    return length == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, length - 1) == 0);
}

/* The end of the run of units from `at` on that are all zeros, or all not. */
static size_t end_of_run(const uint8_t *bytes, size_t length, size_t at, bool *ret_zeros)
{
    size_t end = at;

    for (bool first = true; end < length; first = false) {
        const size_t unit = length - end < UNIT ? length - end : UNIT;
        const bool zeros = is_zeros(bytes + end, unit);

        if (first)
            *ret_zeros = zeros;
        else if (zeros != *ret_zeros)
            break;
        end += unit;
    }
    return end;
}

static int put(int fd, const char *name, const uint8_t *bytes, size_t length, uint64_t offset,
               struct err *err)
{
    int rc = 0;

    for (size_t at = 0; rc == 0 && at < length;) {
        bool zeros = false;
        const size_t end = end_of_run(bytes, length, at, &zeros);

        if (!zeros)
            rc = file_write_at(fd, name, bytes + at, end - at, offset + at, err);
        at = end;
    }
    return rc;
}

static int copy(struct flow *flow, uint64_t limit, int fd, const char *name, struct err *err)
{
    uint8_t *bytes = mem_new(PIECE, 1);
    uint64_t size = 0;
    size_t got = PIECE;
    int rc = 0;

    while (rc == 0 && got == PIECE) {
        rc = flow_read(flow, bytes, PIECE, &got, err);
        if (rc == 0 && got > limit - size)
            rc = err_set(err, E_INVALID, "'%s' is larger than any image file of a disk",
                         flow_name(flow));
        if (rc == 0)
            rc = put(fd, name, bytes, got, size, err);
        size += got;
    }
    if (rc == 0)
        rc = flow_finish(flow, err);
    if (rc == 0)
        rc = file_resize(fd, name, size, err);
    free(bytes);
    return rc;
}

int flow_spool(struct flow *flow, const char *directory, uint64_t limit, int *ret_fd,
               struct err *err)
{
    int fd = FILE_NONE;
    int rc = staged_anonymous(directory, &fd, err);

    if (rc == 0)
        rc = copy(flow, limit, fd, "temporary file", err);
    if (rc == E_NO_SPACE)
        err_hint(err, "set TMPDIR to a directory with more space, or unpack it first");
    if (rc < 0)
        file_close(&fd);
    else
        *ret_fd = fd;
    return rc;
}
