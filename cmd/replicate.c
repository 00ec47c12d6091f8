/* 'sig replicate'. */
#include "cmd/plan.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "cmd/grid.h"
#include "cmd/ids.h"
#include "cmd/invocation.h"
#include "cmd/render.h"

enum {
    JOBS_MAX = 64,        /* regions: more disks than that are not written at once */
    INTERVAL_S = 10,      /* what is missing is copied soon, and looking costs next to nothing */
    INTERVAL_MAX = 86400, /* a day: who looks less often uses a timer */
};

#define LIMIT_MIN 1024               /* bytes a second: with less, a gigabyte takes weeks */
#define LIMIT_MAX ((int64_t)1 << 50) /* a petabyte a second: no disk writes that */

struct request {
    struct replicate_request replicate;
    struct opt_bool status;
    struct opt_bool watch;
    struct opt_int interval;
    struct plan_ask plan;
};

/* "50M" */
static int parse_limit(const char *const *words, size_t count, void *slot, struct err *err)
{
    uint64_t bytes;

    if (count != 1 || !number_parse_size(words[0], &bytes) || bytes > (uint64_t)LIMIT_MAX) {
        err_set(err, E_INVALID, "'%s' is no size", count ? words[0] : "");
        return err_hint(err, "write bytes, or a number with K, M, G, T or P behind it, as 50M");
    }
    if (bytes < LIMIT_MIN) {
        err_set(err, E_INVALID, "%" PRIu64 " bytes a second are below 1K", bytes);
        return err_hint(err, "K, M or G behind a number makes more of it, as 50M");
    }
    *(struct opt_int *)slot = opt_int_of(bytes);
    return 0;
}

/* clang-format off */
static const struct row request_rows[] = {
    ROW_OBJECT(struct request, replicate.ref, "reference", &reference_shape,
               .about = "What to copy"),
    ROW_LIST(struct request, replicate.others, OTHERS_KEY, &reference_shape,
             .metavar = OTHERS_METAVAR, .parse = references_parse_words,
             .about = "More of them; a version that several cover is copied once"),
    ROW(struct request, replicate.regions, "regions", .flag = "--region", .flag_alias = "--regions",
        .metavar = "REGION", .parse = regions_parse_words, .check = regions_check,
        .about = "Only these regions; all targets when not given"),
    ROW(struct request, replicate.verify, "verify", .flag = "--verify",
        .about = "Read back also what is complete, and replace what is damaged from another replica"),
    ROW(struct request, replicate.retry, "retry", .flag = "--retry",
        .about = "Only regions that have failed; others are left alone"),
    ROW(struct request, replicate.jobs, "jobs", .flag = "--jobs", .metavar = "COUNT",
        .min = 1, .max = JOBS_MAX, .about = "Regions that are copied to at once; default: 4"),
    ROW(struct request, replicate.limit, "limit", .flag = "--limit", .metavar = "SIZE",
        .min = LIMIT_MIN, .max = LIMIT_MAX, .parse = parse_limit,
        .about = "Bytes to write in a second at most, in all regions together: 50M"),
    ROW(struct request, status, STATUS_KEY, .flag = "--status",
        .about = "Copy nothing: say how far each region is"),
    ROW(struct request, watch, WATCH_KEY, .flag = "--watch",
        .about = "Go on as a service until SIGTERM or SIGINT"),
    ROW(struct request, interval, "interval", .flag = "--interval", .metavar = "SECONDS",
        .min = 1, .max = INTERVAL_MAX, .about = "Between two looks of --watch; default: 10"),
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

static bool is_set(const struct opt_bool *flag)
{
    return flag->set && flag->value;
}

static int run_replicate(struct run *run, const void *request, void *result, struct err *err)
{
    const struct request *const asked = request;
    int rc;

    if (is_set(&asked->watch)) {
        run->silent = true;
        return gal_replicate_watch(
            run->context, &asked->replicate,
            asked->interval.set ? (unsigned)asked->interval.value : INTERVAL_S, err);
    }
    if (asked->interval.set) {
        err_set(err, E_USAGE, "'--interval' is for --watch");
        return E_USAGE;
    }
    rc = gal_replicate(run->store, &asked->replicate, result, err);
    if (run->table && (!rc || rc == E_PARTIAL || rc == E_CORRUPT))
        name_in_full(result);
    return rc;
}

static int contradict(const char *one, const char *other, struct err *err)
{
    return err_set(err, E_USAGE, "'%s' and '%s' contradict each other", one, other);
}

static int run_status(struct run *run, const void *request, void *result, struct err *err)
{
    const struct request *const asked = request;
    int rc;

    if (is_set(&asked->watch) || is_set(&asked->plan.plan))
        return contradict("--status", is_set(&asked->watch) ? "--watch" : "--plan", err);
    rc = gal_replicate_status(run->store, &asked->replicate, result, err);
    if (run->table && (!rc || rc == E_CORRUPT || rc == E_DENIED))
        name_in_full(result);
    return rc;
}

/* --- a row for each version and region --- */

static void add_number(struct grid *grid, const struct opt_int *number)
{
    struct buf text = {0};

    if (number->set)
        buf_printf(&text, "%lld", (long long)number->value);
    texts_add(&grid->cells, buf_text(&text));
    buf_done(&text);
}

static void add_size(struct grid *grid, const struct opt_int *bytes)
{
    struct buf text = {0};

    if (bytes->set)
        number_add_size(&text, (uint64_t)bytes->value);
    texts_add(&grid->cells, buf_text(&text));
    buf_done(&text);
}

static void add_words(struct grid *grid, const char *words)
{
    struct buf text = {0};

    text_add_inert(&text, words ? words : "");
    texts_add(&grid->cells, buf_text(&text));
    buf_done(&text);
}

static void add_region(struct grid *grid, const struct version *version,
                       const struct region_status *status)
{
    char date[CLOCK_TEXT_SIZE] = "";

    if (status->verified_date.set)
        clock_text(status->verified_date.value, date);
    add_words(grid, version->name);
    add_words(grid, status->region);
    add_words(grid, choice_word(&replication_state_choices, status->state));
    add_number(grid, &status->progress);
    add_number(grid, &status->replica_count);
    add_size(grid, &status->copied_bytes);
    add_size(grid, &status->reused_bytes);
    add_words(grid, date);
    add_words(grid, status->details);
}

static void status_table(struct buf *out, const struct look *look, const void *result)
{
    static const char *const titles[] = {"Name",   "Region", "State",    "Progress", "Replicas",
                                         "Copied", "Reused", "Verified", "Details"};
    static const enum grid_kind kinds[] = {GRID_NAME,   GRID_WORDS,  GRID_STATE,
                                           GRID_NUMBER, GRID_NUMBER, GRID_NUMBER,
                                           GRID_NUMBER, GRID_NAME,   GRID_WORDS};
    const struct versions *const versions = result;
    struct grid grid = {
        .columns = sizeof titles / sizeof *titles,
        .kinds = kinds,
        .width = look->width,
        .colour = look->colour,
    };

    for (size_t i = 0; i < grid.columns; i++)
        texts_add(&grid.cells, titles[i]);
    for (size_t i = 0; i < versions->count; i++) {
        const struct version *const version = &versions->items[i];

        for (size_t r = 0; r < version->replication_status.summary.count; r++)
            add_region(&grid, version, &version->replication_status.summary.items[r]);
    }
    if (grid.cells.count > grid.columns)
        grid_print(out, &grid);
    grid_done(&grid);
}

static int run_plan(struct run *run, const void *request, void *result, struct err *err)
{
    const struct request *const asked = request;

    if (is_set(&asked->watch))
        return contradict("--plan", "--watch", err);
    return gal_replicate_plan(run->store, &asked->replicate, asked->plan.prices, result, err);
}

static const char *const operands[] = {OTHERS_KEY, NULL};

/* clang-format off */
static const struct command planned = {
    .noun = &replicate_noun, .request = &request_shape, .operands = operands, .least = REFERENCE_NONE, .most = REFERENCE_VERSION,
    .result = &plan_shape, .traits = PLANNED_TRAITS, .run = run_plan};

static const struct command told = {
    .noun = &replicate_noun, .request = &request_shape, .operands = operands, .least = REFERENCE_NONE, .most = REFERENCE_VERSION,
    .result = &version_shape, .traits = COMMAND_READS | COMMAND_LISTS, .run = run_status, .table = status_table};

static const struct command commands[] = {
    {
        .noun = &replicate_noun,
        .brief = "copy what is missing to the target regions",
        .about = "Copies whatever is missing, wherever a version says it should be: of one version, of all of a "
                 "definition or a gallery, of several of those, or of the whole store. What is complete already is left alone, so it can "
                 "run at any time, and again after a failure. Each copy is read back and compared; one that an audit "
                 "found damaged is replaced with --verify, or by 'sig repair'.\n"
                 "Regions are copied to side by side, whichever versions they are of, and one that fails stops no other; in one "
                 "region one version follows the other, so that what they share is copied once. What was finished is not "
                 "copied again by whoever goes on after a failure; several at once share the work.\n"
                 "--watch looks at once and then every ten seconds, also for work that was accepted with --no-wait; "
                 "what failed is tried again after delays that grow from one interval to ten minutes. It ends with status "
                 "0, on SIGTERM and SIGINT, once the file at hand is copied. --progress json says what it does.\n"
                 ABOUT_PLAN,
        .examples = (const char *const[]){
            "sig replicate",
            "sig replicate prod/ubuntu/1.0.0 --region westus2",
            "sig replicate prod/ubuntu/1.0.0 prod/debian web -o table",
            "sig replicate --verify",
            "sig replicate --status -o table",
            "sig replicate --retry --jobs 2 --limit 50M",
            "sig replicate --plan -o table",
            NULL},
        .request = &request_shape,
        .operands = operands,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &version_shape,
        .traits = COMMAND_CHANGES | COMMAND_LISTS,
        .run = run_replicate,
        .told = &told,
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
