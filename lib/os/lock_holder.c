/* Who holds an open-file-description lock: F_OFD_GETLK does not tell, but /proc shows the locks of
 * each descriptor. */
#include "os/room.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "os/file.h"

enum { FDINFO_SIZE = 4096 }; /* the lock lines come behind some hundred bytes */

/* Whether the text of one /proc/PID/fdinfo file has a lock line for the file `id` ("08:01:1234").
 */
static bool shows_lock(int dir, const char *name, const char *id)
{
    char text[FDINFO_SIZE];
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
    const ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    const char *line;

    file_close(&fd);
    text[got < 0 ? 0 : got] = '\0';
    line = strstr(text, "\nlock:");
    return line && strstr(line, id);
}

static bool process_holds(const char *pid, const char *id)
{
    char path[64];
    bool found = false;
    DIR *listing;

    snprintf(path, sizeof path, "/proc/%.16s/fdinfo", pid);
    listing = opendir(path);
    if (!listing)
        return false;
    for (const struct dirent *entry; !found && (entry = readdir(listing));)
        found = entry->d_name[0] != '.' && shows_lock(dirfd(listing), entry->d_name, id);
    closedir(listing);
    return found;
}

long lock_holder(int fd)
{
    struct stat st;
    char id[64];
    long holder = 0;
    DIR *listing;

    if (fstat(fd, &st) < 0)
        return 0;
    snprintf(id, sizeof id, " %02x:%02x:%llu ", major(st.st_dev), minor(st.st_dev),
             (unsigned long long)st.st_ino);
    listing = opendir("/proc");
    if (!listing)
        return 0;
    for (const struct dirent *entry; !holder && (entry = readdir(listing));) {
        const long pid = strtol(entry->d_name, NULL, 10);

        if (pid > 0 && process_holds(entry->d_name, id))
            holder = pid;
    }
    closedir(listing);
    return holder;
}
