#include "model/scope_lock.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

const struct choices lock_level_choices = {
    .noun = "lock type",
    .words = (const char *const[]){"CanNotDelete", "ReadOnly", NULL},
};

/* clang-format off */
static const struct row rows[] = {
    ROW(struct scope_lock, id, "id", .rules = ROW_MADE | ROW_VIEW, .about = "ARM id"),
    ROW(struct scope_lock, name, "name", .rules = ROW_KEY | ROW_NEEDED | ROW_COLUMN, .max = LOCK_MAX_LENGTH,
        .check = name_check_lock, .about = "Name of the lock, of its own on each scope"),
    ROW(struct scope_lock, level, "level", .rules = ROW_NEEDED | ROW_COLUMN, .choices = &lock_level_choices,
        .about = "CanNotDelete, or ReadOnly: nothing is created, changed or deleted"),
    ROW(struct scope_lock, scope, "scope", .rules = ROW_KEY | ROW_NEEDED | ROW_COLUMN, .check = scope_check,
        .about = "What it is on: a gallery, an image definition, an image version; / is the store"),
    ROW(struct scope_lock, notes, "notes", .rules = ROW_COLUMN, .max = LOCK_NOTES_MAX,
        .about = "Why it is there"),
    ROW(struct scope_lock, type, "type", .rules = ROW_MADE | ROW_VIEW, .about = "Microsoft.Authorization/locks"),
};

const struct shape scope_lock_shape = SHAPE(struct scope_lock, "lock", rows, NULL);

static const struct row book_rows[] = {
    ROW_LIST(struct lock_book, locks, "locks", &scope_lock_shape, .about = "The locks of the store"),
};
/* clang-format on */

const struct shape lock_book_shape = SHAPE(struct lock_book, "locks", book_rows, NULL);

struct scope_lock *lock_book_find(const struct lock_book *book, const char *scope, const char *name)
{
    for (size_t i = 0; i < book->locks.count; i++) {
        struct scope_lock *const lock = &book->locks.items[i];

        if (text_same_word(lock->scope, scope) && text_same_word(lock->name, name))
            return lock;
    }
    return NULL;
}

void lock_book_remove(struct lock_book *book, struct scope_lock *lock)
{
    struct scope_lock *const end = book->locks.items + book->locks.count;

    shape_done(&scope_lock_shape, lock);
    memmove(lock, lock + 1, (size_t)(end - (lock + 1)) * sizeof *lock);
    book->locks.count--;
}

const struct scope_lock *lock_book_forbids(const struct lock_book *book, const char *scope,
                                           bool deletes)
{
    for (size_t i = 0; i < book->locks.count; i++) {
        const struct scope_lock *const lock = &book->locks.items[i];

        if (scope_is_in(scope, lock->scope) && (deletes || lock->level == LEVEL_READ_ONLY))
            return lock;
    }
    return NULL;
}
