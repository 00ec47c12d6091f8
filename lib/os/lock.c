#include "os/lock.h"

#include <fcntl.h>
#include <stdint.h>
#include <sys/types.h>
#include <unistd.h>

#include "os/file.h"
#include "os/room.h"
#include "os/system.h"

/* Between two tries of a bounded wait: short enough that nobody notices, long enough that it costs
 * nothing. */
enum { FIRST_PAUSE_MS = 1, LONGEST_PAUSE_MS = 50 };

static struct flock whole_file(enum lock_kind kind)
{
    return (struct flock){
        .l_type = kind == LOCK_EXCLUSIVE ? F_WRLCK : F_RDLCK,
        .l_whence = SEEK_SET,
    };
}

static int try_lock(int fd, enum lock_kind kind, int command)
{
    struct flock lock = whole_file(kind);
    int result;

    CALL(result, "fcntl", fcntl(fd, command, &lock));
    return result;
}

int lock_try(int fd, enum lock_kind kind)
{
    return try_lock(fd, kind, F_OFD_SETLK);
}

static bool is_held_elsewhere(void)
{
    return errno == EAGAIN || errno == EACCES;
}

/* 0, or -1 and errno: EAGAIN when it is still held at `deadline` (ticks in milliseconds; -1: no
 * deadline). */
static int lock_until(int fd, enum lock_kind kind, int64_t deadline)
{
    int64_t span = FIRST_PAUSE_MS;

    if (deadline < 0)
        return try_lock(fd, kind, F_OFD_SETLKW);
    while (try_lock(fd, kind, F_OFD_SETLK) < 0) {
        const int64_t left = deadline - (int64_t)(system_ticks() / 1000000);

        if (!is_held_elsewhere())
            return -1;
        if (left <= 0) {
            errno = EAGAIN;
            return -1;
        }
        system_sleep((uint64_t)(span < left ? span : left));
        span = span * 2 < LONGEST_PAUSE_MS ? span * 2 : LONGEST_PAUSE_MS;
    }
    return 0;
}

static int say_failed(const char *path, struct err *err)
{
    if (ground_lacks(errno)) {
        ground_refuse(err, errno, "lock files");
        return err ? err_wrap(err, "cannot lock '%s'", path) : E_UNSUPPORTED;
    }
    return err_os(err, errno, "cannot lock '%s'", path);
}

static int say_busy(int fd, const char *path, struct err *err)
{
    const long holder = lock_holder(fd);

    if (holder)
        return err_set(err, E_BUSY, "cannot lock '%s': process %ld holds it", path, holder);
    return err_set(err, E_BUSY, "cannot lock '%s': another process holds it", path);
}

int lock_is_of(int dir, const char *path, int fd, bool *ret, struct err *err)
{
    struct file_info held, named;
    bool exists = false;
    int rc = file_stat(fd, path, &held, err);

    if (rc == 0)
        rc = file_look(dir, path, &exists, &named, err);
    if (rc < 0)
        return rc;
    *ret = exists && held.device == named.device && held.inode == named.inode;
    return 0;
}

/* How it is wanted. */
struct wish {
    enum file_mode mode;
    enum lock_kind kind;
    int wait_ms;
};

static int take_lock(int dir, const char *path, const struct wish *wish, int *ret_fd,
                     struct err *err)
{
    const int64_t deadline =
        wish->wait_ms < 0 ? -1 : (int64_t)(system_ticks() / 1000000) + wish->wait_ms;
    bool valid = false;
    int fd = FILE_NONE;
    int rc = 0;

    while (!valid) {
        file_close(&fd);
        rc = file_open(dir, path, wish->mode, &fd, err);
        if (rc < 0)
            goto out;
        if (lock_until(fd, wish->kind, deadline) < 0) {
            rc = is_held_elsewhere() ? say_busy(fd, path, err) : say_failed(path, err);
            goto out;
        }
        rc = lock_is_of(dir, path, fd, &valid, err);
        if (rc < 0)
            goto out;
    }
    *ret_fd = fd;
    fd = FILE_NONE;
out:
    file_close(&fd);
    return rc;
}

int lock_take(int dir, const char *path, enum lock_kind kind, int wait_ms, int *ret_fd,
              struct err *err)
{
    const struct wish wish = {.mode = FILE_OPEN_OR_CREATE, .kind = kind, .wait_ms = wait_ms};

    return take_lock(dir, path, &wish, ret_fd, err);
}

int lock_take_existing(int dir, const char *path, enum lock_kind kind, int wait_ms, int *ret_fd,
                       struct err *err)
{
    const struct wish wish = {.mode = FILE_UPDATE, .kind = kind, .wait_ms = wait_ms};

    return take_lock(dir, path, &wish, ret_fd, err);
}

bool lock_is_held(int dir, const char *path)
{
    struct flock lock = whole_file(LOCK_EXCLUSIVE);
    struct err ignored = {0};
    int fd = FILE_NONE;
    int result = -1;

    if (file_open(dir, path, FILE_READ, &fd, &ignored) == 0)
        CALL(result, "fcntl", fcntl(fd, F_OFD_GETLK, &lock));
    file_close(&fd);
    return result == 0 && lock.l_type != F_UNLCK;
}
