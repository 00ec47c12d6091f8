#include "ops/sources.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "base/vec.h"
#include "blob/block.h"
#include "ops/room.h"
#include "os/thread.h"

_Static_assert((int)SOURCE_FORMAT_RAW == (int)SOURCE_RAW &&
                   (int)SOURCE_FORMAT_VHD == (int)SOURCE_VHD,
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
        if (i > 1 && lun == sources->items[i - 1].lun.value)
            return err_set(err, E_INVALID, "data disk LUN %lld is given twice", lun);
    }
    return 0;
}

/* The disks of an OVA are in one file. */
static bool is_one_twice(const struct source_disk *left, const struct source_disk *right)
{
    return left->path != right->path && source_is_same_file(left->source, right->source);
}

static int check_files(const struct sources *sources, struct err *err)
{
    for (size_t i = 0; i < sources->count; i++)
        for (size_t j = i + 1; j < sources->count; j++)
            if (is_one_twice(&sources->items[i], &sources->items[j]))
                return err_set(err, E_INVALID, "'%s' is given for two disks",
                               sources->items[j].path);
    return 0;
}

static struct source_request request_of(struct store *store, const struct version_request *request,
                                        const char *path)
{
    return (struct source_request){
        .path = path,
        .format = (enum source_format)request->source_format,
        .limit = DISK_SIZE_MAX,
        .temporary = store->context->temporary,
        .threads = pool_threads(ops_pool(store)),
    };
}

/* The disks behind the first are data disks. */
static int open_os_disk(struct store *store, const struct version_request *request,
                        struct sources *sources, struct err *err)
{
    const struct source_request one = request_of(store, request, request->os_disk);
    struct source_list list = {0};
    const int rc = source_open_all(&one, &list, err);

    if (rc)
        return rc;
    sources->items[0].source = list.items[0];
    for (size_t i = 1; i < list.count; i++)
        *VEC_ADD(sources) = (struct source_disk){
            .path = request->os_disk,
            .lun = {.set = true, .value = (int64_t)i - 1},
            .source = list.items[i],
        };
    free(list.items);
    return 0;
}

int sources_open(struct store *store, const struct version_request *request, struct sources *ret,
                 struct err *err)
{
    struct sources sources = {0};
    int rc;

    *VEC_ADD(&sources) = (struct source_disk){.path = request->os_disk};
    for (size_t i = 0; i < request->data_disks.count; i++)
        *VEC_ADD(&sources) = (struct source_disk){
            .path = request->data_disks.items[i].path,
            .lun = request->data_disks.items[i].lun,
        };
    rc = check_luns(&sources, err);
    if (rc == 0)
        rc = open_os_disk(store, request, &sources, err);
    if (rc == 0)
        rc = check_luns(&sources, err);
    for (size_t i = 1; rc == 0 && i < sources.count; i++) {
        const struct source_request one = request_of(store, request, sources.items[i].path);

        if (!sources.items[i].source)
            rc = source_open(&one, &sources.items[i].source, err);
    }
    if (rc == 0)
        rc = check_files(&sources, err);
    if (rc) {
        sources_close(&sources);
        return rc;
    }
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
    ret->size_in_gb =
        (struct opt_int){.set = true, .value = (int64_t)number_divide_up(size, (uint64_t)1 << 30)};
    ret->size_in_bytes = (struct opt_int){.set = true, .value = (int64_t)size};
    ret->data_size_in_bytes =
        (struct opt_int){.set = true, .value = (int64_t)(blocks * BLOCK_SIZE)};
    ret->host_caching = disk->lun.set ? CACHING_NONE : CACHING_READ_WRITE;
    ret->disk_digest = text_copy(digest);
    ret->source.uri = text_copy(disk->path);
}
