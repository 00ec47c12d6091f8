/* Where an export goes: a file that gets its name at the end, a block device, standard output. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/export.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/output.h"

enum {
    /* Data from which on a file is written past the page cache: below it, what is not copied does
     * not make up for waiting for the disk. */
    DIRECT_FROM = 32 << 20,
    /* Writes that go there: each of them waits for the disk. */
    DIRECT_LEAST = 128 << 10,
};

/* Split "dir/file" into an open directory and a name in it. */
static int open_directory(struct target *target, const char *file, struct err *err)
{
    const char *slash = strrchr(file, '/');
    char *directory =
        slash ? text_printf("%.*s", slash == file ? 1 : (int)(slash - file), file) : text_copy(".");
    int rc;

    target->base = text_copy(slash ? slash + 1 : file);
    if (!*file)
        rc = err_set(err, E_INVALID, "the file name is empty");
    else if (!*target->base || text_equal(target->base, ".") || text_equal(target->base, ".."))
        rc = err_set(err, E_INVALID, "'%s' names a directory, not a file", file);
    else
        rc = dir_open_user(directory, &target->dir, err);
    free(directory);
    return rc;
}

/* Links to devices are how disks are named (/dev/disk/by-id); elsewhere, and where everybody may
 * write, somebody else may have planted one. */
static bool is_device(const struct target *target, const struct file_info *info)
{
    if (info->kind == FILE_LINK)
        return text_starts(target->name, "/dev/") && !text_starts(target->name, "/dev/shm/") &&
               output_is_device(target->name);
    return info->kind == FILE_BLOCK_DEVICE;
}

static int refuse_existing(const struct target *target, struct err *err)
{
    err_set(err, E_CONFLICT, "file '%s' exists", target->name);
    return err_hint(err, "--force replaces it");
}

static int open_device(struct target *target, struct err *err)
{
    if (!target->force) {
        err_set(err, E_CONFLICT, "'%s' is a block device", target->name);
        return err_hint(err, "--force overwrites what is on it");
    }
    target->kind = TARGET_DEVICE;
    return output_open_device(target->name, &target->fd, &target->size, err);
}

static int open_in(struct target *target, struct err *err)
{
    struct file_info info;
    bool exists;
    int rc = file_look(target->dir, target->base, &exists, &info, err);

    if (rc < 0)
        return rc;
    if (exists && info.kind == FILE_DIRECTORY)
        return err_set(err, E_INVALID, "'%s' is a directory, not a file", target->name);
    if (exists && is_device(target, &info))
        return open_device(target, err);
    if (exists &&
        (info.kind == FILE_LINK ? text_starts(target->name, "/dev/") : info.kind != FILE_REGULAR)) {
        err_set(err, E_INVALID, "'%s' is not a regular file", target->name);
        return err_hint(err, "'-' writes to standard output, which may be of any kind");
    }
    if (exists && !target->force)
        return refuse_existing(target, err);
    target->kind = TARGET_FILE;
    rc = staged_open_outside(&target->staged, target->dir, err);
    target->fd = target->staged.fd;
    return rc;
}

int target_open(struct target *target, const char *file, bool force, struct err *err)
{
    int rc;

    *target = (struct target)TARGET_NONE;
    target->name = file;
    target->force = force;
    if (text_equal(file, "-")) {
        target->kind = TARGET_STREAM;
        target->name = "standard output";
        if (output_is_terminal()) {
            err_set(err, E_INVALID, "standard output is a terminal");
            return err_hint(err, "name a file, or lead it into a pipe");
        }
        return file_standard(1, &target->fd, err);
    }
    rc = open_directory(target, file, err);
    return rc < 0 ? rc : open_in(target, err);
}

int target_open_in(struct target *target, int dir, const char *base, const char *name, bool force,
                   struct err *err)
{
    int rc;

    *target = (struct target)TARGET_NONE;
    target->name = name;
    target->force = force;
    target->base = text_copy(base);
    rc = dir_open(dir, ".", &target->dir, err);
    return rc < 0 ? rc : open_in(target, err);
}

static int check_device(const struct target *target, uint64_t size, struct err *err)
{
    if (size <= target->size)
        return 0;
    return err_set(err, E_INVALID, "'%s' has %llu bytes, and the image %llu", target->name,
                   (unsigned long long)target->size, (unsigned long long)size);
}

static int target_resize(struct target *target, uint64_t size, struct err *err)
{
    int rc;

    if (target->size == size)
        return 0;
    rc = file_resize(target->fd, target->name, size, err);
    if (rc == 0)
        target->size = size;
    return rc;
}

int target_begin(struct target *target, uint64_t size, uint64_t data, struct err *err)
{
    int rc = 0;

    if (target->kind == TARGET_DEVICE)
        rc = check_device(target, size, err);
    if (target->kind == TARGET_FILE)
        rc = target_resize(target, size, err);
    if (rc == 0 && target->kind != TARGET_STREAM && data >= DIRECT_FROM)
        output_open_direct(target->fd, &target->direct);
    return rc;
}

bool target_allocates(const struct target *target)
{
    return target->kind == TARGET_FILE && target->direct != FILE_NONE;
}

int target_allocate(const struct target *target, uint64_t offset, uint64_t length, struct err *err)
{
    if (length < DIRECT_LEAST)
        return 0;
    return output_allocate(target->fd, target->name, offset, length, err);
}

int target_write(struct target *target, const void *bytes, size_t length, uint64_t offset,
                 struct err *err)
{
    const bool aligned =
        (offset | length | (uintptr_t)bytes) % OUTPUT_ALIGN == 0 && length >= DIRECT_LEAST;
    bool done = false;
    int rc = 0;

    if (target->kind == TARGET_STREAM)
        return file_write(target->fd, target->name, bytes, length, err);
    if (target->direct != FILE_NONE && aligned)
        rc = output_write_direct(target->direct, target->name, bytes, length, offset, &done, err);
    if (rc < 0 || done)
        return rc;
    rc = file_write_at(target->fd, target->name, bytes, length, offset, err);
    if (rc == 0 && length >= DIRECT_LEAST)
        file_flush_soon(target->fd, offset, length);
    return rc;
}

int target_zero(struct target *target, uint64_t offset, uint64_t length, struct err *err)
{
    static const uint8_t zeros[256 * 1024];
    int rc = 0;

    if (target->kind == TARGET_DEVICE)
        return length ? output_zero(target->fd, target->name, offset, length, err) : 0;
    while (target->kind == TARGET_STREAM && rc == 0 && length > 0) {
        const size_t part = (size_t)number_smaller(sizeof zeros, length);

        rc = file_write(target->fd, target->name, zeros, part, err);
        length -= part;
    }
    return rc;
}

int target_finish(struct target *target, uint64_t size, struct err *err)
{
    int rc;

    switch (target->kind) {
    case TARGET_STREAM:
        break;
    case TARGET_DEVICE:
        return file_flush(target->fd, target->name, err);
    case TARGET_FILE:
        rc = target_resize(target, size, err);
        return rc < 0 ? rc : staged_publish(&target->staged, target->base, target->force, err);
    }
    return 0;
}

void target_done(struct target *target)
{
    file_close(&target->direct);
    if (target->kind == TARGET_FILE)
        staged_done(&target->staged);
    else
        file_close(&target->fd);
    file_close(&target->dir);
    free(target->base);
    *target = (struct target)TARGET_NONE;
}
