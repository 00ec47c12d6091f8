#include "codec/compress.h"

#define ZLIB_CONST /* next_in points to const */

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "codec/room.h"

/* Each state is made at its first use: a reader never pays for a compressor. */
struct compressor {
    ZSTD_CCtx *zstd_in;
    ZSTD_DCtx *zstd_out;
    z_stream zlib_in;
    int zlib_level; /* of zlib_in; 0 before it is made */
    z_stream zlib_out;
    bool zlib_out_made;
    unsigned char *proof; /* a frame decompressed for comparison */
    size_t proof_size;
};

/* Up to here a compressor is simple enough to be trusted; the searching ones above have had bugs
 * that lost data. */
enum { LEVEL_TRUSTED = 3 };

struct compressor *compressor_new(void)
{
    return mem_new(1, sizeof(struct compressor));
}

void compressor_free(struct compressor *compressor)
{
    if (!compressor)
        return;
    ZSTD_freeCCtx(compressor->zstd_in);
    ZSTD_freeDCtx(compressor->zstd_out);
    if (compressor->zlib_level)
        deflateEnd(&compressor->zlib_in);
    if (compressor->zlib_out_made)
        inflateEnd(&compressor->zlib_out);
    free(compressor->proof);
    free(compressor);
}

/* A stream of that level, at its start. Streams are reused: making one costs 256 KiB of cleared
 * memory. */
static z_stream *deflater(struct compressor *compressor, int level)
{
    z_stream *stream = &compressor->zlib_in;

    if (compressor->zlib_level == level) {
        deflateReset(stream);
        return stream;
    }
    if (compressor->zlib_level)
        deflateEnd(stream);
    *stream = (z_stream){0};
    codec_need(deflateInit(stream, level) == Z_OK ? stream : NULL);
    compressor->zlib_level = level;
    return stream;
}

static size_t zlib_compress(struct compressor *compressor, int level, const void *in, size_t length,
                            void *out, size_t capacity)
{
    z_stream *stream = deflater(compressor, level);

    if (length > UINT_MAX)
        return 0;
    stream->next_in = in;
    stream->avail_in = (uInt)length;
    stream->next_out = out;
    stream->avail_out = capacity > UINT_MAX ? UINT_MAX : (uInt)capacity;
    return deflate(stream, Z_FINISH) == Z_STREAM_END ? stream->total_out : 0;
}

static size_t zstd_compress(struct compressor *compressor, int level, const void *in, size_t length,
                            void *out, size_t capacity)
{
    size_t made;

    if (!compressor->zstd_in)
        compressor->zstd_in = codec_need(ZSTD_createCCtx());
    made = ZSTD_compressCCtx(compressor->zstd_in, out, capacity, in, length, level);
    return ZSTD_isError(made) ? 0 : made;
}

static int clamp(int level, int max)
{
    return level < 1 ? 1 : level > max ? max : level;
}

/* Whether the compressed bytes give the input back. */
static bool proven(struct compressor *compressor, enum codec codec, const void *made,
                   size_t made_length, const void *in, size_t length)
{
    if (compressor->proof_size < length) {
        compressor->proof = mem_resize(compressor->proof, length, 1);
        compressor->proof_size = length;
    }
    return decompress_frame(compressor, codec, made, made_length, compressor->proof, length,
                            NULL) == 0 &&
           memcmp(compressor->proof, in, length) == 0;
}

size_t compress_frame(struct compressor *compressor, enum codec codec, int level, const void *in,
                      size_t length, void *out, size_t capacity)
{
    size_t made = 0;

    switch (codec) {
    case CODEC_NONE:
        break;
    case CODEC_ZLIB:
        made =
            zlib_compress(compressor, clamp(level, Z_BEST_COMPRESSION), in, length, out, capacity);
        break;
    case CODEC_ZSTD:
        made = zstd_compress(compressor, clamp(level, ZSTD_maxCLevel()), in, length, out, capacity);
        break;
    }
    if (made == 0 || made >= length)
        return 0;
    if (level > LEVEL_TRUSTED && !proven(compressor, codec, out, made, in, length))
        return 0;
    return made;
}

static bool zlib_decompress(struct compressor *compressor, const void *in, size_t in_length,
                            void *out, size_t length)
{
    z_stream *stream = &compressor->zlib_out;

    if (in_length > UINT_MAX || length > UINT_MAX)
        return false;
    if (!compressor->zlib_out_made) {
        codec_need(inflateInit(stream) == Z_OK ? stream : NULL);
        compressor->zlib_out_made = true;
    }
    inflateReset(stream);
    stream->next_in = in;
    stream->avail_in = (uInt)in_length;
    stream->next_out = out;
    stream->avail_out = (uInt)length;
    return inflate(stream, Z_FINISH) == Z_STREAM_END && stream->avail_in == 0 &&
           stream->avail_out == 0;
}

/* ZSTD_decompress would also take several frames in a row, skippable frames and the formats
 * before 1.0. */
static bool one_zstd_frame(const unsigned char *in, size_t in_length)
{
    static const unsigned char magic[4] = {0x28, 0xb5, 0x2f, 0xfd};

    return in_length >= sizeof magic && memcmp(in, magic, sizeof magic) == 0 &&
           ZSTD_findFrameCompressedSize(in, in_length) == in_length;
}

/* One call from memory to memory: the output is the window, whatever size the frame's header asks
 * for. */
static bool zstd_decompress(struct compressor *compressor, const void *in, size_t in_length,
                            void *out, size_t length)
{
    if (!one_zstd_frame(in, in_length))
        return false;
    if (!compressor->zstd_out)
        compressor->zstd_out = codec_need(ZSTD_createDCtx());
    return ZSTD_decompressDCtx(compressor->zstd_out, out, length, in, in_length) == length;
}

static bool plain_copy(const void *in, size_t in_length, void *out, size_t length)
{
    if (in_length != length)
        return false;
    if (length)
        memcpy(out, in, length);
    return true;
}

int decompress_frame(struct compressor *compressor, enum codec codec, const void *in,
                     size_t in_length, void *out, size_t length, struct err *err)
{
    bool good = false;

    switch (codec) {
    case CODEC_NONE:
        good = plain_copy(in, in_length, out, length);
        break;
    case CODEC_ZLIB:
        good = zlib_decompress(compressor, in, in_length, out, length);
        break;
    case CODEC_ZSTD:
        good = zstd_decompress(compressor, in, in_length, out, length);
        break;
    }
    return good ? 0 : err_set(err, E_CORRUPT, "a compressed frame is damaged");
}
