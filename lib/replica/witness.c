#include "replica/witness.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "base/endian.h"
#include "os/file.h"

static const struct blob_name no_blob = {0}; /* the culprit is the replica itself, or its map */

bool witness_has_raw(const struct witness *witness)
{
    return witness->use_raw && witness->shelf && witness->raw.fd != FILE_NONE;
}

void witness_done(struct witness *witness)
{
    if (witness_has_raw(witness))
        raw_file_close(&witness->raw);
    disk_close(witness->disk);
    shelf_free(witness->shelf);
    free(witness->faults.items);
    *witness = (struct witness){0};
}

struct witness_fault *witness_fault(struct witness *witness)
{
    for (size_t i = 0; i < witness->faults.count; i++)
        if (memcmp(&witness->faults.items[i].blob, &witness->culprit, sizeof witness->culprit) == 0)
            return &witness->faults.items[i];
    return NULL;
}

bool witness_faults_map(const struct witness_fault *fault)
{
    return memcmp(&fault->blob, &no_blob, sizeof no_blob) == 0;
}

/* Note the failure against what witness->culprit says. Later errors of the same culprit are not
 * kept: one cause, one telling. */
static int witness_blame(struct witness *witness, bool final, const struct err *err)
{
    struct witness_fault *fault = witness_fault(witness);

    if (!fault) {
        fault = VEC_ADD(&witness->faults);
        fault->blob = witness->culprit;
        fault->err = *err;
    }
    fault->final = fault->final || final;
    return err->code;
}

static int witness_open_map(struct witness *witness, struct err *err)
{
    const struct replica *replica = witness->replica;

    witness->culprit = no_blob;
    witness->runs = NULL;
    if (replica->dir < 0 && !replica->why && witness->open)
        witness->open(witness->user, witness->number);
    if (replica->dir < 0)
        return err_set(err, E_NOT_FOUND, "%s", replica->why ? replica->why : "it is not open");
    return disk_open(replica->dir, &witness->digest, &witness->disk, err);
}

/* A replica without the file has the blobs all the same. */
static void witness_open_raw(struct witness *witness)
{
    if (witness->use_raw &&
        raw_file_open(witness->replica, &witness->digest, disk_size(witness->disk), &witness->raw,
                      &witness->raw_err) == E_NOT_FOUND)
        witness->raw_err = (struct err){0};
}

int witness_open(struct witness *witness, struct err *err)
{
    const struct witness_fault *known;
    int rc;

    if (witness->disk)
        return 0;
    witness->culprit = no_blob;
    known = witness_fault(witness);
    if (known) {
        *err = known->err;
        return err->code;
    }
    rc = witness_open_map(witness, err);
    if (rc < 0)
        return witness_blame(witness, true, err);
    witness->shelf = shelf_new(witness->replica->dir);
    witness_open_raw(witness);
    return 0;
}

/* A sweep may have moved blocks and replaced the map since it was opened. */
static int witness_open_again(struct witness *witness, struct err *err)
{
    disk_close(witness->disk);
    witness->disk = NULL;
    return witness_open_map(witness, err);
}

static int witness_load_runs(struct witness *witness, size_t segment, struct err *err)
{
    int rc;

    if (witness->runs && witness->segment == segment)
        return 0;
    witness->runs = NULL;
    witness->culprit = no_blob;
    rc = disk_segment_runs(witness->disk, segment, &witness->runs, &witness->run_count, err);
    if (rc < 0)
        witness->runs = NULL;
    witness->segment = segment;
    return rc;
}

static int witness_blob(struct witness *witness, uint32_t index, const struct blob **ret,
                        struct err *err)
{
    const struct disk_blob *named = disk_blob(witness->disk, index);
    const struct witness_fault *fault;
    int rc;

    witness->culprit = named->name;
    fault = witness_fault(witness);
    if (fault && fault->final) {
        /* Not E_NOT_FOUND: the map was read again for it already. */
        return err_set(err, E_CORRUPT, "%s", fault->err.text);
    }
    rc = shelf_blob(witness->shelf, named, ret, err);
    return rc < 0 && rc != E_NOT_FOUND ? witness_blame(witness, true, err) : rc;
}

/* The digest of a segment as disk.h defines it. */
static void witness_segment_digest(const struct witness *witness, const struct block_id *ids,
                                   uint8_t ret[SHA256_SIZE])
{
    enum { ROWS = 128 }; /* hashed at once */
    uint8_t rows[ROWS * (4 + SHA256_SIZE)];
    size_t held = 0;

    sha256_reset(witness->sha256);
    for (size_t i = 0; i < witness->run_count; i++) {
        const struct disk_run *run = &witness->runs[i];

        for (uint32_t block = run->block; block < (uint32_t)run->block + run->count; block++) {
            little_put32(rows + held, block);
            memcpy(rows + held + 4, ids->sha256, SHA256_SIZE);
            ids++;
            held += 4 + SHA256_SIZE;
            if (held < sizeof rows)
                continue;
            sha256_add(witness->sha256, rows, held);
            held = 0;
        }
    }
    sha256_add(witness->sha256, rows, held);
    sha256_result(witness->sha256, ret);
}

/* Room for the runs of a segment, and what the map says of them. */
static void part_begin(struct part *part, struct witness *witness, size_t segment)
{
    const uint64_t start = (uint64_t)segment * SEGMENT_BLOCKS;
    uint32_t blocks = 0;

    *part = (struct part){
        .segment = segment,
        .runs = mem_new(witness->run_count, sizeof *part->runs),
        .run_count = witness->run_count,
        .extents = mem_new(witness->run_count, sizeof *part->extents),
        .shelf = witness->shelf,
    };
    if (witness_has_raw(witness))
        part->raw = &witness->raw;
    for (size_t i = 0; i < witness->run_count; i++) {
        const struct disk_run *run = &witness->runs[i];
        struct extent *last = &part->extents[part->extent_count ? part->extent_count - 1 : 0];

        part->runs[i] = (struct part_run){
            .block = run->block, .count = run->count, .first = run->first, .id = blocks};
        blocks += run->count;
        if (part->extent_count && last->block + last->count == start + run->block)
            last->count += run->count;
        else
            part->extents[part->extent_count++] =
                (struct extent){.block = start + run->block, .count = run->count};
    }
    part->ids = mem_new(blocks, sizeof *part->ids);
}

/* The identities of its blocks, from the blobs, which are held. */
static int part_fill(struct part *part, struct witness *witness, struct err *err)
{
    uint8_t digest[SHA256_SIZE];

    for (size_t i = 0; i < witness->run_count; i++) {
        const struct disk_run *run = &witness->runs[i];
        const struct blob *blob;
        int rc = witness_blob(witness, run->blob, &blob, err);

        if (rc == 0)
            rc = blob_ids(blob, run->first, run->count, part->ids + part->runs[i].id, err);
        if (rc < 0)
            return rc;
        part->runs[i].book = shelf_hold(witness->shelf);
    }
    witness->culprit = no_blob;
    witness_segment_digest(witness, part->ids, digest);
    if (memcmp(digest, disk_segment_digest(witness->disk, part->segment), sizeof digest) != 0)
        return err_set(err, E_CORRUPT, "blocks of segment %zu are not those of the disk",
                       part->segment);
    return 0;
}

static int witness_load_part(struct witness *witness, size_t segment, struct part *ret,
                             struct err *err)
{
    struct part part;
    int rc = witness_load_runs(witness, segment, err);

    if (rc < 0)
        return rc;
    part_begin(&part, witness, segment);
    rc = part_fill(&part, witness, err);
    if (rc < 0)
        part_done(&part);
    else
        *ret = part;
    return rc;
}

/* The run that holds the block, or NULL. */
static const struct disk_run *witness_run(const struct witness *witness, uint32_t block)
{
    size_t low = 0;
    size_t high = witness->run_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if ((uint32_t)witness->runs[middle].block + witness->runs[middle].count <= block)
            low = middle + 1;
        else
            high = middle;
    }
    return low < witness->run_count && witness->runs[low].block <= block ? &witness->runs[low]
                                                                         : NULL;
}

/* Blocks out of one run: `piece` from block number *ret_got on. */
static int witness_read_run(struct witness *witness, const struct witness_piece *piece,
                            uint32_t *ret_got, struct err *err)
{
    const uint32_t block = piece->block + *ret_got;
    const uint32_t rest = piece->count - *ret_got;
    const struct disk_run *run = witness_run(witness, block);
    struct desk_run wanted = {
        .ids = piece->ids + *ret_got,
        .out = piece->out + (size_t)*ret_got * BLOCK_SIZE,
    };
    uint32_t got = 0;
    int rc;

    witness->culprit = no_blob;
    if (!run)
        return err_set(err, E_CORRUPT, "the disk map leaves out a block");
    rc = witness_blob(witness, run->blob, &wanted.blob, err);
    if (rc < 0)
        return rc;
    wanted.first = run->first + (block - run->block);
    wanted.count = (uint32_t)run->block + run->count - block;
    if (wanted.count > rest)
        wanted.count = rest;
    rc = desk_read(witness->desk, &wanted, &got, err);
    *ret_got += got;
    return rc;
}

static int witness_read_all(struct witness *witness, const struct witness_piece *piece,
                            uint32_t *ret_got, struct err *err)
{
    int rc = witness_load_runs(witness, piece->segment, err);

    while (rc == 0 && *ret_got < piece->count)
        rc = witness_read_run(witness, piece, ret_got, err);
    return rc;
}

/* Whether to try again from a map opened now: a blob is missing, and the map was not yet read again
 * for it. */
static bool witness_may_be_stale(const struct witness *witness, int code)
{
    return code == E_NOT_FOUND && witness->disk;
}

int witness_part(struct witness *witness, size_t segment, struct part *ret, struct err *err)
{
    int rc = witness_open(witness, err);

    if (rc < 0)
        return rc;
    rc = witness_load_part(witness, segment, ret, err);
    if (witness_may_be_stale(witness, rc)) {
        rc = witness_open_again(witness, err);
        if (rc == 0)
            rc = witness_load_part(witness, segment, ret, err);
    }
    return rc < 0 ? witness_blame(witness, rc == E_NOT_FOUND || !witness->disk, err) : 0;
}

int witness_read(struct witness *witness, const struct witness_piece *piece, uint32_t *ret_got,
                 struct err *err)
{
    int rc = witness_open(witness, err);

    *ret_got = 0;
    if (rc < 0)
        return rc;
    rc = witness_read_all(witness, piece, ret_got, err);
    if (witness_may_be_stale(witness, rc)) {
        rc = witness_open_again(witness, err);
        if (rc == 0)
            rc = witness_read_all(witness, piece, ret_got, err);
    }
    return rc < 0 ? witness_blame(witness, rc == E_NOT_FOUND || !witness->disk, err) : 0;
}
