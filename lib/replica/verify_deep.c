#include "replica/verify_deep.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "replica/desk.h"

enum {
    RUN_BLOCKS = 512, /* at once: 2 MiB of them, and of identities 16 KiB */
    RUNS_MAX = 32,    /* under way: 64 MiB */
};

/* Blocks that one thread reads. */
struct run_task {
    struct task task;
    const struct blob *blob;
    struct desk **desks; /* of each thread, made at first use */
    uint32_t first, count;
    struct block_id *ids;
    uint8_t *bytes;
    int rc;
    struct err err;
};

struct deep {
    const struct verify_job *job;
    struct blob *blob;
    struct desk **desks;
    struct run_task *tasks; /* a ring */
    size_t count;
    uint32_t next; /* block */
};

static void read_run(struct task *task, size_t worker)
{
    struct run_task *const run = (struct run_task *)task;
    struct desk **const desk = &run->desks[worker];
    struct desk_run wanted = {.blob = run->blob,
                              .first = run->first,
                              .count = run->count,
                              .ids = run->ids,
                              .out = run->bytes};
    uint32_t got;

    if (!*desk)
        *desk = desk_new(DESK_BLOCKS);
    run->rc = blob_ids(run->blob, run->first, run->count, run->ids, &run->err);
    if (run->rc == 0)
        run->rc = desk_read(*desk, &wanted, &got, &run->err);
}

/* Whole frames, so that none is decompressed twice. */
static void start(struct deep *deep, struct run_task *run)
{
    const uint32_t blocks = blob_block_count(deep->blob);
    uint32_t end = (uint32_t)number_smaller((uint64_t)deep->next + RUN_BLOCKS, blocks);

    run->count = 0;
    if (deep->next == blocks)
        return;
    if (end < blocks)
        end = blob_frame(deep->blob, blob_frame_of(deep->blob, end))->first_block;
    run->first = deep->next;
    run->count = end - deep->next;
    deep->next = end;
    task_start(deep->job->pool, &run->task);
}

static int read_all(struct deep *deep, struct err *err)
{
    const struct verify_job *const job = deep->job;
    int rc = 0;

    for (size_t i = 0; i < deep->count; i++)
        start(deep, &deep->tasks[i]);
    for (size_t i = 0; rc == 0 && deep->tasks[i].count > 0; i = (i + 1) % deep->count) {
        struct run_task *const run = &deep->tasks[i];

        task_wait(job->pool, &run->task);
        rc = run->rc;
        if (rc && err)
            *err = run->err;
        if (rc == 0 && job->stop && job->stop(job->user))
            rc = err_set(err, E_TIMED_OUT, "it was not read to its end");
        if (rc == 0)
            start(deep, run);
    }
    for (size_t i = 0; i < deep->count; i++)
        task_wait(job->pool, &deep->tasks[i].task);
    return rc;
}

static void deep_init(struct deep *deep)
{
    const size_t threads = pool_threads(deep->job->pool);

    deep->desks = mem_new(threads, sizeof(struct desk *));
    deep->count = (size_t)number_smaller(2 * threads, RUNS_MAX);
    deep->tasks = mem_new(deep->count, sizeof *deep->tasks);
    for (size_t i = 0; i < deep->count; i++)
        deep->tasks[i] = (struct run_task){
            .task.run = read_run,
            .blob = deep->blob,
            .desks = deep->desks,
            .ids = mem_new(RUN_BLOCKS, sizeof(struct block_id)),
            .bytes = mem_new(RUN_BLOCKS, BLOCK_SIZE),
        };
}

static void deep_done(struct deep *deep)
{
    for (size_t i = 0; i < deep->count; i++) {
        free(deep->tasks[i].ids);
        free(deep->tasks[i].bytes);
    }
    for (size_t i = 0; i < pool_threads(deep->job->pool); i++)
        desk_free(deep->desks[i]);
    free(deep->tasks);
    free(deep->desks);
}

int verify_deep(const struct verify_job *job, const struct blob_name *name, struct err *err)
{
    struct deep deep = {.job = job};
    int rc = blob_open(job->replica->dir, name, &deep.blob, err);

    if (rc)
        return rc;
    deep_init(&deep);
    rc = read_all(&deep, err);
    deep_done(&deep);
    blob_close(deep.blob);
    return rc;
}
