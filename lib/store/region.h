/* region.h: the regions that the user of a store configured: regions/<region>/region.json. */
#ifndef STORE_REGION_H
#define STORE_REGION_H

#include "base/err.h"
#include "json/value.h"
#include "model/region.h"
#include "store/store.h"

/* What to do about a manifest that cannot be read. */
#define REGION_DAMAGE_HINT "restore it, or remove it and create the region again with the same path"

/* Read all of them into the store's book, anew. One that cannot be read is in it as damaged; that
 * not even names can be read is an error: whose directories lie elsewhere is not known then. */
int regions_load(struct store *store, struct err *err);

/* The manifest of one, by its canonical name; `ret_stored` as manifest_read. E_NOT_FOUND for a
 * region that nobody configured, E_CORRUPT with what to do in the hint. */
int region_read(const struct store *store, const char *name, struct region *ret,
                struct json **ret_stored, struct err *err);

/* Whether there is a manifest of it now, damaged or not. */
int region_is_kept(const struct store *store, const char *name, bool *ret, struct err *err);

/* Write it, durably; `stored` is what region_read gave. The caller holds the store's lock. */
int region_write(const struct store *store, const struct region *region, const struct json *stored,
                 struct err *err);

/* Remove it, durably, and its directory in the store when nothing else is in that. Absent is 0. The
 * caller holds the store's lock. */
int region_forget(const struct store *store, const char *name, struct err *err);

/* How much a region holds, and how much more it may. */
struct region_room {
    struct opt_int capacity; /* bytes; not set: no limit but the disks' */
    uint64_t used;           /* bytes of blobs and disks */
    uint64_t free_space;     /* bytes; the least of its file systems; UINT64_MAX: cannot be told */
};

/* Look at it. A replica that is not there, or not as it was made, counts nothing; E_CORRUPT as
 * region_dir_open when that is the directory of the region itself. */
int region_room_of(const struct store *store, const char *region, struct region_room *ret,
                   struct err *err);

/* Of a region that has a capacity, what is left of that; else not set. */
struct opt_int region_room_left(const struct region_room *room);

/* What to do about a region that is full; %s is its name. */
#define REGION_FULL_HINT                                                                           \
    "'sig region update %s --capacity SIZE' raises it; 'sig sweep' may make room"

/* E_NO_SPACE, with both sizes, when `bytes` more do not fit into the capacity. */
int region_room_check(const struct store *store, const char *region, uint64_t bytes,
                      struct err *err);

#endif
