/* library.h: libext2fs, loaded when a file system is opened. What is not named here is never
 * called; nothing of it opens a file, as it reads through our own io_manager. */
#ifndef FILES_LIBRARY_H
#define FILES_LIBRARY_H

#include <ext2fs/ext2fs.h>

#include "base/err.h"

#define LIBRARY_FUNCTIONS(FUNCTION)                                                                \
    FUNCTION(ext2fs_open2)                                                                         \
    FUNCTION(ext2fs_free)                                                                          \
    FUNCTION(ext2fs_read_inode_full)                                                               \
    FUNCTION(ext2fs_dir_iterate2)                                                                  \
    FUNCTION(ext2fs_block_iterate3)                                                                \
    FUNCTION(ext2fs_extent_open2)                                                                  \
    FUNCTION(ext2fs_extent_get)                                                                    \
    FUNCTION(ext2fs_extent_free)

/* A member for each, of its type and name. */
#define LIBRARY_MEMBER(name) __typeof__(name) *name;

struct library {
    LIBRARY_FUNCTIONS(LIBRARY_MEMBER)
};

/* E_UNSUPPORTED when the system does not have it. It stays loaded. */
int files_library_load(struct library *ret, struct err *err);

#endif
