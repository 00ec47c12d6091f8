/* inspection.h: what can be seen of a disk image before it is published. */
#ifndef MODEL_INSPECTION_H
#define MODEL_INSPECTION_H

#include "json/shape.h"
#include "model/definition.h"

struct disk_partition {
    char *type;            /* "Linux file system"; its id when that is not known */
    struct opt_int number; /* as the guest's system counts */
    char *type_id;         /* a GUID, or "0x83" */
    struct opt_int start_in_bytes, size_in_bytes;
    char *name;
};

struct disk_partitions {
    struct disk_partition *items;
    size_t count;
};

struct boot_hints {
    struct opt_bool bios_boot_code;
    struct opt_bool bios_boot_partition;
    struct opt_bool efi_system_partition;
};

/* Something that whoever publishes the disk should know. */
struct finding {
    char *text; /* in err.h's grammar */
    unsigned level;
    char *hint;
};

struct findings {
    struct finding *items;
    size_t count;
};

struct inspection {
    char *file;
    char *format;  /* "qcow2" */
    char *variant; /* "version 3, zstd" */
    struct opt_int virtual_size_in_bytes;
    struct opt_int data_size_in_bytes;
    struct opt_int data_disks; /* that an OVA has beside this one */
    unsigned partition_table;
    struct opt_int sector_size_in_bytes; /* of a GPT: what its numbers count */
    struct disk_partitions partitions;
    struct boot_hints boot;
    char *definition;     /* what it was compared with: "prod/ubuntu" */
    struct opt_bool fits; /* no finding is an error */
    struct findings findings;
};

enum table_kind { TABLE_GPT = 1, TABLE_MBR, TABLE_NONE };
enum finding_level { FINDING_ERROR = 1, FINDING_WARNING };

/* Of an OS disk: as in Azure, whose error GallerySourceResourceExceedsMaxSize names it. */
enum { INSPECTION_DISK_MAX_GIB = 2048 };

/* More entries than a partition table has that is read. */
enum { PARTITION_NUMBER_MAX = 1 << 16 };

extern const struct shape inspection_shape;
extern const struct choices partition_table_choices;

/* Add a finding; `hint` may be NULL. */
void inspection_add(struct inspection *inspection, enum finding_level level, const char *hint,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Whether a virtual machine of that definition can start from the OS disk and Azure would take it:
 * adds what speaks against it to the findings (behind what is there already, which counts too) and
 * sets `fits`. */
void inspection_judge(struct inspection *inspection, const struct definition *definition);

#endif
