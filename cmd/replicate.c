/* 'sig replicate'. */
#include "cmd/plan.h"

#include "base/text.h"

struct request {
    struct replicate_request replicate;
    struct plan_ask plan;
};

/* clang-format off */
static const struct row request_rows[] = {
    ROW_OBJECT(struct request, replicate.ref, "reference", &reference_shape,
               .about = "What to copy"),
    ROW(struct request, replicate.regions, "regions", .flag = "--region", .flag_alias = "--regions",
        .metavar = "REGION", .parse = regions_parse_words, .check = regions_check,
        .about = "Only these regions; all targets when not given"),
    ROW(struct request, replicate.verify, "verify", .flag = "--verify",
        .about = "Read back also what is complete, and replace what is damaged from another replica"),
    PLAN_ROW(struct request),
};
/* clang-format on */

static const struct shape request_shape = SHAPE(struct request, "request", request_rows, NULL);

/* "prod/ubuntu/1.0.0" in the column of names: the versions may be of several definitions. */
static void name_in_full(struct versions *versions)
{
    for (size_t i = 0; i < versions->count; i++) {
        struct version *const version = &versions->items[i];
        struct reference ref = {0};
        struct buf name = {0};
        struct err ignored = {0};

        if (!reference_parse(version->id, &ref, &ignored)) {
            reference_add_text(&name, &ref);
            text_replace(&version->name, buf_text(&name));
        }
        buf_done(&name);
        shape_done(&reference_shape, &ref);
    }
}

static int run_replicate(struct run *run, const void *request, void *result, struct err *err)
{
    const struct request *const asked = request;
    const int rc = gal_replicate(run->store, &asked->replicate, result, err);

    if (run->table && (!rc || rc == E_PARTIAL || rc == E_CORRUPT))
        name_in_full(result);
    return rc;
}

static int run_plan(struct run *run, const void *request, void *result, struct err *err)
{
    const struct request *const asked = request;

    return gal_replicate_plan(run->store, &asked->replicate, asked->plan.prices, result, err);
}

/* clang-format off */
static const struct command planned = {
    .noun = &replicate_noun, .request = &request_shape, .least = REFERENCE_NONE, .most = REFERENCE_VERSION,
    .result = &plan_shape, .traits = PLANNED_TRAITS, .run = run_plan};

static const struct command commands[] = {
    {
        .noun = &replicate_noun,
        .brief = "copy what is missing to the target regions",
        .about = "Copies whatever is missing, wherever a version says it should be: of one version, of all of a "
                 "definition or a gallery, or of the whole store. What is complete already is left alone, so it can "
                 "run at any time, and again after a failure. Each copy is read back and compared; one that was "
                 "found damaged by an audit is replaced with --verify.\n"
                 ABOUT_PLAN,
        .examples = (const char *const[]){
            "sig replicate",
            "sig replicate prod/ubuntu/1.0.0 --region westus2",
            "sig replicate prod -o table",
            "sig replicate --verify",
            "sig replicate --plan -o table",
            NULL},
        .request = &request_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_CHANGES | COMMAND_LISTS,
        .run = run_replicate,
        .planned = &planned,
    },
};
/* clang-format on */

const struct noun replicate_noun = {
    .name = "replicate",
    .brief = "copy what is missing to the target regions",
    .about = "Replication brings the copies of versions to where the versions say they should be.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
