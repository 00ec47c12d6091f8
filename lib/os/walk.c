/* Paths below a directory descriptor. */
#include "os/room.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/file.h"

/* The kernel would let "a/../b" pass, since it stays below; nothing here has a use for it. */
static bool climbs(const char *path)
{
    for (;;) {
        const char *const end = strchrnul(path, '/');

        if (end - path == 2 && path[0] == '.' && path[1] == '.')
            return true;
        if (*end == '\0')
            return false;
        path = end + 1;
    }
}

static int check_path(const char *path)
{
    if (*path == '\0')
        errno = EINVAL;
    else if (*path == '/' || climbs(path))
        errno = EXDEV;
    else
        return 0;
    return -1;
}

int walk_open(int dir, const char *path, int flags, mode_t mode)
{
    const struct open_how how = {
        .flags = (uint64_t)(unsigned)flags | O_CLOEXEC,
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
    };
    int fd;

    if (check_path(path) < 0)
        return -1;
    CALL(fd, "openat2", (int)syscall(SYS_openat2, dir, path, &how, sizeof how));
    /* Sandboxes that do not know the call answer EPERM. If it is a true one, it comes again. */
    if (fd < 0 && (errno == ENOSYS || errno == EPERM))
        return walk_open_by_parts(dir, path, flags, mode);
    return fd;
}

/* O_DIRECTORY turns the ELOOP of O_NOFOLLOW into ENOTDIR. */
static void name_the_link(int dir, const char *name)
{
    struct stat st;
    int result;

    if (errno != ENOTDIR)
        return;
    CALL(result, "newfstatat", fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW));
    errno = result == 0 && S_ISLNK(st.st_mode) ? ELOOP : ENOTDIR;
}

static int open_part(int dir, const char *name, int flags, mode_t mode)
{
    int fd;

    CALL(fd, "openat", openat(dir, name, flags | O_NOFOLLOW | O_CLOEXEC, mode));
    if (fd < 0)
        name_the_link(dir, name);
    return fd;
}

int walk_open_by_parts(int dir, const char *path, int flags, mode_t mode)
{
    int current = dir;
    int fd = FILE_NONE;
    int saved;

    if (check_path(path) < 0)
        return -1;
    while (*path) {
        const size_t length = strcspn(path, "/");
        const char *next = path + length + strspn(path + length, "/");
        char part[NAME_MAX + 1];

        if (length > NAME_MAX) {
            errno = ENAMETOOLONG;
            fd = FILE_NONE;
            break;
        }
        memcpy(part, path, length);
        part[length] = '\0';
        if (*next)
            fd = open_part(current, part, O_PATH | O_DIRECTORY, 0);
        else
            /* A slash at the end asks for a directory. */
            fd = open_part(current, part, flags | (path[length] ? O_DIRECTORY : 0), mode);
        if (fd < 0 || !*next)
            break;
        if (current != dir)
            close(current);
        current = fd;
        path = next;
    }
    saved = errno;
    if (current != dir)
        close(current);
    errno = saved;
    return fd;
}

int place_open(int dir, const char *path, struct place *ret)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    char parent[PATH_MAX];

    *ret = (struct place){.dir = dir, .opened = FILE_NONE, .name = name};
    if (check_path(path) < 0)
        return -1;
    if (*name == '\0' || strcmp(name, ".") == 0) {
        errno = EINVAL;
        return -1;
    }
    if (!slash)
        return 0;
    if ((size_t)(slash - path) >= sizeof parent) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(parent, path, (size_t)(slash - path));
    parent[slash - path] = '\0';
    ret->opened = walk_open(dir, parent, O_RDONLY | O_DIRECTORY, 0);
    ret->dir = ret->opened;
    return ret->opened < 0 ? -1 : 0;
}

void place_close(struct place *place)
{
    file_close(&place->opened);
}

int path_error(struct err *err, int errnum, const char *action, const char *path)
{
    int rc;

    switch (errnum) {
    case ELOOP:
        rc = err_set(err, E_DENIED, "cannot %s '%s': a symbolic link is not followed here", action,
                     path);
        break;
    case EXDEV:
        rc = err_set(err, E_DENIED, "cannot %s '%s': the path leads out of its directory", action,
                     path);
        break;
    case EEXIST:
        rc = err_set(err, E_CONFLICT, "cannot %s '%s': it exists already", action, path);
        break;
    default:
        return err_os(err, errnum, "cannot %s '%s'", action, path);
    }
    if (err)
        err->os = errnum;
    return rc;
}

int rename_new(int from_dir, const char *from, int to_dir, const char *to)
{
    int result;

    CALL(result, "renameat2", renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE));
    /* EINVAL is also "into itself"; the other way says so again. */
    if (result < 0 && (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP))
        return rename_new_by_link(from_dir, from, to_dir, to);
    return result;
}

int rename_new_by_link(int from_dir, const char *from, int to_dir, const char *to)
{
    struct stat st;
    int result;

    CALL(result, "newfstatat", fstatat(from_dir, from, &st, AT_SYMLINK_NOFOLLOW));
    if (result < 0)
        return -1;
    if (S_ISDIR(st.st_mode)) {
        CALL(result, "renameat", renameat(from_dir, from, to_dir, to));
        if (result < 0 && (errno == ENOTEMPTY || errno == ENOTDIR))
            errno = EEXIST;
        return result;
    }
    CALL(result, "linkat", linkat(from_dir, from, to_dir, to, 0));
    if (result < 0)
        return -1;
    CALL(result, "unlinkat", unlinkat(from_dir, from, 0));
    return result;
}
