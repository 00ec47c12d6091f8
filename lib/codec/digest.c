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

struct sha256 *sha256_new(void)
{
    struct sha256 *state = mem_new(1, sizeof *state);

    state->algorithm = codec_need(EVP_MD_fetch(NULL, "SHA256", NULL));
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
