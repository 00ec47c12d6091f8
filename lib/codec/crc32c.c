#include "codec/crc32c.h"

/* What a byte leaves behind in the register: its bits add up, so those of eight bits give all. */
#define BIT(byte, n, left) ((byte) >> (n)&1 ? UINT32_C(left) : 0)
#define LEFT_BY(byte)                                                                              \
    (BIT(byte, 0, 0xf26b8303) ^ BIT(byte, 1, 0xe13b70f7) ^ BIT(byte, 2, 0xc79a971f) ^              \
     BIT(byte, 3, 0x8ad958cf) ^ BIT(byte, 4, 0x105ec76f) ^ BIT(byte, 5, 0x20bd8ede) ^              \
     BIT(byte, 6, 0x417b1dbc) ^ BIT(byte, 7, 0x82f63b78))
#define FOUR(byte)    LEFT_BY(byte), LEFT_BY((byte) + 1), LEFT_BY((byte) + 2), LEFT_BY((byte) + 3)
#define SIXTEEN(byte) FOUR(byte), FOUR((byte) + 4), FOUR((byte) + 8), FOUR((byte) + 12)
#define QUARTER(byte)                                                                              \
    SIXTEEN(byte), SIXTEEN((byte) + 16), SIXTEEN((byte) + 32), SIXTEEN((byte) + 48)

static const uint32_t table[256] = {QUARTER(0), QUARTER(64), QUARTER(128), QUARTER(192)};

uint32_t crc32c(uint32_t before, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    uint32_t crc = ~before;

    for (; length > 0; length--)
        crc = crc >> 8 ^ table[(crc ^ *at++) & 0xff];
    return ~crc;
}
