/* traced: the plain program, killed by its debugger. Takes the place of sig-fault in sweep.sh: it
 * reads SIG_FAULT and SIG_FAULT_LOG as that does (lib/os/fault.h), but what it counts is every
 * system call, whoever makes it, and the program knows nothing of it. Actions: kill, torn, count.
 * The program is $BUILD/sig.
 *
 * Linux on x86-64: elsewhere it says so and ends with status 77. */
#if defined(__linux__) && defined(__x86_64__)

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
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CANNOT = 2, DEAD = 137 };

enum action { COUNT, KILL, TEAR };

/* Calls that change what is on disk; all others are named as one that does not. */
#define CALL(name)                                                                                 \
    {                                                                                              \
        SYS_##name, #name                                                                          \
    }
static const struct {
    long number;
    const char *name;
} changing[] = {
    CALL(write),     CALL(pwrite64),  CALL(writev),          CALL(pwritev),
    CALL(pwritev2),  CALL(sendfile),  CALL(copy_file_range), CALL(splice),
    CALL(rename),    CALL(renameat),  CALL(renameat2),       CALL(link),
    CALL(linkat),    CALL(unlink),    CALL(unlinkat),        CALL(mkdir),
    CALL(mkdirat),   CALL(rmdir),     CALL(symlink),         CALL(symlinkat),
    CALL(mknodat),   CALL(truncate),  CALL(ftruncate),       CALL(fallocate),
    CALL(utimensat), CALL(chmod),     CALL(fchmod),          CALL(fchmodat),
    CALL(fchownat),  CALL(fsetxattr), CALL(fsync),           CALL(syncfs),
};
static const char no_change[] = "fstat";

static struct {
    unsigned long at, seen;
    enum action action;
    const char *word;
    FILE *log;
} plan;

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "traced: %s: %s\n", what, strerror(errno));
    exit(CANNOT);
}

/* Whether there is something to count or to hit. */
static bool read_plan(void)
{
    static const char *const words[] = {[COUNT] = "count", [KILL] = "kill", [TEAR] = "torn"};
    const char *const text = getenv("SIG_FAULT"), *const log = getenv("SIG_FAULT_LOG");
    char *end;

    if (!text || !*text)
        return false;
    plan.at = strtoul(text, &end, 10);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (*end == ':' && strcmp(end + 1, words[i]) == 0) {
            plan.action = (enum action)i;
            plan.word = words[i];
        }
    errno = EINVAL;
    if (!plan.word || (plan.action == COUNT) != (plan.at == 0))
        die(text);
    plan.log = fopen(log ? log : "/dev/null", "ae");
    if (!plan.log)
        die(log);
    return true;
}

__attribute__((format(printf, 1, 2))) static void note(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(plan.log, format, args);
    va_end(args);
    fflush(plan.log);
}

/* A file is made or emptied by the way it is opened. */
static bool opens_to_change(pid_t pid, const struct __ptrace_syscall_info *info)
{
    unsigned long flags = 0;

    switch (info->entry.nr) {
    case SYS_open:
        flags = info->entry.args[1];
        break;
    case SYS_openat:
        flags = info->entry.args[2];
        break;
    case SYS_openat2: /* flags are the first member of what it points to */
        flags = (unsigned long)ptrace(PTRACE_PEEKDATA, pid, info->entry.args[2], NULL);
        break;
    default:
        return false;
    }
    return (flags & (O_CREAT | O_TRUNC)) != 0;
}

static const char *name_of(pid_t pid, const struct __ptrace_syscall_info *info)
{
    for (size_t i = 0; i < sizeof changing / sizeof *changing; i++)
        if (changing[i].number == (long)info->entry.nr)
            return changing[i].name;
    return opens_to_change(pid, info) ? "openat" : no_change;
}

static _Noreturn void end(pid_t first)
{
    kill(first, SIGKILL);
    while (waitpid(-1, NULL, __WALL) > 0)
        ;
    kill(getpid(), SIGKILL);
    _exit(DEAD);
}

/* On the way into the call that is to be hit: it does not happen, or half of it does. */
static void hit(pid_t first, pid_t pid, const char *name)
{
    const bool writes = strcmp(name, "write") == 0 || strcmp(name, "pwrite64") == 0;
    struct user_regs_struct registers;
    int status;

    note("fault: %lu %s %s\n", plan.seen, name, plan.word);
    if (ptrace(PTRACE_GETREGS, pid, NULL, &registers) < 0)
        die("cannot read registers");
    if (plan.action == TEAR && writes && registers.rdx > 1)
        registers.rdx /= 2;
    else
        registers.orig_rax = (unsigned long long)-1;
    if (ptrace(PTRACE_SETREGS, pid, NULL, &registers) < 0)
        die("cannot write registers");
    ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
    waitpid(pid, &status, __WALL);
    end(first);
}

/* Stopped at a system call. */
static void at_call(pid_t first, pid_t pid)
{
    struct __ptrace_syscall_info info;
    const char *name;

    if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) < 0)
        return;
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY)
        return;
    plan.seen++;
    if (plan.action != COUNT && plan.seen != plan.at)
        return;
    name = name_of(pid, &info);
    if (plan.action == COUNT)
        note("call: %s\n", name);
    else
        hit(first, pid, name);
}

static int trace(pid_t first)
{
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
            at_call(first, pid);
        else if (status >> 16 == 0 && WSTOPSIG(status) != SIGTRAP && WSTOPSIG(status) != SIGSTOP)
            signal = WSTOPSIG(status);
        ptrace(PTRACE_SYSCALL, pid, NULL, signal);
    }
    if (plan.action == COUNT)
        note("fault: %lu\n", plan.seen);
    return WIFEXITED(status) ? WEXITSTATUS(status) : DEAD;
}

int main(int argc, char **argv)
{
    const char *const build = getenv("BUILD");
    const bool traced = read_plan();
    char path[4096];
    pid_t pid = 0;

    (void)argc;
    snprintf(path, sizeof path, "%s/sig", build ? build : "build");
    if (traced)
        pid = fork();
    if (pid < 0)
        die("cannot fork");
    if (pid == 0) {
        if (traced)
            ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execv(path, argv);
        die(path);
    }
    return trace(pid);
}

#else

#include <stdio.h>

int main(void)
{
    fprintf(stderr, "traced: only for Linux on x86-64\n");
    return 77;
}

#endif
