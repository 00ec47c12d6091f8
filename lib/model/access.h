/* access.h: who can do what with a part of a store, and through what. */
#ifndef MODEL_ACCESS_H
#define MODEL_ACCESS_H

#include "json/shape.h"
#include "model/role.h"
#include "model/sharing.h"

struct access_entry {
    char *principal; /* "root", "owner", "user:alice", "group:ci", "subscription:ID", ... */
    char *role;      /* its name; "owner of the store", "shared", "community" */
    char *via;       /* the scope that the role is given on, or the id by which it is shared */
    struct opt_bool inherited; /* from a scope around */
    char *actions;             /* in words */
};

struct access_entries {
    struct access_entry *items;
    size_t count;
};

struct access {
    char *scope;                /* model/scope.h */
    struct opt_bool roles_bind; /* else the file system alone decides */
    char *rule;                 /* the same in words */
    struct access_entries entries;
};

extern const struct shape access_shape;

/* Begin (all-zero before) with what holds in every store: root, and its owner, a user by name.
 * `scope` is of model/scope.h. */
void access_begin(struct access *access, const char *scope, const char *owner, bool roles_bind);
/* What a role gives, if it does there. */
void access_add_role(struct access *access, const struct role_assignment *assignment);
/* What sharing gives on the gallery, or in it. `shared_id` is its "/SharedGalleries/NAME",
 * `community_id` its "/CommunityGalleries/NAME" or NULL. `inherited`: in it. */
void access_add_shares(struct access *access, const struct sharing_profile *profile,
                       const char *shared_id, const char *community_id, bool inherited);

#endif
