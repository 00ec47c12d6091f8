#include "codec/crc32.h"

#include <zlib.h>

uint32_t crc32_of(const void *bytes, size_t length)
{
    return (uint32_t)crc32(crc32(0, NULL, 0), bytes, (uInt)length);
}
