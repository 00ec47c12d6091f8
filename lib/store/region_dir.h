/* region_dir.h: the directories of regions, in the store or anywhere.
 *
 * One outside the store holds region.json, which says which store, region and zone it belongs to.
 * It is written when the directory is taken, and required ever after: where a mount is missing
 * there is an empty directory, and what is stored in that would be neither where it should be nor
 * found again.
 */
#ifndef STORE_REGION_DIR_H
#define STORE_REGION_DIR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

/* Where the replicas of a region lie, or those of one of its zones. */
struct region_dir {
    int base;    /* everything is opened from here */
    bool own;    /* it is a directory of its own, to be closed; else the store's */
    char *below; /* from `base` to the region: "regions/westus2"; "" where it is of its own */
    char *shown; /* what messages call it: "regions/westus2", "/mnt/b" */
};

/* Before region_dir_open, and after region_dir_close. */
#define REGION_DIR_NONE                                                                            \
    {                                                                                              \
        .base = -1                                                                                 \
    }

/* Find it, and open it where it is of its own. `zone`: 1 to 3, 0 for what lies in none. That it is
 * not there, or not as it was taken, is E_CORRUPT, with what to do in the hint; so is a region
 * whose manifest is damaged. */
int region_dir_open(const struct store *store, const char *region, unsigned zone,
                    struct region_dir *ret, struct err *err);
void region_dir_close(struct region_dir *dir);

/* Append `path`, counted from the region, as it is counted from `base`; and as it is shown. */
void region_dir_add(struct buf *out, const struct region_dir *dir, const char *path);
void region_dir_add_shown(struct buf *out, const struct region_dir *dir, const char *path);

/* Whether zones of the region lie in directories that are not that of the region. */
bool region_dir_has_zones(const struct store *store, const char *region);

/* Take the directory `path` (absolute, without links) for the region; it is made when it is not
 * there. It has to be empty, or taken for it already (then that is made durable), and its file
 * system has to do what ground.h tries. E_CONFLICT for one that is another store's, region's or
 * zone's, or has other things in it. The caller holds the store's lock. */
int region_dir_take(const struct store *store, const char *region, unsigned zone, const char *path,
                    struct err *err);

/* Whether it was taken for that; E_CORRUPT as region_dir_open, when not. */
int region_dir_check(const struct store *store, const char *region, unsigned zone, const char *path,
                     struct err *err);

/* Give it back: what took it is removed, the directory stays. What is not there is done. */
int region_dir_leave(const char *path, struct err *err);

#endif
