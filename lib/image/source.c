#include "image/source.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "image/room.h"

static int refuse_kind(const char *path, enum file_kind kind, struct err *err)
{
    static const char *const words[] = {
        [FILE_DIRECTORY] = "a directory",
        [FILE_LINK] = "a symbolic link",
        [FILE_FIFO] = "a pipe",
        [FILE_BLOCK_DEVICE] = "a block device",
        [FILE_OTHER] = "a device or socket",
    };

    err_set(err, E_INVALID, "'%s' is %s, not a disk image", path, words[kind]);
    if (kind == FILE_DIRECTORY)
        return E_INVALID;
    return err_hint(err, "copy its content to a file and publish that");
}

/* Decide on the format by content: see source.h. */
static int tell_format(struct source *source, const struct source_kind **ret, struct err *err)
{
    enum vhd_footer footer;
    int rc = vhd_look(source, &footer, err);

    if (rc < 0)
        return rc;
    *ret = &raw_kind;
    switch (footer) {
    case VHD_NO_FOOTER:
        break;
    case VHD_FIXED:
        *ret = &vhd_kind;
        return 0;
    case VHD_DYNAMIC:
        return vhd_refuse_dynamic(source, err);
    case VHD_DAMAGED:
        return err_hint(err, "if it is a raw disk that only looks so, use --source-format raw");
    }
    return signature_check(source, err);
}

static int choose_kind(struct source *source, enum source_format format,
                       const struct source_kind **ret, struct err *err)
{
    switch (format) {
    case SOURCE_RAW:
        *ret = &raw_kind;
        return 0;
    case SOURCE_VHD:
        *ret = &vhd_kind;
        return 0;
    case SOURCE_ANY:
        break;
    }
    return tell_format(source, ret, err);
}

static int check_size(const struct source *source, uint64_t limit, struct err *err)
{
    if (source->size == 0)
        return err_set(err, E_INVALID, "'%s' holds an empty disk", source->path);
    if (source->size > limit)
        return err_set(err, E_INVALID, "'%s' holds a disk of %llu bytes, at most %llu are allowed",
                       source->path, (unsigned long long)source->size, (unsigned long long)limit);
    return 0;
}

static int prepare(struct source *source, enum source_format format, uint64_t limit,
                   struct err *err)
{
    int rc = file_open_user(source->path, &source->fd, err);

    if (rc == 0)
        rc = file_stat(source->fd, source->path, &source->info, err);
    if (rc < 0)
        return rc;
    if (source->info.kind != FILE_REGULAR)
        return refuse_kind(source->path, source->info.kind, err);
    if (source->info.size == 0)
        return err_set(err, E_INVALID, "'%s' is empty", source->path);
    rc = choose_kind(source, format, &source->kind, err);
    if (rc == 0)
        rc = source->kind->open(source, err);
    if (rc == 0)
        rc = check_size(source, limit, err);
    if (rc == 0)
        file_will_scan(source->fd);
    return rc;
}

int source_open(const char *path, enum source_format format, uint64_t limit, struct source **ret,
                struct err *err)
{
    struct source *source = mem_new(1, sizeof *source);
    int rc;

    *source = (struct source){.path = text_copy(path), .fd = FILE_NONE};
    rc = prepare(source, format, limit, err);
    if (rc < 0)
        source_close(source);
    else
        *ret = source;
    return rc;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    file_close(&source->fd);
    free(source->path);
    free(source);
}

uint64_t source_size(const struct source *source)
{
    return source->size;
}

int source_next_data(struct source *source, uint64_t offset, uint64_t *ret_start, uint64_t *ret_end,
                     struct err *err)
{
    return source->kind->next_data(source, offset, ret_start, ret_end, err);
}

int source_read(struct source *source, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    return source->kind->read(source, bytes, length, offset, err);
}

static bool is_same(const struct file_info *then, const struct file_info *now)
{
    return then->device == now->device && then->inode == now->inode && then->size == now->size &&
           then->changed_seconds == now->changed_seconds &&
           then->changed_nanoseconds == now->changed_nanoseconds;
}

bool source_is_same_file(const struct source *left, const struct source *right)
{
    return left->info.device == right->info.device && left->info.inode == right->info.inode;
}

/* The file that the path names now, not only the one that is open: it may have been replaced. */
static int look_again(struct source *source, bool *ret_same, struct err *err)
{
    struct file_info open_one, named;
    int fd = FILE_NONE;
    int rc = file_stat(source->fd, source->path, &open_one, err);

    if (rc == 0)
        rc = file_open_user(source->path, &fd, err);
    if (rc == 0)
        rc = file_stat(fd, source->path, &named, err);
    file_close(&fd);
    if (rc == 0)
        *ret_same = is_same(&source->info, &open_one) && is_same(&source->info, &named);
    return rc;
}

int source_check_unchanged(struct source *source, struct err *err)
{
    bool same = false;
    const int rc = look_again(source, &same, err);

    if (rc < 0 && rc != E_NOT_FOUND)
        return rc;
    if (!same)
        return err_set(err, E_CHANGED, "'%s' changed while it was read", source->path);
    return 0;
}
