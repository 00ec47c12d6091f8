/* VHDX: the first MiB of the file (mark, headers, region tables) and the log. See vhdx.h; sections
 * 2.2 "Header Section" and 2.3 "Log". */
#include "image/vhdx.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "codec/crc32c.h"
#include "base/endian.h"

enum {
    HEADER_SIZE = 4096,
    HEADERS = 2, /* at 64 and 128 KiB */
    TABLES = 2,  /* at 192 and 256 KiB */
    FIRST_HEADER_AT = 64 << 10,
    FIRST_TABLE_AT = 192 << 10,
    NEXT = 64 << 10, /* from the first to the second */

    CHECKSUM_AT = 4, /* u32, of headers and tables; it is zero while it is computed */

    SEQUENCE_AT = 8,     /* u64 */
    LOG_GUID_AT = 48,    /* zero: nothing in the log waits */
    LOG_VERSION_AT = 64, /* u16 */
    VERSION_AT = 66,     /* u16 */
    LOG_LENGTH_AT = 68,  /* u32 */
    LOG_OFFSET_AT = 72,  /* u64 */

    COUNT_AT = 8,          /* u32, of a region table */
    REGION_OFFSET_AT = 16, /* u64, of its entries, behind the GUID */
    REGION_LENGTH_AT = 24, /* u32 */
    REGION_FLAGS_AT = 28,  /* u32 */
    REGION_REQUIRED = 1,

    LOG_SECTOR = 4096, /* log entries begin at multiples of it */
    LOG_AT_ONCE = 64 << 10,
    LOG_ENTRY_GUID_AT = 32,
};

#define CONVERT_IT "convert it with the program that made it"

static const uint8_t table_guid[VHDX_GUID_SIZE] = {0x66, 0x77, 0xc2, 0x2d, 0x23, 0xf6, 0x00, 0x42,
                                                   0x9d, 0x64, 0x11, 0x5e, 0x9b, 0xfd, 0x4a, 0x08};
static const uint8_t metadata_guid[VHDX_GUID_SIZE] = {
    0x06, 0xa2, 0x7c, 0x8b, 0x90, 0x47, 0x9a, 0x4b, 0xb8, 0xfe, 0x57, 0x5f, 0x05, 0x0f, 0x88, 0x6e};

/* What the reader takes from a valid header. */
struct header {
    uint32_t checksum;
    uint64_t sequence;
    uint8_t log_guid[VHDX_GUID_SIZE];
    uint16_t log_version, version;
    uint64_t log_offset, log_length;
};

int vhdx_damaged(const struct source *source, struct err *err, const char *format, ...)
{
    char cause[256];
    va_list args;

    va_start(args, format);
    vsnprintf(cause, sizeof cause, format, args);
    va_end(args);
    err_set(err, E_INVALID, "the VHDX '%s' is damaged: %s", source->path, cause);
    return err_hint(err, "copy it again and compare the sizes");
}

int vhdx_unknown(const struct source *source, const char *what, const uint8_t *guid,
                 struct err *err)
{
    err_set(err, E_UNSUPPORTED,
            "the VHDX '%s' needs the %s %08lx-%04x-%04x-%04x-%08lx%04x"
            ", which is not known",
            source->path, what, (unsigned long)little_get32(guid), little_get16(guid + 4),
            little_get16(guid + 6), big_get16(guid + 8), (unsigned long)big_get32(guid + 10),
            big_get16(guid + 14));
    return err_hint(err, CONVERT_IT);
}

static int refuse_version(const struct source *source, const char *what, unsigned version,
                          struct err *err)
{
    err_set(err, E_UNSUPPORTED, "the VHDX '%s' has a %s of version %u, which is not known",
            source->path, what, version);
    return err_hint(err, CONVERT_IT);
}

/* The CRC-32C of a structure of which bytes 4 to 7 count as zeros. */
static bool has_checksum(const uint8_t *bytes, size_t length)
{
    static const uint8_t zeros[4];
    uint32_t crc = crc32c(0, bytes, CHECKSUM_AT);

    crc = crc32c(crc, zeros, sizeof zeros);
    crc = crc32c(crc, bytes + CHECKSUM_AT + 4, length - CHECKSUM_AT - 4);
    return crc == little_get32(bytes + CHECKSUM_AT);
}

/* --- headers --- */

static int read_header(const struct source *source, uint64_t offset, bool *ret_valid,
                       struct header *ret, struct err *err)
{
    uint8_t bytes[HEADER_SIZE];
    const int rc = source_file_read(source, bytes, sizeof bytes, offset, err);

    if (rc < 0)
        return rc;
    *ret_valid = memcmp(bytes, "head", 4) == 0 && has_checksum(bytes, sizeof bytes);
    *ret = (struct header){
        .checksum = little_get32(bytes + CHECKSUM_AT),
        .sequence = little_get64(bytes + SEQUENCE_AT),
        .log_version = little_get16(bytes + LOG_VERSION_AT),
        .version = little_get16(bytes + VERSION_AT),
        .log_length = little_get32(bytes + LOG_LENGTH_AT),
        .log_offset = little_get64(bytes + LOG_OFFSET_AT),
    };
    memcpy(ret->log_guid, bytes + LOG_GUID_AT, VHDX_GUID_SIZE);
    return 0;
}

/* The valid one, or the later of both. Two that differ with one number are none: nobody can tell
 * which is in force. */
static int choose_header(const struct source *source, struct header *ret, struct err *err)
{
    struct header headers[HEADERS];
    bool valid[HEADERS];
    size_t chosen = 0;

    for (size_t i = 0; i < HEADERS; i++) {
        const int rc = read_header(source, FIRST_HEADER_AT + i * NEXT, &valid[i], &headers[i], err);

        if (rc < 0)
            return rc;
    }
    if (!valid[0] && !valid[1])
        return vhdx_damaged(source, err, "neither of its headers has a right checksum");
    if (valid[0] && valid[1] && headers[0].sequence == headers[1].sequence &&
        headers[0].checksum != headers[1].checksum)
        return vhdx_damaged(source, err, "its headers differ and have the same number");
    if (!valid[0] || (valid[1] && headers[1].sequence > headers[0].sequence))
        chosen = 1;
    *ret = headers[chosen];
    if (ret->version != 1)
        return refuse_version(source, "header", ret->version, err);
    return 0;
}

/* --- the log --- */

/* Whether the log holds an entry with the GUID that the header gives. Whether all of it was written
 * is not looked at: then the file would have to be repaired all the same. */
static int look_for_entries(const struct source *source, const struct header *header, bool *ret,
                            struct err *err)
{
    const uint64_t end = header->log_offset + header->log_length;
    uint8_t *bytes = mem_new(LOG_AT_ONCE, 1);
    uint64_t at = header->log_offset;
    int rc = 0;

    *ret = false;
    while (rc == 0 && !*ret && at < end) {
        uint64_t start, stop;
        size_t length;

        rc = file_next_data(source->fd, source->path, at, end, &start, &stop, err);
        if (rc < 0 || start == end)
            break;
        at = start - start % LOG_SECTOR;
        length = (size_t)number_smaller(end - at, LOG_AT_ONCE);
        rc = source_file_read(source, bytes, length, at, err);
        for (size_t i = 0; rc == 0 && i < length; i += LOG_SECTOR)
            *ret = *ret ||
                   (memcmp(bytes + i, "loge", 4) == 0 &&
                    memcmp(bytes + i + LOG_ENTRY_GUID_AT, header->log_guid, VHDX_GUID_SIZE) == 0);
        at += length;
    }
    free(bytes);
    return rc;
}

static int check_log(const struct source *source, const struct header *header,
                     struct claims *claims, struct err *err)
{
    static const uint8_t none[VHDX_GUID_SIZE];
    bool dirty;
    int rc;

    if (header->log_offset % VHDX_MIB != 0 || header->log_length % VHDX_MIB != 0 ||
        !claims_take(claims, header->log_offset, header->log_length))
        return vhdx_damaged(source, err, "its log lies outside of the file or on the headers");
    if (memcmp(header->log_guid, none, sizeof none) == 0)
        return 0;
    if (header->log_version != 0)
        return refuse_version(source, "log", header->log_version, err);
    rc = look_for_entries(source, header, &dirty, err);
    if (rc < 0 || !dirty)
        return rc;
    err_set(err, E_UNSUPPORTED,
            "the VHDX '%s' was not closed: its log holds changes that are not in their place",
            source->path);
    return err_hint(err, "mount it once where it is from, or: qemu-img check -r all '%s'",
                    source->path);
}

/* --- regions --- */

/* Claim a region, and note it when it is one of the two. */
static int take_region(const struct source *source, const uint8_t *entry,
                       struct vhdx_layout *layout, struct claims *claims, struct err *err)
{
    const struct vhdx_region region = {
        .offset = little_get64(entry + REGION_OFFSET_AT),
        .length = little_get32(entry + REGION_LENGTH_AT),
    };
    struct vhdx_region *known = NULL;

    if (memcmp(entry, table_guid, VHDX_GUID_SIZE) == 0)
        known = &layout->table;
    else if (memcmp(entry, metadata_guid, VHDX_GUID_SIZE) == 0)
        known = &layout->metadata;
    else if (little_get32(entry + REGION_FLAGS_AT) & REGION_REQUIRED)
        return vhdx_unknown(source, "region", entry, err);
    if (region.offset % VHDX_MIB != 0 || region.length % VHDX_MIB != 0 || region.length == 0 ||
        !claims_take(claims, region.offset, region.length))
        return vhdx_damaged(source, err, "a region lies outside of the file or on something else");
    if (known && known->offset != 0)
        return vhdx_damaged(source, err, "a region is there twice");
    if (known)
        *known = region;
    return 0;
}

static int take_regions(const struct source *source, const uint8_t *table,
                        struct vhdx_layout *layout, struct claims *claims, struct err *err)
{
    const uint32_t count = little_get32(table + COUNT_AT);

    if (count > VHDX_ENTRIES_MAX)
        return vhdx_damaged(source, err, "its region table has %lu entries, more than %d",
                            (unsigned long)count, VHDX_ENTRIES_MAX);
    for (size_t i = 0; i < count; i++) {
        const int rc = take_region(source, table + VHDX_TABLE_HEADER + i * VHDX_ENTRY_SIZE, layout,
                                   claims, err);

        if (rc < 0)
            return rc;
    }
    if (layout->table.offset == 0 || layout->metadata.offset == 0)
        return vhdx_damaged(source, err, "it has no region of %s",
                            layout->table.offset ? "metadata" : "the block table");
    return 0;
}

/* The first copy of the region table that is valid: they never differ but while one is written. */
static int read_regions(const struct source *source, struct vhdx_layout *layout,
                        struct claims *claims, struct err *err)
{
    uint8_t *table = mem_new(VHDX_TABLE_SIZE, 1);
    bool valid = false;
    int rc = 0;

    for (size_t i = 0; rc == 0 && !valid && i < TABLES; i++) {
        rc = source_file_read(source, table, VHDX_TABLE_SIZE, FIRST_TABLE_AT + i * NEXT, err);
        valid = rc == 0 && memcmp(table, "regi", 4) == 0 && has_checksum(table, VHDX_TABLE_SIZE);
    }
    if (rc == 0 && !valid)
        rc = vhdx_damaged(source, err, "neither of its region tables has a right checksum");
    if (rc == 0)
        rc = take_regions(source, table, layout, claims, err);
    free(table);
    return rc;
}

/* --- the kind --- */

static int vhdx_probe(struct source *source, bool *ret, struct err *err)
{
    char mark[8];
    size_t got;
    const int rc = source_file_head(source, mark, sizeof mark, &got, err);

    *ret = rc == 0 && got == sizeof mark && memcmp(mark, "vhdxfile", sizeof mark) == 0;
    return rc;
}

static int read_tables(const struct source *source, struct vhdx_layout *layout,
                       struct claims *claims, struct err *err)
{
    struct header header;
    int rc = choose_header(source, &header, err);

    if (rc == 0)
        rc = check_log(source, &header, claims, err);
    if (rc == 0)
        rc = read_regions(source, layout, claims, err);
    if (rc == 0)
        rc = vhdx_metadata_read(source, layout, err);
    if (rc == 0)
        rc = vhdx_blocks_claim(source, layout, claims, err);
    return rc;
}

static int vhdx_open(struct source *source, struct err *err)
{
    struct vhdx_layout layout = {0};
    struct claims *claims;
    bool marked;
    int rc = vhdx_probe(source, &marked, err);

    if (rc < 0)
        return rc;
    if (!marked) {
        err_set(err, E_INVALID, "'%s' is no VHDX: it does not begin with its mark", source->path);
        return err_hint(err, "without --source-format the content tells what it is");
    }
    claims = claims_new(source->info.size, VHDX_MIB);
    if (!claims_take(claims, 0, VHDX_MIB))
        rc = vhdx_damaged(source, err, "it is cut short");
    else
        rc = read_tables(source, &layout, claims, err);
    claims_free(claims);
    if (rc < 0)
        return rc;
    source->size = layout.size;
    source->variant = text_copy(layout.fixed ? "fixed" : "dynamic");
    source->layout = mem_copy(&layout, sizeof layout);
    return 0;
}

static void vhdx_close(struct source *source)
{
    free(source->layout);
}

const struct source_kind vhdx_kind = {
    .name = "vhdx",
    .format = SOURCE_VHDX,
    .probe = vhdx_probe,
    .open = vhdx_open,
    .close = vhdx_close,
    .scratch_new = vhdx_scratch_new,
    .scratch_free = vhdx_scratch_free,
    .next_data = vhdx_next_data,
    .read = vhdx_read,
};
