/* Getting a disk back: its exact bytes, each block proven, into a sparse file or a pipe. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "blob/disk.h"
#include "ops/room.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/staged.h"
#include "replica/read.h"

enum { PIECE_BLOCKS = 256 }; /* 1 MiB a write */

struct export_work {
    struct store *store;
    const char *name; /* of the output, for messages */
    char *what;       /* "prod/ubuntu/1.0.0", for progress */
    struct disk_reader *reader;
    uint8_t *bytes; /* PIECE_BLOCKS blocks */
    int fd;
    bool stream;   /* holes are written as zeros, in order */
    uint64_t at;   /* bytes of the disk that a stream has behind it */
    uint64_t done; /* data bytes */
    uint64_t total;
};

static int write_zeros(struct export_work *work, uint64_t to, struct err *err)
{
    static const uint8_t zeros[64 * 1024];
    int rc = 0;

    while (rc == 0 && work->at < to) {
        size_t length = (size_t)number_smaller(sizeof zeros, to - work->at);

        rc = file_write(work->fd, work->name, zeros, length, err);
        work->at += length;
    }
    return rc;
}

static int write_piece(struct export_work *work, uint64_t block, size_t count, struct err *err)
{
    uint64_t start = block * BLOCK_SIZE;
    size_t length =
        (size_t)(number_smaller(start + count * BLOCK_SIZE, disk_reader_size(work->reader)) -
                 start);
    int rc;

    rc = disk_reader_read(work->reader, block, count, work->bytes, err);
    if (rc)
        return rc;
    work->done += count * BLOCK_SIZE;
    ops_progress(work->store, "export", work->what, work->done, work->total, false);
    if (!work->stream)
        return file_write_at(work->fd, work->name, work->bytes, length, start, err);
    rc = write_zeros(work, start, err);
    if (rc == 0)
        rc = file_write(work->fd, work->name, work->bytes, length, err);
    work->at = start + length;
    return rc;
}

static int write_extent(struct export_work *work, struct extent extent, struct err *err)
{
    int rc = 0;

    while (rc == 0 && extent.count) {
        size_t piece = (size_t)number_smaller(extent.count, PIECE_BLOCKS);

        rc = write_piece(work, extent.block, piece, err);
        extent.block += piece;
        extent.count -= piece;
    }
    return rc;
}

static int write_disk(struct export_work *work, struct err *err)
{
    uint64_t size = disk_reader_size(work->reader);
    int rc = 0;

    work->total = disk_reader_data_blocks(work->reader) * BLOCK_SIZE;
    if (!work->stream)
        rc = file_resize(work->fd, work->name, size, err);
    for (size_t segment = 0; rc == 0 && segment < disk_reader_segments(work->reader); segment++) {
        const struct extent *extents;
        size_t count;

        rc = disk_reader_extents(work->reader, segment, &extents, &count, err);
        for (size_t i = 0; rc == 0 && i < count; i++)
            rc = write_extent(work, extents[i], err);
    }
    if (rc == 0 && work->stream)
        rc = write_zeros(work, size, err);
    if (rc == 0)
        ops_progress(work->store, "export", work->what, work->done, work->total, true);
    return rc;
}

/* --- where to --- */

/* Split "dir/file" into an open directory and a name in it. */
static int open_target_directory(const char *file, int *ret_dir, char **ret_name, struct err *err)
{
    const char *slash = strrchr(file, '/');
    char *directory =
        slash ? text_printf("%.*s", slash == file ? 1 : (int)(slash - file), file) : text_copy(".");
    int rc;

    *ret_name = text_copy(slash ? slash + 1 : file);
    if (!*file)
        rc = err_set(err, E_INVALID, "the file name is empty");
    else if (!**ret_name)
        rc = err_set(err, E_INVALID, "'%s' names a directory, not a file", file);
    else
        rc = dir_open_user(directory, ret_dir, err);
    free(directory);
    return rc;
}

static int check_target(int dir, const char *name, const struct version_export *request,
                        struct err *err)
{
    struct file_info info;
    bool exists;
    int rc;

    rc = file_look(dir, name, &exists, &info, err);
    if (rc || !exists)
        return rc;
    if (info.kind == FILE_DIRECTORY)
        return err_set(err, E_INVALID, "'%s' is a directory, not a file", request->file);
    if (info.kind != FILE_REGULAR && info.kind != FILE_LINK) {
        err_set(err, E_INVALID, "'%s' is not a regular file", request->file);
        return err_hint(err, "'-' writes to standard output, which may be of any kind");
    }
    if (request->force)
        return 0;
    err_set(err, E_CONFLICT, "file '%s' exists", request->file);
    return err_hint(err, "--force replaces it");
}

static int export_to_file(struct export_work *work, const struct version_export *request,
                          struct err *err)
{
    struct staged staged = STAGED_NONE;
    char *name = NULL;
    int dir = FILE_NONE;
    int rc;

    rc = open_target_directory(request->file, &dir, &name, err);
    if (rc == 0)
        rc = check_target(dir, name, request, err);
    if (rc == 0)
        rc = staged_open_outside(&staged, dir, err);
    if (rc == 0) {
        work->fd = staged.fd;
        rc = write_disk(work, err);
    }
    if (rc == 0)
        rc = staged_publish(&staged, name, request->force, err);
    staged_done(&staged);
    file_close(&dir);
    free(name);
    return rc;
}

static int export_to_stream(struct export_work *work, struct err *err)
{
    int rc;

    work->stream = true;
    work->name = "standard output";
    rc = file_standard(1, &work->fd, err);
    if (rc == 0)
        rc = write_disk(work, err);
    file_close(&work->fd);
    return rc;
}

/* --- which disk --- */

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

static int find_disk(const struct version *version, const struct version_export *request,
                     const struct disk_image **ret, struct err *err)
{
    const struct disk_images *data = &version->storage_profile.data_disk_images;

    *ret = &version->storage_profile.os_disk_image;
    if (!request->data_disk.set)
        return 0;
    for (size_t i = 0; i < data->count; i++) {
        *ret = &data->items[i];
        if (data->items[i].lun.value == request->data_disk.value)
            return 0;
    }
    return no_such_disk(data, request->data_disk.value, err);
}

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

static void tell(void *user, const char *text)
{
    store_notice(user, "%s", text);
}

static int export_version(struct store *store, const struct reference *ref,
                          const struct version_export *request, const char *region, struct err *err)
{
    struct export_work work = {.store = store, .name = request->file, .fd = FILE_NONE};
    struct replica_set replicas = {0};
    struct version version = {0};
    const struct disk_image *disk;
    struct disk_digest digest;
    struct buf what = {0};
    int rc;

    reference_add_text(&what, ref);
    work.what = buf_take(&what);
    rc = ops_read_version(store, ref, &version, err);
    if (rc == 0)
        rc = check_region(&version, region, err);
    if (rc == 0)
        rc = find_disk(&version, request, &disk, err);
    if (rc)
        goto out;
    if (!disk->disk_digest || !disk_digest_parse(disk->disk_digest, &digest)) {
        rc = err_set(err, E_CORRUPT, "the manifest names no disk digest");
        goto out;
    }
    version_fill_regions(&version);
    replica_set_open(store, &version, region, &replicas);
    rc = disk_reader_open(
        &(struct disk_reader_request){
            .replicas = replicas.items,
            .count = replicas.count,
            .digest = digest,
            .warn = tell,
            .user = store,
        },
        &work.reader, err);
    if (rc) {
        /* The version is there; what is missing is its data, and that is damage. */
        if (rc == E_NOT_FOUND)
            rc = err->code = E_CORRUPT;
        goto out;
    }
    work.bytes = mem_new(PIECE_BLOCKS, BLOCK_SIZE);
    rc = text_equal(request->file, "-") ? export_to_stream(&work, err)
                                        : export_to_file(&work, request, err);
out:
    free(work.bytes);
    free(work.what);
    disk_reader_close(work.reader);
    replica_set_close(&replicas);
    shape_done(&version_shape, &version);
    return rc;
}

int gal_version_export(struct store *store, const struct version_export *request, struct err *err)
{
    struct reference ref = ops_reference(&request->ref);
    const char *region;
    int rc;

    rc = ops_find_version(store, &ref, request->region, &region, err);
    if (rc == 0)
        rc = export_version(store, &ref, request, region, err);
    if (rc && rc != E_USAGE)
        ops_cannot(err, "export", &ref, REFERENCE_VERSION);
    shape_done(&reference_shape, &ref);
    return rc;
}
