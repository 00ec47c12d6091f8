/* 'sig sweep'. */
#include "cmd/plan.h"

struct request {
    struct sweep_request sweep;
    struct plan_ask plan;
};

/* clang-format off */
static const struct row request_rows[] = {
    ROW(struct request, sweep.force, "force", .flag = "--force",
        .about = "Remove every disk when no image version is left; refused otherwise, as a missing mount looks like that"),
    PLAN_ROW(struct request),
};
/* clang-format on */

static const struct shape request_shape = SHAPE(struct request, "request", request_rows, NULL);

static int run_sweep(struct run *run, const void *request, void *result, struct err *err)
{
    const struct request *const asked = request;

    return gal_sweep(run->store, &asked->sweep, result, err);
}

static int run_plan(struct run *run, const void *request, void *result, struct err *err)
{
    const struct request *const asked = request;

    return gal_sweep_plan(run->store, &asked->sweep, asked->plan.prices, result, err);
}

/* clang-format off */
static const struct command planned = {
    .noun = &sweep_noun, .request = &request_shape, .result = &plan_shape, .traits = PLANNED_TRAITS, .run = run_plan};

static const struct command commands[] = {
    {
        .noun = &sweep_noun,
        .brief = "remove what no image version needs any more",
        .about = "Deleting a version removes its manifest; the disks stay, since others may share their blocks. A "
                 "sweep removes the disk maps that no version names, the blobs that no such map names, and what "
                 "commands that were killed have left. Blobs of which less than half is needed are rewritten: that half "
                 "moves, as it is stored and read back, into a new blob, a GiB at a time. Where there is no room for it, or it "
                 "is damaged, the blob stays, and a note says so.\n"
                 "Before all that it removes for good the soft-deleted versions that are past their hardDeletionTargetTime, and names "
                 "them; one that a lock keeps stays. The disks of the others are needed as those of any version.\n"
                 "It may run at any time: it waits until nobody writes to a replica, a minute unless --lock-wait says "
                 "otherwise, and whoever wants to write waits until it is swept. When a manifest or a directory cannot be "
                 "read nothing is removed, since it might need anything; a disk map that cannot be read keeps what is "
                 "in its own replica. A replica that cannot be swept is passed over and told, and the exit status is "
                 "that of its cause.\n"
                 ABOUT_PLAN,
        .examples = (const char *const[]){
            "sig sweep",
            "sig sweep --plan -o table",
            NULL},
        .request = &request_shape,
        .result = &sweep_shape,
        .traits = COMMAND_CHANGES | COMMAND_JUDGES,
        .run = run_sweep,
        .planned = &planned,
    },
};
/* clang-format on */

const struct noun sweep_noun = {
    .name = "sweep",
    .brief = "remove what no image version needs any more",
    .about = "Blocks are shared: what a deleted version leaves shows by looking at all others.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
