/* writer.h: a disk image being written: where its guest-visible bytes go in the file, and what else
 * the file holds. It computes; whoever uses it writes, in any order, from any number of threads.
 *
 * The same disk in the same format gives the same bytes: identifiers are made from `seed`, times
 * are left out or constant.
 *
 * Two ways, by format. A *planned* image: image_writer_mark says which ranges of the disk hold data
 * (a pass over what is known of the disk, nothing is read), image_writer_plan lays the file out,
 * and then each byte of the disk has its place and all metadata is known. An *appended* one
 * (compressed): units of the disk are compressed in any thread, then given their place one after
 * the other in order of the disk; tables are handed out as they become complete, so that memory
 * stays bounded, and the last ones after image_writer_finish.
 */
#ifndef OUTLET_WRITER_H
#define OUTLET_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum image_format {
    IMAGE_RAW = 1,
    IMAGE_VHD, /* fixed */
    IMAGE_VHD_DYNAMIC,
    IMAGE_VHDX, /* dynamic */
    IMAGE_QCOW2,
    IMAGE_VMDK, /* monolithicSparse; compressed: streamOptimized */
};

struct image_request {
    enum image_format format;
    bool compress; /* qcow2 and VMDK only */
    uint64_t size; /* guest-visible bytes, at least 1 */
    uint8_t seed[16];
};

struct image_writer;

/* E_INVALID when the format cannot hold a disk of that size, or not compressed: with a hint. */
int image_writer_new(const struct image_request *request, struct image_writer **ret,
                     struct err *err);
void image_writer_free(struct image_writer *writer); /* NULL is left alone */

/* Whether units are to be compressed and appended. */
bool image_writer_appends(const struct image_writer *writer);

/* Whether the file can be written from front to back, metadata and data in ascending order of their
 * place: then a pipe will do. */
bool image_writer_is_forward(const struct image_writer *writer);

/* Bytes of the disk as the guest will see it: what was asked for, rounded up where the format (or
 * Azure, for a fixed VHD: whole MiB) demands it. */
uint64_t image_writer_size(const struct image_writer *writer);

/* --- planned --- */

/* Whether marks matter: false when the disk lies in the file as one, and may be left unmarked. */
bool image_writer_marks(const struct image_writer *writer);
/* This range holds data: ascending, within the size. What is not marked reads as zeros. */
void image_writer_mark(struct image_writer *writer, uint64_t offset, uint64_t length);
/* All is marked. E_INVALID with a hint when that is more than the format can address. */
int image_writer_plan(struct image_writer *writer, struct err *err);
/* Where byte `offset` of the disk goes, which is in a marked range; *ret_length: how many bytes
 * from there on lie in the file one after the other. Any thread. */
uint64_t image_writer_place(const struct image_writer *writer, uint64_t offset,
                            uint64_t *ret_length);

/* --- appended --- */

/* Bytes of the disk that are compressed as one, a multiple of 4096; the last is padded with zeros
 * by the caller. A unit of zeros is left out. */
size_t image_writer_unit(const struct image_writer *writer);
/* Room that image_packer_pack needs for its result. */
size_t image_writer_bound(const struct image_writer *writer);

/* A unit as it goes to the file. */
struct image_unit {
    uint64_t offset; /* on the disk */
    size_t length;   /* in the file */
    bool plain;      /* it did not shrink, and is stored as it is: formats place those otherwise */
};

/* What a thread needs to compress: one for each. */
struct image_packer;
struct image_packer *image_packer_new(const struct image_writer *writer);
void image_packer_free(struct image_packer *packer); /* NULL is left alone */
/* Compress the unit at byte `offset` of the disk to `out`, with what the format puts around it. */
void image_packer_pack(struct image_packer *packer, uint64_t offset, const void *unit, void *out,
                       struct image_unit *ret);
/* Give it its place in the file; units ascend. Then, before its bytes are written, all pieces that
 * are there now are taken (image_writer_piece): in a forward image they lie in front of it.
 * E_INVALID with a hint when the file would become larger than the format can address. */
int image_writer_append(struct image_writer *writer, const struct image_unit *unit,
                        uint64_t *ret_place, struct err *err);
/* That was the last one, if there was any; the last pieces are taken after it. Errors as
 * image_writer_append. */
int image_writer_finish(struct image_writer *writer, struct err *err);

/* --- both --- */

/* Everything of the file that is not data of the disk, in pieces. Bytes that neither a piece nor
 * data covers are zeros. */
struct image_piece {
    uint64_t offset;   /* in the file */
    const void *bytes; /* borrowed until the next piece */
    size_t length;     /* at most 2 MiB */
};

/* The next piece; false when there is none. *state is 0 at first, and kept between calls. Planned:
 * from image_writer_plan on, ascending by place, and anew with *state 0. Appended: each is given
 * once, after the append or the finish that made it ready; ascending when forward. */
bool image_writer_piece(struct image_writer *writer, uint64_t *state, struct image_piece *ret);

/* Of the whole file, once it is known: planned or finished. */
uint64_t image_writer_file_size(const struct image_writer *writer);

#endif
