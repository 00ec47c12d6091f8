/* activity.h: the activity log: what was done in a store, by whom, and how it ended. Property names
 * are those of the service's log. */
#ifndef MODEL_ACTIVITY_H
#define MODEL_ACTIVITY_H

#include "json/shape.h"
#include "json/value.h"

enum activity_status {
    ACTIVITY_ACCEPTED = 1, /* another process does it */
    ACTIVITY_SUCCEEDED,
    ACTIVITY_PARTIAL, /* the change stands, part of the work is still to do */
    ACTIVITY_FAILED,  /* nothing was changed */
    ACTIVITY_STARTED, /* it is being done; never in the log */
};
extern const struct choices activity_status_choices;

/* A property that was changed: its path, and its value before and after. A value that is no text is
 * JSON on one line; one that is too long is cut, and ends in "…". */
struct activity_change {
    char *property;
    char *old_value, *new_value; /* NULL: absent */
};
struct activity_changes {
    struct activity_change *items;
    size_t count;
};

struct activity_operation {
    char *value;           /* the public name of the action: "Microsoft.Compute/galleries/write" */
    char *localized_value; /* view: what is behind the last slash but one, "galleries/write" */
};
struct activity_outcome {
    unsigned value; /* enum activity_status */
};
struct activity_reason {
    char *value; /* "conflict": the word of an error */
};

struct activity_entry {
    struct opt_time event_timestamp;      /* when it was begun */
    struct opt_time submission_timestamp; /* when the entry was written */
    char *caller;                         /* a user of this machine, by name, else by number */
    struct activity_operation operation_name;
    struct activity_outcome status;
    struct activity_reason sub_status;
    char *resource;            /* "prod/ubuntu/1.0.0", or "/" for the store */
    char *resource_group_name; /* of its gallery; NULL: it has none */
    char *resource_id;         /* view: ARM id */
    char *correlation_id;      /* a UUID, that of all that one command did */
    char *event_data_id;       /* a UUID, of this entry alone */
    char *description;         /* what went wrong */
    struct opt_int duration;   /* milliseconds */
    struct opt_int bytes;      /* that were written to replicas */
    struct activity_changes changes;
};
struct activity_entries {
    struct activity_entry *items;
    size_t count;
};
extern const struct shape activity_entry_shape;

/* An entry before its change is made: what recovers it when the process ends before it is written.
 */
struct activity_intent {
    struct activity_entry entry;
    char *path;              /* of a manifest below the store, which the change writes or removes */
    struct opt_bool removes; /* the latter */
};
extern const struct shape activity_intent_shape;

/* Nothing was changed after all. */
void activity_forget_changes(struct activity_entry *entry);

/* Fill in what is a view: of an entry that was read. */
void activity_settle_names(struct activity_entry *entry);

/* A row's parse for when a span of time begins: a date is its first second, where clock_parse takes
 * its last. E_INVALID. */
int activity_parse_start(const char *const *words, size_t count, void *slot, struct err *err);

/* Read how long something lasts, "30m", "6h", "1d", "4w": a row's parse, for seconds. E_INVALID. */
int activity_parse_span(const char *const *words, size_t count, void *slot, struct err *err);

enum {
    ACTIVITY_CHANGES_MAX = 64, /* of one entry; the last one says that there are more */
    ACTIVITY_VALUE_MAX = 1024, /* bytes of a value */
};

/* Append what differs between two manifests, as stored: objects are looked into; of a list the
 * elements that only one of them has. What every manifest has of its own is passed over, see
 * store/manifest.h and store/activity.h. */
void activity_compare(const struct json *before, const struct json *after,
                      struct activity_changes *ret);

#endif
