/* share.h: stores in which the members of a Unix group publish, and nobody else reads. What the
 * group may do is kept by the kernel: see os/share.h. */
#ifndef STORE_SHARE_H
#define STORE_SHARE_H

#include "store/store.h"

/* The name of the group that the store is shared with, to be released with free; or NULL. */
int store_shared_with(const struct store *store, char **ret, struct err *err);

/* Share everything in the store, and the directories that its regions have elsewhere, with a group;
 * durably. What is made from then on is shared, too. Cut short, or done again, it goes on. E_DENIED
 * for what belongs to others; E_UNSUPPORTED where the file system keeps no ACL. A region that is
 * not there is said in a notice, and so is what belongs to others: E_PARTIAL then. */
int store_share(const struct store *store, uint32_t gid, struct err *err);

/* Share an empty directory of a region as the store is, if it is. */
int store_share_region(const struct store *store, int fd, const char *path, struct err *err);

#endif
