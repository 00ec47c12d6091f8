#include <string.h>

#include "base/number.h"
#include "image/kind.h"

/* Bytes after which a range of data ends although more follows, so that looking for its end takes
 * only a moment. */
#define JOINED_MAX ((uint64_t)64 << 20)

/* Part of the disk that lies in one piece in the file, or not at all. */
struct run {
    uint64_t place; /* in the file; 0: nowhere */
    uint64_t end;   /* on the disk */
};

/* The table was checked when the source was opened; what does not fit now was changed since. */
static int find_place(const struct blocks *blocks, uint64_t number, uint64_t *ret, struct err *err)
{
    const struct source *source = blocks->cursor->source;
    const uint64_t length =
        number_smaller(blocks->block_size, source->size - number * (uint64_t)blocks->block_size);
    const int rc = blocks->place(blocks->cursor, number, ret, err);

    if (rc < 0)
        return rc;
    if (*ret && (*ret > source->info.size || length > source->info.size - *ret))
        return err_set(err, E_CHANGED, "'%s' changed while it was read", source->path);
    return 0;
}

/* The run from `offset` on, up to `limit`, which is within the disk. */
static int find_run(const struct blocks *blocks, uint64_t offset, uint64_t limit, struct run *ret,
                    struct err *err)
{
    const uint64_t number = offset / blocks->block_size;
    uint64_t place, next = number + 1;
    int rc = find_place(blocks, number, &place, err);

    if (rc < 0)
        return rc;
    while (next * blocks->block_size < limit) {
        uint64_t there;

        rc = find_place(blocks, next, &there, err);
        if (rc < 0)
            return rc;
        if (there != (place ? place + (next - number) * blocks->block_size : 0))
            break;
        next++;
    }
    ret->place = place ? place + offset % blocks->block_size : 0;
    ret->end = number_smaller(next * blocks->block_size, limit);
    return 0;
}

/* What of a run from `offset` on the file holds, not as a hole: nothing when *ret_start is its end.
 */
static int look_into(const struct blocks *blocks, const struct run *run, uint64_t offset,
                     uint64_t range[static 2], struct err *err)
{
    const struct source *source = blocks->cursor->source;
    const uint64_t length = run->end - offset;
    int rc;

    range[0] = range[1] = run->end;
    if (run->place == 0)
        return 0;
    rc = file_next_data(source->fd, source->path, run->place, run->place + length, &range[0],
                        &range[1], err);
    range[0] = offset + (range[0] - run->place);
    range[1] = offset + (range[1] - run->place);
    return rc;
}

int blocks_next_data(const struct blocks *blocks, uint64_t offset, uint64_t *ret_start,
                     uint64_t *ret_end, struct err *err)
{
    const uint64_t size = blocks->cursor->source->size;
    uint64_t start = size, end = size;
    bool found = false;

    while (offset < size && (!found || end - start < JOINED_MAX)) {
        uint64_t range[2];
        struct run run;
        int rc = find_run(blocks, offset, number_smaller(size, offset + JOINED_MAX), &run, err);

        if (rc == 0)
            rc = look_into(blocks, &run, offset, range, err);
        if (rc < 0)
            return rc;
        if (found && range[0] != offset)
            break;
        if (!found && range[0] < range[1]) {
            found = true;
            start = range[0];
        }
        if (found)
            end = range[1];
        if (found && end < run.end)
            break;
        offset = run.end;
    }
    *ret_start = start;
    *ret_end = end;
    return 0;
}

int blocks_read(const struct blocks *blocks, void *bytes, size_t length, uint64_t offset,
                struct err *err)
{
    uint8_t *out = bytes;
    const uint64_t end = offset + length;

    while (offset < end) {
        struct run run;
        size_t part;
        int rc = find_run(blocks, offset, end, &run, err);

        if (rc < 0)
            return rc;
        part = (size_t)(run.end - offset);
        if (run.place)
            rc = source_file_read(blocks->cursor->source, out, part, run.place, err);
        else
            memset(out, 0, part);
        if (rc < 0)
            return rc;
        out += part;
        offset = run.end;
    }
    return 0;
}
