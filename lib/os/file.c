#include "os/file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/room.h"

/* A single transfer of at most `length` bytes, as pread(2). */
static ssize_t read_some(int fd, void *bytes, size_t length, uint64_t offset)
{
    ssize_t got;

    do {
        size_t part = length;

        got = fault_fires("pread64", &part) ? -1 : pread(fd, bytes, part, (off_t)offset);
    } while (got < 0 && errno == EINTR);
    return got;
}

int file_read_at(int fd, const char *name, void *bytes, size_t length, uint64_t offset,
                 size_t *ret_got, struct err *err)
{
    size_t done = 0;

    while (done < length) {
        const ssize_t got = read_some(fd, (char *)bytes + done, length - done, offset + done);

        if (got < 0)
            return err_os(err, errno, "cannot read '%s'", name);
        if (got == 0)
            break;
        done += (size_t)got;
    }
    *ret_got = done;
    return 0;
}

int file_read_exact(int fd, const char *name, void *bytes, size_t length, uint64_t offset,
                    struct err *err)
{
    size_t got = 0;
    const int rc = file_read_at(fd, name, bytes, length, offset, &got, err);

    if (rc < 0)
        return rc;
    if (got < length)
        return err_set(err, E_CORRUPT, "'%s' is cut short", name);
    return 0;
}

/* Standard output may have been made non-blocking by whoever started us. */
static bool wait_until_writable(int fd)
{
    struct pollfd poller = {.fd = fd, .events = POLLOUT};

    if (errno != EAGAIN)
        return false;
    return poll(&poller, 1, -1) >= 0 || errno == EINTR;
}

int file_write(int fd, const char *name, const void *bytes, size_t length, struct err *err)
{
    const char *next = bytes;

    while (length) {
        size_t part = length;
        const ssize_t put = fault_fires("write", &part) ? -1 : write(fd, next, part);

        if (put < 0 && (errno == EINTR || wait_until_writable(fd)))
            continue;
        if (put < 0)
            return err_os(err, errno, "cannot write '%s'", name);
        fault_after();
        next += put;
        length -= (size_t)put;
    }
    return 0;
}

int file_write_at(int fd, const char *name, const void *bytes, size_t length, uint64_t offset,
                  struct err *err)
{
    const char *next = bytes;

    while (length) {
        size_t part = length;
        const ssize_t put =
            fault_fires("pwrite64", &part) ? -1 : pwrite(fd, next, part, (off_t)offset);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return err_os(err, errno, "cannot write '%s'", name);
        fault_after();
        next += put;
        offset += (uint64_t)put;
        length -= (size_t)put;
    }
    return 0;
}

int file_resize(int fd, const char *name, uint64_t size, struct err *err)
{
    int result;

    if (size > INT64_MAX)
        return err_os(err, EFBIG, "cannot resize '%s'", name);
    CALL(result, "ftruncate", ftruncate(fd, (off_t)size));
    if (result < 0)
        return err_os(err, errno, "cannot resize '%s'", name);
    return 0;
}

int file_flush(int fd, const char *name, struct err *err)
{
    /* No second try, not even after EINTR: the kernel may have forgotten by then what it could not
     * write. */
    if (fault_fires("fsync", NULL) || fsync(fd) < 0)
        return err_os(err, errno, "cannot flush '%s'", name);
    return 0;
}

void file_flush_soon(int fd, uint64_t offset, uint64_t length)
{
    sync_file_range(fd, (off64_t)offset, (off64_t)length, SYNC_FILE_RANGE_WRITE);
}

int file_flush_all(int fd, const char *name, struct err *err)
{
    if (fault_fires("syncfs", NULL) || syncfs(fd) < 0)
        return err_os(err, errno, "cannot flush the file system of '%s'", name);
    return 0;
}

int file_next_data(int fd, const char *name, uint64_t offset, uint64_t size, uint64_t *ret_start,
                   uint64_t *ret_end, struct err *err)
{
    off_t start, end;

    *ret_start = *ret_end = size;
    if (offset >= size)
        return 0;
    CALL(start, "lseek", lseek(fd, (off_t)offset, SEEK_DATA));
    if (start < 0 && errno == ENXIO)
        return 0;
    if (start < 0 && (errno == EINVAL || errno == EOPNOTSUPP)) {
        *ret_start = offset;
        return 0;
    }
    if (start < 0)
        return err_os(err, errno, "cannot look for data in '%s'", name);
    if ((uint64_t)start >= size)
        return 0;
    CALL(end, "lseek", lseek(fd, start, SEEK_HOLE));
    /* It was cut in between: whoever reads the range will see that. */
    if (end < 0 && errno == ENXIO)
        end = (off_t)size;
    if (end < 0)
        return err_os(err, errno, "cannot look for holes in '%s'", name);
    *ret_start = (uint64_t)start;
    if ((uint64_t)end < size)
        *ret_end = (uint64_t)end;
    return 0;
}

void file_will_scan(int fd)
{
    posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
}

void file_drop_cache(int fd, uint64_t offset, uint64_t length)
{
    posix_fadvise(fd, (off_t)offset, (off_t)length, POSIX_FADV_DONTNEED);
}

int file_fit_group(int fd, int directory, const char *name, struct err *err)
{
    struct stat like, st;
    mode_t mode;
    int result;

    CALL(result, "fstat", fstat(directory, &like));
    if (result == 0)
        CALL(result, "fstat", fstat(fd, &st));
    if (result < 0)
        return err_os(err, errno, "cannot look at '%s'", name);
    mode = (st.st_mode & (mode_t)~S_IRWXG & ALLPERMS) |
           (like.st_mode & (S_ISDIR(st.st_mode) ? S_IRWXG : S_IRGRP | S_IWGRP));
    if (st.st_uid != geteuid() || mode == (st.st_mode & ALLPERMS))
        return 0;
    CALL(result, "fchmod", fchmod(fd, mode));
    return result < 0 ? err_os(err, errno, "cannot give '%s' to the group", name) : 0;
}

int file_set_time(int fd, const char *name, int64_t seconds, struct err *err)
{
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = seconds}};
    int result;

    CALL(result, "utimensat", futimens(fd, times));
    if (result < 0)
        return err_os(err, errno, "cannot set the time of '%s'", name);
    return 0;
}
