#include "blob/block.h"

#include "base/mem.h"

bool block_is_hole(const uint8_t *block)
{
    return mem_is_zero(block, BLOCK_SIZE);
}
