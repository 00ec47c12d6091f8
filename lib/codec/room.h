/* room.h: what the files of this room share. */
#ifndef CODEC_ROOM_H
#define CODEC_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "codec/digest.h"

/* An object that an outside library made. These libraries give NULL for lack of memory only, so
 * NULL goes to the one handler of that, by asking it for what nobody has. */
static inline void *codec_need(void *object)
{
    return object ? object : mem_resize(object, SIZE_MAX, 2);
}

enum { SHA256_CHUNK = 64 }; /* bytes that SHA-256 takes at a time */

/* Whether this processor has what sha256_two needs. */
bool sha256_two_works(void);
/* The SHA-256 of two inputs of `length` bytes, a multiple of 64. */
void sha256_two(const uint8_t *const bytes[2], size_t length, uint8_t *const ret[2]);

#endif
