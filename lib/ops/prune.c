#include "ops/prune.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"

static int by_age(const void *left, const void *right)
{
    const struct pruned *const a = left;
    const struct pruned *const b = right;
    const int64_t x = a->judged.published_date.value, y = b->judged.published_date.value;

    if (x != y)
        return x < y ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* The oldest first. */
static void sort_by_age(struct pruning *pruning)
{
    for (size_t i = 0; i < pruning->versions.count; i++)
        pruning->versions.items[i].place = i;
    if (pruning->versions.count > 0)
        qsort(pruning->versions.items, pruning->versions.count, sizeof *pruning->versions.items,
              by_age);
}

static bool any_goes(const struct pruning *pruning)
{
    for (size_t i = 0; i < pruning->versions.count; i++)
        if (pruned_goes(&pruning->versions.items[i]))
            return true;
    return false;
}

/* Who wants more freed than may go is told so. */
static void tell_too_little(const struct pruning *pruning)
{
    const struct opt_int *const wanted = &pruning->policy->free;
    struct buf text = {0};
    uint64_t bytes = 0;

    for (size_t i = 0; i < pruning->versions.count; i++)
        bytes += (uint64_t)pruning->versions.items[i].bytes.value;
    if (!wanted->set || bytes >= (uint64_t)wanted->value)
        return;
    number_add_size(&text, bytes);
    buf_add_text(&text, " of ");
    number_add_size(&text, (uint64_t)wanted->value);
    store_notice(pruning->store, "the policy lets no more than %s be freed", buf_text(&text));
    buf_done(&text);
}

static int decide(struct pruning *pruning, const struct prune_request *request, struct err *err)
{
    int rc = retention_check(&request->policy, err);

    if (rc == 0)
        rc = prune_find(pruning, &request->ref, err);
    if (rc == 0 && request->policy.free.set)
        sort_by_age(pruning);
    if (rc == 0 && any_goes(pruning))
        rc = prune_read_marks(pruning, err);
    if (rc == 0)
        rc = prune_count(pruning, err);
    if (rc == 0)
        tell_too_little(pruning);
    return rc;
}

/* --- deleting --- */

static int summarise(const struct failures *failures, size_t done, struct err *err)
{
    *err = failures->first;
    if (failures->count > 1) {
        err_set(err, failures->last.code, "%zu of %zu image versions could not be deleted",
                failures->count, failures->count + done);
        err_hint(err, "%s", failures_hint(failures));
    }
    if (done > 0)
        err->code = E_PARTIAL;
    return err->code;
}

static int delete_all(struct pruning *pruning, struct err *err)
{
    struct failures failures = {.store = pruning->store};
    size_t done = 0;
    int rc;

    for (size_t i = 0; i < pruning->versions.count; i++) {
        struct pruned *const pruned = &pruning->versions.items[i];
        struct err why = {0};

        if (!pruned_goes(pruned))
            continue;
        if (gal_version_delete(pruning->store, &pruned->ref, &why) == 0) {
            done++;
            continue;
        }
        pruned->failed = true;
        text_replace(&pruned->details, why.text);
        failures_add(&failures, &why);
    }
    if (failures.count == 0)
        return 0;
    rc = prune_count(pruning, err); /* what stays keeps what it shares */
    return rc ? rc : summarise(&failures, done, err);
}

/* --- the verb --- */

static void show(struct pruning *pruning, struct prune *ret)
{
    for (size_t i = 0; i < pruning->versions.count; i++) {
        struct pruned *const pruned = &pruning->versions.items[i];

        *VEC_ADD(&ret->versions) = (struct prune_version){
            .id = text_copy(pruned->id),
            .name = text_copy(pruned->name),
            .published_date = pruned->judged.published_date,
            .end_of_life_date = pruned->judged.end_of_life_date,
            .action = pruned->failed        ? PRUNE_FAILED
                      : pruned_goes(pruned) ? PRUNE_DROP
                                            : PRUNE_KEEP,
            .rule = pruned->judged.rule,
            .bytes_freed = pruned->bytes,
            .details = text_copy(pruned->details),
        };
    }
    prune_settle(ret);
}

int gal_prune(struct store *store, const struct prune_request *request, struct prune *ret,
              struct err *err)
{
    struct pruning pruning = {.store = store, .policy = &request->policy, .now = store_now(store)};
    int rc = decide(&pruning, request, err);
    const bool decided = rc == 0;

    if (rc == 0 && !request->plan)
        rc = delete_all(&pruning, err);
    if (decided)
        show(&pruning, ret);
    if (rc == 0 && pruning.unreadable)
        rc = err_set(err, pruning.reason, "%zu resource%s could not be read", pruning.unreadable,
                     pruning.unreadable == 1 ? "" : "s");
    prune_release(&pruning);
    return rc;
}
