/* blob: any bytes as a blob file: refused, or every frame and identity of it can be asked for.
 * Tried as they are and with the digests made right, so that the numbers behind these are reached.
 */
#include "blob/blob.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/endian.h"
#include "blob/room.h"
#include "tests/fuzz/fuzz.h"

static int file_of(const uint8_t *bytes, size_t length)
{
    const int fd = memfd_create("blob", MFD_CLOEXEC);

    insist(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
    return fd;
}

static void read_frames(const struct blob *blob)
{
    struct compressor *compressor = compressor_new();
    uint8_t *out = malloc(FRAME_SIZE), *scratch = malloc(FRAME_SIZE);
    struct err err = {0};
    uint32_t next = 0;

    for (uint32_t f = 0; f < blob_frame_count(blob); f++) {
        const struct frame *frame = blob_frame(blob, f);
        const int status = blob_read_frame(blob, f, compressor, scratch, out, &err);

        insist(status == 0 || status == E_CORRUPT);
        insist(frame->first_block == next && frame->count >= 1 && frame->count <= FRAME_BLOCKS);
        insist(blob_frame_of(blob, next) == f && blob_frame_of(blob, next + frame->count - 1) == f);
        next += frame->count;
    }
    insist(next == blob_block_count(blob));
    compressor_free(compressor);
    free(out);
    free(scratch);
}

static void read_ids(const struct blob *blob)
{
    const uint32_t count = blob_block_count(blob);
    struct block_id *ids = malloc(count * sizeof *ids), id;
    struct err err = {0};

    insist(blob_ids(blob, 0, count, ids, &err) == 0);
    for (uint32_t i = 0; i < count; i++)
        insist(blob_ids(blob, i, 1, &id, &err) == 0 && memcmp(&id, &ids[i], sizeof id) == 0);
    insist(blob_ids(blob, count, 1, ids, &err) == E_INVALID);
    free(ids);
}

static void try_bytes(const uint8_t *bytes, size_t length)
{
    const struct blob_name name = {{0}};
    struct err err = {0};
    struct blob *blob;
    const int status = blob_open_fd(file_of(bytes, length), &name, BLOB_PROVE, &blob, &err);

    insist(status == 0 || status == E_CORRUPT || status == E_UNSUPPORTED);
    if (status)
        return;
    read_frames(blob);
    read_ids(blob);
    blob_close(blob);
}

/* Make the digests right: of the tables, of the footer, of each frame that lies in the file. */
static void seal(uint8_t *bytes, size_t length)
{
    uint8_t *footer = bytes + length - BLOB_FOOTER_SIZE;
    const size_t end = length - BLOB_FOOTER_SIZE;
    const uint64_t table = little_get64(footer + 24);
    const uint32_t frames = little_get32(footer + 12);
    struct xxh128 *hash = xxh128_new();

    for (uint64_t i = 0; table < end && i < frames && (i + 1) * BLOB_FRAME_ROW <= end - table;
         i++) {
        uint8_t *row = bytes + table + i * BLOB_FRAME_ROW;
        const uint64_t offset = little_get64(row), stored = little_get32(row + 8);

        if (offset < end && stored <= end - offset)
            little_put64(row + 24, digest_xxh3(bytes + offset, stored));
    }
    xxh128_add(hash, bytes, BLOB_HEADER_SIZE);
    if (table < end)
        xxh128_add(hash, bytes + table, end - table);
    xxh128_result(hash, footer + 40);
    little_put64(footer + 56, digest_xxh3(footer, 56));
    xxh128_free(hash);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *bytes;

    try_bytes(data, size);
    if (size < BLOB_HEADER_SIZE + BLOB_FOOTER_SIZE)
        return 0;
    bytes = malloc(size);
    memcpy(bytes, data, size);
    seal(bytes, size);
    try_bytes(bytes, size);
    free(bytes);
    return 0;
}
