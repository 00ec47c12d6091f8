#include "model/replication.h"

#include "model/room.h"

static const char *const replication_state_words[] = {"Unknown", "Replicating", "Completed",
                                                      "Failed", NULL};
const struct choices replication_state_choices = {.noun = "replication state",
                                                  .words = replication_state_words};

static const char *const aggregated_state_words[] = {"Unknown", "InProgress", "Completed", "Failed",
                                                     NULL};
const struct choices aggregated_state_choices = {.noun = "aggregated replication state",
                                                 .words = aggregated_state_words};

/* clang-format off */
static const struct row region_status_rows[] = {
    ROW(struct region_status, region, "region",
        .rules = ROW_KEY | ROW_NEEDED | ROW_MADE | ROW_COLUMN,
        .about = "Region that the copies are in"),
    ROW(struct region_status, state, "state", .rules = ROW_MADE | ROW_COLUMN,
        .choices = &replication_state_choices,
        .about = "Completed once every byte was read back and compared"),
    ROW(struct region_status, progress, "progress", .rules = ROW_MADE | ROW_COLUMN,
        .max = 100, .about = "Percent done"),
    ROW(struct region_status, details, "details", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Why it failed"),
    ROW(struct region_status, replica_count, "replicaCount", .rules = ROW_MADE | ROW_COLUMN,
        .max = INT32_MAX, .about = "Replicas that the state is about"),
    ROW(struct region_status, completed_count, "completedCount", .rules = ROW_MADE | ROW_HIDDEN,
        .max = INT32_MAX, .about = "Replicas that were Completed once"),
    ROW(struct region_status, copied_bytes, "copiedBytes", .rules = ROW_MADE | ROW_COLUMN,
        .max = BYTES_MAX, .about = "Bytes that the last run copied here itself, compressed"),
    ROW(struct region_status, reused_bytes, "reusedBytes", .rules = ROW_MADE | ROW_COLUMN,
        .max = BYTES_MAX, .about = "Bytes that were here already, or came from other runs, compressed"),
    ROW(struct region_status, reused_verified_date, "reusedVerifiedDate",
        .rules = ROW_MADE | ROW_COLUMN,
        .about = "When the oldest of what was here already was last read back"),
    ROW(struct region_status, verified_date, "verifiedDate", .rules = ROW_MADE | ROW_COLUMN,
        .about = "When this copy was read back and compared"),
};

const struct shape region_status_shape =
    SHAPE(struct region_status, "replication of a region", region_status_rows, NULL);

static const struct row status_rows[] = {
    ROW(struct replication_status, aggregated_state, "aggregatedState",
        .rules = ROW_MADE | ROW_COLUMN, .column = "ReplicationState",
        .choices = &aggregated_state_choices, .word = "replication", .about = "All regions taken together"),
    ROW(struct replication_status, details, "details", .rules = ROW_MADE,
        .about = "Why the version could not be made, when it is Failed"),
    ROW_LIST(struct replication_status, summary, "summary", &region_status_shape,
        .rules = ROW_MADE, .about = "One entry a target region"),
};
/* clang-format on */

const struct shape replication_status_shape =
    SHAPE(struct replication_status, "replication status", status_rows, NULL);

int64_t replication_promised(const struct region_status *status)
{
    if (status->completed_count.set)
        return status->completed_count.value;
    return status->state == REPLICATION_COMPLETED && status->replica_count.set
               ? status->replica_count.value
               : 0;
}

unsigned replication_aggregate(const struct region_statuses *summary)
{
    size_t completed = 0, unknown = 0;

    for (size_t i = 0; i < summary->count; i++) {
        const unsigned state = summary->items[i].state;

        if (state == REPLICATION_FAILED)
            return AGGREGATED_FAILED;
        completed += state == REPLICATION_COMPLETED;
        /* A region without a word about it is one that nobody knows anything of. */
        unknown += state == REPLICATION_UNKNOWN || state == 0;
    }
    if (unknown == summary->count)
        return AGGREGATED_UNKNOWN;
    return completed == summary->count ? AGGREGATED_COMPLETED : AGGREGATED_IN_PROGRESS;
}
