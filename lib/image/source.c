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

/* Those that are told by content, in the order in which they are asked. */
static const struct source_kind *const kinds[] = {&vhd_kind, &vmdk_kind, &qcow2_kind, &raw_kind};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* Decide on the format by content: see source.h. */
static int tell_kind(struct source *source, struct err *err)
{
    source->kind = &raw_kind;
    for (size_t i = 0; i < KINDS; i++) {
        bool is = false;
        int rc;

        if (!kinds[i]->probe)
            continue;
        rc = kinds[i]->probe(source, &is, err);
        if (rc < 0)
            return rc;
        if (is) {
            source->kind = kinds[i];
            return 0;
        }
    }
    return signature_check(source, err);
}

static int choose_kind(struct source *source, enum source_format format, struct err *err)
{
    if (format == SOURCE_ANY)
        return tell_kind(source, err);
    for (size_t i = 0; i < KINDS; i++)
        if (kinds[i]->format == format)
            source->kind = kinds[i];
    return 0;
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

static int prepare(struct source *source, const struct source_request *request, struct err *err)
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
    rc = choose_kind(source, request->format, err);
    if (rc == 0)
        rc = source->kind->open(source, err);
    if (rc == 0)
        rc = check_size(source, request->limit, err);
    if (rc == 0)
        file_will_scan(source->fd);
    return rc;
}

int source_open(const struct source_request *request, struct source **ret, struct err *err)
{
    struct source *source = mem_new(1, sizeof *source);
    int rc;

    *source = (struct source){.path = text_copy(request->path), .fd = FILE_NONE};
    rc = prepare(source, request, err);
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
    if (source->kind && source->kind->close)
        source->kind->close(source);
    file_close(&source->fd);
    free(source->variant);
    free(source->path);
    free(source);
}

uint64_t source_size(const struct source *source)
{
    return source->size;
}

const char *source_format_name(const struct source *source)
{
    return source->kind->name;
}

const char *source_variant(const struct source *source)
{
    return source->variant ? source->variant : "";
}

bool source_is_stream(const struct source *source)
{
    (void)source;
    return false;
}

int source_pull(struct source *source, void *bytes, size_t capacity, size_t *ret_got,
                struct err *err)
{
    (void)bytes;
    (void)capacity;
    (void)ret_got;
    return err_set(err, E_INVALID, "'%s' is no stream", source->path);
}

struct source_cursor *source_cursor_new(const struct source *source)
{
    struct source_cursor *cursor = mem_new(1, sizeof *cursor);

    cursor->source = source;
    if (source->kind->scratch_new)
        cursor->scratch = source->kind->scratch_new(source);
    return cursor;
}

void source_cursor_free(struct source_cursor *cursor)
{
    if (!cursor)
        return;
    if (cursor->scratch)
        cursor->source->kind->scratch_free(cursor->scratch);
    free(cursor);
}

int source_next_data(struct source_cursor *cursor, uint64_t offset, uint64_t *ret_start,
                     uint64_t *ret_end, struct err *err)
{
    return cursor->source->kind->next_data(cursor, offset, ret_start, ret_end, err);
}

int source_read(struct source_cursor *cursor, void *bytes, size_t length, uint64_t offset,
                struct err *err)
{
    return cursor->source->kind->read(cursor, bytes, length, offset, err);
}

int source_file_read(const struct source *source, void *bytes, size_t length, uint64_t offset,
                     struct err *err)
{
    size_t got;
    const int rc = file_read_at(source->fd, source->path, bytes, length, offset, &got, err);

    if (rc < 0)
        return rc;
    if (got < length)
        return err_set(err, E_CHANGED, "'%s' became shorter while it was read", source->path);
    return 0;
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
