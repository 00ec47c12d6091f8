/* endian.h: whole numbers in files, little-endian and big-endian, whatever the machine. */
#ifndef BASE_ENDIAN_H
#define BASE_ENDIAN_H

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

static inline void little_put16(uint8_t *out, uint16_t value)
{
    out[0] = (uint8_t)value;
    out[1] = (uint8_t)(value >> 8);
}

static inline void little_put32(uint8_t *out, uint32_t value)
{
    little_put16(out, (uint16_t)value);
    little_put16(out + 2, (uint16_t)(value >> 16));
}

static inline void little_put64(uint8_t *out, uint64_t value)
{
    little_put32(out, (uint32_t)value);
    little_put32(out + 4, (uint32_t)(value >> 32));
}

static inline uint16_t big_get16(const uint8_t *in)
{
    return (uint16_t)(in[0] << 8 | in[1]);
}

static inline uint32_t big_get32(const uint8_t *in)
{
    return (uint32_t)big_get16(in) << 16 | big_get16(in + 2);
}

static inline uint64_t big_get64(const uint8_t *in)
{
    return (uint64_t)big_get32(in) << 32 | big_get32(in + 4);
}

static inline void big_put16(uint8_t *out, uint16_t value)
{
    out[0] = (uint8_t)(value >> 8);
    out[1] = (uint8_t)value;
}

static inline void big_put32(uint8_t *out, uint32_t value)
{
    big_put16(out, (uint16_t)(value >> 16));
    big_put16(out + 2, (uint16_t)value);
}

static inline void big_put64(uint8_t *out, uint64_t value)
{
    big_put32(out, (uint32_t)(value >> 32));
    big_put32(out + 4, (uint32_t)value);
}

#endif
