#include "store/trash.h"

#include <stdlib.h>

#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/activity.h"
#include "store/layout.h"
#include "store/manifest.h"
#include "store/resource.h"

/* The same reference, of what is in the trash; it borrows. */
static struct reference in_trash(const struct reference *ref)
{
    struct reference gone = *ref;

    gone.soft_deleted = (struct opt_bool){.set = true, .value = true};
    return gone;
}

static char *entry_name(const struct reference *ref)
{
    struct buf name = {0};

    layout_add_version(&name, ref);
    return buf_take(&name);
}

static char *record_path(const struct reference *ref)
{
    const struct reference gone = in_trash(ref);
    struct buf path = {0};

    layout_add_resource(&path, &gone, REFERENCE_VERSION);
    buf_add_text(&path, "/" LAYOUT_DELETION);
    return buf_take(&path);
}

static int open_trash(const struct store *store, int *ret_fd, struct err *err)
{
    return dir_open(store->root, LAYOUT_TRASH, ret_fd, err);
}

static int open_versions(const struct store *store, const struct reference *ref, int *ret_fd,
                         struct err *err)
{
    struct reference there = *ref; /* borrows */
    struct buf path = {0};
    int rc;

    there.soft_deleted = (struct opt_bool){0};
    layout_add_collection(&path, &there, REFERENCE_VERSION);
    rc = dir_open(store->root, buf_text(&path), ret_fd, err);
    buf_done(&path);
    return rc;
}

/* Beside the manifest that is to be moved. */
static int write_record(int versions, const struct reference *ref,
                        const struct soft_deleted *record, struct err *err)
{
    char *const path = record_path(ref);
    int fd = FILE_NONE;
    int rc = dir_open(versions, ref->version, &fd, err);

    if (rc == 0)
        rc = manifest_write(fd, path, &soft_deleted_shape, record, NULL, err);
    file_close(&fd);
    free(path);
    return rc;
}

/* What is about to be done goes into the activity log: the directory leaves the place where the
 * reference says that it is. */
static int intend(const struct store *store, const struct reference *ref, struct err *err)
{
    struct buf path = {0}, name = {0};
    int rc;

    layout_add_resource(&path, ref, REFERENCE_VERSION);
    reference_add_text(&name, ref);
    activity_name(store, buf_text(&name));
    rc = activity_intend(store, buf_text(&path), true, err);
    buf_done(&name);
    buf_done(&path);
    return rc;
}

int trash_intend(const struct store *store, const struct reference *ref, struct err *err)
{
    const struct reference gone = in_trash(ref);

    return intend(store, &gone, err);
}

int trash_put(const struct store *store, const struct reference *ref,
              const struct soft_deleted *record, struct err *err)
{
    char *const name = entry_name(ref);
    int versions = FILE_NONE, trash = FILE_NONE;
    int rc = open_versions(store, ref, &versions, err);

    if (rc == 0)
        rc = write_record(versions, ref, record, err);
    if (rc == 0)
        rc = dir_make(store->root, LAYOUT_TRASH, err);
    if (rc == 0)
        store_fit(store, LAYOUT_TRASH);
    if (rc == 0)
        rc = open_trash(store, &trash, err);
    if (rc == 0)
        rc = intend(store, ref, err);
    if (rc == 0)
        rc = dir_rename(versions, ref->version, trash, name, false, err);
    if (rc == 0) {
        activity_made(store);
        store_trace(store, TRACE_STEP, "image version '%s' was put into the trash", name);
    } else if (versions != FILE_NONE) {
        trash_forget(store, ref); /* where it still is */
    }
    file_close(&trash);
    file_close(&versions);
    free(name);
    return rc;
}

int trash_take_back(const struct store *store, const struct reference *ref, struct err *err)
{
    char *const name = entry_name(ref);
    int versions = FILE_NONE, trash = FILE_NONE;
    int rc = open_versions(store, ref, &versions, err);

    if (rc == 0)
        rc = open_trash(store, &trash, err);
    if (rc == 0)
        rc = trash_intend(store, ref, err);
    if (rc == 0)
        rc = dir_rename(trash, name, versions, ref->version, false, err);
    if (rc == 0) {
        activity_made(store);
        store_trace(store, TRACE_STEP, "image version '%s' was taken out of the trash", name);
    }
    file_close(&trash);
    file_close(&versions);
    free(name);
    return rc;
}

int trash_is_recorded(const struct store *store, const struct reference *ref, bool *ret,
                      struct err *err)
{
    struct file_info info = {0};
    struct buf path = {0};
    int rc;

    layout_add_origin(&path, ref, REFERENCE_VERSION);
    buf_add_text(&path, "/" LAYOUT_DELETION);
    rc = file_look(store->root, buf_text(&path), ret, &info, err);
    buf_done(&path);
    return rc;
}

void trash_forget(const struct store *store, const struct reference *ref)
{
    struct err ignored = {0};
    struct buf path = {0};
    int fd = FILE_NONE;

    layout_add_origin(&path, ref, REFERENCE_VERSION);
    if (dir_open(store->root, buf_text(&path), &fd, &ignored) == 0)
        file_remove(fd, LAYOUT_DELETION, &ignored);
    file_close(&fd);
    buf_done(&path);
}

/* It gets a name of its own that is scratch: others hold other galleries' locks here. */
int trash_remove(const struct store *store, const struct reference *ref, struct err *err)
{
    char *const name = entry_name(ref);
    char *const scratch = text_printf(".%s", name);
    struct err ignored = {0};
    int trash = FILE_NONE;
    bool there = false;
    int rc = open_trash(store, &trash, err);

    if (rc == 0)
        rc = dir_remove_tree(trash, scratch, err);
    if (rc == 0)
        rc = trash_has(store, ref, &there, err);
    if (rc == 0 && there)
        rc = trash_intend(store, ref, err);
    if (rc == 0)
        rc = dir_rename(trash, name, trash, scratch, false, err);
    if (rc == 0) {
        activity_made(store);
        dir_remove_tree(trash, scratch, &ignored); /* it is gone already; the rest is tidying */
        store_trace(store, TRACE_STEP, "image version '%s' was removed from the trash", name);
    }
    file_close(&trash);
    free(scratch);
    free(name);
    return rc == E_NOT_FOUND ? trash_flush(store, err) : rc;
}

int trash_flush(const struct store *store, struct err *err)
{
    int fd = FILE_NONE;
    int rc = open_trash(store, &fd, err);

    if (rc == 0)
        rc = dir_flush(fd, LAYOUT_TRASH, err);
    file_close(&fd);
    return rc == E_NOT_FOUND ? 0 : rc;
}

int trash_has(const struct store *store, const struct reference *ref, bool *ret, struct err *err)
{
    const struct reference gone = in_trash(ref);

    return resource_exists(store, &gone, REFERENCE_VERSION, ret, err);
}

int trash_read(const struct store *store, const struct reference *ref, struct soft_deleted *ret,
               struct err *err)
{
    char *const path = record_path(ref);
    int rc = manifest_read(store->root, path, &soft_deleted_shape, ret, NULL, err);
    bool there = false;

    if (rc == E_NOT_FOUND) {
        rc = trash_has(store, ref, &there, err);
        if (rc == 0)
            rc = there ? err_set(err, E_CORRUPT, "manifest '%s' is missing", path)
                       : err_set(err, E_NOT_FOUND, "it is not in the trash");
    }
    free(path);
    return rc;
}

/* Nothing, where nothing was ever put. */
static int list_names(const struct store *store, struct texts *ret, struct err *err)
{
    const int rc = store->root == FILE_NONE ? 0 : dir_list(store->root, LAYOUT_TRASH, ret, err);

    return rc == E_NOT_FOUND ? 0 : rc;
}

int trash_each(const struct store *store, const struct reference *ref,
               int (*each)(void *user, const struct reference *ref, struct err *err), void *user,
               struct err *err)
{
    struct texts names = {0};
    int rc = list_names(store, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        struct reference found = {0};

        if (layout_parse_version(names.items[i], "", &found) && reference_is_in(&found, ref)) {
            const struct reference gone = in_trash(&found);

            rc = each(user, &gone, err);
        }
        shape_done(&reference_shape, &found);
    }
    texts_done(&names);
    return rc;
}

int trash_strays(const struct store *store, struct texts *ret, struct err *err)
{
    struct texts names = {0};
    int rc = list_names(store, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        struct reference found = {0};

        if (names.items[i][0] != '.' && !layout_parse_version(names.items[i], "", &found))
            texts_add(ret, names.items[i]);
        shape_done(&reference_shape, &found);
    }
    texts_done(&names);
    return rc;
}

int trash_touched(const struct store *store, struct trash_time *ret, struct err *err)
{
    struct file_info info = {0};
    bool there = false;
    int rc =
        store->root == FILE_NONE ? 0 : file_look(store->root, LAYOUT_TRASH, &there, &info, err);

    *ret = (struct trash_time){0};
    if (rc == 0 && there)
        *ret = (struct trash_time){info.touched_seconds, info.touched_nanoseconds};
    return rc;
}
