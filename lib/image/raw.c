/* Raw: the file is the disk. */
#include "image/kind.h"

static int raw_open(struct source *source, struct err *err)
{
    (void)err;
    source->size = source->info.size;
    return 0;
}

int raw_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                  uint64_t *ret_end, struct err *err)
{
    const struct source *source = cursor->source;

    return file_next_data(source->fd, source->path, offset, source->size, ret_start, ret_end, err);
}

int raw_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
             struct err *err)
{
    return source_file_read(cursor->source, bytes, length, offset, err);
}

const struct source_kind raw_kind = {
    .name = "raw",
    .format = SOURCE_RAW,
    .open = raw_open,
    .next_data = raw_next_data,
    .read = raw_read,
};
