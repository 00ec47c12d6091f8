/* vhdx_toy.h: a small VHDX, to be damaged by tests and fuzz targets. */
#ifndef UNIT_VHDX_TOY_H
#define UNIT_VHDX_TOY_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codec/crc32c.h"
#include "base/endian.h"

/* A disk of 5 1/2 blocks of a MiB: the first lies last, the second nowhere, the next two in order,
 * the fifth is of zeros, the last is cut by the end of the disk. */
enum {
    VHDX_TOY_DISK = 5 * (1 << 20) + (1 << 19),
    VHDX_TOY_HEADERS = 64 << 10,
    VHDX_TOY_TABLES = 192 << 10,
    VHDX_TOY_NEXT = 64 << 10, /* from the first of them to the second */
    VHDX_TOY_LOG = 1 << 20,
    VHDX_TOY_BAT = 2 << 20,
    VHDX_TOY_METADATA = 3 << 20,
    VHDX_TOY_ITEMS = VHDX_TOY_METADATA + (64 << 10),
    VHDX_TOY_BLOCKS = 4 << 20,
    VHDX_TOY_SIZE = VHDX_TOY_BLOCKS + 4 * (1 << 20),
};

static inline void toy_put(int fd, uint64_t offset, const void *bytes, size_t length)
{
    if (pwrite(fd, bytes, length, (off_t)offset) != (ssize_t)length)
        abort();
}

static inline void toy_put32(int fd, uint64_t offset, uint32_t value)
{
    uint8_t bytes[4];

    little_put32(bytes, value);
    toy_put(fd, offset, bytes, sizeof bytes);
}

static inline void toy_put64(int fd, uint64_t offset, uint64_t value)
{
    uint8_t bytes[8];

    little_put64(bytes, value);
    toy_put(fd, offset, bytes, sizeof bytes);
}

/* Make the checksum of a header or region table right. */
static inline void vhdx_toy_seal(int fd, uint64_t offset, size_t length)
{
    static uint8_t bytes[64 << 10];

    toy_put32(fd, offset + 4, 0);
    memset(bytes, 0, length);
    if (pread(fd, bytes, length, (off_t)offset) < 0)
        abort();
    toy_put32(fd, offset + 4, crc32c(0, bytes, length));
}

static inline void vhdx_toy_seal_all(int fd)
{
    for (uint64_t i = 0; i < 2; i++) {
        vhdx_toy_seal(fd, VHDX_TOY_HEADERS + i * VHDX_TOY_NEXT, 4 << 10);
        vhdx_toy_seal(fd, VHDX_TOY_TABLES + i * VHDX_TOY_NEXT, 64 << 10);
    }
}

/* An entry of a region table. */
static inline void vhdx_toy_region(int fd, unsigned index, const char *guid, uint64_t offset,
                                   uint32_t length)
{
    for (uint64_t i = 0; i < 2; i++) {
        const uint64_t table = VHDX_TOY_TABLES + i * VHDX_TOY_NEXT;
        const uint64_t at = table + 16 + index * 32;

        toy_put(fd, table, "regi", 4);
        toy_put32(fd, table + 8, index + 1);
        toy_put(fd, at, guid, 16);
        toy_put64(fd, at + 16, offset);
        toy_put32(fd, at + 24, length);
        toy_put32(fd, at + 28, 1);
    }
}

/* An entry of the metadata table, of an item `at` bytes behind VHDX_TOY_ITEMS. */
static inline void vhdx_toy_item(int fd, unsigned index, const char *guid, uint32_t at,
                                 uint32_t length)
{
    const uint64_t entry = VHDX_TOY_METADATA + 32 + index * 32;

    toy_put(fd, entry, guid, 16);
    toy_put32(fd, entry + 16, (64 << 10) + at);
    toy_put32(fd, entry + 20, length);
    toy_put32(fd, entry + 24, 4);
    toy_put(fd, VHDX_TOY_METADATA + 10, (const uint8_t[]){(uint8_t)(index + 1), 0}, 2);
}

/* Everything but the data of blocks, which are zeros. */
static inline void vhdx_toy_make(int fd)
{
    static const uint64_t entries[6] = {7 << 20 | 6, 0, 4 << 20 | 6, 5 << 20 | 6, 2, 6 << 20 | 6};

    if (ftruncate(fd, VHDX_TOY_SIZE) != 0)
        abort();
    toy_put(fd, 0, "vhdxfile", 8);
    for (uint64_t i = 0; i < 2; i++) {
        const uint64_t at = VHDX_TOY_HEADERS + i * VHDX_TOY_NEXT;

        toy_put(fd, at, "head", 4);
        toy_put64(fd, at + 8, 5 + i);
        toy_put(fd, at + 66, "\1", 1);
        toy_put32(fd, at + 68, 1 << 20);
        toy_put64(fd, at + 72, VHDX_TOY_LOG);
    }
    vhdx_toy_region(fd, 0, "\x66\x77\xc2\x2d\x23\xf6\x00\x42\x9d\x64\x11\x5e\x9b\xfd\x4a\x08",
                    VHDX_TOY_BAT, 1 << 20);
    vhdx_toy_region(fd, 1, "\x06\xa2\x7c\x8b\x90\x47\x9a\x4b\xb8\xfe\x57\x5f\x05\x0f\x88\x6e",
                    VHDX_TOY_METADATA, 1 << 20);
    toy_put(fd, VHDX_TOY_METADATA, "metadata", 8);
    vhdx_toy_item(fd, 0, "\x37\x67\xa1\xca\x36\xfa\x43\x4d\xb3\xb6\x33\xf0\xaa\x44\xe7\x6b", 0, 8);
    vhdx_toy_item(fd, 1, "\x24\x42\xa5\x2f\x1b\xcd\x76\x48\xb2\x11\x5d\xbe\xd8\x3b\xf4\xb8", 8, 8);
    vhdx_toy_item(fd, 2, "\x1d\xbf\x41\x81\x6f\xa9\x09\x47\xba\x47\xf2\x33\xa8\xfa\xab\x5f", 16, 4);
    vhdx_toy_item(fd, 3, "\xc7\x48\xa3\xcd\x5d\x44\x71\x44\x9c\xc9\xe9\x88\x52\x51\xc5\x56", 20, 4);
    vhdx_toy_item(fd, 4, "\xab\x12\xca\xbe\xe6\xb2\x23\x45\x93\xef\xc3\x09\xe0\x00\xc7\x46", 24,
                  16);
    toy_put32(fd, VHDX_TOY_ITEMS, 1 << 20);
    toy_put64(fd, VHDX_TOY_ITEMS + 8, VHDX_TOY_DISK);
    toy_put32(fd, VHDX_TOY_ITEMS + 16, 512);
    toy_put32(fd, VHDX_TOY_ITEMS + 20, 4096);
    for (uint64_t i = 0; i < 6; i++)
        toy_put64(fd, VHDX_TOY_BAT + i * 8, entries[i]);
    vhdx_toy_seal_all(fd);
}

#endif
