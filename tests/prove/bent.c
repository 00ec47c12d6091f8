/* bent.c: linked in front of the C library's calls into `sig-bent`, the program with a bug or a
 * file system made for it. BENT is a list of "BEND[=ERRNO][@TEXT]", separated by commas:
 *
 *   follow            openat2 passes symbolic links and leaves its directory
 *   lock              open-file-description locks fail so
 *   link              what gives a name once: linkat, and renameat2 with RENAME_NOREPLACE
 *   rename-directory  any renaming of a directory
 *   flush-file  flush-directory  flush-all
 *   blind             no file system is tried
 *
 * With "=0" the call does nothing and says that it did. With "@TEXT" only below paths that hold
 * TEXT. A bend that cannot be understood ends the process with status 99. */
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/ground.h"

int __wrap_fcntl(int fd, int command, ...);
int __wrap_linkat(int from_dir, const char *from, int to_dir, const char *to, int flags);
int __wrap_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags);
int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __wrap_fsync(int fd);
int __wrap_syncfs(int fd);
long __wrap_syscall(long number, int dir, const char *path, struct open_how *how, size_t size);
int __wrap_ground_check(int dir, struct err *err);

int __real_fcntl(int fd, int command, ...);
int __real_linkat(int from_dir, const char *from, int to_dir, const char *to, int flags);
int __real_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags);
int __real_renameat(int from_dir, const char *from, int to_dir, const char *to);
int __real_fsync(int fd);
int __real_syncfs(int fd);
long __real_syscall(long number, ...);
int __real_ground_check(int dir, struct err *err);

static const struct {
    const char *word;
    int number;
} errors[] = {
    {"0", 0},           {"ENOSYS", ENOSYS}, {"EOPNOTSUPP", EOPNOTSUPP},
    {"EINVAL", EINVAL}, {"EPERM", EPERM},   {"ENOLCK", ENOLCK},
};

static int number_of(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strlen(errors[i].word) == length && strncmp(errors[i].word, word, length) == 0)
            return errors[i].number;
    fprintf(stderr, "sig-bent: no such error: %s\n", word);
    exit(99);
}

static bool is_below(int fd, const char *text, size_t length)
{
    char path[4096], name[32], wanted[256];
    ssize_t got;

    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    snprintf(wanted, sizeof wanted, "%.*s", (int)length, text);
    got = readlink(name, path, sizeof path - 1);
    if (got < 0)
        return false;
    path[got] = '\0';
    return strstr(path, wanted) != NULL;
}

/* Whether `bend` is asked for where `fd` is; errno is set then, 0 for "does nothing". */
static bool bends(const char *bend, int fd)
{
    const char *next = getenv("BENT");

    while (next && *next) {
        const size_t length = strcspn(next, ",");
        const size_t word = strcspn(next, "=@,");
        const char *const value = next + word;
        const size_t at = strcspn(next, "@,");
        const bool here = at >= length || is_below(fd, next + at + 1, length - at - 1);

        if (word == strlen(bend) && strncmp(next, bend, word) == 0 && here) {
            errno = *value == '=' ? number_of(value + 1, at - word - 1) : EIO;
            return true;
        }
        next += length + (next[length] == ',');
    }
    return false;
}

static int answer(void)
{
    return errno == 0 ? 0 : -1;
}

int __wrap_fcntl(int fd, int command, ...)
{
    va_list args;
    void *argument;

    va_start(args, command);
    argument = va_arg(args, void *);
    va_end(args);
    if ((command == F_OFD_SETLK || command == F_OFD_SETLKW) && bends("lock", fd))
        return answer();
    return __real_fcntl(fd, command, argument);
}

int __wrap_linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
    if (bends("link", to_dir))
        return answer();
    return __real_linkat(from_dir, from, to_dir, to, flags);
}

static bool is_directory(int dir, const char *name)
{
    struct stat st;

    return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

int __wrap_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    if (bends("link", to_dir))
        return answer();
    if (is_directory(from_dir, from) && bends("rename-directory", to_dir))
        return answer();
    return __real_renameat2(from_dir, from, to_dir, to, flags);
}

int __wrap_renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    if (is_directory(from_dir, from) && bends("rename-directory", to_dir))
        return answer();
    return __real_renameat(from_dir, from, to_dir, to);
}

int __wrap_fsync(int fd)
{
    struct stat st;
    const bool directory = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);

    if (bends(directory ? "flush-directory" : "flush-file", fd))
        return answer();
    return __real_fsync(fd);
}

int __wrap_syncfs(int fd)
{
    return bends("flush-all", fd) ? answer() : __real_syncfs(fd);
}

/* The program makes one such call only. */
long __wrap_syscall(long number, int dir, const char *path, struct open_how *how, size_t size)
{
    struct open_how bent = *how;

    if (number == SYS_openat2 && bends("follow", dir))
        bent.resolve = 0;
    return __real_syscall(number, dir, path, &bent, size);
}

int __wrap_ground_check(int dir, struct err *err)
{
    return bends("blind", dir) ? 0 : __real_ground_check(dir, err);
}
