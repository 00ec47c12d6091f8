/* partition_room.h: what the files of the partition reader share. */
#ifndef IMAGE_PARTITION_ROOM_H
#define IMAGE_PARTITION_ROOM_H

#include "image/partition.h"

/* Have `length` bytes at `offset`. False in *ret_there when they cannot be read, being outside. */
int disk_read(const struct disk_bytes *disk, void *bytes, size_t length, uint64_t offset,
              bool *ret_there, struct err *err);

/* Add a partition from sector `first` on; `count` sectors of partitions->sector bytes. */
struct partition *partition_add(struct partitions *partitions, const struct disk_bytes *disk,
                                unsigned number, uint64_t first, uint64_t count);

/* Try the GPTs of both sector sizes, and at both ends of the disk. *ret: one is whole, and its
 * partitions are added. */
int gpt_read(const struct disk_bytes *disk, struct partitions *partitions, bool *ret,
             struct err *err);

#endif
