/* limits.h: what may be spent on getting at the disk in what the user named. */
#ifndef INTAKE_LIMITS_H
#define INTAKE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#include "image/flow.h"

struct limits {
    uint64_t size; /* bytes of the largest disk */
    size_t memory; /* bytes, of whatever unpacks one layer */
    size_t threads;
    const struct flow *file; /* what the user named, below all layers; borrowed */
};

/* Of the first layer, and of one that lies in another. Together with all else that is held it stays
 * below 256 MiB. */
enum { LAYER_MEMORY = 136 << 20, INNER_LAYER_MEMORY = 40 << 20 };

/* Tables of a full disk image are below an eighth of it: bytes that its file may have. */
uint64_t limits_file_size(uint64_t disk_size);

/* After `made` bytes were unpacked from `below`. E_INVALID when no archive of disks comes to that,
 * or when it is out of all proportion to what was read of the file: layers of compression, each
 * reasonable alone, turn some KiB into any amount of work. A disk of nothing but zeros is allowed
 * as far as zstd shrinks it. Zeros that were passed over (flow_pass_zeros) do not count. */
int limits_check(const struct limits *limits, uint64_t made, const struct flow *below,
                 struct err *err);

#endif
