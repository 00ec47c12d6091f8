/* region.h: what the operations on regions share. */
#ifndef OPS_REGION_H
#define OPS_REGION_H

#include "gallery.h"

/* The canonical name of what a request names, to be released with free: that of a region the store
 * knows, else the word itself, which E_INVALID says can be none. */
int ops_region_named(const struct store *store, const char *word, char **ret, struct err *err);

/* Where the directory of a region that the user named lies, absolute and without links; to be
 * released with free. One that is not there yet lies where its parent does, which has to be.
 * E_CONFLICT for one that lies in the store or in a directory of another region, or the other way
 * round. */
int ops_region_locate(const struct store *store, const char *region, const char *path, char **ret,
                      struct err *err);

/* Say that a region was asked for in which nothing wants copies. */
void ops_region_note_unwanted(const struct store *store, const char *region);

/* Whether there is a replica directory of the region, or should be: with `zoned`, of those with
 * zones alone. */
int ops_region_is_used(const struct store *store, const char *region, bool zoned, bool *ret,
                       struct err *err);

/* --- who names it --- */

/* That a resource names a region, or work that was accepted: then `depth` is that of a version. */
struct region_use {
    const struct reference *ref;
    enum reference_depth depth;
    const char *region; /* canonical where it is known */
    bool known;         /* to the store */
};

struct region_visitor {
    void (*each)(void *user, const struct region_use *use); /* several times for some; borrowed */
    void *user;
    bool quiet; /* what cannot be read is passed over; else a notice, and an error at the end */
};

/* Call `each` for whatever names a region, in no order that matters. */
int ops_each_region_use(const struct store *store, const struct region_visitor *visitor,
                        struct err *err);

/* For whoever is about to write down `value`, the gallery's lock held or the store's: E_CONFLICT
 * when a region that it names was deleted since the store was opened. */
int ops_check_regions_stand(const struct store *store, const struct shape *shape, void *value,
                            struct err *err);

/* --- views --- */

/* As it is shown. */
void ops_region_view(const struct store *store, const char *name, struct region *ret);

#endif
