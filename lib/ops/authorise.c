/* Whether the caller may. */
#include <stdlib.h>

#include "base/text.h"
#include "model/scope.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/manifest.h"

int ops_read_roles(const struct store *store, struct role_book *ret, struct json **ret_stored,
                   struct err *err)
{
    int rc;

    if (store->root == FILE_NONE)
        return err_set(err, E_NOT_FOUND, "there is no store at '%s'", store->path);
    rc = manifest_read(store->root, LAYOUT_ROLES, &role_book_shape, ret, ret_stored, err);
    if (rc == E_CORRUPT && !err->hint[0])
        err_hint(err, "the store's owner restores it from a backup; nobody else gets in before");
    return rc;
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
    ret->open = ret->owner = caller_uid() == 0 || caller_uid() == info.owner;
    if (ret->owner)
        return 0;
    caller_init(&ret->caller);
    rc = ops_read_roles(store, &ret->book, NULL, err);
    ret->open = rc == E_NOT_FOUND;
    return ret->open ? 0 : rc;
}

void ops_gate_close(struct ops_gate *gate)
{
    caller_done(&gate->caller);
    shape_done(&role_book_shape, &gate->book);
}

/* The part that it names: what stands for a version says nothing about which. */
static char *scope_asked(const struct reference *ref)
{
    struct semver ignored;
    enum reference_depth depth = REFERENCE_NONE;

    if (ref && ref->gallery)
        depth = !ref->definition ? REFERENCE_GALLERY
                : ref->version && semver_parse(ref->version, &ignored, NULL) == 0
                    ? REFERENCE_VERSION
                    : REFERENCE_DEFINITION;
    return scope_of(ref, depth);
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
    char *const scope = gate->owner ? NULL : scope_asked(ref);
    const bool let = gate->owner || ops_gate_lets_scope(gate, action, scope);

    free(scope);
    return let;
}

/* The first of the roles in the order of what they are called that would do, from the least. */
static enum role least_for(enum action action)
{
    static const enum role roles[] = {ROLE_READER, ROLE_CONTRIBUTOR, ROLE_OWNER};
    size_t at = 0;

    while (!role_allows(roles[at], action))
        at++;
    return roles[at];
}

static int refuse(const struct ops_gate *gate, enum action action, const char *scope,
                  struct err *err)
{
    char *const where = scope_shown(scope);
    const char *const user = gate->caller.user;

    err_set(err, E_DENIED, "user '%s' may not do '%s' on %s", user, action_name(action), where);
    err_hint(
        err,
        "an owner allows it: sig role assignment create --assignee user:%s --role %s --scope %s",
        user, choice_word(&role_choices, least_for(action)), scope);
    free(where);
    return E_DENIED;
}

int ops_authorise(const struct store *store, enum action action, const struct reference *ref,
                  struct err *err)
{
    struct ops_gate gate = {0};
    int rc = ref ? reference_check(ref, err) : 0;

    if (rc == 0)
        rc = ops_gate_open(store, &gate, err);
    if (rc == 0 && !ops_gate_lets(&gate, action, ref)) {
        char *const scope = scope_asked(ref);

        rc = refuse(&gate, action, scope, err);
        free(scope);
    }
    ops_gate_close(&gate);
    return rc;
}

int ops_enter(const struct store *store, enum action action, const struct reference *ref,
              enum naming naming, struct err *err)
{
    const int rc = ops_check(store, ref, action_depth(action), naming, err);

    return rc ? rc : ops_authorise(store, action, ref, err);
}
