#include "store/manifest.h"

#include "base/buf.h"
#include "json/value.h"
#include "os/file.h"
#include "os/staged.h"
#include "store/store.h"

/* Whatever is wrong with a stored file is damage, whoever would have been to blame had it been
 * typed. */
static int damaged(struct err *err, const char *path)
{
    err->code = err->code == E_UNSUPPORTED ? E_UNSUPPORTED : E_CORRUPT;
    err->hint[0] = '\0';
    return err_wrap(err, "manifest '%s' is damaged", path);
}

static int check_format(const struct json *tree, const char *path, struct err *err)
{
    const struct json *const member = json_get(tree, "format");
    int64_t format;

    if (!member || !json_integer(member, &format) || format < 1)
        return err_set(err, E_CORRUPT, "manifest '%s' is damaged: it has no format number", path);
    if (format > STORE_FORMAT) {
        err_set(err, E_UNSUPPORTED,
                "manifest '%s' has format %lld; this release knows formats up to %d", path,
                (long long)format, STORE_FORMAT);
        return err_hint(err, "use the release of sig that wrote it, or a newer one");
    }
    return 0;
}

int manifest_read(int dir, const char *path, const struct shape *shape, void *value,
                  struct json **ret_stored, struct err *err)
{
    struct buf text = {0};
    struct json *tree = NULL;
    int rc;

    rc = file_read_all(dir, path, MANIFEST_SIZE_MAX, &text, err);
    if (rc)
        goto out;
    rc = json_parse(buf_text(&text), text.length, &tree, err);
    if (rc) {
        rc = damaged(err, path);
        goto out;
    }
    rc = check_format(tree, path, err);
    if (rc)
        goto out;
    rc = shape_read(shape, tree, SHAPE_MANIFEST, value, err);
    if (rc == 0) {
        rc = shape_check(shape, value, err);
        if (rc)
            shape_done(shape, value);
    }
    if (rc) {
        rc = damaged(err, path);
        goto out;
    }
    if (ret_stored) {
        *ret_stored = tree;
        tree = NULL;
    }
out:
    json_free(tree);
    buf_done(&text);
    return rc;
}

void manifest_print(struct buf *out, const struct shape *shape, const void *value,
                    const struct json *stored)
{
    struct json *tree = json_new_object();
    struct json *rows = shape_write(shape, value, SHAPE_MANIFEST);

    json_set(tree, "format", json_new_integer(STORE_FORMAT));
    for (const struct json *member = json_first(rows); member; member = json_next(member))
        json_set(tree, json_key(member), json_copy(member));
    if (stored)
        shape_keep_unknown(shape, stored, tree);
    json_print(out, tree, false);
    buf_add_char(out, '\n');
    json_free(rows);
    json_free(tree);
}

int manifest_write(int dir, const char *name, const struct shape *shape, const void *value,
                   const struct json *stored, struct err *err)
{
    struct buf text = {0};
    int rc;

    manifest_print(&text, shape, value, stored);
    rc = staged_write_file(dir, name, text.bytes, text.length, err);
    buf_done(&text);
    return rc;
}
