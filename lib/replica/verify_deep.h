/* verify_deep.h: what is in the frames of a blob, beyond the bytes that its name proves. */
#ifndef REPLICA_VERIFY_DEEP_H
#define REPLICA_VERIFY_DEEP_H

#include "replica/verify.h"

/* Decompress every frame of a blob and compare each block with its SHA-256, by all threads, from
 * the page cache too. E_CORRUPT names the first block that is wrong. `now` and `progress` do not
 * count. */
int verify_deep(const struct verify_job *job, const struct blob_name *name, struct err *err);

#endif
