#include "model/scope.h"

#include <string.h>

#include "base/text.h"
#include "model/semver.h"

bool scope_is_in(const char *scope, const char *around)
{
    const char end = text_starts_word(scope, around) ? scope[strlen(around)] : 'x';

    return text_equal(around, SCOPE_STORE) || end == '\0' || end == '/';
}

int scope_check(const void *slot, struct err *err)
{
    const char *const scope = *(char *const *)slot;
    struct reference ref = {0};
    struct semver ignored;
    int rc;

    if (text_equal(scope, SCOPE_STORE))
        return 0;
    rc = *scope == '/' ? err_set(err, E_INVALID, "'%s' is no scope", scope)
                       : reference_parse(scope, &ref, err);
    if (rc == 0)
        rc = reference_check(&ref, err);
    if (rc == 0 && ref.version)
        rc = semver_parse(ref.version, &ignored, err);
    shape_done(&reference_shape, &ref);
    return rc;
}

char *scope_of(const struct reference *ref, enum reference_depth depth)
{
    struct reference cut = {0};
    struct buf text = {0};
    char *scope;

    if (depth == REFERENCE_NONE)
        return text_copy(SCOPE_STORE);
    cut.gallery = ref->gallery;
    cut.definition = depth >= REFERENCE_DEFINITION ? ref->definition : NULL;
    cut.version = depth == REFERENCE_VERSION ? ref->version : NULL;
    reference_add_text(&text, &cut);
    scope = buf_take(&text);
    text_lower(scope);
    return scope;
}

char *scope_shown(const char *scope)
{
    return text_equal(scope, SCOPE_STORE) ? text_copy("the store") : text_printf("'%s'", scope);
}
