/* block.h: the constants of the content store. All are part of the formats on disk (sig-store(5)).
 */
#ifndef BLOB_BLOCK_H
#define BLOB_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codec/digest.h"

enum {
    BLOCK_SIZE = 4096, /* the unit of deduplication: file systems move files by multiples of it */
    FRAME_BLOCKS = 32, /* most blocks in a frame: 128 KiB, the unit of compression */
    FRAME_SIZE = FRAME_BLOCKS * BLOCK_SIZE,
    SEGMENT_BLOCKS = 16384,    /* blocks of disk in a segment: 64 MiB */
    BLOB_BLOCKS_MAX = 1 << 20, /* blocks in one blob: its table stays under 40 MiB in memory */
};

#define SEGMENT_SIZE ((uint64_t)SEGMENT_BLOCKS * BLOCK_SIZE)

/* A blob is closed when its frames reach this many bytes, so that a copy that broke off is taken up
 * again in pieces of bounded size. */
#define BLOB_STORED_MAX ((uint64_t)1 << 30)

/* 32 TiB: the limit of the Azure service, for a shallow image. */
#define DISK_SIZE_MAX ((uint64_t)1 << 45)

/* Blocks of a disk one after the other. */
struct stretch {
    uint64_t block;
    size_t count;
};

/* A block's identity: SHA-256 of its 4096 bytes. */
struct block_id {
    uint8_t sha256[SHA256_SIZE];
};

/* A blob's name: XXH3-128 of the whole file, canonical; 32 hexadecimal digits in file names. */
struct blob_name {
    uint8_t xxh128[XXH128_SIZE];
};

/* A disk's digest (disk.h). 64 hexadecimal digits in file names and manifests. */
struct disk_digest {
    uint8_t sha256[SHA256_SIZE];
};

/* Bytes of their texts, with the NUL. */
enum {
    BLOB_NAME_TEXT = 2 * XXH128_SIZE + 1,
    BLOB_FILE_NAME = BLOB_NAME_TEXT + 5, /* ".blob" */
    DISK_DIGEST_TEXT = 2 * SHA256_SIZE + 1,
};

static inline uint64_t block_count(uint64_t size)
{
    return (size + BLOCK_SIZE - 1) / BLOCK_SIZE;
}

/* Whether 4096 bytes are all zero: then the block is a hole, whatever the source says. */
bool block_is_hole(const uint8_t *block);

#endif
