#include "ops/pace.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "ops/room.h"
#include "os/system.h"
#include "os/thread.h"

#define NANOSECONDS UINT64_C(1000000000)

/* Who has written nothing for longer than this does not make up for it: the limit holds for any
 * second, not on the average. */
#define BUCKET (NANOSECONDS / 10)

struct pace {
    uint64_t limit;
    struct mutex *mutex; /* over what follows */
    uint64_t due;        /* ticks at which all that was written is as slow as it shall be */
};

struct pace *pace_new(uint64_t limit)
{
    struct pace *pace = mem_new(1, sizeof *pace);

    pace->limit = limit;
    pace->mutex = mutex_new();
    return pace;
}

void pace_free(struct pace *pace)
{
    if (pace)
        mutex_free(pace->mutex);
    free(pace);
}

void pace_take(struct pace *pace, const struct store *store, uint64_t bytes)
{
    const uint64_t span = number_capped_product(bytes, NANOSECONDS) / pace->limit;
    const uint64_t now = system_ticks();
    uint64_t due;

    mutex_lock(pace->mutex);
    if (pace->due + BUCKET < now)
        pace->due = now - BUCKET;
    pace->due = number_capped_sum(pace->due, span);
    due = pace->due;
    mutex_unlock(pace->mutex);
    if (due > now)
        ops_sleep(store, (due - now) / 1000000);
}
