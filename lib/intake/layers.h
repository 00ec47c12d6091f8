/* layers.h: the flows that a disk comes out of. */
#ifndef INTAKE_LAYERS_H
#define INTAKE_LAYERS_H

#include "image/flow.h"
#include "image/signature.h"
#include "intake/limits.h"
#include "intake/open.h"
#include "os/input.h"

/* --- what the user named --- */

/* Whether the whole file is what was expected; reads it from front to back. E_INVALID, with both
 * digests. Not of what is `forward`. */
int expected_check(const struct source_expected *expected, const struct input *input,
                   const char *name, struct err *err);

/* Its bytes; `input` is borrowed. What is `forward` is held against `expected` (NULL: it may be
 * anything) when the flow is finished. */
struct flow *input_flow(const struct input *input, const char *name,
                        const struct source_expected *expected);

/* --- what is compressed --- */

/* Takes `below`, at the beginning of a compressed file; also when it fails. */
int unpacked_flow(struct flow *below, enum wrapping wrapping, const struct limits *limits,
                  struct flow **ret, struct err *err);

/* --- what has to be read at any place --- */

/* Put all of it into a temporary file without a name in `directory` (NULL: the usual one), zeros as
 * holes, and finish the flow. E_INVALID when it is larger than the file of a disk of `limit` bytes
 * may be, or of one as large as its first bytes say. */
int flow_spool(struct flow *flow, const char *directory, uint64_t limit, int *ret_fd,
               struct err *err);

#endif
