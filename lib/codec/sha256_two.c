/* Two SHA-256 at once, with the SHA instructions of x86 processors. One alone waits at each step
 * for the one before; a second fills the gaps. FIPS 180-4, section 6.2; the instructions: Intel 64
 * and IA-32 Architectures Software Developer's Manual, volume 2, SHA256RNDS2, SHA256MSG1 and
 * SHA256MSG2. */
#include "codec/room.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <string.h>

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))
#define INLINED  static inline __attribute__((always_inline)) WITH_SHA

enum { GROUPS = 16, LANES = 2 }; /* of four rounds each in a chunk; inputs */

/* The round constants (section 4.2.2), four a group. */
static const uint32_t constants[GROUPS][4] = {
    {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5},
    {0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5},
    {0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3},
    {0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174},
    {0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc},
    {0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da},
    {0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7},
    {0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967},
    {0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13},
    {0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85},
    {0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3},
    {0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070},
    {0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5},
    {0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3},
    {0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208},
    {0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2},
};

/* The eight words of the state as the instructions want them: a and b above e and f, c and d above
 * g and h. */
struct lane {
    __m128i abef, cdgh;
};

bool sha256_two_works(void)
{
    unsigned a, b, c, d;

    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3))
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* Words are big-endian in the input and in the result. */
INLINED __m128i turn(__m128i words)
{
    return _mm_shuffle_epi8(words, _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
}

/* Four rounds. */
INLINED void group(struct lane *lane, __m128i words, size_t number)
{
    __m128i sums;

    memcpy(&sums, constants[number], sizeof sums);
    sums = _mm_add_epi32(words, sums);
    lane->cdgh = _mm_sha256rnds2_epu32(lane->cdgh, lane->abef, sums);
    lane->abef = _mm_sha256rnds2_epu32(lane->abef, lane->cdgh, _mm_shuffle_epi32(sums, 0x0e));
}

/* The four words behind the sixteen of `w`, of which w[at] holds the first. */
INLINED __m128i schedule(const __m128i w[4], size_t at)
{
    const __m128i third = w[(at + 2) % 4];
    const __m128i last = w[(at + 3) % 4];
    const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[at], w[(at + 1) % 4]),
                                      _mm_alignr_epi8(last, third, sizeof(uint32_t)));

    return _mm_sha256msg2_epu32(sum, last);
}

/* One chunk of each. */
INLINED void step(struct lane lanes[LANES], const uint8_t *const chunks[LANES])
{
    const struct lane before[LANES] = {lanes[0], lanes[1]};
    __m128i w[LANES][4];

#pragma GCC unroll 16
    for (size_t i = 0; i < GROUPS; i++) {
#pragma GCC unroll 2
        for (size_t l = 0; l < LANES; l++) {
            if (i < 4) {
                memcpy(&w[l][i], chunks[l] + i * sizeof w[l][i], sizeof w[l][i]);
                w[l][i] = turn(w[l][i]);
            } else {
                w[l][i % 4] = schedule(w[l], i % 4);
            }
            group(&lanes[l], w[l][i % 4], i);
        }
    }
    for (size_t l = 0; l < LANES; l++) {
        lanes[l].abef = _mm_add_epi32(lanes[l].abef, before[l].abef);
        lanes[l].cdgh = _mm_add_epi32(lanes[l].cdgh, before[l].cdgh);
    }
}

/* The last chunk of an input whose length is a multiple of chunks: a one, zeros, the length in bits
 * (section 5.1.1). */
static void make_last(uint8_t chunk[SHA256_CHUNK], uint64_t length)
{
    memset(chunk, 0, SHA256_CHUNK);
    chunk[0] = 0x80;
    for (size_t i = 0; i < sizeof length; i++)
        chunk[SHA256_CHUNK - 1 - i] = (uint8_t)(length * 8 >> 8 * i);
}

/* From below the state holds f e b a and h g d c: turned over, a b c d and e f g h. */
INLINED void store(const struct lane *lane, uint8_t ret[SHA256_SIZE])
{
    const __m128i over = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
    const __m128i first = _mm_shuffle_epi8(_mm_unpackhi_epi64(lane->cdgh, lane->abef), over);
    const __m128i second = _mm_shuffle_epi8(_mm_unpacklo_epi64(lane->cdgh, lane->abef), over);

    memcpy(ret, &first, sizeof first);
    memcpy(ret + sizeof first, &second, sizeof second);
}

WITH_SHA void sha256_two(const uint8_t *const bytes[2], size_t length, uint8_t *const ret[2])
{
    /* The first state (section 5.3.3). */
    const struct lane first = {
        .abef = _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
        .cdgh = _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19),
    };
    struct lane lanes[LANES] = {first, first};
    uint8_t last[SHA256_CHUNK];

    for (size_t at = 0; at < length; at += SHA256_CHUNK)
        step(lanes, (const uint8_t *const[LANES]){bytes[0] + at, bytes[1] + at});
    make_last(last, length);
    step(lanes, (const uint8_t *const[LANES]){last, last});
    store(&lanes[0], ret[0]);
    store(&lanes[1], ret[1]);
}

#else

bool sha256_two_works(void)
{
    return false;
}

void sha256_two(const uint8_t *const bytes[2], size_t length, uint8_t *const ret[2])
{
    (void)bytes;
    (void)length;
    (void)ret;
}

#endif
