#include "ops/sources.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/vec.h"
#include "blob/block.h"
#include "ops/room.h"
#include "os/thread.h"

_Static_assert((int)FILE_DIGEST_SHA256 == (int)DIGEST_SHA256 &&
                   (int)FILE_DIGEST_SHA512 == (int)DIGEST_SHA512,
               "a request's kind of digest is handed on as it is");
_Static_assert((int)SOURCE_FORMAT_RAW == (int)SOURCE_RAW &&
                   (int)SOURCE_FORMAT_VHD == (int)SOURCE_VHD &&
                   (int)SOURCE_FORMAT_VMDK == (int)SOURCE_VMDK,
               "a request's source format is handed on as it is");

static int by_lun(const void *left, const void *right)
{
    const struct source_disk *a = left;
    const struct source_disk *b = right;

    return (a->lun.value > b->lun.value) - (a->lun.value < b->lun.value);
}

/* Sorts them, too. */
static int check_luns(struct sources *sources, struct err *err)
{
    qsort(sources->items + 1, sources->count - 1, sizeof *sources->items, by_lun);
    for (size_t i = 1; i < sources->count; i++) {
        long long lun = (long long)sources->items[i].lun.value;

        if (lun < 0 || lun > LUN_MAX)
            return err_set(err, E_INVALID, "data disk LUN %lld is not between 0 and %d", lun,
                           LUN_MAX);
        if (i == 1 || lun != sources->items[i - 1].lun.value)
            continue;
        if (sources->items[i].source || sources->items[i - 1].source)
            return err_set(err, E_INVALID, "data disk LUN %lld is in '%s' already", lun,
                           sources->items[0].path);
        return err_set(err, E_INVALID, "data disk LUN %lld is given twice", lun);
    }
    return 0;
}

/* --- what was said of one disk --- */

static const char *wanted_member(const struct version_request *request, const struct opt_int *lun)
{
    for (size_t i = 0; i < request->members.count; i++)
        if (opt_int_equal(&request->members.items[i].lun, lun))
            return request->members.items[i].name;
    return NULL;
}

static int digest_of(const struct version_request *request, const struct opt_int *lun,
                     struct source_expected *ret, struct err *err)
{
    for (size_t i = 0; i < request->expected.count; i++) {
        const struct file_digest *const digest = &request->expected.items[i];

        if (!opt_int_equal(&digest->lun, lun))
            continue;
        ret->kind = (enum digest_kind)digest->algorithm;
        if (!text_unhex(digest->hex, ret->bytes, digest_size(ret->kind)))
            return err_set(err, E_INVALID, "'%s' is no %s", digest->hex, digest_name(ret->kind));
    }
    return 0;
}

bool sources_have_lun(const struct sources *sources, const struct opt_int *lun)
{
    for (size_t i = 0; i < sources->count; i++)
        if (opt_int_equal(&sources->items[i].lun, lun))
            return true;
    return false;
}

static int check_digest(const struct version_request *request, const struct sources *sources,
                        size_t index, struct err *err)
{
    const struct opt_int *const lun = &request->expected.items[index].lun;

    if (!sources_have_lun(sources, lun))
        return err_set(err, E_INVALID, "a digest is of data disk LUN %lld, which is not given",
                       (long long)lun->value);
    for (size_t i = 0; i < index; i++)
        if (opt_int_equal(&request->expected.items[i].lun, lun))
            return err_set(err, E_INVALID, "two digests are given for one disk");
    return 0;
}

/* What is said must be of disks that are given. */
static int check_said(const struct version_request *request, const struct sources *sources,
                      struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < request->members.count; i++)
        if (!sources_have_lun(sources, &request->members.items[i].lun))
            return err_set(
                err, E_INVALID, "member '%s' is of data disk LUN %lld, which is not given",
                request->members.items[i].name, (long long)request->members.items[i].lun.value);
    for (size_t i = 0; rc == 0 && i < request->expected.count; i++)
        rc = check_digest(request, sources, i, err);
    return rc;
}

/* --- no file for two disks --- */

/* Two members of one archive are two disks. */
static bool has_other_member(const struct version_request *request, const struct source_disk *left,
                             const struct source_disk *right)
{
    const char *const one = wanted_member(request, &left->lun);
    const char *const other = wanted_member(request, &right->lun);

    return one && other && strcmp(one, other) != 0 && strcmp(left->path, "-") != 0;
}

static int given_twice(const struct source_disk *disk, struct err *err)
{
    if (strcmp(disk->path, "-") == 0)
        return err_set(err, E_INVALID, "standard input is given for two disks");
    return err_set(err, E_INVALID, "'%s' is given for two disks", disk->path);
}

/* Before any is opened: a pipe would wait for a second writer. */
static int check_paths(const struct version_request *request, const struct sources *sources,
                       struct err *err)
{
    for (size_t i = 0; i < sources->count; i++)
        for (size_t j = i + 1; j < sources->count; j++)
            if (strcmp(sources->items[i].path, sources->items[j].path) == 0 &&
                !has_other_member(request, &sources->items[i], &sources->items[j]))
                return given_twice(&sources->items[j], err);
    return 0;
}

/* Also under another name. The disks of an OVA are in one file. */
static int check_files(const struct version_request *request, const struct sources *sources,
                       struct err *err)
{
    for (size_t i = 0; i < sources->count; i++)
        for (size_t j = i + 1; j < sources->count; j++)
            if (sources->items[i].path != sources->items[j].path &&
                source_is_same_file(sources->items[i].source, sources->items[j].source) &&
                !has_other_member(request, &sources->items[i], &sources->items[j]))
                return given_twice(&sources->items[j], err);
    return 0;
}

/* --- opening --- */

static int request_of(struct store *store, const struct version_request *request,
                      const struct source_disk *disk, struct source_request *ret, struct err *err)
{
    int rc;

    *ret = (struct source_request){
        .path = disk->path,
        .format = (enum source_format)request->source_format,
        .limit = DISK_SIZE_MAX,
        .member = wanted_member(request, &disk->lun),
        .temporary = store->context->temporary,
        .threads = pool_threads(ops_pool(store)),
    };
    rc = digest_of(request, &disk->lun, &ret->expected, err);
    /* That is found out by whoever reads the file. */
    if (request->no_wait.set && request->no_wait.value)
        ret->expected = (struct source_expected){0};
    return rc;
}

static void note(const struct store *store, const struct source_disk *disk)
{
    if (source_note(disk->source))
        store_notice(store, "%s", source_note(disk->source));
    if (source_is_in_use(disk->source))
        store_notice(store,
                     "'%s' is in use: if it is written to meanwhile, what is published is of no "
                     "single moment",
                     disk->path);
}

/* What is to be said of where a disk came from: NULL when the path is all there is to say. */
static const struct disk_source *recorded_of(const struct version_request *request,
                                             const struct disk_source *own)
{
    const bool whole = request->source.id || request->source.virtual_machine_id;

    return whole || own->id || own->uri ? own : NULL;
}

/* Elsewhere it would be a name or an id. */
static int explain(const struct source_disk *disk, int rc, struct err *err)
{
    if (rc == E_NOT_FOUND && disk->recorded)
        err_hint(err, "the path of a disk image is wanted here: images, machines, snapshots and "
                      "accounts are not known by names");
    return rc;
}

/* The disks behind the first are data disks. */
static int open_os_disk(struct store *store, const struct version_request *request,
                        struct sources *sources, struct err *err)
{
    struct source_request one;
    struct source_list list = {0};
    int rc = request_of(store, request, &sources->items[0], &one, err);

    if (rc == 0)
        rc = explain(&sources->items[0], source_open_all(&one, &list, err), err);
    if (rc)
        return rc;
    sources->items[0].source = list.items[0];
    for (size_t i = 1; i < list.count; i++)
        *VEC_ADD(sources) = (struct source_disk){
            .path = request->os_disk,
            .lun = {.set = true, .value = (int64_t)i - 1},
            .recorded = sources->items[0].recorded,
            .source = list.items[i],
        };
    free(list.items);
    return 0;
}

static int open_data_disks(struct store *store, const struct version_request *request,
                           struct sources *sources, struct err *err)
{
    int rc = 0;

    for (size_t i = 1; rc == 0 && i < sources->count; i++) {
        struct source_disk *const disk = &sources->items[i];
        struct source_request one;

        if (disk->source)
            continue;
        rc = request_of(store, request, disk, &one, err);
        if (rc == 0)
            rc = explain(disk, source_open(&one, &disk->source, err), err);
    }
    return rc;
}

int sources_open(struct store *store, const struct version_request *request, struct sources *ret,
                 struct err *err)
{
    struct sources sources = {0};
    int rc;

    *VEC_ADD(&sources) = (struct source_disk){
        .path = request->os_disk,
        .recorded = recorded_of(request, &request->os_source),
    };
    for (size_t i = 0; i < request->data_disks.count; i++)
        *VEC_ADD(&sources) = (struct source_disk){
            .path = request->data_disks.items[i].path,
            .lun = request->data_disks.items[i].lun,
            .recorded = recorded_of(request, &request->data_disks.items[i].source),
        };
    rc = check_luns(&sources, err);
    if (rc == 0)
        rc = check_paths(request, &sources, err);
    if (rc == 0)
        rc = check_said(request, &sources, err);
    if (rc == 0)
        rc = open_os_disk(store, request, &sources, err);
    if (rc == 0)
        rc = check_luns(&sources, err);
    if (rc == 0)
        rc = open_data_disks(store, request, &sources, err);
    if (rc == 0)
        rc = check_files(request, &sources, err);
    if (rc) {
        sources_close(&sources);
        return rc;
    }
    for (size_t i = 0; i < sources.count; i++)
        note(store, &sources.items[i]);
    *ret = sources;
    return 0;
}

void sources_close(struct sources *sources)
{
    for (size_t i = 0; i < sources->count; i++)
        source_close(sources->items[i].source);
    free(sources->items);
    *sources = (struct sources){0};
}

uint64_t sources_size(const struct sources *sources)
{
    uint64_t size = 0;

    for (size_t i = 0; i < sources->count; i++)
        size += source_size(sources->items[i].source);
    return size;
}

void sources_describe(const struct source_disk *disk, const char *digest, uint64_t blocks,
                      struct disk_image *ret)
{
    uint64_t size = source_size(disk->source);

    ret->lun = disk->lun;
    ret->size_in_gb = opt_int_of(number_divide_up(size, (uint64_t)1 << 30));
    ret->size_in_bytes = opt_int_of(size);
    ret->data_size_in_bytes = opt_int_of(blocks * BLOCK_SIZE);
    ret->host_caching = disk->lun.set ? CACHING_NONE : CACHING_READ_WRITE;
    ret->disk_digest = text_copy(digest);
    if (disk->recorded) {
        text_replace(&ret->source.id, disk->recorded->id);
        text_replace(&ret->source.uri, disk->recorded->uri);
        text_replace(&ret->source.storage_account_id, disk->recorded->storage_account_id);
    } else {
        ret->source.uri = text_copy(disk->path);
    }
}
