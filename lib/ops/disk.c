/* The disks of a version: found, opened, and read at any place. */
#include "ops/disk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "blob/disk.h"
#include "ops/repair.h"

static int check_region(const struct version *version, const char *region, struct err *err)
{
    const struct target_regions *targets = &version->publishing_profile.target_regions;
    struct buf names = {0};

    if (!region || version_target(version, region))
        return 0;
    for (size_t i = 0; i < targets->count; i++)
        buf_printf(&names, "%s%s", i ? ", " : "", targets->items[i].name);
    err_set(err, E_NOT_FOUND, "it is not replicated to region '%s'", region);
    err_hint(err, "its regions: %s", buf_text(&names));
    buf_done(&names);
    return E_NOT_FOUND;
}

int version_disks_open(struct version_disks *disks, struct store *store,
                       const struct reference *ref, const char *region, struct err *err)
{
    int rc = ops_read_version(store, ref, &disks->version, err);

    if (rc == 0)
        rc = check_region(&disks->version, region, err);
    if (rc < 0)
        return rc;
    disks->store = store;
    version_fill_regions(&disks->version);
    replica_set_list(store, &disks->version, region, &disks->replicas);
    replica_set_share(&disks->replicas);
    return 0;
}

void version_disks_done(struct version_disks *disks)
{
    replica_set_close(&disks->replicas);
    shape_done(&version_shape, &disks->version);
    *disks = (struct version_disks){0};
}

static int no_such_disk(const struct disk_images *data, int64_t lun, struct err *err)
{
    struct buf luns = {0};

    err_set(err, E_NOT_FOUND, "there is no data disk with LUN %lld", (long long)lun);
    for (size_t i = 0; i < data->count; i++)
        buf_printf(&luns, "%s%lld", i ? ", " : "", (long long)data->items[i].lun.value);
    err_hint(err, data->count ? "it has: %s" : "it has no data disks%s", buf_text(&luns));
    buf_done(&luns);
    return E_NOT_FOUND;
}

int version_disks_find(const struct version_disks *disks, const struct opt_int *lun,
                       const struct disk_image **ret, struct err *err)
{
    const struct disk_images *data = &disks->version.storage_profile.data_disk_images;

    if (!lun->set) {
        *ret = &disks->version.storage_profile.os_disk_image;
        return 0;
    }
    for (size_t i = 0; i < data->count; i++) {
        if (data->items[i].lun.value != lun->value)
            continue;
        *ret = &data->items[i];
        return 0;
    }
    return no_such_disk(data, lun->value, err);
}

static void tell(void *user, const char *text)
{
    const struct replica_set *set = user;

    store_notice(set->store, "%s", text);
}

static bool queue(void *user, const struct reader_damage *damage)
{
    const struct replica_set *set = user;

    return ops_queue_repair(set->store, damage);
}

int version_disks_read(struct version_disks *disks, const struct disk_image *disk,
                       const struct disk_reading *how, struct disk_reader **ret, struct err *err)
{
    struct disk_reader_request request = {
        .replicas = disks->replicas.items,
        .count = disks->replicas.count,
        .open = replica_set_open_one,
        .warn = tell,
        .damaged = queue,
        .user = &disks->replicas,
        .check = how->check,
        .use_raw = true,
        .parts = how->parts,
    };
    int rc;

    if (!disk->disk_digest || !disk_digest_parse(disk->disk_digest, &request.digest))
        return err_set(err, E_CORRUPT, "the manifest names no disk digest");
    rc = disk_reader_open(&request, ret, err);
    /* The version is there; what is missing is its data, and that is damage. */
    if (rc == E_NOT_FOUND)
        rc = err->code = E_CORRUPT;
    return rc;
}

int version_disks_blame(const struct version_disks *disks, const struct reference *ref, int rc,
                        struct err *err)
{
    const struct version *const begun = &disks->version;
    struct version now = {0};
    struct err ignored = {0};
    int found;

    if (rc != E_CORRUPT)
        return rc;
    found = ops_read_version(disks->store, ref, &now, &ignored);
    if (found == E_NOT_FOUND)
        rc = err_set(err, E_NOT_FOUND, "it was deleted meanwhile");
    else if (found == 0 && (!version_same_content(&now, begun) ||
                            now.publishing_profile.published_date.value !=
                                begun->publishing_profile.published_date.value))
        rc = err_set(err, E_CONFLICT, "it was deleted and published anew meanwhile");
    shape_done(&version_shape, &now);
    return rc;
}

/* --- random access --- */

struct gal_disk {
    struct version_disks disks;
    struct disk_reader *reader;
    uint8_t *block; /* one, for reads that begin or end inside */
};

static int open_disk(struct gal_disk *disk, struct store *store, const struct disk_request *request,
                     struct err *err)
{
    const struct disk_reading how = {.check = DESK_BLOCKS, .parts = DISK_PARTS_KEPT};
    struct reference ref = ops_reference(&request->ref);
    const struct disk_image *image;
    const char *region;
    int rc;

    rc = ops_find_version(store, &ref, request->region, &region, err);
    if (rc == 0)
        rc = version_disks_open(&disk->disks, store, &ref, region, err);
    if (rc == 0)
        rc = version_disks_find(&disk->disks, &request->data_disk, &image, err);
    if (rc == 0)
        rc = version_disks_read(&disk->disks, image, &how, &disk->reader, err);
    if (rc < 0 && rc != E_USAGE)
        ops_cannot(err, "open a disk of", &ref, REFERENCE_VERSION);
    shape_done(&reference_shape, &ref);
    return rc;
}

int gal_disk_open(struct store *store, const struct disk_request *request, struct gal_disk **ret,
                  struct err *err)
{
    struct gal_disk *disk = mem_new(1, sizeof *disk);
    const int rc = open_disk(disk, store, request, err);

    if (rc < 0)
        gal_disk_close(disk);
    else
        *ret = disk;
    return rc;
}

int version_disks_open_disk(struct version_disks *disks, const struct disk_image *image,
                            size_t parts, struct gal_disk **ret, struct disk_reader **ret_reader,
                            struct err *err)
{
    const struct disk_reading how = {.check = DESK_BLOCKS, .parts = parts};
    struct disk_reader *reader;
    const int rc = version_disks_read(disks, image, &how, &reader, err);

    if (rc < 0)
        return rc;
    *ret = mem_new(1, sizeof **ret);
    (*ret)->reader = *ret_reader = reader;
    return 0;
}

int disk_open_in(struct replica *replica, const struct disk_image *image, struct gal_disk **ret,
                 struct err *err)
{
    struct disk_reader_request request = {
        .replicas = replica, .count = 1, .check = DESK_BLOCKS, .parts = DISK_PARTS_KEPT};
    struct gal_disk *disk;
    int rc;

    if (!disk_digest_parse(image->disk_digest, &request.digest))
        return err_set(err, E_CORRUPT, "the version names no disk digest");
    disk = mem_new(1, sizeof *disk);
    rc = disk_reader_open(&request, &disk->reader, err);
    if (rc < 0)
        gal_disk_close(disk);
    else
        *ret = disk;
    return rc;
}

void gal_disk_close(struct gal_disk *disk)
{
    if (!disk)
        return;
    disk_reader_close(disk->reader);
    version_disks_done(&disk->disks);
    free(disk->block);
    free(disk);
}

uint64_t gal_disk_size(const struct gal_disk *disk)
{
    return disk_reader_size(disk->reader);
}

/* What lies at `offset`: *ret_end, where that ends; whether it is data. */
static int look_at(struct gal_disk *disk, uint64_t offset, bool *ret_data, uint64_t *ret_end,
                   struct err *err)
{
    const size_t segment = (size_t)(offset / SEGMENT_SIZE);
    const uint64_t block = offset / BLOCK_SIZE;
    const struct extent *extents;
    size_t low = 0, high, count;
    int rc = disk_reader_extents(disk->reader, segment, &extents, &count, err);

    if (rc < 0)
        return rc;
    /* The first extent that ends behind the block. */
    for (high = count; low < high;) {
        const size_t middle = low + (high - low) / 2;

        if (extents[middle].block + extents[middle].count <= block)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_end = (segment + 1) * SEGMENT_SIZE;
    *ret_data = low < count && extents[low].block <= block;
    if (*ret_data)
        *ret_end = (extents[low].block + extents[low].count) * BLOCK_SIZE;
    else if (low < count)
        *ret_end = extents[low].block * BLOCK_SIZE;
    return 0;
}

/* Part of one block. */
static int read_within(struct gal_disk *disk, void *bytes, size_t length, uint64_t offset,
                       struct err *err)
{
    int rc;

    if (!disk->block)
        disk->block = mem_new(BLOCK_SIZE, 1);
    rc = disk_reader_read(disk->reader, offset / BLOCK_SIZE, 1, disk->block, err);
    if (rc == 0)
        memcpy(bytes, disk->block + offset % BLOCK_SIZE, length);
    return rc;
}

/* The beginning of a range of data; *ret_done: how much of it. */
static int read_data(struct gal_disk *disk, void *bytes, uint64_t length, uint64_t offset,
                     uint64_t *ret_done, struct err *err)
{
    const uint64_t within = offset % BLOCK_SIZE;

    if (within == 0 && length >= BLOCK_SIZE) {
        *ret_done = length / BLOCK_SIZE * BLOCK_SIZE;
        return disk_reader_read(disk->reader, offset / BLOCK_SIZE, (size_t)(*ret_done / BLOCK_SIZE),
                                bytes, err);
    }
    *ret_done = number_smaller(length, BLOCK_SIZE - within);
    return read_within(disk, bytes, (size_t)*ret_done, offset, err);
}

int gal_disk_read(struct gal_disk *disk, void *bytes, size_t length, uint64_t offset,
                  struct err *err)
{
    const uint64_t size = gal_disk_size(disk);
    uint8_t *out = bytes;

    if (offset > size || length > size - offset)
        return err_set(err, E_INVALID, "cannot read %zu bytes at byte %llu: the disk has %llu",
                       length, (unsigned long long)offset, (unsigned long long)size);
    while (length > 0) {
        uint64_t end, done;
        bool data;
        int rc = look_at(disk, offset, &data, &end, err);

        if (rc < 0)
            return rc;
        done = number_smaller(end - offset, length);
        if (data)
            rc = read_data(disk, out, done, offset, &done, err);
        else
            memset(out, 0, (size_t)done);
        if (rc < 0)
            return rc;
        out += done;
        offset += done;
        length -= (size_t)done;
    }
    return 0;
}

static int read_bytes(void *user, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    return gal_disk_read(user, bytes, length, offset, err);
}

struct disk_bytes disk_bytes_of(struct gal_disk *disk)
{
    return (struct disk_bytes){
        .read = read_bytes,
        .user = disk,
        .size = gal_disk_size(disk),
        .head = gal_disk_size(disk),
    };
}
