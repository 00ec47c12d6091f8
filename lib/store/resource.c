#include "store/resource.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/text.h"
#include "json/value.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/activity.h"
#include "store/layout.h"
#include "store/manifest.h"

/* A resource that is deleted and made anew between two looks seems to be there without its
 * manifest. That does not happen again and again. */
enum { LOOKS = 4 };

/* The part of the reference at that depth. */
static const char *name_at(const struct reference *ref, enum reference_depth depth)
{
    return depth == REFERENCE_GALLERY      ? ref->gallery
           : depth == REFERENCE_DEFINITION ? ref->definition
                                           : ref->version;
}

/* The path of its manifest. */
static void add_manifest(struct buf *path, const struct reference *ref, enum reference_depth depth)
{
    layout_add_resource(path, ref, depth);
    buf_add_char(path, '/');
    buf_add_text(path, layout_manifest(depth));
}

/* The same where it was written: see layout_add_origin. */
static void add_origin(struct buf *path, const struct reference *ref, enum reference_depth depth)
{
    layout_add_origin(path, ref, depth);
    buf_add_char(path, '/');
    buf_add_text(path, layout_manifest(depth));
}

/* "prod/ubuntu" for a reference that may go deeper. */
static void add_name(struct buf *out, const struct reference *ref, enum reference_depth depth)
{
    const struct reference upper = reference_asked(ref, depth);

    reference_add_text(out, &upper);
}

/* Say what was done with it. */
static void trace(const struct store *store, enum trace_level level, const struct reference *ref,
                  enum reference_depth depth, const char *done)
{
    struct buf name = {0};

    if (!store->outside.trace)
        return;
    add_name(&name, ref, depth);
    store_trace(store, level, "%s '%s' was %s", reference_noun(depth), buf_text(&name), done);
    buf_done(&name);
}

int resource_exists(const struct store *store, const struct reference *ref,
                    enum reference_depth depth, bool *ret, struct err *err)
{
    struct buf path = {0};
    struct file_info info;
    int rc;

    *ret = false;
    if (store->root == FILE_NONE)
        return 0;
    layout_add_resource(&path, ref, depth);
    rc = file_look(store->root, buf_text(&path), ret, &info, err);
    *ret = rc == 0 && *ret && info.kind != FILE_REGULAR; /* that is a stray */
    buf_done(&path);
    return rc;
}

static void suggest_sibling(const struct store *store, const struct reference *ref,
                            enum reference_depth depth, struct err *err)
{
    struct texts names = {0};
    struct err ignored = {0};
    const char *near = NULL;

    if (depth == REFERENCE_VERSION) /* one number is not a slip for another */
        return;
    if (resource_list(store, ref, depth, &names, &ignored) == 0) {
        *VEC_ADD(&names) = NULL; /* text_nearest wants the end marked */
        near = text_nearest(name_at(ref, depth), (const char *const *)names.items);
        if (near && text_same_word(near, name_at(ref, depth)))
            err_hint(err, "a file of that name lies there and does not belong there");
        else if (near)
            err_hint(err, "did you mean '%s'?", near);
    }
    texts_done(&names);
}

/* Set the error of a resource that does not exist, naming the highest one that is missing, with the
 * nearest name as hint. Returns E_NOT_FOUND. */
static int say_missing(const struct store *store, const struct reference *ref,
                       enum reference_depth depth, struct err *err)
{
    enum reference_depth at = REFERENCE_GALLERY;
    struct err ignored = {0};
    struct buf name = {0};
    bool there = true;

    for (; at < depth; at++)
        if (resource_exists(store, ref, at, &there, &ignored) || !there)
            break;
    add_name(&name, ref, at);
    err_set(err, E_NOT_FOUND, "%s '%s' does not exist", reference_noun(at), buf_text(&name));
    suggest_sibling(store, ref, at, err);
    buf_done(&name);
    return E_NOT_FOUND;
}

/* The directory that holds the resources of that depth is not there: nor is what should hold it, or
 * the store is damaged. */
static int say_collection_missing(const struct store *store, const struct reference *ref,
                                  enum reference_depth depth, const char *path, struct err *err)
{
    bool there = true;
    int rc = 0;

    if (depth > REFERENCE_GALLERY)
        rc = resource_exists(store, ref, depth - 1, &there, err);
    if (rc)
        return rc;
    if (!there)
        return say_missing(store, ref, depth - 1, err);
    return err_set(err, E_CORRUPT, "the store is damaged: directory '%s' is missing", path);
}

int resource_lock(const struct store *store, const struct reference *ref, int *ret_fd,
                  struct err *err)
{
    struct buf path = {0};
    bool there;
    int rc;

    rc = resource_exists(store, ref, REFERENCE_GALLERY, &there, err);
    if (rc)
        return rc;
    if (!there)
        return say_missing(store, ref, REFERENCE_GALLERY, err);
    layout_add_resource(&path, ref, REFERENCE_GALLERY);
    buf_printf(&path, "/%s", LAYOUT_LOCK);
    rc = store_take_lock(store, buf_text(&path), ret_fd, err);
    if (rc == E_NOT_FOUND) /* deleted while we waited */
        rc = say_missing(store, ref, REFERENCE_GALLERY, err);
    buf_done(&path);
    return rc;
}

int resource_list(const struct store *store, const struct reference *ref,
                  enum reference_depth depth, struct texts *ret, struct err *err)
{
    struct texts names = {0};
    struct buf path = {0};
    int rc;

    if (store->root == FILE_NONE && depth == REFERENCE_GALLERY)
        return 0;
    if (store->root == FILE_NONE)
        return say_missing(store, ref, depth - 1, err);
    layout_add_collection(&path, ref, depth);
    rc = dir_list(store->root, buf_text(&path), &names, err);
    if (rc == E_NOT_FOUND)
        rc = say_collection_missing(store, ref, depth, buf_text(&path), err);
    for (size_t i = 0; rc == 0 && i < names.count; i++)
        if (names.items[i][0] != '.')
            texts_add(ret, names.items[i]);
    texts_done(&names);
    buf_done(&path);
    return rc;
}

/* What every resource has, given or not. A directory copied or renamed by hand would make two
 * resources of one identity. */
static int check_needed(const struct shape *shape, const void *value, const char *name,
                        const char *path, struct err *err)
{
    char *const *const own = row_value(shape_row(shape, "name"), value);
    char *const *const location = row_value(shape_row(shape, "location"), value);

    if (!*location)
        return err_set(err, E_CORRUPT, "manifest '%s' is damaged: it has no location", path);
    if (text_same_word(*own, name))
        return 0;
    return err_set(err, E_CORRUPT,
                   "manifest '%s' is damaged: its name is not that of its directory", path);
}

static int say_lost(const char *path, struct err *err)
{
    err_set(err, E_CORRUPT, "manifest '%s' is missing", path);
    return err_hint(err, "restore it from a backup, or move its directory out of the store if that "
                         "does not belong there");
}

int resource_read(const struct store *store, const struct reference *ref,
                  enum reference_depth depth, const struct shape *shape, void *value,
                  struct json **ret_stored, struct err *err)
{
    struct buf path = {0}, origin = {0};
    struct manifest_at at = {.dir = store->root};
    bool there = true;
    int rc = E_NOT_FOUND;

    if (store->root == FILE_NONE)
        return say_missing(store, ref, depth, err);
    add_manifest(&path, ref, depth);
    add_origin(&origin, ref, depth);
    at.path = buf_text(&path);
    at.origin = buf_text(&origin);
    for (int look = 0; rc == E_NOT_FOUND && there && look < LOOKS; look++) {
        int looked = 0;

        rc = manifest_read_moved(&at, shape, value, ret_stored, err);
        if (rc == E_NOT_FOUND || rc == E_FAILED) /* a file, among directories */
            looked = resource_exists(store, ref, depth, &there, err);
        if (looked || !there)
            rc = looked ? looked : E_NOT_FOUND;
    }
    if (rc == E_NOT_FOUND)
        rc = there ? say_lost(buf_text(&path), err) : say_missing(store, ref, depth, err);
    if (rc)
        goto out;
    trace(store, TRACE_DETAIL, ref, depth, "read");
    rc = check_needed(shape, value, name_at(ref, depth), buf_text(&path), err);
    if (rc) {
        shape_done(shape, value);
        if (ret_stored) {
            json_free(*ret_stored);
            *ret_stored = NULL;
        }
    }
out:
    buf_done(&path);
    buf_done(&origin);
    return rc;
}

/* A directory below the store; what is not there needs no flush. */
static int flush_if_there(const struct store *store, const char *path, struct err *err)
{
    int fd = FILE_NONE;
    int rc;

    rc = dir_open(store->root, path, &fd, err);
    if (rc == 0)
        rc = dir_flush(fd, path, err);
    file_close(&fd);
    return rc == E_NOT_FOUND ? 0 : rc;
}

int resource_flush(const struct store *store, const struct reference *ref,
                   enum reference_depth depth, struct err *err)
{
    int rc = 0;

    for (enum reference_depth at = REFERENCE_GALLERY; rc == 0 && at <= depth; at++) {
        struct buf path = {0};

        layout_add_collection(&path, ref, at);
        rc = flush_if_there(store, buf_text(&path), err);
        buf_done(&path);
        layout_add_resource(&path, ref, at);
        if (rc == 0)
            rc = flush_if_there(store, buf_text(&path), err);
        buf_done(&path);
    }
    return rc;
}

/* Open the directory that holds the resources of that depth, and clear what a killed holder of the
 * lock left there. */
static int open_collection(const struct store *store, const struct reference *ref,
                           enum reference_depth depth, int *ret_fd, struct err *err)
{
    struct buf path = {0};
    int rc;

    layout_add_collection(&path, ref, depth);
    rc = dir_open(store->root, buf_text(&path), ret_fd, err);
    if (rc == E_NOT_FOUND)
        rc = say_collection_missing(store, ref, depth, buf_text(&path), err);
    buf_done(&path);
    if (rc)
        return rc;
    rc = dir_remove_tree(*ret_fd, LAYOUT_NEW, err);
    if (rc == 0)
        rc = dir_remove_tree(*ret_fd, LAYOUT_OLD, err);
    if (rc)
        file_close(ret_fd);
    return rc;
}

/* What a manifest says. */
struct content {
    const struct shape *shape;
    const void *value;
    const struct json *signature;
};

static int stage(int collection, const struct reference *ref, enum reference_depth depth,
                 const struct content *content, struct err *err)
{
    struct buf path = {0};
    char inside[64];
    int fd = FILE_NONE;
    int rc;

    snprintf(inside, sizeof inside, "%s/%s", LAYOUT_NEW, layout_inside(depth));
    rc = dir_make(collection, inside, err);
    if (rc)
        return rc;
    rc = dir_open(collection, LAYOUT_NEW, &fd, err);
    if (rc)
        return rc;
    add_manifest(&path, ref, depth);
    rc = manifest_write(fd, buf_text(&path), content->shape, content->value, content->signature,
                        err);
    buf_done(&path);
    file_close(&fd);
    return rc;
}

/* What is about to be done to it goes into the activity log. */
static int intend(const struct store *store, const struct reference *ref,
                  enum reference_depth depth, bool removes, struct err *err)
{
    struct buf path = {0}, name = {0};
    int rc;

    if (!store->activity)
        return 0;
    add_manifest(&path, ref, depth);
    add_name(&name, ref, depth);
    activity_name(store, buf_text(&name));
    rc = activity_intend(store, buf_text(&path), removes, err);
    buf_done(&name);
    buf_done(&path);
    return rc;
}

/* What could not be made is not there: also when the rename was done and only the flush after it
 * failed. Best effort: whoever holds the lock next clears the scratch too. */
static void take_back(int collection, const char *name, int why)
{
    struct err ignored = {0};
    struct file_info info;
    bool staged = true;

    file_look(collection, LAYOUT_NEW, &staged, &info, &ignored);
    if (!staged && why != E_CONFLICT)
        dir_rename(collection, name, collection, LAYOUT_NEW, false, &ignored);
    dir_remove_tree(collection, LAYOUT_NEW, &ignored);
}

int resource_create(const struct store *store, const struct reference *ref,
                    enum reference_depth depth, const struct shape *shape, const void *value,
                    struct err *err)
{
    char *name = text_copy(name_at(ref, depth));
    struct json *signature;
    int collection = FILE_NONE;
    int rc;

    text_lower(name);
    rc = open_collection(store, ref, depth, &collection, err);
    if (rc == 0 && depth > REFERENCE_GALLERY)
        rc = resource_flush(store, ref, depth - 1, err);
    if (rc == 0)
        rc = intend(store, ref, depth, false, err);
    if (rc)
        goto out;
    signature = activity_sign(store, NULL);
    rc = stage(collection, ref, depth, &(struct content){shape, value, signature}, err);
    if (rc == 0)
        rc = dir_rename(collection, LAYOUT_NEW, collection, name, false, err);
    if (rc) {
        take_back(collection, name, rc);
    } else {
        activity_made(store);
        trace(store, TRACE_STEP, ref, depth, "made");
    }
    json_free(signature);
out:
    file_close(&collection);
    text_replace(&name, NULL);
    return rc;
}

int resource_replace(const struct store *store, const struct reference *ref,
                     enum reference_depth depth, const struct shape *shape, const void *value,
                     const struct json *stored, struct err *err)
{
    struct buf path = {0};
    int fd = FILE_NONE;
    int rc;

    layout_add_resource(&path, ref, depth);
    rc = resource_flush(store, ref, depth, err);
    if (rc == 0)
        rc = dir_open(store->root, buf_text(&path), &fd, err);
    buf_clear(&path);
    add_origin(&path, ref, depth);
    if (rc == 0)
        rc = activity_write(store,
                            &(struct activity_write){
                                .dir = fd,
                                .path = buf_text(&path),
                                .shape = shape,
                                .value = value,
                                .stored = stored,
                            },
                            err);
    if (rc == 0)
        trace(store, TRACE_STEP, ref, depth, "written");
    file_close(&fd);
    buf_done(&path);
    return rc;
}

int resource_remove(const struct store *store, const struct reference *ref,
                    enum reference_depth depth, struct err *err)
{
    char *name = text_copy(name_at(ref, depth));
    struct err ignored = {0};
    int collection = FILE_NONE;
    bool there = false;
    int rc;

    text_lower(name);
    rc = open_collection(store, ref, depth, &collection, err);
    if (rc == 0)
        rc = resource_exists(store, ref, depth, &there, err);
    if (rc == 0 && there)
        rc = intend(store, ref, depth, true, err);
    if (rc == 0)
        rc = dir_rename(collection, name, collection, LAYOUT_OLD, false, err);
    if (rc == E_NOT_FOUND)
        rc = resource_flush(store, ref, depth, err);
    else if (rc == 0) {
        activity_made(store);
        dir_remove_tree(collection, LAYOUT_OLD,
                        &ignored); /* it is gone already; the rest is tidying */
        trace(store, TRACE_STEP, ref, depth, "removed");
    }
    file_close(&collection);
    text_replace(&name, NULL);
    return rc;
}
