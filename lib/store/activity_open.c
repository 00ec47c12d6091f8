/* Intents that processes have left which were killed: what became of the changes, and their
 * entries. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/lock.h"
#include "store/activity_room.h"
#include "store/layout.h"
#include "store/manifest.h"

#define INTENT_ENDING ".json"

/* Whether the manifest has that correlation id. */
static int is_of(const struct store *store, const char *path, const char *correlation, bool *ret,
                 struct err *err)
{
    struct json *tree = NULL;
    struct buf text = {0};
    int rc = file_read_all(store->root, path, MANIFEST_SIZE_MAX, &text, err);

    *ret = false;
    if (rc == 0)
        rc = json_parse(buf_text(&text), text.length, &tree, err);
    if (rc == 0 && json_get(tree, "correlationId"))
        *ret = text_equal(json_string(json_get(tree, "correlationId")), correlation);
    json_free(tree);
    buf_done(&text);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* Whether what was intended has happened. */
static int find_outcome(const struct store *store, const struct activity_intent *intent, int fd,
                        bool *ret, struct err *err)
{
    struct file_info info;
    char last = 0;
    bool there = false;
    int rc = file_stat(fd, intent->path, &info, err);

    *ret = true;
    if (rc == 0 && info.size > 0)
        rc = file_read_exact(fd, intent->path, &last, 1, info.size - 1, err);
    if (rc || last == ' ') /* it was said so */
        return rc;
    if (!intent->removes.value)
        return is_of(store, intent->path, intent->entry.correlation_id, ret, err);
    rc = file_look(store->root, intent->path, &there, &info, err);
    *ret = !there;
    return rc;
}

/* Read it and say in it what became of it. */
static int read_intent(const struct store *store, const char *path, int fd,
                       struct activity_intent *ret, struct err *err)
{
    bool happened = false;
    int rc = manifest_read_open(fd, path, &activity_intent_shape, ret, err);

    if (rc == 0)
        rc = find_outcome(store, ret, fd, &happened, err);
    if (rc == 0) {
        ret->entry.status.value = happened ? ACTIVITY_SUCCEEDED : ACTIVITY_FAILED;
        if (!happened)
            activity_forget_changes(&ret->entry);
        text_replace(&ret->entry.description, happened
                                                  ? "its process ended before it was written down"
                                                  : "its process ended before it was done");
    }
    return rc;
}

int activity_outcome(const struct store *store, const struct activity *activity, bool *ret,
                     struct err *err)
{
    struct activity_intent intent = {0};
    int rc =
        manifest_read_open(activity->lock, activity->intent, &activity_intent_shape, &intent, err);

    if (rc == 0)
        rc = find_outcome(store, &intent, activity->lock, ret, err);
    shape_done(&activity_intent_shape, &intent);
    return rc;
}

/* --- is it in the log? --- */

struct looking {
    const char *id;
    bool found;
};

static void look(void *user, struct activity_entry *entry)
{
    struct looking *const looking = user;

    looking->found = looking->found || text_equal(entry->event_data_id, looking->id);
}

static void pass_over(void *user, const char *path, uint64_t line, const struct err *why)
{
    (void)user;
    (void)path;
    (void)line;
    (void)why;
}

static int is_logged(const struct store *store, const struct activity_entry *entry, bool *ret,
                     struct err *err)
{
    struct looking looking = {.id = entry->event_data_id};
    const struct activity_visitor visitor = {look, pass_over, &looking};
    const int rc = activity_read_files(store, entry->event_timestamp.value, &visitor, err);

    *ret = looking.found;
    return rc;
}

/* --- settling --- */

static int settle_intent(const struct store *store, const char *path, int fd, struct err *err)
{
    struct activity_intent intent = {0};
    struct err why = {0};
    bool logged = false;
    int rc = 0;

    /* One that is damaged is for an audit to tell. */
    if (read_intent(store, path, fd, &intent, &why) == 0) {
        rc = is_logged(store, &intent.entry, &logged, err);
        if (rc == 0)
            rc = logged ? activity_flush(store, intent.entry.event_timestamp.value, err)
                        : activity_append(store, &intent.entry, err);
        if (rc == 0)
            rc = file_remove(store->root, path, err);
    }
    shape_done(&activity_intent_shape, &intent);
    return rc;
}

static int settle_one(const struct store *store, const char *name, struct err *err)
{
    char *const path = text_printf(LAYOUT_OPEN "/%s", name);
    int fd = FILE_NONE;
    int rc = lock_take_existing(store->root, path, LOCK_EXCLUSIVE, 0, &fd, err);

    if (rc == 0 && text_starts(name, ".new-"))
        rc = file_remove(store->root, path, err);
    else if (rc == 0 && name[0] != '.' && text_ends(name, INTENT_ENDING))
        rc = settle_intent(store, path, fd, err);
    file_close(&fd);
    free(path);
    /* Held by who is at it; done by another; of a user whose files we may not read. */
    return rc == E_BUSY || rc == E_NOT_FOUND || rc == E_DENIED ? 0 : rc;
}

int activity_settle(const struct store *store, struct err *err)
{
    struct texts names = {0};
    int lock = FILE_NONE;
    int rc = dir_list(store->root, LAYOUT_OPEN, &names, err);

    /* Whoever is going to change a manifest waits until it is known what became of the last change.
     */
    if (rc == 0 && names.count > 0)
        rc = store_take_lock(store, LAYOUT_ACTIVITY "/" LAYOUT_LOCK, &lock, err);
    if (rc == 0 && names.count > 0)
        rc = file_fit_group(lock, store->root, LAYOUT_ACTIVITY "/" LAYOUT_LOCK, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++)
        rc = settle_one(store, names.items[i], err);
    file_close(&lock);
    texts_done(&names);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* --- reading --- */

static void read_one(const struct store *store, const char *name,
                     const struct activity_visitor *visitor)
{
    char *const path = text_printf(LAYOUT_OPEN "/%s", name);
    struct activity_intent intent = {0};
    struct err why = {0};
    const bool held = lock_is_held(store->root, path);
    int fd = FILE_NONE;
    int rc = file_open(store->root, path, FILE_READ, &fd, &why);

    if (rc == 0 && held)
        rc = manifest_read_open(fd, path, &activity_intent_shape, &intent, &why);
    else if (rc == 0)
        rc = read_intent(store, path, fd, &intent, &why);
    if (rc == 0 && held)
        intent.entry.status.value = ACTIVITY_STARTED;
    if (rc == 0)
        visitor->each(visitor->user, &intent.entry);
    else if (rc != E_NOT_FOUND)
        visitor->damaged(visitor->user, path, 0, &why);
    file_close(&fd);
    shape_done(&activity_intent_shape, &intent);
    free(path);
}

int activity_read_open(const struct store *store, const struct activity_visitor *visitor,
                       struct err *err)
{
    struct texts names = {0};
    const int rc = dir_list(store->root, LAYOUT_OPEN, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++)
        if (names.items[i][0] != '.' && text_ends(names.items[i], INTENT_ENDING))
            read_one(store, names.items[i], visitor);
    texts_done(&names);
    return rc == E_NOT_FOUND ? 0 : rc;
}
