/* What a sweep frees as versions are gone, one after the other: what it would free then that it
 * would not free before. So what several share counts for the last of them, and the numbers add up.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ops/prune.h"
#include "ops/sweep.h"

/* A replica directory that versions are taken out of. */
struct counted {
    struct marked_replica needed; /* its items are the next ones, what else it has is borrowed */
    struct mark *items;
    uint64_t unused; /* bytes that a sweep would free by now */
    bool looked;
    bool unknown; /* it could not be looked at */
};

struct count {
    struct pruning *pruning;
    struct counted *items;
    size_t count;
    struct texts told; /* regions that are not counted */
};

int prune_read_marks(struct pruning *pruning, struct err *err)
{
    const struct reference all = {0};
    const struct marks_request request = {.ref = &all, .states = true};
    struct err why = {0};
    const int rc = marks_read(pruning->store, &request, &pruning->marks, &why);

    pruning->marked = rc == 0;
    if (rc == 0)
        return 0;
    err_wrap(&why, "what would be freed cannot be told");
    if (!pruning->policy->free.set) {
        store_notice(pruning->store, "%s", why.text);
        return 0;
    }
    *err = why;
    return why.hint[0] ? rc : err_hint(err, "'sig audit' says what is wrong");
}

static int look(struct count *count, struct counted *counted, struct err *err)
{
    struct sweeping sweeping = {
        .store = count->pruning->store,
        .plan = true,
        .quiet = counted->looked,
        .needed = &counted->needed,
    };
    int rc = sweep_replica(&sweeping, &counted->needed.place, err);

    if (rc == 0 && sweeping.failed) {
        *err = sweeping.last;
        rc = err->code;
    }
    counted->looked = true;
    if (rc == 0 && sweeping.swept.bytes > counted->unused)
        counted->unused = sweeping.swept.bytes;
    return rc;
}

static bool is_marked(const struct marked_replica *replica, const char *version)
{
    for (size_t i = 0; i < replica->count; i++)
        if (text_equal(replica->items[i].version, version))
            return true;
    return false;
}

/* Take its marks away. Whether a disk has none any more. */
static bool take_marks(struct marked_replica *replica, const char *version)
{
    size_t kept = 0;
    bool freed = false;

    for (size_t i = 0; i < replica->count;) {
        const struct mark *const end = marks_next_disk(replica, &replica->items[i]);
        const size_t before = kept;

        for (; &replica->items[i] < end; i++)
            if (!text_equal(replica->items[i].version, version))
                replica->items[kept++] = replica->items[i];
        freed |= kept == before;
    }
    replica->count = kept;
    return freed;
}

static int note_unknown(struct count *count, struct counted *counted, const struct err *why,
                        struct err *err)
{
    const char *const region = counted->needed.region;

    counted->unknown = true;
    if (count->pruning->policy->free.set) {
        *err = *why;
        return err_wrap(err, "what would be freed cannot be told");
    }
    for (size_t i = 0; i < count->told.count; i++)
        if (text_equal(count->told.items[i], region))
            return 0;
    texts_add(&count->told, region);
    store_notice(count->pruning->store, "region '%s' is not counted: %s", region, why->text);
    return 0;
}

static int count_in(struct count *count, struct counted *counted, const char *version,
                    uint64_t *bytes, struct err *err)
{
    struct err why = {0};
    uint64_t before;
    int rc = 0;

    if (counted->unknown || !is_marked(&counted->needed, version))
        return 0;
    if (!counted->looked)
        rc = look(count, counted, &why);
    before = counted->unused;
    if (take_marks(&counted->needed, version) && rc == 0)
        rc = look(count, counted, &why);
    if (rc)
        return note_unknown(count, counted, &why, err);
    *bytes += counted->unused - before;
    return 0;
}

static int count_all(struct count *count, struct err *err)
{
    struct pruning *const pruning = count->pruning;
    const struct opt_int *const wanted = &pruning->policy->free;
    uint64_t sum = 0;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < pruning->versions.count; i++) {
        struct pruned *const pruned = &pruning->versions.items[i];
        uint64_t bytes = 0;

        pruned->bytes = (struct opt_int){0};
        if (!pruned_goes(pruned))
            continue;
        if (wanted->set && sum >= (uint64_t)wanted->value) {
            pruned->judged.rule = PRUNE_ENOUGH;
            continue;
        }
        for (size_t k = 0; rc == 0 && k < count->count; k++)
            rc = count_in(count, &count->items[k], pruned->key, &bytes, err);
        pruned->bytes = opt_int_of(bytes);
        sum += bytes;
    }
    return rc;
}

int prune_count(struct pruning *pruning, struct err *err)
{
    struct count count = {.pruning = pruning, .count = pruning->marks.count};
    int rc;

    if (!pruning->marked)
        return 0;
    count.items = mem_new(count.count, sizeof *count.items);
    for (size_t i = 0; i < count.count; i++) {
        struct counted *const counted = &count.items[i];

        counted->needed = pruning->marks.items[i];
        counted->items =
            mem_copy(counted->needed.items, counted->needed.count * sizeof *counted->needed.items);
        counted->needed.items = counted->items;
    }
    rc = count_all(&count, err);
    for (size_t i = 0; i < count.count; i++)
        free(count.items[i].items);
    free(count.items);
    texts_done(&count.told);
    return rc;
}
