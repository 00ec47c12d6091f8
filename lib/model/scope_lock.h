/* scope_lock.h: what keeps a part of a store from being deleted, or changed at all: the locks of
 * the Azure service, on a gallery, an image definition, an image version or the store. What a lock
 * forbids there it forbids in all that is inside. */
#ifndef MODEL_SCOPE_LOCK_H
#define MODEL_SCOPE_LOCK_H

#include "json/shape.h"
#include "model/names.h"
#include "model/scope.h"

enum lock_level {
    LEVEL_CAN_NOT_DELETE = 1, /* everything but deleting is allowed */
    LEVEL_READ_ONLY,          /* nothing is created, changed or deleted */
};

enum {
    LOCK_NOTES_MAX = 512, /* bytes; the service's own limit */
    LOCKS_MAX = 1000,     /* of a store: what every change reads */
};

struct scope_lock {
    char *id; /* view */
    char *name;
    unsigned level; /* enum lock_level */
    char *scope;    /* "prod/ubuntu", in lower case; SCOPE_STORE: all of it */
    char *notes;
    char *type; /* view: "Microsoft.Authorization/locks" */
};

struct scope_locks {
    struct scope_lock *items;
    size_t count;
};

extern const struct choices lock_level_choices; /* CanNotDelete ReadOnly */
extern const struct shape scope_lock_shape;

/* All of a store, as they are kept. */
struct lock_book {
    struct scope_locks locks;
};

extern const struct shape lock_book_shape;

/* The lock of that name on exactly that scope, or NULL. */
struct scope_lock *lock_book_find(const struct lock_book *book, const char *scope,
                                  const char *name);
/* Take one out of the book. */
void lock_book_remove(struct lock_book *book, struct scope_lock *lock);

/* One that keeps whoever wants it from deleting, or else from changing what is at `scope`: on it or
 * around it. NULL: there is none. */
const struct scope_lock *lock_book_forbids(const struct lock_book *book, const char *scope,
                                           bool deletes);

#endif
