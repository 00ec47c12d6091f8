/* repair.h: what a repair did, what it could not, and what was found damaged and is to be repaired.
 */
#ifndef MODEL_REPAIR_H
#define MODEL_REPAIR_H

#include "json/shape.h"

/* Something that was put right. */
struct repair_act {
    char *path;    /* in the store */
    char *replica; /* "westus2/standard_lrs/1" */
    char *from;    /* labels of replicas, or the file given; NULL: it is derived */
    struct opt_int bytes;
};

struct repair_acts {
    struct repair_act *items;
    size_t count;
};

/* Bytes of a disk. */
struct repair_range {
    struct opt_int offset, length;
};

struct repair_ranges {
    struct repair_range *items;
    size_t count;
};

/* A disk of which no copy is left of some bytes. */
struct repair_loss {
    char *version; /* "prod/ubuntu/1.0.0" */
    char *disk;    /* "os", or "lun 3" */
    struct texts replicas;
    struct opt_int bytes; /* of all ranges */
    struct repair_ranges ranges;
    char *where; /* the first of them, as "offset+length" */
    char *hint;
};

struct repair_losses {
    struct repair_loss *items;
    size_t count;
};

/* Something else that stays as it is. */
struct repair_trouble {
    char *path;
    char *text; /* in err.h's grammar */
    char *hint; /* or NULL */
    int code;   /* E_*: not shown */
};

struct repair_troubles {
    struct repair_trouble *items;
    size_t count;
};

struct repair {
    struct opt_bool sound; /* nothing is lost, and there is no trouble */
    struct opt_int replicas, disks, blobs, bytes_read;
    struct opt_int bytes_written;
    struct opt_bool planned; /* nothing was changed: it is what would be done */
    struct repair_acts acts;
    struct repair_losses losses;
    struct repair_troubles troubles;
};

extern const struct shape repair_shape;

/* Damage that whoever read met, for a repair to take up. */
struct repair_note {
    char *replica; /* "westus2/standard_lrs/1" */
    char *file;    /* in it: "blobs/<32 hex>.blob", "disks/<64 hex>.disk" */
    char *details; /* what was wrong with it */
    struct opt_time found_date;
};

extern const struct shape repair_note_shape;

#endif
