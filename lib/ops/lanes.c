#include "ops/lanes.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "gallery.h"
#include "os/thread.h"

/* What all lanes share. */
struct road {
    const struct lanes *lanes;
    struct mutex *mutex; /* over what comes from outside */
    struct lane *all;
};

/* One piece: a store of its own, whose ways to the outside go through the mutex. */
struct lane {
    struct road *road;
    size_t number;
    struct store store;
    struct context context;
    struct texts notices; /* told when it is settled */
};

/* The pieces of one queue. */
struct queue {
    struct task task;
    struct road *road;
    size_t number;
};

static const struct store *outer(const struct lane *lane)
{
    return lane->road->lanes->store;
}

static int64_t lane_now(void *user)
{
    const struct lane *const lane = user;
    const struct store_outside *const outside = &outer(lane)->outside;
    int64_t now;

    mutex_lock(lane->road->mutex);
    now = outside->now(outside->user);
    mutex_unlock(lane->road->mutex);
    return now;
}

static void lane_random(void *user, void *bytes, size_t length)
{
    const struct lane *const lane = user;
    const struct store_outside *const outside = &outer(lane)->outside;

    mutex_lock(lane->road->mutex);
    outside->random(outside->user, bytes, length);
    mutex_unlock(lane->road->mutex);
}

static void lane_notice(void *user, const char *text)
{
    struct lane *const lane = user;

    texts_add(&lane->notices, text);
}

static void lane_trace(void *user, enum trace_level level, const char *text)
{
    const struct lane *const lane = user;
    const struct store_outside *const outside = &outer(lane)->outside;

    mutex_lock(lane->road->mutex);
    outside->trace(outside->user, level, text);
    mutex_unlock(lane->road->mutex);
}

static void lane_progress(void *user, const struct progress *progress)
{
    const struct lane *const lane = user;
    const struct context *const context = outer(lane)->context;

    mutex_lock(lane->road->mutex);
    context->progress(context->user, progress);
    mutex_unlock(lane->road->mutex);
}

/* No mutex: one that sleeps keeps no other from its work. */
static void lane_sleep(void *user, uint64_t milliseconds)
{
    const struct lane *const lane = user;
    const struct context *const context = outer(lane)->context;

    context->sleep(context->user, milliseconds);
}

static bool lane_stop(void *user)
{
    const struct lane *const lane = user;
    const struct context *const context = outer(lane)->context;
    bool stop;

    mutex_lock(lane->road->mutex);
    stop = context->stop(context->user);
    mutex_unlock(lane->road->mutex);
    return stop;
}

static void queue_run(struct task *task, size_t worker)
{
    const struct queue *const queue = (const struct queue *)task;
    const struct lanes *const lanes = queue->road->lanes;

    (void)worker;
    for (size_t i = 0; i < lanes->count; i++) {
        struct lane *const lane = &queue->road->all[i];

        if (lanes->queues[i] != queue->number)
            continue;
        lanes->run(lanes->user, i, &lane->store);
        pool_free(lane->store.pool);
        lane->store.pool = NULL;
    }
}

/* The same directory and identity, other ways out. Nothing of it is released but the threads. */
static void lane_init(struct lane *lane, struct road *road, size_t number)
{
    const struct store *const store = road->lanes->store;
    const struct context *const context = store->context;

    lane->road = road;
    lane->number = number;
    lane->context = *context;
    lane->context.user = lane;
    lane->context.progress = context->progress ? lane_progress : NULL;
    lane->context.stop = context->stop ? lane_stop : NULL;
    lane->context.sleep = context->sleep ? lane_sleep : NULL;
    lane->store = *store;
    lane->store.pool = NULL;
    lane->store.context = &lane->context;
    lane->store.outside.user = lane;
    lane->store.outside.now = lane_now;
    lane->store.outside.random = lane_random;
    lane->store.outside.notice = lane_notice;
    lane->store.outside.trace = store->outside.trace ? lane_trace : NULL;
}

static void lane_settle(struct lane *lane)
{
    const struct lanes *const lanes = lane->road->lanes;

    if (lanes->wanted(lanes->user, lane->number)) {
        for (size_t i = 0; i < lane->notices.count; i++)
            store_notice(lanes->store, "%s", lane->notices.items[i]);
        lanes->settle(lanes->user, lane->number);
    }
    texts_done(&lane->notices);
}

static void run_side_by_side(const struct lanes *lanes)
{
    struct pool *const pool = pool_new(lanes->jobs);
    struct queue *const queues = mem_new(lanes->count, sizeof *queues);
    struct road road = {
        .lanes = lanes,
        .mutex = mutex_new(),
        .all = mem_new(lanes->count, sizeof *road.all),
    };

    for (size_t i = 0; i < lanes->count; i++)
        lane_init(&road.all[i], &road, i);
    for (size_t i = 0; i < lanes->count; i++) {
        struct queue *const queue = &queues[lanes->queues[i]];

        if (queue->task.started)
            continue;
        *queue = (struct queue){.task.run = queue_run, .road = &road, .number = lanes->queues[i]};
        task_start(pool, &queue->task);
    }
    for (size_t i = 0; i < lanes->count; i++) {
        task_wait(pool, &queues[lanes->queues[i]].task);
        mutex_lock(road.mutex);
        lane_settle(&road.all[i]);
        mutex_unlock(road.mutex);
    }
    pool_free(pool);
    mutex_free(road.mutex);
    free(road.all);
    free(queues);
}

void lanes_run(const struct lanes *lanes)
{
    if (lanes->jobs > 1 && lanes->count > 1) {
        run_side_by_side(lanes);
        return;
    }
    for (size_t i = 0; i < lanes->count; i++) {
        if (!lanes->wanted(lanes->user, i))
            continue;
        lanes->run(lanes->user, i, lanes->store);
        lanes->settle(lanes->user, i);
    }
}
