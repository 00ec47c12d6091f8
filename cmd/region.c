/* 'sig region'. */
#include "cmd/command.h"

static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    (void)request;
    return gal_region_list(run->store, result, err);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &region_noun,
        .verb = "list",
        .brief = "print all regions",
        .about = "Prints the regions that a gallery can be in and a version can be copied to: those of the public "
                 "Azure documentation, and 'local'.",
        .examples = (const char *const[]){"sig region list -o table", NULL},
        .result = &region_listed_shape,
        .traits = COMMAND_LISTS,
        .run = run_list,
    },
};
/* clang-format on */

const struct noun region_noun = {
    .name = "region",
    .brief = "regions: where copies can be",
    .about =
        "A region stands for a place that keeps copies of image versions. Regions that belong to "
        "different clouds do not copy to each other; 'local' belongs to none.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
