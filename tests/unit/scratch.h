/* scratch.h: a directory of its own for a test, gone at the end. */
#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/unit.h"

struct scratch {
    char path[256];
    int fd;
};

static inline struct scratch scratch_new(void)
{
    const char *where = getenv("TMPDIR");
    struct scratch scratch;

    snprintf(scratch.path, sizeof scratch.path, "%s/unit-XXXXXX", where && *where ? where : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(scratch.path));
    scratch.fd = open(scratch.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ck_assert_int_ge(scratch.fd, 0);
    return scratch;
}

static inline int scratch_remove_one(const char *path, const struct stat *st, int type,
                                     struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static inline void scratch_done(struct scratch *scratch)
{
    close(scratch->fd);
    nftw(scratch->path, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
