#include "blob/block.h"

#include <string.h>

bool block_is_hole(const uint8_t *block)
{
    /* Zero at the first byte and every byte equal to its neighbour: memcmp is the fastest loop
     * there is. Most data differs in the first bytes, most holes are found by the vector code. */
    return block[0] == 0 && memcmp(block, block + 1, BLOCK_SIZE - 1) == 0;
}
