#include "os/output.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"
#include "os/file.h"
#include "os/room.h"

static int flush_parent(int fd)
{
    int parent, result;

    CALL(parent, "openat", openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (parent < 0)
        return -1;
    result = fault_fires("fsync", NULL) ? -1 : fsync(parent);
    file_close(&parent);
    return result;
}

int output_directory(const char *path, int *ret_fd, struct err *err)
{
    int fd, made;

    CALL(made, "mkdirat", mkdirat(AT_FDCWD, path, 0777));
    if (made < 0 && errno != EEXIST)
        return err_os(err, errno, "cannot make directory '%s'", path);
    CALL(fd, "openat", openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd >= 0 && (made < 0 || flush_parent(fd) == 0)) {
        *ret_fd = fd;
        return 0;
    }
    file_close(&fd);
    return err_os(err, errno, "cannot open directory '%s'", path);
}

bool output_is_device(const char *path)
{
    struct stat st;
    int result;

    CALL(result, "newfstatat", stat(path, &st));
    return result == 0 && S_ISBLK(st.st_mode);
}

static int measure(int fd, const char *path, uint64_t *ret_size, struct err *err)
{
    struct file_info info;
    off_t end;
    int rc = file_stat(fd, path, &info, err);

    if (rc < 0)
        return rc;
    if (info.kind != FILE_BLOCK_DEVICE)
        return err_set(err, E_INVALID, "'%s' is no block device", path);
    CALL(end, "lseek", lseek(fd, 0, SEEK_END));
    if (end < 0)
        return err_os(err, errno, "cannot tell the size of '%s'", path);
    *ret_size = (uint64_t)end;
    return 0;
}

bool output_is_terminal(void)
{
    return isatty(STDOUT_FILENO) == 1;
}

int output_open_device(const char *path, int *ret_fd, uint64_t *ret_size, struct err *err)
{
    int fd, rc;

    /* O_EXCL without O_CREAT: a device that the system uses is busy. */
    CALL(fd, "openat", openat(AT_FDCWD, path, O_RDWR | O_EXCL | O_NOCTTY | O_CLOEXEC));
    if (fd < 0 && errno == EBUSY) {
        err_set(err, E_BUSY, "cannot open '%s': it is mounted or part of something else", path);
        return err_hint(err, "'lsblk %s' says of what", path);
    }
    if (fd < 0)
        return err_os(err, errno, "cannot open '%s'", path);
    rc = measure(fd, path, ret_size, err);
    if (rc < 0)
        file_close(&fd);
    else
        *ret_fd = fd;
    return rc;
}

bool output_clone(int fd, int from)
{
    int result;

    CALL(result, "ioctl", ioctl(fd, FICLONE, from));
    return result == 0;
}

void output_open_direct(int fd, int *ret_fd)
{
    char path[32];

    /* Callers keep both ways apart by OUTPUT_ALIGN: where pages are larger, the kernel could write
     * an old page over what went past it. */
    *ret_fd = FILE_NONE;
    if (sysconf(_SC_PAGESIZE) != OUTPUT_ALIGN)
        return;
    /* Through /proc, since the file may have no name yet. */
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    CALL(*ret_fd, "openat", openat(AT_FDCWD, path, O_WRONLY | O_DIRECT | O_CLOEXEC));
    if (*ret_fd < 0)
        *ret_fd = FILE_NONE;
}

int output_write_direct(int fd, const char *name, const void *bytes, size_t length, uint64_t offset,
                        bool *ret_done, struct err *err)
{
    struct err cause = {0};
    int rc;

    rc = file_write_at(fd, name, bytes, length, offset, &cause);
    *ret_done = rc == 0;
    if (rc < 0 && cause.os == EINVAL)
        return 0;
    if (rc < 0 && err)
        *err = cause;
    return rc;
}

int output_allocate(int fd, const char *name, uint64_t offset, uint64_t length, struct err *err)
{
    int result;

    CALL(result, "fallocate", fallocate(fd, FALLOC_FL_KEEP_SIZE, (off_t)offset, (off_t)length));
    if (result == 0 || (errno != ENOSPC && errno != EDQUOT && errno != EFBIG && errno != EIO))
        return 0;
    return err_os(err, errno, "cannot write '%s'", name);
}

static int write_zeros(int fd, const char *name, uint64_t offset, uint64_t length, struct err *err)
{
    static const char zeros[1 << 16];
    int rc = 0;

    while (rc == 0 && length > 0) {
        const size_t part = (size_t)number_smaller(length, sizeof zeros);

        rc = file_write_at(fd, name, zeros, part, offset, err);
        offset += part;
        length -= part;
    }
    return rc;
}

/* Whole pages: devices take no less. */
static bool zero_pages(int fd, uint64_t offset, uint64_t length)
{
    /* Given back to the disk if it says that it then reads as zeros, else zeroed by the disk. */
    static const int modes[] = {FALLOC_FL_PUNCH_HOLE, FALLOC_FL_ZERO_RANGE};
    int result = -1;

    for (size_t i = 0; result < 0 && i < sizeof modes / sizeof *modes; i++)
        CALL(result, "fallocate",
             fallocate(fd, modes[i] | FALLOC_FL_KEEP_SIZE, (off_t)offset, (off_t)length));
    return result == 0;
}

int output_zero(int fd, const char *name, uint64_t offset, uint64_t length, struct err *err)
{
    const uint64_t first = number_divide_up(offset, OUTPUT_ALIGN) * OUTPUT_ALIGN;
    const uint64_t last = (offset + length) / OUTPUT_ALIGN * OUTPUT_ALIGN;
    int rc;

    if (first >= last || !zero_pages(fd, first, last - first))
        return write_zeros(fd, name, offset, length, err);
    rc = write_zeros(fd, name, offset, first - offset, err);
    if (rc == 0)
        rc = write_zeros(fd, name, last, offset + length - last, err);
    return rc;
}
