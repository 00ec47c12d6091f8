/* What a sweep frees as versions are gone, one after the other: what it would free then that it
 * would not free before. So what several share counts for the last of them, and the numbers add up.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ops/prune.h"
#include "ops/sweep.h"
#include "replica/compact_memo.h"

/* A replica directory that versions are taken out of. */
struct counting {
    struct pruning *pruning;
    struct marked_replica needed; /* its items are a copy, what else it has is borrowed */
    struct compact_memo *memo;
    uint64_t unused; /* bytes that a sweep would free by now */
    bool looked;
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

static int look(struct counting *counting, struct err *err)
{
    struct sweeping sweeping = {
        .store = counting->pruning->store,
        .plan = true,
        .quiet = counting->looked,
        .needed = &counting->needed,
        .memo = counting->memo,
    };
    int rc = sweep_replica(&sweeping, &counting->needed.place, err);

    if (rc == 0 && sweeping.failed) {
        *err = sweeping.last;
        rc = err->code;
    }
    counting->looked = true;
    if (rc == 0 && sweeping.swept.bytes > counting->unused)
        counting->unused = sweeping.swept.bytes;
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

/* What it frees there is added to its bytes. */
static int count_version(struct counting *counting, struct pruned *pruned, struct err *err)
{
    uint64_t before;
    int rc = 0;

    if (!is_marked(&counting->needed, pruned->key))
        return 0;
    if (!counting->looked)
        rc = look(counting, err);
    before = counting->unused;
    if (rc == 0 && take_marks(&counting->needed, pruned->key))
        rc = look(counting, err);
    pruned->bytes.value += (int64_t)(counting->unused - before);
    return rc;
}

static int count_replica(struct pruning *pruning, const struct marked_replica *replica,
                         struct err *err)
{
    struct counting counting = {.pruning = pruning, .needed = *replica, .memo = compact_memo_new()};
    int rc = 0;

    counting.needed.items = mem_copy(replica->items, replica->count * sizeof *replica->items);
    for (size_t i = 0; rc == 0 && i < pruning->versions.count; i++)
        if (pruned_goes(&pruning->versions.items[i]))
            rc = count_version(&counting, &pruning->versions.items[i], err);
    compact_memo_free(counting.memo);
    free(counting.needed.items);
    return rc;
}

/* A region is told once. */
static int note_unknown(const struct pruning *pruning, const char *region, struct texts *told,
                        struct err *err)
{
    if (pruning->policy->free.set)
        return err_wrap(err, "what would be freed cannot be told");
    for (size_t i = 0; i < told->count; i++)
        if (text_equal(told->items[i], region))
            return 0;
    texts_add(told, region);
    store_notice(pruning->store, "region '%s' is not counted: %s", region, err->text);
    return 0;
}

/* The first ones free enough. */
static void keep_rest(struct pruning *pruning)
{
    const uint64_t wanted = (uint64_t)pruning->policy->free.value;
    uint64_t sum = 0;

    for (size_t i = 0; i < pruning->versions.count; i++) {
        struct pruned *const pruned = &pruning->versions.items[i];

        if (!pruned_goes(pruned))
            continue;
        if (sum >= wanted) {
            pruned->judged.rule = PRUNE_ENOUGH;
            pruned->bytes = (struct opt_int){0};
        }
        sum += (uint64_t)pruned->bytes.value;
    }
}

int prune_count(struct pruning *pruning, struct err *err)
{
    struct texts told = {0};
    int rc = 0;

    if (!pruning->marked)
        return 0;
    for (size_t i = 0; i < pruning->versions.count; i++)
        pruning->versions.items[i].bytes =
            pruned_goes(&pruning->versions.items[i]) ? opt_int_of(0) : (struct opt_int){0};
    for (size_t i = 0; rc == 0 && i < pruning->marks.count; i++) {
        struct err why = {0};

        rc = count_replica(pruning, &pruning->marks.items[i], &why);
        if (rc)
            rc = note_unknown(pruning, pruning->marks.items[i].region, &told, &why);
        if (rc)
            *err = why;
    }
    if (rc == 0 && pruning->policy->free.set)
        keep_rest(pruning);
    texts_done(&told);
    return rc;
}
