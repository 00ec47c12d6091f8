/* compress.h: compression of one frame at a time.
 *
 * zlib has a global function `compress`; a second one of that name would be called by its other
 * users.
 */
#ifndef CODEC_COMPRESS_H
#define CODEC_COMPRESS_H

#include <stddef.h>

#include "base/err.h"

/* The numbers are in stored frames: never renumber. */
enum codec { CODEC_NONE = 0, CODEC_ZLIB = 1, CODEC_ZSTD = 2 };

/* Scratch state of both directions, so that nothing is allocated per frame. Not for two threads at
 * once. */
struct compressor;
struct compressor *compressor_new(void);
void compressor_free(struct compressor *compressor);

/* Compress to `out` of `capacity` bytes. Returns the length, or 0 when the result would not fit or
 * not be smaller than the input (then the caller stores the input as CODEC_NONE). Level 1 for both
 * codecs is the default of the store; levels beyond those of a codec count as its nearest. The same
 * input, codec, level and capacity give the same bytes for one version of the library. Above level
 * 3 the result is decompressed and compared before it is returned (a mismatch gives 0). */
size_t compress_frame(struct compressor *compressor, enum codec codec, int level, const void *in,
                      size_t length, void *out, size_t capacity);

/* Decompress to exactly `length` bytes; anything else (less, more, trailing input, damage, unknown
 * codec) is E_CORRUPT. Never writes beyond `length`, and needs no more memory than a fixed window,
 * whatever the input says. */
int decompress_frame(struct compressor *compressor, enum codec codec, const void *in,
                     size_t in_length, void *out, size_t length, struct err *err);

#endif
