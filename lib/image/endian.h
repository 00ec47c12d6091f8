/* endian.h: whole numbers in image files, whatever the machine. */
#ifndef IMAGE_ENDIAN_H
#define IMAGE_ENDIAN_H

#include <stdint.h>

static inline uint16_t little_get16(const uint8_t *in)
{
    return (uint16_t)(in[0] | in[1] << 8);
}

static inline uint32_t little_get32(const uint8_t *in)
{
    return little_get16(in) | (uint32_t)little_get16(in + 2) << 16;
}

static inline uint64_t little_get64(const uint8_t *in)
{
    return little_get32(in) | (uint64_t)little_get32(in + 4) << 32;
}

#endif
