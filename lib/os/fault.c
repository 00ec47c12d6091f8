#include "os/fault.h"

#ifdef FAULTS

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum fault_kind { FAULT_ERRNO, FAULT_SHORT, FAULT_KILL, FAULT_TORN, FAULT_STOP, FAULT_COUNT };

struct action {
    const char *word;
    enum fault_kind kind;
    int errnum;
};

/* clang-format off */
static const struct action actions[] = {
    {"EIO",    FAULT_ERRNO, EIO},
    {"ENOSPC", FAULT_ERRNO, ENOSPC},
    {"EDQUOT", FAULT_ERRNO, EDQUOT},
    {"EROFS",  FAULT_ERRNO, EROFS},
    {"EMFILE", FAULT_ERRNO, EMFILE},
    {"ENOMEM", FAULT_ERRNO, ENOMEM},
    {"EACCES", FAULT_ERRNO, EACCES},
    {"EINTR",  FAULT_ERRNO, EINTR},
    {"short",  FAULT_SHORT, EIO},
    {"kill",   FAULT_KILL,  0},
    {"torn",   FAULT_TORN,  0},
    {"stop",   FAULT_STOP,  0},
    {"count",  FAULT_COUNT, 0},
};
/* clang-format on */

/* A test build only: the process is what is counted, whichever thread calls. */
static struct {
    atomic_ulong asked;
    unsigned long at; /* 0: never */
    const struct action *action;
    const char *log;
} plan;

/* Set between a torn write and the end, in the thread that made it. */
static _Thread_local int tearing;

static void note(const char *line)
{
    const int saved = errno;
    const int fd = plan.log ? open(plan.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;

    if (fd >= 0) {
        if (write(fd, line, strlen(line)) < 0)
            abort();
        close(fd);
    }
    errno = saved;
}

static void note_total(void)
{
    char line[64];

    snprintf(line, sizeof line, "fault: %lu\n", atomic_load(&plan.asked));
    note(line);
}

static _Noreturn void refuse_plan(const char *text)
{
    fprintf(stderr, "fault: cannot understand SIG_FAULT='%s'\n", text);
    _exit(2);
}

/* Before main, so that a count of zero is told too and no thread meets a half-read plan. */
__attribute__((constructor)) static void read_plan(void)
{
    const char *text = getenv("SIG_FAULT");
    char *end;

    plan.log = getenv("SIG_FAULT_LOG");
    if (!text || !*text)
        return;
    plan.at = strtoul(text, &end, 10);
    if (end == text || *end != ':')
        refuse_plan(text);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].word, end + 1) == 0)
            plan.action = &actions[i];
    if (!plan.action || (plan.action->kind == FAULT_COUNT) != (plan.at == 0))
        refuse_plan(text);
    if (plan.action->kind == FAULT_COUNT)
        atexit(note_total);
}

static _Noreturn void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

static void halve(size_t *length)
{
    /* At least one byte: none would be the end of the file, or no write at all. */
    if (*length > 1)
        *length /= 2;
}

static bool act(const char *call, size_t *length)
{
    switch (plan.action->kind) {
    case FAULT_ERRNO:
        break;
    case FAULT_SHORT:
        if (!length)
            break;
        halve(length);
        return false;
    case FAULT_TORN:
        if (!length || !strstr(call, "write"))
            die();
        halve(length);
        tearing = 1;
        return false;
    case FAULT_KILL:
        die();
    case FAULT_STOP:
        kill(getpid(), SIGSTOP);
        return false;
    case FAULT_COUNT:
        return false;
    }
    errno = plan.action->errnum;
    return true;
}

bool fault_fires(const char *call, size_t *length)
{
    const unsigned long number = atomic_fetch_add(&plan.asked, 1) + 1;
    char line[128];

    if (plan.at && number > plan.at && plan.action->kind == FAULT_STOP)
        return act(call, length);
    if (number != plan.at)
        return false;
    snprintf(line, sizeof line, "fault: %lu %s %s\n", number, call, plan.action->word);
    note(line);
    return act(call, length);
}

void fault_after(void)
{
    if (tearing)
        die();
}

#else

/* A translation unit needs a declaration. */
struct fault_is_not_built;

#endif
