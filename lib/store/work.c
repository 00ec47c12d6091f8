#include "store/work.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "os/dir.h"
#include "os/caller.h"
#include "os/file.h"
#include "os/lock.h"
#include "os/staged.h"
#include "store/layout.h"
#include "store/manifest.h"

static bool names_same(const struct work *work, const struct reference *ref)
{
    struct buf name = {0};
    bool same;

    reference_add_text(&name, ref);
    same = text_same_word(work->image_version, buf_text(&name));
    buf_done(&name);
    return same;
}

/* Release what is about another version. */
static int check_name(const struct buf *path, const struct reference *ref, struct work *work,
                      struct err *err)
{
    if (names_same(work, ref))
        return 0;
    err_set(err, E_CORRUPT, "manifest '%s' is damaged: it is about image version '%s'",
            buf_text(path), work->image_version);
    shape_done(&work_shape, work);
    return E_CORRUPT;
}

int work_read(const struct store *store, const struct reference *ref, struct work *ret,
              struct err *err)
{
    struct buf path = {0};
    int rc;

    if (store->root == FILE_NONE)
        return err_set(err, E_NOT_FOUND, "there is no store");
    layout_add_work(&path, ref);
    rc = manifest_read(store->root, buf_text(&path), &work_shape, ret, NULL, err);
    if (rc == 0)
        rc = check_name(&path, ref, ret, err);
    buf_done(&path);
    return rc;
}

static int refuse_other(const char *path, struct err *err)
{
    err_set(err, E_DENIED, "'%s' belongs to another user, or others can change it", path);
    return err_hint(err, "whoever was asked to publish can finish it; or delete the version");
}

int work_read_locked(const struct reference *ref, int lock, struct work *ret, struct err *err)
{
    struct buf path = {0};
    struct file_info info;
    int rc;

    layout_add_work(&path, ref);
    rc = file_stat(lock, buf_text(&path), &info, err);
    if (rc == 0 && !info.own)
        rc = refuse_other(buf_text(&path), err);
    if (rc == 0)
        rc = manifest_read_open(lock, buf_text(&path), &work_shape, ret, err);
    if (rc == 0)
        rc = check_name(&path, ref, ret, err);
    buf_done(&path);
    return rc;
}

int work_exists(const struct store *store, const struct reference *ref, bool *ret, struct err *err)
{
    struct file_info info;
    struct buf path = {0};
    int rc = 0;

    *ret = false;
    layout_add_work(&path, ref);
    if (store->root != FILE_NONE)
        rc = file_look(store->root, buf_text(&path), ret, &info, err);
    buf_done(&path);
    return rc;
}

int work_write(const struct store *store, const struct reference *ref, const struct work *work,
               struct err *err)
{
    struct buf path = {0};
    struct buf text = {0};
    int fd = FILE_NONE;
    int rc = dir_make(store->root, LAYOUT_WORK, err);

    layout_add_work(&path, ref);
    manifest_print(&text, buf_text(&path), &work_shape, work, NULL);
    if (rc == 0)
        rc = dir_open(store->root, LAYOUT_WORK, &fd, err);
    if (rc == 0)
        rc = staged_write_own(fd, buf_text(&path) + sizeof LAYOUT_WORK, text.bytes, text.length,
                              err);
    file_close(&fd);
    buf_done(&text);
    buf_done(&path);
    return rc;
}

int work_flush(const struct store *store, struct err *err)
{
    int fd = FILE_NONE;
    int rc = dir_make(store->root, LAYOUT_WORK, err);

    if (rc == 0)
        rc = dir_open(store->root, LAYOUT_WORK, &fd, err);
    if (rc == 0)
        rc = dir_flush(fd, LAYOUT_WORK, err);
    file_close(&fd);
    return rc;
}

int work_remove(const struct store *store, const struct reference *ref, struct err *err)
{
    struct buf path = {0};
    int fd = FILE_NONE;
    int rc = dir_open(store->root, LAYOUT_WORK, &fd, err);

    layout_add_work(&path, ref);
    if (rc == 0)
        rc = file_remove(fd, buf_text(&path) + sizeof LAYOUT_WORK, err);
    if (rc == 0)
        rc = dir_flush(fd, LAYOUT_WORK, err);
    file_close(&fd);
    buf_done(&path);
    return rc == E_NOT_FOUND ? 0 : rc;
}

int work_lock(const struct store *store, const struct reference *ref, int wait_ms, int *ret_fd,
              struct err *err)
{
    struct buf path = {0};
    int rc;

    layout_add_work(&path, ref);
    rc = lock_take_existing(store->root, buf_text(&path), LOCK_EXCLUSIVE, wait_ms, ret_fd, err);
    buf_done(&path);
    return rc;
}

bool work_is_held(const struct store *store, const struct reference *ref)
{
    struct buf path = {0};
    bool held;

    layout_add_work(&path, ref);
    held = lock_is_held(store->root, buf_text(&path));
    buf_done(&path);
    return held;
}

bool work_is_anothers(const struct store *store, const struct reference *ref)
{
    struct file_info info = {0};
    struct err ignored = {0};
    struct buf path = {0};
    bool there = false;
    int rc;

    layout_add_work(&path, ref);
    rc = file_look(store->root, buf_text(&path), &there, &info, &ignored);
    buf_done(&path);
    return rc == 0 && there && caller_uid() != 0 && caller_uid() != info.owner;
}

int work_is_of(const struct store *store, const struct reference *ref, int lock, bool *ret,
               struct err *err)
{
    struct buf path = {0};
    int rc;

    layout_add_work(&path, ref);
    rc = lock_is_of(store->root, buf_text(&path), lock, ret, err);
    buf_done(&path);
    return rc;
}

int work_each(const struct store *store, const struct reference *ref,
              int (*each)(void *user, const struct reference *ref, struct err *err), void *user,
              struct err *err)
{
    struct texts files = {0};
    int rc;

    if (store->root == FILE_NONE)
        return 0;
    rc = dir_list(store->root, LAYOUT_WORK, &files, err);
    if (rc == E_NOT_FOUND) /* no work was ever accepted */
        rc = 0;
    for (size_t i = 0; rc == 0 && i < files.count; i++) {
        struct reference found = {0};

        if (layout_parse_version(files.items[i], ".json", &found) && reference_is_in(&found, ref))
            rc = each(user, &found, err);
        shape_done(&reference_shape, &found);
    }
    texts_done(&files);
    return rc;
}
