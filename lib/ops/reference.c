/* References: checked, copied, named in messages. */
#include <string.h>

#include "base/text.h"
#include "model/version_name.h"
#include "model/scope.h"
#include "ops/room.h"
#include "os/file.h"

/* Whether the version is named as the command takes it. */
static int check_naming(const char *text, enum naming naming, struct err *err)
{
    struct version_name name;
    const int rc = version_name_parse(text, &name, err);

    if (rc || name.kind == VERSION_NAME_NUMBER ||
        (name.kind == VERSION_NAME_RANGE && naming == NAMING_READ) ||
        (name.kind == VERSION_NAME_NEXT && naming == NAMING_CREATE))
        return rc;
    err_set(err, E_INVALID, "'%s' stands for a version only where one is %s", text,
            name.kind == VERSION_NAME_NEXT ? "created" : "read");
    return err_hint(err, "name the version, such as 1.0.0");
}

int ops_check_any(const struct store *store, const struct reference *ref,
                  enum reference_depth depth, enum naming naming, struct err *err)
{
    enum reference_depth given;
    int rc;

    rc = reference_depth(ref, &given, err);
    if (rc)
        return rc;
    if (given != depth) {
        err_set(err, E_USAGE, "the reference must name %s %s",
                depth == REFERENCE_GALLERY ? "a" : "an", reference_noun(depth));
        return err_hint(err, "%s",
                        depth == REFERENCE_GALLERY ? "GALLERY, such as 'prod'"
                        : depth == REFERENCE_DEFINITION
                            ? "GALLERY/DEFINITION, such as 'prod/ubuntu'"
                            : "GALLERY/DEFINITION/VERSION, such as 'prod/ubuntu/1.0.0'");
    }
    rc = reference_check_any(ref, err);
    if (rc)
        return rc;
    rc = depth == REFERENCE_VERSION ? check_naming(ref->version, naming, err) : 0;
    if (rc)
        return rc;
    if (ref->subscription && store->root != FILE_NONE)
        return ops_check_subscription(store, ref->subscription, err);
    return 0;
}

int ops_check(const struct store *store, const struct reference *ref, enum reference_depth depth,
              enum naming naming, struct err *err)
{
    const int rc = ref->through ? reference_check(ref, err) : 0;

    return rc ? rc : ops_check_any(store, ref, depth, naming, err);
}

int ops_cannot(struct err *err, const char *verb, const struct reference *ref,
               enum reference_depth depth)
{
    struct buf name = {0};
    int rc;

    reference_add_text(&name, ref);
    rc = err_wrap(err, "cannot %s %s '%s'", verb, reference_noun(depth), buf_text(&name));
    buf_done(&name);
    return rc;
}

struct reference ops_reference(const struct reference *ref)
{
    struct reference copy = {0};

    shape_copy(&reference_shape, &copy, ref);
    return copy;
}

/* The subscription that is named alone, which is a store: "/subscriptions/ID". NULL: none is. */
static const char *named_store(const char *text)
{
    static const char prefix[] = "/subscriptions/";
    const char *const name = text_starts_word(text, prefix) ? text + strlen(prefix) : NULL;

    return name && !strchr(name, '/') ? name : NULL;
}

int ops_add_scope(const struct store *store, const char *text, struct reference *ref,
                  struct err *err)
{
    const char *const named = named_store(text);

    if (!named && !text_equal(text, SCOPE_STORE))
        return reference_parse(text, ref, err);
    if (ref->gallery || ref->resource_group)
        return err_set(err, E_USAGE, "a scope is named twice");
    return named ? ops_check_subscription(store, named, err) : 0;
}
