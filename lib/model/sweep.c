#include "model/sweep.h"

#include "model/room.h"

/* clang-format off */
static const struct row rows[] = {
    ROW(struct sweep, replicas, "replicas", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replica directories that were swept, each zone by itself"),
    ROW(struct sweep, disks, "disks", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Disk maps that no version names"),
    ROW(struct sweep, blobs, "blobs", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Blobs that no such map names"),
    ROW(struct sweep, rewritten, "rewritten", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Blobs of which little was needed, which that was moved out of"),
    ROW(struct sweep, scratch, "scratch", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Files and directories that killed commands had left"),
    ROW(struct sweep, bytes_freed, "bytesFreed", .rules = ROW_MADE | ROW_COLUMN,
        .min = 0, .max = BYTES_MAX,
        .about = "Bytes of all these, less those that were written"),
};
/* clang-format on */

const struct shape sweep_shape = SHAPE(struct sweep, "sweep", rows, NULL);
