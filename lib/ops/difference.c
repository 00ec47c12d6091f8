/* What differs between two versions. */
#include "ops/difference.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"

/* --- disks of both --- */

static const struct disk_image *data_disk(const struct version *version, int64_t lun)
{
    const struct disk_images *const data = &version->storage_profile.data_disk_images;

    for (size_t i = 0; i < data->count; i++)
        if (data->items[i].lun.value == lun)
            return &data->items[i];
    return NULL;
}

static uint64_t larger_size(const struct disk_image *from, const struct disk_image *to)
{
    const int64_t left = from ? from->size_in_bytes.value : 0;
    const int64_t right = to ? to->size_in_bytes.value : 0;

    return (uint64_t)(left > right ? left : right);
}

static uint64_t size_of_all(const struct differing *differing)
{
    const struct version *const from = &differing->from.disks.version;
    const struct version *const to = &differing->to.disks.version;
    uint64_t size =
        larger_size(&from->storage_profile.os_disk_image, &to->storage_profile.os_disk_image);

    for (int64_t lun = 0; lun <= LUN_MAX; lun++)
        size += larger_size(data_disk(from, lun), data_disk(to, lun));
    return size;
}

/* Sums of what is known of all disks. */
static void add_up(struct difference *difference, const struct disk_difference *disk)
{
    difference->equal_bytes.value += disk->equal_bytes.value;
    difference->changed_bytes.value += disk->changed_bytes.value;
    difference->new_bytes.value += disk->new_bytes.value;
    difference->freed_bytes.value += disk->freed_bytes.value;
    difference->identical.value &= disk->state == DISK_SAME;
}

/* `takes`: what it is called. */
static int compare_disk(struct differing *differing, char *takes, const struct disk_image *from,
                        const struct disk_image *to, struct err *err)
{
    struct disk_difference *const disk = VEC_ADD(&differing->difference->disks);
    int rc;

    disk->disk = takes;
    disk->lun = from ? from->lun : to->lun;
    if (from)
        disk->from_size = from->size_in_bytes;
    if (to)
        disk->to_size = to->size_in_bytes;
    rc = differing_disk(differing, from, to, disk, err);
    differing->before += larger_size(from, to);
    if (rc == 0)
        add_up(differing->difference, disk);
    return rc;
}

static int compare_disks(struct differing *differing, struct err *err)
{
    const struct version *const from = &differing->from.disks.version;
    const struct version *const to = &differing->to.disks.version;
    struct difference *const difference = differing->difference;
    int rc;

    difference->identical = (struct opt_bool){.set = true, .value = true};
    difference->equal_bytes = difference->changed_bytes = difference->new_bytes =
        difference->freed_bytes = opt_int_of(0);
    differing->total = size_of_all(differing);
    rc = compare_disk(differing, text_copy("os"), &from->storage_profile.os_disk_image,
                      &to->storage_profile.os_disk_image, err);
    for (int64_t lun = 0; rc == 0 && lun <= LUN_MAX; lun++) {
        const struct disk_image *const left = data_disk(from, lun), *const right =
                                                                        data_disk(to, lun);

        if (left || right)
            rc = compare_disk(differing, text_printf("data-%" PRId64, lun), left, right, err);
    }
    ops_progress(differing->store, "compare", differing->name, differing->before, differing->total,
                 rc == 0);
    return rc;
}

/* --- both versions --- */

static char *name_of(const struct differing_side *side)
{
    struct buf name = {0};

    reference_add_text(&name, &side->ref);
    return buf_take(&name);
}

static int open_side(struct differing *differing, struct differing_side *side,
                     const struct version_diff *request, struct err *err)
{
    const char *region;
    int rc = ops_find_version(differing->store, &side->ref, request->region, &region, err);

    if (rc == 0)
        rc = version_disks_open(&side->disks, differing->store, &side->ref, region, err);
    if (rc)
        differing->blamed = side;
    return rc;
}

/* What is wrong is told of the version that it is wrong with. */
static int blame(const struct differing *differing, int rc, struct err *err)
{
    const struct differing_side *const side = differing->blamed;

    if (!side)
        return rc;
    if (side->disks.store)
        rc = version_disks_blame(&side->disks, &side->ref, rc, err);
    if (rc == E_CORRUPT && !err->hint[0])
        err_hint(err, "'sig repair' puts together what there is, and 'sig repair' with --from FILE "
                      "takes the rest from a disk image");
    return rc == E_USAGE ? rc : ops_cannot(err, "compare", &side->ref, REFERENCE_VERSION);
}

int gal_version_diff(struct store *store, const struct version_diff *request,
                     struct difference *ret, struct err *err)
{
    struct differing differing = {
        .store = store,
        .from.ref = ops_reference(&request->from),
        .to.ref = ops_reference(&request->to),
        .most = request->changes.set ? (size_t)request->changes.value : 0,
        .with_files = request->files.set,
        .files_most = request->files.set ? (size_t)request->files.value : 0,
        .difference = ret,
    };
    int rc = open_side(&differing, &differing.from, request, err);

    if (rc == 0)
        rc = open_side(&differing, &differing.to, request, err);
    if (rc == 0) {
        ret->from = name_of(&differing.from);
        ret->to = name_of(&differing.to);
        differing.name = text_copy(ret->to);
        rc = compare_disks(&differing, err);
    }
    if (rc == 0)
        differing_stored(&differing);
    else
        rc = blame(&differing, rc, err);
    if (rc)
        shape_done(&difference_shape, ret);
    version_disks_done(&differing.from.disks);
    version_disks_done(&differing.to.disks);
    shape_done(&reference_shape, &differing.from.ref);
    shape_done(&reference_shape, &differing.to.ref);
    free(differing.name);
    return rc;
}
