/* What the user named, as a flow; and whether it is what was expected. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "codec/digest.h"
#include "intake/layers.h"

enum { PIECE = 1 << 20 };

struct input_state {
    const struct input *input;
    char *name;
    uint64_t at; /* of what has places */
    struct source_expected expected;
    struct digest *digest; /* NULL: it may be anything */
};

/* --- what is expected --- */

static int compare(const struct source_expected *expected, struct digest *digest, const char *name,
                   struct err *err)
{
    const size_t size = digest_size(expected->kind);
    uint8_t result[DIGEST_SIZE_MAX];
    char is[2 * DIGEST_SIZE_MAX + 1], shall[2 * DIGEST_SIZE_MAX + 1];

    digest_result(digest, result);
    if (memcmp(result, expected->bytes, size) == 0)
        return 0;
    text_hex(is, result, size);
    text_hex(shall, expected->bytes, size);
    err_set(err, E_INVALID, "'%s' is not the file that was expected: its %s is %s, not %s", name,
            digest_name(expected->kind), is, shall);
    return err_hint(
        err, "compare the digest of the file itself, not of what is packed in it, and get it "
             "again; if it differs still, do not trust it");
}

/* Holes are zeros that need not be read. */
static void add_zeros(struct digest *digest, uint64_t count)
{
    static const uint8_t zeros[1 << 14];

    for (; count > 0; count -= number_smaller(count, sizeof zeros))
        digest_add(digest, zeros, (size_t)number_smaller(count, sizeof zeros));
}

static int add_range(struct digest *digest, const struct input *input, const char *name,
                     const uint64_t range[2], struct err *err)
{
    uint8_t *bytes = mem_new(PIECE, 1);
    uint64_t at = range[0];
    int rc = 0;

    while (rc == 0 && at < range[1]) {
        size_t got = 0;

        rc = file_read_at(input->fd, name, bytes, (size_t)number_smaller(PIECE, range[1] - at), at,
                          &got, err);
        if (rc == 0 && got == 0)
            rc = err_set(err, E_CHANGED, "'%s' became shorter while it was read", name);
        if (rc == 0)
            digest_add(digest, bytes, got);
        at += got;
    }
    free(bytes);
    return rc;
}

int expected_check(const struct source_expected *expected, const struct input *input,
                   const char *name, struct err *err)
{
    struct digest *digest = digest_new(expected->kind);
    const uint64_t size = input->info.size;
    uint64_t range[2] = {0};
    int rc = 0;

    file_will_scan(input->fd);
    for (uint64_t at = 0; rc == 0 && at < size; at = range[1]) {
        rc = file_next_data(input->fd, name, at, size, &range[0], &range[1], err);
        if (rc == 0) {
            add_zeros(digest, range[0] - at);
            rc = add_range(digest, input, name, range, err);
        }
    }
    if (rc == 0)
        rc = compare(expected, digest, name, err);
    digest_free(digest);
    return rc;
}

/* --- the flow --- */

static int read_pipe(void *state, void *bytes, size_t capacity, size_t *ret_got, struct err *err)
{
    struct input_state *self = state;
    const int rc = input_read(self->input, self->name, bytes, capacity, ret_got, err);

    if (rc == 0 && self->digest)
        digest_add(self->digest, bytes, *ret_got);
    return rc;
}

static int read_file(void *state, void *bytes, size_t capacity, size_t *ret_got, struct err *err)
{
    struct input_state *self = state;
    const uint64_t size = self->input->info.size;
    const uint64_t left = size > self->at ? size - self->at : 0;
    int rc;

    *ret_got = 0;
    if (left == 0)
        return 0;
    rc = file_read_at(self->input->fd, self->name, bytes, (size_t)number_smaller(capacity, left),
                      self->at, ret_got, err);
    self->at += *ret_got;
    return rc;
}

static int seek_file(void *state, uint64_t offset, struct err *err)
{
    struct input_state *self = state;

    (void)err;
    self->at = offset;
    return 0;
}

static uint64_t size_of_file(void *state)
{
    const struct input_state *self = state;

    return self->input->info.size;
}

static int rewind_file(void *state, struct err *err)
{
    return seek_file(state, 0, err);
}

static int finish_pipe(void *state, struct err *err)
{
    struct input_state *self = state;

    return self->digest ? compare(&self->expected, self->digest, self->name, err) : 0;
}

static void close_state(void *state)
{
    struct input_state *self = state;

    digest_free(self->digest);
    free(self->name);
    free(self);
}

static const struct flow_kind pipe_kind = {
    .read = read_pipe,
    .finish = finish_pipe,
    .close = close_state,
};

static const struct flow_kind file_kind = {
    .read = read_file,
    .seek = seek_file,
    .size = size_of_file,
    .rewind = rewind_file,
    .close = close_state,
};

struct flow *input_flow(const struct input *input, const char *name,
                        const struct source_expected *expected)
{
    struct input_state *self = mem_new(1, sizeof *self);

    self->input = input;
    self->name = text_copy(name);
    if (input->forward && expected) {
        self->expected = *expected;
        self->digest = digest_new(expected->kind);
    }
    return flow_new(input->forward ? &pipe_kind : &file_kind, self, name);
}
