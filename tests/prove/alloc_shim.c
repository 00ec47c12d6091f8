/* alloc_shim: preloaded into the program, it makes one allocation fail. ALLOC_FAULT="N:starve" is
 * the Nth one of the process, from 1; "0:count" none. What it does goes to the file SIG_FAULT_LOG
 * in the words of lib/os/fault.h, so that tests/fault/sweep.sh can use it. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What stands behind them in the C library. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static struct {
    atomic_ulong asked;
    unsigned long at;
    bool counts;
} plan;

__attribute__((format(printf, 1, 2))) static void note(const char *format, ...)
{
    const int saved = errno;
    const char *const path = getenv("SIG_FAULT_LOG");
    const int fd = open(path ? path : "/dev/null", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    char line[128];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (fd < 0 || write(fd, line, strlen(line)) < 0)
        abort();
    close(fd);
    errno = saved;
}

__attribute__((constructor)) static void read_plan(void)
{
    const char *const text = getenv("ALLOC_FAULT");

    if (!text)
        return;
    plan.counts = strcmp(text, "0:count") == 0;
    plan.at = strtoul(text, NULL, 10);
    atomic_store(&plan.asked, 0);
}

__attribute__((destructor)) static void note_total(void)
{
    if (plan.counts)
        note("fault: %lu\n", atomic_load(&plan.asked));
    plan.counts = false;
}

static bool fails(const char *call)
{
    const unsigned long number = atomic_fetch_add(&plan.asked, 1) + 1;

    if (plan.counts)
        note("call: %s\n", call);
    if (!plan.at || number != plan.at)
        return false;
    note("fault: %lu %s starve\n", number, call);
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails("malloc") ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails("calloc") ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails("realloc") ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails("aligned_alloc") ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **ret, size_t alignment, size_t size)
{
    void *const block = fails("posix_memalign") ? NULL : __libc_memalign(alignment, size);

    if (!block)
        return ENOMEM;
    *ret = block;
    return 0;
}
