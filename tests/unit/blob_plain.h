/* blob_plain.h: blocks filled with one byte, and what blobs and maps of them are made with; so
 * known files can be written down by hand. */
#ifndef UNIT_BLOB_PLAIN_H
#define UNIT_BLOB_PLAIN_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "os/dir.h"
#include "os/file.h"
#include "tests/unit/scratch.h"

#define OK(call) ck_assert_msg((call) == 0, #call ": %s", err.text)

/* A replica directory: blobs/ and disks/ in a scratch directory. */
struct plain {
    struct scratch scratch;
    int dir;
    int blobs;
    int disks;
};

static inline struct plain plain_new(void)
{
    struct plain plain = {.scratch = scratch_new()};
    struct err err = {0};

    plain.dir = plain.scratch.fd;
    OK(dir_make(plain.dir, "blobs", &err));
    OK(dir_make(plain.dir, "disks", &err));
    OK(dir_open(plain.dir, "blobs", &plain.blobs, &err));
    OK(dir_open(plain.dir, "disks", &plain.disks, &err));
    return plain;
}

static inline void plain_done(struct plain *plain)
{
    file_close(&plain->blobs);
    file_close(&plain->disks);
    scratch_done(&plain->scratch);
}

/* Block `number`: its first eight bytes say the number, the rest is its low byte; below 256 it is
 * that byte alone. */
static inline void plain_block(uint64_t number, uint8_t bytes[BLOCK_SIZE])
{
    memset(bytes, (int)(number & 0xff), BLOCK_SIZE);
    if (number > 0xff)
        memcpy(bytes, &number, sizeof number);
}

static inline struct block_id plain_id(uint64_t number)
{
    struct sha256 *sha = sha256_new();
    uint8_t bytes[BLOCK_SIZE];
    struct block_id id;

    plain_block(number, bytes);
    sha256_of(sha, bytes, sizeof bytes, id.sha256);
    sha256_free(sha);
    return id;
}

/* Add one frame of blocks `from` to `from` + `count` - 1. */
static inline int plain_add(struct blob_writer *writer, uint64_t from, size_t count,
                            enum codec codec, struct err *err)
{
    uint8_t *bytes = calloc(2, FRAME_SIZE + 1);
    struct compressor *compressor = compressor_new();
    struct block_id ids[FRAME_BLOCKS];
    struct frame_bytes frame = {.stored = bytes,
                                .stored_length = count * BLOCK_SIZE,
                                .codec = codec,
                                .ids = ids,
                                .count = count};
    uint32_t first;
    int status;

    for (size_t i = 0; i < count && i < FRAME_BLOCKS; i++) {
        plain_block(from + i, bytes + i * BLOCK_SIZE);
        ids[i] = plain_id(from + i);
    }
    if (codec != CODEC_NONE) {
        frame.stored = bytes + FRAME_SIZE;
        frame.stored_length = compress_frame(compressor, codec, 1, bytes, count * BLOCK_SIZE,
                                             bytes + FRAME_SIZE, FRAME_SIZE);
    }
    status = blob_writer_add(writer, &frame, &first, err);
    compressor_free(compressor);
    free(bytes);
    return status;
}

/* Publish a blob of `count` blocks from `from`, frames as full as can be. */
static inline struct disk_blob plain_blob(const struct plain *plain, uint64_t from, uint32_t count,
                                          enum codec codec)
{
    struct disk_blob blob = {.blocks = count};
    struct blob_writer *writer;
    struct err err = {0};
    bool new;

    OK(blob_writer_open(plain->blobs, &writer, &err));
    for (uint32_t i = 0; i < count; i += FRAME_BLOCKS)
        OK(plain_add(writer, from + i, count - i < FRAME_BLOCKS ? count - i : FRAME_BLOCKS, codec,
                     &err));
    OK(blob_writer_publish(writer, &blob.name, &blob.size, &new, &err));
    blob_writer_close(writer);
    return blob;
}

/* A file below the scratch directory: read whole, written whole in place (an ordinary file that the
 * tests damage). */
static inline uint8_t *plain_load(const struct plain *plain, const char *path, size_t *ret_length)
{
    struct buf buf = {0};
    struct err err = {0};

    OK(file_read_all(plain->dir, path, 1 << 28, &buf, &err));
    *ret_length = buf.length;
    return (uint8_t *)buf.bytes;
}

static inline void plain_store(const struct plain *plain, const char *path, const uint8_t *bytes,
                               size_t length)
{
    struct err err = {0};
    int fd;

    OK(file_open(plain->dir, path, FILE_OPEN_OR_CREATE, &fd, &err));
    /* Never to 0 and then written: some file systems flush such a file when it is closed. */
    OK(file_resize(fd, path, length, &err));
    OK(file_write_at(fd, path, bytes, length, 0, &err));
    file_close(&fd);
}

#endif
