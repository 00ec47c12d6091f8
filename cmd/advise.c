/* 'sig advise'. */
#include "base/text.h"
#include "cmd/command.h"
#include "cmd/render.h"

/* clang-format off */
static const struct row request_rows[] = {
    ROW_OBJECT(struct advise_request, ref, "reference", &reference_shape,
               .about = "The version that is to be deployed"),
    ROW(struct advise_request, instances, "instances", .rules = ROW_NEEDED, .flag = "--instances",
        .min = 1, .max = ADVICE_INSTANCES_MAX,
        .about = "Deployments at the same time, in each region"),
    ROW(struct advise_request, scale_sets, "scaleSets", .flag = "--scale-sets", .min = 1,
        .max = ADVICE_INSTANCES_MAX,
        .about = "They are in so many scale sets that are alike; when not given, machines by themselves"),
    ROW(struct advise_request, regions, "regions", .flag = "--region", .flag_alias = "--regions",
        .metavar = "REGION", .parse = regions_parse_words,
        .about = "Where: also regions that are no targets yet; all targets when not given"),
};
/* clang-format on */

static const struct shape request_shape =
    SHAPE(struct advise_request, "request", request_rows, NULL);

static int run_advise(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_advise(run->store, request, result, err);
}

static void add_line(struct buf *out, const char *what, const char *text)
{
    if (!text)
        return;
    buf_printf(out, "%-9s", what);
    text_add_inert(out, text);
    buf_add_char(out, '\n');
}

/* The regions, and below them what does not fit a column. */
static void add_table(struct buf *out, const struct look *look, const void *result)
{
    const struct advice *const advice = result;
    const struct result regions = {
        .shape = shape_row(&advice_shape, "regions")->shape,
        .value = &advice->regions,
        .listed = true,
    };

    render_table(out, look, &regions);
    buf_add_char(out, '\n');
    add_line(out, "rule:", advice->rule);
    add_line(out, "also:", advice->other_rule);
    add_line(out, "refused:", advice->reason);
    add_line(out, "run:",
             advice->command        ? advice->command
             : advice->enough.value ? "nothing: there are enough"
                                    : NULL);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &advise_noun,
        .brief = "say how many replicas so many deployments need",
        .about = "Holds the replicas that a version has in each region against what the public documentation of the Azure "
                 "Compute Gallery recommends for deployments at the same time, names the rule, and prints the command "
                 "that brings the version there.\n"
                 "The rules are one replica for every 20 machines, and one for every scale set of up to 600 instances. The "
                 "documentation is not of one mind: it also says one for every 50 machines, and one for a scale set of any "
                 "size. The careful rule is taken and the other one named. A version has at most 100 replicas in all "
                 "regions together.",
        .examples = (const char *const[]){
            "sig advise prod/ubuntu/1.0.0 --instances 120",
            "sig advise prod/ubuntu/latest --instances 3000 --scale-sets 5 --region westus2 -o table",
            NULL},
        .request = &request_shape,
        .least = REFERENCE_VERSION,
        .most = REFERENCE_VERSION,
        .result = &advice_shape,
        .traits = COMMAND_READS,
        .run = run_advise,
        .table = add_table,
    },
};
/* clang-format on */

const struct noun advise_noun = {
    .name = "advise",
    .brief = "how many replicas so many deployments need",
    .about = "Each replica serves so many deployments at the same time, and no more.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
