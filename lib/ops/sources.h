/* sources.h: the disks that a publish was given, opened together before anything is copied. */
#ifndef OPS_SOURCES_H
#define OPS_SOURCES_H

#include "gallery.h"
#include "intake/open.h"
#include "store/store.h"

struct source_disk {
    const char *path;                   /* borrowed from the request */
    struct opt_int lun;                 /* not set: the OS disk */
    const struct disk_source *recorded; /* borrowed as well; NULL: the path */
    struct source *source;
};

/* OS disk first, data disks by LUN. */
struct sources {
    struct source_disk *items;
    size_t count;
};

/* Check the luns (0 to LUN_MAX, none twice), that no file is named twice, and open every file; an
 * OVA given for the OS disk has data disks too, LUN 0 and on. E_INVALID, or what source_open_all
 * says. */
int sources_open(struct store *store, const struct version_request *request, struct sources *ret,
                 struct err *err);
void sources_close(struct sources *sources);

/* Whether one of them is the data disk of that LUN; not set: the OS disk. */
bool sources_have_lun(const struct sources *sources, const struct opt_int *lun);

/* Bytes of all disks; of streams nothing is known until they have been read. */
uint64_t sources_size(const struct sources *sources);

/* Describe the disk as it is published. `blocks`: its data blocks. `ret` all-zero. */
void sources_describe(const struct source_disk *disk, const char *digest, uint64_t blocks,
                      struct disk_image *ret);

#endif
