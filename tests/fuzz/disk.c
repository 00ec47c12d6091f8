/* disk: any bytes as a disk map: refused, or all its runs lie in their segments and blobs. Tried as
 * they are and with the digests made right, so that the numbers behind these are reached. */
#include "blob/disk.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/endian.h"
#include "blob/room.h"
#include "tests/fuzz/fuzz.h"

static int file_of(const uint8_t *bytes, size_t length)
{
    const int fd = memfd_create("disk", MFD_CLOEXEC);

    insist(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
    return fd;
}

/* Blocks of the segment that its runs cover. */
static uint64_t read_segment(struct disk *disk, size_t segment)
{
    const struct disk_run *runs;
    struct err err = {0};
    uint64_t next = (uint64_t)segment * SEGMENT_BLOCKS, blocks = 0;
    size_t count;

    insist(disk_segment_runs(disk, segment, &runs, &count, &err) == 0);
    for (size_t i = 0; i < count; i++) {
        const uint64_t block = (uint64_t)segment * SEGMENT_BLOCKS + runs[i].block;

        insist(block >= next && runs[i].count >= 1 &&
               runs[i].block + runs[i].count <= SEGMENT_BLOCKS);
        insist(runs[i].blob < disk_blob_count(disk));
        insist((uint64_t)runs[i].first + runs[i].count <= disk_blob(disk, runs[i].blob)->blocks);
        next = block + runs[i].count;
        blocks += runs[i].count;
    }
    insist(count == 0 || next <= block_count(disk_size(disk)));
    return blocks;
}

static void try_bytes(const uint8_t *bytes, size_t length)
{
    struct disk_digest digest = {{0}};
    struct err err = {0};
    struct disk *disk;
    uint64_t blocks = 0;
    int status;

    if (length >= DISK_HEADER_SIZE)
        memcpy(digest.sha256, bytes + 32, sizeof digest.sha256);
    status = disk_open_fd(file_of(bytes, length), &digest, &disk, &err);
    insist(status == 0 || status == E_CORRUPT || status == E_UNSUPPORTED);
    if (status)
        return;
    for (size_t i = 0; i < disk_segment_count(disk); i++)
        blocks += read_segment(disk, i);
    insist(blocks == disk_data_blocks(disk));
    disk_close(disk);
}

/* The digest that the segment table gives, into the header; then those of content and footer. */
static void seal(uint8_t *bytes, size_t length)
{
    uint8_t *footer = bytes + length - DISK_FOOTER_SIZE;
    const size_t room = length - DISK_HEADER_SIZE - DISK_FOOTER_SIZE;
    const uint64_t runs = little_get64(footer + 16), segments = little_get32(footer + 12);
    struct xxh128 *hash = xxh128_new();

    if (runs <= room / DISK_RUN_ROW &&
        segments <= (room - runs * DISK_RUN_ROW) / DISK_SEGMENT_ROW) {
        struct disk_segment *table = calloc(segments + 1, sizeof *table);
        struct disk_digest digest;

        for (size_t i = 0; i < segments; i++)
            memcpy(table[i].digest,
                   bytes + DISK_HEADER_SIZE + runs * DISK_RUN_ROW + i * DISK_SEGMENT_ROW,
                   SHA256_SIZE);
        digest = disk_digest_of(little_get64(bytes + 16), table, segments);
        memcpy(bytes + 32, digest.sha256, sizeof digest.sha256);
        free(table);
    }
    xxh128_add(hash, bytes, length - DISK_FOOTER_SIZE);
    xxh128_result(hash, footer + 40);
    little_put64(footer + 56, digest_xxh3(footer, 56));
    xxh128_free(hash);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *bytes;

    try_bytes(data, size);
    if (size < DISK_HEADER_SIZE + DISK_FOOTER_SIZE)
        return 0;
    bytes = malloc(size);
    memcpy(bytes, data, size);
    seal(bytes, size);
    try_bytes(bytes, size);
    free(bytes);
    return 0;
}
