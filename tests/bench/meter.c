/* meter REPORT COMMAND [WORD...]: run a command; write its seconds and its peak of private memory,
 * in KiB, to the file REPORT. Ends as the command does, with 128 more when that was by a signal.
 *
 * The memory is RssAnon of /proc/PID/status, looked at every 5 ms: the pages that are the process's
 * own, without those of the files that it has mapped. The memory of its children is not in it.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLE_MS = 5 };

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* KiB; 0 when the process is gone. */
static unsigned long private_memory(pid_t pid)
{
    unsigned long kib = 0;
    char line[128];
    FILE *file;

    snprintf(line, sizeof line, "/proc/%ld/status", (long)pid);
    file = fopen(line, "re");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "RssAnon:", 8) == 0)
            kib = strtoul(line + 8, NULL, 10);
    if (file)
        fclose(file);
    return kib;
}

/* In the child, which ends when the meter is killed. */
static void become(char **command, pid_t meter)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != meter)
        _exit(127);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

static int report(const char *path, double seconds, unsigned long peak)
{
    FILE *file = fopen(path, "we");

    if (!file || fprintf(file, "%.3f %lu\n", seconds, peak) < 0 || fclose(file) != 0) {
        perror(path);
        return 2;
    }
    return 0;
}

int main(int argc, char **argv)
{
    const pid_t meter = getpid();
    unsigned long peak = 0;
    struct pollfd child = {.events = POLLIN};
    double begin, seconds;
    int status;
    pid_t pid;

    if (argc < 3) {
        fprintf(stderr, "usage: meter REPORT COMMAND [WORD...]\n");
        return 2;
    }
    begin = now();
    pid = fork();
    if (pid == 0)
        become(argv + 2, meter);
    child.fd = pid < 0 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
    if (child.fd < 0) {
        perror("meter");
        return 2;
    }
    do {
        const unsigned long kib = private_memory(pid);

        if (peak < kib)
            peak = kib;
    } while (poll(&child, 1, SAMPLE_MS) == 0);
    seconds = now() - begin;
    if (waitpid(pid, &status, 0) != pid || report(argv[1], seconds, peak))
        return 2;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
