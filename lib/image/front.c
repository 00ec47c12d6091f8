/* A disk that is read from front to back. Whether it is a raw disk or a fixed VHD shows in its last
 * bytes: those are held back until the end has come, and then the VHD reader is asked, which sees
 * the first and the last bytes of the flow as if they were the file. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "image/kind.h"
#include "image/signature.h"

enum {
    /* A VHD whose guest sees less than the file holds, for the sake of its geometry, has less than
     * a cylinder more: 16 heads of 255 sectors; and its footer. */
    HELD_BACK = (2 << 20) + 512,
    PIECE = 1 << 20,
    CAPACITY = HELD_BACK + 4 * PIECE, /* what is held back is moved once in four pieces */
};

struct front {
    struct flow *flow;
    enum source_format format;
    uint64_t limit;
    uint8_t *head; /* the first bytes */
    size_t head_length;
    uint8_t *bytes;   /* came, and were not given */
    size_t from, end; /* in `bytes` */
    uint64_t hole;    /* zeros that came behind those, and are not there */
    uint64_t came, given;
    bool ended;
};

int front_open(struct source *source, struct flow *flow, enum source_format format, uint64_t limit,
               struct err *err)
{
    struct front *front = mem_new(1, sizeof *front);
    const uint8_t *head = NULL;
    int rc;

    *front = (struct front){.flow = flow, .format = format, .limit = limit};
    source->front = front;
    source->kind = source_kind_of(format == SOURCE_ANY ? SOURCE_RAW : format);
    rc = flow_peek(flow, FLOW_PEEK_MAX, &head, &front->head_length, err);
    if (rc < 0)
        return rc;
    if (front->head_length == 0)
        return err_set(err, E_INVALID, "'%s' is empty", source->path);
    front->head = mem_copy(head, front->head_length);
    source->info.size = front->head_length;
    return 0;
}

void front_close(struct front *front)
{
    if (!front)
        return;
    flow_close(front->flow);
    free(front->head);
    free(front->bytes);
    free(front);
}

struct flow *front_release(struct source *source)
{
    struct flow *flow = source->front->flow;

    source->front->flow = NULL;
    front_close(source->front);
    source->front = NULL;
    return flow;
}

int front_file_head(const struct source *source, void *bytes, size_t length, size_t *ret_got)
{
    const struct front *front = source->front;

    *ret_got = (size_t)number_smaller(length, front->head_length);
    memcpy(bytes, front->head, *ret_got);
    return 0;
}

static int not_in_one_pass(const struct source *source, struct err *err)
{
    err_set(err, E_UNSUPPORTED, "'%s' cannot be read from front to back", source->path);
    return err_hint(err, "unpack it, and publish the file");
}

int front_file_read(const struct source *source, void *bytes, size_t length, uint64_t offset,
                    struct err *err)
{
    const struct front *front = source->front;

    if (offset <= front->head_length && length <= front->head_length - offset) {
        memcpy(bytes, front->head + offset, length);
        return 0;
    }
    if (offset >= front->given && front->bytes && offset <= front->came &&
        length <= front->came - offset) {
        memcpy(bytes, front->bytes + front->from + (offset - front->given), length);
        return 0;
    }
    return not_in_one_pass(source, err);
}

static int above_limit(const struct source *source, struct err *err)
{
    return err_set(err, E_INVALID, "'%s' holds a disk of more than %llu bytes, which is the most",
                   source->path, (unsigned long long)source->front->limit);
}

/* A footer is no part of the disk. */
static bool is_within(const struct front *front)
{
    return front->came <= front->limit || front->came - front->limit <= HELD_BACK;
}

static void make_room(struct front *front)
{
    if (CAPACITY - front->end >= PIECE)
        return;
    memmove(front->bytes, front->bytes + front->from, front->end - front->from);
    front->end -= front->from;
    front->from = 0;
}

/* The last zeros of a hole, which may be the last bytes of all. */
static int hold_hole(struct front *front)
{
    const size_t part = (size_t)number_smaller(front->hole, PIECE);

    memset(front->bytes + front->end, 0, part);
    front->end += part;
    front->hole -= part;
    return 0;
}

/* One more piece behind what is held. */
static int fill(struct source *source, struct err *err)
{
    struct front *front = source->front;
    size_t got = 0;
    int rc;

    if (!front->bytes)
        front->bytes = mem_new(CAPACITY, 1);
    make_room(front);
    if (front->hole > 0)
        return hold_hole(front);
    rc = flow_pass_zeros(front->flow, &front->hole, err);
    if (rc == 0 && front->hole == 0) {
        rc = flow_read(front->flow, front->bytes + front->end, PIECE, &got, err);
        front->ended = got < PIECE;
    }
    if (rc < 0)
        return rc;
    front->end += got;
    front->came += got + front->hole;
    return is_within(front) ? 0 : above_limit(source, err);
}

/* All bytes are here: what are they? */
static int settle(struct source *source, struct err *err)
{
    struct front *front = source->front;
    bool is_vhd = front->format == SOURCE_VHD;
    int rc = 0;

    source->info.size = front->came;
    source->size = front->came;
    if (front->format == SOURCE_ANY)
        rc = vhd_kind.probe(source, &is_vhd, err);
    if (rc == 0 && front->format == SOURCE_ANY && !is_vhd && source->promise)
        rc = signature_refuse_name(source->path, source->promise, err);
    if (rc == 0 && is_vhd) {
        source->kind = &vhd_kind;
        rc = vhd_kind.open(source, err);
    }
    /* More was given already, or it is a dynamic VHD after all. */
    if (rc == 0 && (source->size < front->given || source->size > front->came || source->layout))
        rc = not_in_one_pass(source, err);
    if (rc == 0)
        rc = source_check_size(source, front->limit, err);
    if (rc == 0)
        rc = flow_finish(front->flow, err);
    if (rc < 0)
        source->size = 0;
    return rc;
}

/* Bytes that came and were not given. */
static uint64_t kept(const struct front *front)
{
    return front->end - front->from + front->hole;
}

static int come_to_end(struct source *source, struct err *err)
{
    struct front *front = source->front;
    int rc = 0;

    /* An empty disk is refused: this is one that turned out to be none. */
    if (front->ended && source->size == 0)
        return err_set(err, E_INVALID, "'%s' is no disk that can be read", source->path);
    while (rc == 0 && !front->ended && kept(front) <= HELD_BACK) {
        rc = fill(source, err);
        if (rc == 0 && front->ended)
            rc = settle(source, err);
    }
    return rc;
}

/* What of all that may be given. */
static uint64_t ready(const struct source *source)
{
    const struct front *front = source->front;

    if (front->ended)
        return source->size - front->given;
    return kept(front) > HELD_BACK ? kept(front) - HELD_BACK : 0;
}

static void give(struct front *front, uint8_t *bytes, size_t length)
{
    const size_t part = (size_t)number_smaller(front->end - front->from, length);

    memcpy(bytes, front->bytes + front->from, part);
    memset(bytes + part, 0, length - part);
    front->from += part;
    front->hole -= length - part;
    front->given += length;
}

int front_pull(struct source *source, void *bytes, size_t capacity, size_t *ret_got,
               struct err *err)
{
    struct front *front = source->front;
    size_t done = 0;

    while (done < capacity) {
        const int rc = come_to_end(source, err);
        size_t part;

        if (rc < 0)
            return rc;
        part = (size_t)number_smaller(ready(source), capacity - done);
        if (part == 0)
            break;
        give(front, (uint8_t *)bytes + done, part);
        done += part;
    }
    *ret_got = done;
    return 0;
}

uint64_t front_pass_hole(struct source *source, size_t unit)
{
    struct front *front = source->front;
    uint64_t part = 0;

    if (front->from == front->end)
        part = ready(source) / unit * unit;
    front->hole -= part;
    front->given += part;
    return part;
}
