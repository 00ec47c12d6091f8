/* crc32c: published vectors, pieces against the whole. */
#include "codec/crc32c.h"

#include <string.h>

#include "tests/unit/unit.h"

START_TEST(it_agrees_with_rfc_3720)
{
    uint8_t bytes[32];

    ck_assert_uint_eq(crc32c(0, "123456789", 9), 0xe3069283);
    ck_assert_uint_eq(crc32c(0, "", 0), 0);
    memset(bytes, 0, sizeof bytes);
    ck_assert_uint_eq(crc32c(0, bytes, sizeof bytes), 0x8a9136aa);
    memset(bytes, 0xff, sizeof bytes);
    ck_assert_uint_eq(crc32c(0, bytes, sizeof bytes), 0x62a8ab43);
    for (uint8_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i;
    ck_assert_uint_eq(crc32c(0, bytes, sizeof bytes), 0x46dd794e);
    for (uint8_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(31 - i);
    ck_assert_uint_eq(crc32c(0, bytes, sizeof bytes), 0x113fdb5c);
}
END_TEST

/* Bit by bit, as the polynomial says. */
static uint32_t slowly(const uint8_t *bytes, size_t length)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
    }
    return ~crc;
}

START_TEST(pieces_give_what_the_whole_gives)
{
    uint8_t bytes[600];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 37 + i / 256);
    for (size_t cut = 0; cut <= sizeof bytes; cut += 13)
        ck_assert_uint_eq(crc32c(crc32c(0, bytes, cut), bytes + cut, sizeof bytes - cut),
                          slowly(bytes, sizeof bytes));
}
END_TEST

UNIT_MAIN("codec/crc32c", it_agrees_with_rfc_3720, pieces_give_what_the_whole_gives)
