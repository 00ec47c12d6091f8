/* vhdx.h: what the files of the VHDX reader share. "[MS-VHDX]: Virtual Hard Disk v2 (VHDX) File
 * Format", Microsoft. All numbers are little-endian; GUIDs are compared as they lie in the file. */
#ifndef IMAGE_VHDX_H
#define IMAGE_VHDX_H

#include <stdbool.h>
#include <stdint.h>

#include "image/kind.h"

enum {
    VHDX_MIB = 1 << 20,         /* what all parts of the file are aligned to */
    VHDX_TABLE_SIZE = 64 << 10, /* of a region table, of the metadata table */
    VHDX_TABLE_HEADER = 16,     /* bytes in front of the entries of a region table */
    VHDX_ENTRY_SIZE = 32,       /* of a region, of a metadata item */
    VHDX_ENTRIES_MAX = 2047,    /* of them */
    VHDX_GUID_SIZE = 16,
    VHDX_GUID_TEXT = 37, /* with its NUL */
};

struct vhdx_region {
    uint64_t offset; /* in the file; 0: not there */
    uint64_t length;
};

struct vhdx_layout {
    struct vhdx_region table; /* "BAT" */
    struct vhdx_region metadata;
    uint64_t size;       /* bytes of the disk */
    uint32_t block_size; /* bytes */
    uint32_t ratio;      /* blocks in front of each entry of the table that is not of a block */
    bool fixed;          /* blocks stay allocated */
};

/* "the VHDX 'NAME' is damaged: ...": E_INVALID with a hint. */
int vhdx_damaged(const struct source *source, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* E_UNSUPPORTED: it holds something that must be understood and is not. `what`: "region". */
int vhdx_unknown(const struct source *source, const char *what, const uint8_t *guid,
                 struct err *err);

/* --- vhdx_metadata.c --- */

/* Read what the metadata region says to the rest of `layout`. A differencing disk is E_UNSUPPORTED.
 */
int vhdx_metadata_read(const struct source *source, struct vhdx_layout *layout, struct err *err);

/* --- vhdx_blocks.c --- */

/* Claim every block, as the table says. */
int vhdx_blocks_claim(const struct source *source, const struct vhdx_layout *layout,
                      struct claims *claims, struct err *err);

/* Functions of a kind. */
void *vhdx_scratch_new(const struct source *source);
void vhdx_scratch_free(void *scratch);
int vhdx_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                   uint64_t *ret_end, struct err *err);
int vhdx_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
              struct err *err);

#endif
