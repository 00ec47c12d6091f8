/* disk_input.h: what a publish is told of the disks that it shall read. Flags and records of work
 * that was accepted have the same rows. */
#ifndef MODEL_DISK_INPUT_H
#define MODEL_DISK_INPUT_H

#include "json/shape.h"
#include "model/version.h"

struct data_disk {
    struct opt_int lun;
    char *path;
    struct disk_source source; /* what is recorded of it; nothing: the path, as a URI */
};

struct data_disks {
    struct data_disk *items;
    size_t count;
};

/* Which member of an archive is that disk. */
struct disk_member {
    struct opt_int lun; /* not set: the OS disk */
    char *name;
};

struct disk_members {
    struct disk_member *items;
    size_t count;
};

/* What the file of that disk shall be, as it is, before anything is unpacked. */
struct file_digest {
    struct opt_int lun; /* not set: the OS disk */
    unsigned algorithm; /* enum file_digest_algorithm */
    char *hex;          /* lower case, as many digits as it has */
};

struct file_digests {
    struct file_digest *items;
    size_t count;
};

enum file_digest_algorithm { FILE_DIGEST_SHA256 = 1, FILE_DIGEST_SHA512 };

enum source_format_choice {
    SOURCE_FORMAT_RAW = 1,
    SOURCE_FORMAT_VHD,
    SOURCE_FORMAT_VHDX,
    SOURCE_FORMAT_QCOW2,
    SOURCE_FORMAT_VMDK,
};
extern const struct choices source_format_choices; /* raw vhd vhdx qcow2 vmdk */

extern const struct shape data_disk_shape, disk_member_shape, file_digest_shape;

#endif
