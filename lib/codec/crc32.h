/* crc32.h: CRC-32 as in ISO 3309 and Ethernet: the checksum of GUID partition tables.
 *
 * zlib has a global function `crc32`; a second one of that name would be called by its other users.
 */
#ifndef CODEC_CRC32_H
#define CODEC_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* Of `length` bytes, at most 4 GiB. */
uint32_t crc32_of(const void *bytes, size_t length);

#endif
