#include "os/share.h"

#include <string.h>
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

#define ACL_ACCESS  "system.posix_acl_access"
#define ACL_DEFAULT "system.posix_acl_default"

static int set_acl(int dir, const char *path, struct err *err)
{
    uint8_t acl[ACL_SIZE];
    int result;

    make_acl(acl);
    CALL(result, "fsetxattr", fsetxattr(dir, ACL_DEFAULT, acl, sizeof acl, 0));
    if (result == 0)
        return 0;
    if (errno != ENOTSUP)
        return err_os(err, errno, "cannot share directory '%s'", path);
    err_set(err, E_UNSUPPORTED,
            "cannot share directory '%s': its file system keeps no access control lists", path);
    return err_hint(err, "there, each member's umask decides: 007 lets the others in");
}

/* With a list the mode's bits of the group are its mask, and who is named in it stays. */
static int drop_acl(int fd)
{
    int result;

    CALL(result, "fremovexattr", fremovexattr(fd, ACL_ACCESS));
    return result < 0 && errno != ENODATA && errno != ENOTSUP ? -1 : 0;
}

uint32_t share_mode(bool directory, enum share_rights rights)
{
    return directory ? DIRECTORY_MODE : rights == SHARE_READ ? READ_MODE : WRITE_MODE;
}

/* The list for what is made there comes first: where there can be none, nothing is changed. */
int share_entry(int fd, const char *path, uint32_t gid, enum share_rights rights, struct err *err)
{
    struct stat st;
    mode_t mode;
    int result;
    int rc;

    CALL(result, "fstat", fstat(fd, &st));
    if (result < 0)
        return err_os(err, errno, "cannot share '%s'", path);
    mode = share_mode(S_ISDIR(st.st_mode), rights);
    rc = S_ISDIR(st.st_mode) ? set_acl(fd, path, err) : 0;
    if (rc)
        return rc;
    result = drop_acl(fd);
    if (result == 0 && st.st_gid != gid)
        CALL(result, "fchown", fchown(fd, (uid_t)-1, gid));
    if (result == 0 && ((st.st_mode & MODE_BITS) != mode || st.st_gid != gid))
        CALL(result, "fchmod", fchmod(fd, mode));
    if (result == 0)
        CALL(result, "fstat", fstat(fd, &st));
    if (result < 0)
        return err_os(err, errno, "cannot share '%s'", path);
    if ((st.st_mode & MODE_BITS) == mode)
        return 0;
    /* Silently, the kernel gives set-group-id to members only. */
    return err_set(err, E_DENIED, "cannot share '%s': its owner is not in that group", path);
}

int share_lists(int fd, const char *path, struct share_lists *ret, struct err *err)
{
    uint8_t wanted[ACL_SIZE], found[ACL_SIZE];
    ssize_t access, inherited;

    make_acl(wanted);
    CALL(access, "fgetxattr", fgetxattr(fd, ACL_ACCESS, NULL, 0));
    if (access < 0 && errno != ENODATA && errno != ENOTSUP)
        return err_os(err, errno, "cannot look at '%s'", path);
    CALL(inherited, "fgetxattr", fgetxattr(fd, ACL_DEFAULT, found, sizeof found));
    if (inherited < 0 && errno != ENODATA && errno != ENOTSUP && errno != ERANGE)
        return err_os(err, errno, "cannot look at '%s'", path);
    ret->named = access > 0;
    ret->inherited = inherited == ACL_SIZE && memcmp(wanted, found, ACL_SIZE) == 0;
    return 0;
}
