#include "os/share.h"

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/endian.h"
#include "os/room.h"

enum {
    DIRECTORY_MODE = 02770,
    WRITE_MODE = 0660,
    READ_MODE = 0640,
    MODE_BITS = 07777,
    ACL_VERSION = 2,
    ACL_ENTRIES = 3,
    ACL_HEADER_SIZE = 4,
    ACL_ENTRY_SIZE = 8,
    ACL_SIZE = ACL_HEADER_SIZE + ACL_ENTRIES * ACL_ENTRY_SIZE,
    ACL_ALL = 07,
};

/* Tags of access control lists: linux/posix_acl.h, which user space has no header for. */
enum { ACL_OWNER = 0x01, ACL_GROUP = 0x04, ACL_OTHERS = 0x20 };

int share_look(int dir, const char *path, bool *ret_shared, uint32_t *ret_gid, struct err *err)
{
    struct stat st;
    int result;

    CALL(result, "fstat", fstat(dir, &st));
    if (result < 0)
        return err_os(err, errno, "cannot look at '%s'", path);
    *ret_shared = (st.st_mode & DIRECTORY_MODE) == DIRECTORY_MODE;
    *ret_gid = st.st_gid;
    return 0;
}

/* The owner and the group may do everything, others nothing: as the kernel reads it, a version and
 * then tag, rights and no id of each (linux/posix_acl_xattr.h). */
static void make_acl(uint8_t ret[static ACL_SIZE])
{
    static const uint16_t tags[ACL_ENTRIES] = {ACL_OWNER, ACL_GROUP, ACL_OTHERS};

    little_put32(ret, ACL_VERSION);
    for (size_t i = 0; i < ACL_ENTRIES; i++) {
        uint8_t *const entry = ret + ACL_HEADER_SIZE + i * ACL_ENTRY_SIZE;

        little_put16(entry, tags[i]);
        little_put16(entry + 2, tags[i] == ACL_OTHERS ? 0 : ACL_ALL);
        little_put32(entry + 4, UINT32_MAX);
    }
}

static int set_acl(int dir, const char *path, struct err *err)
{
    uint8_t acl[ACL_SIZE];
    int result;

    make_acl(acl);
    CALL(result, "fsetxattr", fsetxattr(dir, "system.posix_acl_default", acl, sizeof acl, 0));
    if (result == 0)
        return 0;
    if (errno != ENOTSUP)
        return err_os(err, errno, "cannot share directory '%s'", path);
    err_set(err, E_UNSUPPORTED,
            "cannot share directory '%s': its file system keeps no access control lists", path);
    return err_hint(err,
                    "there, share by hand: chgrp, chmod g+s, and an umask of 007 for everybody");
}

int share_entry(int fd, const char *path, uint32_t gid, enum share_rights rights, struct err *err)
{
    struct stat st;
    mode_t mode;
    int result;

    CALL(result, "fstat", fstat(fd, &st));
    if (result == 0 && st.st_gid != gid)
        CALL(result, "fchown", fchown(fd, (uid_t)-1, gid));
    mode = S_ISDIR(st.st_mode) ? DIRECTORY_MODE : rights == SHARE_READ ? READ_MODE : WRITE_MODE;
    if (result == 0 && ((st.st_mode & MODE_BITS) != mode || st.st_gid != gid))
        CALL(result, "fchmod", fchmod(fd, mode));
    if (result < 0)
        return err_os(err, errno, "cannot share '%s'", path);
    return S_ISDIR(st.st_mode) ? set_acl(fd, path, err) : 0;
}
