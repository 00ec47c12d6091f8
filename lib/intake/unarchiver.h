/* unarchiver.h: the members of a tar or zip archive, one after the other; and compressed files that
 * only libarchive unpacks. */
#ifndef INTAKE_UNARCHIVER_H
#define INTAKE_UNARCHIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "image/signature.h"
#include "intake/limits.h"

struct unarchiver;

/* A regular file in an archive. */
struct member {
    const char *name; /* as it stands there, only to be compared and shown; "" when it has none.
                         Borrowed until the next one */
    uint64_t size;    /* UINT64_MAX when that shows at its end */
};

/* Over `below`, borrowed, at its start. A compressed file has one member. What can seek is read so:
 * then what a zip archive says of itself at its end is believed, else what stands in front of each
 * member. */
int unarchiver_open(struct flow *below, enum wrapping wrapping, const struct limits *limits,
                    struct unarchiver **ret, struct err *err);
void unarchiver_close(struct unarchiver *unarchiver); /* NULL is left alone */

/* The next member that is a regular file; *ret_any false behind the last. E_INVALID when the
 * archive is damaged or cut short, or asks for more memory than any needs. */
int unarchiver_next(struct unarchiver *unarchiver, struct member *ret, bool *ret_any,
                    struct err *err);

/* The next bytes of the member, as for a flow; holes read as zeros. E_UNSUPPORTED when it is
 * encrypted, or compressed in a way that is not read. */
int unarchiver_read(struct unarchiver *unarchiver, void *bytes, size_t capacity, size_t *ret_got,
                    struct err *err);
/* As flow_pass_zeros, of holes of at least a MiB. */
int unarchiver_pass_zeros(struct unarchiver *unarchiver, uint64_t *ret, struct err *err);

#endif
