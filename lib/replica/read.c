#include "replica/read.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "replica/witness.h"

struct disk_reader {
    struct disk_digest digest;
    struct witness *witnesses; /* in order of preference */
    size_t witness_count;
    void (*warn)(void *user, const char *text);
    void *user;
    struct sha256 *sha256;
    uint64_t size;
    uint64_t data_blocks;
    size_t segments;

    /* The segment at hand, proven: what its blocks are and which of them are data. */
    bool loaded;
    size_t segment;
    struct block_id ids[SEGMENT_BLOCKS];
    struct extent extents[SEGMENT_BLOCKS / 2 + 1];
    size_t extent_count;
};

/* Say once for each replica and cause that replica `number` is passed over for the next one. */
static void reader_tell(struct disk_reader *reader, size_t number)
{
    struct witness *witness = &reader->witnesses[number];
    struct witness_fault *fault = witness_fault(witness);
    char *text;

    if (number + 1 == reader->witness_count || fault->told || !reader->warn)
        return;
    fault->told = true;
    text = text_printf("replica '%s' cannot be read: %s; reading from '%s'",
                       witness->replica->label, fault->err.text, witness[1].replica->label);
    reader->warn(reader->user, text);
    free(text);
}

/* The code for what failed in every replica: damage when any of them is damaged. */
static int worse(int left, int right)
{
    if (left == 0 || right == E_CORRUPT)
        return right;
    return left == E_NOT_FOUND ? right : left;
}

static int reader_open_map(struct disk_reader *reader, struct err *err)
{
    struct err cause = {.code = E_NOT_FOUND, .text = "there is no replica"};
    int worst = E_NOT_FOUND;

    for (size_t i = 0; i < reader->witness_count; i++) {
        struct witness *witness = &reader->witnesses[i];
        const int rc = witness_open(witness, &cause);

        if (rc == 0) {
            reader->size = disk_size(witness->disk);
            reader->data_blocks = disk_data_blocks(witness->disk);
            reader->segments = disk_segment_count(witness->disk);
            return 0;
        }
        reader_tell(reader, i);
        worst = worse(worst, rc);
    }
    return err_set(err, worst, "cannot read the disk from any replica: %s", cause.text);
}

int disk_reader_open(const struct replica *replicas, size_t count, const struct disk_digest *digest,
                     void (*warn)(void *user, const char *text), void *user,
                     struct disk_reader **ret, struct err *err)
{
    struct disk_reader *reader = mem_new(1, sizeof *reader);
    int rc;

    reader->digest = *digest;
    reader->warn = warn;
    reader->user = user;
    reader->sha256 = sha256_new();
    reader->witnesses = mem_new(count, sizeof *reader->witnesses);
    reader->witness_count = count;
    for (size_t i = 0; i < count; i++)
        reader->witnesses[i] = (struct witness){
            .replica = &replicas[i],
            .digest = *digest,
            .sha256 = reader->sha256,
        };
    rc = reader_open_map(reader, err);
    if (rc < 0) {
        disk_reader_close(reader);
        return rc;
    }
    *ret = reader;
    return 0;
}

void disk_reader_close(struct disk_reader *reader)
{
    if (!reader)
        return;
    for (size_t i = 0; i < reader->witness_count; i++)
        witness_done(&reader->witnesses[i]);
    free(reader->witnesses);
    sha256_free(reader->sha256);
    free(reader);
}

uint64_t disk_reader_size(const struct disk_reader *reader)
{
    return reader->size;
}

uint64_t disk_reader_data_blocks(const struct disk_reader *reader)
{
    return reader->data_blocks;
}

size_t disk_reader_segments(const struct disk_reader *reader)
{
    return reader->segments;
}

static void reader_set_extents(struct disk_reader *reader, const struct witness *witness)
{
    const uint64_t start = (uint64_t)reader->segment * SEGMENT_BLOCKS;

    reader->extent_count = 0;
    for (size_t i = 0; i < witness->run_count; i++) {
        const struct disk_run *run = &witness->runs[i];
        struct extent *last = &reader->extents[reader->extent_count ? reader->extent_count - 1 : 0];

        if (reader->extent_count && last->block + last->count == start + run->block)
            last->count += run->count;
        else
            reader->extents[reader->extent_count++] =
                (struct extent){.block = start + run->block, .count = run->count};
    }
}

static int reader_load(struct disk_reader *reader, size_t segment, struct err *err)
{
    struct err cause = {0};
    int worst = 0;

    if (reader->loaded && reader->segment == segment)
        return 0;
    reader->loaded = false;
    for (size_t i = 0; i < reader->witness_count; i++) {
        const int rc = witness_segment(&reader->witnesses[i], segment, reader->ids, &cause);

        if (rc == 0) {
            reader->loaded = true;
            reader->segment = segment;
            reader_set_extents(reader, &reader->witnesses[i]);
            return 0;
        }
        reader_tell(reader, i);
        worst = worse(worst, rc);
    }
    return err_set(err, worst == E_NOT_FOUND ? E_CORRUPT : worst,
                   "cannot read the disk at byte %" PRIu64 " from any replica: %s",
                   (uint64_t)segment * SEGMENT_SIZE, cause.text);
}

int disk_reader_extents(struct disk_reader *reader, size_t segment, const struct extent **ret,
                        size_t *ret_count, struct err *err)
{
    int rc;

    if (segment >= reader->segments)
        return err_set(err, E_INVALID, "cannot read segment %zu: the disk has %zu", segment,
                       reader->segments);
    rc = reader_load(reader, segment, err);
    if (rc < 0)
        return rc;
    *ret = reader->extents;
    *ret_count = reader->extent_count;
    return 0;
}

static bool reader_has(const struct disk_reader *reader, uint64_t block, size_t count)
{
    size_t low = 0;
    size_t high = reader->extent_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct extent *extent = &reader->extents[middle];

        if (block >= extent->block + extent->count)
            low = middle + 1;
        else if (block < extent->block)
            high = middle;
        else
            return count <= extent->block + extent->count - block;
    }
    return false;
}

/* Blocks of the piece from the first replica that gives any of them; the rest is asked from the
 * first again. */
static int reader_read_some(struct disk_reader *reader, const struct witness_piece *piece,
                            uint32_t *ret_got, struct err *err)
{
    struct err cause = {0};
    int worst = 0;

    for (size_t i = 0; i < reader->witness_count; i++) {
        const int rc = witness_read(&reader->witnesses[i], piece, ret_got, &cause);

        if (rc < 0)
            reader_tell(reader, i);
        if (*ret_got > 0)
            return 0;
        worst = worse(worst, rc);
    }
    return err_set(err, worst == E_NOT_FOUND ? E_CORRUPT : worst,
                   "cannot read byte %" PRIu64 " of the disk from any replica: %s",
                   (uint64_t)piece->segment * SEGMENT_SIZE + (uint64_t)piece->block * BLOCK_SIZE,
                   cause.text);
}

int disk_reader_read(struct disk_reader *reader, uint64_t block, size_t count, void *out,
                     struct err *err)
{
    const size_t segment = (size_t)(block / SEGMENT_BLOCKS);
    struct witness_piece piece = {
        .segment = segment,
        .block = (uint32_t)(block % SEGMENT_BLOCKS),
        .count = (uint32_t)count,
        .out = out,
    };
    int rc;

    if (segment >= reader->segments)
        return err_set(err, E_INVALID, "cannot read block %" PRIu64 ": it is behind the disk",
                       block);
    rc = reader_load(reader, segment, err);
    if (rc < 0)
        return rc;
    if (!reader_has(reader, block, count))
        return err_set(err, E_INVALID, "cannot read block %" PRIu64 ": it is not in one extent",
                       block);
    while (piece.count > 0) {
        uint32_t got;

        piece.ids = reader->ids + piece.block;
        rc = reader_read_some(reader, &piece, &got, err);
        if (rc < 0)
            return rc;
        piece.block += got;
        piece.count -= got;
        piece.out += (size_t)got * BLOCK_SIZE;
    }
    return 0;
}
