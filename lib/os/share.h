/* share.h: directories in which the members of one group do the same, whatever their umask: the
 * group is inherited (set-group-id), and so are its rights (a default ACL, which the kernel puts in
 * the place of the umask). Nobody else gets in. */
#ifndef OS_SHARE_H
#define OS_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Whether the directory is one of those, and of which group. */
int share_look(int dir, const char *path, bool *ret_shared, uint32_t *ret_gid, struct err *err);

/* What the group may do with a file. */
enum share_rights { SHARE_READ = 1, SHARE_WRITE };

/* The mode that gives a file, or a directory, to the group, and to nobody else but its owner. */
uint32_t share_mode(bool directory, enum share_rights rights);

/* Give an open file, or a directory with what will be made in it, to the group, and to nobody else
 * but its owner; what an ACL says of others is taken away. Done again it changes nothing. Not
 * durable by itself. E_DENIED for what belongs to another user, and for a group that its owner is
 * not in; E_UNSUPPORTED, and nothing is changed, where the file system keeps no ACL. */
int share_entry(int fd, const char *path, uint32_t gid, enum share_rights rights, struct err *err);

/* What access control lists say of it beside its mode. */
struct share_lists {
    bool named;     /* somebody may do more, or less, than the mode says */
    bool inherited; /* a directory, and what is made in it is the group's: share_entry's list */
};
/* Look at those of an open file or directory; without any where the file system keeps none. */
int share_lists(int fd, const char *path, struct share_lists *ret, struct err *err);

#endif
