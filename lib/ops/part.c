/* A part of a store, which may be damaged: for those who look at all that is in it. */
#include "ops/room.h"
#include "ops/trash.h"
#include "store/resource.h"

static int check_path(const struct store *store, const struct reference *ref,
                      enum reference_depth depth, struct err *err)
{
    int rc = 0;

    for (enum reference_depth at = REFERENCE_DEFINITION; rc == 0 && at <= depth; at++) {
        bool there = false;

        rc = resource_exists(store, ref, at, &there, err);
        if (rc == 0 && !there) {
            rc = err_set(err, E_NOT_FOUND, "%s '%s' does not exist", reference_noun(at),
                         at == REFERENCE_DEFINITION ? ref->definition : ref->version);
            if (at == REFERENCE_VERSION)
                ops_trash_explain(store, ref, err);
        }
    }
    return rc;
}

int ops_find_part(const struct store *store, struct reference *ref, enum reference_depth *ret_depth,
                  struct err *err)
{
    struct gallery gallery = {0};
    int rc = reference_depth(ref, ret_depth, err);

    if (rc || *ret_depth == REFERENCE_NONE)
        return rc;
    rc = ops_check(store, ref, *ret_depth, NAMING_READ, err);
    if (rc == 0)
        rc = ops_read_gallery(store, ref, &gallery, err);
    shape_done(&gallery_shape, &gallery);
    if (rc == 0 && *ret_depth == REFERENCE_VERSION)
        rc = ops_resolve(store, ref, NULL, err);
    return rc ? rc : check_path(store, ref, *ret_depth, err);
}
