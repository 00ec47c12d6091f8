#include "cmd/plan.h"

#include "cmd/wait.h"

/* clang-format off */
static const struct row ask_rows[] = {
    ROW(struct plan_ask, plan, "plan", .flag = "--plan",
        .about = "Print what would be copied or freed, and what that costs; do nothing"),
    ROW(struct plan_ask, prices, "prices", .flag = "--prices", .metavar = "FILE",
        .about = "With --plan: prices to count with, as in examples/prices.json"),
};

static const struct row delete_rows[] = {
    ROW_OBJECT(struct delete_request, ref, "reference", &reference_shape, .about = "What it is about"),
    ROW(struct delete_request, recursive, "recursive", .flag = "--recursive",
        .about = "With all that is in it"),
    BYPASS_ROW(struct delete_request),
    NO_WAIT_ROW(struct delete_request, .about = "Accepted; it is done at once in any case"),
    ROW(struct delete_request, yes, "yes", .flag = "--yes", .letter = 'y', .metavar = "",
        .about = "Accepted; nothing is asked in any case"),
    PLAN_ROW(struct delete_request),
};
/* clang-format on */

const struct shape plan_ask_shape = SHAPE(struct plan_ask, "plan", ask_rows, NULL);

const struct shape delete_request_shape =
    SHAPE(struct delete_request, "request", delete_rows, NULL);

static const void *asked_member(const struct command *command, const void *request, const char *key)
{
    const struct row *const row = command->request ? shape_row(command->request, key) : NULL;

    return row ? row_value(row, request) : NULL;
}

static bool is_set(const struct opt_bool *flag)
{
    return flag && flag->set && flag->value;
}

int plan_choose(const struct command **command, const void *request, struct err *err)
{
    const struct plan_ask *const ask =
        (*command)->planned ? asked_member(*command, request, PLAN_KEY) : NULL;

    if (!ask)
        return 0;
    if (!is_set(&ask->plan))
        return ask->prices ? err_set(err, E_USAGE, "'--prices' is for '--plan'") : 0;
    if (is_set(asked_member(*command, request, NO_WAIT_KEY)))
        return err_set(err, E_USAGE, "'--plan' and '--no-wait' contradict each other");
    *command = (*command)->planned;
    return 0;
}

unsigned delete_how(const struct opt_bool *recursive, const struct opt_bool *bypass)
{
    return (is_set(recursive) ? DELETE_RECURSIVE : 0U) | (is_set(bypass) ? DELETE_BYPASS : 0U);
}

int plan_delete_run(struct run *run, const void *request, void *result, struct err *err)
{
    const struct delete_request *const named = request;
    const struct delete_plan asked = {
        .ref = named->ref,
        .how = delete_how(&named->recursive, &named->bypass),
        .prices = named->plan.prices,
    };

    return gal_delete_plan(run->store, &asked, result, err);
}
