#include "replica/readers.h"

#include "os/file.h"
#include "os/lock.h"

int readers_make(int dir, struct err *err)
{
    struct file_info info;
    int fd = FILE_NONE;
    bool there;
    int rc = file_look(dir, READERS_FILE, &there, &info, err);

    if (rc == 0 && !there)
        rc = file_open(dir, READERS_FILE, FILE_OPEN_OR_CREATE, &fd, err);
    file_close(&fd);
    return rc;
}

void readers_join(int dir, int *ret_fd)
{
    lock_take_slot(dir, READERS_FILE, READERS_MAX, ret_fd);
}

unsigned readers_count(int dir)
{
    return lock_count_slots(dir, READERS_FILE, READERS_MAX);
}
