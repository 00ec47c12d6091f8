/* Raw: the file is the disk. */
#include "image/room.h"

static int raw_open(struct source *source, struct err *err)
{
    (void)err;
    source->size = source->info.size;
    return 0;
}

int raw_next_data(struct source *source, uint64_t offset, uint64_t *ret_start, uint64_t *ret_end,
                  struct err *err)
{
    return file_next_data(source->fd, source->path, offset, source->size, ret_start, ret_end, err);
}

int raw_read(struct source *source, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    size_t got;
    const int rc = file_read_at(source->fd, source->path, bytes, length, offset, &got, err);

    if (rc < 0)
        return rc;
    if (got < length)
        return err_set(err, E_CHANGED, "'%s' became shorter while it was read", source->path);
    return 0;
}

const struct source_kind raw_kind = {
    .open = raw_open,
    .next_data = raw_next_data,
    .read = raw_read,
};
