/* The disk digest. */
#include "blob/disk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "base/endian.h"
#include "blob/room.h"

struct disk_hash *disk_hash_new(void)
{
    struct disk_hash *hash = mem_new(1, sizeof *hash);

    hash->sha = sha256_new();
    return hash;
}

void disk_hash_free(struct disk_hash *hash)
{
    if (!hash)
        return;
    sha256_free(hash->sha);
    free(hash->segments.items);
    free(hash);
}

static void finish_segment(struct disk_hash *hash)
{
    if (hash->current < hash->segments.count && hash->segments.items[hash->current].blocks)
        sha256_result(hash->sha, hash->segments.items[hash->current].digest);
}

static void grow_to(struct disk_hash *hash, uint64_t count)
{
    while (hash->segments.count < count)
        VEC_ADD(&hash->segments);
}

void disk_hash_add(struct disk_hash *hash, uint64_t block, const struct block_id *id)
{
    const size_t number = (size_t)(block / SEGMENT_BLOCKS);
    uint8_t row[4 + SHA256_SIZE];

    if (number != hash->current) {
        finish_segment(hash);
        hash->current = number;
    }
    grow_to(hash, (uint64_t)number + 1);
    little_put32(row, (uint32_t)(block % SEGMENT_BLOCKS));
    memcpy(row + 4, id->sha256, sizeof id->sha256);
    sha256_add(hash->sha, row, sizeof row);
    hash->segments.items[number].blocks++;
}

struct disk_digest disk_digest_of(uint64_t virtual_size, const struct disk_segment *segments,
                                  size_t count)
{
    struct sha256 *sha = sha256_new();
    struct disk_digest digest;
    uint8_t size[8];

    little_put64(size, virtual_size);
    sha256_add(sha, size, sizeof size);
    for (size_t i = 0; i < count; i++)
        sha256_add(sha, segments[i].digest, sizeof segments[i].digest);
    sha256_result(sha, digest.sha256);
    sha256_free(sha);
    return digest;
}

struct disk_digest disk_hash_result(struct disk_hash *hash, uint64_t virtual_size)
{
    uint8_t empty[SHA256_SIZE];

    finish_segment(hash);
    grow_to(hash, number_divide_up(virtual_size, SEGMENT_SIZE));
    sha256_of(hash->sha, "", 0, empty);
    for (size_t i = 0; i < hash->segments.count; i++)
        if (hash->segments.items[i].blocks == 0)
            memcpy(hash->segments.items[i].digest, empty, sizeof empty);
    return disk_digest_of(virtual_size, hash->segments.items, hash->segments.count);
}
