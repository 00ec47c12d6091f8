#include "store/store.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "model/region.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/ground.h"
#include "os/lock.h"
#include "store/activity.h"
#include "store/layout.h"
#include "store/manifest.h"
#include "store/region.h"
#include "store/trash.h"

/* clang-format off */
static const struct row store_info_rows[] = {
    ROW(struct store_info, required_features, "requiredFeatures", .rules = ROW_MADE,
        .about = "What a program must know to change the store"),
    ROW(struct store_info, store_id, "storeId", .rules = ROW_MADE | ROW_NEEDED,
        .about = "The store's identity, the subscription in ids"),
    ROW(struct store_info, tenant_id, "tenantId", .rules = ROW_MADE | ROW_NEEDED,
        .about = "The tenant in the sense of sharing"),
    ROW(struct store_info, default_location, "defaultLocation", .rules = ROW_MADE | ROW_NEEDED,
        .check = region_check, .about = "The location of new galleries"),
    ROW(struct store_info, created_date, "createdDate", .rules = ROW_MADE | ROW_NEEDED,
        .about = "When the store was made"),
    ROW_LIST(struct store_info, limits, "limits", &limit_shape, .rules = ROW_MADE,
        .about = "How much there may be in a region, where that is not the default"),
};
/* clang-format on */

static const struct shape store_info_shape =
    SHAPE(struct store_info, "store", store_info_rows, NULL);

void store_fit(const struct store *store, const char *path)
{
    struct err ignored = {0};
    int fd = FILE_NONE;

    if (file_open(store->root, path, FILE_READ, &fd, &ignored) == 0)
        file_fit_group(fd, store->root, path, &ignored);
    file_close(&fd);
}

int64_t store_now(const struct store *store)
{
    return store->outside.now(store->outside.user);
}

uint64_t store_ticks(const struct store *store)
{
    return store->outside.ticks(store->outside.user);
}

void store_notice(const struct store *store, const char *format, ...)
{
    char text[E_TEXT_SIZE];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    store->outside.notice(store->outside.user, text);
}

void store_trace(const struct store *store, enum trace_level level, const char *format, ...)
{
    char text[E_TEXT_SIZE];
    va_list args;

    if (!store->outside.trace)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    store->outside.trace(store->outside.user, level, text);
}

int store_take_lock(const struct store *store, const char *path, int *ret_fd, struct err *err)
{
    int rc;

    if (store->outside.trace && lock_is_held(store->root, path))
        store_trace(store, TRACE_STEP, "waiting for lock '%s'", path);
    rc = lock_take(store->root, path, LOCK_EXCLUSIVE, store->outside.lock_wait_ms, ret_fd, err);
    if (rc == 0)
        store_trace(store, TRACE_STEP, "lock '%s' was taken", path);
    return rc;
}

int store_lock(const struct store *store, int *ret_fd, struct err *err)
{
    return store_take_lock(store, LAYOUT_LOCK, ret_fd, err);
}

char *store_new_uuid(const struct store *store)
{
    uint8_t b[16];

    store->outside.random(store->outside.user, b, sizeof b);
    b[6] = (uint8_t)((b[6] & 0x0f) | 0x40);
    b[8] = (uint8_t)((b[8] & 0x3f) | 0x80);
    return text_printf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0],
                       b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12],
                       b[13], b[14], b[15]);
}

/* What a creation that was cut short may have left: then it is taken up again. And what the top of
 * a file system of its own has. */
static bool is_ours(const char *name)
{
    return text_equal(name, LAYOUT_GALLERIES) || text_equal(name, LAYOUT_REGIONS) ||
           text_equal(name, LAYOUT_REPLICAS) || text_equal(name, LAYOUT_WORK) ||
           text_equal(name, LAYOUT_TRASH) || text_equal(name, LAYOUT_LOCK) ||
           text_equal(name, LAYOUT_STORE) || text_starts(name, ".sig-") ||
           text_equal(name, "lost+found");
}

/* Neither a store nor empty: somebody's own directory, named by mistake. */
static int check_empty(const struct store *store, struct err *err)
{
    struct texts names = {0};
    int rc;

    rc = dir_list(store->root, ".", &names, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++)
        if (!is_ours(names.items[i])) {
            rc = err_set(err, E_INVALID,
                         "directory '%s' is not a store and not empty: it holds '%s'", store->path,
                         names.items[i]);
            err_hint(err, "name an empty directory, or one that does not exist yet");
        }
    texts_done(&names);
    return rc;
}

static int make_directories(const struct store *store, struct err *err)
{
    static const char *const names[] = {LAYOUT_GALLERIES, LAYOUT_REGIONS, LAYOUT_REPLICAS};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < sizeof names / sizeof *names; i++)
        rc = dir_make(store->root, names[i], err);
    return rc;
}

static int write_info(const struct store *store, struct err *err)
{
    struct store_info info = {
        .store_id = store_new_uuid(store),
        .tenant_id = store_new_uuid(store),
        .default_location = text_copy(REGION_LOCAL),
        .created_date = {.set = true, .value = store_now(store)},
    };
    int rc = manifest_write(store->root, LAYOUT_STORE, &store_info_shape, &info, NULL, err);

    shape_done(&store_info_shape, &info);
    return rc;
}

/* store.json comes last: with it the store exists. */
static int make_content(const struct store *store, struct err *err)
{
    int rc = ground_check(store->root, err);

    if (rc == 0)
        rc = make_directories(store, err);
    return rc ? rc : write_info(store, err);
}

static int make_store(const struct store *store, struct err *err)
{
    struct file_info info;
    int lock = FILE_NONE;
    bool there = false;
    int rc;

    rc = check_empty(store, err);
    if (rc == 0)
        rc = store_lock(store, &lock, err);
    if (rc == 0)
        rc = file_look(store->root, LAYOUT_STORE, &there, &info, err);
    if (rc == 0 && !there) /* else another process made it while we waited */
        rc = make_content(store, err);
    /* Where no lock holds, nobody misses it. */
    if (rc == E_UNSUPPORTED)
        file_remove(store->root, LAYOUT_LOCK, NULL);
    file_close(&lock);
    return rc;
}

int store_limits(const struct store *store, struct limits *ret, struct err *err)
{
    struct store_info info = {0};
    const int rc = manifest_read(store->root, LAYOUT_STORE, &store_info_shape, &info, NULL, err);

    if (rc == 0) {
        *ret = info.limits;
        info.limits = (struct limits){0};
    }
    shape_done(&store_info_shape, &info);
    return rc;
}

int store_set_limits(struct store *store, const struct limits *given, struct err *err)
{
    struct store_info info = {0};
    struct json *stored = NULL;
    int lock = FILE_NONE;
    int rc = store_lock(store, &lock, err);

    if (rc == 0)
        rc = manifest_read(store->root, LAYOUT_STORE, &store_info_shape, &info, &stored, err);
    if (rc == 0) {
        limits_merge(&info.limits, given);
        rc = activity_write(store,
                            &(struct activity_write){
                                .dir = store->root,
                                .path = LAYOUT_STORE,
                                .shape = &store_info_shape,
                                .value = &info,
                                .stored = stored,
                            },
                            err);
        store_fit(store, LAYOUT_STORE);
    }
    file_close(&lock);
    json_free(stored);
    if (rc) {
        shape_done(&store_info_shape, &info);
        return rc;
    }
    shape_done(&store_info_shape, &store->info);
    store->info = info;
    return 0;
}

static bool has_feature(const struct store_info *info, const char *feature)
{
    for (size_t i = 0; i < info->required_features.count; i++)
        if (text_equal(info->required_features.items[i], feature))
            return true;
    return false;
}

/* The first that this release does not know, or NULL. */
static const char *unknown_feature(const struct store_info *info)
{
    for (size_t i = 0; i < info->required_features.count; i++)
        if (!text_equal(info->required_features.items[i], FEATURE_TRASH))
            return info->required_features.items[i];
    return NULL;
}

static int require_locked(const struct store *store, const char *feature, struct err *err)
{
    struct store_info info = {0};
    struct json *stored = NULL;
    int rc = manifest_read(store->root, LAYOUT_STORE, &store_info_shape, &info, &stored, err);

    if (rc == 0) { /* also when it is there: that may not be durable yet */
        if (!has_feature(&info, feature))
            texts_add(&info.required_features, feature);
        rc = manifest_write(store->root, LAYOUT_STORE, &store_info_shape, &info, stored, err);
        store_fit(store, LAYOUT_STORE);
    }
    shape_done(&store_info_shape, &info);
    json_free(stored);
    return rc;
}

int store_require(struct store *store, const char *feature, struct err *err)
{
    int lock = FILE_NONE;
    int rc;

    if (has_feature(&store->info, feature))
        return 0;
    rc = store_lock(store, &lock, err);
    if (rc == 0)
        rc = require_locked(store, feature, err);
    file_close(&lock);
    if (rc == 0)
        texts_add(&store->info.required_features, feature);
    return rc;
}

static int check_features(const struct store *store, enum store_mode mode, struct err *err)
{
    const char *const unknown = unknown_feature(&store->info);

    if (mode == STORE_READ || !unknown)
        return 0;
    err_set(err, E_UNSUPPORTED,
            "store '%s' needs the feature '%s', which this release does not know", store->path,
            unknown);
    return err_hint(
        err, "reading works; to change it use the release of sig that wrote it, or a newer one");
}

/* Whether there are galleries or regions, whatever store.json says. */
static int has_content(const struct store *store, bool *ret, struct err *err)
{
    static const char *const names[] = {LAYOUT_GALLERIES, LAYOUT_REGIONS};
    int rc = 0;

    *ret = false;
    for (size_t i = 0; rc == 0 && !*ret && i < sizeof names / sizeof *names; i++) {
        struct texts inside = {0};

        rc = dir_list(store->root, names[i], &inside, err);
        if (rc == E_NOT_FOUND)
            rc = 0;
        *ret = inside.count > 0;
        texts_done(&inside);
    }
    return rc;
}

/* Without store.json it is no store; but with content it was one, and a new identity would disown
 * what is in it. */
static int look_for_info(const struct store *store, bool *ret_there, struct err *err)
{
    struct file_info info;
    bool content = false;
    int rc;

    rc = file_look(store->root, LAYOUT_STORE, ret_there, &info, err);
    if (rc || *ret_there)
        return rc;
    rc = has_content(store, &content, err);
    if (rc == 0 && content) /* it may have been made this very moment */
        rc = file_look(store->root, LAYOUT_STORE, ret_there, &info, err);
    if (rc || *ret_there || !content)
        return rc;
    err_set(err, E_CORRUPT, "store '%s' is damaged: it has lost its " LAYOUT_STORE, store->path);
    return err_hint(err, "restore it from a backup; the storeId in it is that of any replica.json");
}

static int open_root(struct store *store, enum store_mode mode, bool *ret_there, struct err *err)
{
    int rc;

    *ret_there = false;
    rc = mode == STORE_CREATE ? dir_make_user(store->path, &store->root, err)
                              : dir_open_user(store->path, &store->root, err);
    if (rc == E_NOT_FOUND && mode != STORE_CREATE)
        return 0;
    if (rc)
        return err_wrap(err, "cannot open store '%s'", store->path);
    return look_for_info(store, ret_there, err);
}

int store_open(struct store *store, const char *path, enum store_mode mode, struct err *err)
{
    bool there;
    int rc;

    store->path = text_copy(path);
    store->root = FILE_NONE;
    rc = open_root(store, mode, &there, err);
    if (rc)
        return rc;
    if (!there && mode == STORE_CHANGE) {
        err_set(err, E_NOT_FOUND, "there is no store at '%s'", path);
        return err_hint(err,
                        "'sig gallery create' makes one; --store or SIG_STORE names another place");
    }
    if (!there && mode == STORE_READ) {
        file_close(&store->root);
        store_notice(store, "there is no store at '%s' yet", path);
        return 0;
    }
    if (!there) {
        rc = make_store(store, err);
        if (rc)
            return err_wrap(err, "cannot make a store at '%s'", path);
    }
    rc = manifest_read(store->root, LAYOUT_STORE, &store_info_shape, &store->info, NULL, err);
    if (rc == 0)
        rc = regions_load(store, err);
    if (rc)
        return err_wrap(err, "cannot open store '%s'", path);
    store_trace(store, TRACE_STEP, "store '%s' was opened: %s", path, store->info.store_id);
    return check_features(store, mode, err);
}

void store_close(struct store *store)
{
    file_close(&store->root);
    region_book_done(&store->regions);
    shape_done(&store_info_shape, &store->info);
    free(store->path);
    store->path = NULL;
}
