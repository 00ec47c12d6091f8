/* scope.h: a part of a store, by name, with all that is inside: "prod", "prod/ubuntu",
 * "prod/ubuntu/1.0.0", in lower case; "/" is all of it. Locks are on one, and roles. */
#ifndef MODEL_SCOPE_H
#define MODEL_SCOPE_H

#include <stdbool.h>

#include "base/err.h"
#include "model/reference.h"

#define SCOPE_STORE "/"

/* Whether one scope is the other, in any case of letters, or inside it. */
bool scope_is_in(const char *scope, const char *around);

/* For a row: that it is one, with names that may be. E_INVALID. `slot` is the address of a char *.
 */
int scope_check(const void *slot, struct err *err);

/* That of the part that `ref` names to `depth`, which may be less than it does; to be released with
 * free. */
char *scope_of(const struct reference *ref, enum reference_depth depth);

/* What messages call it: "the store", "'prod/ubuntu'"; to be released with free. */
char *scope_shown(const char *scope);

#endif
