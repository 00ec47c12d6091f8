/* vhd.h: what the files of the VHD reader share. "Virtual Hard Disk Image Format Specification",
 * version 1.0, Microsoft 2006. All numbers are big-endian. */
#ifndef IMAGE_VHD_H
#define IMAGE_VHD_H

#include <stdint.h>

#include "image/kind.h"

enum {
    VHD_FOOTER_SIZE = 512,
    VHD_SECTOR = 512,
};

/* What the reader takes from a valid footer. */
struct vhd_footer {
    uint32_t type;      /* enum vhd_type */
    uint64_t size;      /* bytes of the disk as they are stored */
    uint64_t visible;   /* bytes of the disk as the guest sees it */
    uint64_t header_at; /* where the header of a dynamic disk lies, byte of the file */
};

enum vhd_type { VHD_FIXED = 2, VHD_DYNAMIC = 3, VHD_DIFFERENCING = 4 };

/* The one's complement of the sum of all bytes but the four of the checksum itself, at `skip`. */
uint32_t vhd_checksum(const uint8_t *bytes, size_t length, size_t skip);

/* "the VHD 'NAME' is damaged: ...": E_INVALID with a hint. */
int vhd_damaged(const struct source *source, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* --- vhd_dynamic.c: the disk lies in blocks, of which a table says where they are --- */

/* Functions of a kind; dynamic_open sets `layout`. */
int vhd_dynamic_open(struct source *source, const struct vhd_footer *footer, struct err *err);
void *vhd_dynamic_scratch_new(const struct source *source);
void vhd_dynamic_scratch_free(void *scratch);
int vhd_dynamic_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                          uint64_t *ret_end, struct err *err);
int vhd_dynamic_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
                     struct err *err);

#endif
