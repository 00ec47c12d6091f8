/* Slots of a lock file: each who is at something has one byte of it locked, so that others can
 * count them. A process that ends, in whatever way, gives its slot back. */
#include "os/lock.h"

#include <fcntl.h>

#include "os/file.h"
#include "os/room.h"
#include "os/system.h"

static struct flock slots_from(unsigned first, unsigned count, short type)
{
    return (struct flock){
        .l_type = type,
        .l_whence = SEEK_SET,
        .l_start = first,
        .l_len = count,
    };
}

/* A byte of what may be written to is locked for oneself: then nobody else has it. */
static int open_slots(int dir, const char *path, short *ret_type)
{
    struct err ignored = {0};
    int fd = FILE_NONE;

    *ret_type = F_WRLCK;
    if (file_open(dir, path, FILE_UPDATE, &fd, &ignored) == 0)
        return fd;
    *ret_type = F_RDLCK;
    file_open(dir, path, FILE_READ, &fd, &ignored);
    return fd;
}

/* Whether any of them is taken. */
static bool is_taken(int fd, unsigned first, unsigned count)
{
    struct flock lock = slots_from(first, count, F_WRLCK);
    int result;

    CALL(result, "fcntl", fcntl(fd, F_OFD_GETLK, &lock));
    return result == 0 && lock.l_type != F_UNLCK;
}

void lock_take_slot(int dir, const char *path, unsigned slots, int *ret_fd)
{
    short type;
    int fd = open_slots(dir, path, &type);

    for (unsigned slot = 0; fd != FILE_NONE && slot < slots; slot++) {
        struct flock lock = slots_from(slot, 1, type);
        int result;

        if (type == F_RDLCK && is_taken(fd, slot, 1))
            continue;
        CALL(result, "fcntl", fcntl(fd, F_OFD_SETLK, &lock));
        if (result == 0) {
            *ret_fd = fd;
            return;
        }
    }
    file_close(&fd);
}

/* By halves: what is free is seen to be so in few calls. */
static unsigned count_taken(int fd, unsigned first, unsigned count)
{
    if (!is_taken(fd, first, count))
        return 0;
    if (count == 1)
        return 1;
    return count_taken(fd, first, count / 2) +
           count_taken(fd, first + count / 2, count - count / 2);
}

unsigned lock_count_slots(int dir, const char *path, unsigned slots)
{
    struct err ignored = {0};
    unsigned count = 0;
    int fd = FILE_NONE;

    if (file_open(dir, path, FILE_READ, &fd, &ignored) == 0)
        count = count_taken(fd, 0, slots);
    file_close(&fd);
    return count;
}
