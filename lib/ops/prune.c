#include "ops/prune.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "os/file.h"
#include "store/resource.h"

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

/* Nothing is freed of those yet. */
static void tell_trash(const struct pruning *pruning)
{
    struct buf text = {0};
    uint64_t bytes = 0;
    size_t count = 0;

    for (size_t i = 0; i < pruning->versions.count; i++) {
        const struct pruned *const pruned = &pruning->versions.items[i];

        if (!pruned_goes(pruned) || !pruned->trash)
            continue;
        count++;
        bytes += (uint64_t)pruned->bytes.value;
    }
    if (count == 0)
        return;
    number_add_size(&text, bytes);
    store_notice(pruning->store,
                 "%zu image %s to the trash, which frees nothing now, and %s once they go for good",
                 count, count == 1 ? "version goes" : "versions go", buf_text(&text));
    buf_done(&text);
}

static int decide(struct pruning *pruning, const struct prune_request *request, struct err *err)
{
    int rc = retention_check(&request->policy, err);

    if (rc == 0)
        rc = ops_authorise(pruning->store, ACTION_VERSION_DELETE, &request->ref, err);
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
    if (rc == 0)
        tell_trash(pruning);
    return rc;
}

/* --- deleting --- */

struct deleting {
    struct pruning *pruning;
    struct failures failures;
    size_t done;
    bool changed; /* not all that was counted is gone */
};

static void fail(struct deleting *deleting, struct pruned *pruned, const struct err *why)
{
    struct err err = *why;

    ops_cannot(&err, "delete", &pruned->ref, REFERENCE_VERSION);
    pruned->failed = deleting->changed = true;
    text_replace(&pruned->details, err.text);
    failures_add(&deleting->failures, &err);
}

static const struct pruned *find(const struct pruning *pruning, const char *key)
{
    for (size_t i = 0; i < pruning->versions.count; i++)
        if (text_equal(pruning->versions.items[i].key, key))
            return &pruning->versions.items[i];
    return NULL;
}

/* `again`: what is decided by now. One that somebody else has deleted is gone. */
static void delete_one(struct deleting *deleting, struct pruned *pruned,
                       const struct pruning *again)
{
    struct store *const store = deleting->pruning->store;
    const struct pruned *const now = find(again, pruned->key);
    struct err err = {0};
    int rc = 0;

    if (now && !pruned_goes(now)) {
        pruned->judged.rule = now->judged.rule;
        text_replace(&pruned->details, now->details);
        deleting->changed = true;
        return;
    }
    ops_begin_as(store, ACTION_VERSION_DELETE, &pruned->ref, NULL);
    rc = now ? ops_delete_version(store, &pruned->ref, deleting->pruning->how, &err)
             : resource_flush(store, &pruned->ref, REFERENCE_VERSION, &err);
    rc = ops_end(store, rc, &err);
    if (rc) {
        fail(deleting, pruned, &err);
    } else {
        pruned->done = true;
        deleting->done++;
    }
}

static bool same_definition(const struct reference *left, const struct reference *right)
{
    return text_same_word(left->gallery, right->gallery) &&
           text_same_word(left->definition, right->definition);
}

/* Those of one definition, number `first` being the first of them that goes: with the gallery's
 * lock held, under which they are judged again, so that nobody takes away meanwhile what was to
 * stay. */
static void delete_definition(struct deleting *deleting, size_t first)
{
    struct pruning *const pruning = deleting->pruning;
    struct pruned *const items = pruning->versions.items;
    const struct reference *const ref = &items[first].ref;
    const struct reference definition = {.resource_group = ref->resource_group,
                                         .gallery = ref->gallery,
                                         .definition = ref->definition};
    struct pruning again = {.store = pruning->store,
                            .policy = pruning->policy,
                            .how = pruning->how,
                            .now = pruning->now,
                            .unread = pruning->unread};
    struct err err = {0};
    int lock = FILE_NONE;
    int rc = resource_lock(pruning->store, ref, &lock, &err);

    if (rc == 0)
        rc = prune_find(&again, &definition, &err);
    for (size_t i = first; i < pruning->versions.count; i++) {
        if (!pruned_goes(&items[i]) || !same_definition(&items[i].ref, ref))
            continue;
        if (rc && rc != E_NOT_FOUND) /* what it is in is gone, and it with that */
            fail(deleting, &items[i], &err);
        else
            delete_one(deleting, &items[i], &again);
    }
    file_close(&lock);
    prune_release(&again);
}

static int summarise(const struct deleting *deleting, struct err *err)
{
    const struct failures *const failures = &deleting->failures;

    *err = failures->first;
    if (failures->count > 1) {
        err_set(err, failures->last.code, "%zu of %zu image versions could not be deleted",
                failures->count, failures->count + deleting->done);
        err_hint(err, "%s", failures_hint(failures));
    }
    if (deleting->done > 0)
        err->code = E_PARTIAL;
    return err->code;
}

static int delete_all(struct pruning *pruning, struct err *err)
{
    struct deleting deleting = {.pruning = pruning, .failures = {.store = pruning->store}};
    int rc = 0;

    for (size_t i = 0; i < pruning->versions.count; i++)
        if (pruned_goes(&pruning->versions.items[i]) && !pruning->versions.items[i].done)
            delete_definition(&deleting, i);
    if (deleting.changed) /* what stays keeps what it shares */
        rc = prune_count(pruning, err);
    return rc || deleting.failures.count == 0 ? rc : summarise(&deleting, err);
}

/* --- the verb --- */

static void show(struct pruning *pruning, struct prune *ret)
{
    for (size_t i = 0; i < pruning->versions.count; i++) {
        struct pruned *const pruned = &pruning->versions.items[i];
        const bool in_trash = pruned->trash && pruned_goes(pruned);

        *VEC_ADD(&ret->versions) = (struct prune_version){
            .id = text_copy(pruned->id),
            .name = text_copy(pruned->name),
            .published_date = pruned->judged.published_date,
            .end_of_life_date = pruned->judged.end_of_life_date,
            .action = pruned->failed        ? PRUNE_FAILED
                      : pruned_goes(pruned) ? PRUNE_DROP
                                            : PRUNE_KEEP,
            .rule = pruned->judged.rule,
            .bytes_freed = in_trash && pruned->bytes.set ? opt_int_of(0) : pruned->bytes,
            .bytes_freed_later = in_trash ? pruned->bytes : (struct opt_int){0},
            .details = text_copy(in_trash && !pruned->details ? "to the trash" : pruned->details),
        };
    }
    prune_settle(ret);
}

int gal_prune(struct store *store, const struct prune_request *request, struct prune *ret,
              struct err *err)
{
    struct ops_unread unread = {0};
    struct pruning pruning = {.store = store,
                              .policy = &request->policy,
                              .how = request->how,
                              .now = store_now(store),
                              .unread = &unread};
    bool decided;
    int rc;

    ops_begin_as(store, ACTION_VERSION_DELETE, &request->ref, NULL);
    rc = decide(&pruning, request, err);
    decided = rc == 0;
    if (rc == 0 && !request->plan)
        rc = delete_all(&pruning, err);
    if (decided)
        show(&pruning, ret);
    if (rc == 0)
        rc = ops_tell_unread(&unread, err);
    prune_release(&pruning);
    texts_done(&unread.told);
    return request->plan ? activity_end(store, 0, NULL, NULL), rc : ops_end(store, rc, err);
}
