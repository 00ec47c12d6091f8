/* difference.h: what differs between the disks of two image versions, in whole blocks. */
#ifndef MODEL_DIFFERENCE_H
#define MODEL_DIFFERENCE_H

#include "json/shape.h"

/* Blocks one behind the other, all in one partition, that differ. */
struct disk_change {
    struct opt_int partition; /* its number; not set: outside of them */
    struct opt_int start_in_bytes, size_in_bytes;
};

struct disk_changes {
    struct disk_change *items;
    size_t count;
};

/* What differs in a partition, or, without a number, outside of all. */
struct partition_difference {
    char *type;            /* "Linux file system"; its id when that is not known */
    struct opt_int number; /* as the guest's system counts */
    char *type_id;         /* a GUID, or "0x83" */
    char *name;
    struct opt_int start_in_bytes, size_in_bytes;
    struct opt_int changed_bytes, new_bytes, freed_bytes;
};

struct partition_differences {
    struct partition_difference *items;
    size_t count;
};

/* Of a disk, or a file. */
enum disk_state { DISK_SAME = 1, DISK_CHANGED, DISK_ADDED, DISK_REMOVED };

enum guest_type { GUEST_FILE = 1, GUEST_DIRECTORY, GUEST_LINK, GUEST_SPECIAL };

struct file_difference {
    char *path; /* from the top of the file system: "/etc/passwd" */
    unsigned state;
    unsigned type;
    struct texts what;   /* that has changed: "content", "mode", "owner", "modified" */
    struct opt_int size; /* bytes, in the second version, or where it is; of files and links */
};

struct file_differences {
    struct file_difference *items;
    size_t count;
};

/* What differs in a file system. Of a directory its mode and owner count, beside what is in it. */
struct file_system_difference {
    struct opt_int partition;               /* not set: it is on the whole disk */
    char *type;                             /* "ext4" */
    struct opt_int added, removed, changed; /* files, directories and so on */
    struct opt_bool complete;               /* all of it was looked at */
    char *note;                             /* why not, or what else is to be known */
    struct file_differences files;          /* the first of them, as many as were asked for */
};

struct file_system_differences {
    struct file_system_difference *items;
    size_t count;
};

/* Changed are the blocks that differ: each of them is new (data in the second version, and not that
 * data in the first) or freed (data in the first, zeros in the second). What lies behind the end of
 * a disk counts as zeros. */
struct disk_difference {
    char *disk;                        /* "os", "data-0" */
    struct opt_int lun;                /* of a data disk */
    unsigned state;                    /* enum disk_state */
    struct opt_int from_size, to_size; /* bytes; not set: it has no such disk */
    struct opt_int equal_bytes;        /* data that is the same in the same place */
    struct opt_int changed_bytes, new_bytes, freed_bytes;
    unsigned partition_table;      /* enum table_kind: of the second version, or what there is */
    struct opt_bool table_changed; /* both have the disk, and its partitions are not the same */
    struct partition_differences partitions; /* that the bytes are told by; last: outside of them */
    struct opt_int change_count;             /* of all, listed or not */
    struct disk_changes changes;             /* the first of them, as many as were asked for */
    struct file_system_differences file_systems; /* those of both versions, when asked for */
};

struct disk_differences {
    struct disk_difference *items; /* OS disk first, then by LUN */
    size_t count;
};

/* What of the second version is stored in a replica that has both. */
struct stored_difference {
    char *replica;               /* "westus2/standard_lrs/1"; NULL: there is none */
    struct opt_int stored_bytes; /* of the frames that it needs, as they are compressed */
    struct opt_int shared_bytes; /* of those, what the first version needs as well */
    struct opt_int new_bytes;    /* and what it does not */
};

struct difference {
    char *from, *to; /* "prod/ubuntu/1.0.0" */
    struct opt_bool identical;
    struct opt_int equal_bytes, changed_bytes, new_bytes, freed_bytes; /* of all disks */
    struct stored_difference stored;
    struct disk_differences disks;
};

extern const struct shape difference_shape;
extern const struct choices disk_state_choices, guest_type_choices;

/* The most changes of a disk that may be asked for, and files of a file system: 50 to 150 MB of
 * memory. */
enum { DIFFERENCE_CHANGES_MAX = 1000000 };

/* --- counting --- */

enum block_change {
    BLOCK_NEW,       /* zeros have become data */
    BLOCK_REWRITTEN, /* data has become other data */
    BLOCK_FREED,     /* data has become zeros */
};

/* Where the bytes from the end of the piece before up to `end` belong: a place in `partitions`. */
struct difference_piece {
    uint64_t end;
    size_t owner;
};

struct difference_tally {
    struct disk_difference *disk; /* borrowed */
    uint64_t size;                /* of the disk, the larger of both */
    size_t most;                  /* changes that are listed */
    struct {
        struct difference_piece *items; /* ascending; the last ends behind everything */
        size_t count;
    } pieces;
    size_t piece; /* where the last change was */
    struct {
        uint64_t start, end; /* the last change, which may still go on; equal: there is none */
        size_t owner;
    } last;
    uint64_t changes;
    uint64_t changed_bytes, new_bytes, freed_bytes;
};

/* Begin: `disk` has its sizes and its partitions. Those that overlap share no byte: it belongs to
 * the one that begins last, as a logical partition does. */
void difference_tally_begin(struct difference_tally *tally, struct disk_difference *disk,
                            size_t most);
/* So many bytes have changed. Ascending, and each byte once. */
void difference_tally_add(struct difference_tally *tally, uint64_t start, uint64_t size,
                          enum block_change change);
/* Write the sums to the disk; releases what the tally holds. */
void difference_tally_end(struct difference_tally *tally);

#endif
