/* turns RUNS -- COMMAND [WORD...] [-- COMMAND [WORD...]]...: run commands in turn, RUNS times each,
 * so that whatever else the machine does meets all of them. For each a line: the median and the
 * least of its milliseconds from start to end, and the most memory it ever had, in KiB. Their output
 * goes nowhere. Status 1 when one of them failed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS_MAX = 16 };

struct turn {
    char **words;
    double *milliseconds; /* of each run */
    long peak_kib;
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void become(char **words)
{
    const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

    dup2(nowhere, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    execvp(words[0], words);
    perror(words[0]);
    _exit(127);
}

/* False when it failed. */
static int run(struct turn *turn, size_t index)
{
    struct rusage usage;
    int status;
    const double start = now();
    const pid_t child = fork();

    if (child == 0)
        become(turn->words);
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return 0;
    turn->milliseconds[index] = now() - start;
    if (usage.ru_maxrss > turn->peak_kib)
        turn->peak_kib = usage.ru_maxrss;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;

    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    const size_t runs = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    struct turn turns[COMMANDS_MAX] = {0};
    size_t count = 0;
    int failed = 0;

    for (int i = 2; runs > 0 && i < argc; i++) {
        if (strcmp(argv[i], "--") != 0 || count == COMMANDS_MAX)
            continue;
        turns[count].milliseconds = calloc(runs, sizeof(double));
        turns[count++].words = argv + i + 1;
        argv[i] = NULL; /* ends the command before it */
        i++;
    }
    if (count == 0) {
        fprintf(stderr, "usage: turns RUNS -- COMMAND [WORD...] [-- COMMAND [WORD...]]...\n");
        return 2;
    }
    for (size_t r = 0; r < runs; r++) {
        for (size_t c = 0; c < count; c++)
            failed |= !run(&turns[c], r);
    }
    for (size_t c = 0; c < count; c++) {
        qsort(turns[c].milliseconds, runs, sizeof(double), by_size);
        printf("%.2f %.2f %ld\n", turns[c].milliseconds[runs / 2], turns[c].milliseconds[0],
               turns[c].peak_kib);
        free(turns[c].milliseconds);
    }
    return failed;
}
