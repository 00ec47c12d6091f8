/* pick.h: which member of an archive is the disk.
 *
 * Disk images are those regular files whose content begins like one (qcow2, VHDX, dynamic VHD,
 * VMDK; from 1 MiB on also a partition table), or whose name ends like one of them: .raw .img .dd
 * .vhd .vhdx .qcow2 .vmdk .vdi .qed, with .gz .xz .zst .bz2 or .lz4 behind it or not. When there is
 * none, an archive with a single regular file is taken to be a packed disk. Names are compared and
 * shown, and never used as paths; what macOS adds ("._disk.raw") does not count.
 *
 * What has places (a file that is not compressed) is looked through first. What comes in one pass
 * is read up to the first disk image, and it shows at the end whether there is another.
 */
#ifndef INTAKE_PICK_H
#define INTAKE_PICK_H

#include "image/flow.h"
#include "image/signature.h"
#include "intake/limits.h"

struct pick;

/* Takes `below`, an archive at its start; also when it fails. `wanted`: the one to be taken, NULL:
 * the disk image. It is borrowed. */
int pick_open(struct flow *below, enum wrapping wrapping, const char *wanted,
              const struct limits *limits, struct pick **ret, struct err *err);
void pick_close(struct pick *pick); /* NULL is left alone */

/* Go to the one that is to be taken. *ret_ova: the archive begins with an OVF description, and that
 * is where we are (only without `wanted`). E_INVALID, E_NOT_FOUND: see source_open. */
int pick_find(struct pick *pick, bool *ret_ova, struct err *err);

/* The member that was found, as a flow, which takes `pick`. Finishing it looks for others. */
struct flow *pick_flow(struct pick *pick);

/* --- of an OVA: one member after the other --- */

/* What to call the archive. */
const char *pick_archive(const struct pick *pick);
/* The name of the one where we are; borrowed until the next. */
const char *pick_name(const struct pick *pick);
/* *ret_any false behind the last. */
int pick_next(struct pick *pick, bool *ret_any, struct err *err);
/* Its content, as a flow to be closed before the next one. */
struct flow *pick_content(struct pick *pick);
/* Behind the last: finish what is below. */
int pick_finish(struct pick *pick, struct err *err);

#endif
