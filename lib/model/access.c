#include "model/access.h"

#include "base/text.h"
#include "model/scope.h"

#define READS_SHARED "Lists and sees image versions, and reads disks"

/* clang-format off */
static const struct row entry_rows[] = {
    ROW(struct access_entry, principal, "principal", .rules = ROW_MADE | ROW_COLUMN, .column = "Principal",
        .about = "user:NAME, group:NAME, sp:NAME, subscription:ID and others"),
    ROW(struct access_entry, role, "role", .rules = ROW_MADE | ROW_COLUMN, .column = "Role",
        .about = "The role, or shared, or community"),
    ROW(struct access_entry, via, "via", .rules = ROW_MADE | ROW_COLUMN, .column = "Via",
        .about = "The scope that the role is given on, / is the store; or the id by which it is shared"),
    ROW(struct access_entry, inherited, "inherited", .rules = ROW_MADE | ROW_COLUMN, .column = "Inherited",
        .about = "Whether that is around what was asked about"),
    ROW(struct access_entry, actions, "actions", .rules = ROW_MADE | ROW_COLUMN, .column = "Actions",
        .about = "What it allows, in words"),
};

static const struct shape entry_shape = SHAPE(struct access_entry, "access", entry_rows, NULL);

static const struct row rows[] = {
    ROW(struct access, scope, "scope", .rules = ROW_MADE | ROW_COLUMN, .about = "What was asked about; / is the store"),
    ROW(struct access, roles_bind, "rolesBind", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Whether roles bind in this store; else the file system alone decides"),
    ROW(struct access, rule, "rule", .rules = ROW_MADE, .about = "The same in words"),
    ROW_LIST(struct access, entries, "access", &entry_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "One entry for each way that somebody has"),
};
/* clang-format on */

const struct shape access_shape = SHAPE(struct access, "access", rows, NULL);

/* What is given is copied, but for the principal, which is taken. */
static void add(struct access *access, char *takes_principal, const struct access_entry *given)
{
    struct access_entry *const fresh = VEC_ADD(&access->entries);

    fresh->principal = takes_principal;
    fresh->role = text_copy(given->role);
    fresh->via = text_copy(given->via);
    fresh->inherited = (struct opt_bool){.set = true, .value = given->inherited.value};
    fresh->actions = text_copy(given->actions);
}

void access_begin(struct access *access, const char *scope, const char *owner, bool roles_bind)
{
    const struct access_entry all = {
        .role = (char[]){"owner of the store"},
        .via = (char[]){SCOPE_STORE},
        .inherited.value = !text_equal(scope, SCOPE_STORE),
        .actions = (char[]){"Everything"},
    };

    access->scope = text_copy(scope);
    access->roles_bind = (struct opt_bool){.set = true, .value = roles_bind};
    access->rule = text_copy(
        roles_bind ? "roles bind everybody but root and the owner of the store's directory"
                   : "no role was ever assigned: whoever can open the store does what the file "
                     "system lets him do, but for assigning roles");
    add(access, text_copy("root"), &all);
    if (!text_equal(owner, "root"))
        add(access, text_printf("user:%s", owner), &all);
}

void access_add_role(struct access *access, const struct role_assignment *assignment)
{
    static const char *const words[] = {
        [PRINCIPAL_USER] = "user", [PRINCIPAL_GROUP] = "group", [PRINCIPAL_SERVICE] = "sp"};
    struct role_definition role = {0};

    if (!scope_is_in(access->scope, assignment->scope))
        return;
    role_describe(assignment->role, &role);
    add(access, text_printf("%s:%s", words[assignment->principal_type], assignment->principal_name),
        &(struct access_entry){
            .role = role.role_name,
            .via = assignment->scope,
            .inherited.value = !text_same_word(assignment->scope, access->scope),
            .actions = role.description,
        });
    shape_done(&role_definition_shape, &role);
}

void access_add_shares(struct access *access, const struct sharing_profile *profile,
                       const char *shared_id, const char *community_id, bool inherited)
{
    static const char *const words[] = {
        [SHARE_SUBSCRIPTIONS] = "subscription", [SHARE_TENANTS] = "tenant"};
    struct access_entry given = {.inherited.value = inherited};

    given.actions = text_copy(READS_SHARED);
    given.role = text_copy("shared");
    given.via = text_copy(shared_id);
    for (size_t i = 0; i < profile->groups.count; i++) {
        const struct share_group *const group = &profile->groups.items[i];

        for (size_t k = 0; k < group->ids.count; k++)
            add(access, text_printf("%s:%s", words[group->type], group->ids.items[k]), &given);
    }
    text_replace(&given.role, "community");
    text_replace(&given.via, community_id);
    if (sharing_is_community(profile))
        add(access, text_copy("everybody (community)"), &given);
    shape_done(&entry_shape, &given);
}
