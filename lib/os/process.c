#include "os/process.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/room.h"

/* Where the kernel has no close_range: nobody has opened more by accident. */
enum { DESCRIPTORS_MAX = 1024 };

static void close_between(int first, int last)
{
    if (first > last || close_range((unsigned)first, (unsigned)last, 0) == 0)
        return;
    for (int fd = first; fd <= last && fd < DESCRIPTORS_MAX; fd++)
        close(fd);
}

static void close_all_but(int keep)
{
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++)
        if (nothing < 0 || dup2(nothing, number) < 0)
            close(number);
    close_between(STDERR_FILENO + 1, keep - 1);
    close_between((keep < STDERR_FILENO ? STDERR_FILENO : keep) + 1, INT_MAX);
}

/* In a child of the parent: the new process is nobody's child, so nobody has to wait for it. */
static void leave_behind(void)
{
    pid_t process;

    setsid();
    process = fork();
    if (process != 0)
        _exit(process < 0 ? 1 : 0);
}

int process_part(int keep, bool *ret_apart, struct err *err)
{
    pid_t process, ended;
    int status = 0;

    CALL(process, "fork", fork());
    if (process < 0)
        return err_os(err, errno, "cannot start a process");
    *ret_apart = process == 0;
    if (process == 0) {
        leave_behind();
        close_all_but(keep);
        return 0;
    }
    do
        ended = waitpid(process, &status, 0);
    while (ended < 0 && errno == EINTR);
    if (ended == process && status != 0)
        return err_set(err, E_FAILED, "cannot start a process");
    return 0;
}

void process_end(void)
{
    _exit(0);
}
