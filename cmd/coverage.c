/* 'sig coverage'. */
#include "cmd/coverage.h"

#include "cmd/ids.h"
#include "cmd/invocation.h"

#include <inttypes.h>
#include <stdlib.h>

struct coverage_call {
    struct reference ref;
    struct references others;
    struct texts regions;
    struct opt_bool check;
    char *html;
    struct opt_bool force;
};

/* clang-format off */
static const struct row request_rows[] = {
    ROW_OBJECT(struct coverage_call, ref, "reference", &reference_shape,
               .about = "What to look at"),
    ROW_LIST(struct coverage_call, others, OTHERS_KEY, &reference_shape,
             .metavar = OTHERS_METAVAR, .parse = references_parse_words,
             .about = "More of them; a version that several cover is there once"),
    ROW(struct coverage_call, regions, "regions", .flag = "--region", .flag_alias = "--regions",
        .metavar = "REGION", .parse = regions_parse_words, .check = regions_check,
        .about = "Only these regions; all targets when not given"),
    ROW(struct coverage_call, check, "check", .flag = "--check",
        .about = "Fail when a replica is not intact: for scripts"),
    ROW(struct coverage_call, html, "html", .flag = "--html", .metavar = "FILE",
        .about = "Write it as a page for browsers, '-' for standard output, and print nothing else"),
    ROW(struct coverage_call, force, "force", .flag = "--force",
        .about = "Replace the page when it is there already"),
};
/* clang-format on */

static const struct shape request_shape =
    SHAPE(struct coverage_call, "request", request_rows, NULL);

/* What was made and is not as it should be is damage; what is to be made yet is not done yet. */
static int judge(const struct coverage *coverage, struct err *err)
{
    const int64_t lacking = coverage->wanted.value - coverage->intact.value;
    struct coverage_troubles troubles = {0};

    if (coverage->state == COVERAGE_INTACT)
        return 0;
    coverage_troubles(coverage, &troubles);
    err_set(err, coverage->state == COVERAGE_INCOMPLETE ? E_PARTIAL : E_CORRUPT,
            "%" PRId64 " of %" PRId64 " replicas %s not intact: region '%s': %s", lacking,
            coverage->wanted.value, lacking == 1 ? "is" : "are", troubles.items[0].region->name,
            troubles.items[0].region->reason);
    free(troubles.items);
    return err_hint(err, coverage->state == COVERAGE_INCOMPLETE
                             ? "'sig replicate' copies what is missing"
                             : "'sig audit' says what is wrong, and what to do about it");
}

static int write_page(const struct coverage_call *call, const struct coverage *coverage,
                      struct err *err)
{
    struct buf page = {0};
    int rc;

    coverage_add_page(&page, coverage);
    rc = gal_write_text(call->html, &page, call->force.value, err);
    buf_done(&page);
    return rc ? err_wrap(err, "cannot write the page") : 0;
}

static int run_coverage(struct run *run, const void *request, void *result, struct err *err)
{
    const struct coverage_call *const call = request;
    const struct coverage_request asked = {.ref = call->ref,
                                           .others = call->others,
                                           .regions = call->regions,
                                           .needs_store = call->check.value};
    struct coverage *const coverage = result;
    int rc, page = 0;

    if (call->force.value && !call->html)
        return err_set(err, E_USAGE, "--force is about the page: it needs --html");
    rc = gal_coverage(run->store, &asked, coverage, err);
    if (call->html && coverage->state) {
        struct err why = {0};

        run->silent = true;
        page = write_page(call, coverage, &why);
        if (page && !rc) {
            *err = why;
            return page;
        }
    }
    return rc || !call->check.value ? rc : judge(coverage, err);
}

static const char *const operands[] = {OTHERS_KEY, NULL};

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &coverage_noun,
        .brief = "show which versions are where, and what is missing",
        .about = "For each version and each region it wants copies in: how many replicas are wanted, how many were found "
                 "there intact, the bytes they take, and when the oldest of those was last read back. What is there is "
                 "found by looking, not taken from what was once reported: of every disk the map must open, and every blob "
                 "in it have its size and a sound end. That is quick; 'sig audit' reads every byte.\n"
                 "'-o table' is a grid, a row a version and a column a region: '2/2 ok' is two replicas of two; '1/2 ..' "
                 "has copies to be made yet, which 'sig replicate' makes; '1/2 !' lacks one that was made and is damaged or "
                 "gone; '0/2 ?' cannot be looked at, such as a disk that is not mounted; '-' wants nothing there.\n"
                 "With --check the exit status is 10 when copies are still to be made, and 6 when some that were made are "
                 "not intact or cannot be looked at; without it, 0 either way. Where there is no store, it is 3.",
        .examples = (const char *const[]){
            "sig coverage -o table",
            "sig coverage prod/ubuntu --region westus2 -o table",
            "sig coverage prod/ubuntu/1.0.0 web -o table",
            "sig coverage --check -o none",
            "sig coverage --html coverage.html --force",
            NULL},
        .request = &request_shape,
        .operands = operands,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &coverage_shape,
        .traits = COMMAND_READS | COMMAND_JUDGES,
        .run = run_coverage,
        .table = coverage_add_table,
    },
};
/* clang-format on */

const struct noun coverage_noun = {
    .name = "coverage",
    .brief = "which versions are where, and what is missing",
    .about = "Coverage holds what versions want in their regions against what is there.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
