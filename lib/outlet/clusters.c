#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "outlet/room.h"

/* A rank is looked up in one addition and at most eight words of bits. */
enum { WORD_BITS = 64, GROUP_WORDS = 8 };

void clusters_init(struct clusters *clusters, uint64_t size, unsigned shift)
{
    const uint64_t count = ((size - 1) >> shift) + 1;

    *clusters = (struct clusters){
        .bits = mem_new((size_t)(count / WORD_BITS + 1), sizeof *clusters->bits),
        .count = count,
        .shift = shift,
    };
}

void clusters_done(struct clusters *clusters)
{
    free(clusters->bits);
    free(clusters->ranks);
    *clusters = (struct clusters){0};
}

void clusters_mark(struct clusters *clusters, uint64_t offset, uint64_t length)
{
    const uint64_t last = (offset + length - 1) >> clusters->shift;

    for (uint64_t i = offset >> clusters->shift; i <= last; i++)
        clusters->bits[i / WORD_BITS] |= (uint64_t)1 << i % WORD_BITS;
}

static unsigned ones(uint64_t word)
{
    return (unsigned)__builtin_popcountll(word);
}

void clusters_count(struct clusters *clusters)
{
    const uint64_t words = clusters->count / WORD_BITS + 1;

    clusters->ranks = mem_new((size_t)(words / GROUP_WORDS + 1), sizeof *clusters->ranks);
    clusters->marked = 0;
    for (uint64_t i = 0; i < words; i++) {
        if (i % GROUP_WORDS == 0)
            clusters->ranks[i / GROUP_WORDS] = clusters->marked;
        clusters->marked += ones(clusters->bits[i]);
    }
}

bool clusters_has(const struct clusters *clusters, uint64_t cluster)
{
    return clusters->bits[cluster / WORD_BITS] >> cluster % WORD_BITS & 1;
}

uint64_t clusters_rank(const struct clusters *clusters, uint64_t cluster)
{
    const uint64_t word = cluster / WORD_BITS;
    const uint64_t below = ((uint64_t)1 << cluster % WORD_BITS) - 1;
    uint64_t rank = clusters->ranks[word / GROUP_WORDS];

    for (uint64_t i = word / GROUP_WORDS * GROUP_WORDS; i < word; i++)
        rank += ones(clusters->bits[i]);
    return rank + ones(clusters->bits[word] & below);
}

/* The first one at or behind `cluster` whose bit is 1 when XORed with that of `flip`. */
static uint64_t seek(const struct clusters *clusters, uint64_t cluster, uint64_t flip)
{
    const uint64_t words = clusters->count / WORD_BITS + 1;
    uint64_t word = cluster / WORD_BITS;
    uint64_t bits = (clusters->bits[word] ^ flip) >> cluster % WORD_BITS << cluster % WORD_BITS;

    while (!bits && ++word < words)
        bits = clusters->bits[word] ^ flip;
    if (!bits)
        return clusters->count;
    return number_smaller(word * WORD_BITS + (unsigned)__builtin_ctzll(bits), clusters->count);
}

uint64_t clusters_next(const struct clusters *clusters, uint64_t cluster)
{
    return seek(clusters, cluster, 0);
}

uint64_t clusters_end(const struct clusters *clusters, uint64_t cluster)
{
    return seek(clusters, cluster, ~(uint64_t)0);
}

uint64_t clusters_place(const struct clusters *clusters, uint64_t start, uint64_t offset,
                        uint64_t *ret_length)
{
    const uint64_t cluster = offset >> clusters->shift;
    const uint64_t within = offset - (cluster << clusters->shift);

    *ret_length = ((clusters_end(clusters, cluster) - cluster) << clusters->shift) - within;
    return start + (clusters_rank(clusters, cluster) << clusters->shift) + within;
}
