/* Locks that users put on parts of a store. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/manifest.h"
#include "store/resource.h"

#define LOCK_TYPE "Microsoft.Authorization/locks"

/* --- the book --- */

/* A store that does not exist has none. */
static int read_book(const struct store *store, struct lock_book *ret, struct json **ret_stored,
                     struct err *err)
{
    int rc = 0;

    if (store->root == FILE_NONE)
        return 0;
    rc = manifest_read(store->root, LAYOUT_LOCKS, &lock_book_shape, ret, ret_stored, err);
    if (rc == E_NOT_FOUND)
        return 0;
    if (rc == E_CORRUPT && !err->hint[0])
        err_hint(err, "restore it from a backup; nothing is changed before it can be read");
    return rc;
}

/* What names it behind a command, with a blank in front: "" for the store. To be released so. */
static char *operand(const char *scope)
{
    return text_equal(scope, SCOPE_STORE) ? text_copy("") : text_printf(" %s", scope);
}

static int refuse(const struct scope_lock *lock, struct err *err)
{
    const char *const level = choice_word(&lock_level_choices, lock->level);
    char *const what = scope_shown(lock->scope);
    char *const word = operand(lock->scope);

    err_set(err, E_CONFLICT, "lock '%s' (%s) of %s forbids %s", lock->name, level, what,
            lock->level == LEVEL_READ_ONLY ? "changing it" : "deleting it");
    err_hint(err, "'sig lock delete%s --name %s' takes it away", word, lock->name);
    free(what);
    free(word);
    return E_CONFLICT;
}

int ops_check_unlocked(const struct store *store, const struct reference *ref,
                       enum reference_depth depth, bool deletes, struct err *err)
{
    struct lock_book book = {0};
    char *const scope = scope_of(ref, depth);
    const struct scope_lock *lock;
    int rc = read_book(store, &book, NULL, err);

    lock = rc == 0 ? lock_book_forbids(&book, scope, deletes) : NULL;
    if (lock)
        rc = refuse(lock, err);
    shape_done(&lock_book_shape, &book);
    free(scope);
    return rc;
}

int ops_check_no_locks(const struct store *store, struct err *err)
{
    struct lock_book book = {0};
    int rc = read_book(store, &book, NULL, err);

    if (rc == 0 && book.locks.count > 0)
        rc = refuse(&book.locks.items[0], err);
    shape_done(&lock_book_shape, &book);
    return rc;
}

/* --- one lock --- */

struct locking {
    struct store *store;
    const struct lock_request *request;
    struct reference ref; /* what it is on */
    enum reference_depth depth;
    char *scope;
    int locks[2]; /* of the store, of the gallery */
    struct lock_book book;
    struct json *stored;
};

/* E_NOT_FOUND when the gallery is there, and in another group than the one named. What is not
 * there, or cannot be read, may have had a lock. */
static int check_group(const struct locking *locking, struct err *err)
{
    struct gallery gallery = {0};
    struct err why = {0};
    bool there = false;
    int rc = ops_read_gallery(locking->store, &locking->ref, &gallery, &why);

    shape_done(&gallery_shape, &gallery);
    if (rc != E_NOT_FOUND || !locking->ref.resource_group)
        return 0;
    rc = resource_exists(locking->store, &locking->ref, REFERENCE_GALLERY, &there, err);
    if (rc == 0 && there) {
        *err = why;
        rc = E_NOT_FOUND;
    }
    return rc;
}

static int check_depth(struct locking *locking, struct err *err)
{
    int rc = reference_depth(&locking->ref, &locking->depth, err);

    if (rc == 0 && locking->depth == REFERENCE_NONE && locking->ref.resource_group) {
        err_set(err, E_USAGE, "a resource group is a label, and has no locks");
        rc = err_hint(err, "name a gallery, or leave --resource-group out for the store");
    }
    if (rc == 0 && locking->depth != REFERENCE_NONE)
        rc = ops_check(locking->store, &locking->ref, locking->depth, NAMING_CHANGE, err);
    return rc;
}

/* What it is on, for that action; `there`: that has to exist. */
static int locking_find(struct locking *locking, enum action action, bool there, struct err *err)
{
    int rc;

    locking->locks[0] = locking->locks[1] = FILE_NONE;
    locking->ref = ops_reference(&locking->request->ref);
    rc = 0;
    if (locking->request->scope)
        rc = ops_add_scope(locking->store, locking->request->scope, &locking->ref, err);
    if (rc == 0)
        rc = check_depth(locking, err);
    if (rc == 0)
        rc = ops_authorise(locking->store, action, &locking->ref, err);
    if (rc == 0 && there)
        rc = ops_find_part(locking->store, &locking->ref, &locking->depth, err);
    else if (rc == 0 && locking->depth != REFERENCE_NONE)
        rc = check_group(locking, err);
    if (rc == 0)
        locking->scope = scope_of(&locking->ref, locking->depth);
    if (rc == 0)
        ops_name_part(locking->store, &locking->ref, locking->scope);
    return rc;
}

/* Whoever changes something inside holds one of these, so that what was there may be gone now. */
static int locking_begin(struct locking *locking, bool there, struct err *err)
{
    int rc = store_lock(locking->store, &locking->locks[0], err);

    if (rc == 0 && locking->depth != REFERENCE_NONE)
        rc = resource_lock(locking->store, &locking->ref, &locking->locks[1], err);
    if (rc == 0 && there)
        rc = ops_find_part(locking->store, &locking->ref, &locking->depth, err);
    if (rc == E_NOT_FOUND && !there)
        rc = 0;
    return rc ? rc : read_book(locking->store, &locking->book, &locking->stored, err);
}

static int locking_write(const struct locking *locking, struct err *err)
{
    const struct activity_write what = {
        .dir = locking->store->root,
        .path = LAYOUT_LOCKS,
        .shape = &lock_book_shape,
        .value = &locking->book,
        .stored = locking->stored,
    };

    return activity_write(locking->store, &what, err);
}

static void locking_done(struct locking *locking)
{
    file_close(&locking->locks[1]);
    file_close(&locking->locks[0]);
    shape_done(&lock_book_shape, &locking->book);
    json_free(locking->stored);
    shape_done(&reference_shape, &locking->ref);
    free(locking->scope);
}

static int refuse_unknown(const struct locking *locking, struct err *err)
{
    char *const what = scope_shown(locking->scope);
    char *const word = operand(locking->scope);

    err_set(err, E_NOT_FOUND, "there is no lock '%s' on %s", locking->request->name, what);
    err_hint(err, "'sig lock list%s' prints those that hold there", word);
    free(what);
    free(word);
    return E_NOT_FOUND;
}

char *ops_scope_id(const struct store *store, const char *scope, const char *type, const char *name)
{
    struct reference ref = {0};
    struct gallery gallery = {0};
    struct err ignored = {0};
    struct buf id = {0};

    if (!text_equal(scope, SCOPE_STORE) && reference_parse(scope, &ref, &ignored) == 0 &&
        ops_read_gallery(store, &ref, &gallery, &ignored) == 0)
        text_replace(&ref.resource_group, gallery.resource_group);
    reference_add_id(&id, store->info.store_id, &ref);
    buf_printf(&id, "/providers/%s/%s", type, name);
    shape_done(&gallery_shape, &gallery);
    shape_done(&reference_shape, &ref);
    return buf_take(&id);
}

static void view(const struct store *store, const struct scope_lock *lock, struct scope_lock *ret)
{
    shape_copy(&scope_lock_shape, ret, lock);
    ret->id = ops_scope_id(store, lock->scope, LOCK_TYPE, lock->name);
    ret->type = text_copy(LOCK_TYPE);
}

/* Lay what is given over the lock. */
static int change(const struct lock_request *request, struct scope_lock *lock, struct err *err)
{
    if (request->level)
        lock->level = request->level;
    if (request->notes)
        text_replace(&lock->notes, *request->notes ? request->notes : NULL);
    return shape_check(&scope_lock_shape, lock, err);
}

static int set_locked(struct locking *locking, bool create, struct scope_lock *ret, struct err *err)
{
    const struct lock_request *const request = locking->request;
    struct scope_lock *lock = lock_book_find(&locking->book, locking->scope, request->name);
    int rc;

    if (!lock && !create)
        return refuse_unknown(locking, err);
    if (!lock && locking->book.locks.count >= LOCKS_MAX)
        return err_set(err, E_NO_SPACE, "the store has %d locks, and may have no more", LOCKS_MAX);
    if (!lock) {
        lock = VEC_ADD(&locking->book.locks);
        lock->name = text_copy(request->name);
        lock->scope = text_copy(locking->scope);
    }
    rc = change(request, lock, err);
    if (rc == 0)
        rc = locking_write(locking, err);
    if (rc == 0)
        view(locking->store, lock, ret);
    return rc;
}

static int set(struct store *store, const struct lock_request *request, bool create,
               struct scope_lock *ret, struct err *err)
{
    struct locking locking = {.store = store, .request = request};
    int rc;

    ops_begin_as(store, ACTION_LOCK_WRITE, &request->ref, NULL);
    rc = locking_find(&locking, ACTION_LOCK_WRITE, create, err);

    if (rc == 0)
        rc = locking_begin(&locking, create, err);
    if (rc == 0)
        rc = set_locked(&locking, create, ret, err);
    locking_done(&locking);
    if (rc)
        err_wrap(err, "cannot %s lock '%s'", create ? "create" : "update", request->name);
    return ops_end(store, rc, err);
}

int gal_lock_create(struct store *store, const struct lock_request *request, struct scope_lock *ret,
                    struct err *err)
{
    return set(store, request, true, ret, err);
}

int gal_lock_update(struct store *store, const struct lock_request *request, struct scope_lock *ret,
                    struct err *err)
{
    return set(store, request, false, ret, err);
}

int gal_lock_show(struct store *store, const struct lock_request *request, struct scope_lock *ret,
                  struct err *err)
{
    struct locking locking = {.store = store, .request = request};
    const struct scope_lock *lock = NULL;
    int rc = locking_find(&locking, ACTION_LOCK_READ, false, err);

    if (rc == 0)
        rc = read_book(store, &locking.book, NULL, err);
    if (rc == 0)
        lock = lock_book_find(&locking.book, locking.scope, request->name);
    if (lock)
        view(store, lock, ret);
    else if (rc == 0)
        rc = refuse_unknown(&locking, err);
    locking_done(&locking);
    return rc;
}

int gal_lock_delete(struct store *store, const struct lock_request *request, struct err *err)
{
    struct locking locking = {.store = store, .request = request};
    struct scope_lock *lock = NULL;
    int rc;

    ops_begin_as(store, ACTION_LOCK_DELETE, &request->ref, NULL);
    rc = locking_find(&locking, ACTION_LOCK_DELETE, false, err);
    if (rc == E_NOT_FOUND) { /* in that group there is none */
        locking_done(&locking);
        return ops_end(store, 0, err);
    }
    if (rc == 0)
        rc = locking_begin(&locking, false, err);
    if (rc == 0)
        lock = lock_book_find(&locking.book, locking.scope, request->name);
    if (lock)
        lock_book_remove(&locking.book, lock);
    else if (rc == 0)
        store_notice(store, "there was no such lock");
    if (rc == 0 && locking.stored) /* also when it is gone: that may not be durable yet */
        rc = locking_write(&locking, err);
    locking_done(&locking);
    return ops_end(store, rc ? err_wrap(err, "cannot delete lock '%s'", request->name) : 0, err);
}

/* --- all of them --- */

static int by_scope(const void *left, const void *right)
{
    const struct scope_lock *const one = left, *const other = right;
    const int order = strcmp(one->scope, other->scope);

    return order ? order : strcmp(one->name, other->name);
}

int gal_lock_list(struct store *store, const struct reference *ref, struct scope_locks *ret,
                  struct err *err)
{
    struct reference found = ops_reference(ref);
    struct lock_book book = {0};
    enum reference_depth depth = REFERENCE_NONE;
    struct ops_gate gate = {0};
    char *scope = NULL;
    int rc = found.resource_group && !found.gallery
                 ? err_set(err, E_USAGE, "a resource group is a label, and has no locks")
                 : ops_authorise_list(store, ACTION_LOCK_READ, &found, err);

    if (rc == 0)
        rc = ops_find_part(store, &found, &depth, err);
    if (rc == 0)
        rc = read_book(store, &book, NULL, err);
    if (rc == 0)
        rc = ops_gate_open(store, &gate, err);
    if (rc == 0)
        scope = scope_of(&found, depth);
    for (size_t i = 0; rc == 0 && i < book.locks.count; i++) {
        const struct scope_lock *const lock = &book.locks.items[i];

        if ((scope_is_in(scope, lock->scope) || scope_is_in(lock->scope, scope)) &&
            ops_gate_lets_scope(&gate, ACTION_LOCK_READ, lock->scope))
            view(store, lock, VEC_ADD(ret));
    }
    if (ret->count)
        qsort(ret->items, ret->count, sizeof *ret->items, by_scope);
    ops_gate_close(&gate);
    shape_done(&lock_book_shape, &book);
    shape_done(&reference_shape, &found);
    free(scope);
    return rc;
}
