#include "os/system.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

int64_t system_now(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

uint64_t system_ticks(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void system_sleep(uint64_t milliseconds)
{
    const struct timespec span = {
        .tv_sec = (time_t)(milliseconds / 1000),
        .tv_nsec = (long)(milliseconds % 1000) * 1000000,
    };

    nanosleep(&span, NULL);
}

void system_random(void *bytes, size_t length)
{
    char *next = bytes;

    while (length) {
        const ssize_t got = getrandom(next, length, 0);

        if (got < 0 && errno == EINTR)
            continue;
        /* Names and identifiers made without it would collide: worse than not to go on. */
        if (got < 0)
            abort();
        next += got;
        length -= (size_t)got;
    }
}
