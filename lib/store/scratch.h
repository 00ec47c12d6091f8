/* scratch.h: what lies in a store and is no part of it: scratch that a killed command left, and
 * files that somebody else put there. */
#ifndef STORE_SCRATCH_H
#define STORE_SCRATCH_H

#include <stdbool.h>

#include "base/err.h"
#include "store/store.h"

/* A part of the store, by the lock over its names. */
enum scratch_part {
    SCRATCH_STORE,   /* its directory and the lists in it, not what is in those: store_lock */
    SCRATCH_GALLERY, /* the directory of one: resource_lock */
    SCRATCH_REPLICA, /* that of one: the replica's lock, exclusive */
    SCRATCH_REGION,  /* that of a region outside of the store: nobody's lock */
};

struct scratch_visitor {
    /* `name` in the directory `dir`, whose path in the store is `path` ("" is the store).
     * `scratch`: a name as commands give to what is not complete; whoever holds the lock may
     * remove it. An error ends the walk. */
    int (*visit)(void *user, int dir, const char *path, const char *name, bool scratch,
                 struct err *err);
    void *user;
};

/* Walk that part, of which `path` is the directory in the store ("" for SCRATCH_STORE). What is not
 * there has none; what cannot be listed is an error. */
int scratch_find(const struct store *store, enum scratch_part part, const char *path,
                 const struct scratch_visitor *visitor, struct err *err);
/* The same in a directory that is open, for the parts that may lie outside of the store; `path` is
 * what to call it. */
int scratch_find_in(int dir, enum scratch_part part, const char *path,
                    const struct scratch_visitor *visitor, struct err *err);

/* The names that belong in a directory. */
struct known;

/* Those of the directory of that part. */
const struct known *scratch_names(enum scratch_part part);

/* Whether the name is one of them, of what is complete; *ret_inside: those that belong in it, a
 * directory; NULL: it is a file. */
bool scratch_belongs(const struct known *names, const char *name, const struct known **ret_inside);

#endif
