/* vhd_toy.h: a small dynamic VHD, to be damaged by tests and fuzz targets. */
#ifndef UNIT_VHD_TOY_H
#define UNIT_VHD_TOY_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/endian.h"

/* A disk of 3 1/2 blocks, of which the second is nowhere and the others lie backwards. */
enum {
    VHD_TOY_BLOCK = 512 << 10,
    VHD_TOY_DISK = 3 * VHD_TOY_BLOCK + VHD_TOY_BLOCK / 2,
    VHD_TOY_HEADER = 512,
    VHD_TOY_TABLE = 1536, /* with room for 128 entries */
    VHD_TOY_BLOCKS = 2048,
    VHD_TOY_BLOCK_IN_FILE = 512 + VHD_TOY_BLOCK, /* bitmap and data */
    VHD_TOY_FOOTER = VHD_TOY_BLOCKS + 3 * VHD_TOY_BLOCK_IN_FILE,
    VHD_TOY_SIZE = VHD_TOY_FOOTER + 512,
};

static inline void toy_put(int fd, uint64_t offset, const void *bytes, size_t length)
{
    if (pwrite(fd, bytes, length, (off_t)offset) != (ssize_t)length)
        abort();
}

static inline void toy_get(int fd, uint64_t offset, void *bytes, size_t length)
{
    memset(bytes, 0, length);
    if (pread(fd, bytes, length, (off_t)offset) < 0)
        abort();
}

static inline void vhd_toy_put32(int fd, uint64_t offset, uint32_t value)
{
    uint8_t bytes[4];

    big_put32(bytes, value);
    toy_put(fd, offset, bytes, sizeof bytes);
}

static inline void vhd_toy_put64(int fd, uint64_t offset, uint64_t value)
{
    vhd_toy_put32(fd, offset, (uint32_t)(value >> 32));
    vhd_toy_put32(fd, offset + 4, (uint32_t)value);
}

/* Make the checksum of a footer or header right. */
static inline void vhd_toy_seal(int fd, uint64_t offset, size_t length, size_t checksum_at)
{
    uint8_t bytes[1024];
    uint32_t sum = 0;

    toy_get(fd, offset, bytes, length);
    for (size_t i = 0; i < length; i++)
        sum += i < checksum_at || i >= checksum_at + 4 ? bytes[i] : 0;
    vhd_toy_put32(fd, offset + checksum_at, ~sum);
}

static inline void vhd_toy_seal_all(int fd)
{
    vhd_toy_seal(fd, 0, 512, 64);
    vhd_toy_seal(fd, VHD_TOY_HEADER, 1024, 36);
    vhd_toy_seal(fd, VHD_TOY_FOOTER, 512, 64);
}

static inline void vhd_toy_footer(int fd, uint64_t offset)
{
    toy_put(fd, offset, "conectix", 8);
    vhd_toy_put32(fd, offset + 12, 0x00010000);
    vhd_toy_put64(fd, offset + 16, VHD_TOY_HEADER);
    toy_put(fd, offset + 28, "win ", 4);
    vhd_toy_put64(fd, offset + 48, VHD_TOY_DISK);
    vhd_toy_put32(fd, offset + 60, 3);
}

/* Everything but the data of blocks, which are zeros; all bits of their bitmaps are set. */
static inline void vhd_toy_make(int fd)
{
    static const uint32_t places[4] = {2, UINT32_MAX, 1, 0};
    uint8_t bits[VHD_TOY_BLOCK / 512 / 8];

    if (ftruncate(fd, VHD_TOY_SIZE) != 0)
        abort();
    vhd_toy_footer(fd, 0);
    vhd_toy_footer(fd, VHD_TOY_FOOTER);
    toy_put(fd, VHD_TOY_HEADER, "cxsparse\xff\xff\xff\xff\xff\xff\xff\xff", 16);
    vhd_toy_put64(fd, VHD_TOY_HEADER + 16, VHD_TOY_TABLE);
    vhd_toy_put32(fd, VHD_TOY_HEADER + 24, 0x00010000);
    vhd_toy_put32(fd, VHD_TOY_HEADER + 28, 4);
    vhd_toy_put32(fd, VHD_TOY_HEADER + 32, VHD_TOY_BLOCK);
    memset(bits, 0xff, sizeof bits);
    for (uint32_t i = 0; i < 4; i++) {
        const uint32_t at = VHD_TOY_BLOCKS + places[i] * VHD_TOY_BLOCK_IN_FILE;

        vhd_toy_put32(fd, VHD_TOY_TABLE + i * 4, i == 1 ? UINT32_MAX : at / 512);
        if (i != 1)
            toy_put(fd, at, bits, sizeof bits);
    }
    vhd_toy_seal_all(fd);
}

#endif
