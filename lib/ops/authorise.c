/* Whether the caller may. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/scope.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/manifest.h"
#include "store/resource.h"

int ops_read_roles(const struct store *store, struct role_book *ret, struct json **ret_stored,
                   struct err *err)
{
    int rc;

    if (store->root == FILE_NONE)
        return err_set(err, E_NOT_FOUND, "there is no store at '%s'", store->path);
    rc = manifest_read(store->root, LAYOUT_ROLES, &role_book_shape, ret, ret_stored, err);
    if (rc == E_CORRUPT && !err->hint[0])
        err_hint(err, "the store's owner restores it from a backup, or removes it: then the file "
                      "system alone decides who may what");
    if (rc == E_DENIED)
        err_hint(err, "whoever is in the store has to be able to read it: its owner gives it the "
                      "mode of " LAYOUT_STORE);
    return rc;
}

static bool is_owner(const struct ops_gate *gate, uint32_t owner)
{
    const uint32_t uid = caller_uid();

    return gate->told ? uid == 0 || uid == owner : uid == owner && uid != CALLER_NOBODY;
}

/* Only when it matters: accounts take longer to find than a gallery. */
static void name_caller(struct ops_gate *gate)
{
    if (gate->caller.user)
        return;
    if (gate->told)
        caller_init(&gate->caller);
    else /* with blanks, so that nothing is assigned to it */
        gate->caller.user = text_copy("somebody in a user namespace");
}

int ops_gate_open(const struct store *store, struct ops_gate *ret, struct err *err)
{
    struct file_info info = {0};
    int rc;

    if (store->root == FILE_NONE) {
        ret->open = ret->owner = true;
        return 0;
    }
    rc = file_stat(store->root, store->path, &info, err);
    if (rc)
        return rc;
    ret->told = caller_is_told();
    ret->open = ret->owner = is_owner(ret, info.owner);
    if (ret->owner)
        return 0;
    rc = ops_read_roles(store, &ret->book, NULL, err);
    if (rc == 0)
        name_caller(ret);
    ret->open = rc == E_NOT_FOUND;
    return ret->open ? 0 : rc;
}

void ops_gate_close(struct ops_gate *gate)
{
    caller_done(&gate->caller);
    shape_done(&role_book_shape, &gate->book);
}

/* The part that it names: what stands for a version says nothing about which. */
static enum reference_depth depth_asked(const struct reference *ref)
{
    struct semver ignored;

    if (!ref || !ref->gallery)
        return REFERENCE_NONE;
    if (!ref->definition)
        return REFERENCE_GALLERY;
    return ref->version && semver_parse(ref->version, &ignored, NULL) == 0 ? REFERENCE_VERSION
                                                                           : REFERENCE_DEFINITION;
}

static char *scope_asked(const struct reference *ref)
{
    return scope_of(ref, depth_asked(ref));
}

bool ops_gate_lets_scope(const struct ops_gate *gate, enum action action, const char *scope)
{
    const struct principal principal = {
        .user = gate->caller.user,
        .groups = gate->caller.groups.items,
        .group_count = gate->caller.groups.count,
    };

    if (gate->owner)
        return true;
    if (gate->open)
        return action != ACTION_ASSIGNMENT_WRITE && action != ACTION_ASSIGNMENT_DELETE;
    return role_book_allows(&gate->book, &principal, action, scope);
}

bool ops_gate_lets(const struct ops_gate *gate, enum action action, const struct reference *ref)
{
    char *scope;
    bool let;

    if (gate->owner) /* as ops_gate_lets_scope, for long lists */
        return true;
    scope = scope_asked(ref);
    let = ops_gate_lets_scope(gate, action, scope);
    free(scope);
    return let;
}

/* Whether there is anything around the part that `ref` names, or in it, on which the action is
 * allowed; in the whole store there may be. */
static bool lets_inside(const struct ops_gate *gate, enum action action,
                        const struct reference *ref)
{
    char *const scope = scope_asked(ref);
    bool lets = !ref->gallery || ops_gate_lets_scope(gate, action, scope);

    for (size_t i = 0; !lets && i < gate->book.assignments.count; i++) {
        const struct role_assignment *const at = &gate->book.assignments.items[i];

        lets = scope_is_in(at->scope, scope) && ops_gate_lets_scope(gate, action, at->scope);
    }
    free(scope);
    return lets;
}

/* The first of the roles in the order of what they are called that would do, from the least. */
static enum role least_for(enum action action)
{
    static const enum role roles[] = {ROLE_READER, ROLE_CONTRIBUTOR, ROLE_SHARING_ADMIN,
                                      ROLE_OWNER};
    size_t at = 0;

    while (!role_allows(roles[at], action))
        at++;
    return roles[at];
}

/* On what is not there nothing can be assigned: what it is in, then. To be released with free. */
static char *scope_there(const struct store *store, const struct reference *ref)
{
    enum reference_depth depth = depth_asked(ref);
    struct err ignored = {0};
    bool there = false;

    while (depth > REFERENCE_NONE &&
           (resource_exists(store, ref, depth, &there, &ignored) || !there))
        depth--;
    return scope_of(ref, depth);
}

static int refuse(const struct store *store, struct ops_gate *gate, enum action action,
                  const struct reference *ref, struct err *err)
{
    char *const asked = scope_asked(ref), *const there = scope_there(store, ref);
    char *const where = scope_shown(asked);
    const char *const role = choice_word(&role_choices, least_for(action));
    const char *const quote = strchr(role, ' ') ? "'" : "";
    const char *user;

    name_caller(gate);
    user = gate->caller.user;
    err_set(err, E_DENIED, "user '%s' may not do '%s' on %s", user, action_name(action), where);
    if (gate->told)
        err_hint(err,
                 "an owner allows it: sig role assignment create --assignee user:%s --role %s%s%s "
                 "--scope %s",
                 user, quote, role, quote, there);
    else
        err_hint(err, "in a user namespace nobody is told from others but the store's owner");
    free(where);
    free(there);
    free(asked);
    return E_DENIED;
}

/* E_DENIED when `lets` does not; see ops_authorise. */
static int decide(const struct store *store, enum action action, const struct reference *ref,
                  bool (*lets)(const struct ops_gate *, enum action, const struct reference *),
                  struct err *err)
{
    struct ops_gate gate = {0};
    int rc = ref ? reference_check(ref, err) : 0;

    if (rc == 0)
        rc = ops_gate_open(store, &gate, err);
    if (rc == 0 && !lets(&gate, action, ref))
        rc = refuse(store, &gate, action, ref, err);
    ops_gate_close(&gate);
    return rc;
}

int ops_authorise(const struct store *store, enum action action, const struct reference *ref,
                  struct err *err)
{
    return decide(store, action, ref, ops_gate_lets, err);
}

int ops_authorise_list(const struct store *store, enum action action, const struct reference *ref,
                       struct err *err)
{
    return decide(store, action, ref, lets_inside, err);
}

int ops_enter(const struct store *store, enum action action, const struct reference *ref,
              enum naming naming, struct err *err)
{
    const int rc = ops_check(store, ref, action_depth(action), naming, err);

    return rc ? rc : ops_authorise(store, action, ref, err);
}
