/* digest.h: checksums and identities.
 *
 * XXH3 (xxhash) guards against rot and names files; SHA-256 (libcrypto) identifies content and
 * guards against people.
 */
#ifndef CODEC_DIGEST_H
#define CODEC_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_SIZE = 32, XXH128_SIZE = 16 };

/* XXH3 64 bits, seed 0. */
uint64_t digest_xxh3(const void *bytes, size_t length);

/* Running XXH3 128 bits, seed 0; the result in canonical (big-endian) form. */
struct xxh128;
struct xxh128 *xxh128_new(void);
void xxh128_reset(struct xxh128 *state);
void xxh128_add(struct xxh128 *state, const void *bytes, size_t length);
void xxh128_result(const struct xxh128 *state, uint8_t ret[XXH128_SIZE]);
void xxh128_free(struct xxh128 *state);

/* SHA-256, one state for many digests (fetching the algorithm costs more than hashing a block). */
struct sha256;
struct sha256 *sha256_new(void);
void sha256_free(struct sha256 *state);
void sha256_reset(struct sha256 *state);
void sha256_add(struct sha256 *state, const void *bytes, size_t length);
void sha256_result(struct sha256 *state, uint8_t ret[SHA256_SIZE]); /* resets */
/* reset, add, result. */
void sha256_of(struct sha256 *state, const void *bytes, size_t length, uint8_t ret[SHA256_SIZE]);

/* Of files, as they are published beside them: the algorithm is chosen by whoever published. */
enum digest_kind { DIGEST_SHA256 = 1, DIGEST_SHA512 };

enum { DIGEST_SIZE_MAX = 64 };

struct digest;
struct digest *digest_new(enum digest_kind kind);
void digest_free(struct digest *digest); /* NULL is left alone */
/* The next bytes. */
void digest_add(struct digest *digest, const void *bytes, size_t length);
/* digest_size bytes; the state is at its start again. */
void digest_result(struct digest *digest, uint8_t ret[DIGEST_SIZE_MAX]);

/* "sha256"; 32. */
const char *digest_name(enum digest_kind kind);
size_t digest_size(enum digest_kind kind);

#endif
