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
    return rc ? err_hint(err, "restore it; without that file nothing is locked") : 0;
}

/* "prod/ubuntu", in lower case, to be released with free; NULL: the store. */
static char *scope_of(const struct reference *ref, enum reference_depth depth)
{
    struct reference cut = {0};
    struct buf text = {0};
    char *scope;

    if (depth == REFERENCE_NONE)
        return NULL;
    cut.gallery = ref->gallery;
    cut.definition = depth >= REFERENCE_DEFINITION ? ref->definition : NULL;
    cut.version = depth == REFERENCE_VERSION ? ref->version : NULL;
    reference_add_text(&text, &cut);
    scope = buf_take(&text);
    text_lower(scope);
    return scope;
}

static int refuse(const struct scope_lock *lock, struct err *err)
{
    const char *const level = choice_word(&lock_level_choices, lock->level);
    const char *const verb = lock->level == LEVEL_READ_ONLY ? "changing it" : "deleting it";

    if (lock->scope)
        err_set(err, E_CONFLICT, "lock '%s' (%s) of '%s' forbids %s", lock->name, level,
                lock->scope, verb);
    else
        err_set(err, E_CONFLICT, "lock '%s' (%s) of the store forbids %s", lock->name, level, verb);
    return err_hint(err, "'sig lock delete%s%s --name %s' takes it away", lock->scope ? " " : "",
                    lock->scope ? lock->scope : "", lock->name);
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

/* Where it is to be; `there`: that has to exist. */
static int locking_find(struct locking *locking, bool there, struct err *err)
{
    int rc;

    locking->locks[0] = locking->locks[1] = FILE_NONE;
    locking->ref = ops_reference(&locking->request->ref);
    if (there)
        rc = ops_find_part(locking->store, &locking->ref, &locking->depth, err);
    else
        rc = reference_depth(&locking->ref, &locking->depth, err);
    if (rc == 0 && !there && locking->depth != REFERENCE_NONE)
        rc = ops_check(locking->store, &locking->ref, locking->depth, NAMING_CHANGE, err);
    if (rc == 0)
        locking->scope = scope_of(&locking->ref, locking->depth);
    return rc;
}

/* Whoever changes something inside holds one of these. */
static int locking_begin(struct locking *locking, struct err *err)
{
    int rc = store_lock(locking->store, &locking->locks[0], err);

    if (rc == 0 && locking->depth != REFERENCE_NONE)
        rc = resource_lock(locking->store, &locking->ref, &locking->locks[1], err);
    if (rc == E_NOT_FOUND) /* nobody is in there */
        rc = 0;
    return rc ? rc : read_book(locking->store, &locking->book, &locking->stored, err);
}

static int locking_write(const struct locking *locking, struct err *err)
{
    return manifest_write(locking->store->root, LAYOUT_LOCKS, &lock_book_shape, &locking->book,
                          locking->stored, err);
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
    const char *const scope = locking->scope;

    err_set(err, E_NOT_FOUND, "there is no lock '%s' on %s%s%s", locking->request->name,
            scope ? "'" : "the store", scope ? scope : "", scope ? "'" : "");
    return err_hint(err, "'sig lock list%s%s' prints those that hold there", scope ? " " : "",
                    scope ? scope : "");
}

/* The id of what it is on, appended; without the group where that cannot be read. */
static void add_scope_id(const struct store *store, const char *scope, struct buf *out)
{
    struct reference ref = {0};
    struct gallery gallery = {0};
    struct err ignored = {0};

    if (scope && reference_parse(scope, &ref, &ignored) == 0 &&
        ops_read_gallery(store, &ref, &gallery, &ignored) == 0)
        text_replace(&ref.resource_group, gallery.resource_group);
    reference_add_id(out, store->info.store_id, &ref);
    shape_done(&gallery_shape, &gallery);
    shape_done(&reference_shape, &ref);
}

static void view(const struct store *store, const struct scope_lock *lock, struct scope_lock *ret)
{
    struct buf id = {0};

    shape_copy(&scope_lock_shape, ret, lock);
    add_scope_id(store, lock->scope, &id);
    buf_printf(&id, "/providers/" LOCK_TYPE "/%s", lock->name);
    ret->id = buf_take(&id);
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
    if (!lock) {
        lock = VEC_ADD(&locking->book.locks);
        lock->name = text_copy(request->name);
        lock->scope = locking->scope ? text_copy(locking->scope) : NULL;
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
    int rc = locking_find(&locking, create, err);

    if (rc == 0)
        rc = locking_begin(&locking, err);
    if (rc == 0)
        rc = set_locked(&locking, create, ret, err);
    locking_done(&locking);
    return rc ? err_wrap(err, "cannot %s lock '%s'", create ? "create" : "update", request->name)
              : 0;
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
    int rc = locking_find(&locking, false, err);

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
    int rc = locking_find(&locking, false, err);

    if (rc == 0)
        rc = locking_begin(&locking, err);
    if (rc == 0)
        lock = lock_book_find(&locking.book, locking.scope, request->name);
    if (lock)
        lock_book_remove(&locking.book, lock);
    if (rc == 0 && locking.stored) /* also when it is gone: that may not be durable yet */
        rc = locking_write(&locking, err);
    locking_done(&locking);
    return rc ? err_wrap(err, "cannot delete lock '%s'", request->name) : 0;
}

/* --- all of them --- */

static int by_scope(const void *left, const void *right)
{
    const struct scope_lock *const one = left, *const other = right;
    const int order = strcmp(one->scope ? one->scope : "", other->scope ? other->scope : "");

    return order ? order : strcmp(one->name, other->name);
}

int gal_lock_list(struct store *store, const struct reference *ref, struct scope_locks *ret,
                  struct err *err)
{
    struct reference found = ops_reference(ref);
    struct lock_book book = {0};
    enum reference_depth depth = REFERENCE_NONE;
    char *scope = NULL;
    int rc = ops_find_part(store, &found, &depth, err);

    if (rc == 0)
        rc = read_book(store, &book, NULL, err);
    if (rc == 0)
        scope = scope_of(&found, depth);
    for (size_t i = 0; rc == 0 && i < book.locks.count; i++) {
        const struct scope_lock *const lock = &book.locks.items[i];
        const struct scope_lock here = {.scope = scope};

        if (scope_lock_covers(lock, scope) || scope_lock_covers(&here, lock->scope))
            view(store, lock, VEC_ADD(ret));
    }
    if (ret->count)
        qsort(ret->items, ret->count, sizeof *ret->items, by_scope);
    shape_done(&lock_book_shape, &book);
    shape_done(&reference_shape, &found);
    free(scope);
    return rc;
}
