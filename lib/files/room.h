/* room.h: what the files of this room share and nobody outside includes. */
#ifndef FILES_ROOM_H
#define FILES_ROOM_H

#include "files/ext.h"
#include "files/library.h"

enum {
    PAGE_BYTES = 128 << 10, /* what is read at once: as much as a frame of the store holds */
    PAGES_KEPT = 64,        /* 8 MiB */
};

struct ext_page {
    uint64_t number; /* of the file system, counted in pages */
    uint64_t used;   /* when last; 0: a free place */
    uint8_t *bytes;
};

/* An inode, as large as it may be: the library gives what there is of it, and zeros behind. */
union ext_inode {
    struct ext2_inode small;
    struct ext2_inode_large large;
    uint8_t bytes[4096];
};

struct ext {
    struct library library;
    struct disk_bytes disk; /* its user is borrowed */
    uint64_t start, size;   /* of the file system, on the disk */
    ext2_filsys fs;
    uint64_t work;    /* done so far */
    struct err fault; /* of reading the disk; code 0: none */
    struct ext_page pages[PAGES_KEPT];
    uint64_t clock; /* counts uses of pages */
    struct {
        uint64_t **items; /* a bit for each inode that was listed, so many together; NULL: none */
        size_t count;
    } listed;
    size_t pieces;         /* of them that are there */
    size_t names;          /* bytes of names that are held */
    union ext_inode inode; /* scratch */
    struct sha256 *sha256;
};

/* --- ext_io.c: the disk as libext2fs sees it --- */

enum { HANDLE_SIZE = 2 * sizeof(struct ext *) + 1 };

/* What to call the disk, for the manager to find it again. */
void ext_io_name(const struct ext *ext, char name[HANDLE_SIZE]);
io_manager ext_io_manager(void);

/* `count` more pieces of work are to be done: false when that is too much. */
bool ext_may(struct ext *ext, uint64_t count);

/* Why a function of the library has failed, `what` was being done: the error of the disk, or that
 * it was too much, or E_INVALID. */
int ext_failed(const struct ext *ext, const char *what, struct err *err);

/* Bytes of the file system; E_INVALID behind its end. */
int ext_read(struct ext *ext, void *bytes, size_t length, uint64_t offset, struct err *err);

/* --- ext.c --- */

/* E_INVALID also when there is none of that number. */
int ext_read_inode(struct ext *ext, uint32_t number, union ext_inode *ret, struct err *err);
/* Bytes of its content. */
uint64_t ext_size_of(const struct ext2_inode_large *inode);

#endif
