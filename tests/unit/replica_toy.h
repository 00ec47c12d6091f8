/* replica_toy.h: small disks for the tests of the content store: blocks made from seeds, packed and
 * read back. */
#ifndef UNIT_REPLICA_TOY_H
#define UNIT_REPLICA_TOY_H

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/mem.h"
#include "replica/pack.h"
#include "replica/read.h"
#include "replica/replica.h"
#include "os/dir.h"
#include "tests/unit/scratch.h"

#define OK(call) ck_assert_msg((call) == 0, #call ": %s", err.text)

enum { TOY_BLOCKS = 512 };

/* Block `at` holds the bytes of `seed`; seed 0 is a block of zeros. Ascending. */
struct toy {
    uint64_t size;
    size_t count;
    struct {
        uint64_t at;
        uint32_t seed;
    } blocks[TOY_BLOCKS];
};

static inline uint32_t toy_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static inline void toy_add(struct toy *toy, uint64_t at, uint32_t seed)
{
    toy->blocks[toy->count].at = at;
    toy->blocks[toy->count].seed = seed;
    toy->count++;
}

static inline void toy_run(struct toy *toy, uint64_t at, uint32_t seed, size_t count)
{
    for (size_t i = 0; i < count; i++)
        toy_add(toy, at + i, seed + (uint32_t)i);
}

/* Half noise, half text, so that frames shrink. Seeds that are multiples of 5 are all noise: they
 * do not. */
static inline void toy_block(uint32_t seed, uint64_t valid, uint8_t bytes[BLOCK_SIZE])
{
    const size_t noise = seed % 5 ? BLOCK_SIZE / 2 : BLOCK_SIZE;
    uint32_t state = seed * 2654435761u + 1;

    memset(bytes, seed ? 'x' : 0, BLOCK_SIZE);
    for (size_t i = 0; seed && i < noise; i++)
        bytes[i] = (uint8_t)(toy_random(&state) >> 11);
    if (valid < BLOCK_SIZE)
        memset(bytes + valid, 0, BLOCK_SIZE - valid);
}

static inline void toy_bytes(const struct toy *toy, size_t number, uint8_t bytes[BLOCK_SIZE])
{
    const uint64_t left = toy->size - toy->blocks[number].at * BLOCK_SIZE;

    toy_block(toy->blocks[number].seed, left, bytes);
}

static inline struct replica toy_replica(const struct scratch *scratch, const char *name)
{
    struct replica replica = REPLICA_NONE;
    struct err err = {0};
    int dir;

    OK(dir_make(scratch->fd, name, &err));
    OK(dir_open(scratch->fd, name, &dir, &err));
    OK(replica_open(dir, name, true, 0, &replica, &err));
    return replica;
}

enum { TOY_THREADS = 3 };

/* A pack with a pool of its own. */
struct toy_pack {
    struct pool *pool;
    struct pack *pack;
};

static inline struct toy_pack toy_pack_open(const struct replica *replica, enum codec codec,
                                            size_t threads)
{
    struct toy_pack open = {.pool = pool_new(threads)};
    const struct pack_options options = {.pool = open.pool, .codec = codec, .level = 1};
    struct err err = {0};

    OK(pack_open(replica, &options, &open.pack, &err));
    return open;
}

static inline void toy_pack_close(struct toy_pack *open)
{
    pack_close(open->pack);
    pool_free(open->pool);
}

static inline struct disk_digest toy_feed(struct pack *pack, const struct toy *toy)
{
    struct sha256 *sha = sha256_new();
    struct block_id id;
    uint8_t bytes[BLOCK_SIZE];
    struct disk_digest digest;
    struct err err = {0};

    OK(pack_disk_begin(pack, &err));
    for (size_t i = 0; i < toy->count; i++) {
        toy_bytes(toy, i, bytes);
        if (block_is_hole(bytes))
            continue;
        sha256_of(sha, bytes, BLOCK_SIZE, id.sha256);
        OK(pack_block(pack, toy->blocks[i].at, &id, bytes, &err));
        pack_let_go(pack, bytes, sizeof bytes);
    }
    OK(pack_disk_end(pack, toy->size, &digest, &err));
    sha256_free(sha);
    return digest;
}

/* Noise and text for block after block, more than a toy holds: seed `from` and those behind it. */
static inline struct disk_digest toy_feed_many(struct pack *pack, uint32_t from, uint32_t count,
                                               int *ret_rc, struct err *err)
{
    struct sha256 *sha = sha256_new();
    struct disk_digest digest = {{0}};
    uint8_t bytes[BLOCK_SIZE];
    struct block_id id;
    int rc = pack_disk_begin(pack, err);

    for (uint32_t i = 0; rc == 0 && i < count; i++) {
        toy_block(from + i, BLOCK_SIZE, bytes);
        sha256_of(sha, bytes, BLOCK_SIZE, id.sha256);
        rc = pack_block(pack, i, &id, bytes, err);
        pack_let_go(pack, bytes, sizeof bytes);
    }
    if (rc == 0)
        rc = pack_disk_end(pack, (uint64_t)count * BLOCK_SIZE, &digest, err);
    sha256_free(sha);
    *ret_rc = rc;
    return digest;
}

/* Pack one disk; `result` may be NULL, else its blobs are released here and only the numbers stay.
 */
static inline struct disk_digest toy_pack(const struct replica *replica, const struct toy *toy,
                                          struct pack_result *result)
{
    struct pack_result here = {0};
    struct disk_digest digest;
    struct toy_pack open = toy_pack_open(replica, CODEC_ZSTD, TOY_THREADS);
    struct err err = {0};

    digest = toy_feed(open.pack, toy);
    OK(pack_finish(open.pack, &here, &err));
    toy_pack_close(&open);
    if (result)
        *result = here;
    pack_result_done(&here);
    if (result)
        result->blobs = NULL;
    return digest;
}

struct toy_told {
    size_t count;
    char last[1024];
};

static inline void toy_tell(void *user, const char *text)
{
    struct toy_told *told = user;

    told->count++;
    snprintf(told->last, sizeof told->last, "%s", text);
}

static inline int toy_reader(struct replica *replicas, size_t count,
                             const struct disk_digest *digest, struct toy_told *told,
                             struct disk_reader **ret, struct err *err)
{
    const struct disk_reader_request request = {
        .replicas = replicas,
        .count = count,
        .digest = *digest,
        .warn = told ? toy_tell : NULL,
        .user = told,
    };

    return disk_reader_open(&request, ret, err);
}

/* Compare one extent, `step` blocks at a time, from toy->blocks[*next] on. */
static inline int toy_compare(struct disk_reader *reader, const struct toy *toy,
                              const struct extent *extent, size_t *next, struct err *err)
{
    enum { STEP = 7 };
    uint8_t got[STEP * BLOCK_SIZE], want[BLOCK_SIZE];

    for (uint64_t done = 0; done < extent->count;) {
        const size_t count = extent->count - done < STEP ? (size_t)(extent->count - done) : STEP;
        const int code = disk_reader_read(reader, extent->block + done, count, got, err);

        if (code < 0)
            return code;
        for (size_t i = 0; i < count; i++, ++*next) {
            while (*next < toy->count && toy->blocks[*next].seed == 0)
                ++*next;
            ck_assert_uint_lt(*next, toy->count);
            ck_assert_uint_eq(toy->blocks[*next].at, extent->block + done + i);
            toy_bytes(toy, *next, want);
            ck_assert_mem_eq(got + i * BLOCK_SIZE, want, BLOCK_SIZE);
        }
        done += count;
    }
    return 0;
}

/* Read the whole disk and compare every byte that is given. Returns the first error. */
static inline int toy_read(struct replica *replicas, size_t count, const struct disk_digest *digest,
                           const struct toy *toy, struct toy_told *told, struct err *err)
{
    struct disk_reader *reader = NULL;
    const struct extent *extents;
    size_t extent_count, next = 0;
    int code = toy_reader(replicas, count, digest, told, &reader, err);

    if (code < 0)
        return code;
    ck_assert_uint_eq(disk_reader_size(reader), toy->size);
    for (size_t segment = 0; code == 0 && segment < disk_reader_segments(reader); segment++) {
        code = disk_reader_extents(reader, segment, &extents, &extent_count, err);
        if (code < 0)
            break;
        /* toy_compare reads inside this segment, so the extents stay. */
        for (size_t i = 0; code == 0 && i < extent_count; i++)
            code = toy_compare(reader, toy, &extents[i], &next, err);
    }
    while (next < toy->count && toy->blocks[next].seed == 0)
        next++;
    if (code == 0)
        ck_assert_uint_eq(next, toy->count);
    disk_reader_close(reader);
    return code;
}

/* The one file (or the first in order) in `folder` of the replica: its path below the scratch
 * directory. */
static inline void toy_file(const struct replica *replica, const char *folder, size_t number,
                            char path[512])
{
    struct texts names = {0};
    struct err err = {0};

    OK(dir_list(replica->dir, folder, &names, &err));
    ck_assert_uint_lt(number, names.count);
    snprintf(path, 512, "%s/%s", folder, names.items[number]);
    texts_done(&names);
}

static inline size_t toy_files(const struct replica *replica, const char *folder)
{
    struct texts names = {0};
    struct err err = {0};
    size_t count;

    OK(dir_list(replica->dir, folder, &names, &err));
    count = names.count;
    texts_done(&names);
    return count;
}

/* Turn one bit of a file over. `offset` counts from the end when negative. */
static inline void toy_flip(const struct replica *replica, const char *path, int64_t offset)
{
    int fd = openat(replica->dir, path, O_RDWR | O_CLOEXEC);
    struct stat st;
    uint8_t byte;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(fstat(fd, &st), 0);
    if (offset < 0)
        offset += st.st_size;
    ck_assert_int_eq(pread(fd, &byte, 1, offset), 1);
    byte ^= 4;
    ck_assert_int_eq(pwrite(fd, &byte, 1, offset), 1);
    close(fd);
}

static inline void toy_remove(const struct replica *replica, const char *path)
{
    ck_assert_int_eq(unlinkat(replica->dir, path, 0), 0);
}

#endif
