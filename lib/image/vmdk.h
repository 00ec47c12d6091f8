/* vmdk.h: what the files of the VMDK reader share. "Virtual Disk Format 5.0", VMware technical
 * note, 2011. A sector is 512 bytes; all numbers are little-endian. */
#ifndef IMAGE_VMDK_H
#define IMAGE_VMDK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/kind.h"

enum {
    VMDK_SECTOR = 512,
    VMDK_TABLE_ENTRIES = 512, /* of a grain table: the only number that is ever written */
    VMDK_TABLE_SIZE = VMDK_TABLE_ENTRIES * 4,
    VMDK_MARKER_SIZE = 12, /* in front of a compressed grain: its first sector and its length */
};

#define VMDK_NO_GRAIN   0u
#define VMDK_ZERO_GRAIN 1u

/* What the reader keeps of header and description. */
struct vmdk_layout {
    uint64_t grain;     /* bytes */
    uint64_t grains;    /* of the disk, the last maybe cut */
    uint64_t directory; /* where the grain directory lies, byte of the file */
    bool zero_grains;   /* entry 1 of a grain table is a grain of zeros */
    bool compressed;
};

/* --- vmdk_header.c --- */

struct vmdk_header {
    uint64_t capacity;         /* bytes */
    uint64_t grain;            /* bytes */
    uint64_t description;      /* byte of the file; 0: none */
    uint64_t description_size; /* bytes */
    uint64_t directory;        /* byte of the file */
    bool directory_is_at_end;  /* the footer says where; `directory` is nothing */
    bool zero_grains, compressed;
};

/* The header at the beginning of the file; where it says that the grain directory is at the end,
 * also the footer, which must agree with it. */
int vmdk_header_read(const struct source *source, struct vmdk_header *ret, struct err *err);

/* As source_kind.declared_size: what the header says, looked at by nobody. */
uint64_t vmdk_declared_size(const uint8_t *head, size_t length);

/* "the VMDK 'NAME' is damaged: ...", with a hint: E_INVALID. */
int vmdk_damaged(const struct source *source, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* --- vmdk_description.c: the text that says what the disk consists of --- */

struct vmdk_description {
    char *create_type;
    char *parent_id;   /* "ffffffff": none */
    char *parent_file; /* or NULL */
    char *extent_type; /* of the first extent: "SPARSE" */
    char *extent_file;
    uint64_t extent_sectors;
    size_t extents;
    bool encrypted;
};

/* `text` ends at its first NUL or after `length` bytes. Lines that mean nothing here are passed
 * over. */
void vmdk_description_parse(const char *text, size_t length, struct vmdk_description *ret);
void vmdk_description_done(struct vmdk_description *description);

/* Read the description that lies in the file. */
int vmdk_description_read(const struct source *source, uint64_t offset, uint64_t length,
                          struct vmdk_description *ret, struct err *err);

/* E_UNSUPPORTED with a hint when the disk does not lie whole in one sparse extent; `alone`: the
 * file is only the description. */
int vmdk_description_check(const struct source *source, const struct vmdk_description *description,
                           bool alone, struct err *err);

/* --- vmdk_tables.c --- */

/* Walk all tables: every table and grain lies inside the file, none on another. */
int vmdk_tables_check(const struct source *source, const struct vmdk_header *header,
                      const struct vmdk_layout *layout, struct err *err);

/* How many bytes of grain `number` belong to the disk. */
uint64_t vmdk_grain_used(const struct source *source, const struct vmdk_layout *layout,
                         uint64_t number);

/* What a compressed grain says of itself, of the 12 bytes in front of it: *ret_length is how long
 * it is compressed. E_INVALID when it is another grain, or cannot be. */
int vmdk_marker_check(const struct source *source, const struct vmdk_layout *layout,
                      uint64_t number, const uint8_t marker[static VMDK_MARKER_SIZE],
                      size_t *ret_length, struct err *err);

#endif
