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
    struct piece *pieces;
};

/* One piece: a store of its own, whose ways to the outside go through the mutex. */
struct piece {
    struct road *road;
    size_t number;
    struct store store;
    struct context context;
    struct texts notices; /* told when it is settled */
};

/* The pieces of one lane. */
struct lane {
    struct task task;
    struct road *road;
    size_t number;
};

static const struct store *outer(const struct piece *piece)
{
    return piece->road->lanes->store;
}

static int64_t piece_now(void *user)
{
    const struct piece *const piece = user;
    const struct store_outside *const outside = &outer(piece)->outside;
    int64_t now;

    mutex_lock(piece->road->mutex);
    now = outside->now(outside->user);
    mutex_unlock(piece->road->mutex);
    return now;
}

static void piece_random(void *user, void *bytes, size_t length)
{
    const struct piece *const piece = user;
    const struct store_outside *const outside = &outer(piece)->outside;

    mutex_lock(piece->road->mutex);
    outside->random(outside->user, bytes, length);
    mutex_unlock(piece->road->mutex);
}

static void piece_notice(void *user, const char *text)
{
    struct piece *const piece = user;

    texts_add(&piece->notices, text);
}

static void piece_trace(void *user, enum trace_level level, const char *text)
{
    const struct piece *const piece = user;
    const struct store_outside *const outside = &outer(piece)->outside;

    mutex_lock(piece->road->mutex);
    outside->trace(outside->user, level, text);
    mutex_unlock(piece->road->mutex);
}

static void piece_progress(void *user, const struct progress *progress)
{
    const struct piece *const piece = user;
    const struct context *const context = outer(piece)->context;

    mutex_lock(piece->road->mutex);
    context->progress(context->user, progress);
    mutex_unlock(piece->road->mutex);
}

/* No mutex: one that sleeps keeps no other from its work. */
static void piece_sleep(void *user, uint64_t milliseconds)
{
    const struct piece *const piece = user;
    const struct context *const context = outer(piece)->context;

    context->sleep(context->user, milliseconds);
}

static bool piece_stop(void *user)
{
    const struct piece *const piece = user;
    const struct context *const context = outer(piece)->context;
    bool stop;

    mutex_lock(piece->road->mutex);
    stop = context->stop(context->user);
    mutex_unlock(piece->road->mutex);
    return stop;
}

static void lane_run(struct task *task, size_t worker)
{
    const struct lane *const lane = (const struct lane *)task;
    const struct lanes *const lanes = lane->road->lanes;

    (void)worker;
    for (size_t i = 0; i < lanes->count; i++) {
        struct piece *const piece = &lane->road->pieces[i];

        if (lanes->lane_of[i] != lane->number)
            continue;
        lanes->run(lanes->user, i, &piece->store);
        pool_free(piece->store.pool);
        piece->store.pool = NULL;
    }
}

/* The same directory and identity, other ways out. Nothing of it is released but the threads. */
static void piece_init(struct piece *piece, struct road *road, size_t number)
{
    const struct store *const store = road->lanes->store;
    const struct context *const context = store->context;

    piece->road = road;
    piece->number = number;
    piece->context = *context;
    piece->context.user = piece;
    piece->context.progress = context->progress ? piece_progress : NULL;
    piece->context.stop = context->stop ? piece_stop : NULL;
    piece->context.sleep = context->sleep ? piece_sleep : NULL;
    piece->store = *store;
    piece->store.pool = NULL;
    piece->store.context = &piece->context;
    piece->store.outside.user = piece;
    piece->store.outside.now = piece_now;
    piece->store.outside.random = piece_random;
    piece->store.outside.notice = piece_notice;
    piece->store.outside.trace = store->outside.trace ? piece_trace : NULL;
}

static void piece_settle(struct piece *piece)
{
    const struct lanes *const lanes = piece->road->lanes;

    if (lanes->wanted(lanes->user, piece->number)) {
        for (size_t i = 0; i < piece->notices.count; i++)
            store_notice(lanes->store, "%s", piece->notices.items[i]);
        lanes->settle(lanes->user, piece->number);
    }
    texts_done(&piece->notices);
}

static void run_side_by_side(const struct lanes *lanes)
{
    struct pool *const pool = pool_new(lanes->jobs);
    struct lane *const all = mem_new(lanes->count, sizeof *all);
    struct road road = {
        .lanes = lanes,
        .mutex = mutex_new(),
        .pieces = mem_new(lanes->count, sizeof *road.pieces),
    };

    for (size_t i = 0; i < lanes->count; i++)
        piece_init(&road.pieces[i], &road, i);
    for (size_t i = 0; i < lanes->count; i++) {
        struct lane *const lane = &all[lanes->lane_of[i]];

        if (lane->task.started)
            continue;
        *lane = (struct lane){.task.run = lane_run, .road = &road, .number = lanes->lane_of[i]};
        task_start(pool, &lane->task);
    }
    for (size_t i = 0; i < lanes->count; i++) {
        task_wait(pool, &all[lanes->lane_of[i]].task);
        mutex_lock(road.mutex);
        piece_settle(&road.pieces[i]);
        mutex_unlock(road.mutex);
    }
    pool_free(pool);
    mutex_free(road.mutex);
    free(road.pieces);
    free(all);
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
