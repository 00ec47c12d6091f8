/* sweep.h: what a sweep removed from a store. */
#ifndef MODEL_SWEEP_H
#define MODEL_SWEEP_H

#include "json/shape.h"

struct sweep {
    struct opt_int replicas;     /* replica directories that were swept */
    struct opt_int disks, blobs; /* files removed */
    struct opt_int rewritten;    /* blobs that were replaced by what was needed of them */
    struct opt_int scratch;      /* what killed commands had left */
    struct opt_int bytes_freed;
};

extern const struct shape sweep_shape;

#endif
