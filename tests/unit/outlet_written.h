/* outlet_written.h: a disk, written in a format, in any order, and read back. */
#ifndef UNIT_OUTLET_WRITTEN_H
#define UNIT_OUTLET_WRITTEN_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "intake/open.h"
#include "outlet/writer.h"
#include "tests/unit/scratch.h"

enum { BLOCK = 4096 };

#define KIB ((uint64_t)1 << 10)
#define MIB ((uint64_t)1 << 20)
#define GIB ((uint64_t)1 << 30)
#define TIB ((uint64_t)1 << 40)

/* Blocks of the disk that hold data. */
struct run {
    uint64_t block, count;
};

struct toy {
    struct image_request request;
    struct run runs[8]; /* ascending; a count of 0 ends them */
};

static inline const struct run *run_of(const struct toy *toy, uint64_t block)
{
    for (const struct run *run = toy->runs; run->count; run++)
        if (block >= run->block && block - run->block < run->count)
            return run;
    return NULL;
}

/* What the disk has there: every third block is noise, the others a few words again and again. */
static inline void toy_block(const struct toy *toy, uint64_t block, uint8_t out[static BLOCK])
{
    uint64_t state = block * 2 + 1;

    memset(out, 0, BLOCK);
    if (!run_of(toy, block))
        return;
    for (size_t i = 0; i < BLOCK; i++) {
        state = block % 3 ? block + i % 64 : state * 6364136223846793005u + 1442695040888963407u;
        out[i] = (uint8_t)(state >> (block % 3 ? 0 : 56) | (i == 0));
    }
    if (toy->request.size - block * BLOCK < BLOCK)
        memset(out + toy->request.size % BLOCK, 0, BLOCK - toy->request.size % BLOCK);
}

/* --- the file --- */

struct written {
    struct scratch scratch;
    char path[300];
    int fd;
    uint64_t size;      /* of the disk */
    uint64_t file_size; /* so the writer says */
    struct span {
        uint64_t at, length;
        uint8_t *bytes;
    } * spans; /* what is to be written */
    size_t count;
    size_t pieces; /* the spans that are not data */
};

static inline void add_span(struct written *written, uint64_t at, const void *bytes, size_t length)
{
    if ((written->count & (written->count - 1)) == 0)
        written->spans = realloc(written->spans,
                                 (written->count ? 2 * written->count : 1) * sizeof(struct span));
    written->spans[written->count] = (struct span){at, length, malloc(length)};
    memcpy(written->spans[written->count++].bytes, bytes, length);
}

/* Take the pieces that there are. They lie at or behind `from`, and ascend, when forward. Returns
 * where the last one ends. */
static inline uint64_t take_pieces(struct written *written, struct image_writer *writer,
                                   uint64_t *state, uint64_t from)
{
    struct image_piece piece;

    while (image_writer_piece(writer, state, &piece)) {
        ck_assert(piece.length > 0 && piece.length <= 2 << 20);
        if (image_writer_is_forward(writer))
            ck_assert_uint_ge(piece.offset, from);
        from = piece.offset + piece.length;
        add_span(written, piece.offset, piece.bytes, piece.length);
        written->pieces++;
    }
    return from;
}

static inline void plan_toy(struct written *written, struct image_writer *writer,
                            const struct toy *toy)
{
    struct err err = {0};
    uint64_t state = 0, end = 0;
    uint8_t bytes[BLOCK];

    for (const struct run *run = toy->runs; run->count; run++) {
        const uint64_t offset = run->block * BLOCK, length = run->count * BLOCK;
        const uint64_t rest = toy->request.size - offset;

        image_writer_mark(writer, offset, length < rest ? length : rest);
    }
    ck_assert_msg(image_writer_plan(writer, &err) == 0, "%s", err.text);
    take_pieces(written, writer, &state, 0);
    for (const struct run *run = toy->runs; run->count; run++)
        for (uint64_t i = run->block; i < run->block + run->count; i++) {
            const uint64_t rest = toy->request.size - i * BLOCK;
            uint64_t length;
            const uint64_t at = image_writer_place(writer, i * BLOCK, &length);

            toy_block(toy, i, bytes);
            ck_assert_uint_ge(length, rest < BLOCK ? rest : BLOCK);
            ck_assert(!image_writer_is_forward(writer) || at >= end);
            end = at + (rest < BLOCK ? rest : BLOCK);
            add_span(written, at, bytes, rest < BLOCK ? rest : BLOCK);
        }
}

/* The next unit at or behind `offset` that holds data; UINT64_MAX when there is none. */
static inline uint64_t next_unit(const struct toy *toy, uint64_t offset, size_t unit)
{
    for (const struct run *run = toy->runs; run->count; run++)
        if ((run->block + run->count) * BLOCK > offset)
            return (run->block * BLOCK > offset ? run->block * BLOCK : offset) / unit * unit;
    return UINT64_MAX;
}

static inline void append_toy(struct written *written, struct image_writer *writer,
                              const struct toy *toy)
{
    const size_t size = image_writer_unit(writer);
    struct image_packer *packers[2] = {image_packer_new(writer), image_packer_new(writer)};
    uint8_t *bytes = malloc(size), *out = malloc(image_writer_bound(writer));
    uint64_t state = 0, end = 0, place;
    struct image_unit unit;
    struct err err = {0};

    for (uint64_t at = next_unit(toy, 0, size); at != UINT64_MAX;
         at = next_unit(toy, at + size, size)) {
        for (size_t i = 0; i < size; i += BLOCK)
            toy_block(toy, (at + i) / BLOCK, bytes + i);
        image_packer_pack(packers[at / size % 2], at, bytes, out, &unit);
        ck_assert_uint_eq(unit.offset, at);
        ck_assert_uint_le(unit.length, image_writer_bound(writer));
        ck_assert_int_eq(image_writer_append(writer, &unit, &place, &err), 0);
        end = take_pieces(written, writer, &state, end);
        if (image_writer_is_forward(writer))
            ck_assert_uint_ge(place, end);
        end = place + unit.length;
        add_span(written, place, out, unit.length);
    }
    ck_assert_int_eq(image_writer_finish(writer, &err), 0);
    take_pieces(written, writer, &state, end);
    image_packer_free(packers[0]);
    image_packer_free(packers[1]);
    free(bytes);
    free(out);
}

static inline int compare_spans(const void *left, const void *right)
{
    const struct span *a = left, *b = right;

    return a->at < b->at ? -1 : a->at > b->at;
}

/* Nothing lies on anything else or behind the end. */
static inline void check_spans(const struct written *written)
{
    uint64_t end = 0;

    qsort(written->spans, written->count, sizeof *written->spans, compare_spans);
    for (size_t i = 0; i < written->count; i++) {
        ck_assert_uint_ge(written->spans[i].at, end);
        end = written->spans[i].at + written->spans[i].length;
    }
    ck_assert_uint_le(end, written->file_size);
}

static inline void save_spans(struct written *written, unsigned order)
{
    uint64_t state = order;

    for (size_t i = written->count; order && i > 1; i--) {
        struct span *last = &written->spans[i - 1], *other;
        const struct span kept = *last;

        state = state * 6364136223846793005u + 1442695040888963407u;
        other = &written->spans[(state >> 33) % i];
        *last = *other;
        *other = kept;
    }
    for (size_t i = 0; i < written->count; i++) {
        const struct span *span = &written->spans[i];

        ck_assert_int_eq(pwrite(written->fd, span->bytes, span->length, (off_t)span->at),
                         (ssize_t)span->length);
        free(span->bytes);
    }
    free(written->spans);
    ck_assert_int_eq(ftruncate(written->fd, (off_t)written->file_size), 0);
}

/* `order`: of writing; 0 is from front to back. */
static inline struct written write_toy(const struct toy *toy, unsigned order)
{
    struct written written = {.scratch = scratch_new()};
    struct image_writer *writer = NULL;
    struct err err = {0};

    snprintf(written.path, sizeof written.path, "%s/disk", written.scratch.path);
    written.fd = open(written.path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_ge(written.fd, 0);
    ck_assert_msg(image_writer_new(&toy->request, &writer, &err) == 0, "%s", err.text);
    written.size = image_writer_size(writer);
    if (image_writer_appends(writer))
        append_toy(&written, writer, toy);
    else
        plan_toy(&written, writer, toy);
    written.file_size = image_writer_file_size(writer);
    check_spans(&written);
    save_spans(&written, order);
    image_writer_free(writer);
    return written;
}

static inline void written_done(struct written *written)
{
    close(written->fd);
    scratch_done(&written->scratch);
}

/* --- what is in it --- */

static inline void written_read(const struct written *written, uint64_t at, void *bytes,
                                size_t length)
{
    ck_assert_int_eq(pread(written->fd, bytes, length, (off_t)at), (ssize_t)length);
}

/* Bytes of the file that take space. */
static inline uint64_t written_allocated(const struct written *written)
{
    struct stat st;

    ck_assert_int_eq(fstat(written->fd, &st), 0);
    return (uint64_t)st.st_blocks * 512;
}

static inline void check_same_bytes(const struct written *left, const struct written *right)
{
    uint8_t bytes[2][BLOCK];

    ck_assert_uint_eq(left->file_size, right->file_size);
    for (uint64_t at = 0; at < left->file_size; at += BLOCK) {
        const ssize_t length = pread(left->fd, bytes[0], BLOCK, (off_t)at);

        ck_assert_int_gt(length, 0);
        ck_assert_int_eq(pread(right->fd, bytes[1], BLOCK, (off_t)at), length);
        ck_assert_mem_eq(bytes[0], bytes[1], (size_t)length);
    }
}

static inline void check_block(const struct toy *toy, struct source_cursor *cursor, uint64_t size,
                               uint64_t block)
{
    const uint64_t offset = block * BLOCK;
    const size_t length = size - offset < BLOCK ? size - offset : BLOCK;
    uint8_t expected[BLOCK], found[BLOCK];
    struct err err = {0};

    toy_block(toy, block, expected);
    ck_assert_msg(source_read(cursor, found, length, offset, &err) == 0, "%s", err.text);
    ck_assert_msg(memcmp(found, expected, length) == 0, "block %llu", (unsigned long long)block);
}

/* Every run, and the blocks beside it. */
static inline void check_runs(const struct toy *toy, struct source_cursor *cursor, uint64_t size)
{
    for (const struct run *run = toy->runs; run->count; run++) {
        const uint64_t first = run->block ? run->block - 1 : 0, end = run->block + run->count + 1;

        for (uint64_t block = first; block < end && block * BLOCK < size; block++)
            check_block(toy, cursor, size, block);
    }
}

/* What is said to hold data: clusters that runs touch, of which at least one block is theirs. */
static inline void check_data(const struct toy *toy, struct source_cursor *cursor, uint64_t cluster,
                              uint64_t size)
{
    uint64_t start = 0, end = 0;
    struct err err = {0};

    for (;;) {
        const uint64_t before = end;

        ck_assert_int_eq(source_next_data(cursor, before, &start, &end, &err), 0);
        for (const struct run *run = toy->runs; run->count; run++)
            ck_assert((run->block + run->count) * BLOCK <= before || run->block * BLOCK >= start ||
                      before == start);
        if (start == end)
            return;
        for (uint64_t at = start; at < end; at += cluster) {
            const uint64_t first = at / cluster * cluster;
            bool any = false;

            for (uint64_t i = first; i < first + cluster && i < size; i += BLOCK) {
                any = any || run_of(toy, i / BLOCK);
                check_block(toy, cursor, size, i / BLOCK);
            }
            ck_assert(any);
        }
    }
}

/* The reader of the format gives the disk, and knows its holes to a cluster. */
static inline void check_disk(const struct toy *toy, const struct written *written,
                              enum source_format format, uint64_t cluster)
{
    const struct source_request request = {
        .path = written->path, .format = format, .limit = UINT64_MAX};
    struct source_cursor *cursor;
    struct source *source;
    struct err err = {0};

    ck_assert_msg(source_open(&request, &source, &err) == 0, "%s", err.text);
    ck_assert_uint_eq(source_size(source), written->size);
    cursor = source_cursor_new(source);
    check_runs(toy, cursor, written->size);
    check_data(toy, cursor, cluster, written->size);
    source_cursor_free(cursor);
    source_close(source);
}

/* Written from front to back and in another order it is the same file, and gives the disk. */
static inline struct written check_toy(const struct toy *toy, enum source_format format,
                                       uint64_t cluster)
{
    struct written first = write_toy(toy, 0), second = write_toy(toy, 7);

    if (first.file_size < 64 * MIB)
        check_same_bytes(&first, &second);
    written_done(&first);
    check_disk(toy, &second, format, cluster);
    return second;
}

/* Sizes at which something is rounded, with no data, with some, and with nothing else. */
static inline void check_sizes(enum image_format format, bool compress, enum source_format reader,
                               uint64_t cluster, void (*also)(const struct written *))
{
    static const uint64_t sizes[] = {1, 511, 512, 4097, 65536, 65537, 1234567, 5 * MIB + 512};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const uint64_t blocks = (sizes[i] + BLOCK - 1) / BLOCK;
        const struct toy toys[] = {
            {.runs = {{0, 0}}},
            {.runs = {{0, blocks}}},
            {.runs = {{blocks / 3, blocks / 3 + 1}}},
            {.runs = {{blocks - 1, 1}}},
        };

        for (size_t k = 0; k < sizeof toys / sizeof *toys; k++) {
            struct toy toy = toys[k];
            struct written written;

            toy.request = (struct image_request){format, compress, sizes[i], .seed = {(uint8_t)k}};
            written = check_toy(&toy, reader, cluster);
            ck_assert_uint_eq(written.size, (sizes[i] + 511) / 512 * 512);
            also(&written);
            written_done(&written);
        }
    }
}

#endif
