/* thread: every task once, results in the owner's order, whatever the number of threads. */
#include "os/thread.h"

#include <stdatomic.h>

#include "tests/unit/unit.h"

enum { TASKS = 500, RING = 7 };

struct sum {
    struct task task;
    size_t from, worker, runs;
    unsigned long long result;
};

static void add_up(struct task *task, size_t worker)
{
    struct sum *sum = (struct sum *)task;

    sum->worker = worker;
    sum->runs++;
    sum->result = 0;
    for (size_t i = sum->from; i < sum->from + 1000; i++)
        sum->result += i;
}

static void ring_of_tasks(size_t threads)
{
    struct pool *pool = pool_new(threads);
    struct sum ring[RING] = {0};

    for (size_t i = 0; i < TASKS + RING; i++) {
        struct sum *sum = &ring[i % RING];

        task_wait(pool, &sum->task);
        if (i >= RING) {
            ck_assert_uint_eq(sum->runs, i / RING);
            ck_assert_uint_lt(sum->worker, threads);
            ck_assert_uint_eq(sum->result, 1000ull * sum->from + 499500);
        }
        if (i >= TASKS)
            continue;
        sum->task.run = add_up;
        sum->from = i;
        task_start(pool, &sum->task);
    }
    pool_free(pool);
}

START_TEST(each_task_is_run_once_with_any_number_of_threads)
{
    static const size_t counts[] = {1, 2, 3, 8};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        ring_of_tasks(counts[i]);
}
END_TEST

START_TEST(with_one_thread_the_owner_works_in_order)
{
    struct pool *pool = pool_new(1);
    struct sum tasks[3] = {0};

    for (size_t i = 0; i < 3; i++) {
        tasks[i].task.run = add_up;
        tasks[i].from = i;
        task_start(pool, &tasks[i].task);
    }
    ck_assert_uint_eq(tasks[0].runs, 0);
    task_wait(pool, &tasks[1].task);
    ck_assert_uint_eq(tasks[0].runs, 1);
    ck_assert_uint_eq(tasks[1].runs, 1);
    ck_assert_uint_eq(tasks[2].runs, 0);
    task_wait(pool, &tasks[2].task);
    ck_assert_uint_eq(tasks[2].worker, 0);
    pool_free(pool);
}
END_TEST

struct meeting {
    struct task task;
    atomic_int *here;
};

/* Ends only when another thread is in it too. */
static void meet(struct task *task, size_t worker)
{
    struct meeting *meeting = (struct meeting *)task;

    (void)worker;
    atomic_fetch_add(meeting->here, 1);
    while (atomic_load(meeting->here) < 2)
        ;
}

START_TEST(two_threads_work_at_the_same_time)
{
    struct pool *pool = pool_new(2);
    atomic_int here = 0;
    struct meeting left = {.task.run = meet, .here = &here};
    struct meeting right = {.task.run = meet, .here = &here};

    task_start(pool, &left.task);
    task_start(pool, &right.task);
    task_wait(pool, &left.task);
    task_wait(pool, &right.task);
    ck_assert_int_eq(atomic_load(&here), 2);
    pool_free(pool);
}
END_TEST

START_TEST(an_unused_pool_and_an_unstarted_task_are_nothing)
{
    struct pool *pool = pool_new(4);
    struct sum sum = {0};

    ck_assert_uint_eq(pool_threads(pool), 4);
    task_wait(pool, &sum.task);
    ck_assert_uint_eq(sum.runs, 0);
    pool_free(pool);
    pool_free(NULL);
    ck_assert_uint_ge(thread_processors(), 1);
}
END_TEST

UNIT_MAIN("os/thread", each_task_is_run_once_with_any_number_of_threads,
          with_one_thread_the_owner_works_in_order, two_threads_work_at_the_same_time,
          an_unused_pool_and_an_unstarted_task_are_nothing)
