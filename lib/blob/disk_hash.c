/* The disk digest. */
#include "blob/disk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "blob/bytes.h"
#include "blob/room.h"

struct disk_hash *disk_hash_new(uint64_t virtual_size)
{
    struct disk_hash *hash = mem_new(1, sizeof *hash);

    hash->virtual_size = virtual_size;
    hash->count = (size_t)(virtual_size / SEGMENT_SIZE + (virtual_size % SEGMENT_SIZE != 0));
    hash->segments = mem_new(hash->count, sizeof *hash->segments);
    hash->sha = sha256_new();
    return hash;
}

void disk_hash_free(struct disk_hash *hash)
{
    if (!hash)
        return;
    sha256_free(hash->sha);
    free(hash->segments);
    free(hash);
}

static void finish_segment(struct disk_hash *hash)
{
    struct disk_segment *segment = &hash->segments[hash->current];

    if (hash->count && segment->blocks)
        sha256_result(hash->sha, segment->digest);
}

void disk_hash_add(struct disk_hash *hash, uint64_t block, const struct block_id *id)
{
    const size_t number = (size_t)(block / SEGMENT_BLOCKS);
    uint8_t row[4 + SHA256_SIZE];

    if (number != hash->current) {
        finish_segment(hash);
        hash->current = number;
    }
    bytes_put32(row, (uint32_t)(block % SEGMENT_BLOCKS));
    memcpy(row + 4, id->sha256, sizeof id->sha256);
    sha256_add(hash->sha, row, sizeof row);
    hash->segments[number].blocks++;
}

struct disk_digest disk_digest_of(uint64_t virtual_size, const struct disk_segment *segments,
                                  size_t count)
{
    struct sha256 *sha = sha256_new();
    struct disk_digest digest;
    uint8_t size[8];

    bytes_put64(size, virtual_size);
    sha256_add(sha, size, sizeof size);
    for (size_t i = 0; i < count; i++)
        sha256_add(sha, segments[i].digest, sizeof segments[i].digest);
    sha256_result(sha, digest.sha256);
    sha256_free(sha);
    return digest;
}

struct disk_digest disk_hash_result(struct disk_hash *hash)
{
    uint8_t empty[SHA256_SIZE];

    finish_segment(hash);
    sha256_of(hash->sha, "", 0, empty);
    for (size_t i = 0; i < hash->count; i++)
        if (hash->segments[i].blocks == 0)
            memcpy(hash->segments[i].digest, empty, sizeof empty);
    return disk_digest_of(hash->virtual_size, hash->segments, hash->count);
}
