/* 'sig activity-log'. */
#include "cmd/command.h"

enum { MOST_EVENTS = 1000000 };

/* clang-format off */
static const struct row list_rows[] = {
    ROW_OBJECT(struct activity_request, ref, "reference", &reference_shape,
        .about = "What it was done to, and what is in that; nothing: all"),
    ROW(struct activity_request, resource, "resource", .flag = "--resource", .flag_alias = "--resource-id", .metavar = "REFERENCE",
        .about = "The same as a flag; an ARM id will do"),
    ROW(struct activity_request, start_time, "startTime", .flag = "--start-time", .metavar = "TIME", .parse = activity_parse_start,
        .about = "Only what was begun then or later: a date, from its beginning, or a date and time"),
    ROW(struct activity_request, end_time, "endTime", .flag = "--end-time", .metavar = "TIME",
        .about = "Only what was begun then or before: a date, to its end, or a date and time"),
    ROW(struct activity_request, offset, "offset", .flag = "--offset", .metavar = "SPAN", .parse = activity_parse_span,
        .about = "How long before --end-time or now, or after --start-time: 30m, 6h, 1d, 4w"),
    ROW(struct activity_request, caller, "caller", .flag = "--caller", .metavar = "USER", .about = "Only what that user did"),
    ROW(struct activity_request, operation, "operation", .flag = "--operation", .metavar = "WORD",
        .about = "Only actions that have that in their name: delete, versions/write"),
    ROW(struct activity_request, status, "status", .flag = "--status", .choices = &activity_status_choices,
        .about = "Only what ended so"),
    ROW(struct activity_request, correlation_id, "correlationId", .flag = "--correlation-id", .metavar = "ID",
        .about = "Only what that one command did"),
    ROW(struct activity_request, max_events, "maxEvents", .flag = "--max-events", .metavar = "COUNT", .min = 1, .max = MOST_EVENTS,
        .about = "No more than so many, the newest"),
};
/* clang-format on */

static const struct shape list_shape = SHAPE(struct activity_request, "request", list_rows, NULL);

static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_activity_list(run->store, request, result, err);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &activity_log_noun,
        .verb = "list",
        .brief = "print what was done in the store",
        .about = "Prints what commands have changed, or failed to change, the newest first: when, by whom, on what, how it "
                 "ended, how long it took, the bytes that were copied (freed, of a sweep), and each property that changed, "
                 "with its old and its new value. What changed nothing is not in the log, nor are commands that only read.\n"
                 "The caller is the Unix user that the command ran as. Accepted is what --no-wait has left to another process, which has an "
                 "entry of its own with the same correlation id; so have the versions that one 'sig prune' deletes. The manifest of "
                 "a resource keeps the id of its last change.\n"
                 "What is being done is Started, once its change is to be made: a publish until its copies are. "
                 "A change that is reported done is in the log. When a command was killed behind its change, the next one that "
                 "changes anything writes the entry, and this list has it before that.\n"
                 "Of what is named that is listed, too, which has deleted it with what it was in: 'sig gallery delete --recursive' is one entry.\n"
                 "Roles limit what is listed: Microsoft.Insights/eventtypes/values/read; what one did oneself is there in any case. Why something failed is told to who did it, and to readers of the whole store. Whoever may write the directory "
                 "of the store can write the log, too: it tells what this program did, and is no proof against its users.",
        .examples = (const char *const[]){
            "sig activity-log list -o table",
            "sig activity-log list prod/ubuntu --offset 1d --operation delete",
            "sig activity-log list prod --query '[].changes[].[property, oldValue, newValue]' -o tsv",
            "sig activity-log list --caller root --status Failed --max-events 10 --query '[].description'",
            NULL},
        .request = &list_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &activity_entry_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_list,
    },
};
/* clang-format on */

const struct noun activity_log_noun = {
    .name = "activity-log",
    .brief = "what was done, by whom, and how it ended",
    .about = "Every change of the store is written down, one line of JSON a change, in a file for "
             "each month: "
             "sig-store(5).",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};
