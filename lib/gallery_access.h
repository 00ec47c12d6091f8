/* gallery_access.h: the part of gallery.h about who may do what, which includes it. */
#ifndef GALLERY_ACCESS_H
#define GALLERY_ACCESS_H

#include "base/err.h"
#include "model/activity.h"
#include "model/access.h"
#include "model/reference.h"
#include "model/role.h"
#include "model/scope_lock.h"

struct store;

/* --- locks --- */

struct lock_request {
    struct reference ref; /* of any depth; none: the store */
    char *scope;          /* the same as a text; "/" or the store's id: the store */
    char *name;
    unsigned level; /* enum lock_level */
    char *notes;    /* "": none */
};
/* Put a lock on that part of the store, which has to be there, durably; the one of that name is
 * changed. At most LOCKS_MAX. */
int gal_lock_create(struct store *store, const struct lock_request *request, struct scope_lock *ret,
                    struct err *err);
/* The same of one that is there: what is not given stays. */
int gal_lock_update(struct store *store, const struct lock_request *request, struct scope_lock *ret,
                    struct err *err);
int gal_lock_show(struct store *store, const struct lock_request *request, struct scope_lock *ret,
                  struct err *err);
/* Those that hold there, and those inside: of the store, then by scope and name. */
int gal_lock_list(struct store *store, const struct reference *ref, struct scope_locks *ret,
                  struct err *err);
/* Durably. One that is not there is no error. */
int gal_lock_delete(struct store *store, const struct lock_request *request, struct err *err);

/* --- roles: what the caller, as the kernel knows him, may do --- */

struct role_request {
    struct reference ref; /* the scope, of any depth; none: see `scope` */
    char *scope;          /* the same as a text; "/" or the store's id: the store */
    char *assignee;       /* "user:NAME", "group:NAME", "sp:NAME" */
    unsigned role;        /* enum role */
    char *description;
    /* Of a list, taken for the sake of scripts: it has all of them in any case. */
    struct opt_bool all, include_inherited;
};
/* Let the assignee do what the role allows on the scope, which has to be there, and in it; durably.
 * From the first one on roles bind everybody but root and the owner of the store. One that is there
 * is the result. E_USAGE when no scope, assignee or role is given. At most ASSIGNMENTS_MAX. */
int gal_role_assignment_create(struct store *store, const struct role_request *request,
                               struct role_assignment *ret, struct err *err);
/* Those that hold on the scope, and those inside, that are to the assignee and of the role, where
 * these are given, and that the caller may see: by scope, assignee and role. */
int gal_role_assignment_list(struct store *store, const struct role_request *request,
                             struct role_assignments *ret, struct err *err);
/* Durably, those on exactly that scope that are to the assignee, and of the role: one of the two is
 * needed, and the scope. That there is none is no error. Roles bind on when the last one is gone.
 */
int gal_role_assignment_delete(struct store *store, const struct role_request *request,
                               struct err *err);
/* The roles there are. */
int gal_role_definition_list(struct store *store, struct role_definitions *ret, struct err *err);

/* --- the activity log --- */

struct activity_request {
    struct reference ref;                 /* of any depth, and what is in it; none: all */
    char *resource;                       /* the same as a text */
    struct opt_time start_time, end_time; /* of when it was begun, both included */
    struct opt_int offset; /* seconds: before the end, or after the start when only that is given */
    char *caller;          /* a user, exactly */
    char *operation;       /* an action, or a word in its name, in any case */
    unsigned status;       /* enum activity_status */
    char *correlation_id;
    struct opt_int max_events; /* so many of the newest */
};
/* What was done, as far as the caller may see it: the newest first. It needs not be there any more.
 * E_CORRUPT when a part of the log is damaged, `ret` filled with the rest. */
int gal_activity_list(struct store *store, const struct activity_request *request,
                      struct activity_entries *ret, struct err *err);
/* --- all of that together --- */

/* Who can do what with what `ref` names (of any depth; none: the store), which has to be there, and
 * through what: roles on it and around it, and what its gallery is shared with. Wants leave to read
 * role assignments there. */
int gal_access_show(struct store *store, const struct reference *ref, struct access *ret,
                    struct err *err);

#endif
