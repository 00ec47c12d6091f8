/* Preloaded into the program: a system whose flushes lie or fail.
 *
 * PROVE_FLUSH="lie:WHAT": fsync and fdatasync of WHAT ("files", "directories", "all" with syncfs;
 * "syncfs" is that alone) answer 0 and do nothing.
 * PROVE_FLUSH="fail:N": the Nth flush of the process answers EIO, and what it was to flush is lost
 * at once, as after an eviction of pages that are clean by error: a file reads as zeros; with
 * syncfs every file that was written and not flushed since. Flushes that succeed are real.
 * PROVE_FLUSH="count": neither. PROVE_FLUSH="deaf": real flushes, which answer 0 whatever happens.
 *
 * Mistakes to be found: with PROVE_AGAIN set, a flush that fails is asked for once more at once; with
 * PROVE_DEAF it is taken for done.
 *
 * With "fail" and "count" PROVE_FLUSH_LOG names a file that gets a line for each flush and for each
 * name that is given to a file after its flush has failed:
 *   flush N CALL DEVICE:INODE file|directory done|failed|again
 *       again: of what failed before, and it answered 0
 *   named N - DEVICE:INODE file failed
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FILES_MAX = 256 };

struct known {
    dev_t device;
    ino_t inode;
    int fd; /* our own; -1: none is needed */
};

/* One process, one plan. */
static struct {
    pthread_mutex_t mutex;
    unsigned long flushes;
    struct known written[FILES_MAX]; /* and not flushed since */
    size_t written_count;
    struct known failed[FILES_MAX];
    size_t failed_count;
} state = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static const char *plan(void)
{
    const char *text = getenv("PROVE_FLUSH");

    return text ? text : "";
}

static unsigned long failing(void)
{
    return strncmp(plan(), "fail:", 5) == 0 ? strtoul(plan() + 5, NULL, 10) : 0;
}

static bool watches(void)
{
    return failing() > 0 || strcmp(plan(), "count") == 0;
}

/* Whether flushes of that kind do nothing. */
static bool lies(const char *what)
{
    return strcmp(plan(), "lie:all") == 0 ||
           (strncmp(plan(), "lie:", 4) == 0 && strcmp(plan() + 4, what) == 0);
}

static void note(const char *what, const char *call, const struct stat *st, const char *result)
{
    const char *path = getenv("PROVE_FLUSH_LOG");
    char line[160];
    int length, fd;

    if (!path)
        return;
    length = snprintf(line, sizeof line, "%s %lu %s %llx:%llu %s %s\n", what, state.flushes, call,
                      (unsigned long long)st->st_dev, (unsigned long long)st->st_ino,
                      S_ISDIR(st->st_mode) ? "directory" : "file", result);
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    /* Not by our own write, which would wait for us. */
    if (fd < 0 || syscall(SYS_write, fd, line, (size_t)length) != length)
        abort();
    close(fd);
}

static struct known *find(struct known *known, size_t count, const struct stat *st)
{
    for (size_t i = 0; i < count; i++)
        if (known[i].device == st->st_dev && known[i].inode == st->st_ino)
            return &known[i];
    return NULL;
}

static void remember(struct known *known, size_t *count, const struct stat *st, int fd)
{
    if (*count == FILES_MAX)
        abort();
    known[(*count)++] = (struct known){.device = st->st_dev, .inode = st->st_ino, .fd = fd};
}

/* Another file may get the number of one that is gone. */
static void forget(struct known *known, size_t *count, const struct stat *st)
{
    struct known *one = find(known, *count, st);

    if (!one)
        return;
    if (one->fd >= 0)
        close(one->fd);
    *one = known[--*count];
}

static void lose(int fd)
{
    struct stat st;

    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
        return;
    if (ftruncate(fd, 0) < 0 || ftruncate(fd, st.st_size) < 0)
        abort();
}

static void lose_written(void)
{
    for (size_t i = 0; i < state.written_count; i++) {
        lose(state.written[i].fd);
        close(state.written[i].fd);
    }
    state.written_count = 0;
}

static int real_flush(const char *call, int fd)
{
    int (*real)(int);

    *(void **)&real = dlsym(RTLD_NEXT, call);
    return real(fd);
}

static int fail(const char *call, int fd, const struct stat *st)
{
    note("flush", call, st, "failed");
    if (strcmp(call, "syncfs") == 0) {
        lose_written();
    } else {
        lose(fd);
        forget(state.written, &state.written_count, st);
    }
    /* Kept open, so that its number is not given to another. */
    remember(state.failed, &state.failed_count, st, dup(fd));
    errno = EIO;
    return -1;
}

static int watched_flush(const char *call, int fd, const struct stat *st)
{
    int result;

    if (++state.flushes == failing())
        return fail(call, fd, st);
    result = real_flush(call, fd);
    note("flush", call, st,
         result == 0 && find(state.failed, state.failed_count, st) ? "again" : "done");
    if (strcmp(call, "syncfs") == 0) {
        for (; state.written_count > 0; state.written_count--)
            close(state.written[state.written_count - 1].fd);
    } else {
        forget(state.written, &state.written_count, st);
    }
    return result;
}

static int flush(const char *call, int fd)
{
    struct stat st;
    int result;

    if (fstat(fd, &st) < 0)
        return -1;
    if (lies(strcmp(call, "syncfs") == 0 ? call : S_ISDIR(st.st_mode) ? "directories" : "files"))
        return 0;
    if (!watches()) {
        result = real_flush(call, fd);
        return strcmp(plan(), "deaf") == 0 ? 0 : result;
    }
    pthread_mutex_lock(&state.mutex);
    result = watched_flush(call, fd, &st);
    if (result < 0 && getenv("PROVE_AGAIN"))
        result = watched_flush(call, fd, &st);
    if (getenv("PROVE_DEAF"))
        result = 0;
    pthread_mutex_unlock(&state.mutex);
    return result;
}

int fsync(int fd)
{
    return flush("fsync", fd);
}

int fdatasync(int fd)
{
    return flush("fdatasync", fd);
}

int syncfs(int fd)
{
    return flush("syncfs", fd);
}

static void note_write(int fd)
{
    struct stat st;

    if (!failing() || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
        return;
    pthread_mutex_lock(&state.mutex);
    if (!find(state.written, state.written_count, &st))
        remember(state.written, &state.written_count, &st, dup(fd));
    pthread_mutex_unlock(&state.mutex);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    ssize_t (*real)(int, const void *, size_t);

    *(void **)&real = dlsym(RTLD_NEXT, "write");
    note_write(fd);
    return real(fd, bytes, length);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
    ssize_t (*real)(int, const void *, size_t, off_t);

    *(void **)&real = dlsym(RTLD_NEXT, "pwrite");
    note_write(fd);
    return real(fd, bytes, length, offset);
}

/* A file is given a name. */
static void note_name(int from_dir, const char *from, int flags)
{
    struct stat st;

    if (!watches() || fstatat(from_dir, from, &st, flags) != 0)
        return;
    pthread_mutex_lock(&state.mutex);
    if (S_ISREG(st.st_mode) && find(state.failed, state.failed_count, &st))
        note("named", "-", &st, "failed");
    pthread_mutex_unlock(&state.mutex);
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
    int (*real)(int, const char *, int, const char *, int);

    *(void **)&real = dlsym(RTLD_NEXT, "linkat");
    note_name(from_dir, from, flags & AT_SYMLINK_FOLLOW ? 0 : AT_SYMLINK_NOFOLLOW);
    return real(from_dir, from, to_dir, to, flags);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    int (*real)(int, const char *, int, const char *, unsigned);

    *(void **)&real = dlsym(RTLD_NEXT, "renameat2");
    note_name(from_dir, from, AT_SYMLINK_NOFOLLOW);
    return real(from_dir, from, to_dir, to, flags);
}
