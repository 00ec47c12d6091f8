#include "os/staged.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/room.h"
#include "os/system.h"

/* Less the umask. Whoever may not publish must not open a store's files; what leaves it is as any
 * file. */
enum { MODE_STORE = 0660, MODE_OWN = 0640, MODE_OUTSIDE = 0666, MODE_PRIVATE = 0600 };

/* Names are 64 random bits: a second try is luck, a third a broken generator. */
enum { NAME_TRIES = 3, PROC_PATH_SIZE = 32 };

void staged_make_name(char name[static 32])
{
    uint8_t bytes[8];
    char digits[2 * sizeof bytes + 1];

    system_random(bytes, sizeof bytes);
    text_hex(digits, bytes, sizeof bytes);
    snprintf(name, 32, ".sig-%s.tmp", digits);
}

static void proc_path(int fd, char path[static PROC_PATH_SIZE])
{
    snprintf(path, PROC_PATH_SIZE, "/proc/self/fd/%d", fd);
}

/* -1 and errno; EOPNOTSUPP also when there is no /proc, through which the file gets its name later.
 */
static int open_anonymous(int dir, unsigned mode)
{
    char path[PROC_PATH_SIZE];
    int fd;

    CALL(fd, "openat", openat(dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode));
    if (fd < 0)
        return -1;
    proc_path(fd, path);
    if (faccessat(AT_FDCWD, path, F_OK, 0) < 0) {
        file_close(&fd);
        errno = EOPNOTSUPP;
    }
    return fd;
}

static int open_named(int dir, unsigned mode, char name[static 32])
{
    int fd = FILE_NONE;

    for (int i = 0; i < NAME_TRIES; i++) {
        staged_make_name(name);
        CALL(fd, "openat",
             openat(dir, name, O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW | O_CLOEXEC, mode));
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    if (fd < 0)
        name[0] = '\0';
    return fd;
}

static int open_temporary(struct staged *staged, int dir, unsigned mode, struct err *err)
{
    staged->dir = dir;
    staged->fd = open_named(dir, mode, staged->name);
    if (staged->fd < 0)
        return err_os(err, errno, "cannot create a temporary file");
    return 0;
}

static int open_any(struct staged *staged, int dir, unsigned mode, struct err *err)
{
    *staged = (struct staged){.dir = dir, .fd = open_anonymous(dir, mode)};
    if (staged->fd >= 0)
        return 0;
    /* EISDIR comes from kernels that do not know the flag. */
    if (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)
        return open_temporary(staged, dir, mode, err);
    return err_os(err, errno, "cannot create a temporary file");
}

int staged_open_named(struct staged *staged, int dir, struct err *err)
{
    return open_temporary(staged, dir, MODE_STORE, err);
}

int staged_open(struct staged *staged, int dir, struct err *err)
{
    return open_any(staged, dir, MODE_STORE, err);
}

int staged_open_outside(struct staged *staged, int dir, struct err *err)
{
    return open_any(staged, dir, MODE_OUTSIDE, err);
}

int staged_anonymous(const char *directory, int *ret_fd, struct err *err)
{
    struct staged staged = STAGED_NONE;
    int dir = FILE_NONE;
    int rc = dir_open_user(directory ? directory : "/var/tmp", &dir, err);

    if (rc < 0)
        return rc;
    rc = open_any(&staged, dir, MODE_PRIVATE, err);
    if (rc == 0 && staged.name[0])
        rc = file_remove(dir, staged.name, err);
    if (rc < 0)
        staged_done(&staged);
    else
        *ret_fd = staged.fd;
    file_close(&dir);
    return rc;
}

/* Link the anonymous file to `name`: -1 and errno, EEXIST when the name is taken. */
static int link_to(const struct staged *staged, const char *name)
{
    char path[PROC_PATH_SIZE];
    int result;

    proc_path(staged->fd, path);
    CALL(result, "linkat", linkat(AT_FDCWD, path, staged->dir, name, AT_SYMLINK_FOLLOW));
    return result;
}

/* A rename replaces, a link does not: an anonymous file that is to replace gets a temporary name
 * first. */
static int give_temporary_name(struct staged *staged)
{
    char name[sizeof staged->name];
    int result = -1;

    for (int i = 0; i < NAME_TRIES && result < 0; i++) {
        staged_make_name(name);
        result = link_to(staged, name);
        if (result < 0 && errno != EEXIST)
            return -1;
    }
    if (result == 0)
        memcpy(staged->name, name, sizeof name);
    return result;
}

int staged_give_name(struct staged *staged, const char *name, bool replace)
{
    int result;

    if (!replace && !staged->name[0])
        return link_to(staged, name);
    if (!staged->name[0] && give_temporary_name(staged) < 0)
        return -1;
    if (replace)
        CALL(result, "renameat", renameat(staged->dir, staged->name, staged->dir, name));
    else
        result = rename_new(staged->dir, staged->name, staged->dir, name);
    if (result == 0)
        staged->name[0] = '\0';
    return result;
}

int staged_publish(struct staged *staged, const char *name, bool replace, struct err *err)
{
    int rc;

    if (strchr(name, '/') || !*name)
        return path_error(err, EINVAL, "create", name);
    rc = file_flush(staged->fd, name, err);
    if (rc < 0)
        return rc;
    if (staged_give_name(staged, name, replace) < 0)
        return path_error(err, errno, replace ? "replace" : "create", name);
    return dir_flush(staged->dir, name, err);
}

void staged_done(struct staged *staged)
{
    int result;

    if (staged->name[0])
        CALL(result, "unlinkat", unlinkat(staged->dir, staged->name, 0));
    staged->name[0] = '\0';
    file_close(&staged->fd);
}

struct bytes {
    const void *at;
    size_t length;
};

/* Into a file that was started, when `rc` says that it was. */
static int write_and_publish(struct staged *staged, int rc, const char *name,
                             const struct bytes *bytes, struct err *err)
{
    if (rc == 0)
        rc = file_write(staged->fd, name, bytes->at, bytes->length, err);
    if (rc == 0)
        rc = staged_publish(staged, name, true, err);
    staged_done(staged);
    return rc < 0 ? err_wrap(err, "cannot save '%s'", name) : 0;
}

int staged_write_file(int dir, const char *name, const void *bytes, size_t length, struct err *err)
{
    const struct bytes content = {bytes, length};
    struct staged staged = STAGED_NONE;

    return write_and_publish(&staged, open_any(&staged, dir, MODE_STORE, err), name, &content, err);
}

int staged_write_own(int dir, const char *name, const void *bytes, size_t length, struct err *err)
{
    const struct bytes content = {bytes, length};
    struct staged staged = STAGED_NONE;

    return write_and_publish(&staged, open_any(&staged, dir, MODE_OWN, err), name, &content, err);
}
