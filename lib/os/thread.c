#include "os/thread.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

#include "base/mem.h"

struct worker {
    struct pool *pool;
    pthread_t thread;
    size_t number; /* the owner is 0 */
};

struct pool {
    struct worker *workers; /* of which the first `running` have a thread */
    size_t threads;         /* the owner too */
    size_t running;
    bool begun;            /* threads were made, as many as there could be */
    pthread_mutex_t mutex; /* over what follows, and over the state of tasks */
    pthread_cond_t work;   /* there is a task, or the end */
    pthread_cond_t done;   /* a task is done */
    struct task *first, *last;
    bool ending;
};

size_t thread_processors(void)
{
    cpu_set_t set;

    /* A machine of more than 1024 processors does not fit the set: one thread is right there too.
     */
    if (sched_getaffinity(0, sizeof set, &set) < 0)
        return 1;
    return (size_t)CPU_COUNT(&set);
}

struct pool *pool_new(size_t threads)
{
    struct pool *pool = mem_new(1, sizeof *pool);

    pool->threads = threads;
    pool->workers = mem_new(threads, sizeof *pool->workers);
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    return pool;
}

/* Take the first task off the queue; the mutex is held. */
static struct task *pool_take(struct pool *pool)
{
    struct task *task = pool->first;

    pool->first = task->next;
    if (!pool->first)
        pool->last = NULL;
    task->next = NULL;
    return task;
}

/* Run a task without the mutex, which is held before and after. */
static void pool_run(struct pool *pool, struct task *task, size_t worker)
{
    pthread_mutex_unlock(&pool->mutex);
    task->run(task, worker);
    pthread_mutex_lock(&pool->mutex);
    task->done = true;
    pthread_cond_signal(&pool->done); /* only the owner waits for it */
}

static void *worker_main(void *argument)
{
    const struct worker *worker = argument;
    struct pool *pool = worker->pool;

    pthread_mutex_lock(&pool->mutex);
    while (pool->first || !pool->ending) {
        if (pool->first)
            pool_run(pool, pool_take(pool), worker->number);
        else
            pthread_cond_wait(&pool->work, &pool->mutex);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

/* With all signals blocked: they are for the thread that the process began with. */
static void pool_begin(struct pool *pool)
{
    sigset_t all, before;

    pool->begun = true;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->running + 1 < pool->threads) {
        struct worker *worker = &pool->workers[pool->running];

        *worker = (struct worker){.pool = pool, .number = pool->running + 1};
        if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0)
            break;
        pool->running++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->mutex);
    pool->ending = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->mutex);
    for (size_t i = 0; i < pool->running; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->mutex);
    free(pool->workers);
    free(pool);
}

size_t pool_threads(const struct pool *pool)
{
    return pool->threads;
}

void task_start(struct pool *pool, struct task *task)
{
    if (!pool->begun)
        pool_begin(pool);
    task->next = NULL;
    task->started = true;
    task->done = false;
    pthread_mutex_lock(&pool->mutex);
    if (pool->last)
        pool->last->next = task;
    else
        pool->first = task;
    pool->last = task;
    pthread_cond_signal(&pool->work);
    pthread_mutex_unlock(&pool->mutex);
}

void task_wait(struct pool *pool, struct task *task)
{
    if (!task->started)
        return;
    pthread_mutex_lock(&pool->mutex);
    while (!task->done) {
        if (pool->first)
            pool_run(pool, pool_take(pool), 0);
        else
            pthread_cond_wait(&pool->done, &pool->mutex);
    }
    pthread_mutex_unlock(&pool->mutex);
    task->started = false;
}

struct mutex {
    pthread_mutex_t mutex;
};

struct mutex *mutex_new(void)
{
    struct mutex *mutex = mem_new(1, sizeof *mutex);

    pthread_mutex_init(&mutex->mutex, NULL);
    return mutex;
}

void mutex_free(struct mutex *mutex)
{
    if (mutex)
        pthread_mutex_destroy(&mutex->mutex);
    free(mutex);
}

void mutex_lock(struct mutex *mutex)
{
    pthread_mutex_lock(&mutex->mutex);
}

void mutex_unlock(struct mutex *mutex)
{
    pthread_mutex_unlock(&mutex->mutex);
}
