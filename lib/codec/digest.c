#include "codec/digest.h"

#include <openssl/evp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <xxhash.h>

#include "codec/room.h"

struct xxh128 {
    XXH3_state_t *state; /* wants an alignment of its own, so it is not embedded */
};

struct sha256 {
    EVP_MD *algorithm;
    EVP_MD_CTX *running;
    bool fresh; /* nothing added yet: a second reset would cost an allocation inside libcrypto */
};

uint64_t digest_xxh3(const void *bytes, size_t length)
{
    return XXH3_64bits(bytes, length);
}

struct xxh128 *xxh128_new(void)
{
    struct xxh128 *state = mem_new(1, sizeof *state);

    state->state = codec_need(XXH3_createState());
    xxh128_reset(state);
    return state;
}

void xxh128_reset(struct xxh128 *state)
{
    XXH3_128bits_reset(state->state);
}

void xxh128_add(struct xxh128 *state, const void *bytes, size_t length)
{
    if (length)
        XXH3_128bits_update(state->state, bytes, length);
}

void xxh128_result(const struct xxh128 *state, uint8_t ret[XXH128_SIZE])
{
    XXH128_canonical_t canonical;

    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state->state));
    for (size_t i = 0; i < XXH128_SIZE; i++)
        ret[i] = canonical.digest[i];
}

void xxh128_free(struct xxh128 *state)
{
    if (!state)
        return;
    XXH3_freeState(state->state);
    free(state);
}

/* The library makes its default context when it is first used, does not look whether there was
 * memory for that, and then follows NULL. */
static EVP_MD *fetch(const char *name)
{
    codec_need(OSSL_LIB_CTX_get0_global_default());
    return codec_need(EVP_MD_fetch(NULL, name, NULL));
}

struct sha256 *sha256_new(void)
{
    struct sha256 *state = mem_new(1, sizeof *state);

    state->algorithm = fetch("SHA256");
    state->running = codec_need(EVP_MD_CTX_new());
    sha256_reset(state);
    return state;
}

void sha256_free(struct sha256 *state)
{
    if (!state)
        return;
    EVP_MD_CTX_free(state->running);
    EVP_MD_free(state->algorithm);
    free(state);
}

/* Hashing itself cannot fail; the library's small allocations can. */
static void insist(struct sha256 *state, int done)
{
    codec_need(done == 1 ? state : NULL);
}

void sha256_reset(struct sha256 *state)
{
    if (state->fresh)
        return;
    insist(state, EVP_DigestInit_ex2(state->running, state->algorithm, NULL));
    state->fresh = true;
}

void sha256_add(struct sha256 *state, const void *bytes, size_t length)
{
    state->fresh = false;
    insist(state, EVP_DigestUpdate(state->running, bytes, length));
}

void sha256_result(struct sha256 *state, uint8_t ret[SHA256_SIZE])
{
    state->fresh = false;
    insist(state, EVP_DigestFinal_ex(state->running, ret, NULL));
    sha256_reset(state);
}

void sha256_of(struct sha256 *state, const void *bytes, size_t length, uint8_t ret[SHA256_SIZE])
{
    sha256_reset(state);
    sha256_add(state, bytes, length);
    sha256_result(state, ret);
}

/* --- of files --- */

struct digest {
    EVP_MD *algorithm;
    EVP_MD_CTX *running;
};

/* clang-format off */
static const struct {
    const char *name, *library_name;
    size_t size;
} digest_kinds[] = {
    [DIGEST_SHA256] = {"sha256", "SHA256", SHA256_SIZE},
    [DIGEST_SHA512] = {"sha512", "SHA512", DIGEST_SIZE_MAX},
};
/* clang-format on */

static void digest_insist(struct digest *digest, int done)
{
    codec_need(done == 1 ? digest : NULL);
}

struct digest *digest_new(enum digest_kind kind)
{
    struct digest *digest = mem_new(1, sizeof *digest);

    digest->algorithm = fetch(digest_kinds[kind].library_name);
    digest->running = codec_need(EVP_MD_CTX_new());
    digest_insist(digest, EVP_DigestInit_ex2(digest->running, digest->algorithm, NULL));
    return digest;
}

void digest_free(struct digest *digest)
{
    if (!digest)
        return;
    EVP_MD_CTX_free(digest->running);
    EVP_MD_free(digest->algorithm);
    free(digest);
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
    digest_insist(digest, EVP_DigestUpdate(digest->running, bytes, length));
}

void digest_result(struct digest *digest, uint8_t ret[DIGEST_SIZE_MAX])
{
    digest_insist(digest, EVP_DigestFinal_ex(digest->running, ret, NULL));
    digest_insist(digest, EVP_DigestInit_ex2(digest->running, digest->algorithm, NULL));
}

const char *digest_name(enum digest_kind kind)
{
    return digest_kinds[kind].name;
}

size_t digest_size(enum digest_kind kind)
{
    return digest_kinds[kind].size;
}
