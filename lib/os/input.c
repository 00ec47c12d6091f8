#include "os/input.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "os/room.h"

/* Until somebody has opened the pipe to write: reading would find its end before that, and opening
 * it a second time, to wait in that call, would miss a writer that came and went in between. From
 * then on reads wait. */
static int wait_for_writer(int fd, const char *path, struct err *err)
{
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    int found, flags;

    CALL(found, "poll", poll(&poller, 1, -1));
    if (found < 0)
        return err_os(err, errno, "cannot wait for '%s'", path);
    CALL(flags, "fcntl", fcntl(fd, F_GETFL));
    if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) < 0)
        return err_os(err, errno, "cannot open '%s'", path);
    return 0;
}

/* O_EXCL without O_CREAT, open(2): EBUSY for a block device that the system uses. */
static bool is_in_use(const char *path)
{
    int fd;
    bool busy;

    CALL(fd, "openat", openat(AT_FDCWD, path, O_RDONLY | O_EXCL | O_NONBLOCK | O_CLOEXEC));
    busy = fd < 0 && errno == EBUSY;
    file_close(&fd);
    return busy;
}

static int measure_device(struct input *input, const char *path, struct err *err)
{
    off_t end;

    CALL(end, "lseek", lseek(input->fd, 0, SEEK_END));
    if (end < 0 || lseek(input->fd, 0, SEEK_SET) != 0)
        return err_os(err, errno, "cannot tell the size of '%s'", path);
    input->info.size = (uint64_t)end;
    return 0;
}

static int open_standard(struct input *input, struct err *err)
{
    off_t position;
    int rc = file_standard(STDIN_FILENO, &input->fd, err);

    if (rc == 0)
        rc = file_stat(input->fd, "standard input", &input->info, err);
    if (rc < 0)
        return rc;
    input->standard = true;
    if (isatty(input->fd) == 1)
        return err_set(err, E_INVALID, "standard input is a terminal");
    position = lseek(input->fd, 0, SEEK_CUR);
    input->forward = position != 0 ||
                     (input->info.kind != FILE_REGULAR && input->info.kind != FILE_BLOCK_DEVICE);
    return 0;
}

static int open_path(const char *path, struct input *input, struct err *err)
{
    int rc = file_open_user(path, &input->fd, err);

    if (rc == 0)
        rc = file_stat(input->fd, path, &input->info, err);
    if (rc == 0 && input->info.kind == FILE_FIFO) {
        rc = wait_for_writer(input->fd, path, err);
        input->forward = true;
    }
    return rc;
}

int input_open(const char *path, struct input *ret, struct err *err)
{
    struct input input = INPUT_NONE;
    int rc = strcmp(path, "-") == 0 ? open_standard(&input, err) : open_path(path, &input, err);

    if (rc == 0 && input.info.kind == FILE_BLOCK_DEVICE && !input.forward) {
        input.in_use = !input.standard && is_in_use(path);
        rc = measure_device(&input, path, err);
    }
    if (rc < 0)
        input_close(&input);
    else
        *ret = input;
    return rc;
}

void input_close(struct input *input)
{
    file_close(&input->fd);
}

/* Whoever gave us standard input may have made it non-blocking. */
static bool wait_until_readable(int fd)
{
    struct pollfd poller = {.fd = fd, .events = POLLIN};

    if (errno != EAGAIN)
        return false;
    return poll(&poller, 1, -1) >= 0 || errno == EINTR;
}

int input_read(const struct input *input, const char *name, void *bytes, size_t length,
               size_t *ret_got, struct err *err)
{
    size_t done = 0;

    while (done < length) {
        size_t part = length - done;
        const ssize_t got =
            fault_fires("read", &part) ? -1 : read(input->fd, (char *)bytes + done, part);

        if (got < 0 && (errno == EINTR || wait_until_readable(input->fd)))
            continue;
        if (got < 0)
            return err_os(err, errno, "cannot read '%s'", name);
        if (got == 0)
            break;
        done += (size_t)got;
    }
    *ret_got = done;
    return 0;
}
