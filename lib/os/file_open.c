/* Opening, looking at and removing by name. Descriptors at work: file.c. */
#include "os/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "os/room.h"

int file_open(int dir, const char *path, enum file_mode mode, int *ret_fd, struct err *err)
{
    static const int flags[] = {
        [FILE_READ] = O_RDONLY,
        [FILE_UPDATE] = O_RDWR,
        [FILE_CREATE] = O_RDWR | O_CREAT | O_EXCL,
        [FILE_OPEN_OR_CREATE] = O_RDWR | O_CREAT,
    };
    const int fd =
        walk_open(dir, path, flags[mode] | O_NONBLOCK | O_NOCTTY, flags[mode] & O_CREAT ? 0660 : 0);

    if (fd < 0)
        return path_error(err, errno, mode == FILE_CREATE ? "create" : "open", path);
    *ret_fd = fd;
    return 0;
}

int file_open_user(const char *path, int *ret_fd, struct err *err)
{
    int fd;

    CALL(fd, "openat", openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (fd < 0)
        return err_os(err, errno, "cannot open '%s'", path);
    *ret_fd = fd;
    return 0;
}

int file_locate_user(const char *path, char **ret_absolute, struct file_info *ret, struct err *err)
{
    char *absolute = NULL;
    int fd = FILE_NONE;
    int rc = file_open_user(path, &fd, err);

    if (rc == 0)
        rc = file_stat(fd, path, ret, err);
    file_close(&fd);
    if (rc < 0)
        return rc;
    /* A pipe has no path, and needs none: its kind says enough. */
    absolute = ret->kind == FILE_FIFO ? text_copy(path) : realpath(path, NULL);
    if (!absolute)
        return err_os(err, errno, "cannot find '%s'", path);
    *ret_absolute = absolute;
    return 0;
}

int file_standard(int number, int *ret_fd, struct err *err)
{
    static const char *const names[] = {"input", "output", "error output"};
    const int fd = fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

    if (fd < 0)
        return err_os(err, errno, "cannot use the standard %s",
                      number >= 0 && number <= STDERR_FILENO ? names[number] : "descriptor");
    *ret_fd = fd;
    return 0;
}

void file_close(int *fd)
{
    const int saved = errno;

    if (*fd >= 0)
        close(*fd);
    *fd = FILE_NONE;
    errno = saved;
}

static enum file_kind kind_of(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return FILE_REGULAR;
    case S_IFDIR:
        return FILE_DIRECTORY;
    case S_IFLNK:
        return FILE_LINK;
    case S_IFIFO:
        return FILE_FIFO;
    case S_IFBLK:
        return FILE_BLOCK_DEVICE;
    default:
        return FILE_OTHER;
    }
}

static struct file_info info_of(const struct stat *st)
{
    return (struct file_info){
        .kind = kind_of(st->st_mode),
        .size = (uint64_t)st->st_size,
        .allocated = (uint64_t)st->st_blocks * 512, /* stat(2): whatever st_blksize says */
        .device = st->st_dev,
        .inode = st->st_ino,
        .links = st->st_nlink,
        .changed_seconds = st->st_mtim.tv_sec,
        .changed_nanoseconds = st->st_mtim.tv_nsec,
        .touched_seconds = st->st_ctim.tv_sec,
        .touched_nanoseconds = st->st_ctim.tv_nsec,
        .owner = st->st_uid,
        .group = st->st_gid,
        .mode = st->st_mode & 07777,
        .own = st->st_uid == geteuid() && !(st->st_mode & (S_IWGRP | S_IWOTH)),
    };
}

int file_stat(int fd, const char *name, struct file_info *ret, struct err *err)
{
    struct stat st;
    int result;

    CALL(result, "fstat", fstat(fd, &st));
    if (result < 0)
        return err_os(err, errno, "cannot look at '%s'", name);
    *ret = info_of(&st);
    return 0;
}

int file_look(int dir, const char *path, bool *ret_exists, struct file_info *ret, struct err *err)
{
    struct place place;
    struct stat st;
    int result = place_open(dir, path, &place);

    if (result == 0)
        CALL(result, "newfstatat", fstatat(place.dir, place.name, &st, AT_SYMLINK_NOFOLLOW));
    place_close(&place);
    if (result < 0 && errno != ENOENT)
        return path_error(err, errno, "look at", path);
    *ret_exists = result == 0;
    if (result == 0)
        *ret = info_of(&st);
    return 0;
}

int file_remove(int dir, const char *path, struct err *err)
{
    struct place place;
    int result = place_open(dir, path, &place);

    if (result == 0)
        CALL(result, "unlinkat", unlinkat(place.dir, place.name, 0));
    place_close(&place);
    if (result < 0 && errno != ENOENT)
        return path_error(err, errno, "remove", path);
    return 0;
}

int file_read_open(int fd, const char *path, size_t limit, struct buf *ret, struct err *err)
{
    struct file_info info;
    size_t got;
    int rc = file_stat(fd, path, &info, err);

    if (rc < 0)
        return rc;
    if (info.kind != FILE_REGULAR)
        return err_set(err, E_CORRUPT, "'%s' is not a regular file", path);
    if (info.size > limit)
        return err_set(err, E_CORRUPT, "'%s' is longer than %zu bytes", path, limit);
    buf_reserve(ret, (size_t)info.size);
    rc = file_read_at(fd, path, ret->bytes + ret->length, (size_t)info.size, 0, &got, err);
    if (rc == 0)
        ret->length += got;
    ret->bytes[ret->length] = '\0';
    return rc;
}

int file_read_all(int dir, const char *path, size_t limit, struct buf *ret, struct err *err)
{
    int fd = FILE_NONE;
    int rc = file_open(dir, path, FILE_READ, &fd, err);

    if (rc < 0)
        return rc;
    rc = file_read_open(fd, path, limit, ret, err);
    file_close(&fd);
    return rc;
}
