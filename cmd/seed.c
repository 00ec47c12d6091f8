#include "cmd/seed.h"

uint64_t seed_of(const char *word)
{
    uint64_t seed = UINT64_C(0xCBF29CE484222325);

    for (; *word; word++)
        seed = (seed ^ (uint8_t)*word) * UINT64_C(0x100000001B3);
    return seed;
}

uint64_t seed_next(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9E3779B97F4A7C15);

    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ mixed >> 31;
}
