/* readers.h: how many are reading disks out of a replica directory, so that readers spread over the
 * replicas of a region.
 *
 * Each of them has one byte of the file `readers` locked, which nobody else looks at: not whoever
 * writes, nor a sweep. It is best effort: who cannot be counted reads all the same.
 */
#ifndef REPLICA_READERS_H
#define REPLICA_READERS_H

#include "base/err.h"

/* Its name in the directory. */
#define READERS_FILE "readers"

/* More are not counted: they are as many as one. */
enum { READERS_MAX = 1024 };

/* Make the file in a replica directory, when it is not there: by whoever writes there anyway. */
int readers_make(int dir, struct err *err);

/* Be one of them until file_close(ret_fd), or the end of the process; FILE_NONE when that cannot
 * be. */
void readers_join(int dir, int *ret_fd);

/* How many there are, as far as that can be told. */
unsigned readers_count(int dir);

#endif
