#include "codec/unpack.h"

#define ZLIB_CONST /* next_in points to const */

#include <limits.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "codec/room.h"

/* Of gzip and zstd, whose libraries unpack one part at a time. */
enum place {
    BETWEEN, /* at the beginning, or behind a part */
    INSIDE,
    PADDING, /* behind the last part: zeros to the end */
};

struct unpacker {
    enum unpack_format format;
    size_t memory;
    enum place place;
    bool any; /* a part has begun */
    z_stream gzip;
    lzma_stream xz;
    ZSTD_DCtx *zstd;
};

enum {
    GZIP_WINDOW_BITS = MAX_WBITS + 16, /* zlib.h: a gzip header and trailer, nothing else */
    ZSTD_WINDOW_BITS_MIN = 10,
    ZSTD_BESIDE = 8 << 20, /* that it takes beside the window, and more */
};

static int zstd_window_bits(size_t memory)
{
    int bits = ZSTD_WINDOW_BITS_MIN;

    while (((size_t)2 << bits) + ZSTD_BESIDE <= memory)
        bits++;
    return bits;
}

/* One thread needs no second one that does the work. */
static lzma_ret xz_begin(lzma_stream *xz, size_t memory, size_t threads)
{
    const lzma_mt options = {
        .flags = LZMA_CONCATENATED,
        .threads = (uint32_t)threads,
        .memlimit_threading = memory,
        .memlimit_stop = memory,
    };

    *xz = (lzma_stream)LZMA_STREAM_INIT;
    return threads > 1 ? lzma_stream_decoder_mt(xz, &options)
                       : lzma_stream_decoder(xz, memory, LZMA_CONCATENATED);
}

struct unpacker *unpacker_new(enum unpack_format format, size_t memory, size_t threads)
{
    struct unpacker *unpacker = mem_new(1, sizeof *unpacker);

    unpacker->format = format;
    unpacker->memory = memory;
    switch (format) {
    case UNPACK_GZIP:
        codec_need(inflateInit2(&unpacker->gzip, GZIP_WINDOW_BITS) == Z_OK ? unpacker : NULL);
        break;
    case UNPACK_XZ:
        codec_need(xz_begin(&unpacker->xz, memory, threads) == LZMA_OK ? unpacker : NULL);
        break;
    case UNPACK_ZSTD:
        unpacker->zstd = codec_need(ZSTD_createDCtx());
        ZSTD_DCtx_setParameter(unpacker->zstd, ZSTD_d_windowLogMax, zstd_window_bits(memory));
        break;
    }
    return unpacker;
}

void unpacker_free(struct unpacker *unpacker)
{
    if (!unpacker)
        return;
    switch (unpacker->format) {
    case UNPACK_GZIP:
        inflateEnd(&unpacker->gzip);
        break;
    case UNPACK_XZ:
        lzma_end(&unpacker->xz);
        break;
    case UNPACK_ZSTD:
        ZSTD_freeDCtx(unpacker->zstd);
        break;
    }
    free(unpacker);
}

static int cut_short(struct err *err)
{
    return err_set(err, E_INVALID, "it is cut short");
}

static int asks_too_much(const struct unpacker *unpacker, uint64_t wanted, struct err *err)
{
    err_set(err, E_UNSUPPORTED, "it takes %llu MiB of memory to unpack, at most %zu are allowed",
            (unsigned long long)(wanted >> 20), unpacker->memory >> 20);
    return err_hint(err, "unpack it first");
}

static int xz_error(const struct unpacker *unpacker, lzma_ret result, struct err *err)
{
    switch (result) {
    case LZMA_MEMLIMIT_ERROR:
        return asks_too_much(unpacker, lzma_memusage(&unpacker->xz), err);
    case LZMA_OPTIONS_ERROR:
        return err_set(err, E_UNSUPPORTED, "it uses a part of the xz format that is not read");
    case LZMA_BUF_ERROR:
        return cut_short(err);
    case LZMA_FORMAT_ERROR:
        return err_set(err, E_INVALID, "bytes that are not xz follow its end");
    case LZMA_MEM_ERROR:
        codec_need(NULL);
        break;
    default:
        break;
    }
    return err_set(err, E_INVALID, "its xz data is damaged");
}

/* liblzma goes from one part to the next, and over padding, by itself. */
static int xz_run(struct unpacker *unpacker, struct unpack_step *step, bool *ret_end,
                  struct err *err)
{
    lzma_stream *const xz = &unpacker->xz;
    lzma_ret result;

    xz->next_in = step->in;
    xz->avail_in = step->in_left;
    xz->next_out = step->out;
    xz->avail_out = step->out_left;
    result = lzma_code(xz, step->in_ends ? LZMA_FINISH : LZMA_RUN);
    *step = (struct unpack_step){.in = xz->next_in,
                                 .in_left = xz->avail_in,
                                 .in_ends = step->in_ends,
                                 .out = xz->next_out,
                                 .out_left = xz->avail_out};
    *ret_end = result == LZMA_STREAM_END;
    return result == LZMA_OK || *ret_end ? 0 : xz_error(unpacker, result, err);
}

static int gzip_run(struct unpacker *unpacker, struct unpack_step *step, struct err *err)
{
    z_stream *const gzip = &unpacker->gzip;
    const uInt in = step->in_left > UINT_MAX ? UINT_MAX : (uInt)step->in_left;
    const uInt out = step->out_left > UINT_MAX ? UINT_MAX : (uInt)step->out_left;
    int result;

    gzip->next_in = step->in;
    gzip->avail_in = in;
    gzip->next_out = step->out;
    gzip->avail_out = out;
    result = inflate(gzip, Z_NO_FLUSH);
    step->in += in - gzip->avail_in;
    step->in_left -= in - gzip->avail_in;
    step->out += out - gzip->avail_out;
    step->out_left -= out - gzip->avail_out;
    if (result == Z_STREAM_END) {
        unpacker->place = BETWEEN;
        inflateReset(gzip);
        return 0;
    }
    if (result == Z_MEM_ERROR)
        codec_need(NULL);
    /* Z_BUF_ERROR: there was nothing to do, which is no error in the middle. */
    if (result == Z_OK || result == Z_BUF_ERROR)
        return 0;
    return err_set(err, E_INVALID, "its gzip data is damaged (%s)",
                   gzip->msg ? gzip->msg : "no more is known");
}

static int zstd_error(const struct unpacker *unpacker, size_t result, struct err *err)
{
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_frameParameter_windowTooLarge:
        err_set(err, E_UNSUPPORTED,
                "it takes more than %zu MiB of memory to unpack, which is not allowed",
                unpacker->memory >> 20);
        return err_hint(err, "unpack it first");
    case ZSTD_error_prefix_unknown:
        return err_set(err, E_INVALID, "bytes that are not zstd follow its end");
    case ZSTD_error_memory_allocation:
        codec_need(NULL);
        break;
    default:
        break;
    }
    return err_set(err, E_INVALID, "its zstd data is damaged (%s)", ZSTD_getErrorName(result));
}

static int zstd_run(struct unpacker *unpacker, struct unpack_step *step, struct err *err)
{
    ZSTD_inBuffer in = {.src = step->in, .size = step->in_left};
    ZSTD_outBuffer out = {.dst = step->out, .size = step->out_left};
    const size_t result = ZSTD_decompressStream(unpacker->zstd, &out, &in);

    step->in += in.pos;
    step->in_left -= in.pos;
    step->out += out.pos;
    step->out_left -= out.pos;
    if (ZSTD_isError(result))
        return zstd_error(unpacker, result, err);
    if (result == 0)
        unpacker->place = BETWEEN;
    return 0;
}

/* Whether another part begins here, or the end has come. */
static void look_around(struct unpacker *unpacker, struct unpack_step *step)
{
    if (unpacker->place == BETWEEN && step->in_left > 0) {
        unpacker->place = *step->in == 0 && unpacker->any ? PADDING : INSIDE;
        unpacker->any = true;
    }
    while (unpacker->place == PADDING && step->in_left > 0 && *step->in == 0) {
        step->in++;
        step->in_left--;
    }
}

static int parts_run(struct unpacker *unpacker, struct unpack_step *step, bool *ret_end,
                     struct err *err)
{
    for (;;) {
        const size_t in_before = step->in_left, out_before = step->out_left;
        int rc;

        look_around(unpacker, step);
        if (unpacker->place == PADDING && step->in_left > 0)
            return err_set(err, E_INVALID, "other bytes follow its end");
        if (step->in_left == 0 && step->in_ends && unpacker->place != INSIDE) {
            *ret_end = unpacker->any;
            return *ret_end ? 0 : cut_short(err);
        }
        if (unpacker->place != INSIDE)
            return 0;
        rc = unpacker->format == UNPACK_GZIP ? gzip_run(unpacker, step, err)
                                             : zstd_run(unpacker, step, err);
        if (rc < 0)
            return rc;
        if (step->out_left == 0)
            return 0;
        if (step->in_left == 0 && !step->in_ends)
            return 0;
        if (unpacker->place == INSIDE && step->in_left == in_before && step->out_left == out_before)
            return cut_short(err);
    }
}

int unpacker_run(struct unpacker *unpacker, struct unpack_step *step, bool *ret_end,
                 struct err *err)
{
    *ret_end = false;
    if (unpacker->format == UNPACK_XZ)
        return xz_run(unpacker, step, ret_end, err);
    return parts_run(unpacker, step, ret_end, err);
}
