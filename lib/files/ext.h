/* ext.h: ext2, ext3 and ext4 file systems on a disk, read without mounting them: libext2fs reads
 * them through functions of ours.
 *
 * The file system is a guest's: nothing in it is believed without a check, no path in it is ever
 * opened, and how much is done for it is bounded, whatever it says: see VOLUME_WORK_MAX. It is
 * read as it lies there; what its journal still holds is not looked at. E_INVALID is damage, which
 * mostly spoils one directory or file; E_UNSUPPORTED says that there is no going on: a feature that
 * is not known, or more to do than is done. Other errors are those of reading the disk.
 */
#ifndef FILES_EXT_H
#define FILES_EXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "codec/digest.h"
#include "image/partition.h"

enum {
    /* Blocks, entries and extents that are read of one file system, all together: so many take a
     * second or two, and those of two million files are fewer. */
    VOLUME_WORK_MAX = 8000000,
    /* Of directories that are listed at the same time: half a million files in one. */
    VOLUME_NAMES_MAX = 24 << 20,
    VOLUME_EXTENTS_MAX = 1 << 19, /* of a file: nobody has one in so many pieces */
    VOLUME_ROOT = 2,              /* inode of the directory that all are in */
};

struct ext;

/* The file system in `size` bytes of the disk from `start` on; the disk is borrowed. E_NOT_FOUND
 * when there is none. */
int ext_open(const struct disk_bytes *disk, uint64_t start, uint64_t size, struct ext **ret,
             struct err *err);
void ext_close(struct ext *ext); /* NULL is left alone */

/* "ext4", a constant. */
const char *ext_kind(const struct ext *ext);
/* Whether it was unmounted: else its journal may have more than is read. */
bool ext_is_clean(const struct ext *ext);

enum ext_type { NODE_FILE = 1, NODE_DIRECTORY, NODE_LINK, NODE_SPECIAL };

/* What an inode says. */
struct ext_node {
    enum ext_type type;
    uint32_t mode; /* its lower bits: permissions */
    uint32_t owner, group;
    uint64_t size;
    int64_t modified; /* seconds since the epoch */
    uint32_t modified_ns;
    /* Whether the inode itself keeps the content, a link's target or a device's number, and the
     * SHA-256 of that. Where content lies among attributes these are part of it. */
    bool has_kept;
    uint8_t kept[SHA256_SIZE];
};

/* Read one, whatever it is. */
int ext_node(struct ext *ext, uint32_t inode, struct ext_node *ret, struct err *err);

struct ext_name {
    const char *name; /* any bytes but '/' and NUL */
    uint32_t inode;
};

/* What is in a directory, byte-wise ascending by name. */
struct ext_names {
    struct ext_name *items;
    size_t count;
    char *text; /* all names */
    size_t text_size;
};

/* List a directory: each once, as one that is met again is in itself, or in two places (E_INVALID).
 */
int ext_list(struct ext *ext, uint32_t inode, struct ext_names *ret, struct err *err);
void ext_names_done(struct ext *ext, struct ext_names *names);

/* Bytes of a file that lie on the disk; what is between is zeros. */
struct ext_extent {
    uint64_t at; /* in the file */
    uint64_t length;
    uint64_t place; /* on the disk */
};

struct ext_extents {
    struct ext_extent *items; /* ascending; to be released with free */
    size_t count;
};

/* Where a file's content lies, in whole blocks. */
int ext_extents(struct ext *ext, uint32_t inode, struct ext_extents *ret, struct err *err);

/* Count work that is done for the file system elsewhere. */
int ext_spend(struct ext *ext, uint64_t work, struct err *err);

#endif
