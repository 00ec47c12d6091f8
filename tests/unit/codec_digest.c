/* digest: published vectors, pieces against wholes, reuse of a state. */
#include "codec/digest.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"

static const char *hex(const uint8_t *bytes, size_t length)
{
    static char text[2 * SHA256_SIZE + 1];

    for (size_t i = 0; i < length; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    return text;
}

START_TEST(sha256_agrees_with_fips_180)
{
    struct sha256 *state = sha256_new();
    uint8_t digest[SHA256_SIZE];

    sha256_of(state, "abc", 3, digest);
    ck_assert_str_eq(hex(digest, sizeof digest),
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_of(state, "", 0, digest);
    ck_assert_str_eq(hex(digest, sizeof digest),
                     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_of(state, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, digest);
    ck_assert_str_eq(hex(digest, sizeof digest),
                     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    sha256_free(state);
}
END_TEST

START_TEST(sha256_state_starts_anew_after_result_and_reset)
{
    struct sha256 *state = sha256_new();
    uint8_t pieces[SHA256_SIZE], whole[SHA256_SIZE];

    sha256_of(state, "one two three", 13, whole);
    sha256_add(state, "one ", 4);
    sha256_add(state, "two ", 4);
    sha256_add(state, "three", 5);
    sha256_result(state, pieces);
    ck_assert_mem_eq(pieces, whole, sizeof whole);
    sha256_add(state, "left over", 9);
    sha256_reset(state);
    sha256_add(state, "one two three", 13);
    sha256_result(state, pieces);
    ck_assert_mem_eq(pieces, whole, sizeof whole);
    sha256_add(state, "left over", 9);
    sha256_of(state, "one two three", 13, pieces);
    ck_assert_mem_eq(pieces, whole, sizeof whole);
    sha256_free(state);
    sha256_free(NULL);
}
END_TEST

START_TEST(digests_of_files_agree_with_fips_180)
{
    static const char *const expected[] = {
        [DIGEST_SHA256] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        [DIGEST_SHA512] = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                          "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    };

    for (enum digest_kind kind = DIGEST_SHA256; kind <= DIGEST_SHA512; kind++) {
        struct digest *digest = digest_new(kind);
        uint8_t bytes[DIGEST_SIZE_MAX];
        char text[2 * DIGEST_SIZE_MAX + 1] = "";

        for (int again = 0; again < 2; again++) {
            digest_add(digest, "a", 1);
            digest_add(digest, "", 0);
            digest_add(digest, "bc", 2);
            digest_result(digest, bytes);
            for (size_t i = 0; i < digest_size(kind); i++)
                snprintf(text + 2 * i, 3, "%02x", bytes[i]);
            ck_assert_str_eq(text, expected[kind]);
        }
        digest_free(digest);
    }
    digest_free(NULL);
    ck_assert_str_eq(digest_name(DIGEST_SHA512), "sha512");
}
END_TEST

START_TEST(xxh3_agrees_with_its_specification)
{
    ck_assert_uint_eq(digest_xxh3("", 0), 0x2d06800538d394c2u);
    ck_assert_uint_eq(digest_xxh3("abc", 3), 0x78af5f94892f3950u);
    ck_assert_uint_ne(digest_xxh3("abd", 3), digest_xxh3("abc", 3));
}
END_TEST

START_TEST(xxh128_is_canonical_and_the_same_in_pieces)
{
    struct xxh128 *state = xxh128_new();
    uint8_t digest[XXH128_SIZE], again[XXH128_SIZE];
    char long_text[5000];

    xxh128_result(state, digest);
    ck_assert_str_eq(hex(digest, sizeof digest), "99aa06d3014798d86001c324468d497f");
    xxh128_add(state, "abc", 3);
    xxh128_result(state, digest);
    ck_assert_str_eq(hex(digest, sizeof digest), "06b05ab6733a618578af5f94892f3950");

    memset(long_text, 'x', sizeof long_text);
    xxh128_reset(state);
    xxh128_add(state, long_text, sizeof long_text);
    xxh128_result(state, digest);
    xxh128_reset(state);
    for (size_t i = 0; i < sizeof long_text; i += 8)
        xxh128_add(state, long_text + i, 8);
    xxh128_add(state, NULL, 0);
    xxh128_result(state, again);
    ck_assert_mem_eq(digest, again, sizeof digest);
    xxh128_free(state);
    xxh128_free(NULL);
}
END_TEST

UNIT_MAIN("codec/digest", digests_of_files_agree_with_fips_180, sha256_agrees_with_fips_180,
          sha256_state_starts_anew_after_result_and_reset, xxh3_agrees_with_its_specification,
          xxh128_is_canonical_and_the_same_in_pieces)
