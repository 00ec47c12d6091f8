/* cluster: round trips, what lies behind ignored, less, more and damage refused. */
#include "codec/cluster.h"

#include <stdint.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#include "base/mem.h"
#include "tests/unit/unit.h"

enum { CLUSTER = 64 * 1024, CODINGS = 3 };

static const enum cluster_coding codings[CODINGS] = {CLUSTER_DEFLATE, CLUSTER_ZLIB, CLUSTER_ZSTD};

/* Words out of a small set, with what was said 20 KiB before said again. */
static unsigned char *sample(size_t length)
{
    unsigned char *bytes = mem_new(length, 1);
    uint32_t seed = 7;

    for (size_t i = 0; i < length; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (unsigned char)("etaoin shrdlu"[(seed >> 24) % 13]);
        if (i >= 20480 && i % 4096 < 2048)
            bytes[i] = bytes[i - 20480];
    }
    return bytes;
}

/* Decompress from and into exactly that much of heap, so that a sanitizer sees one byte too much. */
static int try_unpack(struct cluster_coder *coder, enum cluster_coding coding,
                      const unsigned char *in, size_t in_length, size_t length)
{
    unsigned char *tight = mem_copy(in, in_length), *out = mem_new(length, 1);
    struct err err = {0};
    const int rc = cluster_unpack(coder, coding, tight, in_length, out, length, &err);

    ck_assert(rc == 0 || err.text[0]);
    free(tight);
    free(out);
    return rc;
}

START_TEST(every_coding_and_level_gives_the_input_back)
{
    struct cluster_coder *coder = cluster_coder_new();
    unsigned char *in = sample(CLUSTER), *out = mem_new(CLUSTER, 1), *back = mem_new(CLUSTER, 1);
    struct err err = {0};

    for (size_t c = 0; c < CODINGS; c++)
        for (int level = -1; level <= 23; level += 3) {
            const size_t made =
                cluster_pack(coder, codings[c], level, in, CLUSTER, out, CLUSTER - 1);

            ck_assert_uint_gt(made, 0);
            memset(back, 0, CLUSTER);
            ck_assert_int_eq(cluster_unpack(coder, codings[c], out, made, back, CLUSTER, &err), 0);
            ck_assert_mem_eq(back, in, CLUSTER);
        }
    free(in);
    free(out);
    free(back);
    cluster_coder_free(coder);
    cluster_coder_free(NULL);
}
END_TEST

START_TEST(used_and_fresh_state_give_the_same_bytes)
{
    struct cluster_coder *used = cluster_coder_new(), *fresh = cluster_coder_new();
    unsigned char *in = sample(CLUSTER), *left = mem_new(CLUSTER, 1), *right = mem_new(CLUSTER, 1);

    for (size_t c = 0; c < CODINGS; c++) {
        size_t made;

        cluster_pack(used, codings[c], 6, in + 5, CLUSTER - 5, left, CLUSTER);
        cluster_pack(used, codings[c], 6, in + 9, 4096, left, 10);
        made = cluster_pack(used, codings[c], 6, in, CLUSTER, left, CLUSTER);
        ck_assert_uint_eq(made, cluster_pack(fresh, codings[c], 6, in, CLUSTER, right, CLUSTER));
        ck_assert_mem_eq(left, right, made);
    }
    free(in);
    free(left);
    free(right);
    cluster_coder_free(used);
    cluster_coder_free(fresh);
}
END_TEST

START_TEST(what_does_not_fit_gives_nothing)
{
    struct cluster_coder *coder = cluster_coder_new();
    unsigned char *in = sample(CLUSTER), *out = mem_new(CLUSTER, 1);

    for (size_t c = 0; c < CODINGS; c++) {
        const size_t made = cluster_pack(coder, codings[c], 1, in, CLUSTER, out, CLUSTER);

        ck_assert_uint_gt(made, 0);
        ck_assert_uint_eq(cluster_pack(coder, codings[c], 1, in, CLUSTER, out, made / 2), 0);
        ck_assert_uint_eq(cluster_pack(coder, codings[c], 1, in, CLUSTER, out, 1), 0);
        ck_assert_uint_eq(cluster_pack(coder, codings[c], 1, in, CLUSTER, out, 0), 0);
    }
    free(in);
    free(out);
    cluster_coder_free(coder);
}
END_TEST

START_TEST(what_lies_behind_is_ignored)
{
    struct cluster_coder *coder = cluster_coder_new();
    unsigned char *in = sample(4096), out[16384];

    for (size_t c = 0; c < CODINGS; c++) {
        const size_t made = cluster_pack(coder, codings[c], 1, in, 4096, out, 4096);

        for (int filler = 0; filler < 256; filler += 5) {
            memset(out + made, filler, sizeof out - made);
            ck_assert_int_eq(try_unpack(coder, codings[c], out, made + 1, 4096), 0);
            ck_assert_int_eq(try_unpack(coder, codings[c], out, made + 700, 4096), 0);
        }
        memcpy(out + made, out, made);
        ck_assert_int_eq(try_unpack(coder, codings[c], out, 2 * made, 4096), 0);
        ck_assert_int_eq(try_unpack(coder, codings[c], out, 2 * made, 8192), E_INVALID);
    }
    free(in);
    cluster_coder_free(coder);
}
END_TEST

START_TEST(another_length_or_a_cut_is_refused)
{
    struct cluster_coder *coder = cluster_coder_new();
    unsigned char *in = sample(4096), out[8192];

    for (size_t c = 0; c < CODINGS; c++) {
        const size_t made = cluster_pack(coder, codings[c], 1, in, 4096, out, sizeof out);

        ck_assert_int_eq(try_unpack(coder, codings[c], out, made, 4096), 0);
        ck_assert_int_eq(try_unpack(coder, codings[c], out, made, 4095), E_INVALID);
        ck_assert_int_eq(try_unpack(coder, codings[c], out, made, 4097), E_INVALID);
        ck_assert_int_eq(try_unpack(coder, codings[c], out, made, 0), E_INVALID);
        for (size_t length = 0; length < made; length += 7)
            ck_assert_int_eq(try_unpack(coder, codings[c], out, length, 4096), E_INVALID);
        ck_assert_int_eq(try_unpack(coder, codings[c], out, made - 1, 4096), E_INVALID);
        ck_assert_int_eq(try_unpack(coder, codings[(c + 1) % CODINGS], out, made, 4096), E_INVALID);
        ck_assert_int_eq(cluster_unpack(coder, codings[c], out, made - 1, in, 4096, NULL),
                         E_INVALID);
    }
    free(in);
    cluster_coder_free(coder);
}
END_TEST

/* QEMU inflates clusters of qcow2 with a window of 4 KiB. */
START_TEST(raw_deflate_keeps_to_a_small_window)
{
    struct cluster_coder *coder = cluster_coder_new();
    unsigned char *in = sample(CLUSTER), *out = mem_new(CLUSTER, 1), *back = mem_new(CLUSTER, 1);
    const size_t made = cluster_pack(coder, CLUSTER_DEFLATE, 9, in, CLUSTER, out, CLUSTER);
    z_stream stream = {0};

    ck_assert_int_eq(inflateInit2(&stream, -12), Z_OK);
    stream.next_in = out;
    stream.avail_in = (uInt)made;
    stream.next_out = back;
    /* In small pieces, so that the window is what distances are looked up in. */
    for (size_t done = 0; done < CLUSTER; done += 1024) {
        stream.avail_out = 1024;
        ck_assert_int_ge(inflate(&stream, Z_SYNC_FLUSH), Z_OK);
    }
    inflateEnd(&stream);
    ck_assert_mem_eq(back, in, CLUSTER);
    free(in);
    free(out);
    free(back);
    cluster_coder_free(coder);
}
END_TEST

START_TEST(skippable_and_old_frames_are_refused_and_windows_not_made)
{
    struct cluster_coder *coder = cluster_coder_new();
    static const unsigned char skippable[12] = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
    static const unsigned char version_07[12] = {0x27, 0xb5, 0x2f, 0xfd, 0};
    /* Asks for a window of nearly 4 GiB for one byte of content. */
    static const unsigned char huge_window[10] = {0x28, 0xb5, 0x2f, 0xfd, 0, 0xaf, 9, 0, 0, 'x'};

    ck_assert_int_eq(try_unpack(coder, CLUSTER_ZSTD, skippable, 12, 0), E_INVALID);
    ck_assert_int_eq(try_unpack(coder, CLUSTER_ZSTD, version_07, 12, 4), E_INVALID);
    ck_assert_int_eq(try_unpack(coder, CLUSTER_ZSTD, huge_window, 10, 1), 0);
    cluster_coder_free(coder);
}
END_TEST

START_TEST(no_flipped_bit_writes_outside)
{
    struct cluster_coder *coder = cluster_coder_new();
    unsigned char *in = sample(4096), out[8192];

    for (size_t c = 0; c < CODINGS; c++) {
        const size_t made = cluster_pack(coder, codings[c], 1, in, 4096, out, sizeof out);

        for (size_t bit = 0; bit < 8 * made; bit += 3) {
            out[bit / 8] ^= (unsigned char)(1u << bit % 8);
            try_unpack(coder, codings[c], out, made, 4096);
            out[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
        ck_assert_int_eq(try_unpack(coder, codings[c], out, made, 4096), 0);
    }
    free(in);
    cluster_coder_free(coder);
}
END_TEST

UNIT_MAIN("codec/cluster", every_coding_and_level_gives_the_input_back,
          used_and_fresh_state_give_the_same_bytes, what_does_not_fit_gives_nothing,
          what_lies_behind_is_ignored, another_length_or_a_cut_is_refused,
          raw_deflate_keeps_to_a_small_window,
          skippable_and_old_frames_are_refused_and_windows_not_made, no_flipped_bit_writes_outside)
