/* Opening a store: the front door. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "ops/room.h"
#include "os/system.h"
#include "os/thread.h"

enum { SLEEP_MS = 200 }; /* a service that is to end does so within this */

static int64_t system_clock_now(void *user)
{
    (void)user;
    return system_now();
}

static uint64_t system_clock_ticks(void *user)
{
    (void)user;
    return system_ticks();
}

static void system_generator(void *user, void *bytes, size_t length)
{
    (void)user;
    system_random(bytes, length);
}

static void no_notice(void *user, const char *text)
{
    (void)user;
    (void)text;
}

int gal_open(const struct context *context, enum gal_mode mode, struct store **ret, struct err *err)
{
    static const enum store_mode modes[] = {
        [GAL_READ] = STORE_READ,
        [GAL_CHANGE] = STORE_CHANGE,
        [GAL_CREATE] = STORE_CREATE,
    };
    struct store *store = mem_new(1, sizeof *store);
    int rc;

    store->context = context;
    store->outside = (struct store_outside){
        .user = context->user,
        .now = context->now ? context->now : system_clock_now,
        .ticks = context->ticks ? context->ticks : system_clock_ticks,
        .random = context->random ? context->random : system_generator,
        .notice = context->notice ? context->notice : no_notice,
        .trace = context->trace,
        .lock_wait_ms = context->lock_wait_ms,
    };
    rc = store_open(store, context->store_path, modes[mode], err);
    if (rc) {
        gal_close(store);
        return rc;
    }
    *ret = store;
    return 0;
}

void gal_close(struct store *store)
{
    if (!store)
        return;
    pool_free(store->pool);
    store_close(store);
    free(store);
}

struct pool *ops_pool(struct store *store)
{
    const size_t threads = store->context->threads;

    if (!store->pool)
        store->pool = pool_new(threads ? threads : thread_processors());
    return store->pool;
}

bool ops_stops(const struct store *store)
{
    const struct context *const context = store->context;

    return context->stop && context->stop(context->user);
}

void ops_sleep(const struct store *store, uint64_t milliseconds)
{
    const struct context *const context = store->context;

    while (milliseconds > 0 && !ops_stops(store)) {
        const uint64_t part = context->stop ? number_smaller(milliseconds, SLEEP_MS) : milliseconds;

        if (context->sleep)
            context->sleep(context->user, part);
        else
            system_sleep(part);
        milliseconds -= part;
    }
}

void ops_progress(const struct store *store, const char *action, const char *what, uint64_t done,
                  uint64_t total, bool finished)
{
    const struct progress progress = {
        .action = action,
        .what = what,
        .done = done,
        .total = total,
        .finished = finished,
    };

    if (store->context->progress)
        store->context->progress(store->context->user, &progress);
}
