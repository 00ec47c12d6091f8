/* open.h: from what the user named to the disks in it. */
#ifndef INTAKE_OPEN_H
#define INTAKE_OPEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "codec/digest.h"
#include "image/source.h"

/* What the digest of a file shall be. */
struct source_expected {
    enum digest_kind kind; /* 0: it may be anything */
    uint8_t bytes[DIGEST_SIZE_MAX];
};

struct source_request {
    const char *path;          /* "-": standard input */
    enum source_format format; /* of the file as it is: nothing is unpacked unless SOURCE_ANY */
    uint64_t limit;            /* largest virtual size, bytes */
    const char *member;        /* of an archive, a leading "./" does not count; `format` is of that
                                  member then. NULL: the one that is a disk image */
    struct source_expected expected; /* of the file as it is */
    const char *temporary; /* directory for what cannot be read in one pass; NULL: "/var/tmp" */
    size_t threads;        /* that may unpack; 0: one */
};

/* Open the image that the user named. SOURCE_ANY: told by content, disk formats first, then what
 * may hold one; what has no mark of any is raw. A mark of a format that is not read (QED, VDI,
 * Parallels, LUKS) is E_UNSUPPORTED with a hint (convert it, or --source-format raw); one that is
 * damaged is E_INVALID. Refused with E_INVALID: a directory or other thing that holds no disk, an
 * empty file, a virtual size above `limit`. Everything that the format's tables say is checked here
 * against the file, before anything is believed.
 *
 * What may hold a disk: a file compressed with gzip, xz, zstd, bzip2 or lz4; a tar or zip archive,
 * also compressed, whose one disk image is taken (which may be compressed itself). Several are
 * E_INVALID with their names; a `member` that is not there is E_NOT_FOUND with those that are. Raw
 * disks and fixed VHDs in there, or coming from a pipe, are streams; other formats are put into a
 * temporary file here, which has no name and is gone when the source is closed.
 *
 * An archive that begins with an OVF description (an OVA) has as many disks as that names: then
 * E_INVALID when they are several; see source_open_all. */
int source_open(const struct source_request *request, struct source **ret, struct err *err);

struct source_list {
    struct source **items;
    size_t count;
};

/* The same, all disks: several only of an OVA, in the order of its OVF, the OS disk first. */
int source_open_all(const struct source_request *request, struct source_list *ret, struct err *err);
void source_list_close(struct source_list *list); /* makes it empty */

#endif
