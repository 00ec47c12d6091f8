/* tar_toy.h: tar archives made byte by byte. "POSIX.1-2017, pax, ustar Interchange Format". */
#ifndef UNIT_TAR_TOY_H
#define UNIT_TAR_TOY_H

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "tests/unit/unit.h"

enum { TAR_BLOCK = 512 };

/* A header: `type` '0' is a regular file. */
static inline void tar_header(struct buf *tar, const char *name, char type, uint64_t size)
{
    char block[TAR_BLOCK] = "";
    unsigned sum = 0;

    snprintf(block, 100, "%s", name);
    memcpy(block + 100, "0000644", 7);
    memcpy(block + 108, "0000000", 7);
    memcpy(block + 116, "0000000", 7);
    snprintf(block + 124, 12, "%011llo", (unsigned long long)size);
    memcpy(block + 136, "00000000000", 11);
    memset(block + 148, ' ', 8);
    block[156] = type;
    memcpy(block + 257, "ustar", 6);
    memcpy(block + 263, "00", 2);
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
    buf_add(tar, block, TAR_BLOCK);
}

/* Bytes up to the next block. */
static inline void tar_pad(struct buf *tar)
{
    static const char zeros[TAR_BLOCK];

    if (tar->length % TAR_BLOCK)
        buf_add(tar, zeros, TAR_BLOCK - tar->length % TAR_BLOCK);
}

static inline void tar_file(struct buf *tar, const char *name, const void *bytes, size_t length)
{
    tar_header(tar, name, '0', length);
    buf_add(tar, bytes, length);
    tar_pad(tar);
}

static inline void tar_end(struct buf *tar)
{
    static const char zeros[2 * TAR_BLOCK];

    buf_add(tar, zeros, sizeof zeros);
}

#endif
