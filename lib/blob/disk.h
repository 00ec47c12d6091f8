/* disk.h: disk maps: where each run of a disk's blocks lies in the blobs of one replica directory.
 *
 * The disk digest is SHA-256 over the virtual size (u64) and the digest of every 64 MiB segment in
 * order; a segment's digest is SHA-256 over, for each of its blocks that is no hole, in order, the
 * block's number in the segment (u32) and its SHA-256. It depends on the disk's bytes alone.
 *
 * Format 1 of disks/<64 hex>.disk, all integers little-endian:
 *
 *   header       64 bytes  "SIGDISK\n", u32 format = 1, u32 features = 0, u64 virtual size in
 *                          bytes, 8 zero bytes, 32 bytes disk digest
 *   runs         12 each   u16 first block in the segment, u16 count less one, u32 blob (index in
 *                          the blob table), u32 first block in that blob; segment after segment,
 *                          ascending, no run crosses a segment
 *   segments     48 each   32 bytes segment digest, u64 index of its first run, u32 run count,
 *                          u32 data blocks
 *   blob table   32 each   16 bytes name, u64 file size, u32 block count, u32 zero
 *   footer       64 bytes  "SIGDEND\n", u32 format = 1, u32 segment count, u64 run count,
 *                          u32 blob count, u32 zero, u64 data blocks in all, 16 bytes XXH3-128 of
 *                          everything before the footer, u64 XXH3-64 of the footer's first 56 bytes
 */
#ifndef BLOB_DISK_H
#define BLOB_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"

struct disk_run {
    uint16_t block; /* first, in the segment */
    uint16_t count; /* 1 to SEGMENT_BLOCKS */
    uint32_t blob;  /* index in the blob table */
    uint32_t first; /* block in that blob */
};

struct disk_blob {
    struct blob_name name;
    uint64_t size;   /* of the file */
    uint32_t blocks; /* in it */
};

/* --- digest alone (is this the content we have?) --- */

struct disk_hash;
struct disk_hash *disk_hash_new(void);
void disk_hash_free(struct disk_hash *hash);
/* Data blocks in ascending order, of a disk of at most DISK_SIZE_MAX bytes or a stored one; holes
 * are not added. */
void disk_hash_add(struct disk_hash *hash, uint64_t block, const struct block_id *id);
/* The digest of a disk of that size, which holds every block that was added: the last call. */
struct disk_digest disk_hash_result(struct disk_hash *hash, uint64_t virtual_size);

/* --- writing --- */

struct disk_writer;

/* Start the map of a disk as a staged file in `dir` (the replica's disks/, borrowed). */
int disk_writer_open(int dir, struct disk_writer **ret, struct err *err);
/* Drops it unless published; NULL is left alone. */
void disk_writer_close(struct disk_writer *writer);

/* The index of a blob in the blob table; added when it is not there. */
uint32_t disk_writer_blob(struct disk_writer *writer, const struct disk_blob *blob);
/* A place in the blob table for a blob that is still being written and so has no name yet. */
uint32_t disk_writer_blob_pending(struct disk_writer *writer);
/* Fill such a place: before publishing. */
void disk_writer_settle(struct disk_writer *writer, uint32_t index, const struct disk_blob *blob);

/* Block `block` of the disk is block `place` of the blob at `blob`; ascending, holes left out. Runs
 * are formed here. */
int disk_writer_add(struct disk_writer *writer, uint64_t block, const struct block_id *id,
                    uint32_t blob, uint32_t place, struct err *err);

/* All was added: the digest of a disk of that size, which of a pipe is known last. E_INVALID when a
 * block lies behind it, or no map holds a disk of that size. */
int disk_writer_end(struct disk_writer *writer, uint64_t virtual_size, struct disk_digest *ret,
                    struct err *err);

/* Write tables and footer and publish as <digest>.disk, durably; once it has ended. `replace`: put
 * it in place of a map of the same disk; else an existing one stays, *ret_new is false and that is
 * no error. Two entries of the blob table may name the same blob after settling: it is written as
 * is. */
int disk_writer_publish(struct disk_writer *writer, bool replace, bool *ret_new, struct err *err);

/* --- reading --- */

struct disk;

/* Open disks/<digest>.disk below the replica directory `dir`; check every number against the file,
 * the XXH3-128 of the content, and that the segment digests give the disk digest. E_CORRUPT,
 * E_NOT_FOUND. */
int disk_open(int dir, const struct disk_digest *digest, struct disk **ret, struct err *err);
void disk_close(struct disk *disk);

/* What an open map says: virtual size in bytes, blocks of data, segments and their digests (32
 * bytes), the blob table. */
uint64_t disk_size(const struct disk *disk);
uint64_t disk_data_blocks(const struct disk *disk);
size_t disk_segment_count(const struct disk *disk);
const uint8_t *disk_segment_digest(const struct disk *disk, size_t segment);
size_t disk_blob_count(const struct disk *disk);
const struct disk_blob *disk_blob(const struct disk *disk, size_t index);

/* The runs of one segment, ascending, checked (inside the segment, not overlapping, blob index and
 * blocks in range): borrowed until the next call or disk_close. */
int disk_segment_runs(struct disk *disk, size_t segment, const struct disk_run **ret_runs,
                      size_t *ret_count, struct err *err);

/* Read all runs into memory and close the file: for who goes through them again and again. */
int disk_hold(struct disk *disk, struct err *err);

/* 64 lower-case digits, and back: those and nothing else. */
void disk_digest_text(const struct disk_digest *digest, char text[DISK_DIGEST_TEXT]);
bool disk_digest_parse(const char *text, struct disk_digest *ret);
/* The same of the name of its file, "<64 hex>.disk". */
bool disk_file_parse(const char *file_name, struct disk_digest *ret);

#endif
