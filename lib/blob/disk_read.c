/* Disk maps: opened, proven and read. */
#include "blob/disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/endian.h"
#include "blob/room.h"
#include "os/file.h"

enum { DISK_PIECE = 1 << 18 }; /* bytes read at a time when the whole map is hashed */

struct disk {
    int fd;
    char path[DISK_PATH_SIZE];
    struct disk_digest digest;
    uint64_t file_size;
    uint64_t virtual_size;
    uint64_t run_count;
    uint64_t data_blocks;
    uint8_t content[XXH128_SIZE]; /* from the footer */
    struct disk_segment *segments;
    size_t segment_count;
    struct disk_blob *blobs;
    size_t blob_count;
    uint8_t *rows; /* of one segment, as they lie in the file */
    struct disk_run *runs;
    struct disk_run *held; /* of all segments; NULL: they are read */
};

void disk_digest_text(const struct disk_digest *digest, char text[DISK_DIGEST_TEXT])
{
    text_hex(text, digest->sha256, sizeof digest->sha256);
}

bool disk_digest_parse(const char *text, struct disk_digest *ret)
{
    struct disk_digest digest;

    if (!text_unhex(text, digest.sha256, sizeof digest.sha256))
        return false;
    *ret = digest;
    return true;
}

bool disk_file_parse(const char *file_name, struct disk_digest *ret)
{
    char digits[DISK_DIGEST_TEXT];

    if (strlen(file_name) != sizeof digits - 1 + strlen(".disk") ||
        strcmp(file_name + sizeof digits - 1, ".disk") != 0)
        return false;
    memcpy(digits, file_name, sizeof digits - 1);
    digits[sizeof digits - 1] = '\0';
    return disk_digest_parse(digits, ret);
}

void disk_path(const struct disk_digest *digest, char path[DISK_PATH_SIZE])
{
    char text[DISK_DIGEST_TEXT];

    disk_digest_text(digest, text);
    snprintf(path, DISK_PATH_SIZE, "disks/%s.disk", text);
}

/* Counts of the footer, and that they fill the file to the byte: nothing is allocated by them
 * before. */
static int read_footer(struct disk *disk, struct err *err)
{
    uint8_t footer[DISK_FOOTER_SIZE];
    uint64_t left;
    int rc = file_read_exact(disk->fd, disk->path, footer, sizeof footer,
                             disk->file_size - sizeof footer, err);

    if (rc)
        return rc;
    if (memcmp(footer, DISK_END_MAGIC, 8) != 0 ||
        little_get64(footer + 56) != digest_xxh3(footer, 56))
        return file_damaged(disk->path, "its footer is damaged", err);
    if (little_get32(footer + 8) != 1)
        return err_set(err, E_UNSUPPORTED, "cannot use '%s': format %u is unknown", disk->path,
                       (unsigned)little_get32(footer + 8));
    disk->segment_count = little_get32(footer + 12);
    disk->run_count = little_get64(footer + 16);
    disk->blob_count = little_get32(footer + 24);
    disk->data_blocks = little_get64(footer + 32);
    memcpy(disk->content, footer + 40, sizeof disk->content);
    left = disk->file_size - DISK_HEADER_SIZE - DISK_FOOTER_SIZE;
    if (disk->run_count > left / DISK_RUN_ROW || little_get32(footer + 28) != 0)
        return file_damaged(disk->path, "its footer does not fit its size", err);
    left -= disk->run_count * DISK_RUN_ROW;
    if (left != disk->segment_count * (uint64_t)DISK_SEGMENT_ROW +
                    disk->blob_count * (uint64_t)DISK_BLOB_ROW)
        return file_damaged(disk->path, "its footer does not fit its size", err);
    return 0;
}

/* The XXH3-128 of everything before the footer. */
static int prove_content(struct disk *disk, uint8_t *piece, struct err *err)
{
    const uint64_t end = disk->file_size - DISK_FOOTER_SIZE;
    struct xxh128 *hash = xxh128_new();
    uint8_t content[XXH128_SIZE];
    int rc = 0;

    for (uint64_t offset = 0; rc == 0 && offset < end; offset += DISK_PIECE) {
        const size_t some = end - offset < DISK_PIECE ? (size_t)(end - offset) : DISK_PIECE;

        rc = file_read_exact(disk->fd, disk->path, piece, some, offset, err);
        if (rc == 0)
            xxh128_add(hash, piece, some);
    }
    xxh128_result(hash, content);
    xxh128_free(hash);
    if (rc == 0 && memcmp(content, disk->content, sizeof content) != 0)
        rc = file_damaged(disk->path, "its content is damaged", err);
    return rc;
}

static int read_header(struct disk *disk, struct err *err)
{
    uint8_t header[DISK_HEADER_SIZE];
    int rc = file_read_exact(disk->fd, disk->path, header, sizeof header, 0, err);

    if (rc)
        return rc;
    if (memcmp(header, DISK_MAGIC, 8) != 0 || little_get32(header + 8) != 1 ||
        !mem_is_zero(header + 24, 8))
        return file_damaged(disk->path, "its header is damaged", err);
    if (little_get32(header + 12) != 0)
        return err_set(err, E_UNSUPPORTED,
                       "cannot use '%s': it needs features %#x, which are unknown", disk->path,
                       (unsigned)little_get32(header + 12));
    disk->virtual_size = little_get64(header + 16);
    if (memcmp(header + 32, disk->digest.sha256, sizeof disk->digest.sha256) != 0)
        return file_damaged(disk->path, "it is the map of another disk", err);
    if (disk->virtual_size > DISK_MAP_MAX ||
        (disk->virtual_size + SEGMENT_SIZE - 1) / SEGMENT_SIZE != disk->segment_count)
        return file_damaged(disk->path, "its size and its segments do not agree", err);
    return 0;
}

/* Blocks of the disk that lie in a segment. */
static uint32_t segment_blocks(const struct disk *disk, size_t number)
{
    const uint64_t left = block_count(disk->virtual_size) - number * (uint64_t)SEGMENT_BLOCKS;

    return left < SEGMENT_BLOCKS ? (uint32_t)left : SEGMENT_BLOCKS;
}

static int read_segments(struct disk *disk, uint8_t *piece, struct err *err)
{
    const size_t rows = DISK_PIECE / DISK_SEGMENT_ROW;
    uint64_t offset = DISK_HEADER_SIZE + disk->run_count * DISK_RUN_ROW;
    uint64_t runs = 0, blocks = 0;

    disk->segments = mem_new(disk->segment_count, sizeof *disk->segments);
    for (size_t i = 0; i < disk->segment_count;) {
        const size_t some = disk->segment_count - i < rows ? disk->segment_count - i : rows;
        int rc = file_read_exact(disk->fd, disk->path, piece, some * DISK_SEGMENT_ROW, offset, err);

        if (rc)
            return rc;
        offset += some * DISK_SEGMENT_ROW;
        for (const uint8_t *row = piece; row < piece + some * DISK_SEGMENT_ROW;
             row += DISK_SEGMENT_ROW, i++) {
            struct disk_segment *segment = &disk->segments[i];

            memcpy(segment->digest, row, sizeof segment->digest);
            segment->first_run = little_get64(row + 32);
            segment->runs = little_get32(row + 40);
            segment->blocks = little_get32(row + 44);
            if (segment->first_run != runs || segment->runs > segment->blocks ||
                (segment->runs == 0) != (segment->blocks == 0) ||
                segment->blocks > segment_blocks(disk, i))
                return file_damaged(disk->path, "its segment table is damaged", err);
            runs += segment->runs;
            blocks += segment->blocks;
        }
    }
    if (runs != disk->run_count || blocks != disk->data_blocks)
        return file_damaged(disk->path, "its segments do not give its runs", err);
    return 0;
}

static int read_blobs(struct disk *disk, uint8_t *piece, struct err *err)
{
    const size_t rows = DISK_PIECE / DISK_BLOB_ROW;
    uint64_t offset =
        disk->file_size - DISK_FOOTER_SIZE - disk->blob_count * (uint64_t)DISK_BLOB_ROW;

    disk->blobs = mem_new(disk->blob_count, sizeof *disk->blobs);
    for (size_t i = 0; i < disk->blob_count;) {
        const size_t some = disk->blob_count - i < rows ? disk->blob_count - i : rows;
        int rc = file_read_exact(disk->fd, disk->path, piece, some * DISK_BLOB_ROW, offset, err);

        if (rc)
            return rc;
        offset += some * DISK_BLOB_ROW;
        for (const uint8_t *row = piece; row < piece + some * DISK_BLOB_ROW;
             row += DISK_BLOB_ROW, i++) {
            struct disk_blob *blob = &disk->blobs[i];

            memcpy(blob->name.xxh128, row, sizeof blob->name.xxh128);
            blob->size = little_get64(row + 16);
            blob->blocks = little_get32(row + 24);
            if (blob->blocks > BLOB_BLOCKS_MAX || little_get32(row + 28) != 0)
                return file_damaged(disk->path, "its blob table is damaged", err);
        }
    }
    return 0;
}

/* Every run once, so that a map that opens is a map that can be read. */
static int check_runs(struct disk *disk, struct err *err)
{
    const struct disk_run *runs;
    uint32_t most = 0;
    size_t count;
    int rc = 0;

    for (size_t i = 0; i < disk->segment_count; i++)
        if (most < disk->segments[i].runs)
            most = disk->segments[i].runs;
    disk->rows = mem_new(most, DISK_RUN_ROW);
    disk->runs = mem_new(most, sizeof *disk->runs);
    for (size_t i = 0; rc == 0 && i < disk->segment_count; i++)
        rc = disk_segment_runs(disk, i, &runs, &count, err);
    return rc;
}

static int read_all(struct disk *disk, struct err *err)
{
    uint8_t *piece = mem_new(DISK_PIECE, 1);
    struct disk_digest digest;
    int rc = prove_content(disk, piece, err);

    if (rc == 0)
        rc = read_header(disk, err);
    if (rc == 0)
        rc = read_segments(disk, piece, err);
    if (rc == 0)
        rc = read_blobs(disk, piece, err);
    free(piece);
    if (rc)
        return rc;
    digest = disk_digest_of(disk->virtual_size, disk->segments, disk->segment_count);
    if (memcmp(digest.sha256, disk->digest.sha256, sizeof digest.sha256) != 0)
        return file_damaged(disk->path, "its segments do not give its digest", err);
    return check_runs(disk, err);
}

int disk_open_fd(int fd, const struct disk_digest *digest, struct disk **ret, struct err *err)
{
    struct disk *disk = mem_new(1, sizeof *disk);
    struct file_info info;
    int rc;

    disk->fd = fd;
    disk->digest = *digest;
    disk_path(digest, disk->path);
    rc = file_stat(fd, disk->path, &info, err);
    if (rc)
        goto fail;
    if (info.kind != FILE_REGULAR || info.size < DISK_HEADER_SIZE + DISK_FOOTER_SIZE) {
        rc = file_damaged(disk->path, "it is too short for a disk map or no regular file", err);
        goto fail;
    }
    disk->file_size = info.size;
    rc = read_footer(disk, err);
    if (rc == 0)
        rc = read_all(disk, err);
    if (rc)
        goto fail;
    *ret = disk;
    return 0;
fail:
    disk_close(disk);
    return rc;
}

int disk_open(int dir, const struct disk_digest *digest, struct disk **ret, struct err *err)
{
    char path[DISK_PATH_SIZE];
    int fd = FILE_NONE;
    int rc;

    disk_path(digest, path);
    rc = file_open(dir, path, FILE_READ, &fd, err);
    return rc ? rc : disk_open_fd(fd, digest, ret, err);
}

void disk_close(struct disk *disk)
{
    if (!disk)
        return;
    file_close(&disk->fd);
    free(disk->segments);
    free(disk->blobs);
    free(disk->rows);
    free(disk->runs);
    free(disk->held);
    free(disk);
}

uint64_t disk_size(const struct disk *disk)
{
    return disk->virtual_size;
}

uint64_t disk_data_blocks(const struct disk *disk)
{
    return disk->data_blocks;
}

size_t disk_segment_count(const struct disk *disk)
{
    return disk->segment_count;
}

const uint8_t *disk_segment_digest(const struct disk *disk, size_t segment)
{
    return disk->segments[segment].digest;
}

size_t disk_blob_count(const struct disk *disk)
{
    return disk->blob_count;
}

const struct disk_blob *disk_blob(const struct disk *disk, size_t index)
{
    return &disk->blobs[index];
}

/* One row; `next`: the least block it may begin with. */
static bool parse_run(const struct disk *disk, const uint8_t *row, uint32_t limit, uint32_t next,
                      struct disk_run *run)
{
    const uint32_t count = little_get16(row + 2) + 1u;

    if (count > SEGMENT_BLOCKS)
        return false;
    *run = (struct disk_run){
        .block = little_get16(row),
        .count = (uint16_t)count,
        .blob = little_get32(row + 4),
        .first = little_get32(row + 8),
    };
    if (run->block < next || run->block + count > limit || run->blob >= disk->blob_count)
        return false;
    return run->first < disk->blobs[run->blob].blocks &&
           count <= disk->blobs[run->blob].blocks - run->first;
}

int disk_segment_runs(struct disk *disk, size_t segment, const struct disk_run **ret_runs,
                      size_t *ret_count, struct err *err)
{
    const struct disk_segment *row = &disk->segments[segment];
    const uint32_t limit = segment_blocks(disk, segment);
    uint32_t next = 0, blocks = 0;
    int rc = 0;

    if (disk->held) {
        *ret_runs = disk->held + row->first_run;
        *ret_count = row->runs;
        return 0;
    }
    if (row->runs)
        rc = file_read_exact(disk->fd, disk->path, disk->rows, row->runs * (size_t)DISK_RUN_ROW,
                             DISK_HEADER_SIZE + row->first_run * DISK_RUN_ROW, err);
    if (rc)
        return rc;
    for (uint32_t i = 0; i < row->runs; i++) {
        struct disk_run *run = &disk->runs[i];

        if (!parse_run(disk, disk->rows + i * (size_t)DISK_RUN_ROW, limit, next, run))
            return err_set(err, E_CORRUPT, "cannot use '%s': run %u of segment %zu is damaged",
                           disk->path, (unsigned)i, segment);
        next = (uint32_t)run->block + run->count;
        blocks += run->count;
    }
    if (blocks != row->blocks)
        return err_set(err, E_CORRUPT,
                       "cannot use '%s': the runs of segment %zu do not give its blocks",
                       disk->path, segment);
    *ret_runs = disk->runs;
    *ret_count = row->runs;
    return 0;
}

int disk_hold(struct disk *disk, struct err *err)
{
    struct disk_run *const held = mem_new((size_t)disk->run_count, sizeof *held);
    const struct disk_run *runs;
    size_t count;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < disk->segment_count; i++) {
        rc = disk_segment_runs(disk, i, &runs, &count, err);
        if (rc == 0 && count > 0)
            memcpy(held + disk->segments[i].first_run, runs, count * sizeof *held);
    }
    if (rc) {
        free(held);
        return rc;
    }
    disk->held = held;
    file_close(&disk->fd);
    return 0;
}
