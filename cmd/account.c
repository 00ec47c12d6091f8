/* 'sig account': what scripts for the Azure CLI ask first. */
#include "cmd/command.h"

struct choice_request {
    char *name;
};

/* clang-format off */
static const struct row choice_rows[] = {
    ROW(struct choice_request, name, "name", .flag = "--name", .letter = 's', .metavar = "ID",
        .about = "The same as --subscription"),
};
/* clang-format on */

static const struct shape choice_shape = SHAPE(struct choice_request, "request", choice_rows, NULL);

static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    (void)request;
    return gal_account_list(run->store, result, err);
}

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    (void)request;
    return gal_account_show(run->store, result, err);
}

/* --subscription itself is checked before any command runs. */
static int run_set(struct run *run, const void *request, void *result, struct err *err)
{
    const struct choice_request *const choice = request;

    (void)result;
    return choice->name ? gal_account_check(run->store, choice->name, err) : 0;
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &account_noun,
        .verb = "list",
        .brief = "print the store as a list of one subscription",
        .about = "Prints the store's id and the name of its directory. Either is what --subscription takes. Where "
                 "there is no store yet the list is empty.",
        .examples = (const char *const[]){"sig account list -o table", "sig account list --query [].id -o tsv", NULL},
        .result = &account_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_list,
    },
    {
        .noun = &account_noun,
        .verb = "show",
        .brief = "print the store as a subscription",
        .about = "Prints the same of the one store there is.",
        .examples = (const char *const[]){"sig account show --query id -o tsv", NULL},
        .result = &account_shape,
        .traits = COMMAND_READS,
        .run = run_show,
    },
    {
        .noun = &account_noun,
        .verb = "set",
        .brief = "check that --subscription names this store",
        .about = "Checks --subscription, as every command does, and changes nothing: scripts for the Azure CLI "
                 "choose their subscription so. --store or SIG_STORE choose the store.",
        .examples = (const char *const[]){"sig account set --subscription sig", NULL},
        .request = &choice_shape,
        .traits = COMMAND_READS,
        .run = run_set,
    },
};
/* clang-format on */

const struct noun account_noun = {
    .name = "account",
    .brief = "the store as the subscription it stands for",
    .about = "To scripts for the Azure CLI a store is a subscription, and the only one there is.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
