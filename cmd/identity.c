/* 'sig identity'. */
#include "cmd/command.h"

#include "cmd/wait.h"

struct change_request {
    struct identity_request change;
    struct opt_bool no_wait;
};

/* clang-format off */
static const struct row change_rows[] = {
    ROW_OBJECT(struct change_request, change.ref, "reference", &reference_shape,
               .about = "The gallery"),
    ROW(struct change_request, change.system_assigned, "systemAssigned", .flag = "--system-assigned",
        .about = "The identity of its own"),
    ROW(struct change_request, change.user_assigned, "userAssigned", .rules = ROW_CLEARS,
        .flag = "--user-assigned", .metavar = "ID", .about = "These identities; with remove and no id all of them"),
    NO_WAIT_ROW(struct change_request, .about = "Print nothing; it is done at once in any case"),
};
/* clang-format on */

static const struct shape change_shape = SHAPE(struct change_request, "request", change_rows, NULL);

static int run_assign(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_identity_assign(run->store, &asked->change, result, err);
}

static int run_remove(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_identity_remove(run->store, &asked->change, result, err);
}

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    const struct reference_request *const named = request;

    return gal_identity_show(run->store, &named->ref, result, err);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &identity_noun,
        .verb = "assign",
        .brief = "give a gallery identities",
        .about = "Adds what is named to what the gallery has, and prints all of it.",
        .examples = (const char *const[]){"sig identity assign prod --system-assigned", NULL},
        .request = &change_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &identity_shape,
        .traits = COMMAND_CHANGES,
        .run = run_assign,
    },
    {
        .noun = &identity_noun,
        .verb = "remove",
        .brief = "take identities away from a gallery",
        .about = "Takes away what is named, and prints what is left. What the gallery has not is no error.",
        .examples = (const char *const[]){"sig identity remove prod --user-assigned", NULL},
        .request = &change_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &identity_shape,
        .traits = COMMAND_CHANGES,
        .run = run_remove,
    },
    {
        .noun = &identity_noun,
        .verb = "show",
        .brief = "print the identities of a gallery",
        .about = "Prints the identities of a gallery; nothing of one that has none.",
        .examples = (const char *const[]){"sig identity show prod", NULL},
        .request = &reference_request_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &identity_shape,
        .traits = COMMAND_READS,
        .run = run_show,
    },
    {
        .noun = &identity_noun,
        .verb = "wait",
        .brief = "wait until a gallery is as it shall be",
        .about = WAIT_ABOUT,
        .examples = (const char *const[]){"sig identity wait prod --updated", NULL},
        .request = &wait_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .traits = COMMAND_READS,
        .run = wait_run,
    },
};
/* clang-format on */

const struct noun identity_noun = {
    .name = "identity",
    .brief = "identities of a gallery, noted for other tools",
    .about = "A gallery can have managed identities, as galleries in Azure have. They are ids, "
             "stored and shown for tools that want to know: nothing here asks anybody anything in "
             "their name.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
    .on_front = true,
};
