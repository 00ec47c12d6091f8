/* Disk maps: written and published. */
#include "blob/disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "base/endian.h"
#include "blob/room.h"
#include "os/dir.h"
#include "os/file.h"

struct blob_slot {
    struct disk_blob blob;
    uint32_t needed; /* blocks that it must have for the runs that name it */
    bool settled;
};

struct disk_writer {
    struct sink sink;
    int dir;
    uint64_t virtual_size;  /* once ended */
    struct disk_hash *hash; /* holds the segments too */
    struct {
        struct blob_slot *items;
        size_t count;
    } blobs;
    struct disk_run run; /* being formed; count 0: none */
    size_t segment;      /* of that run */
    uint64_t runs;       /* written */
    uint64_t next;       /* least block that may be added */
    bool ended;
    struct disk_digest digest; /* once ended */
};

int disk_writer_open(int dir, struct disk_writer **ret, struct err *err)
{
    const uint8_t header[DISK_HEADER_SIZE] = {0};
    struct disk_writer *writer = mem_new(1, sizeof *writer);
    int rc;

    writer->dir = dir;
    writer->hash = disk_hash_new();
    rc = sink_open(&writer->sink, dir, "new disk map", err);
    /* Room for the header: it holds the digest, which is known last. */
    if (rc == 0)
        rc = sink_add(&writer->sink, header, sizeof header, err);
    if (rc) {
        disk_writer_close(writer);
        return err_wrap(err, "cannot start a disk map");
    }
    *ret = writer;
    return 0;
}

void disk_writer_close(struct disk_writer *writer)
{
    if (!writer)
        return;
    sink_done(&writer->sink);
    disk_hash_free(writer->hash);
    free(writer->blobs.items);
    free(writer);
}

uint32_t disk_writer_blob(struct disk_writer *writer, const struct disk_blob *blob)
{
    /* From the end: runs come in the order in which their blobs were met. */
    for (size_t i = writer->blobs.count; i-- > 0;) {
        const struct blob_slot *slot = &writer->blobs.items[i];

        if (slot->settled && memcmp(&slot->blob.name, &blob->name, sizeof blob->name) == 0)
            return (uint32_t)i;
    }
    *VEC_ADD(&writer->blobs) = (struct blob_slot){.blob = *blob, .settled = true};
    return (uint32_t)(writer->blobs.count - 1);
}

uint32_t disk_writer_blob_pending(struct disk_writer *writer)
{
    VEC_ADD(&writer->blobs);
    return (uint32_t)(writer->blobs.count - 1);
}

void disk_writer_settle(struct disk_writer *writer, uint32_t index, const struct disk_blob *blob)
{
    writer->blobs.items[index].blob = *blob;
    writer->blobs.items[index].settled = true;
}

static int flush_run(struct disk_writer *writer, struct err *err)
{
    const struct disk_run *run = &writer->run;
    struct disk_segment *segment;
    uint8_t row[DISK_RUN_ROW];
    int rc;

    if (run->count == 0)
        return 0;
    segment = &writer->hash->segments.items[writer->segment];
    little_put16(row, run->block);
    little_put16(row + 2, (uint16_t)(run->count - 1));
    little_put32(row + 4, run->blob);
    little_put32(row + 8, run->first);
    rc = sink_add(&writer->sink, row, sizeof row, err);
    if (rc)
        return rc;
    segment->runs++;
    writer->runs++;
    writer->run.count = 0;
    return 0;
}

static bool continues_run(const struct disk_writer *writer, uint64_t block, uint32_t blob,
                          uint32_t place)
{
    const struct disk_run *run = &writer->run;

    return run->count && writer->segment == block / SEGMENT_BLOCKS && run->blob == blob &&
           block % SEGMENT_BLOCKS == (uint64_t)run->block + run->count &&
           place == run->first + run->count;
}

int disk_writer_add(struct disk_writer *writer, uint64_t block, const struct block_id *id,
                    uint32_t blob, uint32_t place, struct err *err)
{
    int rc;

    if (writer->ended || block < writer->next || block >= block_count(DISK_MAP_MAX))
        return err_set(err, E_INVALID,
                       "cannot add block %llu to a disk map: it is behind the end or out of order",
                       (unsigned long long)block);
    if (blob >= writer->blobs.count || place >= BLOB_BLOCKS_MAX)
        return err_set(err, E_INVALID,
                       "cannot add block %llu to a disk map: there is no such place",
                       (unsigned long long)block);
    if (!continues_run(writer, block, blob, place)) {
        rc = flush_run(writer, err);
        if (rc)
            return rc;
        writer->segment = (size_t)(block / SEGMENT_BLOCKS);
        writer->run = (struct disk_run){
            .block = (uint16_t)(block % SEGMENT_BLOCKS), .blob = blob, .first = place};
    }
    writer->run.count++;
    writer->next = block + 1;
    if (writer->blobs.items[blob].needed <= place)
        writer->blobs.items[blob].needed = place + 1;
    disk_hash_add(writer->hash, block, id);
    return 0;
}

int disk_writer_end(struct disk_writer *writer, uint64_t virtual_size, struct disk_digest *ret,
                    struct err *err)
{
    if (writer->ended)
        return err_set(err, E_INVALID, "cannot end a disk map: it has ended before");
    if (virtual_size > DISK_MAP_MAX)
        return err_set(err, E_INVALID,
                       "cannot end a disk map: %llu bytes are more than a disk may have",
                       (unsigned long long)virtual_size);
    if (writer->next > block_count(virtual_size))
        return err_set(err, E_INVALID, "cannot end a disk map: block %llu is behind the end",
                       (unsigned long long)writer->next - 1);
    writer->virtual_size = virtual_size;
    writer->digest = disk_hash_result(writer->hash, virtual_size);
    writer->ended = true;
    *ret = writer->digest;
    return 0;
}

static int check_complete(const struct disk_writer *writer, struct err *err)
{
    if (!writer->ended)
        return err_set(err, E_INVALID, "cannot publish a disk map: it has not ended");
    for (size_t i = 0; i < writer->blobs.count; i++) {
        const struct blob_slot *slot = &writer->blobs.items[i];

        if (!slot->settled || slot->needed > slot->blob.blocks)
            return err_set(err, E_INVALID,
                           "cannot publish a disk map: blob %zu has no name or too few blocks", i);
    }
    return 0;
}

/* Segment table and blob table. *ret_blocks: data blocks in all. */
static int write_tables(struct disk_writer *writer, uint64_t *ret_blocks, struct err *err)
{
    uint64_t runs = 0, blocks = 0;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < writer->hash->segments.count; i++) {
        const struct disk_segment *segment = &writer->hash->segments.items[i];
        uint8_t row[DISK_SEGMENT_ROW];

        memcpy(row, segment->digest, sizeof segment->digest);
        little_put64(row + 32, runs);
        little_put32(row + 40, segment->runs);
        little_put32(row + 44, segment->blocks);
        runs += segment->runs;
        blocks += segment->blocks;
        rc = sink_add(&writer->sink, row, sizeof row, err);
    }
    for (size_t i = 0; rc == 0 && i < writer->blobs.count; i++) {
        const struct disk_blob *blob = &writer->blobs.items[i].blob;
        uint8_t row[DISK_BLOB_ROW] = {0};

        memcpy(row, blob->name.xxh128, sizeof blob->name.xxh128);
        little_put64(row + 16, blob->size);
        little_put32(row + 24, blob->blocks);
        rc = sink_add(&writer->sink, row, sizeof row, err);
    }
    *ret_blocks = blocks;
    return rc;
}

static int write_header(struct disk_writer *writer, struct err *err)
{
    uint8_t header[DISK_HEADER_SIZE] = DISK_MAGIC;

    little_put32(header + 8, 1);
    little_put64(header + 16, writer->virtual_size);
    memcpy(header + 32, writer->digest.sha256, sizeof writer->digest.sha256);
    return file_write_at(writer->sink.staged.fd, writer->sink.name, header, sizeof header, 0, err);
}

/* The digest of what the file holds now: read back, since its first bytes were written last. */
static int hash_content(struct disk_writer *writer, uint8_t ret[XXH128_SIZE], struct err *err)
{
    const uint64_t size = writer->sink.written;
    struct xxh128 *hash = xxh128_new();
    int rc = 0;

    for (uint64_t offset = 0; rc == 0 && offset < size; offset += SINK_SIZE) {
        const size_t length = size - offset < SINK_SIZE ? (size_t)(size - offset) : SINK_SIZE;

        rc = file_read_exact(writer->sink.staged.fd, writer->sink.name, writer->sink.buffer, length,
                             offset, err);
        if (rc == 0)
            xxh128_add(hash, writer->sink.buffer, length);
    }
    xxh128_result(hash, ret);
    xxh128_free(hash);
    return rc;
}

static int write_footer(struct disk_writer *writer, uint64_t blocks, struct err *err)
{
    uint8_t footer[DISK_FOOTER_SIZE] = DISK_END_MAGIC;
    int rc = hash_content(writer, footer + 40, err);

    if (rc)
        return rc;
    little_put32(footer + 8, 1);
    little_put32(footer + 12, (uint32_t)writer->hash->segments.count);
    little_put64(footer + 16, writer->runs);
    little_put32(footer + 24, (uint32_t)writer->blobs.count);
    little_put64(footer + 32, blocks);
    little_put64(footer + 56, digest_xxh3(footer, 56));
    rc = sink_add(&writer->sink, footer, sizeof footer, err);
    return rc ? rc : sink_flush(&writer->sink, err);
}

/* A map of the disk is there and stays: make sure that it will be there after a power loss. */
static int flush_existing(const struct disk_writer *writer, const char *name, struct err *err)
{
    int fd = FILE_NONE;
    int rc = file_open(writer->dir, name, FILE_READ, &fd, err);

    if (rc == 0)
        rc = file_flush(fd, name, err);
    if (rc == 0)
        rc = dir_flush(writer->dir, "disks", err);
    file_close(&fd);
    return rc;
}

int disk_writer_publish(struct disk_writer *writer, bool replace, bool *ret_new, struct err *err)
{
    char text[DISK_DIGEST_TEXT], name[DISK_DIGEST_TEXT + 5];
    uint64_t blocks;
    int rc = check_complete(writer, err);

    if (rc == 0)
        rc = flush_run(writer, err);
    if (rc)
        return rc;
    rc = write_tables(writer, &blocks, err);
    if (rc == 0)
        rc = sink_flush(&writer->sink, err);
    if (rc == 0)
        rc = write_header(writer, err);
    if (rc == 0)
        rc = write_footer(writer, blocks, err);
    if (rc)
        return rc;
    disk_digest_text(&writer->digest, text);
    snprintf(name, sizeof name, "%s.disk", text);
    rc = staged_publish(&writer->sink.staged, name, replace, err);
    *ret_new = rc == 0;
    return rc == E_CONFLICT && !replace ? flush_existing(writer, name, err) : rc;
}
