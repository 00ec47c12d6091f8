/* seed.h: numbers that follow from a word, for tests that want the same identifiers each time. */
#ifndef CMD_SEED_H
#define CMD_SEED_H

#include <stdint.h>

/* FNV-1a: any word is a seed. */
uint64_t seed_of(const char *word);

/* The next number. SplitMix64 (Steele, Lea, Flood 2014). */
uint64_t seed_next(uint64_t *state);

#endif
