#include "os/space.h"

#include <errno.h>
#include <sys/statvfs.h>

#include "os/fault.h"

int space_left(int fd, const char *name, uint64_t *ret, struct err *err)
{
    struct statvfs found;

    if (fault_fires("fstatvfs", NULL) || fstatvfs(fd, &found) < 0)
        return err_os(err, errno, "cannot look how much space is left in '%s'", name);
    *ret = (uint64_t)found.f_bavail * found.f_frsize;
    return 0;
}
