#include "model/activity.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/room.h"

const struct choices activity_status_choices = {
    .noun = "status",
    .words = (const char *const[]){"Accepted", "Succeeded", "Partial", "Failed", "Started", NULL},
};

/* clang-format off */
static const struct row operation_rows[] = {
    ROW(struct activity_operation, value, "value", .rules = ROW_MADE, .about = "The action, by its public name"),
    ROW(struct activity_operation, localized_value, "localizedValue", .rules = ROW_MADE | ROW_VIEW | ROW_COLUMN,
        .column = "Operation", .about = "The end of that: versions/write"),
};
static const struct row outcome_rows[] = {
    ROW(struct activity_outcome, value, "value", .rules = ROW_MADE | ROW_COLUMN, .column = "Status",
        .choices = &activity_status_choices,
        .about = "Accepted: another process does it; Started: it is being done; Partial: the change stands, work remains; Failed: nothing changed"),
};
static const struct row reason_rows[] = {
    ROW(struct activity_reason, value, "value", .rules = ROW_MADE, .about = "The kind of error, in a word"),
};
static const struct row change_rows[] = {
    ROW(struct activity_change, property, "property", .rules = ROW_MADE | ROW_NEEDED, .about = "Path of the property"),
    ROW(struct activity_change, old_value, "oldValue", .rules = ROW_MADE, .about = "What it was; absent: nothing"),
    ROW(struct activity_change, new_value, "newValue", .rules = ROW_MADE, .about = "What it is; absent: nothing"),
};
/* clang-format on */

static const struct shape operation_shape =
    SHAPE(struct activity_operation, "operation", operation_rows, NULL);
static const struct shape outcome_shape =
    SHAPE(struct activity_outcome, "status", outcome_rows, NULL);
static const struct shape reason_shape = SHAPE(struct activity_reason, "reason", reason_rows, NULL);
static const struct shape change_shape = SHAPE(struct activity_change, "change", change_rows, NULL);

/* clang-format off */
static const struct row rows[] = {
    ROW(struct activity_entry, event_timestamp, "eventTimestamp", .rules = ROW_MADE | ROW_NEEDED | ROW_COLUMN,
        .column = "Time", .about = "When the command began"),
    ROW(struct activity_entry, submission_timestamp, "submissionTimestamp", .rules = ROW_MADE,
        .about = "When the entry was written"),
    ROW(struct activity_entry, caller, "caller", .rules = ROW_MADE | ROW_NEEDED | ROW_COLUMN,
        .about = "The user, as the kernel told"),
    ROW_OBJECT(struct activity_entry, operation_name, "operationName", &operation_shape, .rules = ROW_MADE,
        .about = "What was done"),
    ROW(struct activity_entry, resource, "resource", .rules = ROW_MADE | ROW_NEEDED | ROW_COLUMN,
        .about = "What it was done to; / is the store"),
    ROW(struct activity_entry, resource_group_name, "resourceGroupName", .rules = ROW_MADE,
        .about = "The resource group of its gallery"),
    ROW(struct activity_entry, resource_id, "resourceId", .rules = ROW_MADE | ROW_VIEW, .about = "ARM id of that"),
    ROW_OBJECT(struct activity_entry, status, "status", &outcome_shape, .rules = ROW_MADE, .about = "How it ended"),
    ROW_OBJECT(struct activity_entry, sub_status, "subStatus", &reason_shape, .rules = ROW_MADE,
        .about = "Why it did not succeed"),
    ROW(struct activity_entry, description, "description", .rules = ROW_MADE, .about = "The same as a sentence"),
    ROW(struct activity_entry, duration, "durationInMilliseconds", .rules = ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "How long it took"),
    ROW(struct activity_entry, bytes, "bytes", .rules = ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "Bytes that were written to replicas"),
    ROW_LIST(struct activity_entry, changes, "changes", &change_shape, .rules = ROW_MADE,
        .about = "The properties that were changed"),
    ROW(struct activity_entry, correlation_id, "correlationId", .rules = ROW_MADE | ROW_NEEDED,
        .about = "The same in all entries of one command"),
    ROW(struct activity_entry, event_data_id, "eventDataId", .rules = ROW_MADE | ROW_NEEDED,
        .about = "Of this entry alone"),
};

const struct shape activity_entry_shape = SHAPE(struct activity_entry, "entry", rows, NULL);

static const struct row intent_rows[] = {
    ROW_OBJECT(struct activity_intent, entry, "entry", &activity_entry_shape, .about = "The entry, once it has happened"),
    ROW(struct activity_intent, path, "path", .rules = ROW_NEEDED, .about = "The manifest that is changed"),
    ROW(struct activity_intent, removes, "removes", .about = "Whether it goes"),
};
/* clang-format on */

const struct shape activity_intent_shape =
    SHAPE(struct activity_intent, "intent", intent_rows, NULL);

void activity_forget_changes(struct activity_entry *entry)
{
    struct activity_entry only = {.changes = entry->changes};

    shape_done(&activity_entry_shape, &only);
    entry->changes = (struct activity_changes){0};
}

void activity_settle_names(struct activity_entry *entry)
{
    struct activity_operation *const name = &entry->operation_name;
    const char *at = name->value + strlen(name->value);

    for (int slashes = 0; at > name->value; at--)
        if (at[-1] == '/' && ++slashes == 2)
            break;
    text_replace(&name->localized_value, at);
}

int activity_parse_start(const char *const *words, size_t count, void *slot, struct err *err)
{
    enum { DATE_LENGTH = sizeof "2026-11-23" - 1, REST_OF_DAY = 24 * 60 * 60 - 1 };
    struct opt_time *const ret = slot;
    int64_t seconds;

    if (count != 1 || !clock_parse(words[0], &seconds)) {
        err_set(err, E_INVALID, "'%s' is no date", count ? words[0] : "");
        return err_hint(err,
                        "write 2026-11-23 or 2026-11-23T08:00:00Z; --offset 1d is how long ago");
    }
    *ret = (struct opt_time){
        .set = true,
        .value = strlen(words[0]) == DATE_LENGTH ? seconds - REST_OF_DAY : seconds,
    };
    return 0;
}

int activity_parse_span(const char *const *words, size_t count, void *slot, struct err *err)
{
    int64_t seconds;

    if (count != 1 || !clock_parse_span(words[0], "smhdw", &seconds)) {
        err_set(err, E_INVALID, "'%s' is no span of time", count ? words[0] : "");
        return err_hint(err, "say it like 30m (minutes), 6h, 1d or 4w");
    }
    *(struct opt_int *)slot = opt_int_of((uint64_t)seconds);
    return 0;
}
