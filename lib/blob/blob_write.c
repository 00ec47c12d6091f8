/* Blobs: written and published. */
#include "blob/blob.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "base/endian.h"
#include "blob/room.h"
#include "os/dir.h"
#include "os/file.h"

/* What must be remembered of a frame until the table is written: 16 bytes, since a blob may have a
 * million frames. */
struct frame_note {
    uint64_t xxh3;
    uint32_t stored_length;
    uint8_t count;
    uint8_t codec;
};

struct blob_writer {
    struct sink sink;
    int dir;
    struct {
        struct frame_note *items;
        size_t count;
    } frames;
    struct {
        struct block_id *items;
        size_t count;
    } ids;
    size_t framed; /* of them, those whose frames are there */
};

int blob_writer_open(int dir, struct blob_writer **ret, struct err *err)
{
    struct blob_writer *writer = mem_new(1, sizeof *writer);
    uint8_t header[BLOB_HEADER_SIZE] = BLOB_MAGIC;
    int rc;

    writer->dir = dir;
    little_put32(header + 8, 1);
    rc = sink_open(&writer->sink, dir, "new blob", err);
    if (rc == 0)
        rc = sink_add(&writer->sink, header, sizeof header, err);
    if (rc) {
        blob_writer_close(writer);
        return err_wrap(err, "cannot start a blob");
    }
    *ret = writer;
    return 0;
}

void blob_writer_close(struct blob_writer *writer)
{
    if (!writer)
        return;
    sink_done(&writer->sink);
    free(writer->frames.items);
    free(writer->ids.items);
    free(writer);
}

uint64_t blob_writer_room(const struct blob_writer *writer)
{
    const uint64_t stored = sink_offset(&writer->sink) - BLOB_HEADER_SIZE;

    return stored < BLOB_STORED_MAX ? BLOB_STORED_MAX - stored : 0;
}

uint64_t blob_writer_size(const struct blob_writer *writer)
{
    return sink_offset(&writer->sink);
}

bool blob_writer_is_full(const struct blob_writer *writer)
{
    return blob_writer_room(writer) == 0 || writer->ids.count + FRAME_BLOCKS > BLOB_BLOCKS_MAX;
}

uint32_t blob_writer_announce(struct blob_writer *writer, const struct block_id *id)
{
    *VEC_ADD(&writer->ids) = *id;
    return (uint32_t)(writer->ids.count - 1);
}

const struct block_id *blob_writer_id(const struct blob_writer *writer, uint32_t number)
{
    return &writer->ids.items[number];
}

static bool frame_is_sound(const struct frame_bytes *frame)
{
    const size_t plain = frame->count * BLOCK_SIZE;

    if (frame->count < 1 || frame->count > FRAME_BLOCKS || frame->stored_length < 1)
        return false;
    switch (frame->codec) {
    case CODEC_NONE:
        return frame->stored_length == plain;
    case CODEC_ZLIB:
    case CODEC_ZSTD:
        return frame->stored_length < plain;
    }
    return false;
}

int blob_writer_add(struct blob_writer *writer, const struct frame_bytes *frame,
                    uint32_t *ret_first, struct err *err)
{
    const size_t first = writer->framed;
    const size_t announced = writer->ids.count - first;
    int rc;

    if (!frame_is_sound(frame))
        return err_set(err, E_INVALID,
                       "cannot add a frame to a blob: lengths or codec break the format");
    if (first + frame->count > BLOB_BLOCKS_MAX || blob_writer_room(writer) == 0)
        return err_set(err, E_INVALID, "cannot add a frame to a blob: the blob is full");
    if (frame->ids ? announced > 0 : announced < frame->count)
        return err_set(err, E_INVALID, "cannot add a frame to a blob: it was not announced so");
    rc = sink_add(&writer->sink, frame->stored, frame->stored_length, err);
    if (rc)
        return rc;
    *VEC_ADD(&writer->frames) = (struct frame_note){
        .xxh3 = digest_xxh3(frame->stored, frame->stored_length),
        .stored_length = (uint32_t)frame->stored_length,
        .count = (uint8_t)frame->count,
        .codec = (uint8_t)frame->codec,
    };
    for (size_t i = 0; frame->ids && i < frame->count; i++)
        *VEC_ADD(&writer->ids) = frame->ids[i];
    writer->framed += frame->count;
    *ret_first = (uint32_t)first;
    return 0;
}

/* To the file and into the digest of the tables. */
static int add_row(struct blob_writer *writer, struct xxh128 *tables, const uint8_t *row,
                   size_t length, struct err *err)
{
    xxh128_add(tables, row, length);
    return sink_add(&writer->sink, row, length, err);
}

static int write_frame_table(struct blob_writer *writer, struct xxh128 *tables, struct err *err)
{
    uint64_t offset = BLOB_HEADER_SIZE;
    uint32_t first = 0;

    for (size_t i = 0; i < writer->frames.count; i++) {
        const struct frame_note *frame = &writer->frames.items[i];
        uint8_t row[BLOB_FRAME_ROW] = {0};
        int rc;

        little_put64(row, offset);
        little_put32(row + 8, frame->stored_length);
        little_put32(row + 12, first);
        little_put16(row + 16, frame->count);
        row[18] = frame->codec;
        little_put64(row + 24, frame->xxh3);
        rc = add_row(writer, tables, row, sizeof row, err);
        if (rc)
            return rc;
        offset += frame->stored_length;
        first += frame->count;
    }
    return 0;
}

static int write_tables(struct blob_writer *writer, struct xxh128 *tables, struct err *err)
{
    const uint64_t offset = sink_offset(&writer->sink);
    uint8_t header[BLOB_HEADER_SIZE] = BLOB_MAGIC;
    uint8_t footer[BLOB_FOOTER_SIZE] = BLOB_END_MAGIC;
    int rc;

    little_put32(header + 8, 1);
    xxh128_add(tables, header, sizeof header);
    rc = write_frame_table(writer, tables, err);
    for (size_t i = 0; rc == 0 && i < writer->ids.count; i++)
        rc = add_row(writer, tables, writer->ids.items[i].sha256, BLOB_ID_ROW, err);
    if (rc)
        return rc;
    little_put32(footer + 8, 1);
    little_put32(footer + 12, (uint32_t)writer->frames.count);
    little_put32(footer + 16, (uint32_t)writer->ids.count);
    little_put64(footer + 24, offset);
    xxh128_result(tables, footer + 40);
    little_put64(footer + 56, digest_xxh3(footer, 56));
    rc = sink_add(&writer->sink, footer, sizeof footer, err);
    return rc ? rc : sink_flush(&writer->sink, err);
}

/* Whether `size` bytes of both are the same: 1 yes, 0 no, negative E_*. */
static int compare_files(int left, int right, uint64_t size, const char *name, struct err *err)
{
    uint8_t *bytes = mem_new(2, SINK_SIZE);
    int same = 1;

    for (uint64_t offset = 0; same == 1 && offset < size; offset += SINK_SIZE) {
        const size_t length = size - offset < SINK_SIZE ? (size_t)(size - offset) : SINK_SIZE;
        int rc = file_read_exact(left, "new blob", bytes, length, offset, err);

        if (rc == 0)
            rc = file_read_exact(right, name, bytes + SINK_SIZE, length, offset, err);
        same = rc ? rc : memcmp(bytes, bytes + SINK_SIZE, length) == 0;
    }
    free(bytes);
    return same;
}

/* Whether the file of our blob's name holds our blob: 1 yes, 0 no, negative E_*. */
static int is_ours(const struct blob_writer *writer, int fd, const char *name, struct err *err)
{
    struct file_info info;
    int rc = file_stat(fd, name, &info, err);

    if (rc)
        return rc;
    if (info.kind != FILE_REGULAR || info.size != sink_offset(&writer->sink))
        return 0;
    return compare_files(writer->sink.staged.fd, fd, info.size, name, err);
}

/* Somebody else's content under our name stays. What does not give its own name is damaged, and
 * nobody could publish ours again as long as it is there: it gives way. */
static int replace_damaged(struct blob_writer *writer, int fd, const struct blob_name *name,
                           const char *file_name, struct err *err)
{
    struct err cause = {0};
    const int rc = blob_verify_fd(fd, name, &cause);

    if (rc == 0)
        return file_damaged(file_name, "a new blob has this name and other content", err);
    if (rc != E_CORRUPT) {
        if (err)
            *err = cause;
        return rc;
    }
    return staged_publish(&writer->sink.staged, file_name, true, err);
}

/* A blob of that name is there: it must be the same one, and durable, since ours is dropped for it.
 */
static int accept_existing(struct blob_writer *writer, const struct blob_name *name,
                           const char *file_name, bool *ret_new, struct err *err)
{
    int fd = FILE_NONE;
    int same;
    int rc = file_open(writer->dir, file_name, FILE_READ, &fd, err);

    if (rc)
        return rc;
    same = is_ours(writer, fd, file_name, err);
    *ret_new = same == 0;
    if (same == 0)
        rc = replace_damaged(writer, fd, name, file_name, err);
    else if (same < 0)
        rc = same;
    else
        rc = file_flush(fd, file_name, err);
    if (rc == 0)
        rc = dir_flush(writer->dir, "blobs", err);
    file_close(&fd);
    return rc;
}

int blob_writer_publish(struct blob_writer *writer, struct blob_name *ret_name, uint64_t *ret_size,
                        bool *ret_new, struct err *err)
{
    struct xxh128 *tables;
    struct blob_name name;
    char file_name[BLOB_FILE_NAME];
    int rc;

    if (writer->frames.count == 0 || writer->framed < writer->ids.count)
        return err_set(err, E_INVALID, "cannot publish a blob: it has no frames, or too few");
    tables = xxh128_new();
    rc = write_tables(writer, tables, err);
    xxh128_free(tables);
    if (rc)
        return rc;
    xxh128_result(writer->sink.hash, name.xxh128);
    *ret_name = name;
    *ret_size = sink_offset(&writer->sink);
    *ret_new = true;
    if (writer->dir == FILE_NONE)
        return 0;
    blob_file_name(&name, file_name);
    rc = file_set_time(writer->sink.staged.fd, file_name, BLOB_UNREAD, err);
    if (rc)
        return rc;
    rc = staged_publish(&writer->sink.staged, file_name, false, err);
    *ret_new = rc == 0;
    if (rc == E_CONFLICT)
        rc = accept_existing(writer, &name, file_name, ret_new, err);
    return rc;
}
