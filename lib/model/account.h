/* account.h: a store as scripts for the Azure CLI see it: as a subscription. */
#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H

#include "json/shape.h"

struct account {
    char *id;                   /* the store's */
    char *name;                 /* of the store's directory */
    char *state;                /* "Enabled" */
    struct opt_bool is_default; /* true: there is no other */
    char *tenant_id;
};

struct accounts {
    struct account *items;
    size_t count;
};

extern const struct shape account_shape;

#endif
