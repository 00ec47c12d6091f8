/* encryption.h: with which keys a region's copies would be encrypted, and how a word says it. Kept,
 * checked and shown: encryption sets are ids that mean nothing here. */
#ifndef MODEL_ENCRYPTION_H
#define MODEL_ENCRYPTION_H

#include "json/shape.h"

struct confidential {
    unsigned confidential_vm_encryption_type; /* enum confidential_type */
    char *secure_vm_disk_encryption_set_id;
};

struct os_disk_encryption {
    char *disk_encryption_set_id; /* NULL: a key of the platform */
    struct confidential security_profile;
};

struct data_disk_encryption {
    struct opt_int lun;
    char *disk_encryption_set_id; /* the same */
};

struct data_disk_encryptions {
    struct data_disk_encryption *items;
    size_t count;
};

struct encryption {
    struct os_disk_encryption os_disk_image;
    struct data_disk_encryptions data_disk_images;
};

enum confidential_type {
    CONFIDENTIAL_STATE_PMK = 1,
    CONFIDENTIAL_PMK,
    CONFIDENTIAL_CMK,
    CONFIDENTIAL_NO_TPM_STATE,
};

/* Check: EncryptedWithCmk has an encryption set. */
extern const struct shape encryption_shape;

/* "OSDES[,LUN,DES]...", an id or "null" for each disk, into `ret` (all-zero). E_INVALID. */
int encryption_parse(const char *term, struct encryption *ret, struct err *err);

/* "TYPE,DES", the set maybe empty, into what stands in `ret` already. E_INVALID. */
int encryption_parse_confidential(const char *term, struct encryption *ret, struct err *err);

/* Whether any disk is. */
bool encryption_is_any(const struct encryption *encryption);

/* Whether both have the same disks encrypted; if not, `what` (all-zero) gets which one differs:
 * "the OS disk", "data disk 3". */
bool encryption_same_disks(const struct encryption *left, const struct encryption *right,
                           struct buf *what);

#endif
