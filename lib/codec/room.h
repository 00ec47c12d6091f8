/* room.h: what the files of this room share. */
#ifndef CODEC_ROOM_H
#define CODEC_ROOM_H

#include <stdint.h>

#include "base/mem.h"

/* An object that an outside library made. These libraries give NULL for lack of memory only, so
 * NULL goes to the one handler of that, by asking it for what nobody has. */
static inline void *codec_need(void *object)
{
    return object ? object : mem_resize(object, SIZE_MAX, 2);
}

#endif
