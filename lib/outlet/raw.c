/* Raw: the disk and nothing else. */
#include "outlet/room.h"

static int raw_writer_open(struct image_writer *writer, struct err *err)
{
    (void)writer;
    (void)err;
    return 0;
}

static int raw_writer_plan(struct image_writer *writer, struct err *err)
{
    (void)err;
    writer->file_size = writer->size;
    return 0;
}

static uint64_t raw_writer_place(const struct image_writer *writer, uint64_t offset,
                                 uint64_t *ret_length)
{
    *ret_length = writer->size - offset;
    return offset;
}

const struct image_writer_kind raw_writer_kind = {
    .format = IMAGE_RAW,
    .forward = true,
    .name = "raw disk",
    .open = raw_writer_open,
    .plan = raw_writer_plan,
    .place = raw_writer_place,
};
