/* partition.h: what a disk's first sectors say: partition table, boot code.
 *
 * Master boot record: as the IBM PC DOS 3.30 technical reference and its successors have it; GUID
 * partition table: UEFI Specification 2.10, chapter 5. The disk is a guest's: nothing in it is
 * believed without a check, and what cannot be is passed over or told as damage, never an error.
 */
#ifndef IMAGE_PARTITION_H
#define IMAGE_PARTITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* The bytes of a disk. */
struct disk_bytes {
    int (*read)(void *user, void *bytes, size_t length, uint64_t offset, struct err *err);
    void *user;
    uint64_t size; /* of the disk */
    /* Of its beginning and of its end so much can be read; the rest counts as damaged. */
    uint64_t head, tail;
};

enum partition_table { PARTITIONS_GPT = 1, PARTITIONS_MBR, PARTITIONS_NONE };

enum { PARTITION_ID_SIZE = 37 };

/* Where a partition begins, and how large it is, at most: more than any disk has. */
#define PARTITION_BYTES_MAX ((uint64_t)1 << 53)

struct partition {
    unsigned number;            /* as the guest's system counts, from 1 */
    uint64_t start, size;       /* bytes; both 0 when they are too large to be */
    char id[PARTITION_ID_SIZE]; /* of its type: a GUID in small letters, or "0x83" */
    const char *type;           /* what that means, "Linux file system"; NULL: not known here */
    char *name;                 /* of a GPT, UTF-8, owned by it; NULL: none */
    bool outside;               /* it does not end within the disk, or not behind its start */
};

struct partitions {
    enum partition_table table;
    uint32_t sector;    /* bytes: of a GPT 512 or 4096, else 512 */
    bool boot_code;     /* the first sector has a program and the mark of one */
    bool efi_system;    /* there is an EFI system partition */
    bool bios_boot;     /* there is a BIOS boot partition, for the second part of a boot loader */
    bool from_backup;   /* the GPT at the beginning is damaged, that at the end is not */
    bool gpt_is_broken; /* there is the protective record of a GPT, and none that is whole */
    struct partition *items; /* by number */
    size_t count;
};

/* The error is that of a read. `ret` is to be released with partitions_done. */
int partitions_read(const struct disk_bytes *disk, struct partitions *ret, struct err *err);
void partitions_done(struct partitions *partitions);

#endif
