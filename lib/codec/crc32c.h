/* crc32c.h: CRC-32C (Castagnoli), as RFC 3720 (iSCSI), appendix B.4, gives it: the checksum of
 * VHDX. */
#ifndef CODEC_CRC32C_H
#define CODEC_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* Of `length` bytes behind others whose CRC-32C is `before`; 0 when there are none. */
uint32_t crc32c(uint32_t before, const void *bytes, size_t length);

#endif
