/* 'sig role-assignment' and 'sig role-definition'. */
#include "cmd/command.h"

/* clang-format off */
#define SCOPE_ROWS                                                                                 \
    ROW_OBJECT(struct role_request, ref, "reference", &reference_shape, .about = "The scope: where it holds, and in all that is inside"), \
    ROW(struct role_request, scope, "scope", .flag = "--scope", .metavar = "REFERENCE",            \
        .about = "The same as a flag, also as an ARM id; / is the store")
#define ASSIGNEE_ROW(needed)                                                                       \
    ROW(struct role_request, assignee, "assignee", .rules = needed, .flag = "--assignee",          \
        .metavar = "user:NAME|group:NAME|sp:NAME", .about = "A Unix user, a group, or a user that is no person")
#define ROLE_ROW(needed)                                                                           \
    ROW(struct role_request, role, "role", .rules = needed, .choices = &role_choices, .flag = "--role", \
        .parse = role_parse,                                                                       \
        .metavar = "ROLE", .about = "Owner, Contributor, Reader or another one of 'sig role-definition list'")

static const struct row create_rows[] = {
    SCOPE_ROWS,
    ASSIGNEE_ROW(ROW_NEEDED),
    ROLE_ROW(ROW_NEEDED),
    ROW(struct role_request, description, "description", .flag = "--description", .max = ASSIGNMENT_DESCRIPTION_MAX,
        .about = "Why"),
};

static const struct row list_rows[] = {
    SCOPE_ROWS,
    ASSIGNEE_ROW(0),
    ROLE_ROW(0),
    ROW(struct role_request, all, "all", .flag = "--all", .hidden_flag = true,
        .about = "All of the store, which is listed when no scope is named"),
    ROW(struct role_request, include_inherited, "includeInherited", .flag = "--include-inherited", .hidden_flag = true,
        .about = "Those around the scope, which are listed in any case"),
};

static const struct row delete_rows[] = {
    SCOPE_ROWS,
    ASSIGNEE_ROW(0),
    ROLE_ROW(0),
};
/* clang-format on */

static const struct shape create_shape = SHAPE(struct role_request, "request", create_rows, NULL);
static const struct shape list_shape = SHAPE(struct role_request, "request", list_rows, NULL);
static const struct shape delete_shape = SHAPE(struct role_request, "request", delete_rows, NULL);

static int run_create(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_role_assignment_create(run->store, request, result, err);
}

static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_role_assignment_list(run->store, request, result, err);
}

static int run_delete(struct run *run, const void *request, void *result, struct err *err)
{
    (void)result;
    return gal_role_assignment_delete(run->store, request, err);
}

static int run_definitions(struct run *run, const void *request, void *result, struct err *err)
{
    (void)request;
    return gal_role_definition_list(run->store, result, err);
}

/* clang-format off */
static const struct command assignment_commands[] = {
    {
        .noun = &role_assignment_noun,
        .verb = "create",
        .brief = "let somebody do what a role allows",
        .about = "Gives a role on the gallery, image definition or image version that is named, and on all that is inside; "
                 "'--scope /' is the store. A role on a definition shows nothing of its gallery. One that is there already "
                 "is printed.\n"
                 "Without any assignment whoever can open the store may do what the file system lets him do. From the first "
                 "one on everybody but root and the owner of the store's directory may do what his roles allow, and no more; "
                 "that stays so when the last one is deleted, until the owner removes roles.json from the store. Only they, and Owners, assign roles.",
        .examples = (const char *const[]){
            "sig role assignment create prod --assignee group:users --role Contributor",
            "sig role-assignment create prod/ubuntu --assignee user:nobody --role Reader --description 'the test lab'",
            "sig role assignment create --scope / --assignee sp:daemon --role 'Compute Gallery Artifacts Publisher'",
            NULL},
        .request = &create_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &role_assignment_shape,
        .traits = COMMAND_CHANGES | COMMAND_REPEATS,
        .run = run_create,
    },
    {
        .noun = &role_assignment_noun,
        .verb = "list",
        .brief = "print who may do what",
        .about = "Prints the assignments on what is named, those around it, which hold there too, and those inside; of the "
                 "whole store when nothing is named. Those that the caller may not see are left out.",
        .examples = (const char *const[]){
            "sig role assignment list prod/ubuntu -o table",
            "sig role assignment list --assignee group:users --role Contributor", NULL},
        .request = &list_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &role_assignment_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_list,
    },
    {
        .noun = &role_assignment_noun,
        .verb = "delete",
        .brief = "take a role away",
        .about = "Takes away the assignments on exactly that scope that are to the assignee, of the role, or both. That there is "
                 "none is no error. A command that runs already goes on.",
        .examples = (const char *const[]){"sig role assignment delete prod --assignee group:users", NULL},
        .request = &delete_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .traits = COMMAND_CHANGES | COMMAND_DELETES | COMMAND_REPEATS,
        .run = run_delete,
    },
};

static const struct command definition_commands[] = {
    {
        .noun = &role_definition_noun,
        .verb = "list",
        .brief = "print the roles that there are",
        .about = "Prints the roles of the service that mean something here, and what each allows.",
        .examples = (const char *const[]){
            "sig role definition list --query '[].[roleName, description]' -o tsv", NULL},
        .result = &role_definition_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_definitions,
    },
};
/* clang-format on */

const struct noun role_assignment_noun = {
    .name = "role-assignment",
    .brief = "who may do what in the store",
    .about =
        "Roles say who may do what in which part of the store; 'sig role-definition list' prints "
        "them. The caller is the Unix user that runs this, and its groups, as the kernel has "
        "them; in a user namespace nobody is told from others but the owner. A number stands for "
        "an account without a name. sp:NAME is the user NAME, shown as what it is.\n"
        "Reading, exporting, comparing, waiting for and auditing want the right to read what is "
        "named, and 'latest' and ranges that of the definition; publishing, updating, replicating "
        "and repairing to write it; deleting and pruning to delete it; a plan what its command "
        "wants. Without a name, and for sweep, usage, changes of regions and of the store, it is "
        "the store that is asked for. Regions and the store itself are shown to whoever can open "
        "it. Roles are on names: what is deleted and made again has those of what was there "
        "before. What a gallery shares is read without a role, see 'sig share'.\n"
        "Roles bind this program. Whoever can write the store's directory can do there what "
        "writing allows, whatever his roles are: give people who are not trusted so far no such "
        "permission. The two words may stand apart, as in the Azure CLI: 'sig role assignment'.",
    .commands = assignment_commands,
    .count = sizeof assignment_commands / sizeof *assignment_commands,
};

const struct noun role_definition_noun = {
    .name = "role-definition",
    .brief = "the roles, and what each allows",
    .about = "Roles are those of the Azure service, with its names for what they allow.",
    .commands = definition_commands,
    .count = sizeof definition_commands / sizeof *definition_commands,
    .on_front = true,
};
