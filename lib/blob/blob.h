/* blob.h: blob files: frames of blocks, compressed, and their table. Immutable once named.
 *
 * Format 1, all integers little-endian:
 *
 *   header       32 bytes  "SIGBLOB\n", u32 format = 1, u32 features = 0 (an unknown bit is
 *                          refused), 16 zero bytes
 *   frames                 stored bytes of frame 0, 1, …, nothing between them, from byte 32
 *   frame table  32 each   u64 offset in the file, u32 stored length, u32 first block,
 *                          u16 block count (1 to 32), u8 codec (0 none, 1 zlib, 2 zstd),
 *                          5 zero bytes, u64 XXH3-64 of the stored bytes
 *   block table  32 each   SHA-256 of the block's 4096 bytes, in the order of the frames
 *   footer       64 bytes  "SIGBEND\n", u32 format = 1, u32 frame count, u32 block count,
 *                          u32 zero, u64 offset of the frame table, 8 zero bytes, 16 bytes XXH3-128
 *                          of header, frame table and block table, u64 XXH3-64 of the footer's
 *                          first 56 bytes
 *
 * The name is XXH3-128 of the whole file: blobs/<32 hex>.blob. A blob has at least one frame. A
 * frame with codec 0 is as long as its blocks, any other is shorter.
 */
#ifndef BLOB_BLOB_H
#define BLOB_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "blob/block.h"
#include "codec/compress.h"

/* The modification time of a blob is when it was last read back whole and compared with its name;
 * this one: never yet. Seconds since the epoch. */
enum { BLOB_UNREAD = 0 };

/* --- writing --- */

struct blob_writer;

/* Start a blob as a staged file in `dir` (the replica's blobs/, borrowed); FILE_NONE: no file is
 * made, and publishing says what its name and size would be. */
int blob_writer_open(int dir, struct blob_writer **ret, struct err *err);
/* Drops it unless published; NULL is left alone. */
void blob_writer_close(struct blob_writer *writer);

/* Give the next block its number before its frame is ready: frames follow in the order of their
 * blocks. Fewer than BLOB_BLOCKS_MAX may have been given. */
uint32_t blob_writer_announce(struct blob_writer *writer, const struct block_id *id);

/* One frame as it is to be stored, with the identities of its `count` blocks (1 to FRAME_BLOCKS).
 */
struct frame_bytes {
    const void *stored;
    size_t stored_length;
    enum codec codec;
    const struct block_id *ids; /* NULL: they were announced */
    size_t count;
};

/* Append a frame. *ret_first: the number of its first block in this blob. E_INVALID when the
 * lengths do not fit the codec, the blob is full, or other blocks were announced. */
int blob_writer_add(struct blob_writer *writer, const struct frame_bytes *frame,
                    uint32_t *ret_first, struct err *err);

/* Whether it has reached a limit (BLOB_STORED_MAX, or no room for another frame below
 * BLOB_BLOCKS_MAX): finish it and open another. */
bool blob_writer_is_full(const struct blob_writer *writer);
/* Stored bytes that frames may still have before it is full. */
uint64_t blob_writer_room(const struct blob_writer *writer);
/* Bytes of it so far; the table at its end is not counted. */
uint64_t blob_writer_size(const struct blob_writer *writer);
/* The identity of block `number` that was announced or added. */
const struct block_id *blob_writer_id(const struct blob_writer *writer, uint32_t number);

/* Write table and footer, flush, link under its name, flush the directory. Where a blob of that
 * name is there already it is compared byte for byte. One that differs and gives its name is never
 * replaced (E_CORRUPT, naming the file); one that does not give its name is damaged and gives way.
 * A blob without frames is E_INVALID. *ret_size: bytes of the file. *ret_new false when it was
 * there already. */
int blob_writer_publish(struct blob_writer *writer, struct blob_name *ret_name, uint64_t *ret_size,
                        bool *ret_new, struct err *err);

/* --- reading --- */

struct blob;

/* Open blobs/<name>.blob below the replica directory `dir`, read footer and frame table, check
 * sizes, offsets and digests (E_CORRUPT: every number is checked against the file before use). The
 * table's XXH3-128 is checked by reading the block table once. E_NOT_FOUND when absent. */
int blob_open(int dir, const struct blob_name *name, struct blob **ret, struct err *err);

/* How much of a blob to check before it is used. */
enum blob_trust {
    BLOB_PROVE,  /* everything that blob_open promises */
    BLOB_PROVEN, /* this process opened it before: its block table is not hashed again */
};
/* As blob_open, checking as much as `trust` says. */
int blob_open_trusted(int dir, const struct blob_name *name, enum blob_trust trust,
                      struct blob **ret, struct err *err);
void blob_close(struct blob *blob);

/* Only that it exists with that size and a sound footer of that many blocks: what a publish relies
 * on. */
int blob_check(int dir, const struct blob_name *name, uint64_t size, uint32_t blocks,
               struct err *err);

/* What an open blob is: its name, the bytes of its file, its blocks, its frames. */
struct blob_name blob_name(const struct blob *blob);
uint64_t blob_size(const struct blob *blob);
uint32_t blob_block_count(const struct blob *blob);
uint32_t blob_frame_count(const struct blob *blob);

struct frame {
    uint64_t offset;
    uint64_t xxh3;
    uint32_t stored_length;
    uint32_t first_block;
    uint16_t count;
    enum codec codec;
};

/* The frame that holds block `number`, and frame by its index. Borrowed; number and index must be
 * in range. */
uint32_t blob_frame_of(const struct blob *blob, uint32_t number);
const struct frame *blob_frame(const struct blob *blob, uint32_t index);

/* The identities of `count` blocks from `first`, read from the file (a page cache hit), some
 * hundred at a time so that a walk along the blob costs few reads; E_INVALID out of range. One blob
 * may be read by several threads: this, blob_read_stored and blob_read_frame. */
int blob_ids(const struct blob *blob, uint32_t first, size_t count, struct block_id *ret,
             struct err *err);

/* The stored bytes of a frame, checked by XXH3 (E_CORRUPT). `out` has room for FRAME_SIZE bytes (no
 * stored frame is longer). */
int blob_read_stored(const struct blob *blob, uint32_t index, void *out, struct err *err);

/* The plain bytes of a frame, checked before and decompressed; `out` has room for FRAME_SIZE,
 * `scratch` too. Blocks are NOT compared with their SHA-256 here. */
int blob_read_frame(const struct blob *blob, uint32_t index, struct compressor *compressor,
                    void *scratch, void *out, struct err *err);

/* The same of stored bytes that somebody has read already. *ret: the plain ones, borrowed, in `out`
 * or in `stored`. */
int blob_unpack_frame(const struct blob *blob, uint32_t index, const void *stored,
                      struct compressor *compressor, void *out, const uint8_t **ret,
                      struct err *err);

/* Read the whole file from the disk (its cached pages are dropped first) and compare XXH3-128 with
 * its name: E_CORRUPT if it differs. */
int blob_verify(int dir, const struct blob_name *name, struct err *err);

/* A list of them, to be released with free(items). */
struct blob_names {
    struct blob_name *items;
    size_t count;
};
/* Whether it is one of them. */
bool blob_names_have(const struct blob_names *names, const struct blob_name *name);

/* 32 lower-case digits. */
void blob_name_text(const struct blob_name *name, char text[BLOB_NAME_TEXT]);
/* The name of its file, "<32 hex>.blob", and back: that and nothing else. */
void blob_file_name(const struct blob_name *name, char file_name[BLOB_FILE_NAME]);
bool blob_name_parse(const char *file_name, struct blob_name *ret);

#endif
