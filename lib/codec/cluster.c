#include "codec/cluster.h"

#define ZLIB_CONST /* next_in points to const */

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "codec/room.h"

enum {
    WINDOW_WHOLE = 15, /* the largest that there is: 32 KiB */
    WINDOW_QCOW2 = 12, /* QEMU inflates with 4 KiB: a longer distance is damage to it */
    MEMORY = 9,        /* hash tables of 256 KiB: fewer collisions, better ratio */
};

/* Each state is made at its first use: a reader never pays for a compressor. */
struct cluster_coder {
    ZSTD_CCtx *zstd_in;
    ZSTD_DCtx *zstd_out;
    z_stream in;
    int in_bits, in_level; /* of `in`; bits 0 before it is made */
    z_stream out;
    int out_bits; /* of `out`, the same way */
};

struct cluster_coder *cluster_coder_new(void)
{
    return mem_new(1, sizeof(struct cluster_coder));
}

void cluster_coder_free(struct cluster_coder *coder)
{
    if (!coder)
        return;
    ZSTD_freeCCtx(coder->zstd_in);
    ZSTD_freeDCtx(coder->zstd_out);
    if (coder->in_bits)
        deflateEnd(&coder->in);
    if (coder->out_bits)
        inflateEnd(&coder->out);
    free(coder);
}

/* A stream at its start; zlib takes negative `bits` for raw deflate. Streams are reused: making one
 * costs more than a small cluster. */
static z_stream *inflater(struct cluster_coder *coder, int bits)
{
    z_stream *stream = &coder->out;

    if (coder->out_bits == bits) {
        inflateReset(stream);
        return stream;
    }
    if (coder->out_bits)
        inflateEnd(stream);
    *stream = (z_stream){0};
    codec_need(inflateInit2(stream, bits) == Z_OK ? stream : NULL);
    coder->out_bits = bits;
    return stream;
}

static z_stream *deflater(struct cluster_coder *coder, int bits, int level)
{
    z_stream *stream = &coder->in;

    if (coder->in_bits == bits && coder->in_level == level) {
        deflateReset(stream);
        return stream;
    }
    if (coder->in_bits)
        deflateEnd(stream);
    *stream = (z_stream){0};
    codec_need(deflateInit2(stream, level, Z_DEFLATED, bits, MEMORY, Z_DEFAULT_STRATEGY) == Z_OK
                   ? stream
                   : NULL);
    coder->in_bits = bits;
    coder->in_level = level;
    return stream;
}

/* Z_FINISH says that all output is there: then an end that comes before is known, and nothing is
 * copied to the window. */
static bool zlib_unpack(z_stream *stream, const void *in, size_t in_length, void *out,
                        size_t length)
{
    if (length > UINT_MAX)
        return false;
    stream->next_in = in;
    stream->avail_in = in_length > UINT_MAX ? UINT_MAX : (uInt)in_length;
    stream->next_out = out;
    stream->avail_out = (uInt)length;
    return inflate(stream, Z_FINISH) == Z_STREAM_END && stream->avail_out == 0;
}

/* The first frame only, and none of those that ZSTD_decompress would also take: skippable ones and
 * the formats before 1.0. One call from memory to memory, so that no window is made. */
static bool zstd_unpack(struct cluster_coder *coder, const unsigned char *in, size_t in_length,
                        void *out, size_t length)
{
    static const unsigned char magic[4] = {0x28, 0xb5, 0x2f, 0xfd};
    size_t frame;

    if (in_length < sizeof magic || memcmp(in, magic, sizeof magic) != 0)
        return false;
    frame = ZSTD_findFrameCompressedSize(in, in_length);
    if (ZSTD_isError(frame))
        return false;
    if (!coder->zstd_out)
        coder->zstd_out = codec_need(ZSTD_createDCtx());
    return ZSTD_decompressDCtx(coder->zstd_out, out, length, in, frame) == length;
}

int cluster_unpack(struct cluster_coder *coder, enum cluster_coding coding, const void *in,
                   size_t in_length, void *out, size_t length, struct err *err)
{
    bool good = false;

    switch (coding) {
    case CLUSTER_DEFLATE:
        good = zlib_unpack(inflater(coder, -WINDOW_WHOLE), in, in_length, out, length);
        break;
    case CLUSTER_ZLIB:
        good = zlib_unpack(inflater(coder, WINDOW_WHOLE), in, in_length, out, length);
        break;
    case CLUSTER_ZSTD:
        good = zstd_unpack(coder, in, in_length, out, length);
        break;
    }
    return good ? 0 : err_set(err, E_INVALID, "compressed data is damaged");
}

static size_t zlib_pack(z_stream *stream, const void *in, size_t length, void *out, size_t capacity)
{
    if (length > UINT_MAX)
        return 0;
    stream->next_in = in;
    stream->avail_in = (uInt)length;
    stream->next_out = out;
    stream->avail_out = capacity > UINT_MAX ? UINT_MAX : (uInt)capacity;
    return deflate(stream, Z_FINISH) == Z_STREAM_END ? stream->total_out : 0;
}

static size_t zstd_pack(struct cluster_coder *coder, int level, const void *in, size_t length,
                        void *out, size_t capacity)
{
    size_t made;

    if (!coder->zstd_in)
        coder->zstd_in = codec_need(ZSTD_createCCtx());
    made = ZSTD_compressCCtx(coder->zstd_in, out, capacity, in, length, level);
    return ZSTD_isError(made) ? 0 : made;
}

static int clamp(int level, int max)
{
    return level < 1 ? 1 : level > max ? max : level;
}

size_t cluster_pack(struct cluster_coder *coder, enum cluster_coding coding, int level,
                    const void *in, size_t length, void *out, size_t capacity)
{
    const int zlib_level = clamp(level, Z_BEST_COMPRESSION);

    switch (coding) {
    case CLUSTER_DEFLATE:
        return zlib_pack(deflater(coder, -WINDOW_QCOW2, zlib_level), in, length, out, capacity);
    case CLUSTER_ZLIB:
        return zlib_pack(deflater(coder, WINDOW_WHOLE, zlib_level), in, length, out, capacity);
    case CLUSTER_ZSTD:
        break;
    }
    return zstd_pack(coder, clamp(level, ZSTD_maxCLevel()), in, length, out, capacity);
}
