/* preimage: files that XXH3 does not tell from others, made in microseconds.
 *
 *   preimage pairs COUNT            for COUNT random blocks, and a sixteenth as many frames, an
 *                                   evil one, seen to have the same XXH3-64 and XXH3-128; and a store
 *                                   that tells blocks apart by XXH3 alone is fooled by it. Prints
 *                                   how many were tried, had the same hashes, and fooled it.
 *   preimage disk UNIT VICTIM EVIL  UNIT bytes at a time, what is no hole of VICTIM gets its evil
 *                                   one in EVIL. Prints how many.
 *   preimage honest FILE            a block whose blob has an evil twin of the same name
 *   preimage twin HONEST EVIL       that blob's twin: other bytes in the block, the same tables,
 *                                   the same name
 *
 * How: XXH3 of long inputs adds to eight 64-bit sums, 64 bytes (a stripe) at a time. Where `key` is
 * the XOR of a word of the input and a word of the secret, the sum of the word's lane gets the
 * product of the key's halves, and the sum of the lane beside it the word itself. After 16 stripes
 * the sums are mixed. A word of which one half is that of the secret gives no product, whatever its
 * other half is: so two such words in each lane, the one with a free low half, the other with a
 * free high half, give any sum that is wanted, and the 14 other stripes may hold what one likes.
 * The sums before each mixing are made those of the victim, and so all that follows is the same.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* For the default secret, which has no name outside. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mem.h"

enum {
    STRIPE = 64,
    LANES = 8,
    STRIPES = 16, /* between two mixings, with the default secret */
    BATCH = STRIPE * STRIPES,
    LAST_SECRET = 192 - STRIPE - 7, /* for the last stripe of the input */
    BLOCK = 4096,
    FRAME = 32 * BLOCK,
    BLOB_HEADER = 32,
};

static void die(const char *what)
{
    fprintf(stderr, "preimage: %s\n", what);
    exit(2);
}

static uint64_t next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static uint64_t word_at(const uint8_t *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint64_t secret_at(size_t offset)
{
    return word_at(XXH3_kSecret + offset);
}

static uint64_t high(uint64_t word)
{
    return word >> 32;
}

static uint64_t low(uint64_t word)
{
    return word & UINT32_MAX;
}

/* --- second preimages of blocks and frames --- */

/* What stripes `from` to 15 of a batch add to the sums; the last batch ends with the last stripe of
 * the input. */
static void sum_up(const uint8_t *batch, int from, bool last, uint64_t sums[LANES])
{
    for (int stripe = from; stripe < STRIPES; stripe++)
        for (int lane = 0; lane < LANES; lane++) {
            const size_t secret =
                (last && stripe == STRIPES - 1 ? LAST_SECRET : 8 * (size_t)stripe);
            const uint64_t word = word_at(batch + stripe * STRIPE + 8 * lane);
            const uint64_t key = word ^ secret_at(secret + 8 * (size_t)lane);

            sums[lane] += low(key) * high(key);
            sums[lane ^ 1] += word;
        }
}

/* The first two stripes of `evil`, which may hold anything else: to add what `victim` does. */
static void fix(uint8_t *evil, const uint8_t *victim, bool last)
{
    uint64_t wanted[LANES] = {0}, there[LANES] = {0};

    sum_up(victim, 0, last, wanted);
    sum_up(evil, 2, last, there);
    for (size_t lane = 0; lane < LANES; lane++) {
        const uint64_t first = secret_at(8 * lane), second = secret_at(8 + 8 * lane);
        const uint64_t rest =
            wanted[lane ^ 1] - there[lane ^ 1] - (high(first) << 32) - low(second);
        const uint64_t words[2] = {high(first) << 32 | low(rest), high(rest) << 32 | low(second)};

        memcpy(evil + 8 * lane, &words[0], 8);
        memcpy(evil + STRIPE + 8 * lane, &words[1], 8);
    }
}

/* `length` is a multiple of BATCH. */
static void forge(uint8_t *evil, const uint8_t *victim, size_t length)
{
    static const char payload[] = "this is not what you have published ";

    for (size_t i = 0; i < length; i++)
        evil[i] = (uint8_t)payload[i % (sizeof payload - 1)];
    for (size_t i = 0; i < length; i += BATCH)
        fix(evil + i, victim + i, i + BATCH == length);
}

static bool same_hashes(const uint8_t *left, const uint8_t *right, size_t length)
{
    return XXH3_64bits(left, length) == XXH3_64bits(right, length) &&
           XXH128_isEqual(XXH3_128bits(left, length), XXH3_128bits(right, length));
}

/* --- files --- */

static uint8_t *read_file(const char *path, size_t *ret_size)
{
    FILE *const file = fopen(path, "rb");
    struct stat stat;
    uint8_t *bytes;

    if (!file || fstat(fileno(file), &stat))
        die(path);
    *ret_size = (size_t)stat.st_size;
    bytes = mem_new(*ret_size + 1, 1);
    if (fread(bytes, 1, *ret_size, file) != *ret_size)
        die(path);
    fclose(file);
    return bytes;
}

static void write_file(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *const file = fopen(path, "wb");

    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file))
        die(path);
}

/* --- pairs, and a store that trusts XXH3 --- */

/* Where a block of that hash lies already: all that a careless store asks. */
struct careless {
    XXH128_hash_t hash;
    const uint8_t *bytes;
};

static const uint8_t *store_carelessly(struct careless *slot, const uint8_t *bytes, size_t length)
{
    const XXH128_hash_t hash = XXH3_128bits(bytes, length);

    if (!slot->bytes || !XXH128_isEqual(slot->hash, hash))
        *slot = (struct careless){.hash = hash, .bytes = bytes};
    return slot->bytes;
}

static int make_pairs(unsigned long count)
{
    uint8_t *const victim = mem_new(FRAME, 1), *const evil = mem_new(FRAME, 1);
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
    unsigned long pairs = 0, fooled = 0, tried = 0;

    for (unsigned long i = 0; i < count + count / 16; i++, tried++) {
        const size_t length = i < count ? BLOCK : FRAME;
        struct careless slot = {.bytes = NULL};

        for (size_t j = 0; j < length; j += 8) {
            const uint64_t word = next(&state);

            memcpy(victim + j, &word, 8);
        }
        forge(evil, victim, length);
        pairs += same_hashes(evil, victim, length) && memcmp(evil, victim, length) != 0;
        store_carelessly(&slot, evil, length);
        fooled += memcmp(store_carelessly(&slot, victim, length), victim, length) != 0;
    }
    free(victim);
    free(evil);
    printf("%lu\t%lu\t%lu\n", tried, pairs, fooled);
    return pairs != tried || fooled != tried;
}

static int make_disk(size_t unit, const char *from, const char *to)
{
    size_t size, pairs = 0;
    uint8_t *const victim = read_file(from, &size);
    uint8_t *const evil = mem_new(size + 1, 1);

    if (unit == 0 || unit % BATCH != 0)
        die("units are of 1024 bytes");
    for (size_t i = 0; i + unit <= size; i += unit) {
        if (mem_is_zero(victim + i, unit))
            continue;
        forge(evil + i, victim + i, unit);
        if (!same_hashes(evil + i, victim + i, unit))
            die("the hashes differ");
        pairs++;
    }
    write_file(to, evil, size);
    printf("%zu\n", pairs);
    free(victim);
    free(evil);
    return pairs == 0;
}

/* --- blobs of one name --- */

/* In a blob the first frame begins at byte 32, and is hashed twice: alone, and with the file, in
 * which each of its words lies four lanes further. Four words of one lane of the first batch, in
 * which one bit of the low half changes, up in two of them and down in two: the words' sum stays.
 * With such high halves that the keys' are the same in both words of a pair where the frame is
 * hashed, and differ by the same number in both pairs where the file is, the products' sums stay
 * too. A bit is used that is 0 in the low half of all eight words of the secret: there the
 * key's bit is the word's. */
struct quad {
    size_t stripes[4]; /* a, b of one pair, c, d of the other */
    uint64_t highs[4]; /* halves of the words */
    uint64_t lows[4];  /* their low halves: which way the bit goes */
    unsigned bit;
};

static uint64_t frame_secret(size_t stripe)
{
    return secret_at(8 * stripe);
}

static uint64_t file_secret(size_t stripe)
{
    return secret_at(8 * (stripe + 4));
}

/* By which bits the keys of a pair differ where the file is hashed. */
static uint32_t key_difference(size_t a, size_t b)
{
    return (uint32_t)high(frame_secret(a) ^ frame_secret(b) ^ file_secret(a) ^ file_secret(b));
}

/* By how much the second key can be less than the first: once for each choice of the bits in
 * which they differ, ascending. */
static int64_t *differences(uint32_t bits, size_t *ret_count)
{
    int64_t *const list = mem_new((size_t)1 << __builtin_popcount(bits), sizeof *list);
    uint32_t chosen = 0;

    *ret_count = 0;
    do {
        list[(*ret_count)++] = 2 * (int64_t)chosen - (int64_t)bits;
        chosen = (chosen - bits) & bits;
    } while (chosen != 0);
    return list;
}

/* One number that both pairs can have. */
static bool find_equal(uint32_t left, uint32_t right, int64_t *ret)
{
    size_t left_count, right_count, j = 0;
    int64_t *const a = differences(left, &left_count), *const b = differences(right, &right_count);
    bool found = false;

    for (size_t i = 0; i < left_count && !found; i++) {
        while (j < right_count && b[j] < a[i])
            j++;
        found = j < right_count && b[j] == a[i];
        *ret = a[i];
    }
    free(a);
    free(b);
    return found;
}

/* The high halves of the words of a pair. */
static void set_pair(struct quad *quad, size_t pair, int64_t difference)
{
    const size_t a = quad->stripes[2 * pair], b = quad->stripes[2 * pair + 1];
    const int64_t bits = key_difference(a, b);
    const uint64_t key = (uint64_t)((difference + bits) / 2);

    quad->highs[2 * pair] = key ^ high(file_secret(a));
    quad->highs[2 * pair + 1] =
        quad->highs[2 * pair] ^ high(frame_secret(a)) ^ high(frame_secret(b));
}

static bool find_bit(struct quad *quad)
{
    uint64_t used = 0;

    for (size_t i = 0; i < 4; i++)
        used |= frame_secret(quad->stripes[i]) | file_secret(quad->stripes[i]);
    for (quad->bit = 0; quad->bit < 32; quad->bit++)
        if (!(used >> quad->bit & 1))
            return true;
    return false;
}

static bool try_quad(struct quad *quad)
{
    const size_t *const at = quad->stripes;
    int64_t difference;

    if (!find_bit(quad) ||
        !find_equal(key_difference(at[0], at[1]), key_difference(at[2], at[3]), &difference))
        return false;
    set_pair(quad, 0, difference);
    set_pair(quad, 1, difference);
    /* Up in a and d, down in b and c: so the two differences cancel each other. */
    quad->lows[1] = quad->lows[2] = UINT64_C(1) << quad->bit;
    return true;
}

static struct quad find_quad(void)
{
    for (size_t a = 0; a < STRIPES; a++)
        for (size_t b = a + 1; b < STRIPES; b++)
            for (size_t c = a + 1; c < STRIPES; c++)
                for (size_t d = c + 1; d < STRIPES; d++) {
                    struct quad quad = {.stripes = {a, b, c, d}};

                    if (c != b && d != b && try_quad(&quad))
                        return quad;
                }
    die("no such four words");
    return (struct quad){.bit = 0};
}

static void make_honest(const char *path)
{
    static const char text[] = "an honest block\n";
    const struct quad quad = find_quad();
    uint8_t block[BLOCK];

    for (size_t i = 0; i < sizeof block; i++)
        block[i] = (uint8_t)text[i % (sizeof text - 1)];
    for (size_t i = 0; i < 4; i++) {
        const uint64_t word = quad.highs[i] << 32 | quad.lows[i];

        memcpy(block + quad.stripes[i] * STRIPE, &word, sizeof word);
    }
    write_file(path, block, sizeof block);
}

static int make_twin(const char *from, const char *to)
{
    const struct quad quad = find_quad();
    size_t size;
    uint8_t *const honest = read_file(from, &size);
    uint8_t *const evil = mem_copy(honest, size);

    if (size < BLOB_HEADER + BLOCK)
        die("no blob");
    for (size_t i = 0; i < 4; i++)
        evil[BLOB_HEADER + quad.stripes[i] * STRIPE + quad.bit / 8] ^=
            (uint8_t)(1u << quad.bit % 8);
    if (!same_hashes(honest + BLOB_HEADER, evil + BLOB_HEADER, size - BLOB_HEADER - 128))
        die("the frames' hashes differ");
    if (!same_hashes(honest, evil, size))
        die("the files' hashes differ");
    write_file(to, evil, size);
    free(honest);
    free(evil);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "pairs") == 0)
        return make_pairs(strtoul(argv[2], NULL, 10));
    if (argc == 5 && strcmp(argv[1], "disk") == 0)
        return make_disk(strtoul(argv[2], NULL, 10), argv[3], argv[4]);
    if (argc == 4 && strcmp(argv[1], "twin") == 0)
        return make_twin(argv[2], argv[3]);
    if (argc != 3 || strcmp(argv[1], "honest") != 0)
        die("usage: pairs COUNT | disk UNIT VICTIM EVIL | honest FILE | twin HONEST EVIL");
    make_honest(argv[2]);
    return 0;
}
