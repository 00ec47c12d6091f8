/* traced: the plain program, killed by its debugger. Takes the place of sig-fault in sweep.sh: it reads SIG_FAULT and
 * SIG_FAULT_LOG as that does (lib/os/fault.h), but what it counts is every system call, whoever makes it, and the
 * program knows nothing of it. Actions: kill, torn, an error's name, count. The program is the file "sig" of $BUILD.
 *
 * Linux on x86-64: elsewhere it says so and ends with status 77. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__) && defined(__x86_64__)

#include <sys/user.h>

enum { KILLED = 137, CANNOT = 2 };

enum action { COUNT, KILL, TORN, FAIL };

/* Those that sweep.sh asks about, and those that change what is on disk. */
static const struct {
    long number;
    const char *name;
} calls[] = {
    {SYS_write, "write"},         {SYS_pwrite64, "pwrite64"},
    {SYS_writev, "writev"},       {SYS_pwritev, "pwritev"},
    {SYS_fsync, "fsync"},         {SYS_fdatasync, "fsync"},
    {SYS_syncfs, "syncfs"},       {SYS_renameat, "renameat"},
    {SYS_renameat2, "renameat2"}, {SYS_rename, "rename"},
    {SYS_linkat, "linkat"},       {SYS_unlinkat, "unlinkat"},
    {SYS_mkdirat, "mkdirat"},     {SYS_openat, "openat"},
    {SYS_openat2, "openat2"},     {SYS_ftruncate, "ftruncate"},
    {SYS_fallocate, "fallocate"}, {SYS_utimensat, "utimensat"},
    {SYS_fchmod, "fchmod"},       {SYS_copy_file_range, "copy_file_range"},
};

static const struct {
    const char *word;
    int number;
} errors[] = {
    {"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EROFS", EROFS},
    {"EMFILE", EMFILE}, {"ENOMEM", ENOMEM}, {"EACCES", EACCES}, {"EINTR", EINTR},
};

static struct {
    unsigned long at, seen;
    enum action action;
    int error;
    const char *word;
    FILE *log;
} plan;

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "traced: %s: %s\n", what, strerror(errno));
    exit(CANNOT);
}

static const char *name_of(long number)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (calls[i].number == number)
            return calls[i].name;
    return NULL;
}

static void read_plan(void)
{
    const char *const text = getenv("SIG_FAULT"), *const log = getenv("SIG_FAULT_LOG");
    char *end;

    if (!text || !*text)
        return;
    plan.at = strtoul(text, &end, 10);
    plan.word = end + 1;
    plan.action = strcmp(plan.word, "kill") == 0   ? KILL
                  : strcmp(plan.word, "torn") == 0 ? TORN
                                                   : FAIL;
    if (strcmp(text, "0:count") == 0)
        plan.action = COUNT;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(plan.word, errors[i].word) == 0)
            plan.error = errors[i].number;
    if (log)
        plan.log = fopen(log, "ae");
}

__attribute__((format(printf, 1, 2))) static void note(const char *format, ...)
{
    va_list args;

    if (!plan.log)
        return;
    va_start(args, format);
    vfprintf(plan.log, format, args);
    va_end(args);
    fflush(plan.log);
}

/* The call that is to be hit: whether the process is to go on. */
static bool hit(pid_t pid, struct user_regs_struct *registers, const char *name, bool *ret_torn)
{
    const bool writes = name && strstr(name, "write") && !strchr(name, 'v');

    note("fault: %lu %s %s\n", plan.seen, name ? name : "call", plan.word);
    if (plan.action == KILL || (plan.action == TORN && (!writes || registers->rdx < 2)))
        return false;
    if (plan.action == TORN) {
        registers->rdx /= 2;
        *ret_torn = true;
    } else {
        registers->orig_rax = (unsigned long long)-1;
    }
    ptrace(PTRACE_SETREGS, pid, NULL, registers);
    return true;
}

static _Noreturn void end(pid_t pid)
{
    kill(pid, SIGKILL);
    while (waitpid(-1, NULL, __WALL) > 0)
        ;
    kill(getpid(), SIGKILL);
    _exit(KILLED);
}

/* Stopped at a system call: on the way in, or out of the one that was hit. */
static void at_call(pid_t pid, pid_t *hit_in, bool *torn)
{
    struct user_regs_struct registers;
    struct __ptrace_syscall_info info;

    if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) < 0)
        return;
    if (ptrace(PTRACE_GETREGS, pid, NULL, &registers) < 0)
        return;
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
        const char *const name = name_of((long)info.entry.nr);

        plan.seen++;
        if (plan.action == COUNT)
            note("call: %s\n", name ? name : "fstat"); /* as one that changes nothing */
        if (plan.action == COUNT || plan.seen != plan.at)
            return;
        if (!hit(pid, &registers, name, torn))
            end(pid);
        *hit_in = pid;
    } else if (*hit_in == pid) {
        *hit_in = 0;
        if (*torn)
            end(pid);
        registers.rax = (unsigned long long)-plan.error;
        ptrace(PTRACE_SETREGS, pid, NULL, &registers);
    }
}

static int trace(pid_t first)
{
    pid_t hit_in = 0;
    bool torn = false;
    int status;

    if (waitpid(first, &status, 0) < 0 || !WIFSTOPPED(status))
        die("cannot trace");
    ptrace(PTRACE_SETOPTIONS, first, NULL,
           PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
    ptrace(PTRACE_SYSCALL, first, NULL, NULL);
    for (;;) {
        const pid_t pid = waitpid(-1, &status, __WALL);
        int signal = 0;

        if (pid < 0)
            die("cannot wait");
        if (pid == first && (WIFEXITED(status) || WIFSIGNALED(status)))
            break;
        if (!WIFSTOPPED(status))
            continue;
        if (WSTOPSIG(status) == (SIGTRAP | 0x80))
            at_call(pid, &hit_in, &torn);
        else if (status >> 16 == 0 && WSTOPSIG(status) != SIGTRAP && WSTOPSIG(status) != SIGSTOP)
            signal = WSTOPSIG(status);
        ptrace(PTRACE_SYSCALL, pid, NULL, signal);
    }
    if (plan.action == COUNT)
        note("fault: %lu\n", plan.seen);
    return WIFEXITED(status) ? WEXITSTATUS(status) : KILLED;
}

int main(int argc, char **argv)
{
    const char *const build = getenv("BUILD");
    char path[4096];
    pid_t pid;

    (void)argc;
    snprintf(path, sizeof path, "%s/sig", build ? build : "build");
    read_plan();
    pid = fork();
    if (pid < 0)
        die("cannot fork");
    if (pid == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execv(path, argv);
        die(path);
    }
    return trace(pid);
}

#else

int main(void)
{
    fprintf(stderr, "traced: only for Linux on x86-64\n");
    return 77;
}

#endif
