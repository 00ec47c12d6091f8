#include "store/repairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/manifest.h"

/* "repairs/westus2.standard_lrs.1.<32 hex>.blob.json". */
static void add_path(struct buf *path, const struct repair_note *note)
{
    const char *const slash = strrchr(note->file, '/');

    buf_add_text(path, LAYOUT_REPAIRS "/");
    for (const char *at = note->replica; *at; at++)
        buf_add(path, *at == '/' ? "." : at, 1);
    buf_printf(path, ".%s.json", slash ? slash + 1 : note->file);
}

static int open_queue(const struct store *store, int *ret_dir, struct err *err)
{
    int rc = dir_open(store->root, LAYOUT_REPAIRS, ret_dir, err);

    if (rc != E_NOT_FOUND)
        return rc;
    rc = dir_make(store->root, LAYOUT_REPAIRS, err);
    return rc ? rc : dir_open(store->root, LAYOUT_REPAIRS, ret_dir, err);
}

int repairs_add(const struct store *store, const struct repair_note *note, struct err *err)
{
    struct file_info info;
    struct buf path = {0};
    int dir = FILE_NONE;
    bool there = false;
    int rc;

    add_path(&path, note);
    rc = file_look(store->root, buf_text(&path), &there, &info, err);
    if (rc == 0 && !there)
        rc = open_queue(store, &dir, err);
    if (rc == 0 && !there)
        rc = manifest_write(dir, buf_text(&path), &repair_note_shape, note, NULL, err);
    file_close(&dir);
    buf_done(&path);
    return rc;
}

static int visit(const struct store *store, const char *name,
                 int (*each)(void *user, const char *path, const struct repair_note *note,
                             struct err *err),
                 void *user, struct err *err)
{
    char *const path = text_printf(LAYOUT_REPAIRS "/%s", name);
    struct repair_note note = {0};
    int rc = manifest_read(store->root, path, &repair_note_shape, &note, NULL, err);

    if (rc != E_NOT_FOUND) /* else somebody has done it */
        rc = rc && rc != E_CORRUPT ? rc : each(user, path, &note, err);
    shape_done(&repair_note_shape, &note);
    free(path);
    return rc == E_NOT_FOUND ? 0 : rc;
}

int repairs_each(const struct store *store,
                 int (*each)(void *user, const char *path, const struct repair_note *note,
                             struct err *err),
                 void *user, struct err *err)
{
    struct texts names = {0};
    int rc = dir_list(store->root, LAYOUT_REPAIRS, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++)
        if (names.items[i][0] != '.' && text_ends(names.items[i], ".json"))
            rc = visit(store, names.items[i], each, user, err);
    texts_done(&names);
    return rc == E_NOT_FOUND ? 0 : rc;
}

int repairs_remove(const struct store *store, const char *path, struct err *err)
{
    int dir = FILE_NONE;
    int rc = file_remove(store->root, path, err);

    if (rc == 0)
        rc = dir_open(store->root, LAYOUT_REPAIRS, &dir, err);
    if (rc == 0)
        rc = dir_flush(dir, LAYOUT_REPAIRS, err);
    file_close(&dir);
    return rc == E_NOT_FOUND ? 0 : rc;
}
