/* fuzz.h: what every fuzz target shares. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What does not hold is a finding. */
static inline void insist(int holds)
{
    if (!holds)
        abort();
}

#endif
