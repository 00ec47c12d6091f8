/* inspect.h: what publishing says of an OS disk that does not fit its image definition. */
#ifndef OPS_INSPECT_H
#define OPS_INSPECT_H

#include "gallery.h"
#include "ops/sources.h"

/* Look at the partition table of the OS disk, and say in notices what speaks against it: one line
 * each. Only of a disk that has a partition table, or had one that is damaged: what has none is
 * likely meant to be something else. A stream is left alone, for what was looked at would be gone:
 * that is done when it is stored. The error is that of reading. */
int inspect_os_disk(const struct store *store, const struct definition *definition,
                    const struct sources *sources, struct err *err);
/* The same of a disk that is stored; `name`: what to call it. */
int inspect_stored_disk(const struct store *store, const struct definition *definition,
                        const char *name, struct gal_disk *disk, struct err *err);

/* What the partition table of a stored disk says, and nothing else: `ret` has the table's members.
 * The error is that of reading. */
int inspect_stored_table(struct gal_disk *disk, struct inspection *ret, struct err *err);

#endif
