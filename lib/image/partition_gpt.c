#include "image/partition_room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "codec/crc32.h"
#include "base/endian.h"

/* UEFI 2.10, table 5.5, "GPT Header". */
enum {
    HEADER_SIZE_AT = 12,
    HEADER_CRC_AT = 16,
    OWN_SECTOR_AT = 24,
    TABLE_SECTOR_AT = 72,
    COUNT_AT = 80,
    WIDTH_AT = 84, /* of an entry */
    TABLE_CRC_AT = 88,
    HEADER_SIZE_MIN = 92,
};

/* Table 5.6, "GPT Partition Entry". */
enum {
    TYPE_AT = 0,
    FIRST_AT = 32,
    LAST_AT = 40,
    NAME_AT = 56,
    NAME_UNITS = 36, /* of UTF-16 */
    WIDTH_MIN = 128,
    GUID_SIZE = 16,
};

enum {
    SECTOR_MIN = 512,
    SECTOR_MAX = 4096,
    /* 128 entries of 128 bytes are usual. */
    TABLE_SIZE_MAX = 1 << 20,
};

/* One of the tables, at `sector` of `size` bytes each. */
struct gpt {
    uint32_t sector_size;
    uint64_t sector;
    uint8_t header[SECTOR_MAX];
    uint32_t entry_size, entry_count;
    uint8_t *entries;
};

static bool header_is_whole(struct gpt *gpt)
{
    uint8_t *const header = gpt->header;
    const uint32_t size = little_get32(header + HEADER_SIZE_AT);
    const uint32_t crc = little_get32(header + HEADER_CRC_AT);

    if (memcmp(header, "EFI PART", 8) != 0 || size < HEADER_SIZE_MIN || size > gpt->sector_size)
        return false;
    memset(header + HEADER_CRC_AT, 0, 4);
    return crc32_of(header, size) == crc && little_get64(header + OWN_SECTOR_AT) == gpt->sector;
}

/* Read the entries; *ret: they are those that the header means. */
static int load_entries(const struct disk_bytes *disk, struct gpt *gpt, bool *ret, struct err *err)
{
    const uint64_t at = little_get64(gpt->header + TABLE_SECTOR_AT);
    uint64_t size;
    bool there;
    int rc;

    gpt->entry_count = little_get32(gpt->header + COUNT_AT);
    gpt->entry_size = little_get32(gpt->header + WIDTH_AT);
    size = (uint64_t)gpt->entry_count * gpt->entry_size;
    if (gpt->entry_size < WIDTH_MIN || size == 0 || size > TABLE_SIZE_MAX || at < 2 ||
        at > disk->size / gpt->sector_size)
        return 0;
    gpt->entries = mem_new((size_t)size, 1);
    rc = disk_read(disk, gpt->entries, (size_t)size, at * gpt->sector_size, &there, err);
    *ret = rc == 0 && there &&
           crc32_of(gpt->entries, (size_t)size) == little_get32(gpt->header + TABLE_CRC_AT);
    return rc;
}

static int load(const struct disk_bytes *disk, struct gpt *gpt, bool *ret, struct err *err)
{
    bool there;
    int rc;

    *ret = false;
    free(gpt->entries);
    gpt->entries = NULL;
    rc =
        disk_read(disk, gpt->header, gpt->sector_size, gpt->sector * gpt->sector_size, &there, err);
    if (rc < 0 || !there || !header_is_whole(gpt))
        return rc;
    return load_entries(disk, gpt, ret, err);
}

/* --- what they say --- */

/* The first three groups are stored little-endian: appendix A. */
static void print_guid(char out[PARTITION_ID_SIZE], const uint8_t guid[static GUID_SIZE])
{
    char rest[2 * 8 + 1];

    text_hex(rest, guid + 8, 8);
    snprintf(out, PARTITION_ID_SIZE, "%08lx-%04x-%04x-%.4s-%s", (unsigned long)little_get32(guid),
             (unsigned)little_get16(guid + 4), (unsigned)little_get16(guid + 6), rest, rest + 4);
}

#define ID_EFI_SYSTEM "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"
#define ID_BIOS_BOOT  "21686148-6449-6e6f-744e-656564454649"

static const char *type_word(const char *id)
{
    static const struct {
        const char *id, *word;
    } words[] = {
        {ID_EFI_SYSTEM, "EFI system"},
        {ID_BIOS_BOOT, "BIOS boot"},
        {"0fc63daf-8483-4772-8e79-3d69d8477de4", "Linux file system"},
        {"4f68bce3-e8cd-4db1-96e7-fbcaf984b709", "Linux root (x86-64)"},
        {"b921b045-1df0-41c3-af44-4c6f280d3fae", "Linux root (ARM64)"},
        {"bc13c2ff-59e6-4262-a352-b275fd6f7172", "Linux extended boot"},
        {"0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", "Linux swap"},
        {"e6d6d379-f507-44c2-a23c-238f2a3df928", "Linux LVM"},
        {"a19d880f-05fc-4d3b-a006-743f0f84911e", "Linux RAID"},
        {"933ac7e1-2eb4-4f13-b844-0e14e2aef915", "Linux home"},
        {"ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "Microsoft basic data"},
        {"e3c9e316-0b5c-4db8-817d-f92df00215ae", "Microsoft reserved"},
        {"de94bba4-06d1-4d40-a16a-bfd50179d6ac", "Windows recovery"},
        {"9e1a2d38-c612-4316-aa26-8b49521e5a8b", "PowerPC PReP boot"},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equal(words[i].id, id))
            return words[i].word;
    return NULL;
}

static void add_character(struct buf *out, uint32_t c)
{
    if (c < 0x80) {
        buf_add_char(out, (char)c);
    } else if (c < 0x800) {
        buf_add_char(out, (char)(0xc0 | c >> 6));
        buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        buf_add_char(out, (char)(0xe0 | c >> 12));
        buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else {
        buf_add_char(out, (char)(0xf0 | c >> 18));
        buf_add_char(out, (char)(0x80 | (c >> 12 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    }
}

/* UTF-16LE up to a NUL; half of a surrogate pair becomes U+FFFD. NULL when there is nothing. */
static char *read_name(const uint8_t *units)
{
    struct buf name = {0};

    for (int i = 0; i < NAME_UNITS; i++) {
        const uint32_t unit = little_get16(units + (size_t)i * 2);
        const uint32_t next = i + 1 < NAME_UNITS ? little_get16(units + (size_t)(i + 1) * 2) : 0;

        if (unit == 0)
            break;
        if (unit < 0xd800 || unit > 0xdfff) {
            add_character(&name, unit);
        } else if (unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
            add_character(&name, 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00));
            i++;
        } else {
            add_character(&name, 0xfffd);
        }
    }
    return name.length ? buf_take(&name) : NULL;
}

static void add_entry(struct partitions *partitions, const struct disk_bytes *disk, unsigned number,
                      const uint8_t *entry)
{
    const uint64_t first = little_get64(entry + FIRST_AT);
    const uint64_t last = little_get64(entry + LAST_AT);
    /* Backwards, or to the end of all numbers, is nothing. */
    const uint64_t count = last >= first && last - first < UINT64_MAX ? last - first + 1 : 0;
    struct partition *const partition = partition_add(partitions, disk, number, first, count);

    print_guid(partition->id, entry + TYPE_AT);
    partition->type = type_word(partition->id);
    partition->name = read_name(entry + NAME_AT);
    if (text_equal(partition->id, ID_EFI_SYSTEM))
        partitions->efi_system = true;
    if (text_equal(partition->id, ID_BIOS_BOOT))
        partitions->bios_boot = true;
}

static void add_entries(struct partitions *partitions, const struct disk_bytes *disk,
                        const struct gpt *gpt)
{
    static const uint8_t unused[GUID_SIZE];

    partitions->table = PARTITIONS_GPT;
    partitions->sector = gpt->sector_size;
    for (uint32_t i = 0; i < gpt->entry_count; i++) {
        const uint8_t *const entry = gpt->entries + (size_t)i * gpt->entry_size;

        if (memcmp(entry + TYPE_AT, unused, GUID_SIZE) != 0)
            add_entry(partitions, disk, i + 1, entry);
    }
}

int gpt_read(const struct disk_bytes *disk, struct partitions *partitions, bool *ret,
             struct err *err)
{
    static const uint32_t sizes[] = {SECTOR_MIN, SECTOR_MAX};
    struct gpt gpt = {0};
    bool whole = false;
    int rc = 0;

    for (size_t i = 0; rc == 0 && !whole && i < 4; i++) {
        const bool backup = i >= 2;

        gpt.sector_size = sizes[i % 2];
        if (disk->size / gpt.sector_size < 3)
            continue;
        gpt.sector = backup ? disk->size / gpt.sector_size - 1 : 1;
        rc = load(disk, &gpt, &whole, err);
        partitions->from_backup = whole && backup;
    }
    if (whole)
        add_entries(partitions, disk, &gpt);
    free(gpt.entries);
    if (rc == 0)
        *ret = whole;
    return rc;
}
