#include "os/direct.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "os/file.h"
#include "os/room.h"

enum { PROC_PATH_SIZE = 32 };

void direct_open(struct direct *direct, int fd)
{
    char path[PROC_PATH_SIZE];

    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    direct->fd = fd;
    direct->past = open(path, O_RDONLY | O_DIRECT | O_CLOEXEC);
    if (direct->past < 0)
        direct->past = FILE_NONE;
}

void direct_close(struct direct *direct)
{
    file_close(&direct->past);
}

/* As many bytes as can be read past the cache, in whole blocks. */
static int read_past(int fd, const char *name, void *bytes, size_t length, uint64_t offset,
                     size_t *ret_done, struct err *err)
{
    *ret_done = 0;
    while (fd != FILE_NONE && *ret_done < length) {
        size_t part = length - *ret_done;
        const ssize_t got =
            fault_fires("pread64", &part)
                ? -1
                : pread(fd, (char *)bytes + *ret_done, part, (off_t)(offset + *ret_done));

        if (got < 0 && errno == EINTR)
            continue;
        /* Some file systems take the flag, and then want other places. */
        if (got < 0 && errno != EINVAL)
            return err_os(err, errno, "cannot read '%s'", name);
        if (got <= 0 || got % DIRECT_ALIGN)
            return 0;
        *ret_done += (size_t)got;
    }
    return 0;
}

int direct_read(const struct direct *direct, const char *name, void *bytes, size_t length,
                uint64_t offset, struct err *err)
{
    size_t done;
    int rc =
        read_past(direct->past, name, bytes, length - length % DIRECT_ALIGN, offset, &done, err);

    if (rc < 0 || done == length)
        return rc;
    posix_fadvise(direct->fd, (off_t)(offset + done), (off_t)(length - done), POSIX_FADV_DONTNEED);
    return file_read_exact(direct->fd, name, (char *)bytes + done, length - done, offset + done,
                           err);
}
