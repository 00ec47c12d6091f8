/* unpack: whatever pieces come and go, all checksums count, and nothing asks for much memory. */
#include "codec/unpack.h"

#include <lzma.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/unit/unit.h"

enum { SAMPLE = 5000, PACKED_MAX = 2 * SAMPLE, MEMORY = 136 << 20 };

static const enum unpack_format formats[] = {UNPACK_GZIP, UNPACK_XZ, UNPACK_ZSTD};

static const uint8_t *sample(void)
{
    static uint8_t bytes[SAMPLE];
    uint32_t seed = 7;

    for (size_t i = 0; i < SAMPLE; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (uint8_t)("etaoin shrdlu"[(seed >> 24) % 13]);
    }
    return bytes;
}

static size_t pack_gzip(const void *in, size_t length, uint8_t *out)
{
    z_stream stream = {0};
    size_t made;

    ck_assert_int_eq(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = mem_copy(in, length);
    Bytef *const copy = stream.next_in;
    stream.avail_in = (uInt)length;
    stream.next_out = out;
    stream.avail_out = PACKED_MAX;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    made = stream.total_out;
    deflateEnd(&stream);
    free(copy);
    return made;
}

static size_t pack_xz(const void *in, size_t length, uint8_t *out)
{
    size_t made = 0;

    ck_assert_int_eq(
        lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL, in, length, out, &made, PACKED_MAX),
        LZMA_OK);
    return made;
}

static size_t pack_zstd(const void *in, size_t length, uint8_t *out)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    size_t made;

    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    made = ZSTD_compress2(context, out, PACKED_MAX, in, length);
    ck_assert(!ZSTD_isError(made));
    ZSTD_freeCCtx(context);
    return made;
}

static size_t pack(enum unpack_format format, const void *in, size_t length, uint8_t *out)
{
    switch (format) {
    case UNPACK_GZIP:
        return pack_gzip(in, length, out);
    case UNPACK_XZ:
        return pack_xz(in, length, out);
    case UNPACK_ZSTD:
        break;
    }
    return pack_zstd(in, length, out);
}

struct pieces {
    size_t in, out, threads;
};

/* All of it, taken and given in pieces; what came out is appended to `ret`. */
static int unpack(enum unpack_format format, const uint8_t *in, size_t length,
                  const struct pieces *pieces, struct buf *ret, struct err *err)
{
    struct unpacker *unpacker = unpacker_new(format, MEMORY, pieces->threads);
    struct unpack_step step = {0};
    uint8_t *out = mem_new(pieces->out, 1);
    bool ended = false;
    int rc = 0;

    while (rc == 0 && !ended) {
        if (step.in_left == 0) {
            step.in = in;
            step.in_left = length < pieces->in ? length : pieces->in;
            in += step.in_left;
            length -= step.in_left;
            step.in_ends = length == 0;
        }
        step.out = out;
        step.out_left = pieces->out;
        rc = unpacker_run(unpacker, &step, &ended, err);
        buf_add(ret, out, pieces->out - step.out_left);
        ck_assert(rc < 0 || ended || step.in_left == 0 || step.out_left == 0);
    }
    unpacker_free(unpacker);
    free(out);
    return rc;
}

static int unpack_whole(enum unpack_format format, const uint8_t *in, size_t length,
                        struct buf *ret, struct err *err)
{
    const struct pieces pieces = {.in = length ? length : 1, .out = 4096, .threads = 1};

    buf_clear(ret);
    return unpack(format, in, length, &pieces, ret, err);
}

START_TEST(pieces_of_any_size_give_the_same)
{
    static const struct pieces all[] = {{1, 1, 1},  {1, 4096, 1},     {7, 13, 1},
                                        {64, 1, 1}, {1 << 20, 17, 1}, {1 << 20, 1 << 20, 2}};
    uint8_t packed[PACKED_MAX];

    for (size_t f = 0; f < 3; f++) {
        const size_t length = pack(formats[f], sample(), SAMPLE, packed);

        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            struct buf out = {0};
            struct err err = {0};

            ck_assert_msg(unpack(formats[f], packed, length, &all[i], &out, &err) == 0, "%s",
                          err.text);
            ck_assert_uint_eq(out.length, SAMPLE);
            ck_assert_mem_eq(out.bytes, sample(), SAMPLE);
            buf_done(&out);
        }
    }
}
END_TEST

START_TEST(parts_in_a_row_are_one_and_zeros_may_follow)
{
    for (size_t f = 0; f < 3; f++) {
        uint8_t packed[2 * PACKED_MAX + 64] = {0};
        struct buf out = {0};
        struct err err = {0};
        size_t length = pack(formats[f], sample(), 3000, packed);

        length += pack(formats[f], sample() + 3000, SAMPLE - 3000, packed + length);
        ck_assert_int_eq(unpack_whole(formats[f], packed, length, &out, &err), 0);
        ck_assert_uint_eq(out.length, SAMPLE);
        ck_assert_mem_eq(out.bytes, sample(), SAMPLE);
        ck_assert_int_eq(unpack_whole(formats[f], packed, length + 64, &out, &err), 0);
        ck_assert_uint_eq(out.length, SAMPLE);
        packed[length + 63] = 1;
        ck_assert_int_eq(unpack_whole(formats[f], packed, length + 64, &out, &err), E_INVALID);
        packed[length] = 'x';
        ck_assert_int_eq(unpack_whole(formats[f], packed, length + 64, &out, &err), E_INVALID);
        buf_done(&out);
    }
}
END_TEST

START_TEST(what_is_cut_short_is_refused)
{
    uint8_t packed[PACKED_MAX];

    for (size_t f = 0; f < 3; f++) {
        const size_t length = pack(formats[f], sample(), SAMPLE, packed);

        for (size_t cut = 0; cut < length; cut++) {
            struct buf out = {0};
            struct err err = {0};

            ck_assert_int_eq(unpack_whole(formats[f], packed, cut, &out, &err), E_INVALID);
            ck_assert_str_eq(err.text, "it is cut short");
            buf_done(&out);
        }
    }
}
END_TEST

/* Some bytes of a header say nothing that matters, such as a time. */
START_TEST(changed_bytes_are_seen)
{
    uint8_t packed[PACKED_MAX];

    for (size_t f = 0; f < 3; f++) {
        const size_t length = pack(formats[f], sample(), SAMPLE, packed);
        size_t unseen = 0;

        for (size_t i = 0; i < length; i++) {
            struct buf out = {0};
            struct err err = {0};

            packed[i] ^= 0x10;
            if (unpack_whole(formats[f], packed, length, &out, &err) == 0) {
                ck_assert_uint_eq(out.length, SAMPLE);
                ck_assert_mem_eq(out.bytes, sample(), SAMPLE);
                unseen++;
            }
            packed[i] ^= 0x10;
            buf_done(&out);
        }
        ck_assert_uint_le(unseen, 8);
    }
}
END_TEST

/* An xz block whose header asks for a dictionary of 1 GiB. The header begins with its length in
 * words less one, has filter 0x21 with one byte of properties, the size of the dictionary, and ends
 * with its CRC-32. */
static void ask_for_much(uint8_t *packed)
{
    uint8_t *const header = packed + 12;
    const size_t length = (size_t)(header[0] + 1) * 4;
    size_t at = 2;
    uint32_t crc;

    while (header[at] != 0x21 || header[at + 1] != 1)
        at++;
    ck_assert_uint_lt(at, length);
    header[at + 2] = 36;
    crc = (uint32_t)crc32(0, header, (uInt)length - 4);
    for (size_t i = 0; i < 4; i++)
        header[length - 4 + i] = (uint8_t)(crc >> 8 * i);
}

START_TEST(much_memory_is_refused)
{
    static const uint8_t zstd[] = {0x28, 0xb5, 0x2f, 0xfd, 0x00, 18 << 3, 0x09, 0, 0, 'x'};
    uint8_t packed[PACKED_MAX];
    const size_t length = pack_xz(sample(), SAMPLE, packed);

    for (size_t threads = 1; threads <= 2; threads++) {
        const struct pieces pieces = {.in = length, .out = 4096, .threads = threads};
        struct buf out = {0};
        struct err err = {0};

        ask_for_much(packed);
        ck_assert_int_eq(unpack(UNPACK_XZ, packed, length, &pieces, &out, &err), E_UNSUPPORTED);
        ck_assert_ptr_nonnull(strstr(err.text, "at most 136 are allowed"));
        buf_done(&out);
    }
    {
        struct buf out = {0};
        struct err err = {0};

        ck_assert_int_eq(unpack_whole(UNPACK_ZSTD, zstd, sizeof zstd, &out, &err), E_UNSUPPORTED);
        ck_assert_ptr_nonnull(strstr(err.text, "more than 136 MiB of memory"));
        buf_done(&out);
    }
}
END_TEST

UNIT_MAIN("codec/unpack", pieces_of_any_size_give_the_same,
          parts_in_a_row_are_one_and_zeros_may_follow, what_is_cut_short_is_refused,
          changed_bytes_are_seen, much_memory_is_refused)
