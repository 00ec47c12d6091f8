/* Roles of a store: who has which, and where. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/scope.h"
#include "ops/room.h"
#include "os/account.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/manifest.h"
#include "store/store.h"

#define ASSIGNMENT_TYPE "Microsoft.Authorization/roleAssignments"

/* --- what is asked --- */

struct assigning {
    struct store *store;
    struct reference ref;        /* of the scope */
    struct role_assignment like; /* scope, and what is given of assignee and role */
    bool known;                  /* this machine has an account of that name */
    int lock;
    struct role_book book;
    struct json *stored;
};

/* The names of the scope are right; that it is there is not said. */
static int read_scope(struct assigning *assigning, const struct role_request *request,
                      struct err *err)
{
    enum reference_depth depth = REFERENCE_NONE;
    int rc = 0;

    assigning->ref = ops_reference(&request->ref);
    if (request->scope)
        rc = ops_add_scope(assigning->store, request->scope, &assigning->ref, err);
    if (rc == 0)
        rc = reference_depth(&assigning->ref, &depth, err);
    if (rc == 0 && depth == REFERENCE_NONE && assigning->ref.resource_group) {
        err_set(err, E_USAGE, "a resource group is a label, and nothing is assigned on it");
        rc = err_hint(err, "name a gallery, or '--scope /' for the store");
    }
    if (rc == 0 && depth != REFERENCE_NONE)
        rc = ops_check(assigning->store, &assigning->ref, depth, NAMING_CHANGE, err);
    if (rc == 0)
        assigning->like.scope = scope_of(&assigning->ref, depth);
    if (rc == 0)
        ops_name_part(assigning->store, &assigning->ref, assigning->like.scope);
    return rc;
}

/* Nobody would be told that a name that is misspelled gives somebody nothing. */
static void say_unknown(const struct assigning *assigning)
{
    const char *const name = assigning->like.principal_name;
    const bool group = assigning->like.principal_type == PRINCIPAL_GROUP;
    char *there = NULL;

    if (group ? account_find_user(name, &there) : account_find_group(name, &there))
        store_notice(assigning->store, "this machine knows no %s '%s', but a %s: %s:%s",
                     group ? "group" : "user", name, group ? "user" : "group",
                     group ? "user" : "group", name);
    else
        store_notice(assigning->store, "this machine knows no %s '%s'", group ? "group" : "user",
                     name);
    free(there);
}

/* By the name that callers have here, if it is a number. */
static void settle_assignee(struct assigning *assigning)
{
    char **const name = &assigning->like.principal_name;
    char *here = NULL;

    assigning->known = assigning->like.principal_type == PRINCIPAL_GROUP
                           ? account_find_group(*name, &here)
                           : account_find_user(*name, &here);
    if (assigning->known)
        text_replace(name, here);
    free(here);
}

static int assigning_find(struct assigning *assigning, struct store *store,
                          const struct role_request *request, struct err *err)
{
    int rc;

    assigning->store = store;
    assigning->lock = FILE_NONE;
    assigning->like.role = request->role;
    rc = read_scope(assigning, request, err);
    if (rc == 0 && request->assignee)
        rc = assignee_parse(request->assignee, &assigning->like.principal_type,
                            &assigning->like.principal_name, err);
    if (rc == 0 && request->assignee)
        settle_assignee(assigning);
    return rc;
}

/* The lock, and the book as it is; a store without one has an empty one. What the caller might do
 * before, he may not any more when that was taken from him while he waited. */
static int assigning_begin(struct assigning *assigning, enum action action, struct err *err)
{
    int rc = store_lock(assigning->store, &assigning->lock, err);

    if (rc == 0)
        rc = ops_authorise(assigning->store, action, &assigning->ref, err);
    if (rc)
        return rc;
    rc = ops_read_roles(assigning->store, &assigning->book, &assigning->stored, err);
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int assigning_write(const struct assigning *assigning, struct err *err)
{
    const struct activity_write what = {
        .dir = assigning->store->root,
        .path = LAYOUT_ROLES,
        .shape = &role_book_shape,
        .value = &assigning->book,
        .stored = assigning->stored,
    };

    return activity_write(assigning->store, &what, err);
}

static void assigning_done(struct assigning *assigning)
{
    file_close(&assigning->lock);
    shape_done(&role_book_shape, &assigning->book);
    shape_done(&role_assignment_shape, &assigning->like);
    shape_done(&reference_shape, &assigning->ref);
    json_free(assigning->stored);
}

/* --- what is shown --- */

static char *definition_id(const struct store *store, enum role role)
{
    return ops_scope_id(store, SCOPE_STORE, ROLE_DEFINITION_TYPE, role_uuid(role));
}

static void view(const struct store *store, const struct role_assignment *assignment,
                 struct role_assignment *ret)
{
    shape_copy(&role_assignment_shape, ret, assignment);
    ret->type = text_copy(ASSIGNMENT_TYPE);
    ret->role_definition_id = definition_id(store, assignment->role);
    ret->id = ops_scope_id(store, assignment->scope, ASSIGNMENT_TYPE, assignment->name);
}

/* --- changing --- */

static int check_given(const struct role_request *request, struct err *err)
{
    const bool scoped = request->scope || request->ref.gallery || request->ref.resource_group;

    if (!scoped) {
        err_set(err, E_USAGE, "no scope is named");
        return err_hint(err, "name a gallery, an image definition or an image version, or '--scope "
                             "/' for the store");
    }
    return 0;
}

static bool has_name(const struct role_assignments *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_same_word(list->items[i].name, name))
            return true;
    return false;
}

/* Of its own, however bad the randomness from outside is. To be released with free. */
static char *new_name(const struct assigning *assigning)
{
    char *name = store_new_uuid(assigning->store);

    while (has_name(&assigning->book.assignments, name)) {
        free(name);
        name = store_new_uuid(assigning->store);
    }
    return name;
}

static int add(struct assigning *assigning, const char *description, struct err *err)
{
    struct caller caller = {0};
    struct role_assignment *fresh;
    char *name;

    if (assigning->book.assignments.count >= ASSIGNMENTS_MAX)
        return err_set(err, E_NO_SPACE, "the store has %d role assignments, and may have no more",
                       ASSIGNMENTS_MAX);
    name = new_name(assigning);
    caller_init(&caller);
    fresh = VEC_ADD(&assigning->book.assignments);
    shape_copy(&role_assignment_shape, fresh, &assigning->like);
    fresh->name = name;
    fresh->created_on = (struct opt_time){.set = true, .value = store_now(assigning->store)};
    fresh->created_by = text_copy(caller.user);
    fresh->description = description && *description ? text_copy(description) : NULL;
    caller_done(&caller);
    return shape_check(&role_assignment_shape, fresh, err);
}

/* Written again also when it is there: that may not be durable yet. */
static int assign(struct assigning *assigning, const char *description, struct role_assignment *ret,
                  struct err *err)
{
    struct role_assignment *found = role_book_find(&assigning->book, &assigning->like);
    int rc = 0;

    if (!found)
        rc = add(assigning, description, err);
    else if (description)
        text_replace(&found->description, *description ? description : NULL);
    if (rc == 0 && found)
        rc = shape_check(&role_assignment_shape, found, err);
    if (rc == 0)
        rc = assigning_write(assigning, err);
    if (rc == 0)
        view(assigning->store, role_book_find(&assigning->book, &assigning->like), ret);
    return rc;
}

int gal_role_assignment_create(struct store *store, const struct role_request *request,
                               struct role_assignment *ret, struct err *err)
{
    struct assigning assigning = {.lock = FILE_NONE};
    enum reference_depth depth;
    int rc = check_given(request, err);

    ops_begin_as(store, ACTION_ASSIGNMENT_WRITE, &request->ref, NULL);
    if (rc == 0)
        rc = assigning_find(&assigning, store, request, err);
    if (rc == 0)
        rc = ops_authorise(store, ACTION_ASSIGNMENT_WRITE, &assigning.ref, err);
    if (rc == 0)
        rc = assigning_begin(&assigning, ACTION_ASSIGNMENT_WRITE, err);
    if (rc == 0)
        rc = ops_find_part(store, &assigning.ref, &depth, err);
    if (rc == 0 && !assigning.known)
        say_unknown(&assigning);
    if (rc == 0)
        rc = assign(&assigning, request->description, ret, err);
    assigning_done(&assigning);
    if (rc)
        err_wrap(err, "cannot assign role '%s'", choice_word(&role_choices, request->role));
    return ops_end(store, rc, err);
}

/* Whether it is one of those that are asked for: a user is the same, whatever it is called for. */
static bool is_like(const struct role_assignment *assignment, const struct role_assignment *like)
{
    return (!like->role || assignment->role == like->role) &&
           (!like->principal_name ||
            ((assignment->principal_type == PRINCIPAL_GROUP) ==
                 (like->principal_type == PRINCIPAL_GROUP) &&
             text_equal(assignment->principal_name, like->principal_name)));
}

/* Returns how many. */
static size_t take_away(struct role_assignments *list, const struct role_assignment *like)
{
    size_t kept = 0;
    const size_t before = list->count;

    for (size_t i = 0; i < before; i++) {
        struct role_assignment *const at = &list->items[i];

        if (text_equal(at->scope, like->scope) && is_like(at, like))
            shape_done(&role_assignment_shape, at);
        else
            list->items[kept++] = *at;
    }
    list->count = kept;
    return before - kept;
}

int gal_role_assignment_delete(struct store *store, const struct role_request *request,
                               struct err *err)
{
    struct assigning assigning = {.lock = FILE_NONE};
    int rc = check_given(request, err);

    ops_begin_as(store, ACTION_ASSIGNMENT_DELETE, &request->ref, NULL);
    if (rc == 0 && !request->assignee && !request->role) {
        err_set(err, E_USAGE, "neither an assignee nor a role is named");
        rc = err_hint(err, "'--assignee' and '--role' say which assignments go");
    }
    if (rc == 0)
        rc = assigning_find(&assigning, store, request, err);
    if (rc == 0)
        rc = ops_authorise(store, ACTION_ASSIGNMENT_DELETE, &assigning.ref, err);
    if (rc == 0)
        rc = assigning_begin(&assigning, ACTION_ASSIGNMENT_DELETE, err);
    if (rc == 0 && take_away(&assigning.book.assignments, &assigning.like) == 0)
        store_notice(store, "there was no such assignment");
    if (rc == 0 && assigning.stored) /* also when it is gone: that may not be durable yet */
        rc = assigning_write(&assigning, err);
    assigning_done(&assigning);
    return ops_end(store, rc ? err_wrap(err, "cannot delete role assignments") : 0, err);
}

/* --- looking --- */

static int by_scope(const void *left, const void *right)
{
    const struct role_assignment *const one = left, *const other = right;
    int order = strcmp(one->scope, other->scope);

    if (order == 0)
        order = strcmp(one->principal_name, other->principal_name);
    return order ? order : (one->role > other->role) - (one->role < other->role);
}

static void add_seen(const struct assigning *assigning, const struct ops_gate *gate,
                     const struct role_assignment *assignment, struct role_assignments *ret)
{
    const char *const scope = assigning->like.scope;

    if ((scope_is_in(scope, assignment->scope) || scope_is_in(assignment->scope, scope)) &&
        is_like(assignment, &assigning->like) &&
        ops_gate_lets_scope(gate, ACTION_ASSIGNMENT_READ, assignment->scope))
        view(assigning->store, assignment, VEC_ADD(ret));
}

int gal_role_assignment_list(struct store *store, const struct role_request *request,
                             struct role_assignments *ret, struct err *err)
{
    struct assigning assigning = {.lock = FILE_NONE};
    struct ops_gate gate = {0};
    int rc = assigning_find(&assigning, store, request, err);

    if (rc == 0)
        rc = ops_gate_open(store, &gate, err);
    if (rc == 0) {
        rc = ops_read_roles(store, &assigning.book, NULL, err);
        rc = rc == E_NOT_FOUND ? 0 : rc;
    }
    for (size_t i = 0; rc == 0 && i < assigning.book.assignments.count; i++)
        add_seen(&assigning, &gate, &assigning.book.assignments.items[i], ret);
    if (ret->count)
        qsort(ret->items, ret->count, sizeof *ret->items, by_scope);
    ops_gate_close(&gate);
    assigning_done(&assigning);
    return rc;
}

int gal_role_definition_list(struct store *store, struct role_definitions *ret, struct err *err)
{
    (void)err;
    for (enum role role = ROLE_OWNER; role < ROLES; role++) {
        struct role_definition *const shown = VEC_ADD(ret);

        role_describe(role, shown);
        shown->id = definition_id(store, role);
    }
    return 0;
}
