#include "store/status.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/manifest.h"

enum { FILE_NAME_SIZE = 96 }; /* a region's name and ".json" */

static void add_directory(struct buf *path, const struct reference *ref)
{
    layout_add_resource(path, ref, REFERENCE_VERSION);
    buf_printf(path, "/%s", LAYOUT_REPLICATION);
}

static void add_file(struct buf *path, const struct reference *ref, const char *region)
{
    add_directory(path, ref);
    buf_printf(path, "/%s.json", region);
}

int status_load(const struct store *store, const struct reference *ref, const char *region,
                struct region_status *ret, struct err *err)
{
    struct reference origin = *ref; /* borrows */
    struct buf path = {0}, made = {0};
    struct manifest_at at = {.dir = store->root};
    int rc;

    origin.soft_deleted = (struct opt_bool){0};
    add_file(&path, ref, region);
    add_file(&made, &origin, region);
    at.path = buf_text(&path);
    at.origin = buf_text(&made);
    rc = manifest_read_moved(&at, &region_status_shape, ret, NULL, err);
    if (rc == 0 && !text_equal(ret->region, region)) {
        rc = err_set(err, E_CORRUPT, "manifest '%s' is damaged: it is about region '%s'",
                     buf_text(&path), ret->region);
        shape_done(&region_status_shape, ret);
    }
    buf_done(&path);
    buf_done(&made);
    return rc;
}

int status_read(const struct store *store, const struct reference *ref, const char *region,
                struct region_status *ret, struct err *err)
{
    int rc = status_load(store, ref, region, ret, err);

    if (rc == E_CORRUPT)
        store_notice(store, "%s; taken as unknown", err->text);
    if (rc == E_CORRUPT || rc == E_NOT_FOUND) {
        *ret = (struct region_status){
            .region = text_copy(region),
            .state = REPLICATION_UNKNOWN,
            .progress = {.set = true},
        };
        rc = 0;
    }
    return rc;
}

/* The version's directory, E_NOT_FOUND when there is no version. */
static int open_version(const struct store *store, const struct reference *ref, int *ret_fd,
                        struct err *err)
{
    const char *const manifest = layout_manifest(REFERENCE_VERSION);
    struct file_info info;
    struct buf path = {0};
    bool there = false;
    int rc;

    layout_add_resource(&path, ref, REFERENCE_VERSION);
    rc = dir_open(store->root, buf_text(&path), ret_fd, err);
    if (rc == 0)
        rc = file_look(*ret_fd, manifest, &there, &info, err);
    if (rc == 0 && !there)
        rc = err_set(err, E_NOT_FOUND, "'%s/%s' does not exist", buf_text(&path), manifest);
    if (rc)
        file_close(ret_fd);
    buf_done(&path);
    return rc;
}

/* A backup may have left it out while it was empty. Below the version only: one that was deleted is
 * not to come back as an empty directory. */
static int make_directory(const struct store *store, const struct reference *ref, struct err *err)
{
    int version = FILE_NONE;
    int rc = open_version(store, ref, &version, err);

    if (rc == 0)
        rc = dir_make(version, LAYOUT_REPLICATION, err);
    file_close(&version);
    return rc;
}

int status_write(const struct store *store, const struct reference *ref,
                 const struct region_status *status, struct err *err)
{
    struct buf path = {0};
    int fd = FILE_NONE;
    int rc;

    add_directory(&path, ref);
    rc = dir_open(store->root, buf_text(&path), &fd, err);
    if (rc == E_NOT_FOUND) {
        rc = make_directory(store, ref, err);
        if (rc == 0)
            rc = dir_open(store->root, buf_text(&path), &fd, err);
    }
    buf_printf(&path, "/%s.json", status->region);
    if (rc == 0)
        rc = manifest_write(fd, buf_text(&path), &region_status_shape, status, NULL, err);
    if (rc == 0)
        store_trace(store, TRACE_STEP, "'%s' is %s", buf_text(&path),
                    choice_word(&replication_state_choices, status->state));
    file_close(&fd);
    buf_done(&path);
    return rc;
}

/* The target region that the file belongs to: "westus2.json"; NULL: none. */
static const struct target_region *find_target(const struct version *version, const char *file)
{
    const struct target_regions *targets = &version->publishing_profile.target_regions;

    for (size_t i = 0; i < targets->count; i++) {
        char name[FILE_NAME_SIZE];

        snprintf(name, sizeof name, "%s.json", targets->items[i].name);
        if (text_equal(name, file))
            return &targets->items[i];
    }
    return NULL;
}

static bool lower(struct opt_int *count, const struct opt_int *most)
{
    const bool lowered = count->set && count->value > most->value;

    if (lowered)
        count->value = most->value;
    return lowered;
}

bool status_cap(struct region_status *status, const struct target_region *target)
{
    const bool fewer = lower(&status->replica_count, &target->regional_replica_count);

    return lower(&status->completed_count, &target->regional_replica_count) || fewer;
}

/* A damaged state says nothing that could be relied on. */
static int forget_replicas(const struct store *store, const struct reference *ref,
                           const struct target_region *target, struct err *err)
{
    struct region_status status = {0};
    int rc = status_load(store, ref, target->name, &status, err);

    if (rc == 0 && status_cap(&status, target))
        rc = status_write(store, ref, &status, err);
    shape_done(&region_status_shape, &status);
    return rc == E_CORRUPT || rc == E_NOT_FOUND ? 0 : rc;
}

int status_forget_others(const struct store *store, const struct reference *ref,
                         const struct version *version, struct err *err)
{
    struct texts files = {0};
    struct buf path = {0};
    bool removed = false;
    int fd = FILE_NONE;
    int rc;

    add_directory(&path, ref);
    rc = dir_open(store->root, buf_text(&path), &fd, err);
    if (rc == E_NOT_FOUND) { /* it was lost: nothing is known that could be forgotten */
        rc = 0;
        goto out;
    }
    if (rc == 0)
        rc = dir_list(fd, ".", &files, err);
    for (size_t i = 0; rc == 0 && i < files.count; i++) {
        const struct target_region *const target = find_target(version, files.items[i]);

        removed |= !target;
        rc = target ? forget_replicas(store, ref, target, err)
                    : file_remove(fd, files.items[i], err);
    }
    if (rc == 0 && removed)
        rc = dir_flush(fd, buf_text(&path), err);
out:
    texts_done(&files);
    file_close(&fd);
    buf_done(&path);
    return rc;
}

int status_flush(const struct store *store, const struct reference *ref, struct err *err)
{
    struct buf path = {0};
    int fd = FILE_NONE;
    int rc;

    add_directory(&path, ref);
    rc = dir_open(store->root, buf_text(&path), &fd, err);
    if (rc == 0)
        rc = dir_flush(fd, buf_text(&path), err);
    file_close(&fd);
    buf_done(&path);
    return rc == E_NOT_FOUND ? 0 : rc;
}

int status_read_all(const struct store *store, const struct reference *ref,
                    const struct version *version, struct replication_status *ret, struct err *err)
{
    const struct target_regions *targets = &version->publishing_profile.target_regions;

    for (size_t i = 0; i < targets->count; i++) {
        int rc = status_read(store, ref, targets->items[i].name, VEC_ADD(&ret->summary), err);

        if (rc) {
            shape_done(&replication_status_shape, ret);
            return rc;
        }
    }
    ret->aggregated_state = replication_aggregate(&ret->summary);
    return 0;
}
