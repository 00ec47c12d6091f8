/* ground: file systems that lack something are told by name, and nothing stays in them. The calls
 * that lack it stand in front of the C library's. */
#include "os/ground.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/dir.h"
#include "os/room.h"
#include "tests/unit/scratch.h"

enum lack {
    LACK_NOTHING,
    LACK_FLUSH_FILE,
    LACK_FLUSH_DIRECTORY,
    LACK_FLUSH_ALL,
    LACK_LINK,
    LACK_RENAME_DIRECTORY,
    LACK_LOCK
};

/* What the calls below do: fail so, or, with 0, claim to have done it. */
static enum lack lack;
static int lack_errno;

static bool lacks(enum lack what)
{
    if (lack != what)
        return false;
    errno = lack_errno;
    return true;
}

static int answer(void)
{
    return errno == 0 ? 0 : -1;
}

int fsync(int fd)
{
    struct stat st;

    if (lacks(fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) ? LACK_FLUSH_DIRECTORY : LACK_FLUSH_FILE))
        return answer();
    return (int)syscall(SYS_fsync, fd);
}

int syncfs(int fd)
{
    return lacks(LACK_FLUSH_ALL) ? answer() : (int)syscall(SYS_syncfs, fd);
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
    if (lacks(LACK_LINK))
        return answer();
    return (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    if (lacks(LACK_LINK) || lacks(LACK_RENAME_DIRECTORY))
        return answer();
    return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    if (lacks(LACK_RENAME_DIRECTORY))
        return answer();
    return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, 0);
}

int fcntl(int fd, int command, ...)
{
    va_list args;
    void *argument;

    if (command == F_OFD_SETLK && lacks(LACK_LOCK))
        return answer();
    va_start(args, command);
    argument = va_arg(args, void *);
    va_end(args);
    return (int)syscall(SYS_fcntl, fd, command, argument);
}

static void check_bare(int dir)
{
    struct texts names = {0};

    lack = LACK_NOTHING;
    ck_assert_int_eq(dir_list(dir, ".", &names, NULL), 0);
    ck_assert_uint_eq(names.count, 0);
    texts_done(&names);
}

START_TEST(an_ordinary_file_system_is_good_enough)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};

    lack = LACK_NOTHING;
    ck_assert_int_eq(ground_check(scratch.fd, &err), 0);
    ck_assert_int_eq(ground_check(scratch.fd, NULL), 0);
    check_bare(scratch.fd);
    scratch_done(&scratch);
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    static const struct {
        enum lack lack;
        int errnum;
        const char *said;
    } cases[] = {
        {LACK_FLUSH_FILE, EINVAL, "cannot flush files: invalid argument"},
        {LACK_FLUSH_FILE, ENOSYS, "cannot flush files: function not implemented"},
        {LACK_FLUSH_DIRECTORY, EINVAL, "cannot flush directories: invalid argument"},
        {LACK_FLUSH_ALL, EOPNOTSUPP, "cannot flush all that was written: operation not supported"},
        {LACK_LINK, EPERM,
         "cannot give a file a name that nobody else has given: operation not permitted"},
        {LACK_LINK, EOPNOTSUPP,
         "cannot give a file a name that nobody else has given: operation not supported"},
        {LACK_LINK, 0, "cannot refuse a name that is taken"},
        {LACK_RENAME_DIRECTORY, ENOSYS, "cannot rename directories: function not implemented"},
        {LACK_LOCK, ENOSYS, "cannot lock files: function not implemented"},
        {LACK_LOCK, ENOLCK, "cannot lock files: no locks available"},
        {LACK_LOCK, 0, "cannot keep a lock for one process"},
    };
    struct scratch scratch = scratch_new();

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};

        lack = cases[i].lack;
        lack_errno = cases[i].errnum;
        ck_assert_int_eq(ground_check(scratch.fd, &err), E_UNSUPPORTED);
        ck_assert_int_eq(ground_check(scratch.fd, NULL), E_UNSUPPORTED);
        ck_assert_int_eq(strncmp(err.text, "the file system ", 16), 0);
        ck_assert_str_eq(err.text + 16, cases[i].said);
        ck_assert_str_ne(err.hint, "");
        check_bare(scratch.fd);
    }
    scratch_done(&scratch);
}
END_TEST

START_TEST(other_errors_are_what_they_are)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};

    lack = LACK_FLUSH_FILE;
    lack_errno = ENOSPC;
    ck_assert_int_eq(ground_check(scratch.fd, &err), E_NO_SPACE);
    lack = LACK_LOCK;
    lack_errno = EACCES;
    ck_assert_int_eq(ground_check(scratch.fd, &err), E_DENIED);
    check_bare(scratch.fd);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_lock_says_what_is_missing_too)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    int fd = -1;

    lack = LACK_LOCK;
    lack_errno = ENOSYS;
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_EXCLUSIVE, 0, &fd, &err), E_UNSUPPORTED);
    ck_assert_str_eq(
        err.text,
        "cannot lock 'lock': the file system cannot lock files: function not implemented");
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_EXCLUSIVE, 0, &fd, NULL), E_UNSUPPORTED);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_directory_is_not_made_where_it_cannot_be_flushed)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    char path[300];
    int fd = -1;

    snprintf(path, sizeof path, "%s/a/b", scratch.path);
    lack = LACK_FLUSH_DIRECTORY;
    lack_errno = EINVAL;
    ck_assert_int_eq(dir_make_user(path, &fd, &err), E_UNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(err.text, "the file system cannot flush directories: "));
    ck_assert_int_eq(dir_make_user(path, &fd, NULL), E_UNSUPPORTED);
    check_bare(scratch.fd);
    scratch_done(&scratch);
}
END_TEST

UNIT_MAIN("os/ground", an_ordinary_file_system_is_good_enough, what_is_missing_is_named,
          other_errors_are_what_they_are, a_lock_says_what_is_missing_too,
          a_directory_is_not_made_where_it_cannot_be_flushed)
