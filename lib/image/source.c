#include "image/source.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "image/kind.h"

/* Those that are told by content, in the order in which they are asked. */
static const struct source_kind *const kinds[] = {&vhd_kind, &vhdx_kind, &vmdk_kind, &qcow2_kind,
                                                  &raw_kind};

enum { KINDS = sizeof kinds / sizeof *kinds };

struct source *source_new(const char *file, const char *path)
{
    struct source *source = mem_new(1, sizeof *source);

    *source = (struct source){
        .path = text_copy(path), .file = text_copy(file), .fd = FILE_NONE, .input = INPUT_NONE};
    return source;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    if (source->kind && source->kind->close)
        source->kind->close(source);
    front_close(source->front);
    if (source->fd != source->input.fd)
        file_close(&source->fd);
    input_close(&source->input);
    free(source->variant);
    free(source->note);
    free(source->promise);
    free(source->file);
    free(source->path);
    free(source);
}

int source_tell_kind(struct source *source, const struct source_kind **ret, struct err *err)
{
    *ret = NULL;
    for (size_t i = 0; i < KINDS; i++) {
        bool is = false;
        int rc;

        if (!kinds[i]->probe)
            continue;
        rc = kinds[i]->probe(source, &is, err);
        if (rc < 0)
            return rc;
        if (is) {
            *ret = kinds[i];
            break;
        }
    }
    return 0;
}

uint64_t source_declared_size(const uint8_t *head, size_t length)
{
    uint64_t size = 0;

    for (size_t i = 0; size == 0 && i < KINDS; i++)
        if (kinds[i]->declared_size)
            size = kinds[i]->declared_size(head, length);
    return size;
}

const struct source_kind *source_kind_of(enum source_format format)
{
    size_t i = 0;

    while (kinds[i]->format != format)
        i++;
    return kinds[i];
}

int source_check_size(const struct source *source, uint64_t limit, struct err *err)
{
    if (source->size == 0)
        return err_set(err, E_INVALID, "'%s' holds an empty disk", source->path);
    if (source->size > limit)
        return err_set(err, E_INVALID, "'%s' holds a disk of %llu bytes, at most %llu are allowed",
                       source->path, (unsigned long long)source->size, (unsigned long long)limit);
    return 0;
}

uint64_t source_size(const struct source *source)
{
    return source->size;
}

const char *source_name(const struct source *source)
{
    return source->path;
}

const char *source_format_name(const struct source *source)
{
    return source->kind->name;
}

const char *source_variant(const struct source *source)
{
    return source->variant ? source->variant : "";
}

bool source_is_in_use(const struct source *source)
{
    return source->input.in_use;
}

const char *source_note(const struct source *source)
{
    return source->note;
}

bool source_is_stream(const struct source *source)
{
    return source->front != NULL;
}

int source_pull(struct source *source, void *bytes, size_t capacity, size_t *ret_got,
                struct err *err)
{
    return front_pull(source, bytes, capacity, ret_got, err);
}

uint64_t source_pass_hole(struct source *source, size_t unit)
{
    return front_pass_hole(source, unit);
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

int source_file_head(const struct source *source, void *bytes, size_t length, size_t *ret_got,
                     struct err *err)
{
    if (source->front)
        return front_file_head(source, bytes, length, ret_got);
    return file_read_at(source->fd, source->path, bytes, length, 0, ret_got, err);
}

int source_file_read(const struct source *source, void *bytes, size_t length, uint64_t offset,
                     struct err *err)
{
    size_t got;
    int rc;

    if (source->front)
        return front_file_read(source, bytes, length, offset, err);
    rc = file_read_at(source->fd, source->path, bytes, length, offset, &got, err);
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
           then->changed_nanoseconds == now->changed_nanoseconds &&
           then->touched_seconds == now->touched_seconds &&
           then->touched_nanoseconds == now->touched_nanoseconds;
}

bool source_is_same_file(const struct source *left, const struct source *right)
{
    const struct file_info *one = &left->input.info;
    const struct file_info *other = &right->input.info;

    return one->device == other->device && one->inode == other->inode;
}

/* The file that the path names now, not only the one that is open: it may have been replaced. */
static int look_again(const struct source *source, bool *ret_same, struct err *err)
{
    const struct input *input = &source->input;
    struct file_info open_one, named;
    int fd = FILE_NONE;
    int rc = file_stat(input->fd, source->path, &open_one, err);

    named = open_one;
    if (rc == 0 && !input->standard) {
        rc = file_open_user(source->file, &fd, err);
        if (rc == 0)
            rc = file_stat(fd, source->path, &named, err);
        file_close(&fd);
    }
    if (rc == 0)
        *ret_same = is_same(&input->info, &open_one) && is_same(&input->info, &named);
    return rc;
}

int source_check_unchanged(struct source *source, struct err *err)
{
    bool same = false;
    int rc;

    if (source->input.fd == FILE_NONE || source->input.info.kind != FILE_REGULAR)
        return 0;
    rc = look_again(source, &same, err);
    if (rc < 0 && rc != E_NOT_FOUND)
        return rc;
    if (!same)
        return err_set(err, E_CHANGED, "'%s' changed while it was read", source->path);
    return 0;
}
