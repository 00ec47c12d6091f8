/* marks.h: which disks must be where, as the manifests of a store say: what an audit looks for, and
 * what a sweep leaves alone. */
#ifndef OPS_MARKS_H
#define OPS_MARKS_H

#include "gallery.h"
#include "blob/block.h"
#include "store/replica_dir.h"

/* A disk that a version has in a replica. */
struct mark {
    struct disk_digest digest;
    const char *version; /* "prod/ubuntu/1.0.0", of the marks */
    /* Only with `states`: */
    bool done;    /* its blocks are there, the home region's before any report */
    bool settled; /* the replica was reported done: all that is to be beside them, too */
};

/* A replica directory that versions have as a target. */
struct marked_replica {
    struct replica_place place; /* its region is the next one */
    char *region;
    char *label;        /* replica_dir_label */
    struct mark *items; /* by digest */
    size_t count;
};

struct marks {
    struct marked_replica *items;
    size_t count;
    struct texts names;                      /* of the versions */
    size_t galleries, definitions, versions; /* that were read, soft-deleted ones too */
};

struct marks_request {
    const struct reference *ref;       /* what is below it, and it; all NULL: the whole store */
    const struct replica_place *place; /* of that one only; NULL: of all */
    const struct reference *without; /* as if that, or all that is in it, were not there; or NULL */
    bool gone;   /* as if what a sweep removes from the trash by now were not there */
    bool states; /* how far the copies are is wanted too */
    /* What cannot be read is told here and passed over, `depth` saying what of `ref` it is. NULL:
     * it is an error. What vanishes meanwhile is passed over in any case. E_NOT_FOUND: what a
     * region has of a version was not written down, and nothing is passed over. */
    void (*damaged)(void *user, const struct reference *ref, enum reference_depth depth,
                    const struct err *err);
    void *user;
};

/* Read them, of soft-deleted versions too, without a lock: whoever relies on them holds one. A
 * directory that cannot be listed is an error, never an empty one. *ret is to be released with
 * marks_done, also after an error. */
int marks_read(const struct store *store, const struct marks_request *request, struct marks *ret,
               struct err *err);
void marks_done(struct marks *marks);

/* The first mark of that disk, NULL when there is none. Others follow it. */
const struct mark *marks_find(const struct marked_replica *replica,
                              const struct disk_digest *digest);
/* Behind the marks of the disk that `mark` is one of: the first of the next disk, or the end of the
 * items. */
const struct mark *marks_next_disk(const struct marked_replica *replica, const struct mark *mark);
/* Whether any of the marks of that disk, of which `mark` is the first, was reported done. */
bool marks_disk_done(const struct marked_replica *replica, const struct mark *mark);
/* Those of that place; NULL: no version has it as a target. */
const struct marked_replica *marks_of(const struct marks *marks, const struct replica_place *place);

#endif
