#include "os/dir.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "os/file.h"
#include "os/room.h"

/* How often a directory that others fill while it is removed is emptied again before that is an
 * error. */
enum { REMOVE_ROUNDS = 8 };

/* In place of a descriptor, and errno: the directory above could not be flushed. */
enum { NOT_FLUSHED = -2 };

int dir_open_user(const char *path, int *ret_fd, struct err *err)
{
    int fd;

    CALL(fd, "openat", openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd < 0)
        return err_os(err, errno, "cannot open directory '%s'", path);
    *ret_fd = fd;
    return 0;
}

int dir_open(int dir, const char *path, int *ret_fd, struct err *err)
{
    const int fd = walk_open(dir, path, O_RDONLY | O_DIRECTORY, 0);

    if (fd < 0)
        return path_error(err, errno, "open directory", path);
    *ret_fd = fd;
    return 0;
}

int dir_flush(int dir, const char *name, struct err *err)
{
    return file_flush(dir, name, err);
}

char *dir_own_name(const char *path)
{
    char *const real = realpath(path, NULL);
    const char *const whole = real ? real : path;
    size_t end = strlen(whole);
    size_t start;
    char *name;

    while (end > 1 && whole[end - 1] == '/')
        end--;
    for (start = end; start > 0 && whole[start - 1] != '/';)
        start--;
    name = text_printf("%.*s", (int)(end - start), whole + start);
    free(real);
    return name;
}

bool dir_is_same(int left, int right)
{
    struct stat a, b;
    int result;

    CALL(result, "fstat", fstat(left, &a));
    if (result < 0)
        return false;
    CALL(result, "fstat", fstat(right, &b));
    return result == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* A directory on the way to one that the user named need only be passable, not readable: O_PATH. */
static int enter(int dir, const char *name)
{
    int fd;

    CALL(fd, "openat", openat(dir, name, O_PATH | O_DIRECTORY | O_CLOEXEC));
    return fd;
}

static int flush_passed(int dir)
{
    int fd, result;

    CALL(fd, "openat", openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd < 0)
        return -1;
    result = fault_fires("fsync", NULL) ? -1 : fsync(fd);
    file_close(&fd);
    return result;
}

static void unmake(int dir, const char *name)
{
    const int saved = errno;
    int result;

    CALL(result, "unlinkat", unlinkat(dir, name, AT_REMOVEDIR));
    (void)result;
    errno = saved;
}

/* Enter `name`, made and its parent flushed when it is missing. */
static int enter_or_make(int dir, const char *name)
{
    int fd = enter(dir, name);
    int result;

    if (fd >= 0 || errno != ENOENT)
        return fd;
    CALL(result, "mkdirat", mkdirat(dir, name, 0770));
    if (result < 0 && errno != EEXIST)
        return -1;
    if (flush_passed(dir) < 0) {
        if (result == 0)
            unmake(dir, name);
        return NOT_FLUSHED;
    }
    return enter(dir, name);
}

static int say_not_flushed(const char *path, struct err *err)
{
    if (!ground_lacks(errno))
        return err_os(err, errno, "cannot flush the directories of '%s'", path);
    ground_refuse(err, errno, "flush directories");
    return err ? err_wrap(err, "cannot make directory '%s'", path) : E_UNSUPPORTED;
}

int dir_make_user(const char *path, int *ret_fd, struct err *err)
{
    const char *next = path + strspn(path, "/");
    int opened = FILE_NONE;
    int fd;

    if (*path == '\0')
        return err_os(err, ENOENT, "cannot make directory ''");
    fd = enter(AT_FDCWD, *path == '/' ? "/" : ".");
    while (fd >= 0 && *next) {
        const size_t length = strcspn(next, "/");
        char part[NAME_MAX + 1];
        int parent = fd;

        if (length > NAME_MAX) {
            file_close(&fd);
            errno = ENAMETOOLONG;
            break;
        }
        memcpy(part, next, length);
        part[length] = '\0';
        next += length;
        next += strspn(next, "/");
        fd = enter_or_make(parent, part);
        file_close(&parent);
    }
    if (fd == NOT_FLUSHED)
        return say_not_flushed(path, err);
    if (fd >= 0)
        CALL(opened, "openat", openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    file_close(&fd);
    if (opened < 0)
        return err_os(err, errno, "cannot make directory '%s'", path);
    *ret_fd = opened;
    return 0;
}

/* Make `name` in `parent` when it is missing and open it. `path` is for messages. */
static int make_one(int parent, const char *name, const char *path, int *ret_fd, struct err *err)
{
    int result;

    if (strcmp(name, "..") == 0)
        return path_error(err, EXDEV, "make directory", path);
    CALL(result, "mkdirat", mkdirat(parent, name, 0770));
    if (result < 0 && errno != EEXIST)
        return path_error(err, errno, "make directory", path);
    /* Also when it was there: whoever made it may have been killed before the flush. */
    if (fault_fires("fsync", NULL) || fsync(parent) < 0)
        return say_not_flushed(path, err);
    *ret_fd = walk_open(parent, name, O_RDONLY | O_DIRECTORY, 0);
    return *ret_fd < 0 ? path_error(err, errno, "make directory", path) : 0;
}

int dir_make(int dir, const char *path, struct err *err)
{
    const char *next = path;
    int parent = dir;
    int rc = *path == '/' ? path_error(err, EXDEV, "make directory", path) : 0;

    while (*next && rc == 0) {
        const size_t length = strcspn(next, "/");
        char part[NAME_MAX + 1];
        int fd = FILE_NONE;

        if (length > NAME_MAX) {
            rc = path_error(err, ENAMETOOLONG, "make directory", path);
            break;
        }
        memcpy(part, next, length);
        part[length] = '\0';
        next += length;
        next += strspn(next, "/");
        rc = make_one(parent, part, path, &fd, err);
        if (parent != dir)
            file_close(&parent);
        parent = fd;
    }
    if (parent != dir)
        file_close(&parent);
    return rc;
}

static void add_names(const char *bytes, size_t length, struct texts *ret)
{
    for (size_t at = 0; at < length;) {
        const struct dirent64 *entry = (const void *)(bytes + at);

        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            texts_add(ret, entry->d_name);
        at += entry->d_reclen;
    }
}

/* All names of an open directory, in no order; -1 and errno. */
static int read_names(int fd, struct texts *ret)
{
    _Alignas(struct dirent64) char bytes[16384];
    ssize_t got;

    do {
        CALL(got, "getdents64", getdents64(fd, bytes, sizeof bytes));
        if (got > 0)
            add_names(bytes, (size_t)got, ret);
    } while (got > 0);
    return (int)got;
}

int dir_list(int dir, const char *path, struct texts *ret, struct err *err)
{
    struct texts names = {0};
    int fd = walk_open(dir, path, O_RDONLY | O_DIRECTORY, 0);
    int result = fd < 0 ? -1 : read_names(fd, &names);

    file_close(&fd);
    if (result < 0) {
        texts_done(&names);
        return path_error(err, errno, "list", path);
    }
    texts_sort(&names);
    texts_done(ret);
    *ret = names;
    return 0;
}

static int flush_both(const struct place *from, const struct place *to)
{
    if (fault_fires("fsync", NULL) || fsync(to->dir) < 0)
        return -1;
    if (from->dir == to->dir || dir_is_same(from->dir, to->dir))
        return 0;
    return fault_fires("fsync", NULL) ? -1 : fsync(from->dir);
}

static int rename_places(const struct place *from, const struct place *to, bool replace)
{
    int result;

    if (!replace)
        return rename_new(from->dir, from->name, to->dir, to->name);
    CALL(result, "renameat", renameat(from->dir, from->name, to->dir, to->name));
    return result;
}

int dir_rename(int from_dir, const char *from, int to_dir, const char *to, bool replace,
               struct err *err)
{
    struct place source = {.opened = FILE_NONE};
    struct place target = {.opened = FILE_NONE};
    int rc = 0;

    if (place_open(from_dir, from, &source) < 0) {
        rc = path_error(err, errno, "rename", from);
        goto out;
    }
    if (place_open(to_dir, to, &target) < 0) {
        rc = path_error(err, errno, "rename to", to);
        goto out;
    }
    if (rename_places(&source, &target, replace) < 0) {
        /* An EXDEV of the call itself is "another file system". */
        rc = errno == EEXIST ? path_error(err, errno, "rename to", to)
                             : err_os(err, errno, "cannot rename '%s' to '%s'", from, to);
        goto out;
    }
    if (flush_both(&source, &target) < 0)
        rc = err_os(err, errno, "cannot flush the directory of '%s'", to);
out:
    place_close(&target);
    place_close(&source);
    return rc;
}

int dir_link(int from_dir, const char *from, int to_dir, const char *to, struct err *err)
{
    struct place source = {.opened = FILE_NONE};
    struct place target = {.opened = FILE_NONE};
    int result = place_open(from_dir, from, &source);
    int rc = 0;

    if (result == 0)
        result = place_open(to_dir, to, &target);
    if (result == 0)
        CALL(result, "linkat", linkat(source.dir, source.name, target.dir, target.name, 0));
    if (result < 0)
        rc = errno == EEXIST ? path_error(err, errno, "link", to)
                             : err_os(err, errno, "cannot link '%s' to '%s'", from, to);
    else
        rc = dir_flush(target.dir, to, err);
    place_close(&target);
    place_close(&source);
    return rc;
}

static int remove_entry(int dir, const char *name, const char *shown, struct err *err);

/* Empty the directory and remove it. Others may add to it meanwhile: a few rounds. */
static int remove_dir(int dir, const char *name, const char *shown, struct err *err)
{
    int fd = walk_open(dir, name, O_RDONLY | O_DIRECTORY, 0);
    int result = -1;
    int rc = 0;

    if (fd < 0)
        return errno == ENOENT ? 0 : path_error(err, errno, "remove", shown);
    for (int round = 0; round < REMOVE_ROUNDS && result < 0 && rc == 0; round++) {
        struct texts names = {0};

        rc = dir_list(fd, ".", &names, err);
        if (rc < 0)
            err_wrap(err, "cannot remove '%s'", shown);
        for (size_t i = 0; i < names.count && rc == 0; i++) {
            char *inner = text_printf("%s/%s", shown, names.items[i]);

            rc = remove_entry(fd, names.items[i], inner, err);
            free(inner);
        }
        texts_done(&names);
        if (rc == 0)
            CALL(result, "unlinkat", unlinkat(dir, name, AT_REMOVEDIR));
        if (result < 0 && errno != ENOTEMPTY && errno != EEXIST)
            break;
    }
    file_close(&fd);
    if (rc == 0 && result < 0 && errno != ENOENT)
        return path_error(err, errno, "remove", shown);
    return rc;
}

static int remove_entry(int dir, const char *name, const char *shown, struct err *err)
{
    int result;

    CALL(result, "unlinkat", unlinkat(dir, name, 0));
    if (result == 0 || errno == ENOENT)
        return 0;
    /* EPERM is what POSIX wants for a directory. */
    if (errno == EISDIR || errno == EPERM)
        return remove_dir(dir, name, shown, err);
    return path_error(err, errno, "remove", shown);
}

int dir_remove_tree(int dir, const char *path, struct err *err)
{
    struct place place;
    int rc = 0;

    if (place_open(dir, path, &place) == 0)
        rc = remove_entry(place.dir, place.name, path, err);
    else if (errno != ENOENT)
        rc = path_error(err, errno, "remove", path);
    place_close(&place);
    return rc;
}
