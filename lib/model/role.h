/* role.h: who may do what where: the roles of the Azure service, their actions by their public
 * names, and the assignments of a store, each of which gives a role to somebody on a part of it and
 * on all that is inside. Source: the service's built-in roles and provider operations. */
#ifndef MODEL_ROLE_H
#define MODEL_ROLE_H

#include "json/shape.h"
#include "model/reference.h"

/* What operations ask leave for. The names of those on the store itself (a subscription there) are
 * the service's for subscriptions. */
enum action {
    ACTION_GALLERY_READ = 1,
    ACTION_GALLERY_WRITE,
    ACTION_GALLERY_DELETE,
    ACTION_DEFINITION_READ,
    ACTION_DEFINITION_WRITE,
    ACTION_DEFINITION_DELETE,
    ACTION_VERSION_READ,
    ACTION_VERSION_WRITE,
    ACTION_VERSION_DELETE,
    ACTION_LOCK_READ,
    ACTION_LOCK_WRITE,
    ACTION_LOCK_DELETE,
    ACTION_ASSIGNMENT_READ,
    ACTION_ASSIGNMENT_WRITE,
    ACTION_ASSIGNMENT_DELETE,
    ACTION_REGION_WRITE,
    ACTION_REGION_DELETE,
    ACTION_STORE_WRITE,
    ACTION_USAGE_READ,
    ACTION_ACTIVITY_READ,
    ACTION_GALLERY_SHARE,
    ACTIONS /* their number, and one */
};

/* "Microsoft.Compute/galleries/images/versions/read". */
const char *action_name(enum action action);

/* The action on galleries, image definitions or image versions that reads, writes or deletes those
 * of `depth` (not REFERENCE_NONE). */
enum action action_read(enum reference_depth depth);
enum action action_write(enum reference_depth depth);
enum action action_delete(enum reference_depth depth);
/* The depth of such an action; REFERENCE_NONE of any other. */
enum reference_depth action_depth(enum action action);

enum role {
    ROLE_OWNER = 1,
    ROLE_CONTRIBUTOR,
    ROLE_READER,
    ROLE_PUBLISHER,
    ROLE_IMAGE_READER,
    ROLE_SHARING_ADMIN,
    ROLES /* their number, and one */
};
extern const struct choices role_choices; /* Owner Contributor Reader … */

#define ROLE_DEFINITION_TYPE "Microsoft.Authorization/roleDefinitions"

/* A role as it is shown. */
struct role_definition {
    char *id;
    char *name; /* a UUID, that of the service */
    char *role_name;
    char *description;
    struct texts actions, not_actions; /* names, in which * stands for anything */
    char *type;                        /* ROLE_DEFINITION_TYPE */
};
struct role_definitions {
    struct role_definition *items;
    size_t count;
};
extern const struct shape role_definition_shape;

/* Over all-zero, but for its id, which has the store's. */
void role_describe(enum role role, struct role_definition *ret);
/* The service's UUID. */
const char *role_uuid(enum role role);
/* Read a role by its name in any case, the service's UUID, or an ARM id that ends with that: a
 * row's parse, for a choice. E_INVALID. */
int role_parse(const char *const *words, size_t count, void *slot, struct err *err);
/* Whether it has the action among its actions, and not among what it excepts. */
bool role_allows(enum role role, enum action action);

enum principal_type { PRINCIPAL_USER = 1, PRINCIPAL_GROUP, PRINCIPAL_SERVICE };
extern const struct choices principal_type_choices; /* User Group ServicePrincipal */

enum {
    PRINCIPAL_MAX_LENGTH = 256,
    ASSIGNMENT_DESCRIPTION_MAX = 512, /* bytes: as many as there may be fit into one manifest */
    ASSIGNMENTS_MAX = 4000, /* of a store: what every command reads; the service's own limit */
};

struct role_assignment {
    char *id;   /* view */
    char *name; /* a UUID */
    char *principal_name;
    unsigned principal_type;  /* enum principal_type */
    unsigned role;            /* enum role */
    char *role_definition_id; /* view */
    char *scope;              /* as a lock's, see scope_lock.h */
    char *description;
    struct opt_time created_on;
    char *created_by;
    char *type; /* view: "Microsoft.Authorization/roleAssignments" */
};
struct role_assignments {
    struct role_assignment *items;
    size_t count;
};
extern const struct shape role_assignment_shape;

/* All of a store, as they are kept. */
struct role_book {
    struct role_assignments assignments;
};
extern const struct shape role_book_shape;

/* Read "user:alice", "group:ops", "sp:jenkins", or a name alone, which is a user's. E_INVALID.
 * *ret_name to be released with free. */
int assignee_parse(const char *text, unsigned *ret_type, char **ret_name, struct err *err);

/* Somebody, by the names that assignments have. */
struct principal {
    const char *user;
    char *const *groups;
    size_t group_count;
};

/* Whether the assignment is to that user, or to one of his groups. */
bool role_assignment_is_to(const struct role_assignment *assignment,
                           const struct principal *principal);

/* The same on that scope, with that role; or NULL. */
struct role_assignment *role_book_find(const struct role_book *book,
                                       const struct role_assignment *like);

/* One that allows the action on `scope`, on which or around which it is; or NULL. */
const struct role_assignment *role_book_allows(const struct role_book *book,
                                               const struct principal *principal,
                                               enum action action, const char *scope);

#endif
