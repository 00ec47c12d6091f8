/* image_model.h: an image file in a directory of its own, held against the disk that it shall be.
 */
#ifndef UNIT_IMAGE_MODEL_H
#define UNIT_IMAGE_MODEL_H

#include <string.h>

#include "intake/open.h"
#include "tests/unit/scratch.h"

struct model {
    struct scratch scratch;
    char path[300];
    int fd;
    enum source_format format;
};

static inline struct model model_new(enum source_format format, void (*make)(int fd))
{
    struct model model = {.scratch = scratch_new(), .format = format};

    snprintf(model.path, sizeof model.path, "%s/disk", model.scratch.path);
    model.fd = open(model.path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_ge(model.fd, 0);
    make(model.fd);
    return model;
}

static inline void model_done(struct model *model)
{
    close(model->fd);
    scratch_done(&model->scratch);
}

static inline int model_open(const struct model *model, enum source_format format,
                             struct source **ret, struct err *err)
{
    const struct source_request request = {
        .path = model->path,
        .format = format,
        .limit = UINT64_MAX,
    };

    *err = (struct err){0};
    *ret = NULL;
    return source_open(&request, ret, err);
}

/* It is refused with this code, `part` is in the message, and there is a hint; told by content and
 * by name. */
static inline void model_refused(const struct model *model, int code, const char *part)
{
    const enum source_format formats[2] = {SOURCE_ANY, model->format};

    for (int i = 0; i < 2; i++) {
        struct source *source;
        struct err err;
        const int rc = model_open(model, formats[i], &source, &err);

        ck_assert_msg(rc == code, "%d instead of %d: %s", rc, code, err.text);
        ck_assert_msg(strstr(err.text, part) != NULL, "%s", err.text);
        ck_assert_int_ne(err.hint[0], '\0');
        ck_assert_ptr_null(source);
    }
}

static inline struct source *model_source(const struct model *model)
{
    struct source *source;
    struct err err;

    ck_assert_msg(model_open(model, SOURCE_ANY, &source, &err) == 0, "%s", err.text);
    return source;
}

static inline void model_accepted(const struct model *model)
{
    source_close(model_source(model));
}

/* Ranges of data ascend, and nothing else holds anything but zeros. Returns how many there are. */
static inline size_t model_check_ranges(struct source_cursor *cursor, const uint8_t *disk,
                                        uint64_t size)
{
    uint64_t start, end = 0;
    struct err err = {0};
    size_t count = 0;

    for (;;) {
        const uint64_t before = end;

        ck_assert_int_eq(source_next_data(cursor, before, &start, &end, &err), 0);
        ck_assert(before <= start && start <= end && end <= size);
        for (uint64_t i = before; i < start; i++)
            if (disk[i])
                ck_abort_msg("byte %llu", (unsigned long long)i);
        if (start == size)
            return count;
        ck_assert_uint_lt(start, end);
        count++;
    }
}

/* The disk is `size` bytes, at `disk`, of this variant; in how many ranges of data. */
static inline size_t model_check(const struct model *model, const uint8_t *disk, uint64_t size,
                                 const char *variant)
{
    static const size_t lengths[] = {1, 511, 4096, 70001, 1 << 20, 3 << 20};
    struct source *source = model_source(model);
    struct source_cursor *cursor = source_cursor_new(source);
    uint8_t *bytes = malloc(size);
    struct err err = {0};
    uint64_t seed = 1;
    size_t ranges;

    ck_assert_uint_eq(source_size(source), size);
    ck_assert_str_eq(source_variant(source), variant);
    ck_assert_int_eq(source_read(cursor, bytes, size, 0, &err), 0);
    ck_assert(memcmp(bytes, disk, size) == 0);
    for (int i = 0; i < 300; i++) {
        const size_t length = lengths[i % 6] < size ? lengths[i % 6] : size;
        uint64_t offset;

        seed = seed * 6364136223846793005u + 1442695040888963407u;
        offset = (seed >> 24) % (size - length + 1);
        ck_assert_int_eq(source_read(cursor, bytes, length, offset, &err), 0);
        ck_assert(memcmp(bytes, disk + offset, length) == 0);
    }
    ranges = model_check_ranges(cursor, disk, size);
    free(bytes);
    source_cursor_free(cursor);
    source_close(source);
    return ranges;
}

/* What comes of reading all when `change` happens to the file once it is open. */
static inline int model_read_after(struct model *model, void (*change)(struct model *))
{
    struct source *source = model_source(model);
    struct source_cursor *cursor = source_cursor_new(source);
    uint8_t *bytes = malloc(source_size(source));
    struct err err = {0};
    int rc;

    change(model);
    rc = source_read(cursor, bytes, source_size(source), 0, &err);
    free(bytes);
    source_cursor_free(cursor);
    source_close(source);
    return rc;
}

#endif
