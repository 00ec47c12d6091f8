/* What is being done, from its beginning to its entry. */
#include "store/activity.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "os/account.h"
#include "os/caller.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/lock.h"
#include "store/activity_room.h"
#include "store/layout.h"
#include "store/manifest.h"

#define MILLISECOND     UINT64_C(1000000) /* in ticks */
#define CORRELATION_KEY "correlationId"

void activity_begin(struct store *store, const char *operation, const char *resource,
                    const char *correlation)
{
    struct activity *const activity = mem_new(1, sizeof *activity);
    const char *const outer = store->activity ? store->activity->entry.correlation_id : NULL;

    *activity = (struct activity){
        .outer = store->activity,
        .entry =
            {
                .event_timestamp = {.set = true, .value = store_now(store)},
                .caller = account_user_name(caller_uid()),
                .operation_name = {.value = text_copy(operation)},
                .resource = text_copy(resource),
                .correlation_id = text_copy(correlation ? correlation : outer),
            },
        .began = store_ticks(store),
        .lock = FILE_NONE,
    };
    store->activity = activity;
}

/* Ids are drawn late: most of what is done needs none. */
static void make_ids(const struct store *store, struct activity *activity)
{
    struct activity_entry *const entry = &activity->entry;

    if (!entry->correlation_id && activity->outer) {
        make_ids(store, activity->outer);
        entry->correlation_id = text_copy(activity->outer->entry.correlation_id);
    }
    if (!entry->correlation_id)
        entry->correlation_id = store_new_uuid(store);
    if (!entry->event_data_id)
        entry->event_data_id = store_new_uuid(store);
}

const char *activity_correlation(const struct store *store)
{
    if (!store->activity)
        return NULL;
    make_ids(store, store->activity);
    return store->activity->entry.correlation_id;
}

void activity_note(const struct store *store)
{
    if (store->activity)
        store->activity->changed = true;
}

bool activity_has_changed(const struct store *store)
{
    return store->activity && store->activity->changed;
}

void activity_note_accepted(const struct store *store)
{
    if (store->activity)
        store->activity->accepted = true;
}

void activity_add_bytes(const struct store *store, uint64_t bytes)
{
    if (store->activity)
        store->activity->bytes += bytes;
}

void activity_name(const struct store *store, const char *resource)
{
    if (store->activity)
        text_replace(&store->activity->entry.resource, resource);
}

/* --- the intent --- */

/* Locked before it has its name, so that nobody takes it for one that was left. */
static int write_intent(const struct store *store, struct activity *activity,
                        const struct activity_intent *intent, struct err *err)
{
    const char *const id = activity->entry.event_data_id;
    char *const fresh = text_printf(LAYOUT_OPEN "/.new-%s", id);
    char *const path = text_printf(LAYOUT_OPEN "/%s.json", id);
    struct buf text = {0};
    int rc;

    manifest_print(&text, path, &activity_intent_shape, intent, NULL);
    rc = lock_take(store->root, fresh, LOCK_EXCLUSIVE, 0, &activity->lock, err);
    if (rc == E_NOT_FOUND) {
        rc = activity_make_room(store, err);
        if (rc == 0)
            rc = lock_take(store->root, fresh, LOCK_EXCLUSIVE, 0, &activity->lock, err);
    }
    if (rc == 0)
        rc = file_fit_group(activity->lock, store->root, fresh, err);
    if (rc == 0)
        rc = file_resize(activity->lock, fresh, 0, err);
    if (rc == 0)
        rc = file_write_at(activity->lock, fresh, text.bytes, text.length, 0, err);
    if (rc == 0)
        rc = file_flush(activity->lock, fresh, err);
    if (rc == 0)
        rc = dir_rename(store->root, fresh, store->root, path, false, err);
    if (rc == 0) {
        activity->intent = text_copy(path);
        activity->path = text_copy(intent->path);
        activity->intent_size = text.length;
    } else if (activity->lock != FILE_NONE) {
        struct err ignored = {0};

        file_remove(store->root, fresh, &ignored);
        if (rc != E_CONFLICT) /* renamed, and not flushed */
            file_remove(store->root, path, &ignored);
        file_close(&activity->lock);
    }
    buf_done(&text);
    free(path);
    free(fresh);
    return rc;
}

int activity_intend(const struct store *store, const char *path, bool removes, struct err *err)
{
    enum { TRIES = 16 };
    struct activity *const activity = store->activity;
    char *own;
    int rc;

    if (!activity || activity->intent)
        return 0;
    rc = activity_settle(store, err);
    if (rc && !removes)
        return err_wrap(err, "what others have left of the activity log cannot be written");
    own = text_copy(path);
    make_ids(store, activity);
    rc = E_CONFLICT;
    for (int i = 0; (rc == E_CONFLICT || rc == E_BUSY) && i < TRIES; i++) {
        const struct activity_intent intent = {
            .entry = activity->entry,
            .path = own,
            .removes = {.set = removes, .value = removes},
        };

        rc = write_intent(store, activity, &intent, err);
        if (rc == E_CONFLICT || rc == E_BUSY) { /* however bad the randomness from outside is */
            free(activity->entry.event_data_id);
            activity->entry.event_data_id = store_new_uuid(store);
        }
    }
    free(own);
    if (rc == E_NO_SPACE && removes) { /* whoever makes room is not refused for want of it */
        store_notice(store, "%s; it is removed all the same", err->text);
        rc = 0;
    }
    return rc ? err_wrap(err, "cannot begin an entry of the activity log") : 0;
}

struct json *activity_sign(const struct store *store, const struct json *stored)
{
    struct json *const tree = stored ? json_copy(stored) : json_new_object();

    if (store->activity) {
        make_ids(store, store->activity);
        json_set(tree, CORRELATION_KEY, json_new_string(store->activity->entry.correlation_id));
    }
    return tree;
}

void activity_made(const struct store *store)
{
    struct activity *const activity = store->activity;
    struct err ignored = {0};

    if (!activity)
        return;
    if (activity->intent && !activity->changed) /* else the manifest says it */
        file_write_at(activity->lock, activity->intent, " ", 1, activity->intent_size, &ignored);
    activity->changed = true;
}

/* --- a manifest --- */

/* What the manifest will say, and whether that is another thing than what it says. */
static bool differs(const struct store *store, const struct activity_write *what)
{
    struct json *const fresh = shape_write(what->shape, what->value, SHAPE_MANIFEST);
    struct activity_changes changes = {0};
    bool any;

    if (what->stored)
        shape_keep_unknown(what->shape, what->stored, fresh);
    activity_compare(what->stored, fresh, &changes);
    any = changes.count > 0;
    for (size_t i = 0; i < changes.count; i++)
        *VEC_ADD(&store->activity->entry.changes) = changes.items[i];
    free(changes.items);
    json_free(fresh);
    return any;
}

int activity_write(const struct store *store, const struct activity_write *what, struct err *err)
{
    const bool changes = store->activity && (differs(store, what) || !what->stored);
    struct json *const over = changes ? activity_sign(store, what->stored) : NULL;
    int rc = changes ? activity_intend(store, what->path, false, err) : 0;

    if (rc == 0)
        rc = manifest_write(what->dir, what->path, what->shape, what->value,
                            over ? over : what->stored, err);
    if (rc == 0 && changes && text_equal(store->activity->path, what->path))
        activity_made(store);
    json_free(over);
    return rc;
}

/* --- the entry --- */

static void fill_entry(const struct store *store, struct activity *activity,
                       enum activity_status status, const struct err *why)
{
    struct activity_entry *const entry = &activity->entry;
    const uint64_t bytes = activity->bytes;

    make_ids(store, activity);
    entry->status.value = status;
    if (why) {
        entry->sub_status.value = text_copy(err_kind(why->code)->word);
        entry->description = text_copy(why->text);
    }
    entry->duration = opt_int_of((store_ticks(store) - activity->began) / MILLISECOND);
    if (bytes > 0)
        entry->bytes = opt_int_of(bytes);
    if (status == ACTIVITY_FAILED)
        activity_forget_changes(entry);
}

/* It failed, and the change may stand: renamed, and not flushed. Then the intent stays, until
 * somebody finds that it does, or does not any more. */
static bool is_undecided(const struct store *store, const struct activity *activity)
{
    struct err ignored = {0};
    bool happened = true;

    return activity->intent && !activity->changed &&
           (activity_outcome(store, activity, &happened, &ignored) || happened);
}

int activity_end(struct store *store, enum activity_status status, const struct err *why,
                 struct err *err)
{
    struct activity *const activity = store->activity;
    const bool undecided = is_undecided(store, activity);
    struct err ignored = {0};
    int rc = 0;

    if (status && !undecided) {
        fill_entry(store, activity, status, why);
        rc = activity_append(store, &activity->entry, err);
    }
    if (activity->intent && !undecided && (rc == 0 || !activity->changed))
        file_remove(store->root, activity->intent, &ignored);
    file_close(&activity->lock);
    store->activity = activity->outer;
    shape_done(&activity_entry_shape, &activity->entry);
    free(activity->intent);
    free(activity->path);
    free(activity);
    return rc;
}

/* --- reading --- */

/* What is open is read first, so that what somebody puts into the log meanwhile is met in one of
 * the two; and given last, if it was not. */
struct reading {
    const struct activity_visitor *visitor;
    struct activity_entries open;
};

static void keep(void *user, struct activity_entry *entry)
{
    struct reading *const reading = user;

    *VEC_ADD(&reading->open) = *entry;
    *entry = (struct activity_entry){0};
}

static void give(void *user, struct activity_entry *entry)
{
    struct reading *const reading = user;

    for (size_t i = 0; i < reading->open.count; i++)
        if (text_equal(reading->open.items[i].event_data_id, entry->event_data_id))
            shape_done(&activity_entry_shape, &reading->open.items[i]);
    reading->visitor->each(reading->visitor->user, entry);
}

static void pass_on(void *user, const char *path, uint64_t line, const struct err *why)
{
    const struct reading *const reading = user;

    reading->visitor->damaged(reading->visitor->user, path, line, why);
}

int activity_read(const struct store *store, int64_t since, const struct activity_visitor *visitor,
                  struct err *err)
{
    struct reading reading = {.visitor = visitor};
    const struct activity_visitor keeper = {keep, pass_on, &reading};
    const struct activity_visitor giver = {give, pass_on, &reading};
    int rc = 0;

    if (store->root == FILE_NONE)
        return 0;
    rc = activity_read_open(store, &keeper, err);
    if (rc == 0)
        rc = activity_read_files(store, since, &giver, err);
    for (size_t i = 0; i < reading.open.count; i++) {
        if (rc == 0 && reading.open.items[i].event_data_id)
            visitor->each(visitor->user, &reading.open.items[i]);
        shape_done(&activity_entry_shape, &reading.open.items[i]);
    }
    free(reading.open.items);
    return rc;
}
