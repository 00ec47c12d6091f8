/* What has to be read at any place, and comes from front to back. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "image/kind.h"
#include "intake/layers.h"
#include "os/staged.h"

enum {
    PIECE = 1 << 20,
    UNIT = 1 << 12, /* file systems keep no smaller holes */
};

#define NAME "temporary file"

struct copying {
    struct flow *flow;
    uint64_t limit, size; /* of the file */
    int fd;
};

/* The end of the run of units from `at` on that are all zeros, or all not. */
static size_t end_of_run(const uint8_t *bytes, size_t length, size_t at, bool *ret_zeros)
{
    size_t end = at;

    for (bool first = true; end < length; first = false) {
        const size_t unit = length - end < UNIT ? length - end : UNIT;
        const bool zeros = mem_is_zero(bytes + end, unit);

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

/* The next piece, and what hole lies in front of it. */
static int copy_piece(struct copying *copying, uint8_t *bytes, size_t *ret_got, struct err *err)
{
    struct flow *const flow = copying->flow;
    uint64_t hole = 0;
    int rc = flow_pass_zeros(flow, &hole, err);

    if (rc == 0)
        rc = flow_read(flow, bytes, PIECE, ret_got, err);
    if (rc == 0 && number_capped_sum(hole, *ret_got) > copying->limit - copying->size)
        rc = err_set(err, E_INVALID, "'%s' is larger than the image file of a disk of its size",
                     flow_name(flow));
    if (rc == 0)
        rc = put(copying->fd, NAME, bytes, *ret_got, copying->size + hole, err);
    copying->size += hole + *ret_got;
    return rc;
}

static int copy(struct copying *copying, struct err *err)
{
    uint8_t *bytes = mem_new(PIECE, 1);
    size_t got = PIECE;
    int rc = 0;

    while (rc == 0 && got == PIECE)
        rc = copy_piece(copying, bytes, &got, err);
    if (rc == 0)
        rc = flow_finish(copying->flow, err);
    if (rc == 0)
        rc = file_resize(copying->fd, NAME, copying->size, err);
    free(bytes);
    return rc;
}

/* Bytes that the file may come to. */
static int find_limit(struct flow *flow, uint64_t limit, uint64_t *ret, struct err *err)
{
    const uint8_t *head = NULL;
    size_t got = 0;
    const int rc = flow_peek(flow, FLOW_PEEK_MAX, &head, &got, err);
    const uint64_t declared = rc < 0 ? 0 : source_declared_size(head, got);

    *ret = limits_file_size(declared > 0 ? number_smaller(declared, limit) : limit);
    return rc;
}

/* What is missing is not what the user named. */
static int open_temporary(const char *directory, int *ret_fd, struct err *err)
{
    int rc = staged_anonymous(directory, ret_fd, err);

    if (rc == E_NOT_FOUND)
        rc = err_set(err, E_FAILED, "there is no directory '%s' for temporary files",
                     directory ? directory : "/var/tmp");
    return rc < 0 ? err_hint(err, "set TMPDIR to a directory that may be written to") : 0;
}

int flow_spool(struct flow *flow, const char *directory, uint64_t limit, int *ret_fd,
               struct err *err)
{
    struct copying copying = {.flow = flow, .fd = FILE_NONE};
    int rc = find_limit(flow, limit, &copying.limit, err);

    if (rc == 0)
        rc = open_temporary(directory, &copying.fd, err);
    if (rc == 0)
        rc = copy(&copying, err);
    if (rc == E_NO_SPACE)
        err_hint(err, "set TMPDIR to a directory with more space, or unpack it first");
    if (rc < 0)
        file_close(&copying.fd);
    else
        *ret_fd = copying.fd;
    return rc;
}
