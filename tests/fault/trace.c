/* Linked into sig-fault with --wrap=fault_fires: when a fault has made a call fail, add to the log
 * from where the call came
 * ("at: ADDRESS ..."), so that the sweep can tell a failure that may be survived from one that was
 * overlooked.
 */
#include <errno.h>
#include <execinfo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 40 };

bool __real_fault_fires(const char *call, size_t *length);
bool __wrap_fault_fires(const char *call, size_t *length);

static FILE *open_log(void)
{
    const char *path = getenv("SIG_FAULT_LOG");

    return path ? fopen(path, "a") : NULL;
}

static void note_origin(void)
{
    FILE *log = open_log();
    void *addresses[DEPTH_MAX];
    int depth = backtrace(addresses, DEPTH_MAX);

    if (!log)
        return;
    fprintf(log, "at:");
    for (int i = 0; i < depth; i++)
        /* A return address is behind its call: one less is in it. */
        fprintf(log, " %p", (void *)((char *)addresses[i] - 1));
    fprintf(log, "\n");
    fclose(log);
}

static void note_call(const char *call)
{
    const char *plan = getenv("SIG_FAULT");
    FILE *log = plan && strcmp(plan, "0:count") == 0 ? open_log() : NULL;

    if (!log)
        return;
    fprintf(log, "call: %s\n", call);
    fclose(log);
}

bool __wrap_fault_fires(const char *call, size_t *length)
{
    bool fires = __real_fault_fires(call, length);
    int saved = errno;

    if (fires)
        note_origin();
    note_call(call);
    errno = saved;
    return fires;
}
