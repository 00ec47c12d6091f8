/* thread.h: a few threads that work off tasks while their owner goes on.
 *
 * How the content engine uses it: the owner starts tasks in order (read and hash a piece of disk,
 * compress a frame), waits for the oldest, and does with its result what has to be done in order.
 * So the number of threads changes how long something takes, and never what comes out.
 */
#ifndef OS_THREAD_H
#define OS_THREAD_H

#include <stdbool.h>
#include <stddef.h>

struct pool;

/* One piece of work: the first member of a struct that holds what it works on. All-zero but for
 * `run` before task_start. */
struct task {
    /* `worker`: who runs it, below pool_threads: for what each thread has one of. */
    void (*run)(struct task *task, size_t worker);
    struct task *next; /* the rest is the pool's */
    bool started, done;
};

/* The processors that this process may use, at least 1. */
size_t thread_processors(void);

/* A pool in which at most `threads` (at least 1) work at the same time: the owner is one of them
 * while it waits. Threads begin with the first task; when the system gives fewer, the others do the
 * work. */
struct pool *pool_new(size_t threads);
/* No task may be under way. NULL is left alone. */
void pool_free(struct pool *pool);

/* What pool_new was given. */
size_t pool_threads(const struct pool *pool);

/* Have a task run some time from now; tasks are begun in the order in which they were started. With
 * one thread that is in task_wait. Owner only. */
void task_start(struct pool *pool, struct task *task);

/* Until the task is done; meanwhile the owner works off tasks too. A task that was not started, or
 * was waited for, is left alone. Afterwards it may be started again. Owner only. */
void task_wait(struct pool *pool, struct task *task);

/* What one thread at a time may do. Not to be locked twice by one thread. */
struct mutex;

struct mutex *mutex_new(void);
/* Nobody may hold it. NULL is left alone. */
void mutex_free(struct mutex *mutex);
void mutex_lock(struct mutex *mutex);
void mutex_unlock(struct mutex *mutex);

#endif
