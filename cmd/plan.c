#include "cmd/plan.h"

#include "cmd/wait.h"

/* clang-format off */
static const struct row ask_rows[] = {
    ROW(struct plan_ask, plan, "plan", .flag = "--plan",
        .about = "Print what would be copied or freed, and what that costs; do nothing"),
    ROW(struct plan_ask, prices, "prices", .flag = "--prices", .metavar = "FILE",
        .about = "With --plan: prices to count with, as in examples/prices.json"),
};
/* clang-format on */

const struct shape plan_ask_shape = SHAPE(struct plan_ask, "plan", ask_rows, NULL);

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
