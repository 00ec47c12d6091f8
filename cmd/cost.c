/* 'sig cost'. */
#include "cmd/ids.h"

/* clang-format off */
static const struct row request_rows[] = {
    ROW_OBJECT(struct cost_request, ref, "reference", &reference_shape,
               .about = "What to count"),
    ROW_LIST(struct cost_request, others, OTHERS_KEY, &reference_shape,
             .metavar = OTHERS_METAVAR, .parse = references_parse_words,
             .about = "More of them; a version that several cover is counted once"),
    ROW(struct cost_request, prices, "prices", .flag = "--prices", .metavar = "FILE",
        .about = "Prices to count with, as in examples/prices.json"),
};
/* clang-format on */

static const struct shape request_shape = SHAPE(struct cost_request, "request", request_rows, NULL);

static int run_cost(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_cost(run->store, request, result, err);
}

static const char *const operands[] = {OTHERS_KEY, NULL};

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &cost_noun,
        .brief = "print what image versions cost",
        .about = "Prints what image versions would cost where the service keeps them, and what they take here: of one version, of "
                 "all of a definition or a gallery, of several of those, or of the whole store.\n"
                 "The service bills the storage of each replica by the occupied size of the disks, which is what is no zeros in "
                 "them; the way of the first replica to each further region, once, of the same size; and nothing for itself. "
                 "Replicas are those that the versions want, made or not. What is stored was found by looking, as "
                 "'sig coverage' does: compressed, and blocks that several disks share once in each replica.\n"
                 "Prices are those of the file that --prices names, or of prices.json of the store, or dated "
                 "assumptions; one of Standard_ZRS is for all zones of a replica together. A price for a month counts as one for "
                 "a month, however long the version has been there.",
        .examples = (const char *const[]){
            "sig cost -o table",
            "sig cost prod/ubuntu --query occupiedCostPerMonth -o tsv",
            "sig cost prod web --query 'versions[].[name, occupiedCostPerMonth]' -o tsv",
            NULL},
        .request = &request_shape,
        .operands = operands,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &cost_shape,
        .traits = COMMAND_READS | COMMAND_JUDGES,
        .run = run_cost,
    },
};
/* clang-format on */

const struct noun cost_noun = {
    .name = "cost",
    .brief = "what image versions cost",
    .about =
        "Costs are what the service would bill for the same versions, beside what they take here.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
