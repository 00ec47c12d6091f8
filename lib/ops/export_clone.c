/* A raw export of a disk that is kept ready: the file shares its bytes where the file system can do
 * that, and what was shared is read and compared before anybody gets it. */
#include "ops/export.h"
#include "os/file.h"
#include "os/output.h"
#include "replica/raw.h"

struct cloning {
    const struct export_image *image;
    uint64_t done, total;
};

static void advance(void *user, uint64_t bytes)
{
    struct cloning *const cloning = user;

    cloning->done += bytes;
    ops_progress(cloning->image->store, "export", cloning->image->what, cloning->done,
                 cloning->total, cloning->done == cloning->total);
}

int export_clone(const struct export_image *image, bool *ret_done, struct err *err)
{
    struct cloning cloning = {
        .image = image,
        .total = disk_reader_data_blocks(image->reader) * BLOCK_SIZE,
    };
    const struct raw_proof proof = {
        .reader = image->reader,
        .pool = ops_pool(image->store),
        .fd = image->target->fd,
        .name = image->target->name,
        .progress = advance,
        .user = &cloning,
    };
    const int raw = disk_reader_raw(image->reader);
    struct err ignored = {0}; /* whoever reads it block by block says what is wrong with it */

    *ret_done = raw != FILE_NONE && image->target->kind == TARGET_FILE &&
                output_clone(image->target->fd, raw);
    if (!*ret_done)
        return 0;
    if (raw_prove(&proof, &ignored) == 0)
        return image_writer_plan(image->writer, err);
    *ret_done = false;
    return file_resize(image->target->fd, image->target->name, 0, err);
}
