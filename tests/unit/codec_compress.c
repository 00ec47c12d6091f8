/* compress: round trips, bounds, and everything that is not exactly one whole frame refused. */
#include "codec/compress.h"

#include <string.h>

#include "base/mem.h"
#include "tests/unit/unit.h"

enum { FRAME = 128 * 1024 };

static const enum codec codecs[] = {CODEC_ZLIB, CODEC_ZSTD};

/* Text-like bytes, the same in every run: words out of a small set. */
static unsigned char *sample(size_t length)
{
    unsigned char *bytes = mem_new(length, 1);
    uint32_t seed = 7;

    for (size_t i = 0; i < length; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (unsigned char)("etaoin shrdlu"[(seed >> 24) % 13]);
    }
    return bytes;
}

static unsigned char *noise(size_t length)
{
    unsigned char *bytes = mem_new(length, 1);
    uint64_t seed = 88172645463325252u;

    for (size_t i = 0; i < length; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        bytes[i] = (unsigned char)(seed >> 32);
    }
    return bytes;
}

START_TEST(every_codec_and_level_gives_the_input_back)
{
    struct compressor *compressor = compressor_new();
    unsigned char *in = sample(FRAME), *back = mem_new(FRAME, 1);
    struct err err = {0};

    for (size_t c = 0; c < 2; c++)
        for (int level = -1; level <= 23; level += 2) {
            unsigned char *out = mem_new(FRAME, 1);
            size_t made = compress_frame(compressor, codecs[c], level, in, FRAME, out, FRAME);

            ck_assert_uint_gt(made, 0);
            ck_assert_uint_lt(made, FRAME);
            memset(back, 0, FRAME);
            ck_assert_int_eq(decompress_frame(compressor, codecs[c], out, made, back, FRAME, &err),
                             0);
            ck_assert_mem_eq(back, in, FRAME);
            free(out);
        }
    free(in);
    free(back);
    compressor_free(compressor);
}
END_TEST

START_TEST(used_and_fresh_state_give_the_same_bytes)
{
    struct compressor *used = compressor_new(), *fresh = compressor_new();
    unsigned char *in = sample(FRAME), *left = mem_new(2 * FRAME, 1),
                  *right = mem_new(2 * FRAME, 1);

    for (size_t c = 0; c < 2; c++) {
        size_t made;

        compress_frame(used, codecs[c], 9, in + 5, FRAME - 5, left, 2 * FRAME);
        compress_frame(used, codecs[c], 1, in, 4096, left, 2 * FRAME);
        made = compress_frame(used, codecs[c], 1, in, FRAME, left, 2 * FRAME);
        ck_assert_uint_eq(made, compress_frame(fresh, codecs[c], 1, in, FRAME, right, 2 * FRAME));
        ck_assert_mem_eq(left, right, made);
    }
    free(in);
    free(left);
    free(right);
    compressor_free(used);
    compressor_free(fresh);
}
END_TEST

START_TEST(what_does_not_shrink_or_fit_gives_nothing)
{
    struct compressor *compressor = compressor_new();
    unsigned char *random = noise(4096), *zeros = mem_new(4096, 1), out[8192];

    for (size_t c = 0; c < 2; c++) {
        size_t made = compress_frame(compressor, codecs[c], 1, zeros, 4096, out, sizeof out);

        ck_assert_uint_eq(compress_frame(compressor, codecs[c], 1, random, 4096, out, sizeof out),
                          0);
        ck_assert_uint_eq(compress_frame(compressor, codecs[c], 1, "a", 1, out, sizeof out), 0);
        ck_assert_uint_eq(compress_frame(compressor, codecs[c], 1, "", 0, out, sizeof out), 0);
        ck_assert_uint_gt(made, 0);
        ck_assert_uint_eq(compress_frame(compressor, codecs[c], 1, zeros, 4096, out, made / 2), 0);
    }
    ck_assert_uint_eq(compress_frame(compressor, CODEC_NONE, 1, zeros, 4096, out, sizeof out), 0);
    free(random);
    free(zeros);
    compressor_free(compressor);
}
END_TEST

/* Decompress into exactly `length` bytes of heap, so that a sanitizer sees one byte too much. */
static int try_decompress(struct compressor *compressor, enum codec codec, const unsigned char *in,
                          size_t in_length, size_t length)
{
    unsigned char *tight = mem_copy(in, in_length), *out = mem_new(length, 1);
    struct err err = {0};
    int code = decompress_frame(compressor, codec, tight, in_length, out, length, &err);

    free(tight);
    free(out);
    return code;
}

START_TEST(another_length_or_trailing_input_is_corrupt)
{
    struct compressor *compressor = compressor_new();
    unsigned char *in = sample(4096), out[16384];

    for (size_t c = 0; c < 2; c++) {
        size_t made = compress_frame(compressor, codecs[c], 1, in, 4096, out, sizeof out);

        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, made, 4096), 0);
        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, made, 4095), E_CORRUPT);
        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, made, 4097), E_CORRUPT);
        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, made, 0), E_CORRUPT);
        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, made - 1, 4096), E_CORRUPT);
        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, 0, 4096), E_CORRUPT);
        out[made] = 0;
        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, made + 1, 4096), E_CORRUPT);
        memcpy(out + made, out, made);
        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, 2 * made, 4096), E_CORRUPT);
        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, 2 * made, 8192), E_CORRUPT);
    }
    free(in);
    compressor_free(compressor);
}
END_TEST

START_TEST(stored_frames_are_copied_at_their_length_only)
{
    struct compressor *compressor = compressor_new();
    char out[4] = "";
    struct err err = {0};

    ck_assert_int_eq(decompress_frame(compressor, CODEC_NONE, "abc", 3, out, 3, &err), 0);
    ck_assert_mem_eq(out, "abc", 3);
    ck_assert_int_eq(decompress_frame(compressor, CODEC_NONE, "abc", 3, out, 2, &err), E_CORRUPT);
    ck_assert_int_eq(decompress_frame(compressor, CODEC_NONE, "abc", 3, out, 4, &err), E_CORRUPT);
    ck_assert_int_eq(decompress_frame(compressor, CODEC_NONE, NULL, 0, NULL, 0, &err), 0);
    ck_assert_int_eq(decompress_frame(compressor, (enum codec)3, "abc", 3, out, 3, &err),
                     E_CORRUPT);
    compressor_free(compressor);
    compressor_free(NULL);
}
END_TEST

START_TEST(skippable_old_and_foreign_frames_are_corrupt)
{
    struct compressor *compressor = compressor_new();
    static const unsigned char skippable[12] = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
    static const unsigned char version_07[12] = {0x27, 0xb5, 0x2f, 0xfd, 0};
    /* Asks for a window of nearly 4 GiB for one byte of content: granted, since none is made. */
    static const unsigned char huge_window[10] = {0x28, 0xb5, 0x2f, 0xfd, 0, 0xaf, 9, 0, 0, 'x'};
    unsigned char byte;
    struct err err = {0};

    ck_assert_int_eq(try_decompress(compressor, CODEC_ZSTD, skippable, 12, 0), E_CORRUPT);
    ck_assert_int_eq(try_decompress(compressor, CODEC_ZSTD, version_07, 12, 4), E_CORRUPT);
    ck_assert_int_eq(try_decompress(compressor, CODEC_ZLIB, (const unsigned char *)"PK\3\4", 4, 4),
                     E_CORRUPT);
    ck_assert_int_eq(
        decompress_frame(compressor, CODEC_ZSTD, huge_window, sizeof huge_window, &byte, 1, &err),
        0);
    ck_assert_int_eq(byte, 'x');
    compressor_free(compressor);
}
END_TEST

START_TEST(no_flipped_bit_writes_outside_or_crashes)
{
    struct compressor *compressor = compressor_new();
    unsigned char *in = sample(4096), out[8192];

    for (size_t c = 0; c < 2; c++) {
        size_t made = compress_frame(compressor, codecs[c], 1, in, 4096, out, sizeof out);

        for (size_t bit = 0; bit < 8 * made; bit += 3) {
            out[bit / 8] ^= (unsigned char)(1u << bit % 8);
            try_decompress(compressor, codecs[c], out, made, 4096);
            out[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
        ck_assert_int_eq(try_decompress(compressor, codecs[c], out, made, 4096), 0);
    }
    free(in);
    compressor_free(compressor);
}
END_TEST

UNIT_MAIN("codec/compress", every_codec_and_level_gives_the_input_back,
          used_and_fresh_state_give_the_same_bytes, what_does_not_shrink_or_fit_gives_nothing,
          another_length_or_trailing_input_is_corrupt,
          stored_frames_are_copied_at_their_length_only,
          skippable_old_and_foreign_frames_are_corrupt, no_flipped_bit_writes_outside_or_crashes)
