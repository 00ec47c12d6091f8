/* unpack.h: compressed files, unpacked from front to back.
 *
 * Checksums that the format has are checked, and memory is bounded whatever a header asks for.
 * Several compressed parts one behind the other count as one, as
 * for the usual tools; zeros behind the last one are passed over, anything else is an error.
 */
#ifndef CODEC_UNPACK_H
#define CODEC_UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum unpack_format {
    UNPACK_GZIP = 1, /* RFC 1952 */
    UNPACK_XZ,       /* "The .xz File Format", version 1.1.0 */
    UNPACK_ZSTD,     /* RFC 8878 */
};

struct unpacker;

/* `memory`: bytes that it may take, and a little more; from 16 MiB on. What `xz -9` and `zstd
 * --ultra -22` ask for is 65 and 136 MiB. `threads`: that may unpack at once (xz files of several
 * blocks), at least 1. */
struct unpacker *unpacker_new(enum unpack_format format, size_t memory, size_t threads);
void unpacker_free(struct unpacker *unpacker); /* NULL is left alone */

struct unpack_step {
    const uint8_t *in;
    size_t in_left;
    bool in_ends; /* nothing comes behind these */
    uint8_t *out;
    size_t out_left;
};

/* Unpack some: takes from `in`, puts to `out`, moves both on. Of one of them nothing is left then,
 * or *ret_end is set: all of the input was right and is behind us (only with `in_ends`). E_INVALID
 * when it is damaged or cut short, E_UNSUPPORTED when it needs too much memory; the message is the
 * cause alone ("its gzip checksum is wrong"). */
int unpacker_run(struct unpacker *unpacker, struct unpack_step *step, bool *ret_end,
                 struct err *err);

#endif
