#include "model/role.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/scope.h"

#define GALLERIES "Microsoft.Compute/galleries"

/* --- actions --- */

static const char *const action_names[ACTIONS] = {
    [ACTION_GALLERY_READ] = GALLERIES "/read",
    [ACTION_GALLERY_WRITE] = GALLERIES "/write",
    [ACTION_GALLERY_DELETE] = GALLERIES "/delete",
    [ACTION_DEFINITION_READ] = GALLERIES "/images/read",
    [ACTION_DEFINITION_WRITE] = GALLERIES "/images/write",
    [ACTION_DEFINITION_DELETE] = GALLERIES "/images/delete",
    [ACTION_VERSION_READ] = GALLERIES "/images/versions/read",
    [ACTION_VERSION_WRITE] = GALLERIES "/images/versions/write",
    [ACTION_VERSION_DELETE] = GALLERIES "/images/versions/delete",
    [ACTION_LOCK_READ] = "Microsoft.Authorization/locks/read",
    [ACTION_LOCK_WRITE] = "Microsoft.Authorization/locks/write",
    [ACTION_LOCK_DELETE] = "Microsoft.Authorization/locks/delete",
    [ACTION_ASSIGNMENT_READ] = "Microsoft.Authorization/roleAssignments/read",
    [ACTION_ASSIGNMENT_WRITE] = "Microsoft.Authorization/roleAssignments/write",
    [ACTION_ASSIGNMENT_DELETE] = "Microsoft.Authorization/roleAssignments/delete",
    [ACTION_REGION_WRITE] = "Microsoft.Resources/subscriptions/locations/write",
    [ACTION_REGION_DELETE] = "Microsoft.Resources/subscriptions/locations/delete",
    [ACTION_STORE_WRITE] = "Microsoft.Resources/subscriptions/write",
    [ACTION_USAGE_READ] = "Microsoft.Compute/locations/usages/read",
    [ACTION_ACTIVITY_READ] = "Microsoft.Insights/eventtypes/values/read",
    [ACTION_GALLERY_SHARE] = GALLERIES "/share/action",
};

const char *action_name(enum action action)
{
    return action_names[action];
}

/* The three of a depth follow each other. */
static enum action of_depth(enum reference_depth depth, enum action of_gallery)
{
    return of_gallery + 3 * ((unsigned)depth - REFERENCE_GALLERY);
}

enum action action_read(enum reference_depth depth)
{
    return of_depth(depth, ACTION_GALLERY_READ);
}

enum action action_write(enum reference_depth depth)
{
    return of_depth(depth, ACTION_GALLERY_WRITE);
}

enum action action_delete(enum reference_depth depth)
{
    return of_depth(depth, ACTION_GALLERY_DELETE);
}

enum reference_depth action_depth(enum action action)
{
    if (action == ACTION_GALLERY_SHARE)
        return REFERENCE_GALLERY;
    return action > ACTION_VERSION_DELETE ? REFERENCE_NONE
                                          : REFERENCE_GALLERY + (action - ACTION_GALLERY_READ) / 3;
}

/* --- roles --- */

struct built_in {
    const char *uuid;
    const char *description;
    const char *const *actions;
    const char *const *not_actions;
};

#define NAMES (const char *const[])

static const struct built_in built_ins[ROLES] = {
    [ROLE_OWNER] =
        {
            .uuid = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
            .description = "Everything, and who else may do what",
            .actions = NAMES{"*", NULL},
        },
    [ROLE_CONTRIBUTOR] =
        {
            .uuid = "b24988ac-6180-42a0-ab88-20f7382dd24c",
            .description = "Everything but locks, roles and sharing",
            .actions = NAMES{"*", NULL},
            .not_actions =
                NAMES{"Microsoft.Authorization/*/delete", "Microsoft.Authorization/*/write",
                      GALLERIES "/share/action", NULL},
        },
    [ROLE_READER] =
        {
            .uuid = "acdd72a7-3385-48ef-bd42-f606fba81ae7",
            .description = "Sees everything, and reads disks",
            .actions = NAMES{"*/read", NULL},
        },
    [ROLE_PUBLISHER] =
        {
            .uuid = "85a2d0d9-2eba-4c9c-b355-11c2cc0788ab",
            .description = "Galleries and what is in them, without sharing",
            .actions = NAMES{GALLERIES "/*", "Microsoft.Authorization/*/read", NULL},
            .not_actions = NAMES{GALLERIES "/share/action", NULL},
        },
    [ROLE_IMAGE_READER] =
        {
            .uuid = "cf7c76d2-98a3-4358-a134-615aa78bf44d",
            .description = "Sees image definitions and versions, and reads disks",
            .actions = NAMES{GALLERIES "/images/read", GALLERIES "/images/versions/read", NULL},
        },
    [ROLE_SHARING_ADMIN] =
        {
            .uuid = "1ef6a3be-d0ac-425d-8c01-acb62866290b",
            .description = "Shares galleries, and nothing else",
            .actions = NAMES{GALLERIES "/share/action", NULL},
        },
};

const struct choices role_choices = {
    .noun = "role",
    .words =
        NAMES{
            "Owner",
            "Contributor",
            "Reader",
            "Compute Gallery Artifacts Publisher",
            "Compute Gallery Image Reader",
            "Compute Gallery Sharing Admin",
            NULL,
        },
};

const char *role_uuid(enum role role)
{
    return built_ins[role].uuid;
}

int role_parse(const char *const *words, size_t count, void *slot, struct err *err)
{
    const char *const word = words[count - 1];
    const char *const slash = strrchr(word, '/');
    unsigned *const ret = slot;

    *ret = choice_value(&role_choices, word);
    for (enum role role = ROLE_OWNER; !*ret && role < ROLES; role++)
        if (text_same_word(slash ? slash + 1 : word, role_uuid(role)))
            *ret = role;
    if (*ret)
        return 0;
    err_set(err, E_INVALID, "'%s' is not a known role", word);
    return err_hint(err, "'sig role definition list' prints them");
}

/* Whether the pattern, in any case and with at most one * in it, stands for the name. */
static bool stands_for(const char *pattern, const char *name)
{
    const char *const star = strchr(pattern, '*');
    const size_t before = star ? (size_t)(star - pattern) : strlen(pattern);
    const size_t length = strlen(name);
    char *const beginning = text_printf("%.*s", (int)before, pattern);
    const bool begins = text_starts_word(name, beginning);
    const size_t behind = star ? strlen(star + 1) : 0;

    free(beginning);
    if (!star)
        return text_same_word(pattern, name);
    return begins && length >= before + behind && text_same_word(name + length - behind, star + 1);
}

static bool has(const char *const *patterns, const char *name)
{
    for (size_t i = 0; patterns && patterns[i]; i++)
        if (stands_for(patterns[i], name))
            return true;
    return false;
}

bool role_allows(enum role role, enum action action)
{
    const struct built_in *const built_in = &built_ins[role];

    return has(built_in->actions, action_names[action]) &&
           !has(built_in->not_actions, action_names[action]);
}

/* clang-format off */
static const struct row definition_rows[] = {
    ROW(struct role_definition, id, "id", .rules = ROW_MADE | ROW_VIEW, .about = "ARM id"),
    ROW(struct role_definition, name, "name", .rules = ROW_MADE | ROW_KEY, .about = "The UUID that it has in Azure"),
    ROW(struct role_definition, role_name, "roleName", .rules = ROW_MADE | ROW_COLUMN, .column = "Role",
        .about = "Its name"),
    ROW(struct role_definition, description, "description", .rules = ROW_MADE | ROW_COLUMN, .about = "What it is for"),
    ROW(struct role_definition, actions, "actions", .rules = ROW_MADE | ROW_COLUMN, .column = "Actions",
        .about = "What it allows; * stands for anything"),
    ROW(struct role_definition, not_actions, "notActions", .rules = ROW_MADE | ROW_COLUMN, .column = "But", .about = "What it does not allow all the same"),
    ROW(struct role_definition, type, "type", .rules = ROW_MADE | ROW_VIEW, .about = "Microsoft.Authorization/roleDefinitions"),
};
/* clang-format on */

const struct shape role_definition_shape =
    SHAPE(struct role_definition, "role", definition_rows, NULL);

static void copy_names(struct texts *ret, const char *const *names)
{
    for (size_t i = 0; names && names[i]; i++)
        texts_add(ret, names[i]);
}

void role_describe(enum role role, struct role_definition *ret)
{
    const struct built_in *const built_in = &built_ins[role];

    ret->name = text_copy(built_in->uuid);
    ret->role_name = text_copy(choice_word(&role_choices, role));
    ret->description = text_copy(built_in->description);
    copy_names(&ret->actions, built_in->actions);
    copy_names(&ret->not_actions, built_in->not_actions);
    ret->type = text_copy(ROLE_DEFINITION_TYPE);
}

/* --- assignments --- */

const struct choices principal_type_choices = {
    .noun = "kind of assignee",
    .words = NAMES{"User", "Group", "ServicePrincipal", NULL},
};

/* What an account may be called is the system's affair; it is only to be told from what is around
 * it. */
static int check_principal(const void *slot, struct err *err)
{
    const char *const name = *(char *const *)slot;

    if (!*name)
        return err_set(err, E_INVALID, "an assignee has a name");
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at <= ' ' || *at == 0x7f || strchr(":/,", *at))
            return err_set(err, E_INVALID, "'%s' is no name of a user or group", name);
    return 0;
}

/* clang-format off */
static const struct row assignment_rows[] = {
    ROW(struct role_assignment, id, "id", .rules = ROW_MADE | ROW_VIEW, .about = "ARM id"),
    ROW(struct role_assignment, name, "name", .rules = ROW_MADE | ROW_KEY | ROW_NEEDED, .about = "A UUID"),
    ROW(struct role_assignment, principal_name, "principalName", .rules = ROW_NEEDED | ROW_COLUMN, .column = "Principal",
        .max = PRINCIPAL_MAX_LENGTH, .check = check_principal, .about = "Who has it: an account, by its name, or number"),
    ROW(struct role_assignment, principal_type, "principalType", .rules = ROW_NEEDED | ROW_COLUMN,
        .choices = &principal_type_choices, .column = "Type", .about = "User; Group; ServicePrincipal, a user that is no person"),
    ROW(struct role_assignment, role, "roleDefinitionName", .rules = ROW_NEEDED | ROW_COLUMN, .choices = &role_choices,
        .column = "Role", .about = "What it allows"),
    ROW(struct role_assignment, role_definition_id, "roleDefinitionId", .rules = ROW_MADE | ROW_VIEW, .about = "ARM id of the role"),
    ROW(struct role_assignment, scope, "scope", .rules = ROW_NEEDED | ROW_COLUMN, .check = scope_check,
        .about = "Where: a gallery, an image definition, an image version; / is the store"),
    ROW(struct role_assignment, description, "description", .max = ASSIGNMENT_DESCRIPTION_MAX, .about = "Why"),
    ROW(struct role_assignment, created_on, "createdOn", .rules = ROW_MADE, .about = "When it was made"),
    ROW(struct role_assignment, created_by, "createdBy", .rules = ROW_MADE, .about = "Who made it"),
    ROW(struct role_assignment, type, "type", .rules = ROW_MADE | ROW_VIEW, .about = "Microsoft.Authorization/roleAssignments"),
};

const struct shape role_assignment_shape = SHAPE(struct role_assignment, "role assignment", assignment_rows, NULL);

static const struct row book_rows[] = {
    ROW_LIST(struct role_book, assignments, "roleAssignments", &role_assignment_shape, .about = "Who may do what where"),
};
/* clang-format on */

const struct shape role_book_shape = SHAPE(struct role_book, "roles", book_rows, NULL);

int assignee_parse(const char *text, unsigned *ret_type, char **ret_name, struct err *err)
{
    static const struct {
        const char *prefix;
        enum principal_type type;
    } kinds[] = {
        {"user:", PRINCIPAL_USER}, {"group:", PRINCIPAL_GROUP}, {"sp:", PRINCIPAL_SERVICE}};
    const char *name = text;

    *ret_type = PRINCIPAL_USER;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (text_starts_word(text, kinds[i].prefix)) {
            name = text + strlen(kinds[i].prefix);
            *ret_type = kinds[i].type;
        }
    }
    if (check_principal(&name, err))
        return err_hint(err, "assignees are user:NAME, group:NAME and sp:NAME");
    *ret_name = text_copy(name);
    return 0;
}

bool role_assignment_is_to(const struct role_assignment *assignment,
                           const struct principal *principal)
{
    if (assignment->principal_type != PRINCIPAL_GROUP)
        return text_equal(assignment->principal_name, principal->user);
    for (size_t i = 0; i < principal->group_count; i++)
        if (text_equal(assignment->principal_name, principal->groups[i]))
            return true;
    return false;
}

struct role_assignment *role_book_find(const struct role_book *book,
                                       const struct role_assignment *like)
{
    for (size_t i = 0; i < book->assignments.count; i++) {
        struct role_assignment *const at = &book->assignments.items[i];

        if (at->role == like->role && at->principal_type == like->principal_type &&
            text_equal(at->principal_name, like->principal_name) &&
            text_same_word(at->scope, like->scope))
            return at;
    }
    return NULL;
}

const struct role_assignment *role_book_allows(const struct role_book *book,
                                               const struct principal *principal,
                                               enum action action, const char *scope)
{
    for (size_t i = 0; i < book->assignments.count; i++) {
        const struct role_assignment *const at = &book->assignments.items[i];

        if (role_assignment_is_to(at, principal) && scope_is_in(scope, at->scope) &&
            role_allows(at->role, action))
            return at;
    }
    return NULL;
}
