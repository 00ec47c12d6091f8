/* verify_deep.h: what is in the frames of a blob, beyond the bytes that its name proves. */
#ifndef REPLICA_VERIFY_DEEP_H
#define REPLICA_VERIFY_DEEP_H

#include "replica/verify.h"

/* verify_blob_only, and on the way: decompress every frame and compare each block with its SHA-256,
 * by all threads. In a blob that gives its name, E_CORRUPT names the first block that is wrong. */
int verify_deep(const struct verify_job *job, const struct blob_name *name, uint64_t *ret_size,
                struct err *err);

#endif
