/* 'sig store' and 'sig usage'. */
#include "cmd/command.h"

/* clang-format off */
static const struct row init_rows[] = {
    ROW(struct store_init, shared, "shared", .flag = "--shared", .metavar = "GROUP", .max = 256,
        .about = "A Unix group: its members publish, whatever their umask, and nobody else reads"),
};

static const struct row update_rows[] = {
    ROW_LIST(struct store_request, limits, "limits", &limit_shape, .rules = ROW_NEEDED, .parse = limits_parse,
        .flag = "--limit", .flag_alias = "--limits", .metavar = "NAME=NUMBER",
        .about = "Gallery, GalleryImage, GalleryImageVersion, GalleryImageVersionReplica; =default: the service's"),
};

static const struct row usage_rows[] = {
    ROW(struct usage_request, location, "location", .flag = "--location", .letter = 'l', .metavar = "REGION",
        .parse = region_parse_words, .check = region_check,
        .about = "Only of this region"),
};
/* clang-format on */

static const struct shape init_shape = SHAPE(struct store_init, "request", init_rows, NULL);
static const struct shape update_shape = SHAPE(struct store_request, "request", update_rows, NULL);
static const struct shape usage_request_shape =
    SHAPE(struct usage_request, "request", usage_rows, NULL);

static int run_init(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_store_init(run->context, request, result, err);
}

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    (void)request;
    return gal_store_show(run->store, result, err);
}

static int run_update(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_store_update(run->store, request, result, err);
}

static int run_usage(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_usage(run->store, request, result, err);
}

/* clang-format off */
static const struct command store_commands[] = {
    {
        .noun = &store_noun,
        .verb = "init",
        .brief = "make a store, and share it with a group",
        .about = "Makes the store, if it is not there, and prints it.\n"
                 "With --shared its directories, and those that its regions have elsewhere, belong to the group, which may "
                 "write there, and to their owners; nobody else gets in. What is made there later is the group's as well, whatever the umask of "
                 "whoever makes it: by set-group-id and by a default access control list, which the file system has to keep. A store that is "
                 "there already is shared with all that is in it, by its owner or root.\n"
                 "The kernel keeps others out, and that is all it does: each member of the group can read and remove all of it. Roles "
                 "(sig-role-assignment(1)) and locks (sig-lock(1)) say who may do what with this program.",
        .examples = (const char *const[]){
            "sig store init",
            "sig store init --shared users --store shelf",
            NULL},
        .request = &init_shape,
        .result = &store_view_shape,
        .traits = COMMAND_OPENS,
        .run = run_init,
    },
    {
        .noun = &store_noun,
        .verb = "show",
        .brief = "print the store: where it is, and its limits",
        .about = "Prints where the store is, its identity and its limits.",
        .examples = (const char *const[]){"sig store show --query limits", NULL},
        .result = &store_view_shape,
        .traits = COMMAND_READS,
        .run = run_show,
    },
    {
        .noun = &store_noun,
        .verb = "update",
        .brief = "change the limits of the store",
        .about = "Sets how many galleries, image definitions and image versions there may be in one region, and how many "
                 "replicas of one image version there may be in all, which is 100 at most. What is there already stays "
                 "when a limit is set below it. A new limit holds for commands that begin later.",
        .examples = (const char *const[]){
            "sig store update --limit Gallery=200 GalleryImageVersion=50000",
            "sig store update --limit Gallery=default",
            NULL},
        .request = &update_shape,
        .result = &store_view_shape,
        .traits = COMMAND_CHANGES,
        .run = run_update,
    },
};

static const struct command usage_commands[] = {
    {
        .noun = &usage_noun,
        .brief = "print what each region has, and what it may have",
        .about = "Prints how many galleries, image definitions and image versions belong to each region, how many replicas "
                 "the version has that has most, and the limits. Those of the service are the defaults: 100 galleries, "
                 "1,000 definitions and 10,000 versions in a region, 100 replicas of a version; 'sig store update --limit' "
                 "changes them. Whoever would pass one is refused, with exit status 8. What was accepted with --no-wait counts "
                 "once it is made, and fails then; in one gallery a limit is exact, and commands in different galleries at "
                 "the same moment may pass it together, by as many as they are. Soft-deleted versions are not counted; one that comes "
                 "back is, and is refused where that would be one too many.",
        .examples = (const char *const[]){
            "sig usage -o table",
            "sig usage --location westus2",
            NULL},
        .request = &usage_request_shape,
        .result = &usage_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_usage,
    },
};
/* clang-format on */

const struct noun store_noun = {
    .name = "store",
    .brief = "the store itself: where it is, and its limits",
    .about = "A store is a directory with galleries, regions and the copies of disks; 'sig store "
             "init' makes it, and so does 'sig gallery create'.",
    .commands = store_commands,
    .count = sizeof store_commands / sizeof *store_commands,
};

const struct noun usage_noun = {
    .name = "usage",
    .brief = "what each region has, and what it may have",
    .about = "Usage counts what belongs to each region, and holds it against the limits.",
    .commands = usage_commands,
    .count = sizeof usage_commands / sizeof *usage_commands,
};
