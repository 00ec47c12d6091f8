/* Blobs: opened, proven and read. */
#include "blob/blob.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/endian.h"
#include "blob/room.h"
#include "os/file.h"

enum {
    WINDOW_IDS = 512, /* 16 KiB of identities kept, so that a walk along a blob costs few reads */
    PIECE_SIZE = 1 << 18, /* bytes of a table read at a time */
};

/* The identities last read. Several threads may read one blob: who finds the window taken reads the
 * file. */
struct window {
    atomic_flag taken;
    uint32_t first;
    uint32_t count;
    uint8_t ids[WINDOW_IDS * BLOB_ID_ROW];
};

struct blob {
    int fd;
    char path[BLOB_PATH_SIZE];
    struct blob_name name;
    uint64_t size;
    uint64_t table; /* offset of the frame table */
    uint32_t frame_count;
    uint32_t block_count;
    uint8_t digest[XXH128_SIZE]; /* of the tables, from the footer */
    struct frame *frames;
    struct window *window;
};

bool blob_names_have(const struct blob_names *names, const struct blob_name *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (memcmp(&names->items[i], name, sizeof *name) == 0)
            return true;
    return false;
}

void blob_name_text(const struct blob_name *name, char text[BLOB_NAME_TEXT])
{
    text_hex(text, name->xxh128, sizeof name->xxh128);
}

bool blob_name_parse(const char *file_name, struct blob_name *ret)
{
    char digits[BLOB_NAME_TEXT];
    struct blob_name name;

    if (strlen(file_name) != BLOB_FILE_NAME - 1 ||
        strcmp(file_name + BLOB_NAME_TEXT - 1, ".blob") != 0)
        return false;
    memcpy(digits, file_name, sizeof digits - 1);
    digits[sizeof digits - 1] = '\0';
    if (!text_unhex(digits, name.xxh128, sizeof name.xxh128))
        return false;
    *ret = name;
    return true;
}

void blob_file_name(const struct blob_name *name, char file_name[BLOB_FILE_NAME])
{
    char text[BLOB_NAME_TEXT];

    blob_name_text(name, text);
    snprintf(file_name, BLOB_FILE_NAME, "%s.blob", text);
}

void blob_path(const struct blob_name *name, char path[BLOB_PATH_SIZE])
{
    char file_name[BLOB_FILE_NAME];

    blob_file_name(name, file_name);
    snprintf(path, BLOB_PATH_SIZE, "blobs/%s", file_name);
}

int file_damaged(const char *name, const char *why, struct err *err)
{
    return err_set(err, E_CORRUPT, "cannot use '%s': %s", name, why);
}

/* The last 64 bytes, and that file size and counts agree. */
static int read_footer(struct blob *blob, struct err *err)
{
    const uint64_t least = BLOB_HEADER_SIZE + 1 + BLOB_FRAME_ROW + BLOB_ID_ROW + BLOB_FOOTER_SIZE;
    uint8_t footer[BLOB_FOOTER_SIZE];
    struct file_info info;
    uint64_t tables;
    int rc = file_stat(blob->fd, blob->path, &info, err);

    if (rc)
        return rc;
    if (info.kind != FILE_REGULAR)
        return file_damaged(blob->path, "it is not a regular file", err);
    if (info.size < least)
        return file_damaged(blob->path, "it is too short for a blob", err);
    blob->size = info.size;
    rc = file_read_exact(blob->fd, blob->path, footer, sizeof footer, info.size - sizeof footer,
                         err);
    if (rc)
        return rc;
    if (memcmp(footer, BLOB_END_MAGIC, 8) != 0 ||
        little_get64(footer + 56) != digest_xxh3(footer, 56))
        return file_damaged(blob->path, "its footer is damaged", err);
    if (little_get32(footer + 8) != 1)
        return err_set(err, E_UNSUPPORTED, "cannot use '%s': format %u is unknown", blob->path,
                       (unsigned)little_get32(footer + 8));
    blob->frame_count = little_get32(footer + 12);
    blob->block_count = little_get32(footer + 16);
    blob->table = little_get64(footer + 24);
    memcpy(blob->digest, footer + 40, sizeof blob->digest);
    if (blob->frame_count < 1 || blob->frame_count > blob->block_count ||
        blob->block_count > BLOB_BLOCKS_MAX)
        return file_damaged(blob->path, "its counts of frames and blocks cannot be", err);
    tables = (uint64_t)blob->frame_count * BLOB_FRAME_ROW +
             (uint64_t)blob->block_count * BLOB_ID_ROW + BLOB_FOOTER_SIZE;
    if (tables >= blob->size || blob->table != blob->size - tables ||
        blob->table <= BLOB_HEADER_SIZE || little_get32(footer + 20) != 0 ||
        !mem_is_zero(footer + 32, 8))
        return file_damaged(blob->path, "its footer does not fit its size", err);
    return 0;
}

/* One row of the frame table; `previous` NULL for the first. */
static bool parse_frame(const uint8_t *row, const struct frame *previous, struct frame *frame)
{
    const uint64_t offset =
        previous ? previous->offset + previous->stored_length : BLOB_HEADER_SIZE;
    const uint32_t first = previous ? previous->first_block + previous->count : 0;
    const uint32_t plain = little_get16(row + 16) * (uint32_t)BLOCK_SIZE;
    const uint8_t codec = row[18];

    *frame = (struct frame){
        .offset = little_get64(row),
        .stored_length = little_get32(row + 8),
        .first_block = little_get32(row + 12),
        .count = little_get16(row + 16),
        .codec = (enum codec)codec,
        .xxh3 = little_get64(row + 24),
    };
    if (frame->offset != offset || frame->first_block != first || !mem_is_zero(row + 19, 5))
        return false;
    if (frame->count < 1 || frame->count > FRAME_BLOCKS || frame->stored_length < 1 ||
        codec > CODEC_ZSTD)
        return false;
    return codec == CODEC_NONE ? frame->stored_length == plain : frame->stored_length < plain;
}

static int read_frames(struct blob *blob, uint8_t *piece, struct xxh128 *tables, struct err *err)
{
    const uint32_t rows = PIECE_SIZE / BLOB_FRAME_ROW;
    const struct frame *last = NULL;

    blob->frames = mem_new(blob->frame_count, sizeof *blob->frames);
    for (uint32_t i = 0; i < blob->frame_count;) {
        const uint32_t some = blob->frame_count - i < rows ? blob->frame_count - i : rows;
        int rc = file_read_exact(blob->fd, blob->path, piece, some * (size_t)BLOB_FRAME_ROW,
                                 blob->table + i * (uint64_t)BLOB_FRAME_ROW, err);

        if (rc)
            return rc;
        xxh128_add(tables, piece, some * (size_t)BLOB_FRAME_ROW);
        for (uint32_t end = i + some, row = 0; i < end; i++, row++) {
            if (!parse_frame(piece + row * (size_t)BLOB_FRAME_ROW, last, &blob->frames[i]))
                return file_damaged(blob->path, "its frame table is damaged", err);
            last = &blob->frames[i];
        }
    }
    if (last->first_block + last->count != blob->block_count ||
        last->offset + last->stored_length != blob->table)
        return file_damaged(blob->path, "its frames do not fill it", err);
    return 0;
}

static uint64_t ids_offset(const struct blob *blob, uint32_t first)
{
    return blob->table + blob->frame_count * (uint64_t)BLOB_FRAME_ROW +
           first * (uint64_t)BLOB_ID_ROW;
}

/* Add the block table to the digest and compare it with the footer's. */
static int prove_tables(struct blob *blob, uint8_t *piece, struct xxh128 *tables, struct err *err)
{
    const uint64_t end = blob->size - BLOB_FOOTER_SIZE;
    uint8_t digest[XXH128_SIZE];

    for (uint64_t offset = ids_offset(blob, 0); offset < end;) {
        const size_t some = end - offset < PIECE_SIZE ? (size_t)(end - offset) : PIECE_SIZE;
        int rc = file_read_exact(blob->fd, blob->path, piece, some, offset, err);

        if (rc)
            return rc;
        xxh128_add(tables, piece, some);
        offset += some;
    }
    xxh128_result(tables, digest);
    if (memcmp(digest, blob->digest, sizeof digest) != 0)
        return file_damaged(blob->path, "its tables are damaged", err);
    return 0;
}

static int check_header(const struct blob *blob, const uint8_t *header, struct err *err)
{
    if (memcmp(header, BLOB_MAGIC, 8) != 0 || little_get32(header + 8) != 1)
        return file_damaged(blob->path, "its header is damaged", err);
    if (little_get32(header + 12) != 0)
        return err_set(err, E_UNSUPPORTED,
                       "cannot use '%s': it needs features %#x, which are unknown", blob->path,
                       (unsigned)little_get32(header + 12));
    if (!mem_is_zero(header + 16, 16))
        return file_damaged(blob->path, "its header is damaged", err);
    return 0;
}

static int read_tables(struct blob *blob, enum blob_trust trust, struct err *err)
{
    struct xxh128 *tables = xxh128_new();
    uint8_t *piece = mem_new(PIECE_SIZE, 1);
    uint8_t header[BLOB_HEADER_SIZE];
    int rc = file_read_exact(blob->fd, blob->path, header, sizeof header, 0, err);

    if (rc)
        goto out;
    xxh128_add(tables, header, sizeof header);
    rc = read_frames(blob, piece, tables, err);
    if (rc == 0 && trust == BLOB_PROVE)
        rc = prove_tables(blob, piece, tables, err);
    if (rc == 0)
        rc = check_header(blob, header, err);
out:
    free(piece);
    xxh128_free(tables);
    return rc;
}

int blob_open_fd(int fd, const struct blob_name *name, enum blob_trust trust, struct blob **ret,
                 struct err *err)
{
    struct blob *blob = mem_new(1, sizeof *blob);
    int rc;

    blob->fd = fd;
    blob->name = *name;
    blob_path(name, blob->path);
    rc = read_footer(blob, err);
    if (rc == 0)
        rc = read_tables(blob, trust, err);
    if (rc) {
        blob_close(blob);
        return rc;
    }
    blob->window = mem_new(1, sizeof *blob->window);
    atomic_flag_clear(&blob->window->taken);
    *ret = blob;
    return 0;
}

int blob_open_trusted(int dir, const struct blob_name *name, enum blob_trust trust,
                      struct blob **ret, struct err *err)
{
    char path[BLOB_PATH_SIZE];
    int fd = FILE_NONE;
    int rc;

    blob_path(name, path);
    rc = file_open(dir, path, FILE_READ, &fd, err);
    return rc ? rc : blob_open_fd(fd, name, trust, ret, err);
}

int blob_open(int dir, const struct blob_name *name, struct blob **ret, struct err *err)
{
    return blob_open_trusted(dir, name, BLOB_PROVE, ret, err);
}

void blob_close(struct blob *blob)
{
    if (!blob)
        return;
    file_close(&blob->fd);
    free(blob->frames);
    free(blob->window);
    free(blob);
}

int blob_check(int dir, const struct blob_name *name, uint64_t size, uint32_t blocks,
               struct err *err)
{
    struct blob blob = {.fd = FILE_NONE, .name = *name};
    int rc;

    blob_path(name, blob.path);
    rc = file_open(dir, blob.path, FILE_READ, &blob.fd, err);
    if (rc)
        return rc;
    rc = read_footer(&blob, err);
    if (rc == 0 && (blob.size != size || blob.block_count != blocks))
        rc = file_damaged(blob.path, "its size or number of blocks is not what was recorded", err);
    file_close(&blob.fd);
    return rc;
}

struct blob_name blob_name(const struct blob *blob)
{
    return blob->name;
}

uint64_t blob_size(const struct blob *blob)
{
    return blob->size;
}

uint32_t blob_block_count(const struct blob *blob)
{
    return blob->block_count;
}

uint32_t blob_frame_count(const struct blob *blob)
{
    return blob->frame_count;
}

uint32_t blob_frame_of(const struct blob *blob, uint32_t number)
{
    uint32_t low = 0, high = blob->frame_count;

    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;

        if (blob->frames[middle].first_block <= number)
            low = middle;
        else
            high = middle;
    }
    return low;
}

const struct frame *blob_frame(const struct blob *blob, uint32_t index)
{
    return &blob->frames[index];
}

/* From the window, which is moved to begin at `first` when it does not hold all of them. */
static int ids_from_window(const struct blob *blob, uint32_t first, uint32_t count,
                           struct block_id *ret, struct err *err)
{
    struct window *window = blob->window;

    if (first < window->first || first + count > window->first + window->count) {
        const uint32_t left = blob->block_count - first;
        const uint32_t some = left < WINDOW_IDS ? left : WINDOW_IDS;
        int rc;

        window->count = 0;
        rc = file_read_exact(blob->fd, blob->path, window->ids, some * (size_t)BLOB_ID_ROW,
                             ids_offset(blob, first), err);
        if (rc)
            return rc;
        window->first = first;
        window->count = some;
    }
    memcpy(ret, window->ids + (first - window->first) * (size_t)BLOB_ID_ROW, count * sizeof *ret);
    return 0;
}

int blob_ids(const struct blob *blob, uint32_t first, size_t count, struct block_id *ret,
             struct err *err)
{
    int rc;

    if (first > blob->block_count || count > blob->block_count - first)
        return err_set(err, E_INVALID, "cannot read identities of '%s': it has only %u blocks",
                       blob->path, (unsigned)blob->block_count);
    if (count == 0)
        return 0;
    if (count > WINDOW_IDS ||
        atomic_flag_test_and_set_explicit(&blob->window->taken, memory_order_acquire))
        return file_read_exact(blob->fd, blob->path, ret, count * sizeof *ret,
                               ids_offset(blob, first), err);
    rc = ids_from_window(blob, first, (uint32_t)count, ret, err);
    atomic_flag_clear_explicit(&blob->window->taken, memory_order_release);
    return rc;
}

static int check_stored(const struct blob *blob, uint32_t index, const void *stored,
                        struct err *err)
{
    const struct frame *frame = &blob->frames[index];

    if (digest_xxh3(stored, frame->stored_length) != frame->xxh3)
        return err_set(err, E_CORRUPT, "cannot use '%s': frame %u at byte %llu is damaged",
                       blob->path, (unsigned)index, (unsigned long long)frame->offset);
    return 0;
}

int blob_read_stored(const struct blob *blob, uint32_t index, void *out, struct err *err)
{
    const struct frame *frame = &blob->frames[index];
    const int rc =
        file_read_exact(blob->fd, blob->path, out, frame->stored_length, frame->offset, err);

    return rc ? rc : check_stored(blob, index, out, err);
}

static int decompress(const struct blob *blob, uint32_t index, const void *stored,
                      struct compressor *compressor, void *out, struct err *err)
{
    const struct frame *frame = &blob->frames[index];
    const int rc = decompress_frame(compressor, frame->codec, stored, frame->stored_length, out,
                                    frame->count * (size_t)BLOCK_SIZE, err);

    return rc ? err_wrap(err, "cannot use '%s': frame %u", blob->path, (unsigned)index) : 0;
}

int blob_unpack_frame(const struct blob *blob, uint32_t index, const void *stored,
                      struct compressor *compressor, void *out, const uint8_t **ret,
                      struct err *err)
{
    const bool plain = blob->frames[index].codec == CODEC_NONE;
    int rc = check_stored(blob, index, stored, err);

    if (rc == 0 && !plain)
        rc = decompress(blob, index, stored, compressor, out, err);
    *ret = plain ? stored : out;
    return rc;
}

int blob_read_frame(const struct blob *blob, uint32_t index, struct compressor *compressor,
                    void *scratch, void *out, struct err *err)
{
    const struct frame *frame = &blob->frames[index];
    int rc;

    if (frame->codec == CODEC_NONE)
        return blob_read_stored(blob, index, out, err);
    rc = blob_read_stored(blob, index, scratch, err);
    return rc ? rc : decompress(blob, index, scratch, compressor, out, err);
}
