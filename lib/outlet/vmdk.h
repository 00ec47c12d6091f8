/* vmdk.h: what both ways of writing VMDK share; the format's own constants are image/vmdk.h's. */
#ifndef OUTLET_VMDK_H
#define OUTLET_VMDK_H

#include <stdint.h>

#include "image/vmdk.h"
#include "outlet/room.h"

enum {
    VMDK_GRAIN_SHIFT = 16, /* 64 KiB, as all products make them */
    VMDK_GRAIN = 1 << VMDK_GRAIN_SHIFT,
    VMDK_DESCRIPTION_AT = VMDK_SECTOR,
    VMDK_DESCRIPTION_SIZE = 20 * VMDK_SECTOR,
};

/* Tables name sectors in 32 bits: no grain lies behind this. As a limit for the disk it is also
 * what VMware gives for sparse files. */
#define VMDK_FILE_MAX ((uint64_t)1 << 41)

enum vmdk_flag {
    VMDK_LINE_ENDS = 1 << 0, /* four bytes show whether line ends were converted */
    VMDK_REDUNDANT = 1 << 1, /* tables are there twice */
    VMDK_COMPRESSED = 1 << 16,
    VMDK_MARKERS = 1 << 17, /* tables and grains say what they are */
};

struct vmdk_places {
    uint32_t version, flags;
    uint64_t size; /* of the disk */
    /* Bytes of the file. */
    uint64_t redundant_directory_at; /* 0: none */
    uint64_t directory_at;           /* UINT64_MAX: the footer knows */
    uint64_t data_at;
};

/* The header, to a zeroed sector. */
void vmdk_put_header(uint8_t out[static VMDK_SECTOR], const struct vmdk_places *places);

/* The text that says what the disk is, to VMDK_DESCRIPTION_SIZE zeroed bytes. `access` is "RW" or
 * "RDONLY". */
void vmdk_put_description(uint8_t *out, const struct image_writer *writer, const char *type,
                          const char *access);

/* Set the guest-visible size: whole sectors. */
void vmdk_round_size(struct image_writer *writer);

/* Grain tables of the disk. */
uint64_t vmdk_tables(const struct image_writer *writer);

/* E_INVALID with a hint when the file, so far of `size` bytes, is too large for tables. */
int vmdk_check_file(uint64_t size, struct err *err);

#endif
