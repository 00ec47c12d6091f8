/* 'sig prune'. */
#include "cmd/plan.h"

enum { KEEP_MAX = 1000000 }; /* versions: more than a definition has */

struct request {
    struct prune_request prune;
    struct opt_bool bypass;
    struct opt_bool yes;
    struct plan_ask plan;
};

/* clang-format off */
static const struct row plan_rows[] = {
    ROW(struct plan_ask, plan, "plan", .flag = "--plan",
        .about = "Say of each version what would become of it; delete nothing"),
};

static const struct shape plan_only_shape = SHAPE(struct plan_ask, "plan", plan_rows, NULL);

static const struct row request_rows[] = {
    ROW_OBJECT(struct request, prune.ref, "reference", &reference_shape,
               .about = "A gallery or an image definition; nothing: the store"),
    ROW(struct request, prune.policy.keep_latest, "keepLatest", .flag = "--keep-latest", .metavar = "COUNT",
        .min = 1, .max = KEEP_MAX, .about = "Keep so many of the highest versions of each image definition"),
    ROW(struct request, prune.policy.keep_minor, "keepMinor", .flag = "--keep-minor", .metavar = "COUNT",
        .min = 1, .max = KEEP_MAX, .about = "Keep so many of the highest versions of each Major.Minor"),
    ROW(struct request, prune.policy.older_than, "olderThan", .flag = "--older-than", .metavar = "AGE",
        .parse = retention_parse_age,
        .about = "Drop only versions that were published longer ago: 12h, 30d, 4w, 1y"),
    ROW(struct request, prune.policy.past_end_of_life, "pastEndOfLife", .flag = "--past-end-of-life",
        .about = "Drop only versions that are past their end of life, or their definition's"),
    ROW(struct request, prune.policy.unless_tags, "unlessTag", .flag = "--unless-tag", .metavar = "NAME[=VALUE]",
        .check = name_check_tags, .about = "Keep versions that have one of these tags"),
    ROW(struct request, prune.policy.free, "free", .flag = "--free", .metavar = "SIZE",
        .parse = retention_parse_size,
        .about = "Drop the oldest first, and no more than it takes to free that much: 40G"),
    ROW(struct request, prune.policy.allow_empty, "allowEmpty", .flag = "--allow-empty",
        .about = "Let also the last intact version of an image definition go"),
    BYPASS_ROW(struct request),
    ROW(struct request, yes, "yes", .flag = "--yes", .letter = 'y', .metavar = "",
        .about = "Accepted; nothing is asked in any case"),
    ROW_OBJECT(struct request, plan, PLAN_KEY, &plan_only_shape, .about = "What would be done, in its place"),
};
/* clang-format on */

static const struct shape request_shape = SHAPE(struct request, "request", request_rows, NULL);

/* The library's form of the request; it borrows. */
static struct prune_request prune_of(const struct request *asked)
{
    struct prune_request prune = asked->prune;

    prune.how = delete_how(NULL, &asked->bypass);
    return prune;
}

static int run_prune(struct run *run, const void *request, void *result, struct err *err)
{
    const struct prune_request prune = prune_of(request);

    return gal_prune(run->store, &prune, result, err);
}

static int run_plan(struct run *run, const void *request, void *result, struct err *err)
{
    struct prune_request plan = prune_of(request);

    plan.plan = true;
    return gal_prune(run->store, &plan, result, err);
}

/* clang-format off */
static const struct command planned = {
    .noun = &prune_noun, .request = &request_shape, .least = REFERENCE_NONE, .most = REFERENCE_DEFINITION,
    .result = &prune_shape, .traits = PLANNED_TRAITS, .run = run_plan};

static const struct command commands[] = {
    {
        .noun = &prune_noun,
        .brief = "delete image versions by a policy",
        .about = "Deletes the versions that a policy does not keep: of an image definition, of all of a gallery, or of the store. It "
                 "says of each version which rule decided, what was done, and the bytes that frees.\n"
                 "What keeps a version always wins: --keep-latest and --keep-minor, counted in each definition by number, and "
                 "--unless-tag. Of the others those are dropped that meet all of --older-than and --past-end-of-life, or "
                 "when neither is given all of them. With --free they are dropped in the order of their age, whatever "
                 "definition they are of, until so much is freed; one that frees nothing by itself goes as well when it is the "
                 "oldest. A policy that does not say what is to go is refused.\n"
                 "In each definition one version stays that is intact, which is one that has all its disks in some replica, as far as "
                 "their maps and the ends of blobs tell; 'sig audit' reads every byte. When none is among those that are kept, the "
                 "highest one that is stays as well; where none is, and nothing else is kept, the highest. With --allow-empty all may go. A version stays in any case that is being created, whose manifest "
                 "cannot be read, that a lock protects, or that may not be deleted before its end of life.\n"
                 "The bytes are what the next 'sig sweep' frees as the version is gone, in all replicas and zones, beside the "
                 "versions in front of it in the list: disk maps, raw files, and blobs that no version "
                 "needs any more, whole or by rewriting them. What it shares with a version that stays counts for nothing, and what several "
                 "share that go counts for the last of them, so that the numbers add up. What a sweep would free without it is not in them. Deleting alone frees "
                 "nothing: 'sig sweep' does.\n"
                 "The versions of a definition are deleted together, after a second look with the gallery locked: what was locked, tagged or "
                 "deleted meanwhile counts. When one cannot be deleted the others are, and the status is 10, or that of the cause "
                 "when none was.\n"
                 "The rule is KeepLatest, KeepMinor, UnlessTag, NotOlder, NotPastEndOfLife, Blocked (before its end of life), Locked, "
                 "LastIntact, EnoughFreed, Creating or Unreadable where a version stays, and OlderThan, PastEndOfLife or "
                 "NotKept where it goes: the first that decides.\n"
                 "In a gallery with soft delete on they go to the trash, where they can be brought back for a time: bytesFreed is 0 for them, and "
                 "bytesFreedLater says what goes when they go for good, which --free counts too. --bypass-soft-delete deletes them at once.\n"
                 "--plan prints the same and deletes nothing.",
        .examples = (const char *const[]){
            "sig prune --keep-latest 3 --plan -o table",
            "sig prune prod/ubuntu --keep-minor 2 --older-than 30d --unless-tag keep stage=production",
            "sig prune prod --past-end-of-life",
            "sig prune --free 40G --keep-latest 2 --plan --query bytesFreed",
            NULL},
        .request = &request_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_DEFINITION,
        .result = &prune_shape,
        .traits = COMMAND_CHANGES | COMMAND_JUDGES,
        .run = run_prune,
        .planned = &planned,
    },
};
/* clang-format on */

const struct noun prune_noun = {
    .name = "prune",
    .brief = "delete image versions by a policy",
    .about = "A policy says which versions are kept, and which may go.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
