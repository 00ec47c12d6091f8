/* An audit with limits: which blobs it reads, and in which order. */
#include <stdlib.h>

#include "ops/audit.h"
#include "os/system.h"

bool audit_is_late(const struct auditing *auditing)
{
    return auditing->deadline && system_ticks() >= auditing->deadline;
}

/* Those that nobody has read back for longest first; among equals as directories are walked. */
static int by_age(const void *left, const void *right)
{
    const struct planned_read *const a = left;
    const struct planned_read *const b = right;

    if (a->since != b->since)
        return a->since > b->since ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

/* Bytes that a sample may read; it always reads one blob, so that samples in turn reach all. */
static uint64_t allowance(const struct auditing *auditing)
{
    const struct opt_int *const sample = &auditing->request->sample;
    uint64_t bytes = 0;

    for (size_t i = 0; i < auditing->agenda.count; i++)
        bytes += auditing->agenda.items[i].size;
    if (!sample->set)
        return bytes;
    return bytes / AUDIT_WHOLE * (uint64_t)sample->value +
           bytes % AUDIT_WHOLE * (uint64_t)sample->value / AUDIT_WHOLE;
}

static void note_skipped(struct auditing *auditing, size_t first)
{
    struct audit *const audit = auditing->audit;
    uint64_t bytes = 0;

    for (size_t i = first; i < auditing->agenda.count; i++)
        bytes += auditing->agenda.items[i].size;
    audit->blobs_skipped = opt_int_of(auditing->agenda.count - first);
    audit->bytes_skipped = opt_int_of(bytes);
    if (first == auditing->agenda.count)
        return;
    audit->oldest_verified_date =
        (struct opt_time){.set = true, .value = auditing->agenda.items[first].verified};
    store_notice(auditing->store, "%zu of %zu blobs were not read back, and are not judged",
                 auditing->agenda.count - first, auditing->agenda.count);
}

void audit_read_planned(struct auditing *auditing)
{
    struct planned_read *const reads = auditing->agenda.items;
    const uint64_t most = allowance(auditing);
    uint64_t read = 0;
    size_t at = 0;

    if (auditing->agenda.count > 0)
        qsort(reads, auditing->agenda.count, sizeof *reads, by_age);
    while (at < auditing->agenda.count && !audit_is_late(auditing) &&
           (at == 0 || read + reads[at].size <= most)) {
        if (audit_read_blob(reads[at].looking, &reads[at].name) == E_TIMED_OUT)
            break;
        read += reads[at++].size;
    }
    note_skipped(auditing, at);
    for (size_t i = 0; i < auditing->lookings.count; i++)
        audit_close(auditing->lookings.items[i]);
    free(auditing->lookings.items);
    free(auditing->agenda.items);
}
