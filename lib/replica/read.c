#include "replica/read.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "os/file.h"
#include "replica/witness.h"

/* A segment that was loaded. */
struct kept_part {
    struct part part;
    uint64_t used;  /* when last; 0: a free place */
    size_t holders; /* it stays while there are any */
};

struct disk_reader {
    struct disk_digest digest;
    struct witness *witnesses; /* in order of preference */
    size_t witness_count;
    size_t first; /* that could be opened */
    void (*warn)(void *user, const char *text);
    bool (*damaged)(void *user, const struct reader_damage *damage);
    void *user;
    struct sha256 *sha256;
    struct desk *desk;
    uint64_t size;
    uint64_t data_blocks;
    size_t segments;
    uint64_t clock; /* counts uses */
    struct kept_part *parts;
    size_t part_count;
};

/* Have somebody see to it, if it is damage: a map that is missing is none as long as nobody says
 * that it should be there. Whether somebody will. */
static bool reader_report(const struct disk_reader *reader, const struct witness *witness,
                          const struct witness_fault *fault)
{
    const bool of_map = witness_faults_map(fault);
    const int code = fault->err.code;
    const struct reader_damage damage = {
        .replica = witness->replica->label,
        .disk = &reader->digest,
        .blob = of_map ? NULL : &fault->blob,
        .why = &fault->err,
    };

    if (!reader->damaged || witness->replica->dir < 0 ||
        (code != E_CORRUPT && (code != E_NOT_FOUND || of_map)))
        return false;
    return reader->damaged(reader->user, &damage);
}

/* Say once for each replica and cause that replica `number` is passed over for the next one. */
static void reader_tell(struct disk_reader *reader, size_t number)
{
    const struct witness *witness = &reader->witnesses[number];
    struct witness_fault *fault = witness_fault(&reader->witnesses[number]);
    bool seen_to;
    char *text;

    if (fault->told)
        return;
    fault->told = true;
    seen_to = reader_report(reader, witness, fault);
    if (number + 1 == reader->witness_count || !reader->warn)
        return;
    text = text_printf("replica '%s' cannot be read: %s; reading from '%s'%s",
                       witness->replica->label, fault->err.text, witness[1].replica->label,
                       seen_to ? "; its repair is queued" : "");
    reader->warn(reader->user, text);
    free(text);
}

/* Say once that the raw file of replica `number` is passed over for the blobs beside it. */
static void reader_tell_raw(struct disk_reader *reader, size_t number, const struct err *why)
{
    struct witness *const witness = &reader->witnesses[number];
    const struct reader_damage damage = {
        .replica = witness->replica->label,
        .disk = &reader->digest,
        .of_raw = true,
        .why = why,
    };
    bool seen_to;
    char *text;

    if (witness->raw.told)
        return;
    witness->raw.told = true;
    seen_to = why->code == E_CORRUPT && reader->damaged && reader->damaged(reader->user, &damage);
    if (!reader->warn)
        return;
    text = text_printf("replica '%s' does not have the disk ready: %s; reading its blobs%s",
                       witness->replica->label, why->text, seen_to ? "; its repair is queued" : "");
    reader->warn(reader->user, text);
    free(text);
}

/* Say once that the raw file has what no blob has. */
static void reader_tell_saved(struct disk_reader *reader, struct witness *witness,
                              const struct err *why)
{
    char *text;

    if (witness->raw.saved || !reader->warn)
        return;
    witness->raw.saved = true;
    text = text_printf("no replica has all blocks of the disk: %s; reading '%s' of replica '%s'",
                       why->text, witness->raw.name, witness->replica->label);
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
            reader->first = i;
            if (witness->raw_err.code)
                reader_tell_raw(reader, i, &witness->raw_err);
            return 0;
        }
        reader_tell(reader, i);
        worst = worse(worst, rc);
    }
    return err_set(err, worst, "cannot read the disk from any replica: %s", cause.text);
}

int disk_reader_open(const struct disk_reader_request *request, struct disk_reader **ret,
                     struct err *err)
{
    struct disk_reader *reader = mem_new(1, sizeof *reader);
    int rc;

    reader->digest = request->digest;
    reader->warn = request->warn;
    reader->damaged = request->damaged;
    reader->user = request->user;
    reader->sha256 = sha256_new();
    reader->desk = desk_new(request->check);
    reader->part_count = request->parts ? request->parts : DISK_READER_PARTS;
    reader->parts = mem_new(reader->part_count, sizeof *reader->parts);
    reader->witnesses = mem_new(request->count, sizeof *reader->witnesses);
    reader->witness_count = request->count;
    for (size_t i = 0; i < request->count; i++)
        reader->witnesses[i] = (struct witness){
            .replica = &request->replicas[i],
            .digest = request->digest,
            .sha256 = reader->sha256,
            .desk = reader->desk,
            .open = request->open,
            .user = request->user,
            .number = i,
            .use_raw = request->use_raw,
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
    for (size_t i = 0; i < reader->part_count; i++)
        part_done(&reader->parts[i].part);
    for (size_t i = 0; i < reader->witness_count; i++)
        witness_done(&reader->witnesses[i]);
    free(reader->parts);
    free(reader->witnesses);
    desk_free(reader->desk);
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

size_t disk_reader_parts(const struct disk_reader *reader)
{
    return reader->part_count;
}

int disk_reader_raw(const struct disk_reader *reader)
{
    const struct witness *const witness = &reader->witnesses[reader->first];

    return witness_has_raw(witness) ? witness->raw.fd : FILE_NONE;
}

size_t disk_reader_segments(const struct disk_reader *reader)
{
    return reader->segments;
}

const uint8_t *disk_reader_segment_digest(const struct disk_reader *reader, size_t segment)
{
    return disk_segment_digest(reader->witnesses[reader->first].disk, segment);
}

/* The place that holds the segment, else the one that was not used for longest and may be given
 * away. */
static struct kept_part *reader_place(struct disk_reader *reader, size_t segment)
{
    struct kept_part *oldest = NULL;

    for (size_t i = 0; i < reader->part_count; i++) {
        struct kept_part *kept = &reader->parts[i];

        if (kept->used && kept->part.segment == segment)
            return kept;
        if (kept->holders == 0 && (!oldest || kept->used < oldest->used))
            oldest = kept;
    }
    return oldest;
}

static int reader_load(struct disk_reader *reader, struct part *ret, size_t segment,
                       struct err *err)
{
    struct err cause = {0};
    int worst = 0;

    for (size_t i = 0; i < reader->witness_count; i++) {
        const int rc = witness_part(&reader->witnesses[i], segment, ret, &cause);

        if (rc == 0)
            return 0;
        reader_tell(reader, i);
        worst = worse(worst, rc);
    }
    return err_set(err, worst == E_NOT_FOUND ? E_CORRUPT : worst,
                   "cannot read the disk at byte %" PRIu64 " from any replica: %s",
                   (uint64_t)segment * SEGMENT_SIZE, cause.text);
}

static int reader_part(struct disk_reader *reader, size_t segment, struct kept_part **ret,
                       struct err *err)
{
    struct kept_part *kept = reader_place(reader, segment);

    if (!kept)
        return err_set(err, E_BUSY, "too many segments of the disk are read at once");
    if (!kept->used || kept->part.segment != segment) {
        int rc;

        /* Its blobs first: the new ones may not all find a place beside them. */
        part_done(&kept->part);
        kept->used = 0;
        rc = reader_load(reader, &kept->part, segment, err);
        if (rc < 0)
            return rc;
    }
    kept->used = ++reader->clock;
    *ret = kept;
    return 0;
}

static int check_segment(const struct disk_reader *reader, size_t segment, struct err *err)
{
    if (segment < reader->segments)
        return 0;
    return err_set(err, E_INVALID, "cannot read segment %zu: the disk has %zu", segment,
                   reader->segments);
}

int disk_reader_extents(struct disk_reader *reader, size_t segment, const struct extent **ret,
                        size_t *ret_count, struct err *err)
{
    struct kept_part *kept;
    int rc = check_segment(reader, segment, err);

    if (rc == 0)
        rc = reader_part(reader, segment, &kept, err);
    if (rc < 0)
        return rc;
    *ret = kept->part.extents;
    *ret_count = kept->part.extent_count;
    return 0;
}

int disk_reader_hold(struct disk_reader *reader, size_t segment, const struct part **ret,
                     struct err *err)
{
    struct kept_part *kept;
    int rc = check_segment(reader, segment, err);

    if (rc == 0)
        rc = reader_part(reader, segment, &kept, err);
    if (rc < 0)
        return rc;
    kept->holders++;
    *ret = &kept->part;
    return 0;
}

void disk_reader_let_go(struct disk_reader *reader, const struct part *part)
{
    for (size_t i = 0; i < reader->part_count; i++)
        if (&reader->parts[i].part == part)
            reader->parts[i].holders--;
}

/* The first block of the piece, which no blob has, from a raw file that may be wrong elsewhere. */
static bool reader_read_raw(struct disk_reader *reader, const struct witness_piece *piece,
                            const struct err *why)
{
    const uint64_t block = (uint64_t)piece->segment * SEGMENT_BLOCKS + piece->block;

    for (size_t i = 0; i < reader->witness_count; i++) {
        struct witness *const witness = &reader->witnesses[i];
        struct err ignored = {0};

        if (!witness_has_raw(witness) || raw_file_read(&witness->raw, reader->desk, block, 1,
                                                       piece->ids, piece->out, &ignored) < 0)
            continue;
        reader_tell_saved(reader, witness, why);
        return true;
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
    if (reader_read_raw(reader, piece, &cause)) {
        *ret_got = 1;
        return 0;
    }
    return err_set(err, worst == E_NOT_FOUND ? E_CORRUPT : worst,
                   "cannot read byte %" PRIu64 " of the disk from any replica: %s",
                   (uint64_t)piece->segment * SEGMENT_SIZE + (uint64_t)piece->block * BLOCK_SIZE,
                   cause.text);
}

/* The witness whose raw file that is. */
static size_t reader_owner(const struct disk_reader *reader, const struct part *part)
{
    size_t number = 0;

    while (&reader->witnesses[number].raw != part->raw)
        number++;
    return number;
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
    struct err cause = {0};
    struct kept_part *kept;
    int rc;

    if (segment >= reader->segments)
        return err_set(err, E_INVALID, "cannot read block %" PRIu64 ": it is behind the disk",
                       block);
    rc = reader_part(reader, segment, &kept, err);
    if (rc < 0)
        return rc;
    piece.ids = part_ids(&kept->part, block, count);
    if (!piece.ids)
        return err_set(err, E_INVALID, "cannot read block %" PRIu64 ": it is not in one extent",
                       block);
    if (part_read(&kept->part, reader->desk, block, count, out, &cause) == 0)
        return 0;
    if (kept->part.raw) {
        reader_tell_raw(reader, reader_owner(reader, &kept->part), &cause);
        if (part_read_stored(&kept->part, reader->desk, block, count, out, &cause) == 0)
            return 0;
    }
    while (piece.count > 0) {
        uint32_t got;

        rc = reader_read_some(reader, &piece, &got, err);
        if (rc < 0)
            return rc;
        piece.block += got;
        piece.count -= got;
        piece.ids += got;
        piece.out += (size_t)got * BLOCK_SIZE;
    }
    return 0;
}
