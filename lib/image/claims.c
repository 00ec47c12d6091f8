/* What of an image file is in use: a bit for each unit. */
#include <stdlib.h>

#include "base/mem.h"
#include "image/kind.h"

enum { WORD_BITS = 64 };

#define UNITS_MAX ((uint64_t)1 << 27) /* 16 MiB of bits */

struct claims {
    uint64_t size; /* of the file */
    uint32_t unit;
    uint64_t taken;   /* bytes */
    uint64_t *bits;   /* NULL: there are too many units */
    uint64_t *shared; /* those of `bits` that are shared; NULL before the first */
};

static uint64_t *new_bits(const struct claims *claims)
{
    return mem_new((size_t)((claims->size / claims->unit + 1) / WORD_BITS + 1), sizeof(uint64_t));
}

struct claims *claims_new(uint64_t size, uint32_t unit)
{
    struct claims *claims = mem_new(1, sizeof *claims);
    const uint64_t units = size / unit + 1;

    claims->size = size;
    claims->unit = unit;
    if (units <= UNITS_MAX)
        claims->bits = new_bits(claims);
    return claims;
}

void claims_free(struct claims *claims)
{
    if (!claims)
        return;
    free(claims->bits);
    free(claims->shared);
    free(claims);
}

/* Set the bits of units `from` to `end`; false when one was set. */
static bool set_bits(uint64_t *bits, uint64_t from, uint64_t end)
{
    while (from < end) {
        const uint64_t bit = from % WORD_BITS;
        const uint64_t count = end - from < WORD_BITS - bit ? end - from : WORD_BITS - bit;
        const uint64_t mask = (count == WORD_BITS ? UINT64_MAX : (UINT64_C(1) << count) - 1) << bit;

        if (bits[from / WORD_BITS] & mask)
            return false;
        bits[from / WORD_BITS] |= mask;
        from += count;
    }
    return true;
}

bool claims_take(struct claims *claims, uint64_t offset, uint64_t length)
{
    if (length > claims->size || offset > claims->size - length ||
        claims->taken > claims->size - length)
        return false;
    claims->taken += length;
    if (!claims->bits || length == 0)
        return true;
    return set_bits(claims->bits, offset / claims->unit, (offset + length - 1) / claims->unit + 1);
}

bool claims_share(struct claims *claims, uint64_t offset, uint64_t length)
{
    if (length > claims->size || offset > claims->size - length)
        return false;
    if (!claims->bits || length == 0)
        return true;
    if (!claims->shared)
        claims->shared = new_bits(claims);
    for (uint64_t unit = offset / claims->unit; unit <= (offset + length - 1) / claims->unit;
         unit++) {
        const uint64_t bit = UINT64_C(1) << unit % WORD_BITS;

        if (claims->shared[unit / WORD_BITS] & bit)
            continue;
        if (!set_bits(claims->bits, unit, unit + 1))
            return false;
        claims->shared[unit / WORD_BITS] |= bit;
    }
    return true;
}
