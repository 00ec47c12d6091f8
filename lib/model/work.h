/* work.h: work that was accepted and is not finished: all that is needed to do it later, by whom
 * ever. */
#ifndef MODEL_WORK_H
#define MODEL_WORK_H

#include "json/shape.h"
#include "model/disk_input.h"
#include "model/version.h"

enum work_kind {
    WORK_PUBLISH = 1, /* make the version, and its copies */
    WORK_REPLICATE,   /* the version is there: its copies */
};

/* A file as it was when the work was accepted. */
struct work_source {
    char *path;     /* absolute */
    char *identity; /* device, inode, size and time: another text is another content */
};

struct work_sources {
    struct work_source *items;
    size_t count;
};

struct work {
    char *image_version; /* "prod/ubuntu/1.0.0", spelled as it shall be */
    unsigned kind;       /* enum work_kind */
    struct opt_time accepted_date;
    char *correlation_id; /* of the command that it was accepted from; NULL: not known */
    char *copied_version; /* id of the version that is copied; NULL: it is made of files */
    char *from_store;     /* absolute */
    char *os_disk;        /* from here on as in struct version_request, paths absolute */
    struct disk_source os_source;
    struct profile_source source;
    struct data_disks data_disks;
    struct disk_members members;
    struct file_digests expected;
    unsigned source_format;
    struct version values;
    struct work_sources sources; /* of all files above */
    char *error;                 /* why it failed; NULL: it did not */
    char *hint;
};

extern const struct shape work_shape;

/* Whether both ask for the same, when ever and with whatever result. */
bool work_same(const struct work *left, const struct work *right);

#endif
