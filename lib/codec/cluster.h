/* cluster.h: compression of one cluster of a disk image, as the formats want it: raw deflate or
 * zstd (qcow2), zlib (VMDK). Frames of the store are compress.h. */
#ifndef CODEC_CLUSTER_H
#define CODEC_CLUSTER_H

#include <stddef.h>

#include "base/err.h"

enum cluster_coding {
    CLUSTER_DEFLATE, /* RFC 1951, nothing around it */
    CLUSTER_ZLIB,    /* RFC 1950 */
    CLUSTER_ZSTD,    /* RFC 8878, one frame */
};

/* Scratch state of both directions: what a coding needs is made at its first use, and then nothing
 * is allocated per call. Not for two threads at once. */
struct cluster_coder;
struct cluster_coder *cluster_coder_new(void);
void cluster_coder_free(struct cluster_coder *coder); /* NULL is left alone */

/* Decompress to exactly `length` bytes. `in` may go on behind the compressed data (images say where
 * it ends to a sector only): that is ignored. Damage, less and more than `length` are E_INVALID.
 * Never writes beyond `length`, and needs no more memory than a window of 32 KiB (zstd: none, the
 * output is the window), whatever the input says. */
int cluster_unpack(struct cluster_coder *coder, enum cluster_coding coding, const void *in,
                   size_t in_length, void *out, size_t length, struct err *err);

/* Compress to `out` of `capacity` bytes. Returns the length, or 0 when it does not fit. Raw deflate
 * keeps to a window of 4 KiB, which is all that readers of qcow2 have. Levels beyond those of a
 * coding count as its nearest. The same input, coding, level and capacity give the same bytes for
 * one version of the library. */
size_t cluster_pack(struct cluster_coder *coder, enum cluster_coding coding, int level,
                    const void *in, size_t length, void *out, size_t capacity);

#endif
